"""A sheet of a workbook as the rules see it: texts in rows, and what was merged or hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """Cells joined into one; rows count from 1 as the sheet shows them, columns from 0 for A."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row that holds something: its number as the sheet shows it, and its texts from column A on.

    A cell with nothing but white space is given as an empty text.
    """

    number: int
    texts: Sequence[str]
    hidden: bool = False

    def text(self, column: int) -> str:
        """The text in `column`; empty behind the last."""
        return self.texts[column] if column < len(self.texts) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet in their order; rows without any text may be left out."""

    name: str
    rows: Sequence[GridRow]
    merged: Sequence[Area] = ()
    hidden_columns: frozenset[int] = frozenset()


def column_letters(column: int) -> str:
    """The letters over a column: A for 0, AA for 26."""
    letters = ""
    number = column + 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
