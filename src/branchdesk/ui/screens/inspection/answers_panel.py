"""What was planned and done in words, whether the line applies, and a veto: each with its reason in place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from branchdesk.i18n import _
from branchdesk.ui.fields.asked import FieldGrid
from branchdesk.ui.fields.typed_line import TypedLine
from branchdesk.ui.screens.inspection.lines import ShownLine
from branchdesk.ui.widgets.drafted_text import DraftedText
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import restyle

PLAN, RECORD = "plan", "record"


class _TickedReason(QWidget):
    """A box to tick that asks for a reason beside itself. `told` tells both once there is a reason."""

    told = Signal(bool, str)

    def __init__(self, name: str, words: str, hint: str) -> None:
        super().__init__()
        self._stored = (False, "")
        self.box = QCheckBox(words)
        self.box.setObjectName(name)
        self.why = TypedLine(f"{name}_why", hint, hint=hint)
        line = column(gap=4, parent=self)
        line.addWidget(self.box)
        line.addWidget(self.why)
        self.box.clicked.connect(self._tick)
        self.why.entered.connect(self._tell)

    def show_state(self, why: str, *, ticked: bool) -> None:
        """Show what is stored; a box that was just ticked keeps waiting for its reason."""
        stored = (ticked, why)
        if stored != self._stored or ticked == self.box.isChecked():
            self.box.setChecked(ticked)
        self._stored = stored
        self.why.fill(why)
        self.why.setVisible(self.box.isChecked())
        restyle(self.why, "state", "")

    def forget(self) -> None:
        """Wait for no reason any more, since another line comes to the front."""
        self.box.setChecked(self._stored[0])
        self.why.clear()

    def _tick(self) -> None:
        ticked = self.box.isChecked()
        self.why.setVisible(ticked)
        if not ticked:
            if self._stored[0]:
                self.told.emit(False, "")
            return
        self.why.setFocus()
        self._tell()

    def _tell(self) -> None:
        why = self.why.text().strip()
        if not self.box.isChecked():
            return
        restyle(self.why, "state", "" if why else "warn")
        if why and (True, why) != self._stored:
            self.told.emit(True, why)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not tick."""
        self.box.setEnabled(not read_only)
        self.why.setReadOnly(read_only)


class AnswersPanel(QWidget):
    """`written` tells plan or record with its text; `applies_told` and `veto_told` a tick and its reason."""

    written = Signal(str, str)
    applies_told = Signal(bool, str)
    veto_told = Signal(bool, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.texts = {
            PLAN: DraftedText("line_plan", _("计划"), _("什么时候做、谁负责")),
            RECORD: DraftedText("line_record", _("记录"), _("做了什么、做到什么程度")),
        }
        self.not_applicable = _TickedReason("not_applicable", _("本项不适用，不计入总分"), _("为什么不适用"))
        self.veto = _TickedReason("veto", _("一票否决：查实有违反情形"), _("写明情形"))
        box = column(gap=8, parent=self)
        grid = FieldGrid()
        grid.add_field(_("计划"), self.texts[PLAN], wide=True)
        grid.add_field(_("记录"), self.texts[RECORD], wide=True)
        box.addLayout(grid)
        box.addWidget(self.not_applicable)
        box.addWidget(self.veto)
        self._connect()

    def _connect(self) -> None:
        self.texts[PLAN].entered.connect(self._tell_plan)
        self.texts[RECORD].entered.connect(self._tell_record)
        self.not_applicable.told.connect(self._tell_applies)
        self.veto.told.connect(self.veto_told)

    def _tell_plan(self, text: str) -> None:
        self.written.emit(PLAN, text)

    def _tell_record(self, text: str) -> None:
        self.written.emit(RECORD, text)

    def _tell_applies(self, does_not: bool, why: str) -> None:  # noqa: FBT001 - a signal's argument
        self.applies_told.emit(not does_not, why)

    def show_line(self, line: ShownLine) -> None:
        """Show what was written on a line."""
        answer, indicator = line.answer, line.indicator
        another = indicator.id != self._shown
        if another:
            self._shown = indicator.id
            self.not_applicable.forget()
            self.veto.forget()
        self.texts[PLAN].fill(answer.plan, fresh=another)
        self.texts[RECORD].fill(answer.record, fresh=another)
        self.not_applicable.show_state(answer.why_not, ticked=not answer.applies)
        self.not_applicable.setVisible(indicator.may_not_apply or not answer.applies)
        self.veto.show_state(answer.veto_reason, ticked=answer.vetoed)
        self.veto.setVisible(indicator.veto)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        for text in self.texts.values():
            text.setReadOnly(read_only)
        self.not_applicable.set_read_only(read_only=read_only)
        self.veto.set_read_only(read_only=read_only)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for text in self.texts.values():
            text.commit()
        for ticked in (self.not_applicable, self.veto):
            ticked.why.commit()
