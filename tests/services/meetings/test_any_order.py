"""A clerk who does anything in any order: every step can be taken back and done again (expectation H13)."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.errors import Problem
from branchdesk.services import recycle_bin
from branchdesk.services.history import UndoHistory
from branchdesk.services.meetings import (
    attaching,
    attending,
    deciding,
    editing,
    life,
    planning,
    reading,
    voting,
)
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.storage.changes import Changes
from services.meetings.scenes import ASSEMBLY, GROUP, THEME_DAY, House
from support.branches import FIRST_GROUP, edit
from support.contents import assert_sound, facts

STEPS = 50
_WORDS = ("学习公报", "讨论工作", "民主评议", "缴纳党费", "志愿服务", "谈心谈话")


class Clerk:
    """Does one thing after another; refusals are part of the work."""

    def __init__(self, house: House, seed: int) -> None:
        self._house = house
        self._branch = house.branch
        self._chance = random.Random(seed)
        self._turn = 0

    def _word(self) -> str:
        self._turn += 1
        return f"{self._chance.choice(_WORDS)}{self._turn}"

    def _some(self) -> str:
        return self._chance.choice(reading.meeting_list(self._branch)).uid

    def do_something(self) -> Changes | None:
        """One step; None where it was refused or there was nothing to do it with."""
        doing: list[Callable[[], Changes]] = [
            self.plan,
            self.plan_again,
            self.type_a_field,
            self.change_the_agenda,
            self.write_minutes,
            self.mark_somebody,
            self.vote,
            self.decide,
            self.close,
            self.step,
            self.step,
            self.reopen,
            self.add_a_guest,
            self.attach,
            self.delete_and_perhaps_bring_back,
            self.change_the_roster,
        ]
        try:
            return self._chance.choice(doing)()
        except (Problem, IndexError):
            return None

    def plan(self) -> Changes:
        """Begin a meeting of some kind on some day."""
        kind, group = self._chance.choice(
            [(ASSEMBLY, None), (THEME_DAY, None), (GROUP, self._house.groups[FIRST_GROUP])]
        )
        held = f"2026.{self._chance.randrange(1, 11)}.{self._chance.randrange(1, 28)} 15:00-16:30"
        return planning.plan_meeting(
            self._branch, kind, self._house.root, {"held": held, "place": self._word()}, group=group
        ).changes

    def plan_again(self) -> Changes:
        """Begin one like another."""
        return planning.plan_like(self._branch, self._some()).changes

    def type_a_field(self) -> Changes:
        """Type into a field, a date among them."""
        held = f"2026.11.{self._chance.randrange(1, 21)} 9:00"
        typed = self._chance.choice(
            [{"place": self._word()}, {"held": held}, {"chair": "周建国"}, {"place": ""}]
        )
        return editing.set_values(self._branch, self._some(), typed).changes

    def change_the_agenda(self) -> Changes:
        """Reorder, drop and add points."""
        uid = self._some()
        items: list[tuple[str | None, str]] = [
            (one.uid, one.title) for one in self._house.meeting(uid).agenda
        ]
        self._chance.shuffle(items)
        return editing.set_agenda(self._branch, uid, [*items[:3], (None, self._word())]).changes

    def write_minutes(self) -> Changes:
        """Write what was said under the first point."""
        uid = self._some()
        first = self._house.meeting(uid).agenda[0]
        text = f"一、{first.title}\n周建国：{self._word()}。\n{self._word()}。"
        return editing.set_minutes(self._branch, uid, text).changes

    def mark_somebody(self) -> Changes:
        """Mark one person or all."""
        uid = self._some()
        if self._chance.random() < 0.5:
            return attending.mark_all_present(self._branch, uid).changes
        one = self._chance.choice(self._house.meeting(uid).attendance)
        presence = self._chance.choice(list(Presence))
        return attending.mark(self._branch, uid, {one.uid: presence}, self._word()).changes

    def vote(self) -> Changes:
        """Add a vote, on a point of the agenda where there is one."""
        uid = self._some()
        agenda = self._house.meeting(uid).agenda
        entry = VoteEntry(self._word(), in_favour="3", agenda=agenda[0].uid if agenda else None)
        return voting.add_vote(self._branch, uid, entry).changes

    def decide(self) -> Changes:
        """Decide something."""
        return deciding.add_decision(self._branch, self._some(), DecisionEntry(self._word())).changes

    def close(self) -> Changes:
        """Close what is open."""
        one = self._chance.choice(deciding.open_decisions(self._branch))
        return deciding.close_decision(self._branch, one.meeting, one.decision.uid, self._word()).changes

    def step(self) -> Changes:
        """Go on in the life of a meeting."""
        uid = self._some()
        order = list(MeetingState)
        following = order[order.index(self._house.meeting(uid).state) + 1]
        if following is MeetingState.FINALISED:
            return life.finalise(self._branch, uid, accept=True).changes
        return life.move(self._branch, uid, following).changes

    def reopen(self) -> Changes:
        """Open final minutes again."""
        return life.reopen(self._branch, self._some(), self._word()).changes

    def add_a_guest(self) -> Changes:
        """Add a line to the form's own table."""
        uid = self._some()
        return editing.add_line(self._branch, uid, "guests", {"guest_name": self._word()}).changes

    def attach(self) -> Changes:
        """Add a file."""
        return attaching.attach_content(self._branch, self._some(), "照片.png", b"\x89PNG\r\n\x1a\n").changes

    def delete_and_perhaps_bring_back(self) -> Changes:
        """Move a meeting to the recycle bin, or take one out."""
        binned = recycle_bin.bin_items(self._branch)
        if binned:
            return recycle_bin.take_back(self._branch, binned[:1])
        return planning.remove_meetings(self._branch, [self._some()], self._word())

    def change_the_roster(self) -> Changes:
        """Correct somebody's name."""
        return edit(self._branch, self._house.people["何静"], name=f"何静{self._turn % 3}").changes


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_was_done_is_undone_step_by_step_and_done_again(house: House, seed: int) -> None:
    clerk, history = Clerk(house, seed), UndoHistory(house.branch)
    begin = facts(house.branch)
    history.note(clerk.plan())
    steps = 1
    for _turn in range(STEPS):
        changes = clerk.do_something()
        if changes:
            history.note(changes)
            steps += 1
    end = facts(house.branch)
    assert steps > STEPS // 2
    assert_sound(house.branch)
    for _turn in range(steps):
        assert history.undo()
    assert facts(house.branch) == begin
    for _turn in range(steps):
        assert history.redo()
    assert facts(house.branch) == end
    assert_sound(house.branch)
