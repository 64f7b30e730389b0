"""Who counts where: who is expected, who may vote, who came, and whether the numbers agree (domain 3.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from branchdesk.domain.meetings.model import Attendance, Meeting, Presence
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, listed

FIELD = "attendance"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Heads:
    """The numbers of one meeting; people who may be left out (domain 1.4 E12) are in none of them.

    `expected` are all, `voters` those of them with a vote, `present_voters` voters who came, `written` voters
    who did not come but handed in a written opinion before.
    """

    expected: int = 0
    voters: int = 0
    present: int = 0
    present_voters: int = 0
    leave: int = 0
    absent: int = 0
    unmarked: int = 0
    written: int = 0

    @property
    def percent_present(self) -> Decimal | None:
        """Who came in percent of those expected, to one place, half up; None where nobody is."""
        if not self.expected:
            return None
        return (Decimal(100 * self.present) / self.expected).quantize(_TENTH, ROUND_HALF_UP)


def heads_of(meeting: Meeting) -> Heads:
    """The numbers that follow from the attendance of a meeting."""
    expected = [one for one in meeting.attendance if one.counts]
    voters = [one for one in expected if one.may_vote]
    marks = Counter(one.presence for one in expected)
    return Heads(
        expected=len(expected),
        voters=len(voters),
        present=marks[Presence.PRESENT],
        present_voters=sum(one.presence is Presence.PRESENT for one in voters),
        leave=marks[Presence.LEAVE],
        absent=marks[Presence.ABSENT],
        unmarked=marks[Presence.UNMARKED],
        written=sum(one.written and one.presence is not Presence.PRESENT for one in voters),
    )


def reconcile(meeting: Meeting) -> list[Finding]:
    """Whether those expected are those present, on leave and absent, each counted once."""
    heads = heads_of(meeting)
    findings = []
    if heads.unmarked:
        sentence = _(
            "应到 {expected} 人，实到 {present} 人、请假 {leave} 人、缺席 {absent} 人，合计 {sum} 人，"
            "差 {n} 人；请在签到格里标明：{names}。",
            expected=heads.expected,
            present=heads.present,
            leave=heads.leave,
            absent=heads.absent,
            sum=heads.expected - heads.unmarked,
            n=heads.unmarked,
            names=listed(
                one.name for one in meeting.attendance if one.counts and one.presence is Presence.UNMARKED
            ),
        )
        findings.append(Finding("heads_differ", Severity.ERROR, sentence, FIELD))
    return (
        findings + _twice(meeting.attendance) + _left_out(meeting.attendance) + _written(meeting.attendance)
    )


def _twice(attendance: Iterable[Attendance]) -> list[Finding]:
    people = Counter((one.person, one.name) for one in attendance if one.person)
    names = [name for (_person, name), times in people.items() if times > 1]
    if not names:
        return []
    sentence = _("应到名单里 {names} 出现了两次，请删去多余的一行。", names=listed(names))
    return [Finding("person_twice", Severity.ERROR, sentence, FIELD)]


def _left_out(attendance: Iterable[Attendance]) -> list[Finding]:
    """People who may be left out have a basis for it, and are not there."""
    findings = []
    left_out = [one for one in attendance if not one.counts]
    came = [one.name for one in left_out if one.presence is Presence.PRESENT]
    if came:
        sentence = _(
            "{names} 标为不计入应到会，却到会了；请恢复计入应到会，或改正到会情况。", names=listed(came)
        )
        findings.append(Finding("left_out_came", Severity.ERROR, sentence, FIELD))
    groundless = [one.name for one in left_out if not one.basis.strip()]
    if groundless:
        sentence = _("{names} 不计入应到会，没有写明依据；请在名单里补填依据。", names=listed(groundless))
        findings.append(Finding("left_out_groundless", Severity.WARN, sentence, FIELD))
    return findings


def _written(attendance: Iterable[Attendance]) -> list[Finding]:
    """A written opinion comes from somebody who has a vote and is not there."""
    findings = []
    wrote = [one for one in attendance if one.written]
    came = [one.name for one in wrote if one.presence is Presence.PRESENT]
    if came:
        sentence = _("{names} 已到会，会前的书面意见不再计票；请取消“书面意见”。", names=listed(came))
        findings.append(Finding("written_but_came", Severity.WARN, sentence, FIELD))
    no_vote = [one.name for one in wrote if not (one.may_vote and one.counts)]
    if no_vote:
        sentence = _("{names} 没有表决权，书面意见不计票；请取消“书面意见”。", names=listed(no_vote))
        findings.append(Finding("written_without_vote", Severity.WARN, sentence, FIELD))
    return findings
