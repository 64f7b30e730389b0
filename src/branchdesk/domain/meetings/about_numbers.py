"""Checks of minutes on numbers: attendance, votes, elections and the quorum (domain 3.2, 3.3, 1.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from branchdesk.domain.meetings.context import MinutesContext, Somebody
from branchdesk.domain.meetings.counting_heads import FIELD, Heads, heads_of, reconcile
from branchdesk.domain.meetings.elections import candidate_findings
from branchdesk.domain.meetings.figures import is_void, name_of, place_of
from branchdesk.domain.meetings.model import Attendance, Meeting, Presence, Vote, VoteKind
from branchdesk.domain.meetings.thresholds import quorum_at
from branchdesk.domain.meetings.votes import counts_written, is_on_membership, judge
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, listed

_BETWEEN_NAMES = re.compile(r"[、，,；;/]|\s和\s")


def heads_reconcile(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Those expected are those present, on leave and absent."""
    if not meeting.attendance and "attendance" in context.tables:
        sentence = _("还没有应到名单，请先在“会前准备”里确定应到人员。")
        return [Finding("no_attendance", Severity.WARN, sentence, FIELD)]
    return reconcile(meeting)


def absence_has_reason(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Whoever was on leave or absent has a reason."""
    del context
    findings = []
    leave = _without_reason(meeting.attendance, Presence.LEAVE)
    if leave:
        sentence = _("{names} 请假，没有写事由；请在签到格里补填。", names=leave)
        findings.append(Finding("leave_without_reason", Severity.WARN, sentence, FIELD))
    absent = _without_reason(meeting.attendance, Presence.ABSENT)
    if absent:
        sentence = _("{names} 缺席，没有写原因；请在签到格里补填，没有理由的写“无故”。", names=absent)
        findings.append(Finding("absent_without_reason", Severity.WARN, sentence, FIELD))
    return findings


def _without_reason(attendance: Iterable[Attendance], presence: Presence) -> str:
    return listed(
        one.name for one in attendance if one.counts and one.presence is presence and not one.reason.strip()
    )


def votes_reconcile(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """The figures of every vote are whole, agree with each other and with the attendance."""
    heads = heads_of(meeting)
    findings: list[Finding] = []
    for vote in meeting.votes:
        found = judge(vote, heads, context.rules, context.day, of_committee=context.of_committee)
        findings += found.findings
        written = counts_written(vote, context.rules, context.day, of_committee=context.of_committee)
        findings += _differs_from_heads(vote, heads, written_counts=written)
    return findings + candidate_findings(meeting, context.rules, context.day)


def _differs_from_heads(vote: Vote, heads: Heads, *, written_counts: bool) -> list[Finding]:
    """Where a vote has other numbers of people than the attendance.

    Written opinions are compared only where they are among the votes.
    """
    if not heads.voters:
        return []
    compared = [(_("应到会有表决权"), vote.eligible, heads.voters)]
    if not heads.unmarked:
        compared.append((_("实到会有表决权"), vote.present, heads.present_voters))
        if written_counts:
            compared.append((_("书面意见"), vote.written, heads.written))
    return [
        Finding(
            "differs_from_attendance",
            Severity.WARN,
            _(
                "表决“{vote}”的{figure}填的是 {written}，签到格算出的是 {counted}，请核对。",
                vote=name_of(vote),
                figure=figure,
                written=written,
                counted=counted,
            ),
            place_of(vote),
        )
        for figure, written, counted in compared
        if written is not None and written != counted
    ]


def quorum(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Enough people with a vote were there for every vote, and for a meeting of the committee at all."""
    heads = heads_of(meeting)
    findings = []
    for vote in meeting.votes:
        found = judge(vote, heads, context.rules, context.day, of_committee=context.of_committee)
        if found.valid is False and not is_void(vote):
            findings.append(Finding("no_quorum", Severity.ERROR, found.explanation, place_of(vote)))
    if context.of_committee and heads.voters and not heads.unmarked:
        findings += _committee_quorum(heads, context)
    return findings


def _committee_quorum(heads: Heads, context: MinutesContext) -> list[Finding]:
    threshold = quorum_at(context.rules, "committee", context.day)
    least = threshold.least(heads.voters)
    if heads.present_voters >= least:
        return []
    sentence = _(
        "委员应到 {expected} 人，实到 {present} 人；到会委员须{words}，即 {least} 人，会议不能进行。",
        expected=heads.voters,
        present=heads.present_voters,
        words=threshold.words(_("应到会委员人数")),
        least=least,
    )
    return [Finding("no_quorum", Severity.ERROR, sentence, FIELD, threshold.rule.source)]


def one_person_per_vote(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Votes on membership and discipline name one person each, and nobody twice (V4).

    Of membership the rule says so, which forbids it otherwise; for discipline it is good order.
    """
    rule = context.rules.at("people_per_vote", context.day)
    votes = [one for one in meeting.votes if is_on_membership(one) or one.kind is VoteKind.DISCIPLINE]
    findings = []
    for vote in votes:
        named = len([name for name in _BETWEEN_NAMES.split(vote.person_name) if name.strip()])
        if not named and vote.person is None:
            sentence = _("表决“{vote}”没有写明是对谁的表决，请填写表决对象。", vote=name_of(vote))
        elif named > rule.value:
            sentence = _(
                "表决“{vote}”写了 {n} 个人：{names}；应当逐个讨论、逐个表决，请分成 {n} 项。",
                vote=name_of(vote),
                n=named,
                names=vote.person_name,
            )
        else:
            continue
        if is_on_membership(vote):
            findings.append(Finding("one_person", Severity.ERROR, sentence, place_of(vote), rule.source))
        else:
            findings.append(Finding("one_person", Severity.WARN, sentence, place_of(vote)))
    return findings + _voted_twice(votes)


def _voted_twice(votes: Sequence[Vote]) -> list[Finding]:
    """Votes on somebody on whom the same was voted before; namesakes are told apart where they can be."""
    findings = []
    about = [(vote, Somebody(vote.person_name, vote.person)) for vote in votes if vote.person_name.strip()]
    for place, (vote, somebody) in enumerate(about):
        if any(one.kind is vote.kind and somebody.same_as(other) for one, other in about[:place]):
            sentence = _("对 {name} 的同一种表决出现了两次，请删去多余的一项。", name=vote.person_name)
            findings.append(Finding("voted_twice", Severity.WARN, sentence, place_of(vote)))
    return findings
