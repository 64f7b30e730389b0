"""The dialog that finishes a step: on which day, and what there is to note; warnings may be accepted here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.evaluations.model import Step
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.evaluations import steps
from branchdesk.services.evaluations.life import NotReady
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.services.members import vocabulary_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.screens.evaluations.words import day_shown
from branchdesk.ui.widgets.texts import Note


class FinishStepDialog(FormDialog):
    """Finishes one step of an evaluation."""

    def __init__(self, desk: Desk, sheet: EvaluationSheet, step: Step, parent: QWidget) -> None:
        super().__init__(_("完成“{step}”", step=step.title), _("完成这一步"), parent, width=520)
        self.setObjectName("finish_step")
        self._desk = desk
        self._uid = sheet.evaluation.uid
        self._step = step
        self._accepts = False
        vocabulary = vocabulary_of(desk.branch)
        known = sheet.evaluation.done(step.id)
        self.begun = asked("begun", "date", _("哪天贴出去的"), vocabulary)
        self.on = asked("on", "date", _("哪天完成的"), vocabulary)
        self.on.fill(PartialDate.of(clock.today()).shown())
        self.form.addRow(_("哪天贴出去的"), self.begun)
        self.form.addRow(_("哪天完成的"), self.on)
        self.form.setRowVisible(self.begun, bool(step.days))
        self.begun.fill(day_shown(known.begun_on if known is not None else None))
        note = known.note if known is not None else ""
        self.note = self.line(_("备注"), note, _("地点、主持人等，可不填"))
        if step.days:
            text = _("公示期满，没有异议或者异议已经处理，才算完成；只算工作日，贴出当天不算。")
            self.body.insertWidget(0, Note(text, "second"))
        self.on.take_focus()

    @override
    def act(self) -> None:
        try:
            outcome = steps.finish_step(
                self._desk.branch,
                self._uid,
                self._step.id,
                on=self.on.text().strip(),
                note=self.note.text().strip(),
                begun=self.begun.text().strip() if self._step.days else "",
                accept=self._accepts,
            )
        except NotReady as refused:
            self._accepts = refused.may_be_accepted
            advice = _("核对无误的，再按一次“完成这一步”。") if self._accepts else refused.advice
            raise Problem("".join(one.sentence for one in refused.findings), advice) from refused
        self._desk.adopt(outcome)
        said = "".join(one.sentence for one in outcome.findings[:1])
        self._desk.undo_offered.emit(said or _("“{step}”已完成。", step=self._step.title))
