"""The life of a meeting: the next step, finalising, opening again with a reason, and archiving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from branchdesk import clock
from branchdesk.domain.meetings.life import label_of, may_move, reopening_findings
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.services.frozen_texts import seal
from branchdesk.services.meetings.desk import look_at
from branchdesk.services.meetings.frozen import freeze
from branchdesk.services.meetings.outcomes import MeetingOutcome
from branchdesk.services.meetings.quality import quality, switch_check, what_is_dropped
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import meetings as questions
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch

__all__ = [
    "NotFinal",
    "archive",
    "finalise",
    "move",
    "quality",
    "reopen",
    "switch_check",
    "what_is_dropped",
]


class NotFinal(Problem):
    """Minutes that may not be finalised yet; `findings` are what stands against it, the gravest first."""

    def __init__(self, findings: Sequence[Finding], advice: str) -> None:
        super().__init__(findings[0].sentence, advice)
        self.findings = tuple(findings)

    @property
    def may_be_accepted(self) -> bool:
        """Whether a clerk may finalise all the same, having read the warnings."""
        return all(finding.severity < Severity.ERROR for finding in self.findings)


def move(branch: Branch, uid: str, to: MeetingState | str) -> MeetingOutcome:
    """Take the next step of a meeting's life, or one back where that is possible.

    Finalising does what `finalise` does. Raises Problem for a step that may not follow.
    """
    target = MeetingState(to)
    if target is MeetingState.FINALISED:
        return finalise(branch, uid)
    desk = look_at(branch, uid)
    _refuse(may_move(desk.meeting, target, clock.today()))
    label = _("{meeting} 改为“{state}”", meeting=desk.called, state=label_of(target))
    with branch.change(label) as change:
        change.update(tables.record, uid, {"state": target.value})
    return MeetingOutcome(change.result, uid)


def _refuse(findings: Sequence[Finding]) -> None:
    """Raise Problem for the first finding that forbids a step."""
    against = next((one for one in findings if one.is_error), None)
    if against is not None:
        raise Problem(against.sentence, _("请按提示处理后再试。"))


def finalise(branch: Branch, uid: str, *, accept: bool = False) -> MeetingOutcome:
    """Finalise the minutes: from now on they change no more, whatever happens to the roster.

    Warnings stand against it until they are accepted, errors always. Raises NotFinal with all findings, and
    Problem for a step that may not follow.
    """
    desk = look_at(branch, uid)
    _refuse(may_move(desk.meeting, MeetingState.FINALISED, clock.today()))
    findings = quality(branch, uid)
    errors = [one for one in findings if one.is_error]
    if errors:
        raise NotFinal([*errors, *(one for one in findings if not one.is_error)], _("改正后再定稿。"))
    if not accept and any(one.severity is Severity.WARN for one in findings):
        raise NotFinal(findings, _("核对无误的，可以确认后定稿。"))
    final = replace(desk.meeting, state=MeetingState.FINALISED)
    content = freeze(final)
    with branch.change(_("{meeting} 定稿", meeting=desk.called)) as change:
        change.update(tables.record, uid, {"state": MeetingState.FINALISED.value})
        change.insert(
            tables.record_version,
            {
                "record_uid": uid,
                "revision": final.revision,
                "finalised_on": clock.today().isoformat(),
                "content": content,
                "sha256": seal(content),
            },
        )
    return MeetingOutcome(change.result, uid, tuple(findings))


def reopen(branch: Branch, uid: str, reason: str) -> MeetingOutcome:
    """Open final minutes again for a reason; what they said until now is kept.

    Raises Problem without a reason, and for a meeting that is not final.
    """
    desk, why = look_at(branch, uid), one_line(reason)
    _refuse(reopening_findings(desk.meeting, why))
    with branch.read() as connection:
        last = questions.versions_of(connection, uid)[-1]
    with branch.change(_("重新打开 {meeting}：{reason}", meeting=desk.called, reason=why)) as change:
        values = {"state": MeetingState.DRAFTED.value, "revision": desk.meeting.revision + 1}
        change.update(tables.record, uid, values)
        again = {"reopened_on": clock.today().isoformat(), "reopened_why": why}
        change.update(tables.record_version, last["uid"], again)
    return MeetingOutcome(change.result, uid)


def archive(branch: Branch, uid: str) -> MeetingOutcome:
    """Put final minutes into the archive. Raises Problem for minutes that are not final."""
    return move(branch, uid, MeetingState.ARCHIVED)
