"""The ruled head over a table: labels with their values, some side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from branchdesk.documents.model import Cell, Sheet
from branchdesk.reports.inspections.page_styles import LABEL, VALUE

_LABEL_WIDTH = 25.0  # millimetres
_ROW = 8.0


@dataclass(frozen=True, slots=True)
class HeadPair:
    """A label with its value, as wide as so many ordinary ones."""

    label: str
    text: str
    places: int = 1


def head_sheet(pairs: Sequence[HeadPair], measure: float, abreast: int, least: float = _ROW) -> Sheet:
    """The pairs as a grid `measure` millimetres wide; the last of a row takes what is left of it."""
    cells: list[Cell] = []
    rows = list(_packed(pairs, abreast))
    for number, row in enumerate(rows):
        place = 0
        for pair in row:
            places = abreast - place if pair is row[-1] else pair.places
            cells.append(Cell(number, 2 * place, pair.label, style=LABEL))
            value = Cell(
                number, 2 * place + 1, pair.text, columns=2 * places - 1, style=VALUE, called=pair.label
            )
            cells.append(value)
            place += places
    widths = (_LABEL_WIDTH, round(measure / abreast - _LABEL_WIDTH, 3)) * abreast
    return Sheet(widths, (least,) * len(rows), tuple(cells), grows=True)


def _packed(pairs: Sequence[HeadPair], abreast: int) -> Iterator[list[HeadPair]]:
    """The pairs row by row, as many in each as have room."""
    row: list[HeadPair] = []
    taken = 0
    for pair in pairs:
        if row and taken + pair.places > abreast:
            yield row
            row, taken = [], 0
        row.append(pair)
        taken += pair.places
    if row:
        yield row
