"""What stands against finalising, and what would be left behind, before the clerk decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from branchdesk.domain.meetings.model import Decision
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import px
from branchdesk.ui.widgets.texts import Note

_PADDING = 24
_ICONS = {
    Severity.ERROR: ("alert-circle", "err"),
    Severity.WARN: ("alert-triangle", "warn"),
    Severity.NOTE: ("info-circle", "info"),
}


class _Wrapping(QStyledItemDelegate):
    """Gives a sentence the lines that it needs; the style forgets its own padding when it counts them."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        narrower = QStyleOptionViewItem(option)
        rect = option.rect  # type: ignore[attr-defined] # the stubs leave it out
        narrower.rect = rect.adjusted(0, 0, -px(_PADDING), 0)  # type: ignore[attr-defined]
        return super().sizeHint(narrower, index)


class FindingsDialog(SheetDialog):
    """Lists the findings. Errors leave only 去改; warnings may be accepted with a button that says so."""

    def __init__(
        self,
        findings: Sequence[Finding],
        left: Sequence[Decision],
        on_go: Callable[[Finding], object],
        parent: QWidget,
        on_yes: Callable[[], object] | None = None,
    ) -> None:
        heading = _("定稿前检查") if on_yes is not None else _("检查结果")
        super().__init__(heading, parent, width=660, height=440)
        self.setObjectName("findings")
        self._findings = list(findings)
        self._on_go = on_go
        self._on_yes = on_yes
        errors = sum(one.is_error for one in findings)
        self.body.addWidget(Note(self._verdict(errors), "strong"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("检查结果"))
        self.list.setIconSize(icon_size())
        self.list.setWordWrap(True)
        self.list.setItemDelegate(_Wrapping(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(px(120))
        for place, finding in enumerate(self._findings):
            name, color = _ICONS[finding.severity]
            item = QListWidgetItem(icon(name, color, selected="sel_text"), finding.sentence)
            item.setToolTip("\n".join(filter(None, (finding.sentence, finding.rule))))
            item.setData(Qt.ItemDataRole.UserRole, place)
            self.list.addItem(item)
        self.list.itemActivated.connect(self._go)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(findings))
        self.body.addWidget(self.list, 1)
        if left:
            names = "\n".join(f"· {one.text}" for one in left)
            self.body.addWidget(Note(_("上次会议没有办结、这次也没有接着写的："), "strong"))
            self.body.addWidget(Note(names, "warn"))
        if on_yes is not None and not errors:
            self.body.addWidget(
                Note(_("定稿以后不能直接修改；要改可以“重新打开”，原来的定稿会保留。"), "hint")
            )
        self._add_buttons(errors)

    @property
    def findings(self) -> list[Finding]:
        """What the dialog lists."""
        return list(self._findings)

    def _verdict(self, errors: int) -> str:
        if errors:
            return _n("有 {n} 处必须先改正。", errors)
        if self._findings:
            return _n("有 {n} 处提醒，请看一看。", len(self._findings))
        return _("检查通过，没有发现问题。")

    def _add_buttons(self, errors: int) -> None:
        if self._findings:
            self.add_button(_("去看选中的"), self._go_current, name="go", apart=True)
        if self._on_yes is None:
            self.add_button(_("关闭"), look="primary", name="close").setFocus()
            return
        no = self.add_button(_("先不定稿"), name="no")
        if errors:
            (self.list if self._findings else no).setFocus()
            return
        verb = _("仍然定稿") if self._findings else _("定稿")
        yes = self.add_button(verb, self._agree, look="primary", name="yes")
        (self.list if self._findings else yes).setFocus()

    def _agree(self) -> None:
        self.accept()
        if self._on_yes is not None:
            self._on_yes()

    def _go_current(self) -> None:
        if self.list.currentRow() >= 0:
            self._go(self.list.currentItem())

    def _go(self, item: QListWidgetItem) -> None:
        finding = self._findings[int(item.data(Qt.ItemDataRole.UserRole))]
        self.accept()
        self._on_go(finding)
