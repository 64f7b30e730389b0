"""The dialog that accepts a claimed task: how much was done, when, who looked at it, what proves it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from branchdesk.domain.points.model import PointEntry, PointScheme
from branchdesk.domain.points.tally import shown_points
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.members import vocabulary_of
from branchdesk.services.points import entering
from branchdesk.services.points.entering import AcceptanceTyped
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.points.words import caps_of, rule_words, usual_day
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Note, Words

_QUANTITY = 90


class AcceptanceDialog(FormDialog):
    """Lets a claimed task count."""

    def __init__(self, desk: Desk, scheme: PointScheme, entry: PointEntry, parent: QWidget) -> None:
        super().__init__(_("任务完成，通过"), _("通过并记分"), parent, width=600)
        self.setObjectName("accept_claim")
        self._desk = desk
        self._entry = entry
        rule = scheme.rule(entry.rule)
        told = _("{name} 认领于 {day}", name=entry.name, day=PartialDate.of(entry.on).shown())
        self.body.insertWidget(0, Note(rule_words(rule) if rule is not None else entry.rule, "strong"))
        caps = caps_of(rule) if rule is not None else ""
        self.body.insertWidget(1, Note(" · ".join(filter(None, (told, caps)))))
        self.quantity = QLineEdit(shown_points(entry.quantity))
        self.quantity.setAccessibleName(_("数量"))
        self.quantity.setFixedWidth(px(_QUANTITY))
        vocabulary = vocabulary_of(desk.branch)
        self.on = asked("on", "date", _("完成日期"), vocabulary)
        self.reviewer = asked("reviewer", "member", _("审核人"), vocabulary, _("本人以外的人"))
        self._lay_out(rule.unit if rule is not None else "")
        self.evidence = self.line(_("佐证"), entry.evidence_title, _("如签到表、照片、证明的名称"))
        self.on.fill(usual_day(entry.on.year))
        if desk.branch.person.name != entry.name:
            self.reviewer.fill(desk.branch.person.name)
        self.quantity.setFocus()

    def _lay_out(self, unit: str) -> None:
        amount = QWidget()
        line = row(gap=8, parent=amount)
        line.addWidget(self.quantity)
        line.addWidget(Words(unit, "second"))
        line.addStretch(1)
        self.form.addRow(_("数量"), amount)
        self.form.addRow(_("完成日期"), self.on)
        self.form.addRow(_("审核人"), self.reviewer)

    @override
    def act(self) -> None:
        typed = AcceptanceTyped(
            reviewer=self.reviewer.text().strip(),
            on=self.on.text().strip(),
            quantity=self.quantity.text().strip(),
            evidence_title=self.evidence.text().strip(),
        )
        outcome = entering.accept(self._desk.branch, self._entry.uid, typed)
        self._desk.adopt(outcome)
        said = "".join(one.sentence for one in outcome.findings[:1])
        self._desk.toast_requested.emit(said or _("{name}的任务已通过，计分了。", name=self._entry.name))
