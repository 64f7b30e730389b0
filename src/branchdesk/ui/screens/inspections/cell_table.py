"""The cells of a workbook that are filled, each with what stands there and what goes into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from branchdesk.documents.template_sheet_xml import cell_name, place_of
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.services.inspections.template_sources import source_labels, sources_of
from branchdesk.services.inspections.templates import CellChoice, OpenTemplate
from branchdesk.ui.look import px
from branchdesk.ui.pick_dialog import PickDialog
from branchdesk.ui.widgets.tables import SimpleTable

_BEFORE = 2


class CellTable(SimpleTable):
    """`changed` tells all choices when one of them was changed, added or taken away."""

    changed = Signal(list)

    def __init__(self, *, may_write: bool) -> None:
        super().__init__([_("工作表"), _("单元格"), _("原来的字"), _("填入内容")], stretch=3)
        self.setAccessibleName(_("填写的格子"))
        self.setObjectName("template_cells")
        self.setMinimumHeight(px(200))
        self._may_write = may_write
        self._opened: OpenTemplate | None = None
        self._labels: dict[str, str] = {}
        self._codes: list[str] = []
        self.cellActivated.connect(self._pick_at)

    def show_template(self, opened: OpenTemplate | None) -> None:
        """Show what goes into the cells of a workbook."""
        self._opened = opened
        choices = opened.cells if opened is not None else ()
        if opened is not None and not self._codes:
            self._labels = source_labels(opened.form)
            self._codes = [one.code for one in sources_of(opened.form)]
        self.show_rows(
            [
                (one.sheet, one.cell, _one_line(opened, one), self._labels.get(one.source, one.source))
                for one in choices
            ]
        )
        self.setColumnWidth(_BEFORE, min(self.columnWidth(_BEFORE), px(160)))

    @property
    def _choices(self) -> Sequence[CellChoice]:
        return self._opened.cells if self._opened is not None else ()

    # ---- changing

    def _pick_at(self, row: int, _column: int = 0) -> None:
        if 0 <= row < len(self._choices):
            one = self._choices[row]
            self.pick_for(one.sheet, one.cell)

    def pick_for(self, sheet: str, cell: str) -> None:
        """Ask what goes into a cell, which may not have been filled before."""
        if not self._may_write:
            return
        heading = _("{sheet} 的 {cell} 填什么", sheet=sheet, cell=cell)
        words = [self._labels[code] for code in self._codes]

        def take(place: int) -> None:
            self._set(sheet, cell, self._codes[place])

        PickDialog(heading, words, take, self.window(), verb=_("填这个")).open()

    def _set(self, sheet: str, cell: str, source: str) -> None:
        known = list(self._choices)
        places = [number for number, one in enumerate(known) if (one.sheet, one.cell) == (sheet, cell)]
        for place in places:
            known[place] = replace(known[place], source=source)
        if not places:
            known.append(CellChoice(sheet, cell, source))
        self.changed.emit(known)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes a cell, Delete leaves it as it is in the workbook."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pick_at(self.currentRow())
        elif event.key() == Qt.Key.Key_Delete and self._may_write and self.currentRow() >= 0:
            known = list(self._choices)
            del known[self.currentRow()]
            self.changed.emit(known)
        else:
            super().keyPressEvent(event)


def _one_line(opened: OpenTemplate | None, choice: CellChoice) -> str:
    return " ".join(opened.standing(choice).split()) if opened is not None else ""


def read_cell(opened: OpenTemplate, typed: str) -> tuple[str, str]:
    """The sheet and cell that a clerk means: E5, or 附件2!E5. Raises Problem for what is neither."""
    sheet, mark, cell = typed.replace("！", "!").rpartition("!")
    names = [one.name for one in opened.sheets]
    home = sheet.strip() if mark else (opened.cells[0].sheet if opened.cells else names[0])
    place = place_of(cell.strip().upper())
    if place is None or home not in names:
        raise Problem(
            _("“{typed}”不是这份表格里的单元格。", typed=typed),
            _("请写成 E5，或写上工作表的名称：{sheet}!E5。", sheet=names[0]),
        )
    return home, cell_name(place)
