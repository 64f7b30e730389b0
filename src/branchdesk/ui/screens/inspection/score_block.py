"""The score of one line: who scores, the keys for it, a line for halves, and why points were taken off."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from branchdesk.domain.inspections.model import Stage
from branchdesk.domain.inspections.scoring import shown
from branchdesk.i18n import _
from branchdesk.ui.fields.typed_line import TypedLine
from branchdesk.ui.look import px
from branchdesk.ui.screens.inspection.line_words import STAGE_WORDS
from branchdesk.ui.screens.inspection.lines import ShownLine
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.layouts import Flow, column, row
from branchdesk.ui.widgets.score_keys import ScoreKeys
from branchdesk.ui.widgets.texts import Note, Words, restyle

_FIELD = 62
# What people type for a point when the input method is on.
_SPELLINGS = str.maketrans("０１２３４５６７８９．。", "0123456789..")
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def begins_score(event: QKeyEvent) -> bool:
    """Whether a key is a digit that begins a score, with nothing held but the number pad."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return held == Qt.KeyboardModifier.NoModifier and event.text().translate(_SPELLINGS) in set("0123456789")


class ScoreLine(QLineEdit):
    """A score as it is typed. `typed` tells it once when it is left, `entered` that Enter was pressed."""

    typed = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("score")
        self._filled = ""
        self.setFixedWidth(px(_FIELD))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.editingFinished.connect(self.commit)

    def fill(self, text: str) -> None:
        """Show the stored score; what is being typed stays."""
        self._filled = text
        if not (self.hasFocus() and self.isModified()):
            self.setText(text)
            if self.hasFocus():
                self.selectAll()

    def begin(self, text: str) -> None:
        """Begin a score with a digit that was typed elsewhere."""
        if self.isReadOnly():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setText(text.translate(_SPELLINGS))
        self.setModified(True)

    def commit(self) -> None:
        """Tell the score where it differs from what is stored."""
        text = self.text().strip().translate(_SPELLINGS)
        if text != self._filled:
            self._filled = text
            self.setModified(False)
            self.typed.emit(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _ENTER and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()  # Ctrl+Enter is a wish of the page
            return
        super().keyPressEvent(event)
        if Qt.Key(event.key()) in _ENTER:
            event.accept()
            self.entered.emit()


class ScoreBlock(QWidget):
    """`scored` tells a score, `reasoned` why it is what it is, `went_on` that Enter ended it."""

    scored = Signal(str)
    reasoned = Signal(str)
    went_on = Signal()
    stage_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.stage = Segments([(stage.value, _(words)) for stage, words in STAGE_WORDS.items()], Stage.SELF)
        self._label = Words(_("自评得分"), "second")
        self.keys = ScoreKeys()
        self.line = ScoreLine()
        self.words = Words("", "second")
        self.wrong = Note("", "error")
        self.reason = TypedLine("score_reason", _("扣分原因"))
        self._reason_row = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        box = column(gap=8, parent=self)
        head = QWidget()
        flow = Flow(head, gap=6)
        parts: list[QWidget] = [self._label, self.stage, self.keys, self.line, self.words]
        for part in parts:
            flow.addWidget(part)
        box.addWidget(head)
        box.addWidget(self.wrong)
        line = row(gap=8, parent=self._reason_row)
        label = Words(_("扣分原因"), "second")
        label.setBuddy(self.reason)
        line.addWidget(label)
        line.addWidget(self.reason, 1)
        box.addWidget(self._reason_row)
        self.wrong.hide()

    def _connect(self) -> None:
        self.stage.chosen.connect(self.stage_chosen)
        self.keys.chosen.connect(self._press_key)
        self.line.typed.connect(self.scored)
        self.line.entered.connect(self.went_on)
        self.reason.entered.connect(self.reasoned)

    def _press_key(self, text: str) -> None:
        self.line.begin(text)
        self.line.commit()

    # ---- showing

    def show_line(self, line: ShownLine, stage: Stage, *, both: bool) -> None:
        """Show how a line was scored by one side; `both` says that it may be looked at from either."""
        indicator, scored, said = line.indicator, line.score_at(stage), line.answer.at(stage)
        self.stage.choose(stage)
        self.stage.setVisible(both)
        self._label.setVisible(not both)
        counts = indicator.points is not None and line.answer.applies
        self.keys.show_points(indicator.points if counts else None)
        self.keys.show_score(scored.score)
        self.line.setVisible(counts)
        self.line.fill(shown(scored.score) if scored.score is not None else "")
        self.line.setAccessibleName(_("{number} 得分", number=indicator.number))
        self.words.setText(
            _points_words(indicator.points, scored.score, bonus=indicator.bonus) if counts else ""
        )
        self.words.setVisible(counts)
        self.reason.fill(said.reason)
        lost = scored.score is not None and indicator.points is not None and scored.score < indicator.points
        wanted = counts and (said.score is not None or bool(said.reason) or (lost and not indicator.bonus))
        self._reason_row.setVisible(wanted)
        self.say("")

    def say(self, sentence: str) -> None:
        """Say what is wrong with what was typed; an empty sentence takes it back."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        restyle(self.line, "state", "err" if sentence else "")

    def ask_for_reason(self, sentence: str) -> None:
        """Ask why the score is another than what was counted."""
        self.reason.setPlaceholderText(sentence)
        restyle(self.reason, "state", "warn" if sentence else "")

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        self.keys.set_read_only(read_only=read_only)
        self.line.setReadOnly(read_only)
        self.reason.setReadOnly(read_only)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        self.line.commit()
        self.reason.commit()


def _points_words(points: Decimal | None, score: Decimal | None, *, bonus: bool) -> str:
    if points is None:
        return ""
    if bonus:
        return _("最多加 {points}", points=shown(points))
    if score is None or score >= points:
        return _("满分 {points}", points=shown(points))
    return _("满分 {points}，扣 {lost}", points=shown(points), lost=shown(points - score))
