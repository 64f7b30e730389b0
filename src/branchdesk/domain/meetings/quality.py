"""What minutes are looked through for before they are finalised: named checks that may be switched off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from branchdesk.domain.meetings import about_numbers, about_people, about_texts, about_time
from branchdesk.domain.meetings.context import MinutesContext
from branchdesk.domain.meetings.model import Meeting
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, later

__all__ = ["QUALITY_CHECKS", "SWITCHED_OFF", "MinutesContext", "QualityCheck", "check_minutes"]

SWITCHED_OFF = "switched_off"


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One check of minutes; `title` says in a few words what it looks for and is translated when shown."""

    name: str
    title: str
    check: Callable[[Meeting, MinutesContext], list[Finding]]


_ALL = (
    QualityCheck("date_not_future", later("会议时间已填，且不在将来"), about_time.date_not_future),
    QualityCheck("date_in_term", later("会议时间在本届任期内"), about_time.date_in_term),
    QualityCheck("chair_is_member", later("主持人是本组织党员且到会"), about_people.chair_is_member),
    QualityCheck("recorder_is_member", later("记录人是本组织党员且到会"), about_people.recorder_is_member),
    QualityCheck("recorder_is_not_chair", later("记录人不是主持人"), about_people.recorder_is_not_chair),
    QualityCheck("heads_reconcile", later("应到等于实到、请假、缺席之和"), about_numbers.heads_reconcile),
    QualityCheck("absence_has_reason", later("请假、缺席写明原因"), about_numbers.absence_has_reason),
    QualityCheck("quorum", later("到会人数达到规定"), about_numbers.quorum),
    QualityCheck("votes_reconcile", later("票数齐全，与到会人数相符"), about_numbers.votes_reconcile),
    QualityCheck("one_person_per_vote", later("对人的表决一人一项"), about_numbers.one_person_per_vote),
    QualityCheck("agenda_has_content", later("每项议题都有记录"), about_texts.agenda_has_content),
    QualityCheck("no_leftover_marks", later("没有未替换的占位符号"), about_texts.no_leftover_marks),
    QualityCheck("no_other_month", later("没有上次留下的月份"), about_texts.no_other_month),
    QualityCheck("no_other_branch", later("没有别的党组织的名称"), about_texts.no_other_branch),
    QualityCheck("not_copied", later("与以前的记录不雷同"), about_texts.not_copied),
    QualityCheck("open_items_answered", later("上次未办结的事项有交代"), about_texts.open_items_answered),
    QualityCheck("decisions_have_owner", later("议定事项有责任人和时限"), about_texts.decisions_have_owner),
    QualityCheck(
        "same_time_elsewhere", later("同一时间没有同一批人的另一个会议"), about_people.same_time_elsewhere
    ),
    QualityCheck("late_entry", later("会后很久才录入的注明补录"), about_time.late_entry),
)
# In the order in which minutes are looked through.
QUALITY_CHECKS: Mapping[str, QualityCheck] = {one.name: one for one in _ALL}


def check_minutes(
    meeting: Meeting,
    context: MinutesContext,
    switched_off: Mapping[str, str],
    names: Collection[str] | None = None,
) -> list[Finding]:
    """What the checks find in a meeting, the gravest first; the code of a finding is the name of its check.

    `switched_off` gives the reason why a check is not made, which is a note of its own; an empty reason says
    that it does not concern this kind of meeting. With `names` only those checks are made.
    """
    findings: list[Finding] = []
    for one in QUALITY_CHECKS.values():
        if names is not None and one.name not in names:
            continue
        reason = switched_off.get(one.name)
        if reason is None:
            findings += [replace(found, code=one.name) for found in one.check(meeting, context)]
        elif reason:
            sentence = _("没有检查“{title}”，停用原因：{reason}。", title=_(one.title), reason=reason)
            findings.append(Finding(SWITCHED_OFF, Severity.NOTE, sentence))
    return sorted(findings, key=lambda found: -found.severity)
