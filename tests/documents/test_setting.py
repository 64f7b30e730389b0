"""Setting type between two edges."""

from __future__ import annotations

from itertools import pairwise

import pytest

from branchdesk.documents.model import Align, Font, Span, Style
from branchdesk.documents.setting import fit_text, set_text
from documents.recording import Recording


def drawn(text: str | tuple[Span, ...], style: Style, measure: float = 105.0) -> Recording:
    surface = Recording()
    surface.start_page(200.0, 200.0)
    set_text(text, style, measure).draw(surface, 50.0, 20.0)
    return surface


@pytest.mark.parametrize(
    ("align", "x"), [(Align.LEFT, 50.0), (Align.CENTRE, 92.0), (Align.RIGHT, 134.0), (Align.JUSTIFY, 50.0)]
)
def test_a_line_stands_where_its_alignment_asks(align: Align, x: float) -> None:
    page = drawn("王明", Style(size=10.5, align=align)).pages[0]
    assert page.find("王明").x == pytest.approx(x)


def test_lines_stand_below_one_another_at_the_leading() -> None:
    page = drawn("第一行\n第二行", Style(size=10.0, leading=2.0)).pages[0]
    first, second = page.runs
    assert second.baseline - first.baseline == pytest.approx(20.0)
    assert first.baseline == pytest.approx(20.0 + 5.0 + 8.8)


def test_the_first_line_of_a_paragraph_is_indented_by_characters() -> None:
    page = drawn("党员大会应到二十人实到十八人", Style(size=10.0, first_indent=2.0)).pages[0]
    assert [run.x for run in page.runs] == [70.0, 50.0]


def test_words_in_another_font_stand_beside_each_other() -> None:
    text = (Span("出席：", Font.HEADING), Span("王明、李四"))
    page = drawn(text, Style(size=10.0)).pages[0]
    assert [(run.text, run.font) for run in page.runs] == [
        ("出席：", Font.HEADING),
        ("王明、李四", Font.BODY),
    ]
    assert page.runs[1].x == pytest.approx(page.runs[0].right)


def test_the_lines_of_a_dated_entry_hang_below_its_text() -> None:
    entry = "1988.09　在某某市阳光区第一中学学习"
    page = drawn(entry, Style(size=10.0, align=Align.JUSTIFY, hangs=True), 120.0).pages[0]
    date, text, *others = page.runs
    assert (date.text, date.spacing) == ("1988.09　", 0.0)
    assert others
    assert {round(run.x, 3) for run in others} == {round(text.x, 3)}
    assert text.right - text.spacing == pytest.approx(170.0)


def test_a_key_stands_in_equal_cells() -> None:
    page = drawn("I1MW", Style(Font.LABEL, 10.0, cells=True)).pages[0]
    middles = [(run.x + run.right) / 2 for run in page.runs]
    steps = {round(b - a, 3) for a, b in pairwise(middles)}
    assert len(page.runs) == 4
    assert len(steps) == 1


def test_the_largest_size_that_fits_is_taken() -> None:
    style = Style(size=10.0, leading=1.0, sizes=(10.0, 8.0, 5.0))
    assert fit_text("八个汉字正好一行", style, 80.0, 12.0).size == 10.0
    assert fit_text("八个汉字正好一行外加二", style, 80.0, 10.0).size == 5.0
    assert fit_text("字" * 100, style, 80.0, 10.0).size == 10.0


def test_the_pitch_of_a_grid_is_added_after_every_character() -> None:
    setting = set_text("党员名册", Style(size=16.0, pitch=-0.21), 500.0)
    assert setting.lines[0].runs[0].spacing == pytest.approx(-0.21)
    assert setting.lines[0].width == pytest.approx(4 * (16 - 0.21))
