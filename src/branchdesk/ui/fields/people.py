"""Editors for people: names found by characters, full pinyin or initials (expectations H17)."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from branchdesk.domain.name_search import fit
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.ui.fields.base import LineEditor
from branchdesk.ui.fields.suggestions import Suggestions
from branchdesk.ui.icons import icon

_BETWEEN = "、,，;；"
_PIECE = re.compile(f"[^{_BETWEEN}]*$")
_NOTE = "（"


def matching_people(typed: str, labels: list[str]) -> list[str]:
    """The people whose names fit what was typed, best first; in their order where nothing was typed.

    Namesakes carry a note in brackets behind the name, which is no part of it.
    """
    if not typed.strip():
        return labels
    found = [(fit(typed, label.partition(_NOTE)[0]), place) for place, label in enumerate(labels)]
    ranked = sorted((rank, place) for rank, place in found if rank is not None)
    return [labels[place] for _rank, place in ranked]


class MemberEditor(LineEditor):
    """One person: some letters of the name are enough; whoever is not on the list is kept as typed."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        people = vocabulary.get("member")
        self._labels = [entry.shown() for entry in people.entries] if people is not None else []
        self.suggestions = Suggestions(self.line)
        self.suggestions.taken.connect(self.take)
        self.suggestions.wanted.connect(self.open_list)
        self.line.textEdited.connect(self._offer)
        action = QAction(icon("users", "text3"), _("打开人员列表"), self.line)
        action.triggered.connect(self.open_list)
        self.line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def _piece(self) -> str:
        """What is being typed now."""
        return self.line.text().strip()

    def _offer(self) -> None:
        piece = self._piece()
        found = self._unchosen(matching_people(piece, self._labels)) if piece else []
        self.suggestions.offer([] if found == [piece] else found)

    def _unchosen(self, labels: list[str]) -> list[str]:
        return labels

    def open_list(self) -> None:
        """Show the people who fit what is being typed; everybody where that is a whole name already."""
        if self.line.isReadOnly():
            return
        piece = self._piece()
        whole = "" if piece in self._labels else piece
        fitting = self._unchosen(matching_people(whole, self._labels))
        self.line.setFocus()
        self.suggestions.offer(fitting or self._unchosen(self._labels))

    def take(self, label: str) -> None:
        """Put a person of the list into the line."""
        self.line.setText(label)
        self.commit()


class MembersEditor(MemberEditor):
    """Several people with 、 between them; the name at the cursor is looked up."""

    # Whether the list was opened behind a whole name, so that what is taken comes after it.
    _adding = False

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.line.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the names when the field is left; Qt does not count what came from the list as typed."""
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        return False

    @override
    def text(self) -> str:
        return self.line.text().strip().strip(_BETWEEN)

    @override
    def _piece(self) -> str:
        before = self.line.text()[: self.line.cursorPosition()]
        found = _PIECE.search(before)
        return found[0].strip() if found else ""

    @override
    def _unchosen(self, labels: list[str]) -> list[str]:
        piece = self._piece()
        chosen = {name.strip() for name in re.split(f"[{_BETWEEN}]", self.line.text())}
        if not self._adding:
            chosen.discard(piece)
        return [label for label in labels if label not in chosen]

    @override
    def _offer(self) -> None:
        self._adding = False
        super()._offer()

    @override
    def open_list(self) -> None:
        self._adding = self._piece() in self._labels
        super().open_list()

    @override
    def take(self, label: str) -> None:
        """Put a person in the place of what was typed, ready for the next name."""
        text, place = self.line.text(), self.line.cursorPosition()
        before = text[:place] if self._adding else _PIECE.sub("", text[:place])
        if before and before[-1] not in _BETWEEN:
            before += "、"
        after = text[place:].lstrip(_BETWEEN)
        self.line.setText(f"{before}{label}、{after}")
        self.line.setCursorPosition(len(before) + len(label) + 1)
