"""Questions about who came, who was on leave, and how many hours people studied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from branchdesk.domain.inspections.model import Evidence
from branchdesk.domain.meetings.counting_heads import Heads, heads_of
from branchdesk.domain.meetings.model import Meeting, Presence
from branchdesk.domain.meetings.study_hours import shown_hours, study_ledger, study_targets
from branchdesk.i18n import _, _n, joined, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections.facts.period_records import PeriodRecords
from branchdesk.services.inspections.facts.replies import (
    Reply,
    called,
    counted,
    meeting_evidence,
    so_far,
    some,
    unanswered,
)
from branchdesk.services.meetings.counting import study_entries

_TENTH = Decimal("0.1")
_MONTHS_OF_YEAR = 12
_WHOLE = Decimal(100)


def _with_roll(seen: PeriodRecords) -> list[Meeting]:
    """The meetings of the period in which anybody was marked; without marks nobody knows who came."""
    return [
        one
        for one in seen.meetings.period
        if any(who.counts and who.presence is not Presence.UNMARKED for who in one.attendance)
    ]


def attendance_rate(seen: PeriodRecords) -> Reply:
    """Those who came in percent of those expected, over all meetings of the period (domain 8.3).

    Where some were not marked yet, nobody knows whether they came, and the meeting is left out.
    """
    marked, period = _with_roll(seen), seen.period.shown()
    meetings = [one for one in marked if not heads_of(one).unmarked]
    heads = {one.uid: heads_of(one) for one in meetings}
    expected = sum(one.expected for one in heads.values())
    if not expected:
        return unanswered(_("{period}的会议还没有签到记录，算不出到会率。", period=period))
    present = sum(one.present for one in heads.values())
    percent = _percent(present, expected)
    sentence = _(
        "{period} {n} 次会议应到 {expected} 人次，实到 {present} 人次，到会率 {percent}%。",
        period=period,
        n=len(meetings),
        expected=expected,
        present=present,
        percent=_shown(percent),
    )
    evidence = [_counted_heads(seen, one, heads[one.uid]) for one in meetings]
    unfinished = (one for one in marked if one.uid not in heads)
    evidence += [meeting_evidence(seen, one, _("签到没有标完，没有计入")) for one in unfinished]
    return Reply(percent, so_far(seen, sentence), tuple(evidence))


def _counted_heads(seen: PeriodRecords, meeting: Meeting, heads: Heads) -> Evidence:
    """A meeting with how many came; that somebody stayed away does not make it lack anything."""
    found = meeting_evidence(seen, meeting)
    title = _(
        "{meeting}（应到 {expected} 人，实到 {present} 人）",
        meeting=found.title,
        expected=heads.expected,
        present=heads.present,
    )
    return replace(found, title=title)


def _percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A share in percent, to one place, half up."""
    return (_WHOLE * part / whole).quantize(_TENTH, ROUND_HALF_UP)


def _shown(percent: Decimal) -> str:
    return f"{percent.normalize():f}" if percent else "0"


def leave_without_reason(seen: PeriodRecords) -> Reply:
    """How many times somebody was on leave and no reason was written down."""
    meetings, period = _with_roll(seen), seen.period.shown()
    if not meetings:
        return unanswered(_("{period}的会议还没有签到记录，看不出请假手续。", period=period))
    names = {
        one.uid: [
            who.name
            for who in one.attendance
            if who.counts and who.presence is Presence.LEAVE and not who.reason.strip()
        ]
        for one in meetings
    }
    on_leave = sum(heads_of(one).leave for one in meetings)
    times = sum(map(len, names.values()))
    if times:
        sentence = _(
            "{period}请假 {all} 人次，没有写事由的 {n} 人次：{which}。",
            period=period,
            all=on_leave,
            n=times,
            which=some([called(seen, one) for one in meetings if names[one.uid]]),
        )
    else:
        sentence = _("{period}请假 {all} 人次，都写了事由。", period=period, all=on_leave)
    evidence = [
        meeting_evidence(
            seen, one, _("{names} 请假没有事由", names=listed(names[one.uid])) if names[one.uid] else ""
        )
        for one in meetings
        if heads_of(one).leave
    ]
    return counted(seen, times, sentence, evidence)


