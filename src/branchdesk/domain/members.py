"""Where a member stands: what the typed events of a Party life add up to, on any day.

An event with an incomplete date counts from the first day that it may mean; where it follows another one
of that month or year, it counts from the day of that one. One without a date counts from the beginning where
it brings a member in for the first time, and else from the day it was entered, so that the roster as of a
day is the same whenever it is asked for. Nothing brings the dead back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

from branchdesk.partial_dates import PartialDate


class EventKind(StrEnum):
    """The kinds of events; of one day they happen in this order, as far as one may follow the other."""

    ADMITTED = "admitted"
    ARRIVED = "arrived"
    GROUPED = "grouped"
    CONFIRMED = "confirmed"
    EXTENDED = "extended"
    RESTORED = "restored"
    SUSPENDED = "suspended"
    DEPARTED = "departed"
    ENDED = "ended"
    DIED = "died"


class Category(StrEnum):
    """Full or probationary; the codes of the dictionary `category`."""

    FULL = "full"
    PROBATIONARY = "probationary"


class State(StrEnum):
    """Whether a member stands on the roster; the codes of the dictionary `state`."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"
    ENDED = "ended"
    DEAD = "dead"


_ORDER = {kind: place for place, kind in enumerate(EventKind)}
_BRINGS_IN = {EventKind.ADMITTED, EventKind.ARRIVED, EventKind.GROUPED, EventKind.CONFIRMED}
STATE_AFTER = {
    EventKind.ADMITTED: State.ACTIVE,
    EventKind.ARRIVED: State.ACTIVE,
    EventKind.RESTORED: State.ACTIVE,
    EventKind.SUSPENDED: State.SUSPENDED,
    EventKind.DEPARTED: State.LEFT,
    EventKind.ENDED: State.ENDED,
    EventKind.DIED: State.DEAD,
}
# What may be recorded next, by where the member stands. Who was put out may be admitted anew (domain 2.6).
_NEXT: dict[State | None, tuple[EventKind, ...]] = {
    None: (EventKind.ADMITTED, EventKind.ARRIVED),
    State.ACTIVE: (
        EventKind.CONFIRMED,
        EventKind.EXTENDED,
        EventKind.GROUPED,
        EventKind.DEPARTED,
        EventKind.SUSPENDED,
        EventKind.ENDED,
        EventKind.DIED,
    ),
    State.SUSPENDED: (EventKind.RESTORED, EventKind.ENDED, EventKind.DIED),
    State.LEFT: (EventKind.ARRIVED,),
    State.ENDED: (EventKind.RESTORED, EventKind.ADMITTED),
    State.DEAD: (),
}
# What may wait for others: what moves a member, and a group, which an arrival ends.
_WAITS = frozenset(STATE_AFTER) | {EventKind.GROUPED}


