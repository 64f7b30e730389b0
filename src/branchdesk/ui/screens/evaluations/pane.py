"""What the segments of one evaluation have in common: a card, its detail, answers to the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from typing_extensions import override

from branchdesk.services.evaluations.sheets import OF_SUBJECT, EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.look import px
from branchdesk.ui.widgets.layouts import column, row

_ROOM_FOR_BOTH = 880


class PaneAnswers(QWidget):
    """What the screen wishes of a segment; one that has no answer does nothing."""

    def begin_new(self) -> bool:
        """Ctrl+N; False where the pane has nothing of its own to begin."""
        return False

    def print_here(self) -> bool:
        """Ctrl+P; False where the pane has nothing of its own to print."""
        return False

    def fill_menu(self, menu: QMenu) -> None:
        """What this pane adds to the menu of the evaluation."""

    def delete_chosen(self) -> bool:
        """Move what is chosen to the recycle bin; False where the pane has nothing of its own to move."""
        return False

    def step_record(self, *, backwards: bool = False) -> None:
        """Alt+Down and Alt+Up."""

    def set_low(self, *, low: bool) -> None:
        """Leave the height to the table where large letters meet a small screen."""

    def commit(self) -> None:
        """Store what is typed and not yet stored."""

    def go_to_open(self) -> None:
        """Go to what is still to be done here."""

    def step_problem(self, *, backwards: bool) -> bool:
        """F8: go to the next text that could not be stored; False where there is none."""
        del backwards
        return False


class EvaluationPane(PaneAnswers):
    """One segment. The screen calls `fill` whenever the evaluation in front or something in it changed.

    `filters` stand beside the segments and `buttons` in the head while the pane is in front; `sum` is said
    below the title. `refreshed` tells that the pane shows something else.
    """

    refreshed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sheet: EvaluationSheet | None = None
        self.filters: list[QWidget] = []
        self.buttons: list[QPushButton] = []
        self.sum = ""
        self.box = column(parent=self)
        self._left: QWidget | None = None
        self._right: QWidget | None = None
        self._wants_detail: bool | None = None

    def lay_beside(self, card: QWidget, detail: QWidget) -> None:
        """Put a card at the left and a detail at the right, which goes where there is no room for it."""
        self._left, self._right = card, detail
        line = row(gap=12)
        line.addWidget(card, 1)
        line.addWidget(detail)
        self.box.addLayout(line, 1)

    @property
    def may_write(self) -> bool:
        """Whether this person may change the evaluation in front now."""
        open_one = self.sheet is not None and not self.sheet.is_frozen
        return open_one and self.desk.branch.person.role.may_write

    # ---- what every pane answers

    def fill(self, sheet: EvaluationSheet) -> None:
        """Show an evaluation as it is stored."""
        raise NotImplementedError

    @property
    def subject(self) -> str:
        """The uid of the subject in front; empty where there is none."""
        return ""

    def show_subject(self, uid: str) -> None:
        """Go to a subject."""

    def show_finding(self, about: str) -> None:
        """Go to what a finding is about, as its field tells it; subjects where a pane knows nothing else."""
        if about.startswith(OF_SUBJECT):
            self.show_subject(about.removeprefix(OF_SUBJECT))

    def first_focus(self) -> QWidget:
        """Where work begins."""
        raise NotImplementedError

    def show_filters(self, *, shown: bool) -> None:
        """Show what narrows this pane, or hide it while another one is in front."""
        for part in self.filters:
            part.setVisible(shown)

    @property
    def parts(self) -> Sequence[QWidget]:
        """What F6 goes to, from the left."""
        return [part for part in (self._left, self._right) if part is not None] or [self]

    # ---- the detail

    def toggle_detail(self) -> None:
        """F4 shows what stands beside the card, or hides it."""
        if self._right is not None:
            self._wants_detail = self._right.isHidden()
            self.fit_detail()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_detail()

    def fit_detail(self) -> None:
        """Show what stands beside the card where there is room for it, or where it was asked for."""
        if self._right is not None:
            roomy = self.width() >= px(_ROOM_FOR_BOTH)
            self._right.setVisible(roomy if self._wants_detail is None else self._wants_detail)
