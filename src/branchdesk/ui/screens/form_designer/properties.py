"""The panel of the part that is chosen: what it is called, what is filled in, when, and how it counts."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from branchdesk.findings import Finding, Severity
from branchdesk.forms.declarations import FormTable
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import Part, part_of
from branchdesk.i18n import _
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.shown import meant_values, shown_texts
from branchdesk.ui.screens.form_designer.choice_lines import ChoiceLines
from branchdesk.ui.screens.form_designer.field_questions import OWN_WORDS
from branchdesk.ui.screens.form_designer.part_questions import questions_about
from branchdesk.ui.screens.form_designer.questions import Question
from branchdesk.ui.screens.form_designer.wording import kind_word, name_of
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Elide, Note, Words

_BEHIND_THE_HEAD = 3


class PropertyPane(QWidget):
    """Asks about one part of a form. `changed` tells the form with the answer."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._part: Part | None = None
        self._questions: dict[str, Question] = {}
        self._sentence = ""
        self.panes: list[FormPane] = []
        self.choices: ChoiceLines | None = None
        self._name = Elide(role="heading")
        self._kind = Words("", "hint")
        self._hint = Note("", "hint")
        self._box = column(gap=8, parent=self)
        for one in (self._name, self._kind, self._hint):
            self._box.addWidget(one)
        self._body: QWidget | None = None
        self._box.addStretch(1)
        self._renewal = QTimer(self)
        self._renewal.setSingleShot(True)
        self._renewal.setInterval(0)
        self._renewal.timeout.connect(self._renew)

    @property
    def editors(self) -> dict[str, FieldEditor]:
        """The editors of the questions that are asked now."""
        return {name: editor for pane in self.panes for name, editor in pane.editors.items()}

    # ---- showing

    def show_part(self, form: Form, part: Part, mistake: str = "") -> None:
        """Ask about a part, and say what is wrong with it.

        Where the same is asked as before, only the answers are shown anew.
        """
        asked = {one.field.id: one for one in questions_about(form, part)}
        same = part == self._part and _shape(asked) == _shape(self._questions)
        self._form, self._part, self._questions, self._sentence = form, part, asked, mistake
        self._name.setText(name_of(form, part))
        self._kind.setText(kind_word(form, part))
        self._hint.setText(_remark(form, part))
        self._hint.setVisible(bool(self._hint.text()))
        if not same or not self.panes:
            self._renewal.start()
        elif not self._renewal.isActive():
            self._fill()

    def _renew(self) -> None:
        """Build the panel anew, with the keyboard where it was; later than the key that asked for it."""
        focused = QApplication.focusWidget()
        here = [
            name for name, one in self.editors.items() if focused is not None and one.isAncestorOf(focused)
        ]
        if self._body is not None:
            self._box.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        box = column(gap=10, parent=self._body)
        asked = list(self._questions.values())
        words = self._questions.get("words")
        own = words is not None and words.value == OWN_WORDS
        # What can be chosen is listed right below the question where it comes from.
        place = next((n for n, one in enumerate(asked, start=1) if one is words and own), len(asked))
        self.panes = [self._pane(part) for part in (asked[:place], asked[place:]) if part]
        self.choices = self._make_choices() if own else None
        for number, pane in enumerate(self.panes):
            box.addWidget(pane)
            if number == 0 and self.choices is not None:
                box.addWidget(Words(_("选项"), "second"))
                box.addWidget(self.choices)
        self._box.insertWidget(_BEHIND_THE_HEAD, self._body)
        self._fill()
        if here and here[0] in self.editors:
            self.editors[here[0]].take_focus()

    def _pane(self, asked: list[Question]) -> FormPane:
        pane = FormPane([one.field for one in asked], {})
        pane.field_edited.connect(self._answer)
        return pane

    def _make_choices(self) -> ChoiceLines:
        lines = ChoiceLines()
        lines.changed.connect(self.changed)
        return lines

    def _fill(self) -> None:
        fields = [one.field for one in self._questions.values()]
        texts = shown_texts(fields, {one.field.id: one.value for one in self._questions.values()}, {})
        for pane in self.panes:
            if any(texts[name] != text for name, text in pane.texts().items()):
                pane.fill(texts)
            wrong = [Finding("mistake", Severity.ERROR, self._sentence, "label")] if self._sentence else []
            pane.set_findings(wrong)
        if self.choices is not None and self._form is not None and self._part is not None:
            self.choices.show_field(self._form, self._part)

    # ---- keys

    def rename(self) -> None:
        """Put the keyboard into the name."""
        if self._renewal.isActive():
            self._renewal.stop()
            self._renew()
        if self.panes:
            self.panes[0].take_focus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from the questions above the choices to those below them."""
        focused = self.focusWidget()
        is_first = len(self.panes) > 1 and self.panes[0].isAncestorOf(focused)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_first:
            if self.choices is not None:
                self.choices.setFocus()
            return
        super().keyPressEvent(event)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for pane in list(self.panes):
            pane.commit()

    # ---- answers

    def _answer(self, name: str, text: str) -> None:
        question = self._questions.get(name)
        if question is None or self._form is None or self._renewal.isActive():
            return  # what is still seen asks about another part
        value = meant_values([question.field], {name: text}, {})[name]
        self.changed.emit(question.change(self._form, value))
        if not self._renewal.isActive():
            self._fill()  # an answer that changes nothing, such as no name at all, is shown as it was


def _shape(asked: dict[str, Question]) -> list[tuple[object, ...]]:
    """What makes one panel look different from another."""
    own = "words" in asked and asked["words"].value == OWN_WORDS
    return [*(one.shape for one in asked.values()), (own,)]


def _remark(form: Form, part: Part) -> str:
    """What has to be known of a part before it is changed."""
    found = part_of(form, part)
    if isinstance(found, Field) and found.hidden:
        return _("已隐藏：以后的记录不再填，也不再印；以前的记录照旧。")
    if isinstance(found, FormTable) and found.holds != "lines":
        return _("这张表由会议窗口填写，这里只改名称和说明。")
    return ""
