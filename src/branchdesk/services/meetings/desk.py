"""A meeting on the desk: what every edit of it needs, and what forbids an edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from branchdesk.domain.meetings.model import Meeting
from branchdesk.errors import Problem
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.storage import records
from branchdesk.storage.branch import Branch
from branchdesk.storage.meeting_people import PersonOnDay, around_of
from branchdesk.storage.meetings import meeting_at_hand


@dataclass(frozen=True)
class Desk:
    """A meeting, the form in the version it is filled in, and the people of its day where they are wanted."""

    meeting: Meeting
    form: Form
    around: Surroundings
    people: Sequence[PersonOnDay]

    @property
    def called(self) -> str:
        """What labels of changes call the meeting."""
        return called(self.meeting, self.form)


def called(meeting: Meeting, form: Form | None) -> str:
    """The meeting in a few words: its kind with its number in the year, else its kind; else its title."""
    if form is None:
        return meeting.title
    if meeting.number is None:
        return form.shown()
    return _("{year} 年第 {n} 次{kind}", year=meeting.year, n=meeting.number, kind=form.shown())


class _Part(Protocol):
    """A row of a meeting."""

    @property
    def uid(self) -> str:
        """What names it for ever."""


class _Placed(Protocol):
    """A row of a meeting with its place among its like."""

    @property
    def position(self) -> int:
        """The place, counted from 0."""


_P = TypeVar("_P", bound=_Part)


def one_of(parts: Iterable[_P], uid: str) -> _P:
    """The part of a meeting that is to be changed. Raises Problem for one that is no longer there."""
    found = next((one for one in parts if one.uid == uid), None)
    if found is None:
        raise Problem(_("要改的这一项已经不在了，没有保存。"), _("请重新打开这个会议再看一遍。"))
    return found


def next_place(parts: Sequence[_Placed]) -> int:
    """The place behind all that a meeting holds of a sort; what was taken out leaves gaps."""
    return 1 + max((one.position for one in parts), default=-1)


def put_on_desk(branch: Branch, uid: str, *, day: date | None = None, with_people: bool = False) -> Desk:
    """A meeting that is to be changed, perhaps with the people of `day`, by default its own day.

    Raises Problem for one that is final, lies in the recycle bin or is not there.
    """
    desk = look_at(branch, uid, day=day, with_people=with_people)
    if desk.meeting.state.is_locked:
        raise Problem(
            _("“{meeting}”已定稿，不能修改。", meeting=desk.called),
            _("需要改动请先“重新打开”并写明原因。"),
        )
    return desk


def look_at(branch: Branch, uid: str, *, day: date | None = None, with_people: bool = False) -> Desk:
    """A meeting with everything that showing or changing it needs, perhaps the people of its day.

    Raises Problem for one that lies in the recycle bin or is not there, or whose form cannot be read.
    """
    with branch.read() as connection:
        meeting = meeting_at_hand(connection, uid)
        around, people = around_of(
            connection, meeting.organisation, day or meeting.day, with_people=with_people
        )
        form = records.form_at_hand(records.shelf_of(connection), meeting.kind, meeting.version)
        return Desk(meeting, form, around, people)
