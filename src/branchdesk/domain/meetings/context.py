"""What the checks of minutes know beside the meeting itself, and where in it texts and people stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from branchdesk.domain.meetings.figures import name_of, place_of
from branchdesk.domain.meetings.model import Meeting
from branchdesk.domain.names import same_name_key
from branchdesk.i18n import _
from branchdesk.rulebook import RuleBook

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_KINDS: Mapping[str, Mapping[str, str]] = MappingProxyType({})
TABLES = frozenset({"agenda", "attendance", "passages", "votes", "decisions"})
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?:/(\d{2}:\d{2}))?")
_UID = re.compile(r"@[0-9a-z]+")


@dataclass(frozen=True)
class MinutesContext:
    """What checks of minutes need to know.

    `day` chooses the rules: the day of the meeting, or today where that is not known. `earlier` are the
    meetings before in the series (same form, same organisation or group), `others` any around that day.
    `other_branches` are names of other organisations, `members` names of all who may chair and record by uid,
    `term` the first and last day of the committee's term. `roles` gives the field id of each role of the
    form, `roles_by_kind` that of other forms, `labels` the names of fields, `tables` the kinds of tables that
    the form has. `of_committee` marks a meeting of the branch committee.
    """

    rules: RuleBook
    day: date
    earlier: Sequence[Meeting] = ()
    other_branches: Sequence[str] = ()
    members: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    term: tuple[date | None, date | None] = (None, None)
    roles: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    today: date = date.max
    others: Sequence[Meeting] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    tables: frozenset[str] = TABLES
    of_committee: bool = False
    roles_by_kind: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NO_KINDS)

    def role(self, meeting: Meeting, role: str) -> str:
        """What stands in the field of a role; empty where the form has none or nothing was entered."""
        roles = self.roles_by_kind.get(meeting.kind, self.roles)
        return meeting.values.get(roles.get(role, ""), "")


@dataclass(frozen=True, slots=True)
class Place:
    """A text in a meeting: what a sentence calls the place, where the window finds it, and the text."""

    label: str
    field: str
    text: str


def places(meeting: Meeting, context: MinutesContext) -> Iterator[Place]:
    """The texts that minutes are made of: headings, what was said, votes and decisions."""
    yield from headings(meeting, context)
    yield from spoken(meeting)
    for vote in meeting.votes:
        yield Place(
            _("表决“{vote}”", vote=name_of(vote)), place_of(vote), f"{vote.subject} {vote.person_name}"
        )
    for decision in meeting.decisions:
        text = f"{decision.text} {decision.responsible} {decision.feedback}"
        yield Place(_("议定事项“{text}”", text=shortened(decision.text)), "decisions", text)


def headings(meeting: Meeting, context: MinutesContext) -> Iterator[Place]:
    """The title, the agenda and what the form's own fields and tables hold."""
    yield Place(_("会议名称"), "title", meeting.title)
    for item in meeting.agenda:
        yield Place(_("会议议题“{text}”", text=shortened(item.title)), "agenda", item.title)
    named = {own: role for role, own in context.roles.items()}
    for own, value in meeting.values.items():
        label = _("“{label}”", label=context.labels.get(own, own))
        yield Place(label, named.get(own, own), without_uids(value))
    for table, lines in meeting.lines.items():
        for number, line in enumerate(lines, start=1):
            label = _("“{label}”第 {n} 行", label=context.labels.get(table, table), n=number)
            yield Place(label, f"lines:{table}", without_uids(" ".join(line.values.values())))


def spoken(meeting: Meeting) -> Iterator[Place]:
    """The paragraphs of the minutes."""
    for number, passage in enumerate(sorted(meeting.passages, key=lambda one: one.position), start=1):
        yield Place(_("会议记录第 {n} 段", n=number), "passages", f"{passage.speaker} {passage.text}")


_LONGEST = 16


def shortened(text: str) -> str:
    """A text as a sentence quotes it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def without_uids(value: str) -> str:
    """A stored value without the identities behind the names of people."""
    return _UID.sub("", value)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person named in a field: the name, and the uid where the name was matched."""

    name: str
    uid: str | None = None

    def is_one_of(self, members: Mapping[str, str]) -> bool:
        """Whether it is one of the members: by uid, and by the name where there is no uid."""
        if self.uid is not None:
            return self.uid in members
        key = same_name_key(self.name)
        return any(same_name_key(name) == key for name in members.values())

    def same_as(self, other: Somebody) -> bool:
        """Whether both are the same person, as far as can be told."""
        if self.uid is not None and other.uid is not None:
            return self.uid == other.uid
        return same_name_key(self.name) == same_name_key(other.name)


def people_of(value: str) -> list[Somebody]:
    """The people in a stored value of names, 姓名@uid joined by 、."""
    found = []
    for part in filter(None, map(str.strip, value.split("、"))):
        name, _at, uid = part.partition("@")
        found.append(Somebody(name, uid or None))
    return found


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when a meeting took place."""

    start: datetime
    end: datetime

    def overlaps(self, other: Hours) -> bool:
        """Whether both have some time in common."""
        return self.start < other.end and other.start < self.end


def hours_of_meeting(meeting: Meeting, context: MinutesContext) -> Hours | None:
    """When a meeting began and ended; None where no hour was entered.

    Without an end a meeting is taken to last as long as the rule says.
    """
    span = _SPAN.fullmatch(context.role(meeting, "when"))
    if span is None:
        return None
    try:
        start = datetime.fromisoformat(f"{span[1]}T{span[2]}")
        end = datetime.fromisoformat(f"{span[1]}T{span[3]}") if span[3] else None
    except ValueError:  # what was typed is no time of a clock; the field says so
        return None
    assumed = context.rules.at("assumed_minutes", start.date()).value
    return Hours(start, end or start + timedelta(minutes=assumed))
