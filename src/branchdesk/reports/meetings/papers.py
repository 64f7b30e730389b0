"""The papers of meetings: the services are asked, and what they answer becomes a document.

What is handed in is Chinese whatever language the window speaks. Minutes that are final print the same for
ever: they are dated with the day of the meeting and say what was finalised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.domain.meetings.model import Meeting, MeetingState, Presence
from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.samples import Sample
from branchdesk.i18n import _, speaking_chinese
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.filled import Filled
from branchdesk.reports.filled_form import form_document
from branchdesk.reports.meetings.absent_list import absent_list_document
from branchdesk.reports.meetings.ballots import ballots_document, votes_by_ballot
from branchdesk.reports.meetings.make_up_slip import make_up_document
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.minutes import minutes_document
from branchdesk.reports.meetings.notice import notice_document
from branchdesk.reports.meetings.outcomes import outcomes_of
from branchdesk.reports.meetings.sample_meeting import sample_lines, sample_meeting, sample_values
from branchdesk.reports.meetings.sign_in import sign_in_document
from branchdesk.reports.meetings.summary import summary_document
from branchdesk.reports.meetings.volume import Volume, volume_document
from branchdesk.reports.meetings.vote_sheet import vote_sheet_document
from branchdesk.services.meetings import reading
from branchdesk.services.meetings.editing import passages_typed
from branchdesk.services.meetings.figures import figures
from branchdesk.services.meetings.voting import verdicts
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import organisation_tree

_PAPERS: Mapping[str, Callable[[Matter], Document]] = {
    "minutes": minutes_document,
    "summary": summary_document,
    "notice": notice_document,
    "sign_in": sign_in_document,
    "votes": vote_sheet_document,
    "ballots": ballots_document,
    "absent": absent_list_document,
    "make_up": make_up_document,
}
MEETING_PAPERS = tuple(_PAPERS)
_MARKED_DRAFT = ("minutes", "summary")  # papers that are worth something only when they are final
_NOT_OF_A_TALK = ("notice", "sign_in", "summary")  # two people talk in confidence
_BEFORE = (MeetingState.PLANNED, MeetingState.NOTICED)
_ABOUT_VOTES = ("ballots", "votes")
_SAMPLE_ORGANISATION = "中共滨江市经济信息中心支部委员会"


def meeting_paper(
    branch: Branch,
    uid: str,
    kind: str,
    *,
    revision: int | None = None,
    draft: bool | None = None,
    typed: str | None = None,
) -> Document:
    """A paper of a meeting as it stands, or as it was finalised as `revision`.

    `typed` is the running text that is being typed and not stored yet.

    `kind` is one of MEETING_PAPERS. Minutes and summaries are marked as drafts until they are final, unless
    `draft` says otherwise. Raises Problem where the meeting is not there, or has nothing for such a paper.
    """
    found = (
        reading.printed(branch, uid) if revision is None else reading.meeting_version(branch, uid, revision)
    )
    if typed is not None and not found.state.is_locked:
        found = replace(found, passages=passages_typed(branch, uid, typed))
    matter = _matter(branch, found)
    if draft is None:
        draft = kind in _MARKED_DRAFT and revision is None and not found.state.is_locked
    matter = replace(matter, draft=draft)
    _refuse_empty(matter, kind)
    return _PAPERS[kind](matter)


def _matter(branch: Branch, meeting: Meeting) -> Matter:
    """A meeting with all that its papers say of it; dated with its own day."""
    form = reading.form_of(branch, meeting)
    with speaking_chinese():
        judged = verdicts(branch, meeting)
        counted = figures(form, meeting)
    return Matter(
        form=form,
        meeting=meeting,
        made_on=_made_on(meeting),
        vocabulary=reading.surroundings_of(branch, meeting.uid).vocabulary,
        figures=counted,
        outcomes=outcomes_of(meeting, judged),
        late=_is_late(meeting),
    )


def _made_on(meeting: Meeting) -> date:
    """The day that a paper carries inside: that of the meeting, or on which it was first written down."""
    entered = PartialDate.read(meeting.entered_on)
    return meeting.day or (entered.first_day() if entered is not None else clock.today())


def _is_late(meeting: Meeting) -> bool:
    """Whether a meeting was written down so long after its day that the minutes say so."""
    entered = PartialDate.read(meeting.entered_on)
    if entered is None or meeting.day is None:
        return False
    most = shipped_rules().at("late_entry_days", meeting.day).value
    return (entered.first_day() - meeting.day).days > most


def papers_of(form: Form, meeting: Meeting) -> list[str]:
    """The papers that make sense for a meeting: a talk has its record alone, count sheets need a vote."""
    is_talk = form.meeting is not None and form.meeting.layout == "talk"
    unfit = {*(_NOT_OF_A_TALK if is_talk else ()), *(() if meeting.votes else _ABOUT_VOTES)}
    return [kind for kind in MEETING_PAPERS if kind not in unfit]


def _refuse_empty(matter: Matter, kind: str) -> None:
    """Refuse a paper that would be empty, with the reason. Raises Problem."""
    words = matter.form.meeting
    if kind in _NOT_OF_A_TALK and words is not None and words.layout == "talk":
        raise Problem(
            _("“{kind}”只有谈话记录，没有通知、签到表和纪要。", kind=matter.kind), _("请打印会议记录。")
        )
    if kind == "sign_in" and not matter.attendance():
        raise Problem(_("这次会议还没有应到人员。"), _("请先在会前准备里确定应到人员，再打印签到表。"))
    if kind == "votes" and not matter.meeting.votes:
        raise Problem(_("这次会议没有表决。"), _("请先在会议记录里添加表决，再打印计票结果报告单。"))
    if kind == "ballots" and not votes_by_ballot(matter):
        raise Problem(_("这次会议没有无记名投票的事项。"), _("请先把表决标为“无记名”，再打印选票。"))
    if kind in {"absent", "make_up"} and not matter.attendance(Presence.LEAVE, Presence.ABSENT):
        raise Problem(_("这次会议没有请假或缺席的人。"), _("请先在签到格里标明请假和缺席。"))


def volume_paper(branch: Branch, organisation: str, year: int, progress: Progress = SILENT) -> Document:
    """The minutes of a year of an organisation, or of a group alone, as one volume.

    Meetings that are only planned are left out; where one is not final yet the volume is a draft. Raises
    Problem where nothing was held.
    """
    rows = reading.meeting_list(branch, reading.MeetingQuery(place=organisation, year=year))
    matters = []
    for row in progress.over(rows, len(rows), _("正在整理会议记录…")):
        meeting = reading.printed(branch, row.uid)
        if organisation in {meeting.organisation, meeting.group} and meeting.state not in _BEFORE:
            matters.append(_matter(branch, meeting))
    if not matters:
        raise Problem(
            _("{year} 年没有可以装订的会议记录。", year=year), _("请换一个年度，或先填写会议记录。")
        )
    matters.sort(key=_in_time)
    name = _name_of(branch, organisation, date(year, 12, 31))
    is_draft = any(not matter.meeting.state.is_locked for matter in matters)
    return volume_document(
        Volume(name, year, tuple(matters), max(matter.made_on for matter in matters), draft=is_draft)
    )


def _in_time(matter: Matter) -> tuple[date, str, str, int]:
    """Where minutes stand in a volume: by their day and hour, then by kind and number."""
    when = matter.form.by_role("when")
    hour = matter.meeting.values.get(when.id, "") if when is not None else ""
    return matter.made_on, hour, matter.form.kind, matter.meeting.number or 0


def _name_of(branch: Branch, organisation: str, day: date) -> str:
    """The full name of an organisation on a day, with that of its branch before a group's."""
    tree = organisation_tree(branch, day)
    version = tree.get(organisation) or tree.roots()[0]
    if version.kind == "group" and version.parent:
        return f"{tree[version.parent].full_name}{version.full_name}"
    return version.full_name


