"""The papers of meetings from the window: choose one, see it, print it, or save it as PDF or Word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.domain.meetings.model import Meeting
from branchdesk.forms.language import Form
from branchdesk.i18n import _, later
from branchdesk.reports.meetings.papers import (
    meeting_paper,
    meeting_workbook,
    meetings_workbook,
    papers_of,
    volume_paper,
)
from branchdesk.reports.papers import paper_name
from branchdesk.services.meetings import reading
from branchdesk.services.meetings.reading import MeetingQuery
from branchdesk.services.organisations import root_of
from branchdesk.ui.frame import Frame
from branchdesk.ui.paper_saving import offer_word, save_workbook
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Words

# The papers of one meeting in the order in which they are needed.
PAPER_TITLES = {
    "notice": later("会议通知"),
    "sign_in": later("签到表"),
    "ballots": later("表决票、选票"),
    "minutes": later("会议记录"),
    "summary": later("会议纪要"),
    "votes": later("计票结果报告单"),
    "absent": later("缺席人员名单"),
    "make_up": later("补课单"),
}


class PaperChoice(QWidget):
    """Which paper of a meeting."""

    changed = Signal()

    def __init__(self, kinds: list[str], current: str) -> None:
        super().__init__()
        box = column(gap=6, parent=self)
        self.kind = Choice()
        for kind in kinds:
            self.kind.addItem(_(PAPER_TITLES[kind]), kind)
        self.kind.setCurrentIndex(max(self.kind.findData(current), 0))
        self.kind.setAccessibleName(_("打印什么"))
        box.addWidget(Words(_("打印什么"), "second"))
        box.addWidget(self.kind)
        self.kind.currentIndexChanged.connect(self.changed)

    @property
    def current(self) -> str:
        """The paper that is chosen."""
        return str(self.kind.currentData())


def papers_in_order(form: Form, meeting: Meeting) -> list[str]:
    """The papers that a meeting can have, in the order in which they are needed."""
    return sorted(papers_of(form, meeting), key=list(PAPER_TITLES).index)


def open_meeting_print(window: Frame, target: tuple[str, str] | tuple[str, str, int]) -> PrintDialog | None:
    """Print a paper of a meeting: `target` is its uid, the paper, and perhaps an earlier finalised text."""
    branch = window.desk.branch
    uid, kind, *rest = target
    revision = int(rest[0]) if rest else None
    meeting = window.desk.do(partial(reading.meeting, branch, uid))
    if meeting is None:
        return None
    choice = PaperChoice(papers_in_order(reading.form_of(branch, meeting), meeting), str(kind))
    chosen = [choice.current]

    def make() -> Document:
        return meeting_paper(branch, str(uid), chosen[0], revision=revision)

    day = meeting.day or clock.today()
    name = paper_name(_(PAPER_TITLES[chosen[0]]), meeting.title, day.strftime("%Y%m%d"))
    dialog = PrintDialog(_("会议"), make, window, choice, name)

    def follow() -> None:
        chosen[0] = choice.current
        dialog.want_rebuild()

    choice.changed.connect(follow)
    offer_word(dialog, make, name)
    dialog.open()
    return dialog


def open_volume_print(window: Frame, year: int | None) -> PrintDialog:
    """Print the volume of a year."""
    branch = window.desk.branch
    wanted = year or clock.today().year
    make = partial(volume_paper, branch, root_of(branch), wanted)
    name = paper_name(_("会议记录册"), "", str(wanted))
    dialog = PrintDialog(_("{year} 年会议记录册", year=wanted), make, window, name=name)
    offer_word(dialog, make, name)
    dialog.open()
    return dialog


def open_meetings_export(window: Frame, query: MeetingQuery | None) -> None:
    """Ask where to, and write the list of meetings to a workbook."""
    name = paper_name(_("会议台账"), "", clock.today().strftime("%Y%m%d"))
    make = partial(meetings_workbook, window.desk.branch, query or MeetingQuery())
    save_workbook(window, _("导出会议台账"), name, make)


def open_meeting_export(window: Frame, uid: str) -> None:
    """Ask where to, and write everything about one meeting to a workbook."""
    meeting = window.desk.do(partial(reading.meeting, window.desk.branch, uid))
    if meeting is not None:
        day = meeting.day or clock.today()
        name = paper_name(_("会议"), meeting.title, day.strftime("%Y%m%d"))
        save_workbook(window, _("导出这次会议"), name, partial(meeting_workbook, window.desk.branch, uid))
