"""One inspection beside the one before and the one of a year ago."""

from __future__ import annotations

from branchdesk.domain.inspections.comparing import Compared, Comparison, Scored, compare
from branchdesk.domain.inspections.model import Indicator
from branchdesk.domain.inspections.scoring import total_of
from domain.inspections.making import BONUS, BY_HAND, C4, indicator, said, scheme, scored, told

NEW = indicator("C9", "2")


def sheet(*lines: tuple[Indicator, str]) -> Scored:
    """Lines with their scores; "n" does not apply."""
    found = tuple(
        scored(one, applies=False) if score == "n" else scored(one, said(score)) for one, score in lines
    )
    return Scored(total_of(scheme(*(one for one, _score in lines)), found), found)


def figures(row: Comparison) -> str:
    return told(row.now, row.before, row.year_ago)


def test_lines_stand_under_their_section_and_the_whole_at_the_end() -> None:
    rows = compare(sheet((BY_HAND, "2"), (C4, "3.5"), (NEW, "1")))
    assert [(one.kind, one.number, told(one.points, one.now)) for one in rows] == [
        (Compared.SECTION, "A", "2 2"),
        (Compared.LINE, "A5", "2 2"),
        (Compared.SECTION, "C", "6 4.5"),
        (Compared.LINE, "C4", "4 3.5"),
        (Compared.LINE, "C9", "2 1"),
        (Compared.TOTAL, "", "8 6.5"),
    ]
    assert all(one.before is None and one.change is None for one in rows)


def test_a_line_is_found_again_by_its_number_in_another_version_of_the_form() -> None:
    renamed = indicator("C4", "5", title="主题党日", section="Z")
    rows = compare(sheet((C4, "3.5")), sheet((renamed, "2")), sheet((C4, "4")))
    line, whole = rows[1], rows[-1]
    assert figures(line) == "3.5 2 4"
    assert told(line.change, line.change_of_year) == "1.5 -0.5"
    assert told(whole.before, whole.year_ago, whole.change) == "2 4 1.5"


def test_what_was_not_there_or_did_not_apply_compares_with_nothing() -> None:
    rows = compare(sheet((C4, "n"), (NEW, "1")), sheet((C4, "4")), sheet((BY_HAND, "2")))
    by_number = {one.number: one for one in rows}
    assert figures(by_number["C4"]) == "- 4 -"
    assert figures(by_number["C9"]) == "1 - -"
    assert figures(by_number["C"]) == "1 4 -"


def test_what_is_not_scored_to_its_end_is_no_loss() -> None:
    rows = compare(
        sheet((C4, "3.5"), (NEW, ""), (BY_HAND, "2")), sheet((C4, "4"), (NEW, "2"), (BY_HAND, "1"))
    )
    section, line, _new, other, *_rest, whole = rows
    assert (section.is_partial, told(section.now, section.before, section.change)) == (True, "3.5 6 -")
    assert told(line.change, other.change) == "-0.5 1"
    assert (whole.is_partial, told(whole.now, whole.before, whole.change)) == (True, "5.5 7 -")


def test_what_was_never_scored_to_its_end_compares_with_nothing() -> None:
    rows = compare(sheet((C4, "3.5"), (BY_HAND, "2")), sheet((C4, ""), (BY_HAND, "1")))
    assert [told(one.before) for one in rows] == ["-", "-", "1", "1", "-"]


def test_a_section_of_which_nothing_applies_has_no_score() -> None:
    rows = compare(sheet((C4, "n"), (BY_HAND, "2")), sheet((C4, "4"), (BY_HAND, "1")))
    section = next(one for one in rows if one.number == "C")
    assert figures(section) == "- 4 -"


def test_a_bonus_is_the_score_of_its_section() -> None:
    rows = compare(sheet((C4, "4"), (BONUS, "2")), sheet((C4, "4"), (BONUS, "1.5")))
    section = next(one for one in rows if one.title == "加部分")
    assert told(section.now, section.change) == "2 0.5"
