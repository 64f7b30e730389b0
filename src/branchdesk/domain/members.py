"""Where a member stands: what the typed events of a Party life add up to, on any day.

An event with an incomplete date counts from the first day that it may mean. One without a date counts
from the beginning where it brings a member in for the first time, and else from the day it was entered,
so that the roster as of a day is the same whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
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
_STATE_AFTER = {
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


def _with_days(events: Iterable[MemberEvent]) -> list[tuple[date, MemberEvent]]:
    """The events with the days from which they are in force, in order."""
    entered = sorted(events, key=lambda event: event.number)
    first: dict[EventKind, MemberEvent] = {}
    for event in entered:
        first.setdefault(event.kind, event)
    dated = []
    for event in entered:
        if event.on is not None:
            day = event.on.first_day()
        else:
            from_the_beginning = event.kind in _BRINGS_IN and first[event.kind] is event
            day = date.min if from_the_beginning else event.entered
        dated.append((day, event))
    return sorted(dated, key=lambda found: (found[0], _ORDER[found[1].kind], found[1].number))


def in_order(events: Iterable[MemberEvent]) -> list[MemberEvent]:
    """The events in the order of the days from which they are in force."""
    return [event for _day, event in _with_days(events)]


def standing(events: Iterable[MemberEvent], as_of: date | None = None) -> Standing:
    """What the events add up to on `as_of`, or at their end where that is None."""
    result = Standing()
    for day, found in groupby(_with_days(events), key=itemgetter(0)):
        if as_of is not None and day > as_of:
            break
        waiting = [event for _day, event in found]
        while waiting:
            # Who left one branch and arrived in another on one day left first, though arrivals come first.
            event = next((one for one in waiting if one.kind in _NEXT[result.state]), waiting[0])
            waiting.remove(event)
            result = _after(result, event, day)
    return result


def _after(before: Standing, event: MemberEvent, day: date) -> Standing:
    """The standing once `event` has happened on `day`."""
    changed: dict[str, Any] = {}
    if event.kind in _STATE_AFTER:
        changed = {"state": _STATE_AFTER[event.kind], "since": day}
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
