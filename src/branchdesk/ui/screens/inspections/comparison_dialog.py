"""One inspection beside the one before it and the one of a year ago, line by line."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from branchdesk.domain.inspections.comparing import Compared, Comparison
from branchdesk.domain.inspections.scoring import shown
from branchdesk.i18n import _
from branchdesk.services.inspections import comparing, reading
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.frame import Frame
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note

_TITLE, _CHANGE, _CHANGE_OF_YEAR = 1, 5, 7
_WIDTH, _HEIGHT = 880, 620
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ComparisonDialog(SheetDialog):
    """Shows what each line earned now, last time and a year ago; what was lost stands out."""

    def __init__(self, desk: Desk, uid: str, parent: QWidget) -> None:
        row = reading.inspection(desk.branch, uid)
        super().__init__(_("{title} · 对照", title=row.title), parent, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("comparison")
        self._rows = comparing.compare(desk.branch, uid)
        self.only_changed = QCheckBox(_("只看有变化的"))
        self.table = SimpleTable(
            [
                _("编号"),
                _("检查内容"),
                _("分值"),
                _("本期"),
                _("上期"),
                _("比上期"),
                _("去年同期"),
                _("比去年"),
            ],
            stretch=_TITLE,
        )
        for place in range(_TITLE + 1, self.table.columnCount()):
            heading = self.table.horizontalHeaderItem(place)
            if heading is not None:
                heading.setTextAlignment(_RIGHT)
        self.table.setAccessibleName(_("对照"))
        self.table.setMinimumHeight(px(220))
        self.body.addWidget(self.only_changed)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(Note(_missing(self._rows), "hint"))
        self.add_button(_("打印季度小结…"), partial(self._print, desk, uid), name="print_summary", apart=True)
        self.add_button(_("关闭"), look="primary", name="close")
        self.only_changed.toggled.connect(self._show)
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        wanted = [one for one in self._rows if not self.only_changed.isChecked() or _has_changed(one)]
        self.table.show_rows([_texts(one) for one in wanted])
        for number, one in enumerate(wanted):
            for place in range(self.table.columnCount()):
                item = self.table.item(number, place)
                if item is None:
                    continue
                if one.kind is not Compared.LINE:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                if place > _TITLE:
                    item.setTextAlignment(_RIGHT)
            for place, change in ((_CHANGE, one.change), (_CHANGE_OF_YEAR, one.change_of_year)):
                item = self.table.item(number, place)
                if item is not None and change:
                    item.setForeground(look().color("err" if change < 0 else "ok"))

    def _print(self, desk: Desk, uid: str) -> None:
        self.accept()
        desk.screen_requested.emit("print_inspection", (uid, "summary"))


def _has_changed(row: Comparison) -> bool:
    return bool(row.change or row.change_of_year)


def _texts(row: Comparison) -> tuple[str, ...]:
    title = _("总分") if row.kind is Compared.TOTAL else row.title
    return (
        row.number if row.kind is Compared.LINE else "",
        title,
        *(_points(one) for one in (row.points, row.now, row.before)),
        _signed(row.change),
        _points(row.year_ago),
        _signed(row.change_of_year),
    )


def _points(points: Decimal | None) -> str:
    return "—" if points is None else shown(points)


def _signed(change: Decimal | None) -> str:
    """A change with its sign and an arrow, so that nobody depends on colours."""
    if change is None:
        return ""
    if not change:
        return _("持平")
    return f"↑ {shown(change)}" if change > 0 else f"↓ {shown(-change)}"


def _missing(rows: list[Comparison]) -> str:
    """What there is nothing to compare with."""
    whole = next(one for one in rows if one.kind is Compared.TOTAL)
    if whole.before is None and whole.year_ago is None:
        return _("上期和去年同期都没有检查表，只列出本期得分。")
    if whole.before is None:
        return _("上期没有检查表。")
    if whole.year_ago is None:
        return _("去年同期没有检查表。")
    return _("按编号对照；表改过版本的，那时没有的项空着。")


def open_comparison(window: Frame, uid: str) -> None:
    """Show an inspection beside the one before it and the one of a year ago."""
    if window.desk.do(partial(reading.inspection, window.desk.branch, uid)) is not None:
        ComparisonDialog(window.desk, uid, window).open()