# ---- study hours


def study_hours_rate(seen: PeriodRecords) -> Reply:
    """The mean over the members of what each studied in percent of what is due (domain 7.2).

    Nobody counts for more than a hundred. Due is the period's share of the hours of the year; of a
    period that runs, that of the months that are over. Who arrived within the period is left out.
    """
    months = _months_over(seen)
    people = [one for one in seen.house.people if one.uid not in seen.house.newcomers]
    if not months:
        return unanswered(_("{period}还不满一个月，到月底再折算学时。", period=seen.period.shown()))
    if not people:
        return unanswered(_("{period}名册上没有可以统计的党员。", period=seen.period.shown()))
    leaders = {one.uid for one in people if seen.organisation in one.committees}
    yearly = study_targets([one.uid for one in people], leaders, seen.rules, seen.period.year)
    studied, meetings = _hours(seen, yearly)
    rates = {
        uid: _reached(studied.get(uid, Decimal(0)), Decimal(hours * months) / _MONTHS_OF_YEAR)
        for uid, hours in yearly.items()
    }
    rate = (sum(rates.values(), Decimal(0)) / len(rates)).quantize(_TENTH, ROUND_HALF_UP)
    behind = [one for one in people if rates[one.uid] < _WHOLE]
    year_end = date(seen.period.year, 12, 31)
    member, leader = (
        seen.rules.at("study_hours_member", year_end),
        seen.rules.at("study_hours_leader", year_end),
    )
    places = {
        "period": seen.period.shown(),
        "due": shown_hours(_share(member.value, months)),
        "leaders": shown_hours(_share(leader.value, months)),
    }
    if behind:
        reached = _n("{n} 人没有学满，平均完成 {percent}%。", len(behind), percent=_shown(rate))
    else:
        reached = _("{all} 名党员都已学满。", all=len(people))
    sentence = joined(_("{period}应学 {due} 学时，班子成员 {leaders} 学时。", **places), reached)
    evidence = [meeting_evidence(seen, one) for one in meetings]
    evidence += [
        Evidence(
            one.name,
            "member",
            one.uid,
            lacking=_(
                "已学 {hours} 学时，应学 {due} 学时",
                hours=shown_hours(studied.get(one.uid, Decimal(0))),
                due=shown_hours(_share(yearly[one.uid], months)),
            ),
        )
        for one in behind
    ]
    return Reply(rate, so_far(seen, sentence), tuple(evidence))


def _months_over(seen: PeriodRecords) -> int:
    """The months of the period that have ended."""
    first, last = seen.period.start, seen.period.end
    return sum(
        PartialDate(first.year, month).last_day() < seen.today for month in range(first.month, last.month + 1)
    )


def _share(hours: int, months: int) -> Decimal:
    """The part of a year's hours that so many months have to bring, to one place, half up."""
    return (Decimal(hours * months) / _MONTHS_OF_YEAR).quantize(_TENTH, ROUND_HALF_UP)


def _hours(seen: PeriodRecords, targets: Mapping[str, int]) -> tuple[dict[str, Decimal], list[Meeting]]:
    """The hours of each person in the period, and the meetings that earned them."""
    meetings, entries = [], []
    for one in seen.meetings.period:
        earned = study_entries(seen.meetings.form(one), one)
        entries += earned
        if earned:
            meetings.append(one)
    ledger = study_ledger(entries, seen.period.year, targets)
    return {one.person: one.hours for one in ledger}, meetings


def _reached(hours: Decimal, due: Decimal) -> Decimal:
    """What somebody reached in percent, a hundred at most."""
    return min(_WHOLE, _WHOLE * hours / due) if due else _WHOLE
