"""Line breaking by GB/T 15834-2011."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.documents.lines import NO_END, NO_START, Line, _pieces, balanced_lines, break_lines

EM = 10.0
HALF = set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,-/%")


def widths_of(text: str) -> list[float]:
    return [EM / 2 if char in HALF else EM for char in text]


def lines_of(text: str, ems: float, *, justify: bool = False) -> list[str]:
    return [text[line.start : line.end] for line in broken(text, ems, justify=justify)]


def broken(text: str, ems: float, *, justify: bool = False) -> list[Line]:
    return break_lines(text, widths_of(text), ems * EM, EM, justify=justify)


def test_a_line_takes_as_many_characters_as_fit() -> None:
    assert lines_of("中国共产党党员名册", 5) == ["中国共产党", "党员名册"]


def test_closing_marks_never_begin_a_line() -> None:
    # Two commas too wide for the squeeze of a short line: the character before goes along.
    assert lines_of("甲乙丙丁。”戊己", 4) == ["甲乙丙", "丁。”戊", "己"]


def test_a_closing_mark_may_stand_with_its_blank_half_over_the_edge() -> None:
    (first, second) = broken("甲乙丙，丁", 3.5)
    assert (first.start, first.end, first.spacing) == (0, 4, 0.0)
    assert (second.start, second.end) == (4, 5)


def test_a_long_line_is_squeezed_to_pull_a_closing_mark_in() -> None:
    text = "字" * 28 + "，" + "字" * 5
    first = broken(text, 28.2, justify=True)[0]
    assert first.end == 29
    assert -0.04 * EM <= first.spacing < 0.0
    assert first.set_width <= 28.2 * EM + EM / 2 + 0.02


def test_opening_marks_never_end_a_line() -> None:
    assert lines_of("甲乙丙（丁）戊", 4) == ["甲乙丙", "（丁）戊"]


@pytest.mark.parametrize("whole", ["1,260.50", "BranchDesk", "2026-11-21", "——", "……", "GB/T", "50%"])
def test_what_belongs_together_stays_whole(whole: str) -> None:
    text = f"党员{whole}名册"
    for ems in range(5, 12):
        assert any(whole in line for line in lines_of(text, ems)), ems


def test_an_ellipsis_stays_with_the_word_before_it() -> None:
    assert lines_of("甲乙丙丁……", 4) == ["甲乙丙", "丁……"]


def test_a_number_longer_than_the_line_is_broken_where_the_line_is_full() -> None:
    assert lines_of("999999199001011234", 5) == ["9999991990", "01011234"]
    assert lines_of("号999999199001011234", 5) == ["号", "9999991990", "01011234"]


def test_spaces_at_the_end_of_a_line_are_dropped() -> None:
    assert lines_of("甲乙丙　丁", 3) == ["甲乙丙", "丁"]
    assert lines_of("ab cd", 1) == ["ab", "cd"]


def test_spaces_at_the_beginning_of_a_text_stay() -> None:
    assert lines_of("　　甲乙丙", 4) == ["　　甲乙", "丙"]


def test_a_justified_line_ends_at_the_edge_and_the_last_one_does_not() -> None:
    text = "甲乙丙丁Branch己庚辛壬癸"
    first, *_middle, last = broken(text, 4.5, justify=True)
    assert first.spacing > 0
    assert first.set_width == pytest.approx(4.5 * EM)
    assert last.spacing == 0.0


def test_a_line_that_would_be_torn_apart_is_not_justified() -> None:
    assert broken("甲Branchdeskbranch", 8, justify=True)[0].spacing == 0.0


def test_indents_shorten_the_first_and_the_other_lines() -> None:
    text = "字" * 10
    found = break_lines(text, widths_of(text), 4 * EM, EM, indents=(2 * EM, EM))
    assert [(line.end - line.start, line.indent) for line in found] == [
        (2, 20.0),
        (3, 10.0),
        (3, 10.0),
        (2, 10.0),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [("字" * 20 + "距", "字距"), ("字" * 20 + "日）。", "字日）。"), ("字" * 20 + "甲乙", "甲乙")],
)
def test_a_paragraph_never_ends_with_a_character_alone(text: str, last: str) -> None:
    *_others, before, end = broken(text, 20, justify=True)
    assert text[end.start : end.end] == last
    assert before.set_width == pytest.approx(20 * EM), "the line that gave a character is stretched"
    assert lines_of(text, 20) == lines_of(text, 20, justify=True)


def test_a_number_comes_down_whole_to_a_character_alone() -> None:
    assert lines_of("字" * 19 + "27日）。", 20)[-1] == "27日）。"


def test_a_line_that_cannot_spare_anything_leaves_the_character_alone() -> None:
    assert lines_of("字" * 9, 8) == ["字" * 8, "字"], "too narrow"
    text = "字" * 4 + "Branchdeskbranchdeskbranch" + "字"
    assert lines_of(text, 17) == [text[:-1], "字"], "the word before it is long"
    assert lines_of("Branchdeskbranchdesk" + "字", 10) == ["Branchdeskbranchdesk", "字"]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert [(line.start, line.end) for line in broken("", 5)] == [(0, 0)]


def test_a_centred_text_has_lines_of_one_length() -> None:
    text = "某某大学中文系汉语言文学专业"
    found = balanced_lines(text, widths_of(text), 12 * EM, EM)
    assert [line.end - line.start for line in found] == [7, 7]
    assert len(balanced_lines("短", [EM], 12 * EM, EM)) == 1


@given(
    st.text(st.sampled_from("党员名册在省市县，。、；：？！）》”（《“—…·a1Z9.,% 　"), max_size=120),
    st.integers(8, 40),
)
def test_no_rule_is_broken_and_no_character_lost(text: str, ems: int) -> None:
    widths = widths_of(text)
    found = break_lines(text, widths, ems * EM, EM, justify=True)
    kept = "".join(text[line.start : line.end] for line in found)
    assert kept.replace(" ", "").replace("　", "") == text.replace(" ", "").replace("　", "")
    for line in found:
        assert line.set_width <= ems * EM + EM / 2 + 0.02
    if any(sum(widths[piece.start : piece.end]) > ems * EM for piece in _pieces(text)):
        return  # a run of marks that no line can hold is broken anywhere
    for line in found[1:]:
        before = text[: line.start].rstrip(" 　")
        separated = len(before) < line.start
        assert separated or text[line.start] not in NO_START
    for line in found[:-1]:
        assert text[line.end - 1] not in NO_END or text[line.end] in " 　"
