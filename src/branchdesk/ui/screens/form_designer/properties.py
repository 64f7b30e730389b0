"""The panel of the part that is chosen: what it is called, what is filled in, when, and how it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from branchdesk.findings import Finding, Severity
from branchdesk.forms.declarations import INDICATOR, FormTable
from branchdesk.forms.indicator_edits import SCORE, line_kind
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import GROUP, PARTS, PROCEDURES, STEPS, THE_FORM, Part, part_of
from branchdesk.forms.scheme_edits import WHOLE, total_weight
from branchdesk.i18n import _, later
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.shown import meant_values, shown_texts
from branchdesk.ui.screens.form_designer.choice_lines import ChoiceLines
from branchdesk.ui.screens.form_designer.field_questions import OWN_WORDS
from branchdesk.ui.screens.form_designer.grade_lines import GradeLines
from branchdesk.ui.screens.form_designer.indicator_questions import ABOVE_THE_RULES
from branchdesk.ui.screens.form_designer.part_lines import PartLines
from branchdesk.ui.screens.form_designer.part_questions import questions_about
from branchdesk.ui.screens.form_designer.questions import Question
from branchdesk.ui.screens.form_designer.rule_lines import RuleLines
from branchdesk.ui.screens.form_designer.scheme_lines import SchemeLines, rows_shape
from branchdesk.ui.screens.form_designer.wording import kind_word, name_of
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Elide, Note, Words

_BEHIND_THE_HEAD = 3


class PropertyPane(QWidget):
    """Asks about one part of a form. `changed` tells the form with the answer.

    `row_changed` tells that the keyboard is in another row below the questions.
    """

    changed = Signal(object)
    row_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._part: Part | None = None
        self._questions: dict[str, Question] = {}
        self._sentence = ""
        self.panes: list[FormPane] = []
        self.lines: PartLines | None = None
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
        rows = _rows_kind(form, part, asked)
        before = _rows_kind(self._form, self._part, self._questions)
        same = part == self._part and _shape(asked) == _shape(self._questions) and rows == before
        self._form, self._part, self._questions, self._sentence = form, part, asked, mistake
        self._name.setText(name_of(form, part))
        self._kind.setText(kind_word(form, part))
        self._hint.setText(_remark(form, part))
        self._hint.setVisible(bool(self._hint.text()))
        if not same or self._body is None:
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
        heading, self.lines = self._make_lines()
        above = _ABOVE.get(type(self.lines), "")
        place = next((n for n, one in enumerate(asked, start=1) if one.field.id == above), len(asked))
        self.panes = [self._pane(part) for part in (asked[:place], asked[place:]) if part]
        first, later_ones = self.panes[:1], self.panes[1:]
        for one in first:
            box.addWidget(one)
        if self.lines is not None:
            if heading:
                box.addWidget(Words(heading, "second"))
            box.addWidget(self.lines)
        for one in later_ones:
            box.addWidget(one)
        self._box.insertWidget(_BEHIND_THE_HEAD, self._body)
        self._fill()
        if here and here[0] in self.editors:
            self.editors[here[0]].take_focus()

    def _pane(self, asked: list[Question]) -> FormPane:
        pane = FormPane([one.field for one in asked], {})
        pane.field_edited.connect(self._answer)
        return pane

    def _make_lines(self) -> tuple[str, PartLines | None]:
        """The rows below the questions, with their heading; None where a part has none."""
        kind = _rows_kind(self._form, self._part, self._questions)
        if not kind or self._form is None or self._part is None:
            return "", None
        lines: PartLines
        if self._part.kind == GROUP and self._form.evaluation is not None:
            heading, lines = "", SchemeLines(self._form.evaluation, self._part.id)
        else:
            called, make = _ROWS[kind]
            heading, lines = _(called), make()
        lines.changed.connect(self.changed)
        lines.lines.grid.current_row_changed.connect(self._tell_row)
        return heading, lines

    def _tell_row(self, _row: int) -> None:
        self.row_changed.emit()

    def _fill(self) -> None:
        fields = [one.field for one in self._questions.values()]
        texts = shown_texts(fields, {one.field.id: one.value for one in self._questions.values()}, {})
        for pane in self.panes:
            if any(texts[name] != text for name, text in pane.texts().items()):
                pane.fill(texts)
            wrong = [Finding("mistake", Severity.ERROR, self._sentence, "label")] if self._sentence else []
            pane.set_findings(wrong)
        if self.lines is not None and self._form is not None and self._part is not None:
            self.lines.show_part(self._form, self._part)

    # ---- keys

    def rename(self) -> None:
        """Put the keyboard into the name."""
        if self._renewal.isActive():
            self._renewal.stop()
            self._renew()
        if self._part is not None and self._part.kind == GROUP and self.lines is not None:
            self.lines.setFocus()
        elif self.panes:
            self.panes[0].take_focus()

    def begin_line(self) -> None:
        """Put the keyboard into the empty row at the end, where the part has rows."""
        self.rename()
        if self.lines is not None:
            self.lines.lines.begin_line()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from the questions above the rows to the rows."""
        focused = self.focusWidget()
        is_above = self.lines is not None and bool(self.panes) and self.panes[0].isAncestorOf(focused)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_above:
            if self.lines is not None:
                self.lines.setFocus()
            return
        super().keyPressEvent(event)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for pane in list(self.panes):
            pane.commit()
        if self.lines is not None:
            self.lines.commit()

    # ---- answers

    def _answer(self, name: str, text: str) -> None:
        question = self._questions.get(name)
        if question is None or self._form is None or self._renewal.isActive():
            return  # what is still seen asks about another part
        value = meant_values([question.field], {name: text}, {})[name]
        self.changed.emit(question.change(self._form, value))
        if not self._renewal.isActive():
            self._fill()  # an answer that changes nothing, such as no name at all, is shown as it was


