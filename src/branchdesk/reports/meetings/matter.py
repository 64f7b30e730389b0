"""What the papers of one meeting print, and what they all ask of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from branchdesk.domain.meetings.counting_heads import Heads, heads_of
from branchdesk.domain.meetings.figures import filled_from
from branchdesk.domain.meetings.model import AgendaItem, Attendance, Meeting, Presence, Vote
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field, Form, FormTable
from branchdesk.reports.filled import Filled
from branchdesk.reports.meetings.outcomes import NO_OUTCOME, Outcome

_GUESTS = "列席"
_DRAFT = "草稿"


@dataclass(frozen=True, slots=True)
class Matter:
    """A meeting in the version of its form, with what was worked out about it.

    `figures` are the texts of computed fields, `outcomes` what came of the votes by their uid. `late` means
    written down later than the rule allows without a note. `made_on` is the day of the paper itself. A
    form `for_the_pen` is empty and has room for what is said.
    """

    form: Form
    meeting: Meeting
    made_on: date
    vocabulary: Vocabulary
    figures: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    late: bool = False
    draft: bool = False
    for_the_pen: bool = False

    @property
    def filled(self) -> Filled:
        """The boxes of the form."""
        meeting = self.meeting
        return Filled(
            self.form, meeting.values, meeting.lines, self.vocabulary, self.figures, files=meeting.files
        )

    @property
    def heads(self) -> Heads:
        """How many were expected and came."""
        return heads_of(self.meeting)

    @property
    def watermark(self) -> str:
        """What marks every page of a paper that may still change."""
        return _DRAFT if self.draft else ""

    @property
    def organisation(self) -> str:
        """The full name of who met: the branch, and the group where it is one that met."""
        return f"{self.meeting.organisation_name}{self.meeting.group_name}"

    @property
    def title(self) -> str:
        """What the meeting is called."""
        return self.meeting.title or self.form.title

    @property
    def kind(self) -> str:
        """What meetings of this kind are called."""
        return self.form.title.removesuffix("记录")

    @property
    def count(self) -> str:
        """Which of its kind in the year it was."""
        meeting = self.meeting
        return f"{meeting.year}年第{meeting.number}次" if meeting.year and meeting.number else ""

    @property
    def called(self) -> str:
        """The kind of meeting with which of its kind it was."""
        return f"{self.kind}（{self.count}）" if self.count else self.kind

    @property
    def day(self) -> str:
        """The day, spelled; empty where there is none yet."""
        return self.meeting.on.spelled() if self.meeting.on is not None else ""

    def role(self, role: str) -> str:
        """The text of the field that plays a role; empty where the form has none, or it is empty."""
        one = self.form.by_role(role)
        return self.filled.text(one) if one is not None else ""

    def time(self) -> str:
        """When it is: the day with its hours, as far as they are known."""
        return self.role("when") or self.day

    def agenda(self) -> Sequence[AgendaItem]:
        """The points of the agenda in order."""
        return sorted(self.meeting.agenda, key=lambda item: item.position)

    def topics(self) -> str:
        """The points of the agenda, numbered one below the other; without an agenda the topic."""
        items = self.agenda()
        if len(items) == 1:
            return items[0].title
        return "\n".join(f"{n}.{item.title}" for n, item in enumerate(items, start=1)) or self.role("topic")

    def attendance(self, *presences: Presence) -> list[Attendance]:
        """Those expected, in order; with presences only those marked so.

        Who may be left out of those expected (domain 1.4 E12) is not among them.
        """
        people = sorted(self.meeting.attendance, key=lambda person: person.position)
        expected = [person for person in people if person.counts]
        return [person for person in expected if not presences or person.presence in presences]

    def guest_field(self) -> Field | None:
        """The field that names who sat in without being expected."""
        return next((one for one in self.filled.visible() if _GUESTS in one.label), None)

    def guest_table(self) -> FormTable | None:
        """The table that lists them, where the form has one."""
        return next((table for table in self.form.tables if _GUESTS in table.label), None)

    def guests(self) -> list[str]:
        """Who sat in without being expected, each with what he is where that is known."""
        filled = self.filled
        table = self.guest_table()
        if table is not None:
            return filled.people(table)
        one = self.guest_field()
        text = filled.text(one) if one is not None else ""
        return [name for name in text.replace("，", "、").split("、") if name]

    def votes(self) -> list[Vote]:
        """The votes in order; numbers of people that they do not have themselves are those of the roll."""
        heads = self.heads
        votes = sorted(self.meeting.votes, key=lambda vote: vote.position)
        return [filled_from(vote, heads) for vote in votes]

    def outcome(self, vote: str) -> Outcome:
        """What came of a vote."""
        return self.outcomes.get(vote, NO_OUTCOME)
