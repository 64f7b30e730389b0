"""Labels with their fields, two to a row where there is room for that, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from branchdesk.ui.look import px
from branchdesk.ui.widgets.texts import Words

_GAP, _LEAST_FIELD = 10, 124  # a day with the sign of its calendar is read whole


class PairedFields(QWidget):
    """Some fields; long ones always take the whole width."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[tuple[Words, QWidget, bool]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(_GAP))
        self._grid.setVerticalSpacing(px(8))

    def add_field(self, label: str, field: QWidget, *, wide: bool = False) -> None:
        """Add a field with its label at the left."""
        words = Words(label, "second")
        words.setBuddy(field)
        self._entries.append((words, field, wide))
        self.arrange(paired=True)

    def breadths(self) -> tuple[int, int]:
        """How wide the labels of the first and of the second column are, in pixels."""
        first = [words for (line, place), (words, _field, _wide) in self._places(paired=True) if not place]
        second = [words for (line, place), (words, _field, _wide) in self._places(paired=True) if place]
        widths = [max((one.sizeHint().width() for one in column), default=0) for column in (first, second)]
        return widths[0], widths[1]

    def _places(self, *, paired: bool) -> list[tuple[tuple[int, int], tuple[Words, QWidget, bool]]]:
        """Row and column of every field."""
        found, half = [], 0
        for entry in self._entries:
            wide = entry[2] or not paired
            half += half % 2 if wide else 0
            found.append((divmod(half, 2), entry))
            half += 2 if wide else 1
        return found

    def arrange(self, *, paired: bool, labels: tuple[int, int] = (0, 0)) -> None:
        """Put two fields to a row or one; `labels` are the widths that their labels have at least."""
        for words, field, _wide in self._entries:
            self._grid.removeWidget(words)
            self._grid.removeWidget(field)
        for (line, place), (words, field, wide) in self._places(paired=paired):
            self._grid.addWidget(words, line, place * 2)
            self._grid.addWidget(field, line, place * 2 + 1, 1, 3 if wide or not paired else 1)
        for place in range(2):
            self._grid.setColumnMinimumWidth(place * 2, labels[place] if paired or not place else 0)
            self._grid.setColumnStretch(place * 2 + 1, 1 if paired or not place else 0)
        self._grid.setHorizontalSpacing(px(_GAP))


def fit_together(parts: Sequence[PairedFields], room: int) -> bool:
    """Let the fields of all parts stand below one another in a width; whether two stand to a row."""
    breadths = [part.breadths() for part in parts]
    first, second = (max(one[place] for one in breadths) for place in range(2))
    paired = first + second + 2 * px(_LEAST_FIELD) + 3 * px(_GAP) <= room
    if not paired:
        first = max(first, second)
    for part in parts:
        part.arrange(paired=paired, labels=(first, second))
    return paired
