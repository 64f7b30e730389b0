"""Keeping what is typed into an evaluation and is not stored, and giving it back after a crash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from branchdesk.i18n import _
from branchdesk.services.evaluations import deciding, drafts, heads
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.widgets.draft_bar import DraftBar
from branchdesk.ui.widgets.drafted_text import DRAFT_MILLISECONDS, LONGEST_WAIT_MILLISECONDS

# How the names of drafts begin: an opinion about a subject, the head, a story to declare, a star's dialog.
SUBJECT, HEAD, STORY, STAR = "subject", "head", "story", "star"


class EvaluationDrafts(QObject):
    """The drafts of the evaluation in front, by the places they were typed into.

    They are named `subject.<uid>.<field>`, `head.<field>`, `story.<subject>.<dimension>` and
    `star.<uid>.<deed>.<field>`. What was typed into the first two is stored when it is taken; `dialog_wanted`
    tells the name of a dialog to go on with and its texts by field. `due` asks open dialogs to keep theirs.
    """

    dialog_wanted = Signal(str, dict)
    due = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._uid = ""
        self.bar = DraftBar()
        self.bar.taken.connect(self._take)
        self.bar.refused.connect(self._refuse)

    def turn_to(self, sheet: EvaluationSheet | None) -> None:
        """Another evaluation is in front; offer what was typed into it and is not stored."""
        uid = sheet.evaluation.uid if sheet is not None else ""
        if uid != self._uid:
            self._uid = uid
            may_write = sheet is not None and not sheet.is_frozen and self._desk.branch.person.role.may_write
            self.bar.offer(drafts.draft_of(self._desk.branch, uid) if may_write else None)

    def offer(self) -> None:
        """Offer what is kept of the evaluation in front."""
        self.bar.offer(drafts.draft_of(self._desk.branch, self._uid))

    def keep(self, texts: Mapping[str, str]) -> None:
        """Keep what is typed and not stored, in case the power goes."""
        if self._uid and texts:
            drafts.keep_draft(self._desk.branch, self._uid, texts)

    def drop(self, names: Iterable[str]) -> None:
        """Forget what was typed into some places, once it is stored or given up."""
        if self._uid:
            drafts.drop_draft(self._desk.branch, self._uid, names)

    # ---- giving back

    def _take(self) -> None:
        draft = self.bar.draft
        self.bar.offer(None)
        if draft is None:
            return
        known = dict(draft.texts)
        done = [name for name, text in known.items() if self._is_stored_at_once(name, text)]
        self.drop(done)
        if done:
            self._desk.undo_offered.emit(_("没有存的内容已经接上。"))
        waiting = {name: text for name, text in known.items() if name not in done}
        if waiting:
            dialog = next(iter(waiting)).rpartition(".")[0]
            texts = {
                name.rpartition(".")[2]: text
                for name, text in waiting.items()
                if name.rpartition(".")[0] == dialog
            }
            self.dialog_wanted.emit(dialog, texts)

    def _is_stored_at_once(self, name: str, text: str) -> bool:
        """Store a text that needs no dialog, and whether it was one; a place that is gone is passed over."""
        kind, _dot, place = name.partition(".")
        branch, uid = self._desk.branch, self._uid
        if kind == HEAD:
            self._desk.do(partial(heads.set_head, branch, uid, {place: text}))
        elif kind == SUBJECT:
            subject, _dot, field = place.partition(".")
            self._desk.do(partial(deciding.set_opinion, branch, uid, subject, {field: text}))
        else:
            return False
        return True

    def _refuse(self) -> None:
        self.bar.offer(None)
        if self._uid:
            drafts.drop_draft(self._desk.branch, self._uid)


class DialogDrafts(QObject):
    """Keeps the long texts of a dialog two to five seconds after a key, and where it is left unsaved.

    `boxes` are its texts by the names of their drafts, each filled with what is `stored`.
    """

    def __init__(
        self,
        drafts_kept: EvaluationDrafts,
        boxes: Mapping[str, QPlainTextEdit],
        stored: Mapping[str, str],
        dialog: QDialog,
    ) -> None:
        super().__init__(dialog)
        self._drafts = drafts_kept
        self._boxes = dict(boxes)
        self._stored = dict(stored)
        self._soon, self._at_last = (
            self._timer(milliseconds) for milliseconds in (DRAFT_MILLISECONDS, LONGEST_WAIT_MILLISECONDS)
        )
        for box in self._boxes.values():
            box.textChanged.connect(self._wait)
        drafts_kept.due.connect(self.keep)
        dialog.accepted.connect(self._drop)
        dialog.rejected.connect(self._leave)

    def _timer(self, milliseconds: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(self.keep)
        return made

    def _wait(self) -> None:
        self._soon.start()
        if not self._at_last.isActive():
            self._at_last.start()

    def note_stored(self, name: str, text: str) -> None:
        """A text was stored while the dialog stays open."""
        self._stored[name] = text
        self._drafts.drop([name])

    def keep(self) -> None:
        """Keep what is typed and not stored."""
        self._soon.stop()
        self._at_last.stop()
        typed = {name: box.toPlainText() for name, box in self._boxes.items()}
        unstored = {
            name: text for name, text in typed.items() if text.strip() != self._stored.get(name, "").strip()
        }
        self._drafts.drop([name for name in typed if name not in unstored])
        self._drafts.keep(unstored)

    def _drop(self) -> None:
        self._soon.stop()
        self._at_last.stop()
        self._drafts.drop(self._boxes)

    def _leave(self) -> None:
        """What was typed is not lost with Esc: it is offered until it is taken or refused."""
        self.keep()
        self._drafts.offer()
