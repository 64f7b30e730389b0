"""Keeping what is typed into a daily record two seconds after the last key, and giving it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from branchdesk.services.daily import drafts
from branchdesk.services.open_branch import Branch
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.widgets.draft_bar import DraftBar

_WAIT_MILLISECONDS = 2000
Cell = tuple[str, int, int]  # whose record, of which year and month


class DailyDrafts(QObject):
    """Drafts of one member and month. `taken` tells the texts that the clerk wants to go on with."""

    taken = Signal(dict)

    def __init__(self, branch: Branch, unstored: Callable[[], Mapping[str, str]], parent: QWidget) -> None:
        """`unstored` are the texts that differ from what is stored, by the ids of their fields."""
        super().__init__(parent)
        self._branch = branch
        self._unstored = unstored
        self._cell: Cell | None = None
        self.bar = DraftBar()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MILLISECONDS)
        self._timer.timeout.connect(self.keep)
        self.bar.taken.connect(self._take)
        self.bar.refused.connect(self._refuse)

    def watch(self, pane: FormPane) -> None:
        """Wait for keys in the editors of a form."""
        for editor in pane.editors.values():
            box = editor.focusProxy()
            if isinstance(box, QPlainTextEdit):
                box.textChanged.connect(self._timer.start)
            elif isinstance(box, QLineEdit):
                box.textEdited.connect(self._typed)

    def _typed(self, _text: str) -> None:
        self._timer.start()

    def keep(self) -> None:
        """Keep what is typed and not stored, in case the power goes."""
        texts = self._unstored() if self._cell is not None else {}
        if self._cell is not None and texts:
            drafts.keep_draft(self._branch, *self._cell, texts)

    def drop(self) -> None:
        """Forget the draft, once what was typed is stored or given up."""
        self._timer.stop()
        if self._cell is not None:
            drafts.drop_draft(self._branch, *self._cell)

    def turn_to(self, cell: Cell | None) -> None:
        """Another member or month is in front; offer what was typed there and is not stored."""
        if cell == self._cell:
            return
        self._timer.stop()
        self._cell = cell
        self.bar.offer(drafts.draft_of(self._branch, *cell) if cell is not None else None)

    def _take(self) -> None:
        draft = self.bar.draft
        self.bar.offer(None)
        if draft is not None:
            self.taken.emit(dict(draft.texts))

    def _refuse(self) -> None:
        self.bar.offer(None)
        self.drop()
