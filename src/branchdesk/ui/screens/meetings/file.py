"""What the editor shows of one meeting, read in one go, and the way every edit of it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from branchdesk.domain.meetings.model import Meeting
from branchdesk.findings import Finding
from branchdesk.forms.fields import Surroundings
from branchdesk.forms.language import Form, FormTable
from branchdesk.services.meetings import editing, reading
from branchdesk.services.meetings.outcomes import MeetingOutcome
from branchdesk.services.meetings.reading import FinalVersion
from branchdesk.services.meetings.voting import verdicts
from branchdesk.services.open_branch import Branch
from branchdesk.ui.desk import Desk
from branchdesk.ui.fields.lines_editor import ShownLine
from branchdesk.ui.fields.shown import shown_texts
from branchdesk.ui.screens.meetings.judging import judged_vote
from branchdesk.ui.screens.meetings.votes_panel import JudgedVote


@dataclass(frozen=True)
class MeetingFile:
    """One meeting with its form, what its fields choose from, and what follows from its votes."""

    meeting: Meeting
    form: Form
    around: Surroundings
    votes: tuple[JudgedVote, ...]
    versions: tuple[FinalVersion, ...]
    may_write: bool

    @property
    def is_open(self) -> bool:
        """Whether it may be changed here and now."""
        return self.may_write and not self.meeting.state.is_locked

    @property
    def has_votes(self) -> bool:
        """Whether meetings of this kind vote."""
        return self.form.meeting is not None and self.form.meeting.votes

    def texts(self) -> dict[str, str]:
        """The values of the form's fields as editors begin with them."""
        return shown_texts(self.form.fields, self.meeting.values, self.around.vocabulary)

    def lines_of(self, table: FormTable) -> list[ShownLine]:
        """The lines of one of the form's own tables as its editor shows them."""
        return [
            ShownLine(line.uid, shown_texts(table.fields, line.values, self.around.vocabulary))
            for line in self.meeting.lines.get(table.id, ())
        ]

    def role_text(self, role: str) -> str:
        """What stands in the field of a role; empty where the form has none."""
        field = self.form.by_role(role)
        if field is None:
            return ""
        return field.type.show(field, self.meeting.values.get(field.id), self.around.vocabulary)


class HoldsFile(Protocol):
    """Whatever works on the meeting in front and is told which one that is."""

    file: MeetingFile | None


def load_file(branch: Branch, uid: str) -> MeetingFile:
    """Read a meeting. Raises Problem for one that lies in the recycle bin or is not there."""
    meeting = reading.meeting(branch, uid)
    judged = verdicts(branch, meeting)
    return MeetingFile(
        meeting=meeting,
        form=reading.form_of(branch, meeting),
        around=reading.surroundings_of(branch, uid),
        votes=tuple(judged_vote(vote, judged.get(vote.uid)) for vote in meeting.votes),
        versions=tuple(reading.versions(branch, uid)),
        may_write=branch.person.role.may_write,
    )


class MeetingEdits(QObject):
    """Carries out edits of the meeting in front. `refused` asks to show what is stored again."""

    refused = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.uid = ""
        self._remarks: dict[str, tuple[Finding, ...]] = {}

    def begin(self, uid: str) -> None:
        """Go on with another meeting."""
        if uid != self.uid:
            self.uid = uid
            self._remarks.clear()

    def do(
        self,
        service: Callable[..., MeetingOutcome],
        *arguments: Any,
        done: str = "",
        **named: Any,
    ) -> MeetingOutcome | None:
        """Carry out one service on the meeting; None where it was refused, which has been told by then."""
        outcome = self.desk.do(partial(service, self.desk.branch, self.uid, *arguments, **named), done)
        if outcome is None:
            self.refused.emit()
        return outcome

    def set_field(self, field_id: str, text: str) -> None:
        """Store a field of the form; what there is to say about the text is kept until it changes."""
        # The remarks are wanted while the change is told, so they are taken from a first look.
        before = self._remarks.pop(field_id, None)
        outcome = self.do(editing.set_values, {field_id: text})
        if outcome is not None:
            self._remarks[field_id] = outcome.findings
        elif before is not None:
            self._remarks[field_id] = before

    @property
    def remarks(self) -> Sequence[Finding]:
        """What was said about the fields that were typed since the meeting came to the front."""
        return [finding for findings in self._remarks.values() for finding in findings]