_ROWS: Mapping[str, tuple[str, Callable[[], PartLines]]] = {
    "choices": (later("选项"), ChoiceLines),
    "rules": (later("扣分规则"), RuleLines),
    "grades": (later("等次"), GradeLines),
}


# The question right below which rows stand; others stand at the end.
_ABOVE: Mapping[type, str] = {ChoiceLines: "words", RuleLines: ABOVE_THE_RULES}


def _rows_kind(form: Form | None, part: Part | None, asked: Mapping[str, Question]) -> str:
    """Which rows stand below the questions about a part; empty for none."""
    found = part_of(form, part) if form is not None and part is not None else None
    if isinstance(found, Field) and found.type.name == INDICATOR:
        return "rules" if line_kind(found) == SCORE else ""
    if part is not None and part.kind == GROUP and form is not None:
        return rows_shape(form, part)
    if part == THE_FORM and form is not None and form.inspection is not None:
        return "grades"
    words = asked.get("words")
    return "choices" if words is not None and words.value == OWN_WORDS else ""


def _shape(asked: Mapping[str, Question]) -> list[tuple[object, ...]]:
    """What makes one panel look different from another."""
    return [one.shape for one in asked.values()]


def _remark(form: Form, part: Part) -> str:
    """What has to be known of a part before it is changed."""
    found = part_of(form, part)
    if isinstance(found, Field) and found.hidden:
        return _("已隐藏：以后的记录不再填，也不再印；以前的记录照旧。")
    if isinstance(found, FormTable) and found.holds != "lines":
        return _("这张表由会议窗口填写，这里只改名称和说明。")
    if part == THE_FORM and form.points is not None:
        return _("发布以后，今年还没有记过分的，就按它记分；已经记过分的，从明年起按它记。")
    return _group_remark(form, part) if part.kind == GROUP else ""


def _group_remark(form: Form, part: Part) -> str:
    """What has to be known of a group of a scheme; the weights with what they come to."""
    if part.id == PARTS and form.evaluation is not None and form.evaluation.parts:
        total = total_weight(form.evaluation)
        said = f"{total.normalize():f}"
        if total == WHOLE:
            return _("权重合计 {n}%。", n=said)
        return _("权重合计 {n}%，应是 100%。", n=said)
    remarks = {
        STEPS: _("按先后排；可以跳过的，评议时能关掉。"),
        PARTS: _("没有计分项目，就不算总分。"),
        PROCEDURES: _("只提示、只打印，程序不会自己去做。"),
    }
    return remarks.get(part.id, "")
