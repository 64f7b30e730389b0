"""What the screen of one inspection shows, read in one go, and the way every edit of it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from branchdesk.domain.inspections.model import InspectionState, Stage
from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.services.inspections import reading
from branchdesk.services.inspections.holders import holders_of
from branchdesk.services.inspections.sheets import Sheet
from branchdesk.services.members import vocabulary_of
from branchdesk.services.open_branch import Branch
from branchdesk.ui.desk import Desk
from branchdesk.ui.fields.shown import shown_texts
from branchdesk.ui.screens.inspection.lines import ShownLine, lines_of

_BEFORE_THE_CHECK = {InspectionState.DRAFTED, InspectionState.ISSUED}


@dataclass(frozen=True)
class InspectionFile:
    """One inspection with what its fields choose from, and whether this person may write."""

    sheet: Sheet
    vocabulary: Vocabulary
    may_write: bool
    holders: Mapping[str, str]  # names by the posts that answer for the lines

    @property
    def uid(self) -> str:
        """By what the inspection is known."""
        return self.sheet.inspection.uid

    @property
    def state(self) -> InspectionState:
        """How far it has come."""
        return self.sheet.inspection.state

    @property
    def is_open(self) -> bool:
        """Whether scores may be changed here and now."""
        return self.may_write and not self.state.is_scored

    @property
    def stage(self) -> Stage:
        """Who scores now."""
        return Stage.SELF if self.state in _BEFORE_THE_CHECK else Stage.CHECK

    @cached_property
    def lines(self) -> tuple[ShownLine, ...]:
        """The lines in the order of the paper."""
        return tuple(lines_of(self.sheet, self.holders))

    def line(self, indicator: str) -> ShownLine | None:
        """A line by its id."""
        return next((one for one in self.lines if one.indicator.id == indicator), None)

    def head_texts(self) -> dict[str, str]:
        """The fields of the head of the form as editors begin with them."""
        return shown_texts(self.sheet.form.fields, self.sheet.inspection.values, self.vocabulary)


def load_inspection(branch: Branch, uid: str) -> InspectionFile:
    """Read an inspection. Raises Problem for one that lies in the recycle bin or is not there."""
    sheet = reading.sheet(branch, uid)
    day = min(sheet.period.end, sheet.today)
    posts = {one.post for one in sheet.scheme.indicators if one.post}
    holders = holders_of(branch, sheet.inspection.organisation, day, posts)
    return InspectionFile(sheet, vocabulary_of(branch), branch.person.role.may_write, holders)


class InspectionEdits(QObject):
    """Carries out edits of the inspection in front. `refused` asks to show what is stored again."""

    refused = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.uid = ""

    def do(self, service: Callable[..., Any], *arguments: Any, done: str = "", **named: Any) -> Any:
        """Carry out one service on the inspection; None where it was refused, which has been told by then."""
        return self.carry_out(partial(service, self.desk.branch, self.uid, *arguments, **named), done)

    def carry_out(self, work: Callable[[], Any], done: str = "") -> Any:
        """Carry out any service; None where it was refused, which has been told by then."""
        outcome = self.desk.do(work, done)
        if outcome is None:
            self.refused.emit()
        return outcome

    def attempt(self, service: Callable[..., Any], *arguments: Any, **named: Any) -> Problem | None:
        """Carry out one service on the inspection; what speaks against it is said beside the field."""
        return self.attempt_work(partial(service, self.desk.branch, self.uid, *arguments, **named))

    def attempt_work(self, work: Callable[[], Any]) -> Problem | None:
        """Carry out any service; what speaks against it is handed back."""
        try:
            outcome = work()
        except Problem as problem:
            return problem
        self.desk.adopt(outcome)
        return None
