"""Inspections are designed line by line; whatever is done, the form can be written and read again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from branchdesk.forms.declarations import InspectionWords
from branchdesk.forms.editing import add_section, take_out, with_part
from branchdesk.forms.fields import Deduction, Field
from branchdesk.forms.indicator_edits import (
    BONUS,
    LINE_KINDS,
    SCORE,
    VETO,
    add_grade,
    add_indicator,
    add_rule,
    as_line_kind,
    change_grade,
    change_rule,
    facts_for,
    line_kind,
    move_rule,
    without_grades,
    without_rules,
)
from branchdesk.forms.language import Form, read_form_text, shipped_form
from branchdesk.forms.parts import FIELD, SECTION, THE_FORM, Part
from branchdesk.forms.writing import write_form

C4 = Part(FIELD, "c4")


@pytest.fixture
def form() -> Form:
    return shipped_form("inspection.quarter")


def readable(form: Form) -> Form:
    assert read_form_text(write_form(form), "form.toml") == form
    return form


def graded(form: Form) -> InspectionWords:
    assert form.inspection is not None
    return form.inspection


# ---- lines


def test_a_new_line_stands_behind_another_with_the_next_number_of_its_series(form: Form) -> None:
    grown, part = add_indicator(form, "读书会每季一次", C4)
    made = readable(grown).by_id[part.id]
    assert (made.number, made.points, made.section) == ("C9", Decimal(1), "life")
    ids = [one.id for one in grown.indicators]
    assert ids[ids.index("c4") + 1] == part.id
    again, other = add_indicator(grown, "读书笔记", Part(SECTION, "files"))
    assert readable(again).by_id[other.id].number == "G5"


def test_the_first_line_of_a_section_begins_a_series_of_its_own(form: Form) -> None:
    grown, section = add_section(form, "十、特色", Part(SECTION, "veto"))
    grown, part = add_indicator(grown, "特色工作", section)
    assert readable(grown).by_id[part.id].number == "K1"
    last = with_part(grown, part, lambda one: change(one, number="Z1"))
    last, empty = add_section(last, "十一、其他", section)
    last, other = add_indicator(last, "其他工作", empty)
    assert readable(last).by_id[other.id].number == "K1"


def change(field: Field, number: str) -> Field:
    return replace(field, number=number)


@pytest.mark.parametrize(
    ("number", "following"), [("1.4", "1.5"), ("7", "8"), ("甲", "A1"), ("第3", "第4"), ("C3", "C9")]
)
def test_numbers_go_on_as_the_office_writes_them(form: Form, number: str, following: str) -> None:
    only = with_part(form, Part(FIELD, "g4"), lambda one: change(one, number))
    if number == "甲":
        for one in [one.id for one in form.indicators if one.id != "g4"]:
            only = take_out(only, Part(FIELD, one))
    elif number == "C3":
        only = with_part(only, Part(FIELD, "c3"), lambda one: change(one, "C99"))
    grown, part = add_indicator(only, "新的检查项", Part(FIELD, "g4"))
    assert readable(grown).by_id[part.id].number == following


def test_a_line_becomes_a_bonus_or_a_veto_without_what_means_nothing_to_it(form: Form) -> None:
    line = form.by_id["d1"]
    assert [line_kind(form.by_id[one]) for one in ("d1", "h1", "j1")] == [SCORE, BONUS, VETO]
    bonus = as_line_kind(line, BONUS)
    assert (bonus.points, bonus.bonus, bonus.veto, bonus.deduct) == (Decimal(6), True, False, ())
    fatal = as_line_kind(line, VETO)
    assert (fatal.points, fatal.veto, fatal.not_applicable) == (None, True, False)
    assert as_line_kind(line, SCORE) == line
    again = as_line_kind(fatal, SCORE)
    assert (again.points, again.veto) == (Decimal(1), False)
    for kind in LINE_KINDS:
        readable(with_part(form, Part(FIELD, "d1"), partial(as_line_kind, kind=kind)))


# ---- rules


def test_rules_are_added_changed_moved_and_taken_away(form: Form) -> None:
    line = add_rule(form.by_id["c4"], "签到不全")
    new = line.deduct[-1]
    assert new == Deduction("rule_3", "per_time", Decimal(1), "签到不全", "签到不全")
    assert add_rule(line, "无照片", "No photo").deduct[-1].label_en == "No photo"
    line = change_rule(line, new.id, amount=Decimal("0.5"), cap=Decimal(1))
    assert (line.deduct[-1].amount, line.deduct[-1].cap) == (Decimal("0.5"), Decimal(1))
    assert line.deduct[:2] == form.by_id["c4"].deduct
    line = move_rule(line, new.id, -1)
    assert [rule.id for rule in line.deduct] == ["missing", "rule_3", "no_scheme"]
    line = move_rule(move_rule(line, "missing", -1), "no_scheme", 1)
    assert [rule.id for rule in line.deduct] == ["missing", "rule_3", "no_scheme"]
    readable(with_part(form, C4, lambda _one: line))
    assert [rule.id for rule in without_rules(line, {"missing", "no_scheme"}).deduct] == ["rule_3"]


def test_a_rule_of_another_kind_forgets_what_means_nothing_to_it(form: Form) -> None:
    line = form.by_id["c5"]
    times = change_rule(line, "below", kind="per_time").deduct[0]
    assert (times.fact, times.target) == ("", Decimal(100))
    percent = change_rule(line, "no_reason", kind="per_percent").deduct[1]
    assert percent.fact == ""
    assert change_rule(form.by_id["c4"], "missing", kind="per_time").deduct[0].fact == "theme_day.missing"
    readable(with_part(form, Part(FIELD, "c5"), lambda one: change_rule(one, "below", kind="manual")))


def test_the_records_answer_what_a_rule_counts(form: Form) -> None:
    assert set(facts_for("per_percent")) == {"attendance.rate", "study_hours.rate"}
    assert "talk.missing" in facts_for("per_time")
    assert facts_for("missing") == facts_for("per_time")
    assert facts_for("manual") == ()
    assert form.inspection is not None


# ---- grades


def test_grades_stand_in_the_order_of_their_scores(form: Form) -> None:
    words = add_grade(graded(form), "一般")
    assert [grade.label for grade in words.grades] == ["优秀", "良好", "合格", "一般", "不合格"]
    assert (words.grades[3].label_en, words.grades[3].at_least) == ("一般", Decimal(30))
    words = change_grade(words, words.grades[3].code, at_least=Decimal(85))
    assert [grade.label for grade in words.grades] == ["优秀", "一般", "良好", "合格", "不合格"]
    fewer = without_grades(words, {"failed", "good"})
    assert [(grade.label, grade.at_least) for grade in fewer.grades] == [
        *(("优秀", Decimal(90)), ("一般", Decimal(85)), ("合格", Decimal(0))),
    ]
    readable(replace(form, inspection=fewer))
    none = without_grades(fewer, {grade.code for grade in fewer.grades})
    assert none.grades == ()
    assert [grade.at_least for grade in add_grade(add_grade(none, "好"), "差").grades] == [50, 0]


def test_a_section_beside_the_form_itself_takes_a_line_at_its_end(form: Form) -> None:
    grown, part = add_indicator(form, "其他", THE_FORM)
    assert readable(grown).by_id[part.id].section == "veto"
