"""Editors that choose words: of a dictionary, of the field's own choices, yes or no, organisations."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu
from typing_extensions import override

from branchdesk.forms.dictionaries import Entry, Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _, listed
from branchdesk.ui.fields.base import FieldEditor, LineEditor
from branchdesk.ui.focus import opens_list
from branchdesk.ui.icons import icon
from branchdesk.ui.widgets.choices import choice_box

_BETWEEN = re.compile("[、,，;；]")


def words_of(field: Field, vocabulary: Vocabulary) -> tuple[Entry, ...]:
    """The words that a field is chosen from; none where its dictionary is not there."""
    known = bool(field.choices) or (field.dictionary or field.type.dictionary) in vocabulary
    return field.words(vocabulary).entries if known else ()


class ChoiceEditor(FieldEditor):
    """One word; typing its beginning is enough, and anything else typed is kept."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.box = choice_box(self._words())
        self.box.setAccessibleName(field.shown())
        self.box.setToolTip(field.hint())
        self.row.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self.commit)
        line = self.box.lineEdit()
        if line is not None:
            line.setAccessibleName(field.shown())
            line.editingFinished.connect(self.commit)

    def _words(self) -> list[str]:
        # Branches may have groups of the same name; a member's own branch decides which is meant.
        return list(dict.fromkeys(entry.shown() for entry in words_of(self.field, self.vocabulary)))

    @override
    def text(self) -> str:
        return self.box.currentText()

    @override
    def _put(self, text: str) -> None:
        self.box.setCurrentIndex(self.box.findText(text))
        self.box.setEditText(text)
        line = self.box.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # the beginning of a long word is what is read


class YesNoEditor(ChoiceEditor):
    """Yes, no or not filled in."""

    @override
    def _words(self) -> list[str]:
        return [_("是"), _("否")]


class ChoicesEditor(LineEditor):
    """Several words, ticked in a menu or typed with 、 between them; Alt+Down opens the menu."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        action = QAction(icon("chevron-down", "text3"), _("打开列表"), self.line)
        action.triggered.connect(self.open_menu)
        self.line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        self.line.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not opens_list(event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            self.open_menu()
        return True

    def open_menu(self) -> None:
        """Open the list with what is chosen ticked."""
        if self.line.isReadOnly():
            return
        chosen = self._chosen()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in words_of(self.field, self.vocabulary):
            action = menu.addAction(entry.shown())
            action.setCheckable(True)
            action.setChecked(entry.shown() in chosen)
        menu.triggered.connect(self._take)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _chosen(self) -> list[str]:
        """The words in the line."""
        return [word.strip() for word in _BETWEEN.split(self.line.text()) if word.strip()]

    def _take(self, action: QAction) -> None:
        chosen = [word for word in self._chosen() if word != action.text()]
        if action.isChecked():
            chosen.append(action.text())
        self.line.setText(listed(chosen))
        self.commit()
