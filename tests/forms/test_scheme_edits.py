"""Schemes of evaluation are designed group by group; whatever is done, the form can be read again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from branchdesk.forms.evaluation_words import EvaluationWords, GradeWords, QuotaWords
from branchdesk.forms.language import Form, read_form_text, shipped_form, shipped_kinds
from branchdesk.forms.parts import (
    DIMENSIONS,
    GRADES,
    GROUP,
    PARTS,
    PROCEDURES,
    STEPS,
    THE_FORM,
    Part,
    groups_of,
    part_of,
    parts_of,
)
from branchdesk.forms.rules import publicity_rules
from branchdesk.forms.scheme_edits import (
    add_row,
    change_row,
    is_of_people,
    move_row,
    quota_of,
    row_id,
    rows_of,
    total_weight,
    with_decision,
    with_evaluation,
    with_people,
    with_quota,
    with_thresholds,
    without_rows,
)
from branchdesk.forms.toml_files import FormMistake
from branchdesk.forms.writing import write_form

SCHEMES = [kind for kind in shipped_kinds() if shipped_form(kind).evaluation is not None]


def form(kind: str) -> Form:
    return shipped_form(f"evaluation.{kind}")


def scheme(kind: str) -> EvaluationWords:
    found = form(kind).evaluation
    assert found is not None
    return found


def readable(changed: EvaluationWords, kind: str) -> EvaluationWords:
    """The scheme again, once its form could be read from its text."""
    whole = replace(form(kind), evaluation=changed)
    assert read_form_text(write_form(whole), "form.toml") == whole
    return changed


def refused(changed: EvaluationWords, kind: str) -> str:
    with pytest.raises(FormMistake) as caught:
        read_form_text(write_form(replace(form(kind), evaluation=changed)), "form.toml")
    return caught.value.reason


def labels(evaluation: EvaluationWords, group: str) -> list[str]:
    return [one.label for one in rows_of(evaluation, group)]


def test_the_groups_of_a_scheme_are_parts_of_its_form() -> None:
    assert groups_of(scheme("appraisal")) == [STEPS, PARTS, GRADES, PROCEDURES]
    assert groups_of(scheme("stars")) == [STEPS, PARTS, DIMENSIONS]
    bare = replace(scheme("key_work"), grades=())
    assert groups_of(bare) == [STEPS, PARTS, GRADES]
    assert parts_of(form("stars"))[:2] == [THE_FORM, Part(GROUP, STEPS)]
    assert part_of(form("stars"), Part(GROUP, STEPS)) is None
    assert (
        with_evaluation(shipped_form("meeting.life"), partial(with_decision, decided=True)).evaluation is None
    )
    changed = with_evaluation(form("committee"), partial(with_decision, decided=True)).evaluation
    assert changed is not None
    assert changed.decision


@pytest.mark.parametrize("kind", SCHEMES)
def test_every_row_can_be_renamed_moved_and_taken_away(kind: str) -> None:
    name = kind.partition(".")[2]
    evaluation = scheme(name)
    for group in groups_of(evaluation):
        for row in rows_of(evaluation, group):
            renamed = change_row(evaluation, group, row_id(row), label="另一个名称", label_en="Other")
            assert "另一个名称" in labels(readable(renamed, name), group)
    steps = move_row(evaluation, STEPS, row_id(evaluation.steps[1]), -1)
    assert labels(steps, STEPS)[:2] == labels(evaluation, STEPS)[1::-1]
    assert move_row(evaluation, STEPS, row_id(evaluation.steps[0]), -1) == evaluation


# ---- parts


def test_a_new_part_weighs_what_the_others_leave() -> None:
    lighter = change_row(scheme("stars"), PARTS, "committee", weight=Decimal(25))
    assert total_weight(lighter) == 85
    assert refused(lighter, "stars") == "各部分的权重合计应是 100，现在是 85。"
    whole = readable(add_row(lighter, PARTS, "群众评价"), "stars")
    assert (whole.parts[-1].label, whole.parts[-1].weight) == ("群众评价", Decimal(15))
    over = add_row(whole, PARTS, "加分")
    assert refused(over, "stars") == "各部分的权重合计应是 100，现在是 110。"


def test_the_parts_of_an_appraisal_are_its_own_choice() -> None:
    scored = readable(add_row(scheme("appraisal"), PARTS, "日常表现"), "appraisal")
    assert (scored.parts[0].weight, scored.parts[0].source) == (Decimal(100), "typed")
    assert readable(without_rows(scored, PARTS, ["part_1"]), "appraisal").parts == ()


def test_without_parts_no_total_suggests_a_grade() -> None:
    every = [part.id for part in scheme("key_work").parts]
    left = readable(without_rows(scheme("key_work"), PARTS, every), "key_work")
    assert [grade.at_least for grade in left.grades] == [None] * 4
    only_parts = replace(scheme("key_work"), grades=(), graded=(), decision=False, procedures=())
    assert without_rows(only_parts, PARTS, every) == only_parts


# ---- grades


def test_a_new_grade_stands_above_the_lowest_one() -> None:
    grown = readable(add_row(scheme("appraisal"), GRADES, "较差"), "appraisal")
    assert [(grade.label, grade.value) for grade in grown.grades[2:]] == [
        *(("基本合格", Decimal(60)), ("较差", Decimal(45)), ("不合格", Decimal(30))),
    ]
    work = readable(add_row(scheme("key_work"), GRADES, "较差"), "key_work")
    assert [grade.at_least for grade in work.grades] == [Decimal(one) for one in (90, 80, 60, 30, 0)]


def test_grades_stand_in_the_order_of_their_values() -> None:
    changed = readable(change_row(scheme("appraisal"), GRADES, "qualified", value=Decimal(40)), "appraisal")
    assert labels(changed, GRADES) == ["优秀", "基本合格", "合格", "不合格"]
    assert move_row(changed, GRADES, "qualified", -1) == changed


def test_a_grade_takes_its_quota_and_what_follows_along() -> None:
    left = readable(without_rows(scheme("appraisal"), GRADES, ["excellent", "unqualified"]), "appraisal")
    assert left.quotas == ()
    assert {one.grade for one in left.procedures} == {"basic"}
    work = readable(without_rows(scheme("key_work"), GRADES, ["unqualified"]), "key_work")
    assert [grade.at_least for grade in work.grades] == [Decimal(90), Decimal(80), Decimal(0)]


def test_the_last_grade_step_and_star_stay() -> None:
    for kind, group in (("appraisal", GRADES), ("appraisal", STEPS), ("stars", DIMENSIONS)):
        every = [row_id(row) for row in rows_of(scheme(kind), group)]
        assert without_rows(scheme(kind), group, every) == scheme(kind)
        rows = rows_of(without_rows(scheme(kind), group, every[:-1]), group)
        assert [row_id(row) for row in rows] == every[-1:]


def test_grades_begin_with_one_for_everybody_who_takes_part() -> None:
    bare = replace(
        scheme("key_work"),
        grades=(),
        graded=(),
        decision=False,
        procedures=(),
        steps=scheme("key_work").steps[:2],
    )
    one = readable(add_row(bare, GRADES, "达标"), "key_work")
    assert (one.grades[0].value, one.graded) == (Decimal(100), ("full", "probationary"))
    two = readable(add_row(one, GRADES, "不达标"), "key_work")
    assert [f"{grade.value:f} {grade.at_least}" for grade in two.grades] == ["100 None", "50 None"]
    scored = replace(one, grades=(replace(one.grades[0], at_least=Decimal(0)),))
    pair = readable(add_row(scored, GRADES, "不达标"), "key_work")
    assert [grade.at_least for grade in pair.grades] == [Decimal(50), Decimal(0)]
    committee = replace(scheme("committee"), grades=())
    assert add_row(committee, GRADES, "好").graded == ()


def test_totals_suggest_grades_or_do_not() -> None:
    none = readable(with_thresholds(scheme("key_work"), wanted=False), "key_work")
    assert {grade.at_least for grade in none.grades} == {None}
    assert add_row(none, GRADES, "较差").grades[3].at_least is None
    again = readable(with_thresholds(none, wanted=True), "key_work")
    assert [grade.at_least for grade in again.grades] == [Decimal(one) for one in (75, 50, 25, 0)]
    assert with_thresholds(again, wanted=True) == again
    assert with_thresholds(scheme("appraisal"), wanted=True) == scheme("appraisal")


def test_quotas_stand_in_the_order_of_the_grades() -> None:
    passed = QuotaWords("qualified", 2, 3)
    both = readable(with_quota(scheme("appraisal"), "qualified", passed), "appraisal")
    assert [one.grade for one in both.quotas] == ["excellent", "qualified"]
    more = with_quota(both, "excellent", QuotaWords("excellent", 2, 5, hard=True))
    assert quota_of(readable(more, "appraisal"), "excellent") == QuotaWords("excellent", 2, 5, hard=True)
    assert quota_of(readable(with_quota(more, "excellent", None), "appraisal"), "excellent") is None


# ---- steps, stars, what follows


def test_the_step_in_which_people_decide_is_never_left_out() -> None:
    evaluation = scheme("appraisal")
    decided = change_row(evaluation, STEPS, "publicity", decides=True)
    step = next(one for one in readable(decided, "appraisal").steps if one.id == "publicity")
    assert (step.decides, step.optional) == (True, False)
    optional = change_row(evaluation, STEPS, "decide", optional=True)
    assert optional == evaluation


def test_who_decides_is_said_by_the_scheme_and_by_a_step() -> None:
    nobody = readable(with_decision(scheme("appraisal"), decided=False), "appraisal")
    assert not any(step.decides for step in nobody.steps)
    again = readable(with_decision(nobody, decided=True), "appraisal")
    assert [step.id for step in again.steps if step.decides] == ["report"]
    assert with_decision(scheme("appraisal"), decided=True) == scheme("appraisal")
    committee = readable(change_row(scheme("committee"), STEPS, "feedback", decides=True), "committee")
    assert committee.decision
    assert with_decision(replace(nobody, steps=()), decided=True).steps == ()


def test_steps_are_added_and_say_how_long_something_is_public() -> None:
    grown = readable(add_row(scheme("key_work"), STEPS, "公示"), "key_work")
    assert "publicity_days" in publicity_rules()
    public = change_row(grown, STEPS, grown.steps[-1].id, days="publicity_days", paper="publicity")
    assert readable(public, "key_work").steps[-1].days == "publicity_days"


def test_a_new_star_has_as_many_places_as_the_last_one() -> None:
    grown = readable(add_row(scheme("stars"), DIMENSIONS, "廉洁自律"), "stars")
    assert (grown.dimensions[-1].star, grown.dimensions[-1].places) == ("廉洁自律之星", 5)
    first = add_row(replace(scheme("stars"), dimensions=()), DIMENSIONS, "廉洁自律")
    assert first.dimensions[0].places is None


def test_what_follows_is_first_of_the_lowest_grade() -> None:
    grown = readable(add_row(scheme("secretary"), PROCEDURES, "离任审查"), "secretary")
    assert (grown.procedures[-1].grade, grown.procedures[-1].label) == ("poor", "离任审查")
    other = change_row(grown, PROCEDURES, grown.procedures[-1].id, grade="average")
    assert readable(other, "secretary").procedures[-1].grade == "average"
    assert len(without_rows(other, PROCEDURES, ["talk"]).procedures) == 2


# ---- people


def test_who_gets_a_grade_takes_part() -> None:
    evaluation = scheme("key_work")
    full = readable(with_people(evaluation, ["full"], ["full", "probationary"]), "key_work")
    assert (full.takes_part, full.graded) == (("full",), ("full",))
    other = readable(with_people(evaluation, ["probationary"], ["full"]), "key_work")
    assert other.graded == ("probationary",)
    assert with_people(evaluation, [], ["full"]) == evaluation
    stars = readable(with_people(scheme("stars"), ["full"], ["full"]), "stars")
    assert (stars.takes_part, stars.graded) == (("full",), ())
    assert [is_of_people(scheme(kind)) for kind in ("appraisal", "secretary")] == [True, False]


def test_a_grade_is_known_by_its_code() -> None:
    assert row_id(GradeWords("best", "好", "Good", Decimal(100))) == "best"