@dataclass(frozen=True, slots=True)
class MemberEvent:
    """One event of a Party life.

    `on` is None where nobody knows the date; `entered` is the day it was put in. `organisation` and
    `group` are uids of the tree, `number` counts the events in the order in which they were put in.
    """

    kind: EventKind
    on: PartialDate | None
    entered: date
    organisation: str | None = None
    group: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the events of one member add up to on a day."""

    category: Category | None = None
    state: State | None = None
    organisation: str | None = None
    group: str | None = None
    admitted_on: PartialDate | None = None
    confirmed_on: PartialDate | None = None
    arrived_on: PartialDate | None = None
    left_on: PartialDate | None = None
    since: date = date.min

    @property
    def on_roster(self) -> bool:
        """Whether the member counts among the members of the organisation."""
        return self.state is State.ACTIVE and self.category is not None

    def party_years(self, day: date) -> int | None:
        """Years of Party seniority on `day`, counted from confirmation (domain 2.1 no. 10)."""
        return self.confirmed_on.years_until(day) if self.confirmed_on else None


# A day, and the turn within it: an event that must follow another one of its day comes in a later turn.
_Moment = tuple[date, int]


def _with_moments(events: Iterable[MemberEvent]) -> list[tuple[_Moment, MemberEvent]]:
    """The events with the moments from which they are in force, in order."""
    entered = sorted(events, key=lambda event: event.number)
    first: dict[EventKind, MemberEvent] = {}
    for event in entered:
        first.setdefault(event.kind, event)
    placed: list[tuple[_Moment, MemberEvent]] = []
    for event in entered:
        if event.on is None and _from_the_beginning(event, first):
            moment = (date.min, 0)
        else:
            moment = _in_force(event, placed)
        placed.append((moment, event))
    return sorted(placed, key=lambda found: (found[0], _ORDER[found[1].kind], found[1].number))


def _from_the_beginning(event: MemberEvent, first: Mapping[EventKind, MemberEvent]) -> bool:
    """Whether an event without a date always held, as far as anybody knows."""
    if event.kind not in _BRINGS_IN or first[event.kind] is not event:
        return False
    # Who was entered as probationary was that until the day on which somebody wrote otherwise.
    admitted = first.get(EventKind.ADMITTED)
    return event.kind is not EventKind.CONFIRMED or admitted is None or admitted.entered >= event.entered


def _in_force(event: MemberEvent, earlier: Iterable[tuple[_Moment, MemberEvent]]) -> _Moment:
    """The first day it may mean, but behind what was put in before it within that span and it can follow.

    Without that a death known to the year would fall before an arrival of the same year and change nothing.
    """
    first = event.on.first_day() if event.on else event.entered
    if event.kind not in _WAITS:
        return first, 0
    last = event.on.last_day() if event.on else event.entered
    exact = event.on is not None and event.on.is_full
    within = [
        (day, turn + 1)
        for (day, turn), other in earlier
        if first <= day <= last
        and (turn or not exact)
        and other.kind in STATE_AFTER
        and event.kind in _NEXT[STATE_AFTER[other.kind]]
    ]
    return max(within, default=(first, 0))


def in_order(events: Iterable[MemberEvent]) -> list[MemberEvent]:
    """The events in the order of the days from which they are in force."""
    return [event for _moment, event in _with_moments(events)]


def of_this_membership(events: Iterable[MemberEvent]) -> list[MemberEvent]:
    """The events in their order, without those before an end that was followed by a new admission."""
    ordered = in_order(events)
    begin = end = 0
    for place, event in enumerate(ordered):
        if event.kind is EventKind.ENDED:
            end = place
        elif event.kind is EventKind.ADMITTED:
            begin = end
    return ordered[begin:]


def standing(events: Iterable[MemberEvent], as_of: date | None = None) -> Standing:
    """What the events add up to on `as_of`, or at their end where that is None."""
    result = Standing()
    for (day, _turn), found in groupby(_with_moments(events), key=itemgetter(0)):
        if as_of is not None and day > as_of:
            break
        waiting = [event for _moment, event in found]
        while waiting:
            event = waiting[0] if len(waiting) == 1 else _next_of(waiting, result.state)
            waiting.remove(event)
            result = _after(result, event, day)
    return result


def first_day_without(events: Iterable[MemberEvent], place: str, day: date) -> date | None:
    """The first day, `day` or later, from which on somebody no longer belongs to an organisation or group.

    None where the belonging has no end.
    """
    life = list(events)
    days = sorted({day, *(moment[0] for moment, _event in _with_moments(life) if moment[0] > day)})
    there = [_belongs(standing(life, one), place) for one in days]
    if not any(there):
        return day
    gone = len(there) - there[::-1].index(True)
    return days[gone] if gone < len(days) else None


def _belongs(now: Standing, place: str) -> bool:
    return now.state in {State.ACTIVE, State.SUSPENDED} and place in {now.organisation, now.group}


def _next_of(waiting: Sequence[MemberEvent], state: State | None) -> MemberEvent:
    """Which of the events of one moment comes first: one that can follow `state`, else the first in order."""
    possible = _NEXT[state]
    # Who left one branch and arrived in another on one day left first; who died there had arrived.
    if state is State.ACTIVE and all(event.kind is not EventKind.DEPARTED for event in waiting):
        possible = (EventKind.ARRIVED, *possible)
    return next((event for event in waiting if event.kind in possible), waiting[0])


def _after(before: Standing, event: MemberEvent, day: date) -> Standing:
    """The standing once `event` has happened on `day`; whatever is written down later, the dead stay dead."""
    changed: dict[str, Any] = {}
    if event.kind in STATE_AFTER and before.state is not State.DEAD:
        changed = {"state": STATE_AFTER[event.kind], "since": day}
        brought_back = changed["state"] is State.ACTIVE
        changed["left_on"] = None if brought_back else event.on
    match event.kind:
        case EventKind.ADMITTED:
            anew = before.state is State.ENDED
            changed["category"] = Category.PROBATIONARY if anew or not before.category else before.category
            changed["confirmed_on"] = None if anew else before.confirmed_on
            changed["admitted_on"] = event.on
            changed["organisation"] = event.organisation or before.organisation
        case EventKind.CONFIRMED:
            changed |= {"category": Category.FULL, "confirmed_on": event.on}
        case EventKind.ARRIVED:
            # A group that was named without a date belongs to the first arrival, whenever that was.
            group = before.group if before.state in {None, State.ACTIVE} else None
            changed |= {"organisation": event.organisation, "group": group, "arrived_on": event.on}
        case EventKind.GROUPED:
            changed["group"] = event.group
        case _:
            pass
    return replace(before, **changed)


def possible_events(now: Standing) -> tuple[EventKind, ...]:
    """The kinds of events that may follow a standing; a full member is not confirmed again."""
    full = now.category is Category.FULL
    return tuple(
        kind for kind in _NEXT[now.state] if not (full and kind in {EventKind.CONFIRMED, EventKind.EXTENDED})
    )
