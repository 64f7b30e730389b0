"""党员名册: the members of an organisation as a table to be signed.

The words of official papers are Chinese whatever the language of the window is; they are not translated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from branchdesk.documents.model import (
    A4_LANDSCAPE,
    Align,
    Column,
    Document,
    Ends,
    Font,
    Paragraph,
    Running,
    Signatures,
    Style,
    Table,
    Together,
)

_TITLE = Style(Font.HEADING, 18.0, 1.35, Align.CENTRE, after=4.0, sizes=(18.0, 16.0))
_LINE = Style(size=10.5, leading=1.4, after=3.0)
_TOTALS = Style(size=10.5, leading=1.5, before=2.0, after=1.0)
_SIGNERS = ("填表人：", "审核人：", "党组织书记（签字）：", "　　　　年　　月　　日")
_GAP = "\u3000"


class Holds(Enum):
    """What a column of a roster holds: share of the width, alignment, and what must not be broken."""

    NUMBER = (1.0, Align.CENTRE, "0000")
    NAME = (2.0, Align.CENTRE, "四字姓名")
    WORD = (1.2, Align.CENTRE, "汉字")
    WORDS = (2.0, Align.CENTRE, "四个汉字")
    MONTH = (1.6, Align.CENTRE, "0000.00")
    DATE = (2.0, Align.CENTRE, "0000.00.00")
    ID_NUMBER = (3.4, Align.CENTRE, "00000000000000000X")
    PHONE = (2.2, Align.CENTRE, "00000000000")
    MONEY = (1.6, Align.RIGHT, "00000.00")
    TEXT = (6.0, Align.LEFT, "七个汉字的宽度")


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """A column: its label and what it holds; `weight` and `align` override what that asks for."""

    label: str
    holds: Holds = Holds.WORDS
    weight: float | None = None
    align: Align | None = None

    def column(self, rows: int = 0) -> Column:
        """The column of a table of so many rows: running numbers have room for the last one."""
        weight, align, fits = self.holds.value
        if self.holds is Holds.NUMBER:
            fits = "0" * max(len(fits), len(str(rows)))
        return Column(self.label, self.weight or weight, self.align or align, fits)


@dataclass(frozen=True, slots=True)
class RosterTotals:
    """How many members there are, and how many of them are full, probationary, women, of a minority."""

    members: int
    full: int
    probationary: int
    women: int
    minority: int

    def sentence(self) -> str:
        """The line under the table."""
        return (
            f"共有党员 {self.members} 名，其中正式党员 {self.full} 名、预备党员 {self.probationary} 名；"
            f"女党员 {self.women} 名，少数民族党员 {self.minority} 名。"
        )


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster prints. `rows` may be read from the branch file page by page.

    `reported_by` is the 填报单位, `as_of` the day the roster stands for, spelled; `notes` are lines below the
    totals. `padded_names` sets two-character names as wide as three. `draft` marks every page.
    """

    organisation: str
    reported_by: str
    as_of: str
    made_on: date
    columns: tuple[RosterColumn, ...]
    rows: Collection[tuple[str, ...]]
    totals: RosterTotals | None = None
    notes: tuple[str, ...] = ()
    signers: tuple[str, ...] = _SIGNERS
    padded_names: bool = False
    draft: bool = False
    title: str = "党员名册"


@dataclass(frozen=True, slots=True)
class _PaddedRows:
    """The rows with their names padded, walked as often as needed without a copy."""

    rows: Collection[tuple[str, ...]]
    names: frozenset[int]

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, row: object) -> bool:
        return any(row == padded for padded in self)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for row in self.rows:
            yield tuple(
                padded_name(text) if number in self.names else text for number, text in enumerate(row)
            )


def padded_name(name: str) -> str:
    """A name of two Chinese characters with a gap between them (王　明); any other as it is."""
    chars = "".join(name.split())
    is_short = len(chars) == 2 and all(_is_han(char) for char in chars)
    return f"{chars[0]}{_GAP}{chars[1]}" if is_short else name


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def roster_document(roster: Roster) -> Document:
    """The roster as A4 landscape; the places to sign stay with the last rows and the totals."""
    rows = roster.rows
    if roster.padded_names:
        names = frozenset(n for n, column in enumerate(roster.columns) if column.holds is Holds.NAME)
        rows = _PaddedRows(rows, names)
    columns = tuple(column.column(len(roster.rows)) for column in roster.columns)
    line = Ends(f"填报单位：{roster.reported_by}", f"截至日期：{roster.as_of}", _LINE, keep_with_next=True)
    ending: list[Paragraph | Signatures] = []
    if roster.totals is not None:
        ending.append(Paragraph(roster.totals.sentence(), _TOTALS))
    ending += [Paragraph(note, replace(_TOTALS, before=0.0)) for note in roster.notes]
    if roster.signers:
        ending.append(Signatures(roster.signers))
    title = f"{roster.organisation}{roster.title}"
    return Document(
        title,
        roster.made_on,
        (
            Paragraph(title, _TITLE, keep_with_next=True),
            line,
            Table(columns, rows),
            Together(tuple(ending), with_previous=True),
        ),
        page=A4_LANDSCAPE,
        author=roster.reported_by,
        running=Running(),
        watermark="草稿" if roster.draft else "",
    )
