"""What is special about one person at one meeting: there or not, why, with a vote or without."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.meetings import attending
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.screens.meetings.attendance_board import SPOKEN
from branchdesk.ui.screens.meetings.file import MeetingEdits
from branchdesk.ui.widgets.texts import Note


class PersonDialog(FormDialog):
    """Changes what is noted about one person; when the meeting is final, only what was made up later."""

    def __init__(
        self, edits: MeetingEdits, person: Attendance, parent: QWidget, *, is_open: bool, is_chosen: bool
    ) -> None:
        super().__init__(_("{name} · 签到", name=person.name), _("确定"), parent, width=560)
        self.setObjectName("person_attendance")
        self._edits = edits
        self._person = person
        states = [(_(SPOKEN[state]), state) for state in Presence]
        self.presence = self.box(_("到会情况"), states, person.presence)
        self.reason = self.line(_("原因"), person.reason, _("请假、缺席要写原因"))
        self.may_vote = self._tick(_("有表决权"), checked=person.may_vote)
        self.written = self._tick(_("会前交了书面意见"), checked=person.written)
        self.left_out = self._tick(_("可不计入应到人数"), checked=not person.counts)
        self.basis = self.line(_("不计入的依据"), person.basis, _("如 长期卧床，第几条"))
        made_up = PartialDate.read(person.made_up_on)
        self.made_up_on = self.line(
            _("补学日期"), made_up.shown() if made_up else person.made_up_on, _("如 2026.11.26")
        )
        self.body.addWidget(Note(_("预备党员没有表决权；书面意见计入票数，不计入到会人数。"), "hint"))
        for part in (
            self.presence,
            self.reason,
            self.may_vote,
            self.written,
            self.left_out,
            self.basis,
        ):
            part.setEnabled(is_open)
        if is_open and is_chosen:
            self.add_button(_("移出名单"), self._remove, look="ghost", name="remove_person", apart=True)

    def _remove(self) -> None:
        """Take the person off the list of a meeting whose people are chosen one by one."""
        self._edits.do(attending.remove_expected, [self._person.uid])
        self.accept()

    def _tick(self, label: str, *, checked: bool) -> QCheckBox:
        made = QCheckBox(label)
        made.setChecked(checked)
        self.form.addRow("", made)
        return made

    @override
    def act(self) -> None:
        before = self._person
        now: dict[str, str | bool] = {
            "may_vote": self.may_vote.isChecked(),
            "written": self.written.isChecked(),
            "counts": not self.left_out.isChecked(),
            "basis": self.basis.text().strip(),
            "reason": self.reason.text().strip(),
        }
        typed = {key: value for key, value in now.items() if value != getattr(before, key)}
        made_up = PartialDate.read(before.made_up_on)
        if self.made_up_on.text().strip() != (made_up.shown() if made_up else before.made_up_on):
            typed["made_up_on"] = self.made_up_on.text().strip()
        branch, uid = self._edits.desk.branch, self._edits.uid
        presence = Presence(self.presence.currentData())
        if presence is not before.presence:
            self._edits.desk.adopt(attending.mark(branch, uid, {before.uid: presence}))
        if typed:
            self._edits.desk.adopt(attending.set_attendance(branch, uid, before.uid, typed))
