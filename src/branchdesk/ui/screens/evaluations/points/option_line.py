"""A line that chooses one of many things by typing: people by initials, rules by number or words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from branchdesk.domain.name_search import fit
from branchdesk.i18n import _
from branchdesk.services.points.reading import PointsSheet
from branchdesk.ui.fields.suggestions import Suggestions
from branchdesk.ui.icons import icon


@dataclass(frozen=True)
class Option:
    """One thing to choose: what it stands for, how the line shows it, and the words that are looked in."""

    value: str
    label: str
    words: str


def fitting(typed: str, options: Sequence[Option]) -> list[Option]:
    """The options that fit what was typed, best first; all in their order where nothing was typed."""
    key = typed.strip().casefold()
    if not key:
        return list(options)
    ranked = []
    for place, one in enumerate(options):
        if one.label.casefold().startswith(key):
            ranked.append((-1, place))
            continue
        rank = fit(key, one.words)
        if rank is not None:
            ranked.append((rank, place))
        elif key in one.label.casefold():
            ranked.append((len(one.label) + 100, place))
    return [options[place] for _rank, place in sorted(ranked)]


class OptionLine(QLineEdit):
    """Some letters are enough; Alt+Down shows everything. `chosen` tells that another thing is meant now."""

    chosen = Signal()

    def __init__(self, options: Sequence[Option], hint: str, tip: str) -> None:
        super().__init__()
        self._options = list(options)
        self._value = ""
        self.setPlaceholderText(hint)
        self.suggestions = Suggestions(self)
        self._action = QAction(icon("chevron-down", "text3"), tip, self)
        self.addAction(self._action, QLineEdit.ActionPosition.TrailingPosition)
        self._connect()

    def _connect(self) -> None:
        self.suggestions.taken.connect(self._take)
        self.suggestions.wanted.connect(self.open_list)
        self.textEdited.connect(self._offer)
        self.editingFinished.connect(self._settle)
        self._action.triggered.connect(self.open_list)

    @property
    def value(self) -> str:
        """What is chosen; empty where the words mean nothing that there is."""
        return self._value

    def choose(self, value: str) -> None:
        """Show what a value stands for; an unknown one empties the line. Tells nobody."""
        found = next((one for one in self._options if one.value == value), None)
        self._value = found.value if found is not None else ""
        self.setText(found.label if found is not None else "")
        self.setCursorPosition(0)

    def offer_others(self, options: Sequence[Option]) -> None:
        """Choose from other things, keeping what is chosen where it is still there."""
        self._options = list(options)
        self.choose(self._value)

    def open_list(self) -> None:
        """Show what fits; everything where a whole thing stands there already."""
        if self.isReadOnly():
            return
        self.setFocus()
        typed = "" if self._value else self.text()
        found = fitting(typed, self._options) or self._options
        self.suggestions.offer([one.label for one in found])

    def _offer(self, typed: str) -> None:
        found = fitting(typed, self._options) if typed.strip() else []
        only = found[0] if len(found) == 1 and found[0].label == typed.strip() else None
        self._mean(only)
        self.suggestions.offer([] if only is not None else [one.label for one in found])

    def _take(self, label: str) -> None:
        self.setText(label)
        self.setCursorPosition(0)
        self._mean(next((one for one in self._options if one.label == label), None))

    def _settle(self) -> None:
        """Whoever types a name and goes on means it, where only one thing can be meant."""
        typed = self.text().strip()
        if self._value or not typed:
            return
        exact = [one for one in self._options if typed in {one.label, one.words}]
        found = exact or fitting(typed, self._options)
        if len(found) == 1:
            self._take(found[0].label)

    def _mean(self, option: Option | None) -> None:
        value = option.value if option is not None else ""
        if value != self._value:
            self._value = value
            self.chosen.emit()


def person_line(sheet: PointsSheet) -> OptionLine:
    """A line that chooses one of the members of a sheet; namesakes carry their group behind the name."""
    names = [one.name for one in sheet.people]
    options = [
        Option(
            one.person,
            _("{name}（{group}）", name=one.name, group=one.group)
            if names.count(one.name) > 1 and one.group
            else one.name,
            one.name,
        )
        for one in sheet.people
        if one.here
    ]
    return OptionLine(options, _("姓名或拼音首字母"), _("打开人员列表"))
