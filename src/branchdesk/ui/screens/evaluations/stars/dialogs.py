"""The dialogs of stars: declaring one with its story, the next step, an objection, the days of the plaque."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.services.members import vocabulary_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked, texts_of
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.fields.texts import LongTextEditor
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.stars.words import count_letters
from branchdesk.ui.widgets.texts import Note, restyle

_WIDTH, _STORY_HEIGHT = 640, 190


class DeedsDialog(FormDialog):
    """Writes the story of a star, with a count of its letters; `on_written` stores it or raises Problem.

    With `dimensions` a new star is declared in one of them.
    """

    def __init__(
        self,
        heading: str,
        verb: str,
        deeds: str,
        longest: int,
        on_written: Callable[[str, str], object],
        parent: QWidget,
        *,
        told: str = "",
        dimensions: Sequence[tuple[str, str]] = (),
        dimension: str = "",
    ) -> None:
        super().__init__(heading, verb, parent, width=_WIDTH)
        self.setObjectName("star_story")
        self._longest = longest
        self._on_written = on_written
        if told:
            self.body.insertWidget(0, Note(told, "warn"))
        self.dimension = self.box(_("申报哪颗星"), dimensions, dimension) if dimensions else None
        self.story = QPlainTextEdit(deeds)
        self.story.setObjectName("story")
        self.story.setTabChangesFocus(True)
        self.story.setMinimumHeight(px(_STORY_HEIGHT))
        self.story.setPlaceholderText(_("写具体的事：什么时候，做了什么，结果怎样。"))
        self.add_row(_("事迹材料"), self.story)
        self.length = Note("", "hint")
        self.form.addRow("", self.length)
        self.story.textChanged.connect(self._count)
        self._count()
        self.story.setFocus()

    def _count(self) -> None:
        letters = count_letters(self.story.toPlainText())
        over = letters - self._longest
        restyle(self.length, "role", "error" if over > 0 else "hint")
        words = _("{n} / {most} 字", n=letters, most=self._longest)
        self.length.setText(_("{count}，多了 {over} 字", count=words, over=over) if over > 0 else words)

    @override
    def act(self) -> None:
        dimension = str(self.dimension.currentData()) if self.dimension is not None else ""
        self._on_written(dimension, self.story.toPlainText().strip())


@dataclass(frozen=True)
class Asked:
    """One field that a dialog asks for: its name, its type, its label, what stands in it, and a hint."""

    name: str
    kind: str
    label: str
    text: str = ""
    hint: str = ""


class StarTextsDialog(FormDialog):
    """Asks for some texts of a star; `on_typed` stores them by name or raises Problem."""

    def __init__(
        self,
        desk: Desk,
        heading: str,
        verb: str,
        fields: Sequence[Asked],
        on_typed: Callable[[dict[str, str]], object],
        parent: QWidget,
        *,
        told: str = "",
    ) -> None:
        super().__init__(heading, verb, parent, width=_WIDTH)
        self.setObjectName("star_texts")
        self._on_typed = on_typed
        if told:
            self.body.insertWidget(0, Note(told))
        vocabulary = vocabulary_of(desk.branch)
        self.fields: dict[str, FieldEditor] = {}
        for one in fields:
            editor = asked(one.name, one.kind, one.label, vocabulary, one.hint)
            editor.fill(one.text)
            self.fields[one.name] = editor
            self.form.addRow(one.label, editor)
        next(iter(self.fields.values())).take_focus()

    def boxes(self, dialog: str) -> dict[str, QPlainTextEdit]:
        """The boxes of its long texts by the names of their drafts, which begin with that of the dialog."""
        long = {name: one for name, one in self.fields.items() if isinstance(one, LongTextEditor)}
        return {f"{dialog}.{name}": one.box for name, one in long.items()}

    @override
    def act(self) -> None:
        self._on_typed(texts_of(self.fields))
