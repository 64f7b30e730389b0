"""How the papers of evaluations part into pages: lists on one page, signatures never alone, blank backs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from branchdesk.documents.layout import count_pages
from branchdesk.documents.pdf import write_pdf
from branchdesk.reports.evaluations.papers import made
from branchdesk.reports.evaluations.plaques import spread
from branchdesk.services.evaluations.sheets import EvaluationSheet
from reports import evaluated_sheets as evaluated
from reports.evaluation_matters import matter, with_subject
from reports.golden_texts import told
from reports.test_evaluation_papers import paper
from support.papers import pages_of, text_of


def decided(count: int) -> EvaluationSheet:
    """An appraisal of so many members with grades, one with a long name and one with a reason."""
    names = [f"党员{number:02}" for number in range(count)]
    people = [replace(one, grade="qualified", graded=True) for one in evaluated.people(names)]
    people = [replace(one, takes_part=True, why_not="", category="full") for one in people]
    people[3] = replace(people[3], name="阿依古丽·买买提")
    people[6] = replace(
        people[6], grade="basic", reason="全年多次未按时完成党小组交办的任务，支委会研究后评定"
    )
    votes = {one.uid: (4, 16, 1, 0, 1) for one in people}
    choices = [*(one.code for one in evaluated.appraisal().scheme.grades), ""]
    batch = evaluated.batch("b1", "2026-01", (24, 23, 1), votes, choices)
    return evaluated.appraisal(subjects=tuple(people), batches=(batch,))


@pytest.mark.parametrize("count", [20, 22, 24, 26])
def test_the_tally_and_the_decision_of_a_usual_branch_are_one_page(count: int) -> None:
    sheet = decided(count)
    assert count_pages(paper(sheet, "tally")) == 1
    assert count_pages(paper(sheet, "decision")) == 1
    empty = evaluated.again(sheet, batches=(replace(sheet.evaluation.batches[0], passes=()),))
    assert count_pages(paper(empty, "tally")) == 1


@pytest.mark.parametrize("kind", ["tally", "decision", "summary"])
def test_signatures_never_stand_alone_on_a_page(kind: str) -> None:
    for count in range(12, 44):
        last = pages_of(write_pdf(paper(decided(count), kind)))[-1]
        assert "签字" in last
        assert f"党员{count - 1:02}" in last, count


def test_something_stands_above_the_signature_of_every_official_paper() -> None:
    for lines in range(1, 26):
        text = "\n".join("存在的问题。" for _line in range(lines))
        sheet = evaluated.appraisal()
        values = {**sheet.evaluation.values, "scheme": text, "report_problems": text}
        for kind in ("plan", "report"):
            last = pages_of(write_pdf(paper(evaluated.again(sheet, values=values), kind)))[-1]
            rest = re.sub(r"[—\s\d年月日]", "", last).replace(evaluated.ORGANISATION, "")
            assert len(rest) > len("特此报告。"), (kind, lines)


def test_a_long_name_stays_on_one_line_of_lists_and_whole_on_plaques() -> None:
    sheet = with_subject(decided(22), "s03", grade="excellent")
    for kind in ("ballot", "tally", "decision", "summary", "registration", "plaque", "desk_card"):
        assert "阿依古丽·买买提" in text_of(write_pdf(paper(sheet, kind))), kind
    assert count_pages(paper(sheet, "plaque")) == 1
    assert count_pages(paper(sheet, "desk_card")) == 1


@pytest.mark.parametrize("kind", ["registration", "self_review", "explanation", "feedback"])
def test_blank_backs_are_only_there_on_both_sides_of_the_paper(kind: str) -> None:
    sheet = evaluated.appraisal()
    single = made(matter(sheet), kind)
    assert count_pages(single) == 11
    assert not single.page.mirrored
    both = made(matter(sheet, both_sides=True), kind)
    assert count_pages(both) == 2 * 11 - 1


def test_forms_of_stars_are_two_pages_each_on_one_side_or_both() -> None:
    sheet = evaluated.stars()
    assert count_pages(made(matter(sheet), "stars_form")) == 10
    both = made(matter(sheet, both_sides=True), "stars_form")
    assert count_pages(both) == 10
    assert both.page.mirrored


def test_a_ballot_of_a_usual_branch_is_one_side_of_paper() -> None:
    for count in (9, 22, 24):
        people = evaluated.people([f"党员{number:02}" for number in range(count + 2)])
        votes = evaluated.batch("b1", "2026-01", (4, 4, 0), {}, [])
        document = paper(evaluated.appraisal(subjects=people, batches=(votes,)), "ballot")
        assert count_pages(document) == 4


def test_few_stars_are_made_public_on_one_page() -> None:
    assert count_pages(paper(evaluated.stars(), "publicity")) == 1
    assert "二、业务攻坚之星（2名）：王秀兰、欧阳静怡" in told(paper(evaluated.stars(), "publicity"))


def test_short_names_are_spread_and_long_ones_stay_whole() -> None:
    assert [spread(name) for name in ("高峰", "王秀兰", "欧阳静怡", "A", "阿依古丽·买买提")] == [
        "高　峰",
        "王　秀　兰",
        "欧阳静怡",
        "A",
        "阿依古丽·买买提",
    ]