def meetings_workbook(
    branch: Branch, query: reading.MeetingQuery | None = None, progress: Progress = SILENT
) -> bytes:
    """The list of meetings as a workbook; every text is text, numbers are numbers."""
    # openpyxl is slow to import, and wanted only here.
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415
    from branchdesk.reports.meetings.workbooks import list_table  # noqa: PLC0415

    asked = query or reading.MeetingQuery()
    today = clock.today()
    with speaking_chinese():
        rows = reading.meeting_list(branch, asked)
        tree = organisation_tree(branch, today)
        place = asked.place or tree.roots()[0].organisation
        table = list_table(rows, _name_of(branch, place, today), today)
    return write_xlsx([table], today, branch.person.name, progress)


def meeting_workbook(branch: Branch, uid: str, progress: Progress = SILENT) -> bytes:
    """One meeting as a workbook: what its form holds and all its tables, a sheet each."""
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415 - slow to import
    from branchdesk.reports.meetings.workbooks import meeting_tables  # noqa: PLC0415

    matter = _matter(branch, reading.printed(branch, uid))
    with speaking_chinese():
        tables = list(meeting_tables(matter))
    return write_xlsx(tables, matter.made_on, branch.person.name, progress)


def form_paper(
    form: Form, sample: Sample | None = None, around: Surroundings | None = None, organisation: str = ""
) -> Document:
    """A form on paper, filled with a sample or empty for the pen: minutes, or else the plain layout.

    `around` has the words of a branch; those that ship are used without it.
    """
    surroundings = around or Surroundings(shipped_dictionaries(), clock.today(), typed=True)
    shown = form if sample is not None else replace(form, blank="")
    filling = sample or Sample({})
    name = organisation or (_SAMPLE_ORGANISATION if sample is not None else "")
    if form.meeting is not None:
        return _meeting_form(shown, filling, name, surroundings, filled=sample is not None)
    filled = Filled(
        shown,
        sample_values(shown.fields, filling.values, surroundings),
        sample_lines(shown, filling, surroundings),
        surroundings.vocabulary,
    )
    return form_document(filled, surroundings.today, name)


def _meeting_form(
    form: Form, sample: Sample, organisation: str, around: Surroundings, *, filled: bool
) -> Document:
    meeting = sample_meeting(form, sample, organisation, around)
    if not filled:
        meeting = replace(meeting, title="", year=0, number=None)
    matter = Matter(
        form,
        meeting,
        meeting.day or around.today,
        around.vocabulary,
        figures=figures(form, meeting),
        for_the_pen=not filled,
    )
    return minutes_document(matter)
