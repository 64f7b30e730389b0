"""How much of a workbook is taken in; what is more is named in a note, never left out silently."""

from __future__ import annotations

from typing import Any

from branchdesk.documents.workbook_cells import NoteCode
from branchdesk.domain.sheet_grid import column_letters
from branchdesk.i18n import _, _n

MOST_SHEETS = 200
MOST_ROWS = 200_000  # with content, in one sheet
MOST_COLUMNS = 256
MOST_CELLS = 6_000_000  # with content or between cells with content, in the whole workbook
MOST_SIGNS = 32_767  # in one cell, as in Excel
MOST_STRING_SIGNS = 64_000_000  # in all cells that share their texts
MOST_AREAS = 20_000

Piece = list[Any]


class Full(Exception):
    """As much was read as is taken in; the rest of the workbook is left alone."""


class Intake:
    """Counts what is taken in from one workbook and keeps the notes about the rest."""

    def __init__(self) -> None:
        self._notes: dict[tuple[NoteCode, str], str] = {}
        self._cells = 0
        self.sheet = ""
        self._rows: list[list[Any]] = []
        self._row_count = 0

    def begin_sheet(self, name: str, *, hidden: bool) -> Piece:
        """Start a sheet; gives the piece that says so."""
        self.sheet = name
        self._rows, self._row_count = [], 0
        return ["sheet", name, hidden]

    def add_row(self, number: int, cells: list[str], *, hidden: bool) -> None:
        """Take in a row of cells in the short form, where it holds anything. Raises Full at the limit."""
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        self._row_count += 1
        self._cells += len(cells)
        if self._row_count > MOST_ROWS:
            self.note_rows(number)
            raise Full
        if self._cells > MOST_CELLS:
            self._note(
                NoteCode.CELLS,
                _("内容太多，工作表“{sheet}”只读到第 {row} 行。", sheet=self.sheet, row=number - 1),
            )
            raise Full
        self._rows.append([number, int(hidden), *cells])

    def taken_rows(self) -> list[Piece]:
        """The piece with the rows since the last call; nothing where there are none."""
        rows, self._rows = self._rows, []
        return [["rows", rows]] if rows else []

    def shape(self, areas: list[tuple[int, int, int, int]], hidden_columns: set[int]) -> Piece:
        """End the sheet; gives the piece with the joined cells and the hidden columns."""
        if len(areas) > MOST_AREAS:
            self._note(
                NoteCode.MERGED,
                _("工作表“{sheet}”的合并单元格太多，只用了前 {n} 处。", sheet=self.sheet, n=MOST_AREAS),
            )
        columns = sorted(column for column in hidden_columns if 0 <= column < MOST_COLUMNS)
        return ["shape", [list(area) for area in areas[:MOST_AREAS]], columns]

    def clipped(self, text: str, row: int = 0, column: int = 0) -> str:
        """`text` as long as a cell may be; `row` counts from 1 and is 0 where the place is not known."""
        if len(text) <= MOST_SIGNS:
            return text
        if row:
            place = f"{column_letters(column)}{row}"
            sentence = _(
                "工作表“{sheet}”的 {place} 太长，只读了前 {n} 个字。",
                sheet=self.sheet,
                place=place,
                n=MOST_SIGNS,
            )
        else:
            sentence = _("有的单元格太长，只读了前 {n} 个字。", n=MOST_SIGNS)
        self._note(NoteCode.LONG_CELL, sentence)
        return text[:MOST_SIGNS]

    def note_rows(self, number: int) -> None:
        """Say that a sheet has more rows than are read, from row `number` on."""
        self._note(
            NoteCode.ROWS,
            _("工作表“{sheet}”的行太多，从第 {row} 行起没有读。", sheet=self.sheet, row=number),
        )

    def note_columns(self) -> None:
        """Say that a sheet has content behind the last column that is read."""
        letters = column_letters(MOST_COLUMNS - 1)
        self._note(
            NoteCode.COLUMNS,
            _("工作表“{sheet}”在 {letters} 列以后还有内容，没有读。", sheet=self.sheet, letters=letters),
        )

    def note_sheets(self, count: int) -> None:
        """Say that a workbook of `count` sheets has more of them than are read."""
        self.sheet = ""
        self._note(
            NoteCode.SHEETS, _("一共有 {count} 个工作表，只读了前 {n} 个。", count=count, n=MOST_SHEETS)
        )

    def note_no_result(self, count: int) -> None:
        """Say that `count` formulas of the sheet came without a stored result."""
        self._note(
            NoteCode.NO_RESULT,
            _n(
                "工作表“{sheet}”有 {n} 个公式没有存下结果，按空白读；请在 Excel 里打开并保存一次再导入。",
                count,
                sheet=self.sheet,
            ),
        )

    def _note(self, code: NoteCode, sentence: str) -> None:
        self._notes.setdefault((code, self.sheet), sentence)

    def notes(self) -> list[Piece]:
        """The pieces with all notes."""
        return [["note", code.value, sheet, sentence] for (code, sheet), sentence in self._notes.items()]
