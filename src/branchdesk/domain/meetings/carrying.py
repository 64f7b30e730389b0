"""What a meeting leaves to the next one: open items of a series, and the structure that is copied."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from types import MappingProxyType

from branchdesk.domain.meetings.model import Decision, Meeting, MeetingState

_DATED = re.compile(r"\d|[一二三四五六七八九十〇○零]+[年月日次]|第[一二三四]季度|[上下]半年")


def open_items(earlier: Sequence[Meeting]) -> list[Decision]:
    """The decisions of some meetings of a series that are not closed and that none of them carries on."""
    decisions = [one for meeting in earlier for one in meeting.decisions]
    carried_on = {one.carried_from for one in decisions}
    return [one for one in decisions if not one.closed and one.uid not in carried_on]


def dropped(earlier: Sequence[Meeting], meeting: Meeting) -> list[Decision]:
    """The open items of the meetings before that `meeting` neither carries on nor puts on its agenda."""
    taken_up = {one.carried_from for one in meeting.decisions} | {one.carried_from for one in meeting.agenda}
    before = [one for one in earlier if one.uid != meeting.uid]
    return [one for one in open_items(before) if one.uid not in taken_up]


def copied_from(meeting: Meeting, uid_maker: Callable[[], str], keep: Collection[str] = ()) -> Meeting:
    """A new planned meeting with the structure of `meeting`: its form, its title and its agenda.

    Never copied are the date, the number, attendance, what was said, votes, decisions, signatures, files and
    what was carried over from before. Of the form's own values only those of the fields in `keep` are taken,
    such as place and chair; a title that names a time or a number is left out.
    """
    agenda = [one for one in meeting.agenda if one.carried_from is None]
    return Meeting(
        uid=uid_maker(),
        kind=meeting.kind,
        version=meeting.version,
        organisation=meeting.organisation,
        organisation_name=meeting.organisation_name,
        group=meeting.group,
        group_name=meeting.group_name,
        title="" if _DATED.search(meeting.title) else meeting.title,
        state=MeetingState.PLANNED,
        values=MappingProxyType({field: meeting.values[field] for field in keep if field in meeting.values}),
        agenda=tuple(replace(one, uid=uid_maker(), position=place) for place, one in enumerate(agenda)),
    )
