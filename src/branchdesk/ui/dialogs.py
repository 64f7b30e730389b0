"""Dialogs of one shape: a heading, some content, buttons with verbs; never blocking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column, form_rows, row
from branchdesk.ui.widgets.texts import Note, Words

# What stays free of the window above and below a dialog.
_MARGIN = 64


class SheetDialog(QDialog):
    """A dialog over its window. Fill `body`, add buttons with `add_button`, then call `open`.

    `width` and `height` are given for 100 %; the height is taken where the window has it.
    """

    def __init__(self, heading: str, parent: QWidget | None, *, width: int = 520, height: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setModal(True)
        self.setMinimumWidth(px(width))
        self._wished_height = px(height)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole = column(margin=20, gap=14, parent=self)
        self.heading = Words(heading, "heading")
        whole.addWidget(self.heading)
        self.body: QVBoxLayout = column(gap=10)
        whole.addLayout(self.body, 1)
        self._made: list[QPushButton] = []
        self.buttons: QHBoxLayout = row(gap=8)
        self.buttons.addStretch(1)
        whole.addLayout(self.buttons)

    def add_button(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        look: str = "",
        name: str = "",
        default: bool = False,
        apart: bool = False,
    ) -> QPushButton:
        """A button at the bottom, `apart` from the others at the left; without `on_click` it closes."""
        made = button(text, on_click or self.reject, look=look, name=name)
        made.setDefault(default)
        self._made.append(made)
        self.buttons.insertWidget(0 if apart else self.buttons.count(), made)
        return made

    def grow_in(self, width: int) -> None:
        """Take as much of the window as there is, up to a width given for 100 %; for papers and books."""
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            room = window.size()
            self.resize(min(px(width), room.width() - px(48)), room.height() - px(_MARGIN))
            corner = window.mapToGlobal(window.rect().center()) - self.rect().center()
            self.move(corner)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.Show, QEvent.Type.LayoutRequest}:
            self._give_room()
        return done

    def _give_room(self) -> None:
        """Grow until every wrapped note has the lines it needs, as far as the window reaches."""
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        needed = max(needed, self._wished_height)
        parent = self.parentWidget()
        room = parent.window().height() - px(_MARGIN) if parent is not None else needed
        if min(needed, room) > self.height():
            self.resize(self.width(), min(needed, room))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter belongs to the field or button that has the focus: half-filled dialogs are never submitted.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            else:
                self._go_on(focused)
            return
        super().keyPressEvent(event)

    def _go_on(self, focused: QWidget | None) -> None:
        """From field to field, and from the last one to what the dialog is for; never to 取消."""
        self.focusNextChild()
        if not isinstance(self.focusWidget(), QPushButton):
            return
        goal = next((one for one in self._made if one.property("look") == "primary"), None)
        target = goal if goal is not None and goal.isEnabled() else focused
        if target is not None:
            target.setFocus()


class MessageDialog(SheetDialog):
    """A sentence and an advice, with one or two buttons."""

    def __init__(
        self, heading: str, sentence: str, advice: str, parent: QWidget | None, *, tone: str = "warn"
    ) -> None:
        super().__init__(heading, parent, width=460)
        icons = {"warn": "alert-triangle", "err": "alert-circle", "info": "info-circle"}
        line = row(gap=14)
        picture = QLabel()
        picture.setPixmap(pixmap(icons[tone], tone, 32))
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        texts = column(gap=6)
        self.sentence = Note(sentence, "strong")
        texts.addWidget(self.sentence)
        if advice:
            texts.addWidget(Note(advice))
        line.addLayout(texts, 1)
        self.body.addLayout(line)


def show_problem(problem: Problem, parent: QWidget | None) -> MessageDialog:
    """Show a problem calmly."""
    dialog = MessageDialog(_("提示"), problem.sentence, problem.advice, parent)
    dialog.setObjectName("problem")
    dialog.add_button(_("知道了"), look="primary", default=True, name="understood").setFocus()
    dialog.open()
    return dialog


def ask(
    parent: QWidget | None,
    heading: str,
    sentence: str,
    advice: str,
    verb: str,
    on_yes: Callable[[], object],
    *,
    verb_no: str = "",
) -> MessageDialog:
    """Ask before something that cannot be undone; the safe answer has the focus."""
    dialog = MessageDialog(heading, sentence, advice, parent)
    dialog.setObjectName("question")

    def agree() -> None:
        dialog.accept()
        on_yes()

    dialog.add_button(verb, agree, look="danger", name="yes")
    dialog.add_button(verb_no or _("先不"), default=True, name="no").setFocus()
    dialog.open()
    return dialog


class LineDialog(SheetDialog):
    """Asks for one line of text, such as a reason that is kept or a name; an empty line does not do."""

    def __init__(
        self,
        heading: str,
        explanation: str,
        label: str,
        verb: str,
        on_text: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(heading, parent)
        self.setObjectName("line_dialog")
        self._on_text = on_text
        if explanation:
            self.body.addWidget(Note(explanation))
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(label)
        self.body.addWidget(self.line)
        self.add_button(_("取消"))
        self._yes = self.add_button(verb, self._agree, look="primary", name="yes")
        self._missing = Note("", "error")
        self.body.addWidget(self._missing)
        self._yes.setEnabled(False)
        self.line.textChanged.connect(self._look_at)
        self.line.returnPressed.connect(self._agree)
        self.line.setFocus()

    def _look_at(self, text: str) -> None:
        self._yes.setEnabled(bool(text.strip()))
        self._missing.setText("")

    def _agree(self) -> None:
        text = self.line.text().strip()
        if not text:
            self._missing.setText(_("这里要先写一句。"))
            return
        self.accept()
        self._on_text(text)


class FormDialog(SheetDialog):
    """Labels with their fields, a place for what is wrong, 取消 and one verb."""

    def __init__(self, heading: str, verb: str, parent: QWidget, *, width: int = 480) -> None:
        super().__init__(heading, parent, width=width)
        self.form = form_rows()
        self.body.addLayout(self.form)
        self.wrong = Note("", "error")
        self.wrong.hide()
        self.body.addWidget(self.wrong)
        self.add_button(_("取消"))
        self.add_button(verb, self._save, look="primary", name="save")

    def add_row(self, label: str, field: QWidget) -> None:
        """Add a field with its label."""
        field.setAccessibleName(label)
        self.form.addRow(label, field)
        if self.form.rowCount() == 1:
            field.setFocus()

    def line(self, label: str, text: str = "", hint: str = "") -> QLineEdit:
        """Add a line to type into."""
        made = QLineEdit(text)
        made.setPlaceholderText(hint)
        self.add_row(label, made)
        return made

    def box(self, label: str, entries: Iterable[tuple[str, Any]], current: Any = None) -> QComboBox:
        """Add a list to choose from: words and what they stand for."""
        made = Choice()
        for text, value in entries:
            made.addItem(text, value)
        if current is not None:
            made.setCurrentIndex(made.findData(current))
        self.add_row(label, made)
        return made

    def act(self) -> None:
        """What the verb does. Raises Problem for what is typed wrongly; the dialog stays open then."""
        raise NotImplementedError

    def _save(self) -> None:
        try:
            self.act()
        except Problem as problem:
            self.wrong.setText(str(problem))
            self.wrong.show()
            return
        self.accept()
