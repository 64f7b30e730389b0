"""The five evaluations that ship: their words, samples, rules and place on the shelf; and one more folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from branchdesk.domain.evaluations.model import StarState
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.evaluation_words import GradeWords
from branchdesk.forms.field_types import Field, Surroundings
from branchdesk.forms.language import (
    EvaluationWords,
    Form,
    read_form_text,
    shipped_form,
    shipped_kinds,
    visible_fields,
)
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.samples import Sample, shipped_sample
from branchdesk.forms.shelf import HERE, RECEIVED, Shelf, StoredForm, shipped_shelf
from branchdesk.forms.words import DISQUALIFIERS, EVALUATION_PAPERS, SCORE_KEY, VOTES_KEY
from branchdesk.forms.writing import write_form
from support.form_folders import add_kind, forget_forms

KINDS = [kind for kind in shipped_kinds() if kind.startswith("evaluation.")]
APPRAISAL, COMMITTEE, SECRETARY = "evaluation.appraisal", "evaluation.committee", "evaluation.secretary"
STARS, KEY_WORK = "evaluation.stars", "evaluation.key_work"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
DAY = date(2026, 11, 26)
AROUND = Surroundings(shipped_dictionaries(), date(2027, 1, 31))


def evaluation(kind: str) -> EvaluationWords:
    words = shipped_form(kind).evaluation
    assert words is not None
    return words


def sample_of(kind: str) -> Sample:
    sample = shipped_sample(kind)
    assert sample is not None, kind
    return sample


def fields_of(form: Form) -> list[Field]:
    return [*form.fields, *(field for table in form.tables for field in table.fields)]


def spoken_of(form: Form) -> Iterator[tuple[str, str]]:
    """Every word of a form with its English twin."""
    yield form.title, form.title_en
    words = form.evaluation
    assert words is not None
    rows: list[Any] = [*form.sections, *form.tables, *form.signatures, *fields_of(form)]
    rows += [*words.grades, *words.parts, *words.steps, *words.dimensions, *words.procedures]
    yield from ((one.label, one.label_en) for one in rows)
    yield from ((one.star, one.star_en) for one in words.dimensions)
    yield from ((one.target, one.target_en) for one in words.parts if one.target)
    yield from ((choice.label, choice.label_en) for field in fields_of(form) for choice in field.choices)


def labels(kind: str, words: str) -> list[str]:
    return [one.label for one in getattr(evaluation(kind), words)]


# ---- what they evaluate


def test_five_evaluations_ship_and_each_names_whom_it_is_about() -> None:
    assert {kind: evaluation(kind).of for kind in KINDS} == {
        APPRAISAL: "members",
        COMMITTEE: "committee",
        KEY_WORK: "work",
        SECRETARY: "secretary",
        STARS: "members",
    }


def test_an_appraisal_goes_from_preparation_to_the_report() -> None:
    assert labels(APPRAISAL, "steps") == [
        *("准备", "个人自评", "党员互评", "民主测评", "组织评定", "反馈", "公示", "上报"),
    ]
    assert labels(APPRAISAL, "grades") == ["优秀", "合格", "基本合格", "不合格"]
    assert [one.value for one in evaluation(APPRAISAL).grades] == [100, 80, 60, 30]
    assert not evaluation(APPRAISAL).parts, "votes are a reference and no total"
    assert evaluation(APPRAISAL).decision


def test_probationary_members_take_part_in_the_appraisal_and_get_no_grade() -> None:
    words = evaluation(APPRAISAL)
    assert (words.takes_part, words.graded) == (("full", "probationary"), ("full",))


def test_a_third_of_the_graded_may_be_excellent_as_the_rule_says_and_it_only_warns() -> None:
    (quota,) = evaluation(APPRAISAL).quotas
    assert (quota.grade, quota.numerator, quota.base, quota.hard) == ("excellent", 1, "graded", False)
    assert quota.denominator == shipped_rules().at("excellent_share_parts", DAY).value == 3


def test_only_the_lower_grades_are_followed_by_something() -> None:
    followed = {one.grade for one in evaluation(APPRAISAL).procedures}
    assert followed == {"basic", "unqualified"}
    assert {one.grade for one in evaluation(KEY_WORK).procedures} == {"unqualified"}


@pytest.mark.parametrize("kind", [COMMITTEE, SECRETARY])
def test_bodies_and_secretaries_are_voted_on_with_the_words_of_the_team(kind: str) -> None:
    team = shipped_dictionaries()["team_grade"].entries
    grades = [(one.code, one.label) for one in evaluation(kind).grades]
    assert grades == [(entry.code, entry.label) for entry in team]
    assert any(step.ballots for step in evaluation(kind).steps)


def test_a_secretary_reports_in_four_parts_and_on_integrity() -> None:
    form = shipped_form(SECRETARY)
    report = [field.label for field in form.in_section("report")]
    assert report == [
        *("一、履行职责情况", "廉洁自律情况", "二、存在的主要问题", "三、原因分析"),
        "四、下一步工作思路",
    ]
    (table,) = form.tables
    columns = [field.label for field in table.fields]
    assert (table.label, columns) == ("整改清单", ["问题", "措施", "责任人", "时限", "完成情况", "验证人"])


def test_five_stars_go_five_steps_of_which_one_may_be_switched_off() -> None:
    words = evaluation(STARS)
    assert labels(STARS, "dimensions") == ["争先创优", "为民服务", "敬业奉献", "创新突破", "业务攻坚"]
    assert [one.star for one in words.dimensions] == [f"{one.label}之星" for one in words.dimensions]
    assert labels(STARS, "steps") == ["党员自评", "支部推荐", "党委审核", "党组研究", "群众监督"]
    assert [one.label for one in words.steps if one.optional] == ["党组研究"]
    assert words.disqualifiers == DISQUALIFIERS
    assert [(one.label, int(one.weight)) for one in words.parts] == [
        *(("自评", 10), ("互评", 20), ("支部评价", 40), ("党委评价", 30)),
    ]


def test_key_work_has_six_parts_and_the_people_are_one_of_them() -> None:
    words = evaluation(KEY_WORK)
    assert [(one.label, int(one.weight)) for one in words.parts] == [
        *(("完成度", 30), ("质量", 20), ("时效", 15), ("协作", 10), ("创新", 10), ("群众满意度", 15)),
    ]
    assert [one.id for one in words.parts if one.missing == "excluded"] == ["satisfaction"]
    assert [one.source for one in words.parts if one.source != "typed"] == ["mass"]
    assert [one.at_least for one in words.grades] == [90, 80, 60, 0]


def test_publicity_lasts_five_working_days() -> None:
    asked = {one.days for kind in KINDS for one in evaluation(kind).steps if one.days}
    assert asked == {"publicity_days"}
    rule = shipped_rules().at("publicity_days", DAY)
    assert (rule.value, rule.unit) == (5, "working_day")


@pytest.mark.parametrize(
    ("rule", "value"), [("ballots_least", 5), ("deeds_longest", 1500), ("absence_most", 30)]
)
def test_the_other_numbers_are_rules(rule: str, value: int) -> None:
    assert shipped_rules().at(rule, DAY).value == value


# ---- their words


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_has_its_english_and_fits_its_paper(kind: str) -> None:
    for label, english in spoken_of(shipped_form(kind)):
        assert CHINESE.search(label), label
        assert len(label) <= 40, label
        assert english.isascii(), english
        assert len(english) <= 80, english
    helps = [(one.help, one.help_en) for one in fields_of(shipped_form(kind)) if one.help]
    helps += [(one.help, one.help_en) for one in shipped_form(kind).tables if one.help]
    helps += [(one.help, one.help_en) for one in evaluation(kind).parts if one.help]
    for chinese, english in helps:
        assert chinese.endswith("。"), chinese
        assert english.endswith("."), english
        assert english.isascii(), english


@pytest.mark.parametrize("kind", KINDS)
def test_steps_are_named_shortly_enough_for_one_row(kind: str) -> None:
    assert all(len(one.label) <= 4 and len(one.label_en) <= 24 for one in evaluation(kind).steps)


@pytest.mark.parametrize("kind", KINDS)
def test_evaluations_are_kept_for_thirty_years_and_signed(kind: str) -> None:
    form = shipped_form(kind)
    assert (form.archive, form.retention) == ("评议考核", "30")
    assert form.signatures
    assert form.paper is not None
    assert any(field.in_list for field in form.fields)


def test_every_kind_of_ballot_and_stars_paper_is_made_by_some_step_or_on_demand() -> None:
    made = {one.paper for kind in KINDS for one in evaluation(kind).steps if one.paper}
    assert made <= set(EVALUATION_PAPERS)
    assert {"ballot", "feedback", "publicity", "report", "card"} <= made


# ---- their samples


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_is_right_in_every_field_that_is_asked(kind: str) -> None:
    form, sample = shipped_form(kind), sample_of(kind)
    asked = [(field, sample.values) for field in visible_fields(form, sample.values)]
    asked += [
        (field, line)
        for table, lines in sample.lines.items()
        for line in lines
        for field in form.tables_by_id[table].fields
    ]
    for field, typed in asked:
        reading = field.type.read(field, typed.get(field.id, ""), AROUND)
        assert reading.findings == (), field.id
        assert reading.value is not None or not field.required, field.id
        if reading.value is not None:
            assert field.type.check(field, reading.value, AROUND) == (), field.id


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != STARS])
def test_the_ballots_of_a_sample_reconcile(kind: str) -> None:
    sample = sample_of(kind)
    issued, returned, spoiled = (int(sample.batch[key]) for key in ("issued", "returned", "spoiled"))
    assert issued >= returned > spoiled
    for subject in sample.subjects:
        votes = sum(int(said) for key, said in subject.items() if key.startswith(VOTES_KEY))
        is_graded = subject.get("category", "full") in {"full", *evaluation(kind).graded}
        assert votes == (returned - spoiled if is_graded else 0), subject["name"]


@pytest.mark.parametrize("kind", [APPRAISAL, SECRETARY])
def test_a_decision_of_a_sample_that_differs_from_the_votes_has_a_reason(kind: str) -> None:
    codes = [grade.code for grade in evaluation(kind).grades]
    for subject in sample_of(kind).subjects:
        votes = {code: int(subject.get(f"{VOTES_KEY}{code}", "0")) for code in codes}
        most = max(votes, key=lambda code: votes[code])
        assert subject.get("grade") in {most, None} or subject.get("reason"), subject["name"]


def test_a_decision_on_key_work_that_differs_from_the_total_has_a_reason() -> None:
    words = evaluation(KEY_WORK)
    for subject in sample_of(KEY_WORK).subjects:
        scores = [(one, Decimal(subject.get(f"{SCORE_KEY}{one.id}", "0"))) for one in words.parts]
        total = sum((one.weight * score / one.full for one, score in scores), Decimal(0))
        earned = next(one.code for one in words.grades if one.at_least is not None and total >= one.at_least)
        assert subject["grade"] == earned or subject.get("reason"), subject["name"]


def test_the_sample_appraisal_keeps_to_the_third() -> None:
    subjects = sample_of(APPRAISAL).subjects
    graded = [one for one in subjects if one["category"] == "full"]
    assert sum(one["grade"] == "excellent" for one in graded) == len(graded) // 3 == 3
    assert [one for one in subjects if one["category"] == "probationary" and "grade" in one] == []


def test_the_stars_of_a_sample_are_in_states_that_the_rules_know() -> None:
    known = {state.value for state in StarState}
    stars = sample_of(STARS).stars
    names = {one["name"] for one in sample_of(STARS).subjects}
    assert {one["state"] for one in stars} <= known
    assert {one["name"] for one in stars} <= names
    assert {one["dimension"] for one in stars} == {one.id for one in evaluation(STARS).dimensions}


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_has_invented_people_and_no_number_of_anybody(kind: str) -> None:
    sample = sample_of(kind)
    rows = (
        sample.values,
        *sample.subjects,
        *sample.stars,
        *(row for one in sample.lines.values() for row in one),
    )
    text = "\n".join(said for row in rows for said in row.values())
    assert re.search(r"\d{9,}", text) is None
    assert re.search(r"(?i)xx|××|某某|____", text) is None


# ---- on the shelf


def test_evaluations_that_ship_stand_first() -> None:
    def stored(kind: str, origin: str) -> StoredForm:
        text = write_form(shipped_form(STARS)).replace(STARS, kind)
        return StoredForm(kind, 1, origin, text, date(2027, 1, 1))

    assert [one.kind for one in shipped_shelf().evaluation_kinds()] == KINDS
    shelf = Shelf([stored("evaluation.above", RECEIVED), stored("evaluation.own_1", HERE)])
    expected = [*KINDS, "evaluation.above", "evaluation.own_1"]
    assert [one.kind for one in shelf.evaluation_kinds()] == expected
    assert [one.kind for one in shelf.evaluation_kinds(date(2026, 1, 1))] == expected, (
        "the first one stands in"
    )


# ---- one more folder

GREEN_TEAM = """
kind = "evaluation.green_team"
version = 1
title = "先锋岗评选"
title_en = "Vanguard posts"
subject = "organisation"
period = "year"

