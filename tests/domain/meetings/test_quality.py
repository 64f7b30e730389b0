"""All checks of minutes together: their names, switching off, and their order."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.domain.meetings.quality import QUALITY_CHECKS, SWITCHED_OFF, check_minutes
from branchdesk.findings import Severity
from branchdesk.i18n import _
from domain.meetings.making import context, decision, meeting, person, said, sentences

NAMES = {
    "heads_reconcile",
    "votes_reconcile",
    "quorum",
    "chair_is_member",
    "recorder_is_not_chair",
    "recorder_is_member",
    "date_in_term",
    "date_not_future",
    "no_leftover_marks",
    "no_other_month",
    "no_other_branch",
    "not_copied",
    "absence_has_reason",
    "open_items_answered",
    "one_person_per_vote",
    "agenda_has_content",
    "same_time_elsewhere",
    "late_entry",
    "decisions_have_owner",
}


def test_every_check_has_its_name_and_a_title_in_words() -> None:
    assert set(QUALITY_CHECKS) == NAMES
    assert all(name == check.name for name, check in QUALITY_CHECKS.items())
    assert len({_(check.title) for check in QUALITY_CHECKS.values()}) == len(NAMES)


def test_minutes_with_nothing_wrong_have_no_findings() -> None:
    assert check_minutes(meeting(), context(), {}) == []


WRONG = replace(
    meeting(),
    passages=said("xx发言", item="i1"),
    attendance=(person("李明", "?", person="u1"),),
    decisions=(decision("d1", due_on=""),),
)


def test_findings_carry_the_name_of_their_check_and_the_gravest_comes_first() -> None:
    found = check_minutes(WRONG, context(), {})
    assert [(one.code, one.severity) for one in found] == [
        ("heads_reconcile", Severity.ERROR),
        ("no_leftover_marks", Severity.WARN),
        ("decisions_have_owner", Severity.NOTE),
    ]


def test_a_check_that_was_switched_off_says_why() -> None:
    found = check_minutes(WRONG, context(), {"heads_reconcile": "会后补签", "decisions_have_owner": ""})
    assert [one.code for one in found] == ["no_leftover_marks", SWITCHED_OFF]
    assert sentences(found)[1] == "没有检查“应到等于实到、请假、缺席之和”，停用原因：会后补签。"


def test_only_some_checks_may_be_asked_for() -> None:
    found = check_minutes(WRONG, context(), {"no_leftover_marks": "样稿"}, {"heads_reconcile"})
    assert [one.code for one in found] == ["heads_reconcile"]
