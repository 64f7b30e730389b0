"""Where a member stands: what the typed events of a Party life add up to, on any day.

An event with an incomplete date counts from the first day that it may mean. One without a date counts
from the beginning where it brings a member in, and from the day it was entered where it takes one out,
so that the roster as of a day is the same whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from branchdesk.partial_dates import PartialDate


class EventKind(StrEnum):
    """The kinds of events; of one day they happen in this order."""

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


@dataclass(frozen=True, slots=True)
class MemberEvent:
    """One event of a Party life.

    `on` is None where nobody knows the date; `entered` is the day it was put in. `organisation` and
    `group` are uids of the tree, `place` an organisation outside it, `number` the place of the event
    among equals.
    """

    kind: EventKind
    on: PartialDate | None
    entered: date
    organisation: str | None = None
    group: str | None = None
    number: int = 0

    def counts_from(self) -> date:
        """The day from which it is in force."""
        if self.on is not None:
            return self.on.first_day()
        return date.min if self.kind in _BRINGS_IN else self.entered


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


def in_order(events: Iterable[MemberEvent]) -> list[MemberEvent]:
    """The events in the order in which they take effect."""
    return sorted(events, key=lambda event: (event.counts_from(), _ORDER[event.kind], event.number))


def standing(events: Iterable[MemberEvent], as_of: date | None = None) -> Standing:
    """What the events add up to on `as_of`, or at their end where that is None."""
    result = Standing()
    for event in in_order(events):
        if as_of is not None and event.counts_from() > as_of:
            break
        result = _after(result, event)
    return result


def _after(before: Standing, event: MemberEvent) -> Standing:
    """The standing once `event` has happened."""
    changed: dict[str, Any] = {}
    if event.kind in _STATE_AFTER:
        changed = {"state": _STATE_AFTER[event.kind], "since": event.counts_from()}
        brought_back = changed["state"] is State.ACTIVE
        changed["left_on"] = None if brought_back else event.on
    match event.kind:
        case EventKind.ADMITTED:
            changed["category"] = before.category or Category.PROBATIONARY
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


# What may be recorded next, by where the member stands.
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
    State.ENDED: (EventKind.RESTORED,),
    State.DEAD: (),
}


def possible_events(now: Standing) -> tuple[EventKind, ...]:
    """The kinds of events that may follow a standing; a full member is not confirmed again."""
    full = now.category is Category.FULL
    return tuple(
        kind for kind in _NEXT[now.state] if not (full and kind in {EventKind.CONFIRMED, EventKind.EXTENDED})
    )
