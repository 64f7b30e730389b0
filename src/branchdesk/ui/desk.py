"""What every screen works with: the open branch, undo, settings, and telling others what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.services.history import UndoHistory
from branchdesk.services.members import Outcome
from branchdesk.services.open_branch import Branch, Changes
from branchdesk.settings import Settings
from branchdesk.ui.input_method.detection import InputMethod
from branchdesk.ui.looks import Looks
from branchdesk.ui.preferences import Preferences
from branchdesk.ui.scratch import ScratchFolder

if TYPE_CHECKING:
    from branchdesk.ui.input_method.bridge import Bridge

Result = TypeVar("Result")


class Desk(QObject):
    """The clerk's desk. Screens call services through it and listen to it; they never call each other."""

    changed = Signal(object)
    toast_requested = Signal(str)
    undo_offered = Signal(str)
    problem_met = Signal(object)
    screen_requested = Signal(str, object)
    command_requested = Signal(object)

    def __init__(
        self, branch: Branch, preferences: Preferences, method: InputMethod, bridge: Bridge | None = None
    ) -> None:
        super().__init__()
        self.branch = branch
        self.typing = (method, bridge)
        self.preferences = preferences
        preferences.not_kept.connect(self.problem_met)
        self.undo_history = UndoHistory(branch)
        self.saved_at: datetime | None = None
        self._scratch: ScratchFolder | None = None
        self.revealed = False
        self._way_back: tuple[str, str, object] | None = None
        self.looks = Looks(preferences, self)

    def do(self, work: Callable[[], Result], done: str = "") -> Result | None:
        """Carry out one service. A Problem is shown and gives None; a change is told to everybody.

        `done` is what a toast says afterwards, with 撤销 where something was changed.
        """
        try:
            result = work()
        except Problem as problem:
            self.problem_met.emit(problem)
            return None
        changes = changes_in(result)
        if changes is not None and changes:
            self.undo_history.note(changes)
            self._tell(changes)
        if done:
            (self.undo_offered if changes else self.toast_requested).emit(done)
        return result

    def adopt(self, result: Any) -> None:
        """Take note of what a long work on the worker has changed."""
        changes = changes_in(result)
        if changes is not None and changes:
            self.undo_history.note(changes)
            self._tell(changes)

    # ---- ways between screens

    def visit(self, key: str, target: object, back: tuple[str, object]) -> None:
        """Ask for a screen that leads back to the screen and target `back` instead of to its list."""
        self._way_back = (key, *back)
        self.screen_requested.emit(key, target)

    def forget_way_back(self, key: str) -> None:
        """Drop the way back of any other screen than `key`, which has come to the front."""
        if self._way_back is not None and self._way_back[0] != key:
            self._way_back = None

    def go_back_from(self, key: str, usual: str) -> None:
        """Ask for the screen from which `key` was visited, else for the usual one."""
        way, self._way_back = self._way_back, None
        if way is not None and way[0] == key:
            self.screen_requested.emit(*way[1:])
        else:
            self.screen_requested.emit(usual, None)

    def scratch_folder(self) -> Path:
        """A folder for copies that other programs open; it is emptied when the desk is left."""
        if self._scratch is None:
            self._scratch = ScratchFolder()
        return self._scratch.path

    def leave(self) -> None:
        """Close the branch and remove what was lying about."""
        if self._scratch is not None:
            self._scratch.remove()
        self.branch.close()

    def undo(self) -> None:
        """Take back the last step of this person."""
        self._step(self.undo_history.next_undo, self.undo_history.undo, _("没有可以撤销的操作。"))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self.undo_history.next_redo, self.undo_history.redo, _("没有可以恢复的操作。"))

    def _step(self, label: str | None, step: Callable[[], Changes | None], nothing: str) -> None:
        if label is None:
            self.toast_requested.emit(nothing)
            return
        try:
            changes = step()
        except Problem as problem:
            self.problem_met.emit(problem)
            return
        if changes:
            self._tell(changes)
            self.toast_requested.emit(changes.label)

    def _tell(self, changes: Changes) -> None:
        self.saved_at = clock.now().astimezone()
        self.changed.emit(changes)

    @property
    def settings(self) -> Settings:
        """The settings of this person."""
        return self.preferences.now


def changes_in(result: Any) -> Changes | None:
    """The change that a service's answer holds, if it holds one."""
    if isinstance(result, Changes):
        return result
    if isinstance(result, Outcome):
        return result.changes
    if isinstance(result, tuple):
        return next((found for part in result if (found := changes_in(part)) is not None), None)
    found = getattr(result, "changes", None)
    return found if isinstance(found, Changes) else None
