"""The panel of the part that is chosen: what it is called, what is filled in, when, and how it counts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from branchdesk.findings import Finding, Severity
from branchdesk.forms.declarations import FormTable
from branchdesk.forms.editing import add_choice, move_choice, relabel_choice, with_part, without_choices
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import Part, part_of
from branchdesk.i18n import _
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.lines_editor import LinesEditor, ShownLine
from branchdesk.ui.fields.shown import meant_values, shown_texts
from branchdesk.ui.screens.form_designer.part_questions import questions_about
from branchdesk.ui.screens.form_designer.questions import Question
from branchdesk.ui.screens.form_designer.wording import kind_word, name_of
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Elide, Note, Words


def _choices_table() -> FormTable:
    """What is asked of each word to choose from."""
    text = FIELD_TYPES["text"]
    columns = (
        Field("label", text, _("选项"), "", "", required=True, width=10),
        Field("label_en", text, _("英文"), "", "", width=10),
    )
    return FormTable("choices", _("选项"), "", "", fields=columns)


class PropertyPane(QWidget):
    """Asks about one part of a form. `changed` tells the form with the answer."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._part: Part | None = None
        self._questions: dict[str, Question] = {}
        self.pane: FormPane | None = None
        self.choices: LinesEditor | None = None
        self._name = Elide(role="heading")
        self._kind = Words("", "hint")
        self._box: QVBoxLayout = column(gap=8, parent=self)
        self._box.addWidget(self._name)
        self._box.addWidget(self._kind)
        self._hint = Note("", "hint")
        self._box.addWidget(self._hint)
        self._body: QWidget | None = None
        self._box.addStretch(1)
        self._renewal = QTimer(self)
        self._renewal.setSingleShot(True)
        self._renewal.setInterval(0)
        self._renewal.timeout.connect(self._renew)

    def show_part(self, form: Form, part: Part) -> None:
        """Ask about a part; where the same is asked as before only the answers are shown anew."""
        asked = {one.field.id: one for one in questions_about(form, part)}
        same = part == self._part and self._shape(asked) == self._shape(self._questions)
        self._form, self._part, self._questions = form, part, asked
        self._name.setText(name_of(form, part))
        self._kind.setText(kind_word(form, part))
        found = part_of(form, part)
        hidden = isinstance(found, Field) and found.hidden
        elsewhere = isinstance(found, FormTable) and found.holds != "lines"
        self._hint.setText(
            _("已隐藏：以后的记录不再填，也不再印；以前的记录照旧。")
            if hidden
            else _("这张表由会议窗口填写，这里只改名称和说明。")
            if elsewhere
            else ""
        )
        self._hint.setVisible(bool(self._hint.text()))
        if same and self.pane is not None:
            self._fill()
        else:
            self._renewal.start()

    @staticmethod
    def _shape(asked: dict[str, Question]) -> list[tuple[object, ...]]:
        own = "words" in asked and asked["words"].value == "own"
        return [*(one.shape for one in asked.values()), (own,)]

    def _renew(self) -> None:
        """Build the panel anew, with the keyboard where it was; later than the key that asked for it."""
        focused = QApplication.focusWidget()
        here = next(
            (
                name
                for name, editor in (self.pane.editors.items() if self.pane is not None else ())
                if focused is not None and editor.isAncestorOf(focused)
            ),
            "",
        )
        if self._body is not None:
            self._box.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        box = column(gap=10, parent=self._body)
        self.pane = FormPane([one.field for one in self._questions.values()], {})
        self.pane.field_edited.connect(self._answer)
        box.addWidget(self.pane)
        self.choices = self._make_choices()
        if self.choices is not None:
            box.addWidget(Words(_("选项"), "second"))
            box.addWidget(self.choices)
        self._box.insertWidget(3, self._body)
        self._fill()
        if here in self.pane.editors:
            self.pane.editors[here].take_focus()

    def _make_choices(self) -> LinesEditor | None:
        field = self._field()
        words = self._questions.get("words")
        if field is None or words is None or words.value != "own":
            return None
        editor = LinesEditor(_choices_table(), {})
        editor.line_edited.connect(self._edit_choice)
        editor.line_added.connect(self._add_choice)
        editor.lines_removed.connect(self._remove_choices)
        editor.line_moved.connect(self._move_choice)
        return editor

    def _field(self) -> Field | None:
        if self._form is None or self._part is None:
            return None
        found = part_of(self._form, self._part)
        return found if isinstance(found, Field) else None

    def _fill(self) -> None:
        if self.pane is None:
            return
        fields = [one.field for one in self._questions.values()]
        texts = shown_texts(fields, {one.field.id: one.value for one in self._questions.values()}, {})
        if texts != self.pane.texts():
            self.pane.fill(texts)
        field = self._field()
        if self.choices is not None and field is not None:
            self.choices.fill(
                ShownLine(choice.code, {"label": choice.label, "label_en": choice.label_en})
                for choice in field.choices
            )

    def show_mistake(self, sentence: str) -> None:
        """Say below the name what is wrong with the part; nothing without a sentence."""
        if self.pane is not None and "label" in self.pane.editors:
            wrong = [Finding("mistake", Severity.ERROR, sentence, "label")] if sentence else []
            self.pane.set_findings(wrong)

    def rename(self) -> None:
        """Put the keyboard into the name."""
        if self._renewal.isActive():
            self._renewal.stop()
            self._renew()
        if self.pane is not None:
            self.pane.take_focus()

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        if self.pane is not None:
            self.pane.commit()

    # ---- answers

    def _answer(self, name: str, text: str) -> None:
        question = self._questions.get(name)
        if question is None or self._form is None:
            return
        value = meant_values([question.field], {name: text}, {})[name]
        self.changed.emit(question.change(self._form, value))
        # An answer that changes nothing, such as no name at all, is shown as it was.
        QTimer.singleShot(0, self, self._fill)

    def _with_field(self, field: Field) -> None:
        if self._form is not None and self._part is not None:
            self.changed.emit(with_part(self._form, self._part, partial(_instead, field)))

    def _edit_choice(self, code: str, name: str, text: str) -> None:
        field = self._field()
        choice = next((one for one in field.choices if one.code == code), None) if field is not None else None
        if field is None or choice is None:
            return
        label = text.strip() if name == "label" else choice.label
        follows = choice.label_en in {"", choice.label}
        english = text.strip() if name == "label_en" else "" if follows else choice.label_en
        if label:
            self._with_field(relabel_choice(field, code, label, english))

    def _add_choice(self, texts: dict[str, str]) -> None:
        field = self._field()
        if field is not None and texts.get("label", "").strip():
            self._with_field(add_choice(field, texts["label"].strip(), texts.get("label_en", "").strip()))

    def _remove_choices(self, codes: list[str]) -> None:
        field = self._field()
        if field is not None:
            self._with_field(without_choices(field, codes))

    def _move_choice(self, code: str, step: int) -> None:
        field = self._field()
        if field is not None:
            self._with_field(move_choice(field, code, step))


def _instead(field: Field, _before: Field) -> Field:
    return field
