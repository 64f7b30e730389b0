"""What a sheet is made of, and how that is told to the clerk (ux 2.8, picture 14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from branchdesk.domain.sheet_headings import Certainty, Column
from branchdesk.domain.sheet_rows import Reason, Skipped
from branchdesk.i18n import _, _n, later, listed

_MOST_RANGES = 5
_SKIPPED_ROWS = {
    Reason.TITLE: later("第 {rows} 行是标题，已跳过"),
    Reason.REPEATED_HEADER: later("第 {rows} 行是重复的表头，已跳过"),
    Reason.COLUMN_NUMBERS: later("第 {rows} 行是列的编号，已跳过"),
    Reason.TOTAL: later("第 {rows} 行是合计，已跳过"),
    Reason.NOTE: later("第 {rows} 行是说明或签字，已跳过"),
    Reason.SECTION: later("第 {rows} 行是分组的名称，已跳过"),
    Reason.CONTINUATION: later("第 {rows} 行与上一行合并，是同一个人，已跳过"),
    Reason.NUMBER_ONLY: later("第 {rows} 行只有序号，已跳过"),
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row to be read: its number on the sheet, whether it is hidden, and the section it stands under.

    `borrowed` names for columns that are joined downwards the row where the text stands; `shifted` says by
    how many columns the row seems to have slipped to the right, 0 where it has not.
    """

    number: int
    hidden: bool = False
    section: str = ""
    borrowed: Mapping[int, int] = field(default_factory=dict)
    shifted: int = 0


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What a sheet is made of; row numbers count as on the sheet, columns from 0.

    Without headings `header_rows` and everything after it is empty. `organisation` is the name of the sheet
    where that may name the branch of its people; `unit` and `as_of` are as written above the headings.
    """

    sheet: str
    header_rows: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    table_rows: tuple[TableRow, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    title: str = ""
    unit: str = ""
    as_of: str = ""
    organisation: str = ""

    @property
    def is_found(self) -> bool:
        """Whether headings were found."""
        return bool(self.header_rows)

    @property
    def open_columns(self) -> tuple[Column, ...]:
        """The columns that somebody has to name or confirm."""
        return tuple(column for column in self.columns if column.is_open)

    def column_of(self, field_id: str) -> Column | None:
        """The column that holds a field."""
        return next((column for column in self.columns if column.field == field_id), None)

    def skipped_for(self, reason: Reason) -> tuple[Skipped, ...]:
        """The rows that are left out for one reason."""
        return tuple(skipped for skipped in self.skipped if skipped.reason is reason)


def describe(layout: SheetLayout) -> str:
    """What was understood of a sheet, in sentences: columns first, then what was left out and why."""
    if not layout.is_found:
        return _("没有找到表头（像“姓名”“身份证号”这样的一行）；请指明哪一行是表头。")
    sure = sum(column.certainty is Certainty.SURE for column in layout.columns)
    counted = _n("自动认出 {n} 列", sure)
    unsure = len(layout.open_columns)
    if unsure:
        counted = _joined([counted, _n("请确认 {n} 列", unsure)])
    clauses = _clauses(layout)
    if not clauses:
        return _("{first}。", first=counted)
    return _("{first}。{second}。", first=counted, second=_joined(clauses))


def _clauses(layout: SheetLayout) -> list[str]:
    """What is worth saying about the rows and columns."""
    clauses = []
    for reason, sentence in _SKIPPED_ROWS.items():
        skipped = layout.skipped_for(reason)
        if reason is Reason.TOTAL and len(skipped) == 1 and skipped[0].row == _last_row(layout):
            clauses.append(_("最后一行“{text}”已跳过", text=skipped[0].text))
        elif skipped:
            clauses.append(_(sentence, rows=row_ranges([row.row for row in skipped])))
    borrowed = dict.fromkeys(column for row in layout.table_rows for column in row.borrowed)
    if borrowed:
        names = listed(column.heading for column in layout.columns if column.index in borrowed)
        clauses.append(_("“{headings}”的合并单元格已算到其中每一行", headings=names))
    for sentence, rows in (
        (
            later("第 {rows} 行像是错开了一列，请核对"),
            [row.number for row in layout.table_rows if row.shifted],
        ),
        (
            later("第 {rows} 行在原表中是隐藏的，请留意"),
            [row.number for row in layout.table_rows if row.hidden],
        ),
    ):
        if rows:
            clauses.append(_(sentence, rows=row_ranges(rows)))
    hidden = [column.letters for column in layout.columns if column.hidden]
    if hidden:
        clauses.append(_("{letters} 列在原表中是隐藏的，请留意", letters=listed(hidden)))
    return clauses


def _last_row(layout: SheetLayout) -> int:
    """The last row of the sheet that holds anything."""
    last = max(layout.header_rows)
    for rows in ([row.number for row in layout.table_rows], [row.row for row in layout.skipped]):
        last = max([last, *rows])
    return last


def _joined(clauses: Sequence[str]) -> str:
    """Clauses as parts of one sentence."""
    whole = clauses[0]
    for clause in clauses[1:]:
        whole = _("{first}；{second}", first=whole, second=clause)
    return whole


def row_ranges(rows: Sequence[int]) -> str:
    """Row numbers in short: 1–2、5、9–10; of many pieces only the first five."""
    ranges: list[tuple[int, int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], row
        else:
            ranges.append((row, row))
    shown = listed(
        str(first) if first == last else f"{first}–{last}" for first, last in ranges[:_MOST_RANGES]
    )
    return shown if len(ranges) <= _MOST_RANGES else f"{shown}…"
