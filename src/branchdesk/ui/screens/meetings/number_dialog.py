"""Which meeting of which year it is, where that does not follow from its day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.meetings.model import Meeting
from branchdesk.errors import Problem
from branchdesk.forms.spelling import half_width, without_spaces
from branchdesk.i18n import _
from branchdesk.services.meetings import editing
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.screens.meetings.file import MeetingEdits
from branchdesk.ui.widgets.texts import Note

_LONGEST = 6  # digits; what is longer is no number of a meeting and no year


class NumberDialog(FormDialog):
    """Asks for the year that a meeting counts for and its number in it."""

    def __init__(self, edits: MeetingEdits, meeting: Meeting, parent: QWidget) -> None:
        super().__init__(_("年度和次数"), _("改好"), parent)
        self.setObjectName("meeting_number")
        self._edits = edits
        self.year = self.line(_("年度"), str(meeting.year))
        self.number = self.line(_("第几次"), "" if meeting.number is None else str(meeting.number))
        self.body.addWidget(Note(_("次数按年度连着排。第二年年初补开的会，可以算作上一年度的。"), "hint"))

    @override
    def act(self) -> None:
        year, number = _whole(self.year.text()), _whole(self.number.text())
        if year is None:
            raise Problem(_("年度没有填写。"), _("请填写四位数的年份，如 2026。"))
        self._edits.desk.adopt(editing.set_number(self._edits.desk.branch, self._edits.uid, year, number))


def _whole(typed: str) -> int | None:
    """A whole number that was typed; None for nothing. Raises Problem for anything else."""
    digits = without_spaces(half_width(typed))
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST):
        raise Problem(_("“{text}”不是整数。", text=typed), _("请只写数字，如 4。"))
    return int(digits)
