"""How far a rectification has come, how late it is, and who may verify it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.rectification import (
    LABELS,
    STEPS,
    as_of,
    days_late,
    fed_back,
    is_settled_in_time,
    issue_findings,
    label_of,
    last_verification,
    may_verify,
    overdue_days,
    state_of,
    step_of,
)
from branchdesk.findings import Severity
from domain.inspections.making import RULES, TODAY, codes, issue, sentences, unverified, verification

LATER = date(2027, 2, 28)


def test_every_state_has_its_name() -> None:
    assert [label_of(state) for state in IssueState] == [
        "未整改",
        "整改中",
        "已整改待验证",
        "已验证",
        "重新整改",
    ]
    assert set(LABELS) == set(IssueState)


def failed(**more: Any) -> Issue:
    """A problem whose verification failed."""
    return issue(verifications=(verification(passed=False),), **more)


@pytest.mark.parametrize(
    ("one", "state", "step"),
    [
        (unverified(measures=" ", done_on=""), IssueState.OPEN, "发现问题"),
        (unverified(done_on=""), IssueState.RECTIFYING, "整改方案"),
        (unverified(), IssueState.DONE, "整改完成"),
        (issue(), IssueState.VERIFIED, "验证销号"),
        (failed(), IssueState.REOPENED, "整改方案"),
        (failed(done_on=""), IssueState.REOPENED, "整改方案"),
        (failed(done_on="2027-01-22"), IssueState.REOPENED, "整改方案"),
        (failed(done_on="2027-01-23"), IssueState.DONE, "整改完成"),
    ],
)
def test_the_state_and_step_of_a_problem(one: Issue, state: IssueState, step: str) -> None:
    assert (state_of(one), STEPS[step_of(one)]) == (state, step)


def test_a_problem_as_it_stood_on_a_day_knows_nothing_of_what_came_later() -> None:
    failed_first = verification(uid="v1", passed=False, on="2027-01-22")
    passed = verification(uid="v2", on="2027-02-02")
    one = issue(done_on="2027-02-01", verifications=(failed_first, passed))
    days = (date(2027, 1, 21), date(2027, 1, 22), date(2027, 2, 1), date(2027, 2, 2))
    assert [state_of(as_of(one, day)) for day in days] == [
        IssueState.RECTIFYING,
        IssueState.REOPENED,
        IssueState.DONE,
        IssueState.VERIFIED,
    ]


def test_feeding_back_gives_a_day_and_the_usual_deadline() -> None:
    told = fed_back(unverified(fed_back_on="", acknowledged_on="", done_on="", due_on=""), TODAY, RULES)
    assert (told.fed_back_on, told.due_on) == (TODAY.isoformat(), (TODAY + timedelta(days=15)).isoformat())
    known = unverified(fed_back_on="", acknowledged_on="2027-01-11", done_on="", due_on="")
    told = fed_back(known, TODAY, RULES)
    assert (told.fed_back_on, told.due_on) == ("2027-01-11", "2027-01-26")
    agreed = unverified(fed_back_on="2027-01-09", done_on="", due_on="2027-03-01")
    assert fed_back(agreed, TODAY, RULES) == agreed


def test_what_was_put_right_on_the_spot_is_not_fed_back_afterwards() -> None:
    done = unverified(fed_back_on="", acknowledged_on="", done_on="2027-01-08", due_on="")
    assert fed_back(done, TODAY, RULES) == done
    again = fed_back(replace(done, verifications=(verification(passed=False),)), TODAY, RULES)
    assert (again.fed_back_on, again.due_on) == ("", (TODAY + timedelta(days=15)).isoformat())


@pytest.mark.parametrize(
    ("one", "day", "settled"),
    [
        (issue(), "2030-01-01", True),
        (unverified(done_on="2027-01-20", due_on="2027-01-10"), "2027-01-25", True),
        (unverified(done_on="2027-01-20", due_on="2027-03-10"), "2027-01-26", False),
        (unverified(done_on="", due_on="2027-01-25"), "2027-01-25", True),
        (unverified(done_on="", due_on="2027-01-25"), "2027-01-26", False),
        (unverified(done_on="2027-01", due_on="2027-01-25"), "2027-01-26", False),
        (unverified(done_on="", due_on="", fed_back_on="2027-01-10"), "2027-01-25", True),
        (unverified(done_on="", due_on="", fed_back_on="2027-01-10"), "2027-01-26", False),
        (unverified(done_on="", due_on="", fed_back_on="", found_on="2027-01-08"), "2027-01-23", True),
        (unverified(done_on="", due_on="", fed_back_on="", found_on=""), "2027-01-08", False),
    ],
)
def test_a_problem_is_counted_only_when_its_time_is_over(one: Issue, day: str, *, settled: bool) -> None:
    assert is_settled_in_time(one, date.fromisoformat(day), RULES) is settled


def test_the_last_verification_decides() -> None:
    first = verification(uid="v1", passed=False, on="2027-01-22")
    second = verification(uid="v2", on="2027-02-02")
    assert state_of(issue(done_on="2027-02-01", verifications=(first, second))) is IssueState.VERIFIED
    assert state_of(issue(done_on="2027-02-01", verifications=(second, first))) is IssueState.VERIFIED
    same_day = replace(second, on="2027-01-22")
    assert last_verification(issue(verifications=(first, same_day))) is same_day
    assert last_verification(unverified()) is None


@pytest.mark.parametrize(
    ("one", "late", "overdue"),
    [
        (unverified(done_on="", due_on="2027-01-12"), 0, 0),
        (unverified(done_on="", due_on="2027-01-05"), 7, 7),
        (unverified(done_on="", due_on=""), 0, 0),
        (unverified(done_on="", due_on="2027-01"), 0, 0),
        (unverified(done_on="2027-01-08", due_on="2027-01-05"), 3, 3),
        (unverified(done_on="2027-01-04", due_on="2027-01-05"), 0, 0),
        (issue(done_on="2027-01-08", due_on="2027-01-05"), 3, 0),
        (issue(done_on="", due_on="2027-01-20"), 2, 0),
        (failed(done_on="2027-01-04", due_on="2027-01-05"), 7, 7),
    ],
)
def test_days_late_end_when_it_was_done_and_overdue_ones_with_the_verification(
    one: Issue, late: int, overdue: int
) -> None:
    assert (days_late(one, TODAY), overdue_days(one, TODAY)) == (late, overdue)


def test_somebody_else_may_verify_what_is_done() -> None:
    assert not may_verify(unverified(), "u4", "赵敏")
    assert not may_verify(unverified(), None, "上级检查组")


@pytest.mark.parametrize(
    ("one", "uid", "name"),
    [
        (unverified(), "u2", "王芳"),
        (unverified(), "u2", "改了名字"),
        (unverified(), None, "王　芳"),
        (unverified(responsible_uid=None), "u2", "王芳"),
        (unverified(responsible="李明、王芳", responsible_uid=None), None, "王芳"),
    ],
)
def test_the_responsible_person_does_not_verify(one: Issue, uid: str | None, name: str) -> None:
    assert sentences(may_verify(one, uid, name)) == [f"验证人{name}就是责任人，应由其他人验证。"]


def test_a_namesake_of_the_responsible_person_may_verify() -> None:
    assert not may_verify(unverified(), "u9", "王芳")


def test_whoever_helped_does_not_verify() -> None:
    helped = unverified(assistant="张建国、赵 敏")
    assert sentences(may_verify(helped, "u4", "赵敏")) == ["验证人赵敏是协助整改的人，应由其他人验证。"]


def test_only_what_is_done_is_verified_and_only_once() -> None:
    assert sentences(may_verify(unverified(done_on=""), "u4", "赵敏")) == [
        "这个问题现在是“整改中”，整改完成并填写完成日期后才能验证。"
    ]
    assert sentences(may_verify(issue(), "u4", "赵敏")) == ["这个问题已经验证销号，不用再验证。"]
    assert sentences(may_verify(unverified(), None, " ")) == ["请填写验证人。"]


def test_the_problem_of_the_example_has_nothing_wrong() -> None:
    assert not issue_findings(issue(), LATER, RULES)


def test_a_verification_by_the_responsible_person_is_an_error() -> None:
    own = issue(verifications=(verification(verifier="王芳", verifier_uid="u2"),))
    found = issue_findings(own, LATER, RULES)
    assert [(one.code, one.severity) for one in found] == [("own_verifier", Severity.ERROR)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"fed_back_on": "2027-01-07"}, "反馈日期 2027.01.07 早于发现日期 2027.01.08，请核对。"),
        ({"acknowledged_on": "2027-01-09"}, "签收日期 2027.01.09 早于反馈日期 2027.01.10，请核对。"),
        ({"done_on": "2027-01-10"}, "完成日期 2027.01.10 早于签收日期 2027.01.11，请核对。"),
        ({"due_on": "2027-01-07"}, "整改时限 2027.01.07 早于发现日期 2027.01.08，请核对。"),
        ({"done_on": "2027-01-23"}, "验证日期 2027.01.22 早于完成日期 2027.01.23，请核对。"),
    ],
)
def test_days_that_cannot_follow_one_another_are_errors(fields: dict[str, str], words: str) -> None:
    errors = [one for one in issue_findings(issue(**fields), LATER, RULES) if one.is_error]
    assert sentences(errors) == [words]


def test_days_still_to_come_are_errors() -> None:
    found = issue_findings(issue(), date(2027, 1, 15), RULES)
    assert sentences(found) == [
        "完成日期 2027.01.20 还没有到，请核对。",
        "验证日期 2027.01.22 还没有到，请核对。",
    ]
    assert {one.severity for one in found} == {Severity.ERROR}


def test_a_day_that_is_not_known_compares_with_nothing() -> None:
    vague = issue(found_on="2027-01", fed_back_on="", due_on="")
    assert codes(issue_findings(vague, LATER, RULES)) == ["no_deadline"]
    unread = issue(verifications=(verification(on="2027"),))
    assert not issue_findings(unread, LATER, RULES)
    assert not issue_findings(issue(done_on=""), LATER, RULES)


def test_a_plan_names_somebody_and_a_deadline() -> None:
    plan = unverified(done_on="", responsible="", due_on="")
    assert sentences(issue_findings(plan, TODAY, RULES)) == [
        "写了整改措施，还没有明确责任人。",
        "写了整改措施，还没有明确整改时限。",
    ]
    assert not issue_findings(unverified(done_on="", measures="", responsible="", due_on=""), TODAY, RULES)


def test_a_problem_without_words_is_an_error() -> None:
    assert codes(issue_findings(issue(text=" "), LATER, RULES)) == ["no_text"]


def test_a_deadline_longer_than_the_rule_is_noted_with_its_source() -> None:
    found = issue_findings(unverified(done_on="", due_on="2027-01-26"), TODAY, RULES)
    assert [(one.code, one.severity, one.rule) for one in found] == [
        ("deadline_long", Severity.NOTE, "程序约定：反馈后 15 天内整改完成，可改")
    ]
    assert sentences(found) == ["整改时限 2027.01.26 超过反馈后 15 天，请核对或说明原因。"]
    without = unverified(done_on="", fed_back_on="", due_on="2027-01-24")
    assert codes(issue_findings(without, TODAY, RULES)) == ["deadline_long"]


def test_what_is_overdue_is_a_warning_and_what_was_done_late_a_note() -> None:
    late = unverified(done_on="")
    assert sentences(issue_findings(late, date(2027, 1, 28), RULES)) == ["整改已逾期 3 天。"]
    done = unverified(done_on="2027-01-27")
    found = issue_findings(done, date(2027, 1, 28), RULES)
    assert [(one.code, one.severity) for one in found] == [("done_late", Severity.NOTE)]


def test_what_is_done_says_how() -> None:
    assert sentences(issue_findings(issue(result=""), LATER, RULES)) == ["填了完成日期，还没有写整改结果。"]


def test_what_is_done_waits_for_its_verification_no_longer_than_the_rule() -> None:
    assert not issue_findings(unverified(), date(2027, 1, 25), RULES)
    found = issue_findings(unverified(), date(2027, 1, 26), RULES)
    assert sentences(found) == ["整改完成已超过 5 天，还没有验证。"]
    assert found[0].rule == "程序约定：整改完成后 5 天内验证，可改"


def test_what_failed_is_to_be_rectified_again() -> None:
    found = issue_findings(failed(due_on="2027-01-25"), date(2027, 1, 23), RULES)
    assert sentences(found) == ["验证没有通过，请重新整改并重新确定时限。"]
    again = failed(done_on="2027-01-24")
    assert not issue_findings(again, date(2027, 1, 25), RULES)
