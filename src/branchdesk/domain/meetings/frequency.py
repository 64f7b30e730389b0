"""How often what is due was held: a count for each activity and calendar period, with who is exempt (3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate, add_months, day_before
from branchdesk.rulebook import ActivityRule

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
# What every person owes is no matter of meetings held.
_OF_PERSONS = "person"
_OF_GROUPS = "group"


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting that took place; `counts` are the ids of the activities that its form fulfils.

    `year` is the year it counts for where that is not the one of its day: the appraisal of a year is usually
    held in the first months of the next (domain 0.2 no. 5).
    """

    uid: str
    day: date
    counts: tuple[str, ...]
    organisation: str = ""
    group: str | None = None
    year: int | None = None

    def falls_in(self, per: str, first: date, last: date) -> bool:
        """Whether it counts for a period; its year decides only where years are counted."""
        if per == "year" and self.year is not None:
            return self.year == first.year
        return first <= self.day <= last


class GroupFact(NamedTuple):
    """A Party group of the branch and since when there is one; None where nobody knows."""

    uid: str
    name: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class BranchFacts:
    """What decides which activities a branch owes.

    `committee_from` is the number of full members from which a branch has to have a committee; a smaller one
    without a committee is exempt from its meetings. None exempts every branch without a committee.
    """

    founded: date | None = None
    has_committee: bool = True
    groups: Sequence[GroupFact] = ()
    full_members: int = 0
    committee_from: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """How often an activity was held in one calendar period, by the branch or by one of its groups.

    `due` is 0 where there is an exemption, whose basis `exempt` tells; `missing` is what is due and was not
    held, also in a period that is not over, which `is_over` tells apart.
    """

    rule: ActivityRule
    period_label: str
    start: date
    end: date
    due: int
    held: tuple[str, ...]
    missing: int
    exempt: str = ""
    is_over: bool = True
    group: str | None = None
    group_name: str = ""


@dataclass(frozen=True, slots=True)
class _Owner:
    """Who owes an activity: the branch, or one of its groups, from the day on which there was one."""

    group: str | None = None
    name: str = ""
    since: date | None = None
    exempt: str = ""


def count_activities(
    rules: Sequence[ActivityRule],
    held: Iterable[HeldMeeting],
    facts: BranchFacts,
    start: date,
    end: date,
    today: date,
) -> list[ActivityCount]:
    """What was held, is due and is missing in every calendar period that touches `start` to `end`.

    A period is counted by the rule in force on its first day. Periods before the branch or group was founded
    are left out, the one in which it was founded is exempt. A meeting counts once for each activity
    that its form names, a yearly one for the year it is of; one of a group counts for what groups owe, and
    for nothing else.
    """
    meetings = sorted({one.uid: one for one in held}.values(), key=lambda one: (one.day, one.uid))
    counts = []
    for rule in rules:
        if rule.level == _OF_PERSONS or rule.times < 1:
            continue
        fulfilling = [one for one in meetings if rule.id in one.counts]
        for owner in _owners(rule, facts):
            own = [one for one in fulfilling if one.group == owner.group]
            for first, last in periods(rule.per, start, end):
                if rule.holds_on(first) and not (owner.since and last < owner.since):
                    counts.append(_count(rule, owner, own, (first, last), today))
    return counts


def _count(
    rule: ActivityRule, owner: _Owner, meetings: Iterable[HeldMeeting], period: tuple[date, date], today: date
) -> ActivityCount:
    first, last = period
    held = tuple(one.uid for one in meetings if one.falls_in(rule.per, first, last))
    exempt = owner.exempt
    if not exempt and owner.since and owner.since > first:
        since = PartialDate.of(owner.since).shown()
        exempt = (
            _("党小组 {since} 成立，当期不计缺项", since=since)
            if owner.group
            else _("本支部 {since} 成立，当期不计缺项", since=since)
        )
    due = 0 if exempt else rule.times
    return ActivityCount(
        rule,
        period_label(rule.per, first),
        first,
        last,
        due,
        held,
        max(0, due - len(held)),
        exempt,
        last < today,
        owner.group,
        owner.name,
    )


def _owners(rule: ActivityRule, facts: BranchFacts) -> list[_Owner]:
    """Who owes an activity; where nobody has to, the branch stands there with the basis of that."""
    branch = _Owner(since=facts.founded)
    if rule.needs == "groups" and not facts.groups:
        return [_Owner(since=facts.founded, exempt=_("本支部没有划分党小组"))]
    if rule.level == _OF_GROUPS:
        return [
            _Owner(group.uid, group.name, max(filter(None, (group.since, facts.founded)), default=None))
            for group in facts.groups
        ]
    if rule.needs == "committee" and not facts.has_committee:
        if facts.committee_from is None:
            return [_Owner(since=facts.founded, exempt=_("本支部不设支部委员会"))]
        if facts.full_members < facts.committee_from:
            exempt = _(
                "正式党员 {n} 人，不足 {least} 人，不设支部委员会",
                n=facts.full_members,
                least=facts.committee_from,
            )
            return [_Owner(since=facts.founded, exempt=exempt)]
    return [branch]


def periods(per: str, start: date, end: date) -> Iterator[tuple[date, date]]:
    """The calendar months, quarters, halves or years that touch the days from `start` to `end`."""
    months = _MONTHS[per]
    first = date(start.year, (start.month - 1) // months * months + 1, 1)
    while first <= end:
        following = add_months(first, months)
        yield first, day_before(following)
        first = following


def period_label(per: str, first: date) -> str:
    """What a period that begins on `first` is called."""
    if per == "month":
        return _("{year}年{month}月", year=first.year, month=first.month)
    if per == "quarter":
        quarters = (_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度"))
        return _("{year}年{quarter}", year=first.year, quarter=quarters[first.month // 3])
    if per == "half":
        return (
            _("{year}年上半年", year=first.year) if first.month == 1 else _("{year}年下半年", year=first.year)
        )
    return _("{year}年", year=first.year)
