"""The dialog of one score: what was asked, what was done, the points, who gave them and what proves it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.model import Part, PartScore, Subject
from branchdesk.i18n import _
from branchdesk.services.evaluations import scores
from branchdesk.services.members import vocabulary_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.words import figure
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Note, Words

_SCORE = 90


class CardDialog(FormDialog):
    """Writes one line of the card of a subject. A score that comes from records can only be explained."""

    def __init__(
        self, desk: Desk, uid: str, subject: Subject, part: Part, known: PartScore, parent: QWidget
    ) -> None:
        super().__init__(
            _("{name} · {part}", name=subject.name, part=part.title), _("保存"), parent, width=600
        )
        self.setObjectName("score_card")
        self._desk = desk
        self._uid, self._part, self._known = uid, part, known
        one = known
        weight, full = figure(part.weight), figure(part.full)
        told = _("权重 {weight}%，满分 {full} 分", weight=weight, full=full)
        self.body.insertWidget(0, Note(told, "second"))
        self.target = self.line(_("目标"), one.target or part.target, _("要做到什么"))
        self.actual = self.line(_("实际完成"), one.actual, _("做到了什么，有数字的写数字"))
        self.score = QLineEdit(figure(one.score) if one.score is not None else "")
        self.score.setAccessibleName(_("得分"))
        self.score.setFixedWidth(px(_SCORE))
        amount = QWidget()
        line = row(gap=8, parent=amount)
        line.addWidget(self.score)
        line.addWidget(Words(_("/ {full}", full=full), "second"))
        line.addStretch(1)
        self.form.addRow(_("得分"), amount)
        self.scorer = asked("scorer", "member", _("评分人"), vocabulary_of(desk.branch))
        self.scorer.fill(one.scorer)
        self.form.addRow(_("评分人"), self.scorer)
        self.evidence = self.line(_("依据"), one.evidence_title, _("如会议记录、通报、证书的名称"))
        self.note = self.line(_("备注"), one.note)
        self.score.setFocus()
        self.score.selectAll()

    @override
    def act(self) -> None:
        title, target = self.evidence.text().strip(), self.target.text().strip()
        same = title == self._known.evidence_title
        texts = {
            "score": self.score.text().strip(),
            "target": "" if target == self._part.target else target,
            "actual": self.actual.text().strip(),
            "note": self.note.text().strip(),
            "scorer": self.scorer.text().strip(),
            "evidence_title": title,
            "evidence_entity": self._known.evidence_entity if same else "",
            "evidence_uid": self._known.evidence_uid if same else "",
        }
        subject, dimension = self._known.subject, self._known.dimension
        branch, part = self._desk.branch, self._part.id
        self._desk.adopt(scores.set_card(branch, self._uid, subject, part, texts, dimension))
