"""The evaluation in front: chosen in the list of all, read whole, remembered in another look."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from branchdesk.services.evaluations import reading
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.screens.evaluations.choosing import EvaluationChoice

# What the desk remembers while the window is built anew in another look.
_REMEMBERED = "evaluation_in_front"


class InFront(QObject):
    """Holds the list and the sheet of what is chosen in it. `changed` tells that another one was chosen."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.choice = EvaluationChoice()
        self.sheet: EvaluationSheet | None = None
        self.choice.currentIndexChanged.connect(self._follow_choice)

    def load(self, wanted: str = "") -> None:
        """Read the list and the evaluation in front, or another one that is wanted."""
        remembered = str(self._desk.property(_REMEMBERED) or "")
        self.choice.offer(self._desk.branch, wanted or self.choice.uid or remembered)
        self._read()

    def _follow_choice(self) -> None:
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        uid = self.choice.uid
        self.sheet = self._desk.do(partial(reading.sheet, self._desk.branch, uid)) if uid else None
        self._desk.setProperty(_REMEMBERED, uid)
