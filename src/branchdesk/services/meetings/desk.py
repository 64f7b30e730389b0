"""A meeting on the desk: what every edit of it needs, and what forbids an edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


def called(meeting: Meeting, form: Form) -> str:
    """The meeting in a few words: its kind with its number in the year, else its kind."""
    if meeting.number is None:
        return form.shown()
    return _("{year} 年第 {n} 次{kind}", year=meeting.year, n=meeting.number, kind=form.shown())


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

    Raises Problem for one that lies in the recycle bin or is not there.
    """
    with branch.read() as connection:
        meeting = meeting_at_hand(connection, uid)
        around, people = around_of(
            connection, meeting.organisation, day or meeting.day, with_people=with_people
        )
        form = records.shelf_of(connection).form(meeting.kind, meeting.version)
        return Desk(meeting, form, around, people)
