"""A row of keys with the points that a line can get, the most first; a key is pressed or chosen by arrows."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from branchdesk.i18n import _
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import restyle

_MOST_KEYS = 11
# Up to so many points there is room for halves; above them only whole points have keys.
_HALVES_UP_TO = 2
_BREADTH = 34


def steps_of(full: Decimal) -> list[Decimal]:
    """The points that have a key, the most first; none where they would be too many."""
    step = Decimal("0.5") if full <= _HALVES_UP_TO else Decimal(1)
    count = int(full / step)
    below = [step * place for place in range(count, -1, -1)]
    keys = below if below[0] == full else [full, *below]
    return keys if len(keys) <= _MOST_KEYS else []


class ScoreKeys(QWidget):
    """Keys for the points of one line. `chosen` tells the points as a text."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[Decimal] = []
        self._group = QButtonGroup(self)
        self._keys: list[QPushButton] = []
        self._line = row(gap=0, parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_points(self, full: Decimal | None) -> None:
        """Show the keys of a line that has `full` points; None hides them all."""
        self._steps = steps_of(full) if full is not None else []
        while len(self._keys) < len(self._steps):
            self._add_key()
        for place, key in enumerate(self._keys):
            shown = place < len(self._steps)
            key.setVisible(shown)
            if shown:
                words = f"{self._steps[place].normalize():f}"
                key.setText(words)
                key.setAccessibleName(_("{points} 分", points=words))
                last = place == len(self._steps) - 1
                restyle(key, "edge", "first" if place == 0 else "last" if last else "")
        self.setVisible(bool(self._steps))

    def _add_key(self) -> None:
        place = len(self._keys)
        key = button("", look="segment", name=f"score_key_{place}")
        key.setCheckable(True)
        key.setProperty("narrow", "yes")
        key.setFixedWidth(px(_BREADTH))
        key.clicked.connect(partial(self._tell, place))
        self._group.addButton(key, place)
        self._keys.append(key)
        self._line.addWidget(key)

    def _tell(self, place: int) -> None:
        self.chosen.emit(f"{self._steps[place].normalize():f}")

    def show_score(self, score: Decimal | None) -> None:
        """Press the key of a score, without telling anybody; none where it has no key."""
        wanted = self._steps.index(score) if score is not None and score in self._steps else -1
        self._group.setExclusive(False)
        for place, key in enumerate(self._keys):
            key.setChecked(place == wanted)
        self._group.setExclusive(True)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not press."""
        for key in self._keys:
            key.setEnabled(not read_only)
