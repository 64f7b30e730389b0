"""What the designer asks about schemes of points and of evaluation, and what it says is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from branchdesk.forms.editing import change_part
from branchdesk.forms.evaluation_words import EvaluationWords, QuotaWords
from branchdesk.forms.language import Form, PointRuleWords, read_form_text, shipped_form, shipped_kinds
from branchdesk.forms.parts import (
    BUCKET,
    DIMENSIONS,
    GRADES,
    GROUP,
    PARTS,
    POINT_RULE,
    PROCEDURES,
    STEPS,
    THE_FORM,
    Part,
    groups_of,
    part_of,
)
from branchdesk.forms.scheme_edits import (
    change_row,
    row_id,
    rows_of,
    with_evaluation,
    with_quota,
    without_rows,
)
from branchdesk.forms.writing import write_form
from branchdesk.ui.screens.form_designer.mistakes import mistakes_of
from branchdesk.ui.screens.form_designer.part_questions import questions_about
from branchdesk.ui.screens.form_designer.questions import Question
from branchdesk.ui.screens.form_designer.scheme_questions import row_questions
from branchdesk.ui.screens.form_designer.wording import kind_word, name_of

DUES = Part(POINT_RULE, "dues")
ABSENT = Part(POINT_RULE, "absent")
SCHEMES = [kind for kind in shipped_kinds() if shipped_form(kind).evaluation is not None]


@pytest.fixture
def points() -> Form:
    return shipped_form("points.two_scores")


def question(form: Form, part: Part, name: str) -> Question:
    asked = {one.field.id: one for one in questions_about(form, part)}
    assert name in asked, f"{name} is not among {list(asked)}"
    return asked[name]


def readable(form: Form) -> Form:
    assert read_form_text(write_form(form), "form.toml") == form
    assert mistakes_of(form) == []
    return form


def answered(form: Form, part: Part, name: str, value: str | None) -> Form:
    """The form with an answer, as it comes back from its text."""
    return readable(question(form, part, name).change(form, value))


def rule(form: Form, part: Part = DUES) -> PointRuleWords:
    found = part_of(form, part)
    assert isinstance(found, PointRuleWords)
    return found


def names(form: Form, part: Part) -> list[str]:
    return [one.field.id for one in questions_about(form, part)]


def sentences(form: Form) -> list[tuple[Part, str]]:
    return [(one.parts[0], one.sentence) for one in mistakes_of(form)]


# ---- points


def test_a_rule_is_asked_for_its_points_its_caps_and_its_list(points: Form) -> None:
    assert rule(answered(points, DUES, "points", "0.75")).points == Decimal("0.75")
    assert rule(answered(points, ABSENT, "points", "3"), ABSENT).points == -3
    for wrong in (None, "0", "-1", "很多"):
        assert question(points, DUES, "points").change(points, wrong) == points
    capped = answered(answered(points, DUES, "cap_once", "2"), DUES, "cap_year", None)
    assert [rule(capped).cap_once, rule(capped).cap_month] == [Decimal(2), Decimal("0.5")]
    assert rule(capped).cap_year is None
    claimed = rule(answered(points, DUES, "list", "claim"))
    assert (claimed.claim, claimed.duty) == (True, False)
    free = rule(answered(points, DUES, "list", None))
    assert (free.claim, free.duty) == (False, False)
    assert rule(answered(points, DUES, "evidence", "1")).evidence
    assert rule(answered(points, DUES, "fact", "study.hours")).fact == "study.hours"
    assert rule(answered(points, DUES, "bucket", "task")).bucket == "task"
    assert rule(answered(points, DUES, "number", "1.30")).number == "1.30"
    assert question(points, DUES, "number").change(points, None) == points


def test_another_unit_has_no_english_until_it_is_given_one(points: Form) -> None:
    months = answered(points, DUES, "unit", "季度")
    assert (rule(months).unit, rule(months).unit_en) == ("季度", "")
    assert rule(answered(months, DUES, "unit_en", "quarter")).unit_en == "quarter"
    assert question(points, DUES, "unit").change(points, None) == points
    helped = rule(answered(points, DUES, "help", "每月一次。"))
    assert (helped.help, helped.help_en) == ("每月一次。", "每月一次。")


def test_buckets_are_asked_for_their_caps_and_whether_they_are_exchanged(points: Form) -> None:
    base = Part(BUCKET, "base")
    assert names(points, base) == ["label", "begin", "cap", "may_be_negative", "redeem", "label_en"]
    changed = answered(answered(points, base, "begin", "10"), base, "cap", "80")
    changed = answered(answered(changed, base, "redeem", "1"), base, "label", "义务分")
    assert changed.points is not None
    bucket = changed.points.buckets[0]
    assert (bucket.label, bucket.begin, bucket.cap) == ("义务分", Decimal(10), Decimal(80))
    assert changed.points.redeem == ("base", "task", "reward")
    above = question(changed, base, "begin").change(changed, "90")
    assert sentences(above) == [(base, "“义务分”：起始分不能超过这一类的最高分。")]


def test_points_can_only_be_taken_off_where_the_bucket_says_so(points: Form) -> None:
    off = question(points, DUES, "takes_off").change(points, "1")
    ((part, sentence),) = sentences(off)
    assert part == DUES
    assert sentence.startswith("“1.3 按月足额交纳党费”是扣分，“基础分”不能扣分；")
    answered(off, Part(BUCKET, "base"), "may_be_negative", "1")
    assert rule(answered(off, DUES, "takes_off", None)) == rule(points)


def test_mistakes_of_a_scheme_name_the_rule(points: Form) -> None:
    twice = change_part(points, DUES, number="1.1")
    assert sentences(twice) == [(DUES, "“1.1 按月足额交纳党费”：“1.1”出现了两次。")]
    long = change_part(points, DUES, unit="每一个自然月份里")
    assert sentences(long) == []
    longer = change_part(points, DUES, unit="每一个自然月份里面")
    assert sentences(longer) == [(DUES, "“1.3 按月足额交纳党费”：有 9 个字，最多 8 个。")]


def test_what_rules_buckets_and_groups_are_called(points: Form) -> None:
    assert (name_of(points, DUES), kind_word(points, DUES)) == ("1.3 按月足额交纳党费", "每月 0.5 分")
    assert kind_word(points, ABSENT) == "每次扣 2 分"
    assert kind_word(points, Part(BUCKET, "base")) == "一类积分"
    stars = shipped_form("evaluation.stars")
    assert (name_of(stars, Part(GROUP, DIMENSIONS)), kind_word(stars, Part(GROUP, DIMENSIONS))) == (
        *("评星维度", "5 项"),
    )
    assert "blank" not in names(points, THE_FORM)


# ---- evaluations


def scheme(form: Form) -> EvaluationWords:
    assert form.evaluation is not None
    return form.evaluation


def asked_of_row(form: Form, group: str, place: int) -> dict[str, Question]:
    row = rows_of(scheme(form), group)[place]
    return {one.field.id: one for one in row_questions(scheme(form), group, row)}


def test_the_questions_about_rows_change_one_thing_or_nothing() -> None:
    for kind in SCHEMES:
        form = shipped_form(kind)
        for group in groups_of(scheme(form)):
            for place in range(len(rows_of(scheme(form), group))):
                for name, one in asked_of_row(form, group, place).items():
                    assert one.change(form, one.value) == form, f"{kind} {group} {name}"
                    if name not in {"decides", "ballots"}:
                        readable(one.change(form, None))


def test_a_part_is_asked_who_scores_it_and_what_full_marks_are() -> None:
    form = shipped_form("evaluation.key_work")
    asked = asked_of_row(form, PARTS, 1)
    assert list(asked) == [
        *("source", "full", "missing", "target", "target_en", "help", "row_label_en"),
    ]
    changed = asked["full"].change(form, "50")
    changed = asked_of_row(changed, PARTS, 1)["missing"].change(changed, "excluded")
    changed = readable(asked_of_row(changed, PARTS, 1)["source"].change(changed, "mass"))
    part = scheme(changed).parts[1]
    assert (part.full, part.missing, part.source) == (Decimal(50), "excluded", "mass")
    for wrong in (None, "0"):
        assert asked["full"].change(form, wrong) == form
    said = readable(asked["target"].change(form, "不返工"))
    assert (scheme(said).parts[1].target, scheme(said).parts[1].target_en) == (
        *("不返工", scheme(form).parts[1].target_en),
    )
    own = readable(asked_of_row(said, PARTS, 1)["target_en"].change(said, "Right at once"))
    bare = readable(asked_of_row(own, PARTS, 1)["target"].change(own, None))
    assert (scheme(bare).parts[1].target, scheme(bare).parts[1].target_en) == ("", "")
    named = readable(asked["row_label_en"].change(form, None))
    assert scheme(named).parts[1].label_en == scheme(form).parts[1].label


def test_a_grade_is_asked_how_many_may_get_it() -> None:
    form = shipped_form("evaluation.appraisal")
    assert "of_how_many" not in asked_of_row(form, GRADES, 1)
    limited = readable(asked_of_row(form, GRADES, 1)["quota"].change(form, "1"))
    wider = asked_of_row(limited, GRADES, 1)["of_how_many"].change(limited, "5")
    wider = asked_of_row(wider, GRADES, 1)["how_many"].change(wider, "2")
    wider = asked_of_row(wider, GRADES, 1)["base"].change(wider, "taking_part")
    wider = readable(asked_of_row(wider, GRADES, 1)["hard"].change(wider, "1"))
    code = scheme(form).grades[1].code
    assert scheme(wider).quotas[1] == QuotaWords(code, 2, 5, "taking_part", hard=True)
    for wrong in (None, "0", "三"):
        assert asked_of_row(wider, GRADES, 1)["how_many"].change(wider, wrong) == wider
    committee = shipped_form("evaluation.committee")
    assert list(asked_of_row(committee, GRADES, 0)) == ["row_label_en"]


def test_a_step_is_asked_for_its_paper_its_days_and_what_is_done_in_it() -> None:
    form = shipped_form("evaluation.appraisal")
    place = [step.id for step in scheme(form).steps].index("publicity")
    asked = asked_of_row(form, STEPS, place)
    assert list(asked) == ["paper", "days", "ballots", "decides", "row_label_en"]
    plain = readable(asked["days"].change(form, None))
    assert scheme(plain).steps[place].days == ""
    again = readable(asked_of_row(plain, STEPS, place)["days"].change(plain, "publicity_days"))
    assert again == form
    assert scheme(readable(asked["paper"].change(form, "notice"))).steps[place].paper == "notice"
    assert scheme(readable(asked["ballots"].change(form, "1"))).steps[place].ballots
    stars = shipped_form("evaluation.stars")
    assert list(asked_of_row(stars, STEPS, 0)) == ["paper", "days", "row_label_en"]
    other = with_evaluation(form, partial(change_row, group=STEPS, row="publicity", days="own_days"))
    offered = [choice.code for choice in asked_of_row(other, STEPS, place)["days"].field.choices]
    assert offered == ["publicity_days", "own_days"]


def test_a_star_is_asked_for_its_title() -> None:
    form = shipped_form("evaluation.stars")
    asked = asked_of_row(form, DIMENSIONS, 0)
    titled = readable(asked["star"].change(form, "先锋之星"))
    star = scheme(titled).dimensions[0]
    assert (star.star, star.star_en) == ("先锋之星", scheme(form).dimensions[0].star_en)
    plain = readable(asked_of_row(titled, DIMENSIONS, 0)["row_star_en"].change(titled, None))
    follows = readable(asked_of_row(plain, DIMENSIONS, 0)["star"].change(plain, "红星"))
    assert scheme(follows).dimensions[0].star_en == "红星"


def test_the_scheme_is_asked_who_takes_part_and_who_decides() -> None:
    form = shipped_form("evaluation.appraisal")
    full = scheme(answered(form, THE_FORM, "takes_part", "full"))
    assert (full.takes_part, full.graded) == (("full",), ("full",))
    assert question(form, THE_FORM, "takes_part").change(form, None) == form
    every = scheme(answered(form, Part(GROUP, GRADES), "graded", "probationary full"))
    assert every.graded == ("full", "probationary")
    nobody = scheme(answered(form, Part(GROUP, GRADES), "decision", "0"))
    assert not nobody.decision
    assert not any(step.decides for step in nobody.steps)
    assert "takes_part" not in names(shipped_form("evaluation.secretary"), THE_FORM)
    assert names(shipped_form("evaluation.secretary"), Part(GROUP, GRADES)) == ["decision"]
    assert names(form, Part(GROUP, PROCEDURES)) == names(form, Part(GROUP, PARTS)) == []
    bare = with_evaluation(form, lambda one: replace(one, grades=()))
    assert names(bare, Part(GROUP, GRADES)) == []


def test_totals_are_asked_for_their_decimals_ties_and_what_they_suggest() -> None:
    form, parts = shipped_form("evaluation.key_work"), Part(GROUP, PARTS)
    assert scheme(answered(form, parts, "decimals", "2")).decimals == 2
    for wrong in ("5", "两位"):
        assert question(form, parts, "decimals").change(form, wrong) == form
    assert scheme(answered(form, parts, "ties", "ordered")).ties == "ordered"
    none = answered(form, Part(GROUP, GRADES), "thresholds", "0")
    assert {grade.at_least for grade in scheme(none).grades} == {None}
    stars = shipped_form("evaluation.stars")
    against = scheme(answered(stars, Part(GROUP, DIMENSIONS), "against", "absence_over discipline nonsense"))
    assert against.disqualifiers == ("discipline", "absence_over")


def test_what_is_wrong_with_a_scheme_is_said_in_words_of_the_designer() -> None:
    form = shipped_form("evaluation.key_work")
    heavy = with_evaluation(form, partial(change_row, group=PARTS, row="quality", weight=Decimal(30)))
    assert sentences(heavy) == [(Part(GROUP, PARTS), "各部分的权重合计应是 100，现在是 110。")]
    first = row_id(scheme(form).steps[0])
    named = with_evaluation(
        form, partial(change_row, group=STEPS, row=first, label=scheme(form).steps[1].label)
    )
    ((part, said),) = sentences(named)
    assert part == Part(GROUP, STEPS)
    assert said == f"“{scheme(form).steps[1].label}”：“{scheme(form).steps[1].label}”出现了两次。"
    deciding = [step.id for step in scheme(form).steps if step.decides]
    undecided = with_evaluation(form, partial(without_rows, group=STEPS, ids=deciding))
    ((part, said),) = sentences(undecided)
    assert part == Part(GROUP, STEPS)
    assert said.startswith("等次由人决定，请在“评议步骤”里选一步定等次；")
    voted = with_evaluation(form, partial(change_row, group=PARTS, row="quality", source="ballot"))
    counting = [step.id for step in scheme(form).steps if step.ballots]
    uncounted = with_evaluation(voted, partial(without_rows, group=STEPS, ids=counting))
    assert sentences(voted) == []
    assert sentences(uncounted) == [
        (Part(GROUP, PARTS), "“质量”的分数来自测评票，请在“评议步骤”里选一步计票。")
    ]
    appraisal = shipped_form("evaluation.appraisal")
    best = scheme(appraisal).grades[0]
    crowd = with_evaluation(appraisal, lambda one: with_quota(one, best.code, QuotaWords(best.code, 4, 3)))
    assert sentences(crowd) == [(Part(GROUP, GRADES), "“优秀”的名额比人数还多，请改小。")]
    equal = with_evaluation(
        appraisal, partial(change_row, group=GRADES, row=best.code, value=scheme(appraisal).grades[1].value)
    )
    assert [part for part, _said in sentences(equal)] == [Part(GROUP, GRADES)]
    stars = shipped_form("evaluation.stars")
    ((part, said),) = sentences(
        with_evaluation(
            stars,
            partial(change_row, group=STEPS, row=row_id(scheme(stars).steps[0]), optional=True),
        )
    )
    assert (part, said.startswith("“党员自评”：评星从第一步申报")) == (Part(GROUP, STEPS), True)
