"""What the pane of a line asks for, carried out: scores, counts, words, evidence, confirming."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.inspections.model import Evidence
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.services.inspections import answering, proofs
from branchdesk.ui.inspection_words import day_shown
from branchdesk.ui.pick_dialog import PickDialog
from branchdesk.ui.screens.inspection.file import InspectionEdits, InspectionFile
from branchdesk.ui.screens.inspection.line_pane import LinePane


class LineDeeds(QObject):
    """Works on the line in the pane; what was refused is said in its place. `went_on` follows a score."""

    went_on = Signal()

    def __init__(self, edits: InspectionEdits, pane: LinePane, parent: QWidget) -> None:
        super().__init__(parent)
        self._edits = edits
        self._pane = pane
        self._parent = parent
        self.file: InspectionFile | None = None
        self._connect()

    def _connect(self) -> None:
        pane = self._pane
        pane.score.scored.connect(self._score)
        pane.score.reasoned.connect(self._reason)
        pane.score.went_on.connect(self._go_on)
        pane.check.checked.connect(self._check)
        pane.rules.counted.connect(self._count)
        pane.answers.written.connect(self._write)
        pane.answers.applies_told.connect(self._apply)
        pane.answers.veto_told.connect(self._veto)
        pane.proofs.picking.connect(self._pick)
        pane.proofs.files_dropped.connect(self._attach)
        pane.proofs.pasted.connect(self._attach_picture)
        pane.proofs.removing_requested.connect(self._remove_proof)
        pane.foot.confirm_requested.connect(self.confirm)

    @property
    def _indicator(self) -> str:
        """The id of the line in the pane."""
        return self._pane.line.indicator.id if self._pane.line is not None else ""

    # ---- scores and counts

    def _score(self, text: str) -> None:
        refused = self._edits.attempt(answering.set_score, self._indicator, self._pane.stage, text)
        self._pane.score.say(_both(refused))

    def _reason(self, text: str) -> None:
        self._edits.do(answering.set_reason, self._indicator, self._pane.stage, text)

    def _go_on(self) -> None:
        """Enter goes on only from a score that stands."""
        if not self._pane.score.wrong.isVisibleTo(self._pane):
            self.went_on.emit()

    def _count(self, rule: str, text: str, why: str) -> None:
        refused = self._edits.attempt(answering.set_count, self._indicator, self._pane.stage, rule, text, why)
        self._pane.score.say(_both(refused))

    def _check(self, key: str, text: str) -> None:
        refused = self._edits.attempt(answering.set_check, self._indicator, {key: text})
        self._pane.score.say(_both(refused))

    def confirm(self) -> None:
        """Confirm what the records say about the line."""
        if self.file is not None and self.file.is_open and self._indicator:
            self._pane.commit()
            self._edits.do(answering.confirm, [self._indicator])

    def confirm_all(self) -> None:
        """Confirm what the records say about every line that waits for it."""
        file = self.file
        waiting = [one.indicator.id for one in file.lines if one.is_unconfirmed] if file is not None else []
        if waiting:
            self._edits.do(answering.confirm, waiting, done=_("自动取数已全部核实。"))

    # ---- words

    def _write(self, key: str, text: str) -> None:
        self._edits.do(answering.write_line, self._indicator, {key: text})

    def _apply(self, applies: bool, why: str) -> None:  # noqa: FBT001 - a signal's argument
        self._edits.do(answering.set_applies, self._indicator, applies=applies, why=why)

    def _veto(self, vetoed: bool, why: str) -> None:  # noqa: FBT001 - a signal's argument
        self._edits.do(answering.set_veto, self._indicator, vetoed=vetoed, why=why)

    # ---- evidence

    def _attach(self, paths: Sequence[Path]) -> None:
        """Each as a step of its own: one refusal stops no other."""
        slot = self._pane.proofs.slot.current
        for path in paths:
            self._edits.do(proofs.attach_proof, self._indicator, slot, path)

    def _attach_picture(self, name: str, content: bytes) -> None:
        slot = self._pane.proofs.slot.current
        self._edits.do(proofs.attach_proof_content, self._indicator, slot, name, content)

    def _remove_proof(self, uid: str) -> None:
        self._edits.do(proofs.remove_proof, uid, done=_("佐证已移除。"))

    def _pick(self) -> None:
        """Offer what the records of the period have, the likely first."""
        desk, indicator = self._edits.desk, self._indicator
        found = desk.do(partial(proofs.candidates, desk.branch, self._edits.uid, indicator))
        if found is None:
            return
        slot = self._pane.proofs.slot.current

        def take(place: int) -> None:
            one: Evidence = found[place]
            self._edits.do(proofs.add_proof, indicator, slot, one.entity, one.uid)

        PickDialog(
            _("从档案挑选佐证"),
            [_called(one) for one in found],
            take,
            self._parent,
            verb=_("添加"),
            nothing=_("这个时期的会议和附件里没有可以挑选的，请用“添加文件”。"),
        ).open()


def _called(one: Evidence) -> str:
    return _("{day}　{title}", day=day_shown(one.on), title=one.title) if one.on else one.title


def _both(problem: Problem | None) -> str:
    return f"{problem.sentence}{problem.advice}" if problem is not None else ""
