"""The papers of meetings from the window: choose one, see it, print it, or save it as PDF or Word."""

from __future__ import annotations

from functools import partial

from branchdesk import clock
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
from branchdesk.ui.paper_choice import PaperChoice, open_chosen_paper, open_paper
from branchdesk.ui.paper_saving import save_workbook
from branchdesk.ui.printing import PrintDialog

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
    kinds = papers_in_order(reading.form_of(branch, meeting), meeting)
    choice = PaperChoice([(one, _(PAPER_TITLES[one])) for one in kinds], str(kind))
    make = partial(meeting_paper, branch, str(uid), revision=revision)
    day = meeting.day or clock.today()
    name = paper_name(_(PAPER_TITLES[choice.current]), meeting.title, day.strftime("%Y%m%d"))
    return open_chosen_paper(window, _("会议"), choice, make, name)


def open_volume_print(window: Frame, year: int | None) -> PrintDialog:
    """Print the volume of a year."""
    branch = window.desk.branch
    wanted = year or clock.today().year
    make = partial(volume_paper, branch, root_of(branch), wanted)
    name = paper_name(_("会议记录册"), "", str(wanted))
    return open_paper(window, _("{year} 年会议记录册", year=wanted), make, name)


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
