"""The inspections that ship: the quarterly form, the short one, the spot check, and their samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from branchdesk.domain.inspections.issues import IssueSource, IssueState
from branchdesk.domain.inspections.model import InspectionState, ProofSlot, RuleKind
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Field, Surroundings
from branchdesk.forms.language import Form, shipped_form, shipped_kinds, visible_fields
from branchdesk.forms.samples import Sample, shipped_sample
from branchdesk.forms.words import DEDUCTIONS, FACTS, INSPECTION_ROLES

QUARTER, SMALL, SPOT = "inspection.quarter", "inspection.small", "inspection.spot_check"
KINDS = [kind for kind in shipped_kinds() if kind.startswith("inspection.")]
SCORED = [QUARTER, SMALL]
AROUND = Surroundings(shipped_dictionaries(), date(2026, 11, 21))
CHINESE = re.compile("[\u4e00-\u9fff]")


def sample_of(kind: str) -> Sample:
    sample = shipped_sample(kind)
    assert sample is not None, kind
    return sample


def counting(form: Form) -> list[Field]:
    """The lines whose points make up the hundred."""
    return [one for one in form.indicators if one.points is not None and not one.bonus]


def points(lines: list[Field]) -> Decimal:
    return sum((one.points or Decimal(0) for one in lines), Decimal(0))


def fields_of(form: Form) -> list[Field]:
    return [*form.fields, *(field for table in form.tables for field in table.fields)]


def spoken_of(form: Form) -> Iterator[tuple[str, str]]:
    """Every word of a form that a clerk reads, with its English twin."""
    yield form.title, form.title_en
    yield from ((section.label, section.label_en) for section in form.sections)
    yield from ((table.label, table.label_en) for table in form.tables)
    yield from ((signature.label, signature.label_en) for signature in form.signatures)
    for field in fields_of(form):
        yield field.label, field.label_en
        yield from ((choice.label, choice.label_en) for choice in field.choices)
        yield from ((rule.label, rule.label_en) for rule in field.deduct)
        if field.proof:
            yield field.proof, field.proof_en
    for grade in form.inspection.grades if form.inspection is not None else ():
        yield grade.label, grade.label_en


# ---- the quarterly form


def test_the_quarterly_form_has_the_thirty_six_lines_of_a_hundred_points() -> None:
    form = shipped_form(QUARTER)
    lines = counting(form)
    assert len(lines) == 36
    assert points(lines) == 100
    sections = {section.id: section.label for section in form.sections}
    by_section = {
        label: points([one for one in lines if one.section == name]) for name, label in sections.items()
    }
    assert {label: one for label, one in by_section.items() if one} == {
        "一、组织建设": 12,
        "二、思想政治": 14,
        "三、组织生活": 27,
        "四、党员发展与管理": 18,
        "五、党风廉政与责任": 13,
        "六、中心任务与作用发挥": 8,
        "七、资料与归档": 8,
    }
    series = {letter: len([one for one in lines if one.number[0] == letter]) for letter in "ABCDEFG"}
    assert series == {"A": 5, "B": 5, "C": 8, "D": 6, "E": 4, "F": 4, "G": 4}


def rules_of(form: Form, number: str) -> list[tuple[str, str, str, str]]:
    line = next(one for one in form.indicators if one.number == number)
    return [(rule.kind, str(rule.amount), str(rule.step), rule.fact) for rule in line.deduct]


@pytest.mark.parametrize(
    ("number", "worth", "post", "rules"),
    [
        (
            *("A1", "3", "书记"),
            [("missing", "3", "1", "term.overdue"), ("missing", "2", "1", "")],
        ),
        ("A4", "4", "组织委员", [("per_time", "0.5", "1", "roster.faults")]),
        ("B3", "3", "宣传委员", [("per_percent", "0.5", "10", "study_hours.rate")]),
        (
            *("C1", "5", "书记"),
            [("missing", "5", "1", "assembly.missing"), ("per_time", "1", "1", "assembly.undecided")],
        ),
        ("C2", "4", "书记", [("missing", "1.5", "1", "committee.missing")]),
        (
            *("C4", "4", "宣传委员"),
            [
                ("missing", "1.5", "1", "theme_day.missing"),
                ("per_time", "0.5", "1", "theme_day.without_plan"),
            ],
        ),
        (
            *("C5", "3", "纪检委员"),
            [
                ("per_percent", "0.5", "5", "attendance.rate"),
                ("per_time", "0.5", "1", "attendance.leave_without_reason"),
            ],
        ),
        ("G1", "2", "各支委", [("missing", "0.2", "1", "")]),
        ("G4", "2", "责任人", [("per_time", "1", "1", "problems.open")]),
    ],
)
def test_points_are_taken_off_as_the_form_of_the_office_says(
    number: str, worth: str, post: str, rules: list[tuple[str, str, str, str]]
) -> None:
    form = shipped_form(QUARTER)
    line = next(one for one in form.indicators if one.number == number)
    assert (str(line.points), line.post) == (worth, post)
    assert rules_of(form, number) == rules


def test_percentages_are_measured_against_what_is_asked() -> None:
    aims = {
        one.number: rule.target
        for one in shipped_form(QUARTER).indicators
        for rule in one.deduct
        if rule.kind == "per_percent"
    }
    assert aims == {"B3": 100, "B5": 90, "C5": 90}


def test_the_records_answer_at_least_twelve_lines_of_the_quarterly_form() -> None:
    form = shipped_form(QUARTER)
    asked = [one for one in form.indicators if any(rule.fact for rule in one.deduct)]
    assert len(asked) == 16
    assert {rule.fact for one in asked for rule in one.deduct if rule.fact} == set(FACTS)


def test_a_bonus_adds_five_points_at_most_and_a_veto_fails_the_form() -> None:
    form = shipped_form(QUARTER)
    assert form.inspection is not None
    assert form.inspection.bonus_cap == 5
    bonus = [one for one in form.indicators if one.bonus]
    assert points(bonus) > form.inspection.bonus_cap
    vetoes = [one.number for one in form.indicators if one.veto]
    assert vetoes == ["D1", "J1", "J2"]
    grades = [(grade.label, str(grade.at_least)) for grade in form.inspection.grades]
    assert grades == [("优秀", "90"), ("良好", "80"), ("合格", "60"), ("不合格", "0")]


def test_what_a_branch_may_not_have_can_be_left_out() -> None:
    left_out = {one.number for one in shipped_form(QUARTER).indicators if one.not_applicable}
    assert {"A2", "A3", "C2", "C3", "C8", "D1", "D2", "D3", "D4"} <= left_out
    assert not left_out & {"A1", "A4", "C1", "C4", "G4"}


# ---- the short form and the spot check


def test_the_short_form_asks_sixteen_lines_and_nothing_of_a_committee_or_groups() -> None:
    lines = counting(shipped_form(SMALL))
    assert len(lines) == 16
    assert points(lines) == 100
    facts = {rule.fact for one in lines for rule in one.deduct}
    assert not facts & {"committee.missing", "group.missing", "groups.without_leader"}
    assert not {one.post for one in lines} & {"组织委员", "宣传委员", "纪检委员", "各支委"}
    words = " ".join(word for pair in spoken_of(shipped_form(SMALL)) for word in pair[:1])
    assert "支委" not in words.replace("未设支委会", "")
    assert "党小组" not in words


def test_a_spot_check_keeps_its_seed_and_what_was_drawn() -> None:
    form = shipped_form(SPOT)
    assert form.inspection is None
    assert form.by_id["seed"].read_only
    assert [choice.code for choice in form.by_id["scope"].choices] == ["members", "meetings"]
    assert list(form.tables_by_id["sample"].by_id) == ["item", "dated", "finding", "issue"]


# ---- all of them


@pytest.mark.parametrize("kind", SCORED)
def test_the_head_and_the_signatures_of_an_inspection_are_there(kind: str) -> None:
    form = shipped_form(kind)
    assert form.period == "quarter"
    assert all(form.by_role(role) is not None for role in INSPECTION_ROLES)
    assert form.by_id["secretary"].prefill == "organisation.secretary"
    assert [one.label for one in form.signatures] == ["被检查单位负责人", "检查组组长", "检查人"]
    assert {rule.kind for one in form.indicators for rule in one.deduct} <= set(DEDUCTIONS)


@pytest.mark.parametrize("kind", SCORED)
def test_every_line_says_who_answers_for_it_what_proves_it_and_how_it_is_scored(kind: str) -> None:
    for one in shipped_form(kind).indicators:
        assert one.post, one.number
        assert one.proof, one.number
        assert one.help, one.number
        assert one.id == one.number.lower()
        assert bool(one.deduct) == (one.points is not None and not one.bonus)
        for rule in one.deduct:
            assert one.points is not None
            assert rule.amount <= one.points, f"{one.number} {rule.id}"
            # The sentence of the standard and the rule behind it say the same number.
            assert f"{rule.amount} 分" in one.help, f"{one.number} {rule.id}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_has_its_english_and_fits_its_paper(kind: str) -> None:
    for label, english in spoken_of(shipped_form(kind)):
        assert CHINESE.search(label), label
        assert len(label) <= 40, label
        assert english.isascii(), english
        assert len(english) <= 80, english
    for field in fields_of(shipped_form(kind)):
        assert not field.help or field.help.endswith("。"), field.help
        assert not field.help_en or field.help_en.endswith("."), field.help_en


@pytest.mark.parametrize("kind", KINDS)
def test_inspections_are_kept_for_ten_years(kind: str) -> None:
    form = shipped_form(kind)
    assert (form.archive, form.retention, form.subject) == ("检查整改", "10", "organisation")


# ---- the dictionaries


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("inspection_state", [one.value for one in InspectionState]),
        ("proof_slot", [one.value for one in ProofSlot]),
        ("issue_source", [one.value for one in IssueSource]),
        ("issue_state", [one.value for one in IssueState]),
    ],
)
def test_the_codes_of_an_inspection_are_those_that_the_rules_know(name: str, codes: list[str]) -> None:
    assert list(shipped_dictionaries()[name].by_code) == codes
    assert not shipped_dictionaries()[name].open


def test_the_rules_know_every_way_of_taking_points_off() -> None:
    assert list(DEDUCTIONS) == [kind.value for kind in (RuleKind.PER_TIME, RuleKind.PER_PERCENT)] + [
        *(RuleKind.MISSING.value, RuleKind.MANUAL.value),
    ]


def test_the_ways_of_checking_are_those_of_the_office() -> None:
    entries = shipped_dictionaries()["check_method"].entries
    assert [entry.label for entry in entries] == ["查阅资料", "现场", "访谈", "抽查"]


# ---- the samples


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


@pytest.mark.parametrize("kind", SCORED)
def test_a_sample_answers_every_line_within_its_points(kind: str) -> None:
    form, sample = shipped_form(kind), sample_of(kind)
    methods = shipped_dictionaries()["check_method"].by_code
    for line in form.indicators:
        answer = sample.answers.get(line.id, {})
        if line.bonus or line.points is None:
            continue
        if "why_not" in answer:
            assert line.not_applicable, line.number
            continue
        counted = [rule for rule in line.deduct if f"count_{rule.id}" in answer]
        assert "self" in answer or counted, line.number
        assert 0 <= Decimal(answer["check"]) <= line.points, line.number
        assert answer["method"] in methods
        assert bool(answer.get("reason")) == (Decimal(answer["check"]) < line.points), line.number


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_has_invented_people_and_no_number_of_anybody(kind: str) -> None:
    sample = sample_of(kind)
    own = [text for lines in sample.lines.values() for line in lines for text in line.values()]
    answers = [text for answer in sample.answers.values() for text in answer.values()]
    text = "\n".join((*sample.values.values(), *own, *answers))
    assert re.search(r"\d{9,}", text) is None
    assert re.search(r"(?i)xx|××|某某|____", text) is None
