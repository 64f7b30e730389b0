"""A new kind of meeting is a folder in `forms/`: it reaches all that the others reach, without code."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.pdf import write_pdf
from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.reports.meetings.papers import meeting_paper, meeting_workbook, meetings_workbook
from branchdesk.services.history import record_history
from branchdesk.services.meetings import attending, editing, life, planning, reading
from branchdesk.services.meetings.counting import activity_counts
from branchdesk.services.meetings.quality import quality
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import root_of
from branchdesk.services.search import find_meetings
from branchdesk.ui.fields.editors import FieldEditor
from branchdesk.ui.screens.meetings import MeetingScreen
from branchdesk.ui.screens.meetings.editor import BEFORE, HELD
from branchdesk.ui.screens.meetings.new_meeting import NewMeetingDialog
from documents.pdfa_checks import faults_of, text_of
from support import hands
from support.branches import SettableClock
from support.form_folders import add_kind, forget_forms
from support.hands import CTRL, Key
from support.stage import Stage

KIND = "meeting.visit"
FORM = """
kind = "meeting.visit"
version = 1
title = "参观见学"
title_en = "Study visit"
subject = "meeting"
period = "none"
checks = ["heads_reconcile", "absence_has_reason", "no_leftover_marks"]
blank = "无"

[meeting]
counts = ["theme_day"]
expected = "members"
study_hours = "theme_day"

[[section]]
id = "outset"
label = "行前"
label_en = "Before"
phase = "before"

[[section]]
id = "visit"
label = "见学情况"
label_en = "The visit"

[[field]]
id = "held"
type = "time_span"
role = "when"
label = "时间"
label_en = "Time"
section = "visit"
required = true

[[field]]
id = "place"
type = "text"
role = "place"
label = "地点"
label_en = "Place"
section = "visit"

[[field]]
id = "guide"
type = "text"
label = "讲解员"
label_en = "Guide"
section = "visit"
required = true

[[field]]
id = "bus"
type = "choice"
label = "乘车方式"
label_en = "Transport"
section = "outset"
choices = [
    { code = "coach", label = "包车", label_en = "Coach" },
    { code = "public", label = "公共交通", label_en = "Public transport" },
]

[[field]]
id = "plate"
type = "text"
label = "车牌号"
label_en = "Number plate"
section = "outset"
only_if = { field = "bus", is = ["coach"] }

[[field]]
id = "impression"
type = "long_text"
label = "见学体会"
label_en = "Impressions"
section = "visit"
max_length = 2000

[[table]]
id = "roll"
label = "到场"
label_en = "Attendance"
section = "visit"
holds = "attendance"

[[table]]
id = "exhibits"
label = "展区"
label_en = "Exhibits"
section = "visit"

[[table.field]]
id = "hall"
type = "text"
label = "展厅"
label_en = "Hall"

[[table.field]]
id = "minutes"
type = "number"
label = "分钟"
label_en = "Minutes"

[[signature]]
id = "leader"
label = "带队人"
label_en = "Leader"
who = "chair"
"""


@pytest.fixture
def stage_with_visits(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, the_clock: SettableClock
) -> Iterator[Stage]:
    """The sample branch in a program that has the new kind, on 21 November 2026."""
    del the_clock
    add_kind(monkeypatch, tmp_path, KIND, FORM)
    stage.open()
    yield stage
    stage.end()
    monkeypatch.undo()
    forget_forms()


def held_visit(branch: Branch) -> str:
    """A visit that was held, with everything filled in."""
    typed = {"held": "2026.10.16 9:00-11:30", "place": "烈士纪念馆", "bus": "包车", "plate": "滨A·0001"}
    uid = planning.plan_meeting(branch, KIND, root_of(branch), typed).uid
    editing.set_values(branch, uid, {"guide": "讲解员小方", "impression": "老照片里的故事让人难忘。"})
    editing.add_line(branch, uid, "exhibits", {"hall": "第一展厅", "minutes": "40"})
    people = reading.meeting(branch, uid).attendance
    attending.mark(branch, uid, {one.uid: Presence.PRESENT for one in people})
    return uid


def docx_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return re.sub("<[^>]+>", "", archive.read("word/document.xml").decode())


def cells(content: bytes) -> set[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}


def editors(page: MeetingScreen) -> dict[str, FieldEditor]:
    return {field: editor for pane in page.editor.page.panes for field, editor in pane.editors.items()}


def test_the_window_offers_it_and_shows_its_own_fields(stage_with_visits: Stage) -> None:
    stage = stage_with_visits
    stage.go("meetings")
    hands.press(Key.Key_N, CTRL)
    dialog = stage.dialog(NewMeetingDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(KIND))
    dialog.when.setFocus()
    hands.keys("2026.10.16 9:00-11:30")
    stage.press("save", dialog)
    page = stage.window.page
    assert isinstance(page, MeetingScreen)
    assert page.title.text() == "参观见学 2026 年第 1 次"
    page.editor.choose(HELD)
    assert {"place", "guide", "impression"} <= editors(page).keys()
    assert page.editor.page.tables.keys() == {"exhibits"}
    page.editor.choose(BEFORE)
    assert editors(page)["bus"].isVisible()
    assert not editors(page)["plate"].isVisible(), "a number plate is asked for only where a coach is hired"


def test_it_is_checked_counted_found_and_remembered(stage_with_visits: Stage) -> None:
    branch = stage_with_visits.desk.branch
    uid = held_visit(branch)
    editing.set_values(branch, uid, {"guide": ""})
    assert "“讲解员”没有填写。" in {finding.sentence for finding in quality(branch, uid)}
    editing.set_values(branch, uid, {"guide": "xx"})
    assert any("xx" in finding.sentence for finding in quality(branch, uid))
    editing.set_values(branch, uid, {"guide": "讲解员小方"})
    assert [found.uid for found in find_meetings(branch, "烈士纪念馆")] == [uid]
    for state in (MeetingState.NOTICED, MeetingState.HELD):
        life.move(branch, uid, state)
    counted = activity_counts(branch, root_of(branch), date(2026, 10, 1), date(2026, 10, 31))
    (theme_day,) = [count for count in counted if count.rule.id == "theme_day"]
    assert (theme_day.held, theme_day.missing) == ((uid,), 0)
    history = {(line.field, line.after) for line in record_history(branch, uid)}
    assert any("讲解员" in field and after == "讲解员小方" for field, after in history)


def test_it_is_finalised_and_reaches_every_kind_of_paper_and_workbook(stage_with_visits: Stage) -> None:
    branch = stage_with_visits.desk.branch
    uid = held_visit(branch)
    for state in (MeetingState.NOTICED, MeetingState.HELD, MeetingState.DRAFTED, MeetingState.FOR_SIGNATURE):
        life.move(branch, uid, state)
    life.finalise(branch, uid, accept=True)
    assert reading.meeting(branch, uid).state is MeetingState.FINALISED
    document = meeting_paper(branch, uid, "minutes")
    pdf = write_pdf(document)
    assert faults_of(pdf) == []
    own = ("讲解员小方", "见学体会", "第一展厅", "滨A·0001", "带队人")
    for text in (text_of(pdf), docx_text(write_docx(document))):
        assert [word for word in own if word not in text] == []
    assert {"讲解员小方", "第一展厅"} <= cells(meeting_workbook(branch, uid))
    assert "参观见学" in cells(meetings_workbook(branch))
