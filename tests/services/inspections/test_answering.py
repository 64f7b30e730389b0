"""Writing on the lines of an inspection: what is typed is kept, what cannot be is refused in exact words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from branchdesk.domain.inspections.model import Stage
from branchdesk.i18n import Language, speak
from branchdesk.services.history import UndoHistory
from branchdesk.services.inspections import answering, reading
from branchdesk.services.inspections.outcomes import InspectionOutcome
from branchdesk.services.meetings import life
from branchdesk.storage.changes import NOTHING
from services.meetings.scenes import COMMITTEE, House
from support.contents import assert_sound, facts
from support.counting import statements
from support.problems import refused
from support.quarter_sheets import begun, fed_back

SELF, CHECK = Stage.SELF, Stage.CHECK


@pytest.fixture
def uid(house: House) -> str:
    """An inspection of the fourth quarter of 2026."""
    return begun(house.branch)


def score(house: House, uid: str, line: str, stage: Stage = SELF) -> Decimal | None:
    """What a line came to."""
    return reading.sheet(house.branch, uid).line(line, stage).score


def codes(outcome: InspectionOutcome) -> set[str]:
    """What is still wrong with the lines that were written."""
    return {one.code for one in outcome.findings}


def test_plan_and_record_are_kept_as_written(house: House, uid: str) -> None:
    texts = {"plan": "9月28日支委会议定：\n10/20、11/18、12/16 各 1 次 ", "record": "10/20 已开"}
    outcome = answering.write_line(house.branch, uid, "c4", texts)
    answer = reading.inspection(house.branch, uid).answer("c4")
    assert (answer.plan, answer.record) == ("9月28日支委会议定：\n10/20、11/18、12/16 各 1 次", "10/20 已开")
    assert outcome.changes.label == "填写 C4 的计划和记录"
    answering.write_line(house.branch, uid, "c4", {"plan": ""})
    answer = reading.inspection(house.branch, uid).answer("c4")
    assert (answer.plan, answer.record) == ("", "10/20 已开")
    with pytest.raises(KeyError):
        answering.write_line(house.branch, uid, "c4", {"score": "4"})


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("3.5", "3.5"),
        ("３．５", "3.5"),
        (" 4 分", "4"),
        ("4.00", "4"),
        (".5", "0.5"),
        ("0", "0"),
        ("3。5", "3.5"),
    ],
)
def test_a_score_is_read_as_clerks_type_it(house: House, uid: str, typed: str, means: str) -> None:
    answering.set_score(house.branch, uid, "c4", SELF, typed, "12 月无方案")
    assert score(house, uid, "c4") == Decimal(means)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("5", "C4 最多 4 分，这里写了 5 分。"),
        ("4.01", "C4 最多 4 分，这里写了 4.01 分。"),
        ("-1", "C4 的得分不能小于 0 分。"),
        ("优", "C4 的得分“优”不是分数。"),
        ("3.555", "最多两位小数"),
        ("1e1", "不是分数"),
        ("NaN", "不是分数"),
        ("٣", "不是分数"),
    ],
)
def test_a_score_that_cannot_be_is_refused_and_nothing_is_stored(
    house: House, uid: str, typed: str, words: str
) -> None:
    answering.set_score(house.branch, uid, "c4", SELF, "3.5", "12 月无方案")
    before = facts(house.branch)
    with refused(words):
        answering.set_score(house.branch, uid, "c4", SELF, typed, "另一个原因")
    assert facts(house.branch) == before


def test_an_empty_score_lets_the_counts_decide_again_and_keeps_the_reason(house: House, uid: str) -> None:
    before = score(house, uid, "c4")
    answering.set_score(house.branch, uid, "c4", SELF, "3.5", "12 月无方案")
    answering.set_score(house.branch, uid, "c4", SELF, "3")
    assert reading.inspection(house.branch, uid).answer("c4").self_check.reason == "12 月无方案"
    answering.set_score(house.branch, uid, "c4", SELF, "")
    assert score(house, uid, "c4") == before
    answering.set_reason(house.branch, uid, "c4", SELF, "")
    assert reading.inspection(house.branch, uid).answer("c4").self_check.reason == ""


def test_a_score_other_than_the_records_say_wants_a_reason(house: House, uid: str) -> None:
    assert "override_without_reason" in codes(answering.set_score(house.branch, uid, "c4", SELF, "4"))
    given = answering.set_score(house.branch, uid, "c4", SELF, "4", "纸质记录齐全")
    assert "override_without_reason" not in codes(given)


def test_the_two_scorings_stand_beside_each_other(house: House, uid: str) -> None:
    answering.set_score(house.branch, uid, "a5", SELF, "2")
    answering.set_score(house.branch, uid, "a5", CHECK, "1.5", "公开栏未更新")
    assert score(house, uid, "a5") == 2
    assert score(house, uid, "a5", CHECK) == Decimal("1.5")
    sheet = reading.sheet(house.branch, uid)
    assert next(one for one in sheet.final_lines if one.indicator.id == "a5").score == Decimal("1.5")


def test_a_veto_line_has_no_score(house: House, uid: str) -> None:
    with refused("J1 是一票否决项，不打分"):
        answering.set_score(house.branch, uid, "j1", SELF, "0")


def test_counts_take_points_off(house: House, uid: str) -> None:
    answering.set_count(house.branch, uid, "a5", SELF, "lacking", "2 项")
    assert score(house, uid, "a5") == 1
    answering.set_count(house.branch, uid, "a5", SELF, "lacking", "9")
    assert score(house, uid, "a5") == 0
    answering.set_count(house.branch, uid, "b5", CHECK, "below", "84%")
    assert score(house, uid, "b5", CHECK) == Decimal("1.5")
    answering.set_count(house.branch, uid, "a5", SELF, "lacking", "")
    assert score(house, uid, "a5") is None


@pytest.mark.parametrize(
    ("line", "rule", "typed", "words"),
    [
        ("a5", "lacking", "两", "填了“两”，不是数"),
        ("a5", "lacking", "1.5", "要填次数，1.5 不是整数"),
        ("a5", "lacking", "-1", "不能小于 0"),
        ("b5", "below", "101", "填了 101%，超过了 100%"),
        ("a5", "gone", "1", "A5 没有这条扣分标准"),
        ("zz", "lacking", "1", "没有这一项"),
    ],
)
def test_a_count_that_cannot_be_is_refused(
    house: House, uid: str, line: str, rule: str, typed: str, words: str
) -> None:
    before = facts(house.branch)
    with refused(words):
        answering.set_count(house.branch, uid, line, SELF, rule, typed)
    assert facts(house.branch) == before


def test_overriding_the_records_needs_a_reason_which_is_kept(house: House, uid: str) -> None:
    fact = reading.sheet(house.branch, uid).facts["theme_day.missing"]
    assert fact.value
    silent = answering.set_count(house.branch, uid, "c4", SELF, "missing", "0")
    assert reading.sheet(house.branch, uid).line("c4").taken[0].count == Decimal(0)
    against = [one for one in silent.findings if one.code == "override_without_reason"]
    assert [one.is_error for one in against] == [True]
    assert f"自动数为 {fact.value}，改成了 0，请写明原因" in against[0].sentence
    told = answering.set_count(house.branch, uid, "c4", SELF, "missing", "0", "与党员大会合并召开")
    assert "override_without_reason" not in codes(told)
    taken = reading.sheet(house.branch, uid).line("c4").taken[0]
    assert (taken.count, taken.why) == (Decimal(0), "与党员大会合并召开")
    assert taken.fact == fact
    answering.set_count(house.branch, uid, "c4", SELF, "missing", "1")
    assert reading.sheet(house.branch, uid).line("c4").taken[0].why == "与党员大会合并召开"
    answering.set_count(house.branch, uid, "c4", SELF, "missing", "")
    assert reading.sheet(house.branch, uid).line("c4").taken[0].why == ""


def test_a_count_that_agrees_with_the_records_needs_no_reason(house: House, uid: str) -> None:
    value = reading.sheet(house.branch, uid).facts["theme_day.missing"].value
    answering.set_count(house.branch, uid, "c4", SELF, "missing", str(value))
    assert not reading.sheet(house.branch, uid).line("c4").taken[0].overrides


def test_many_lines_are_confirmed_in_one_step(house: House, uid: str) -> None:
    outcome = answering.confirm(house.branch, uid, ["a2", "c3", "c4", "a5"])
    assert outcome.changes.label == "核实自动取数 3 项"
    sheet = reading.sheet(house.branch, uid)
    assert [sheet.line(line).state.value for line in ("a2", "c3", "c4", "a5", "c2")] == [
        "filled",
        "deducted",
        "deducted",
        "empty",
        "auto",
    ]
    assert answering.confirm(house.branch, uid, ["c2"]).changes.label == "核实 C2 的自动取数"
    assert answering.confirm(house.branch, uid, ["a5"]).changes is NOTHING
    assert not answering.confirm(house.branch, uid, ["c4"]).changes


def test_what_was_confirmed_shows_when_the_records_change(house: House, uid: str) -> None:
    answering.confirm(house.branch, uid, ["c2"])
    life.move(house.branch, house.plan(COMMITTEE, held="2026.10.12"), "held")
    sheet = reading.sheet(house.branch, uid)
    assert reading.line_state(sheet, "c2").label == "数据有变"
    answering.confirm(house.branch, uid, ["c2"])
    assert reading.line_state(reading.sheet(house.branch, uid), "c2").label == "已填"


def test_scoring_does_not_ask_the_records_anew_unless_they_changed(house: House, uid: str) -> None:
    with statements(house.branch) as first:
        reading.sheet(house.branch, uid)
    answering.set_score(house.branch, uid, "a5", SELF, "1")
    with statements(house.branch) as again:
        assert reading.sheet(house.branch, uid).facts["assembly.missing"].evidence == ()
    assert len(again) < len(first) / 2
    held = house.finalised()
    answering.set_score(house.branch, uid, "a5", SELF, "2")
    evidence = reading.sheet(house.branch, uid).facts["assembly.missing"].evidence
    assert [one.uid for one in evidence] == [held]


def test_a_line_that_does_not_apply_leaves_the_base(house: House, uid: str) -> None:
    before = reading.sheet(house.branch, uid).self_total.base
    with refused("C3 选了“不适用”，请写明原因"):
        answering.set_applies(house.branch, uid, "c3", applies=False)
    with refused("C4 不能选“不适用”"):
        answering.set_applies(house.branch, uid, "c4", applies=False, why="没有")
    answering.set_applies(house.branch, uid, "c3", applies=False, why="未设党小组")
    sheet = reading.sheet(house.branch, uid)
    assert sheet.self_total.base == before - 3
    assert (sheet.line("c3").why_not, reading.line_state(sheet, "c3").label) == ("未设党小组", "不适用")
    answering.set_applies(house.branch, uid, "c3", applies=True)
    sheet = reading.sheet(house.branch, uid)
    assert (sheet.self_total.base, sheet.line("c3").why_not) == (before, "")


def test_a_veto_gives_the_last_grade_and_names_its_reason(house: House, uid: str) -> None:
    with refused("J1 选了“一票否决”，请写明"):
        answering.set_veto(house.branch, uid, "j1", vetoed=True)
    with refused("C4 不是一票否决项"):
        answering.set_veto(house.branch, uid, "c4", vetoed=True, why="瞒报")
    answering.set_veto(house.branch, uid, "j1", vetoed=True, why="瞒报一起信访件")
    sheet = reading.sheet(house.branch, uid)
    assert sheet.self_total.grade == sheet.scheme.grades[-1]
    assert sheet.line("j1").veto_reason == "瞒报一起信访件"
    answering.set_veto(house.branch, uid, "j1", vetoed=False)
    assert reading.sheet(house.branch, uid).self_total.vetoed == ()


def test_how_a_line_was_checked_is_kept(house: House, uid: str) -> None:
    typed = {"method": "查阅资料", "by": "赵立新、邹丽", "on": "2027年1月8日", "reason": "12 月无方案"}
    answering.set_check(house.branch, uid, "c4", typed)
    check = reading.inspection(house.branch, uid).answer("c4").check
    assert (check.method, check.by, check.on) == ("papers", "赵立新、邹丽", "2027-01-08")
    assert check.reason == "12 月无方案"
    before = facts(house.branch)
    with refused("检查日期没有保存", "2 月没有 30 日"):
        answering.set_check(house.branch, uid, "c4", {"by": "何静", "on": "2027.2.30"})
    with refused("只写到了2027.01"):
        answering.set_check(house.branch, uid, "c4", {"on": "2027.1"})
    assert facts(house.branch) == before
    answering.set_check(house.branch, uid, "c4", {"on": "", "method": "电话抽查"})
    check = reading.inspection(house.branch, uid).answer("c4").check
    assert (check.on, check.method) == ("", "电话抽查")
    with pytest.raises(KeyError):
        answering.set_check(house.branch, uid, "c4", {"score": "4"})


def test_the_check_takes_over_what_it_has_not_scored_itself(house: House, uid: str) -> None:
    answering.set_score(house.branch, uid, "a5", SELF, "1.5", "公开栏未更新")
    answering.set_score(house.branch, uid, "c4", CHECK, "3", "缺方案")
    answering.set_count(house.branch, uid, "f3", SELF, "none", "1")
    answering.set_applies(house.branch, uid, "c3", applies=False, why="未设党小组")
    outcome = answering.take_over_self_scores(house.branch, uid)
    sheet = reading.sheet(house.branch, uid)
    for own, checked in zip(sheet.self_lines, sheet.check_lines, strict=True):
        if own.indicator.id == "c4":
            assert checked.score == 3
        elif not own.indicator.bonus:
            assert checked.score == own.score
    assert sheet.line("a5", CHECK).reason == "公开栏未更新"
    assert sheet.line("f3", CHECK).reason == sheet.indicator("f3").rules[0].label
    assert outcome.changes.label == "考核得分采用自评得分"
    assert answering.take_over_self_scores(house.branch, uid).changes is NOTHING


def test_reasons_that_the_check_takes_over_are_chinese_in_every_window(house: House, uid: str) -> None:
    answering.set_count(house.branch, uid, "f3", SELF, "none", "1")
    label = reading.sheet(house.branch, uid).indicator("f3").rules[0].label
    speak(Language.ENGLISH)
    answering.take_over_self_scores(house.branch, uid)
    assert reading.inspection(house.branch, uid).answer("f3").check.reason == label


def test_the_head_of_the_form_takes_whatever_is_typed(house: House, uid: str) -> None:
    outcome = answering.set_head(house.branch, uid, {"inspectors": "赵立新、邹丽"})
    assert outcome.changes.label == "修改 2026年第四季度党建工作检查表 的检查人"
    found = answering.set_head(house.branch, uid, {"inspected_on": "2027.13.1", "leader": "周建国"})
    assert found.findings
    values = reading.inspection(house.branch, uid).values
    assert values["inspected_on"] == "2027.13.1"
    with pytest.raises(KeyError):
        answering.set_head(house.branch, uid, {"nothing": "x"})


EDITS: list[Callable[[House, str], InspectionOutcome]] = [
    lambda house, uid: answering.write_line(house.branch, uid, "c4", {"plan": "三次", "record": "两次"}),
    lambda house, uid: answering.set_score(house.branch, uid, "c4", "self", "3.5", "12 月无方案"),
    lambda house, uid: answering.set_count(house.branch, uid, "a5", "self", "lacking", "2"),
    lambda house, uid: answering.set_count(house.branch, uid, "c4", "self", "missing", "0", "合并召开"),
    lambda house, uid: answering.confirm(house.branch, uid, ["c1", "c2", "c3"]),
    lambda house, uid: answering.set_applies(house.branch, uid, "c2", applies=False, why="未设支委会"),
    lambda house, uid: answering.set_veto(house.branch, uid, "d1", vetoed=True, why="伪造公示"),
    lambda house, uid: answering.set_check(house.branch, uid, "c4", {"by": "何静", "on": "2026.11.20"}),
    lambda house, uid: answering.take_over_self_scores(house.branch, uid),
    lambda house, uid: answering.set_reason(house.branch, uid, "c4", "check", "缺方案"),
    lambda house, uid: answering.set_head(house.branch, uid, {"leader": "周建国"}),
    lambda house, uid: answering.set_score(house.branch, uid, "c4", "self", ""),
]


def test_every_edit_is_one_step_that_is_taken_back_exactly(house: House, uid: str) -> None:
    history, states = UndoHistory(house.branch), [facts(house.branch)]
    for edit in EDITS:
        changes = edit(house, uid).changes
        assert changes.label
        history.note(changes)
        states.append(facts(house.branch))
    for before in reversed(states[:-1]):
        assert history.undo()
        assert facts(house.branch) == before
    assert_sound(house.branch)
    for after in states[1:]:
        assert history.redo()
        assert facts(house.branch) == after
    assert_sound(house.branch)


def test_nothing_is_written_on_a_signed_inspection(house: House) -> None:
    uid = fed_back(house.branch)
    before = facts(house.branch)
    for edit in EDITS:
        with refused("已反馈签字，分数不能修改", "重新打开", "问题的整改可以继续填写"):
            edit(house, uid)
    assert facts(house.branch) == before
