"""Cells that stand on their heads, as on a card that is folded, and the frame of a plaque."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.model import Cell, Document, PageStyle, Running, Sheet, Style
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.surface import MM
from documents.pdfa_checks import faults_of, text_of
from documents.recording import record

_PAGE = PageStyle(100.0, 100.0, top=10.0, bottom=10.0, left=10.0, right=10.0)
_LARGE = Style(size=20.0)
_PAD = 1.2 * MM


def document(*cells: Cell, framed: bool = False) -> Document:
    sheet = Sheet((70.0,), (30.0, 30.0), cells, ruled=False, framed=framed)
    return Document("桌牌", date(2026, 11, 21), (sheet,), page=_PAGE, running=Running(foot=""))


def test_a_turned_text_is_the_upright_one_turned_by_half_a_circle() -> None:
    upright = document(Cell(0, 0, "高峰", style=_LARGE))
    turned = document(Cell(0, 0, "高峰", style=_LARGE, turned=True))
    places = []
    for one in (upright, turned):
        pdf = write_pdf(one)
        assert faults_of(pdf) == []
        assert "高峰" in text_of(pdf)
        places.append(_matrices(pdf)[0])
    (a, _b, _c, d, x, y), (a2, _b2, _c2, d2, x2, y2) = places
    assert (a, d) == (1.0, 1.0)
    assert (a2, d2) == (-1.0, -1.0)
    # Both begin as far from the left as from the right, and from the middle of the row down as up.
    left, middle = (10.0 + 5.0) * MM + _PAD, (100.0 - 10.0 - 15.0) * MM
    assert x - left == pytest.approx(left + 70.0 * MM - 2 * _PAD - x2, abs=0.1)
    assert (y + y2) / 2 == pytest.approx(middle, abs=0.1)


def _matrices(pdf: bytes) -> list[tuple[float, ...]]:
    """The matrices of all texts of the only page."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        code = b" ".join(
            bytes(word)
            for part in pikepdf.parse_content_stream(opened.pages[0])
            if str(part.operator) == "Tm"
            for word in [b" ".join(str(number).encode() for number in part.operands)]
        )
    numbers = [float(one) for one in code.split()]
    return [tuple(numbers[start : start + 6]) for start in range(0, len(numbers), 6)]


def test_in_a_word_document_it_stands_upright() -> None:
    cells = (Cell(0, 0, "高峰", style=_LARGE), Cell(1, 0, "高峰", style=_LARGE))
    turned = (Cell(0, 0, "高峰", style=_LARGE, turned=True), cells[1])
    assert write_docx(document(*turned)) == write_docx(document(*cells))


def test_a_framed_sheet_has_two_rules_around_and_none_within() -> None:
    cells = (Cell(0, 0, "党员先锋岗", style=_LARGE), Cell(1, 0, "高峰", style=_LARGE))
    (plain,) = record(document(*cells))
    (framed,) = record(document(*cells, framed=True))
    assert plain.segments == []
    assert len(framed.segments) == 8
    assert write_docx(document(*cells, framed=True)) != write_docx(document(*cells))