[evaluation]
of = "work"
takes_part = ["probationary", "full"]
graded = ["full"]
decimals = 0
ties = "ordered"
decision = true
disqualifiers = ["absence_over"]
grades = [
    { code = "先锋", label = "先锋岗", label_en = "Vanguard", value = 99.5, at_least = 88.5 },
    { code = "plain", label = "普通岗", label_en = "Plain", value = 0.5, at_least = 0 },
]
quotas = [{ grade = "先锋", numerator = 3, denominator = 7, base = "taking_part", hard = true }]

[[evaluation.part]]
id = "walks"
label = "走访"
label_en = "Visits"
weight = 0.5
source = "attendance"
full = 7.25

[[evaluation.part]]
id = "double"
label = "双积分"
label_en = "Points"
weight = 33.25
source = "points"
full = 180
missing = "zero"

[[evaluation.part]]
id = "voices"
label = "大家说"
label_en = "Voices"
weight = 66.25
source = "mass"

[[evaluation.step]]
id = "judge"
label = "评"
label_en = "Judge"
ballots = true
decides = true
"""


@pytest.fixture
def one_more_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The forms that ship with one more folder beside them."""
    add_kind(monkeypatch, tmp_path, "evaluation.green_team", GREEN_TEAM)
    yield
    monkeypatch.undo()
    forget_forms()


@pytest.mark.usefixtures("one_more_folder")
def test_a_new_scheme_with_odd_parts_is_a_folder_and_nothing_else() -> None:
    kinds = [form.kind for form in shipped_shelf().evaluation_kinds()]
    assert kinds == sorted([*KINDS, "evaluation.green_team"])
    form = shipped_shelf().form("evaluation.green_team")
    words = form.evaluation
    assert words is not None
    assert words.grades[0] == GradeWords("先锋", "先锋岗", "Vanguard", Decimal("99.5"), Decimal("88.5"))
    assert sum(part.weight for part in words.parts) == 100
    assert [(part.source, part.full) for part in words.parts] == [
        *(("attendance", Decimal("7.25")), ("points", Decimal(180)), ("mass", Decimal(100))),
    ]
    assert read_form_text(write_form(form), "again") == form
