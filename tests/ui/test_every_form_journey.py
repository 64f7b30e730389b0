"""Every kind of meeting that ships: sample, editor, checks, file opened again, PDF, docx and workbook."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.pdf import write_pdf
from branchdesk.forms.samples import shipped_sample
from branchdesk.forms.shelf import shipped_shelf
from branchdesk.reports.meetings.papers import meeting_paper, meeting_workbook
from branchdesk.services.meetings import editing, planning, reading
from branchdesk.services.meetings.quality import quality
from branchdesk.services.organisations import organisation_tree, root_of
from branchdesk.ui.fields.editors import FieldEditor
from branchdesk.ui.screens.meetings import MeetingScreen
from documents.pdfa_checks import faults_of, text_of
from support.branches import SettableClock
from support.stage import Stage, known_branch

KINDS = shipped_shelf().kinds("meeting")


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_reaches_every_output(stage: Stage, the_clock: SettableClock, kind: str) -> None:
    del the_clock
    stage.open()
    branch, form, sample = stage.desk.branch, shipped_shelf().form(kind), shipped_sample(kind)
    assert sample is not None
    group = next(iter(organisation_tree(branch).groups(root_of(branch))))
    of_group = form.meeting is not None and form.meeting.expected == "group"
    outcome = planning.plan_meeting(
        branch, kind, root_of(branch), sample.values, group=group.organisation if of_group else None
    )
    uid = outcome.uid
    for table, lines in sample.lines.items():
        for line in lines:
            editing.add_line(branch, uid, table, line)
    before = reading.meeting(branch, uid)

    page = stage.go("meeting", uid)
    assert isinstance(page, MeetingScreen)
    seen: dict[str, FieldEditor] = {
        field: editor
        for phase in page.editor.pages.values()
        for pane in phase.panes
        for field, editor in pane.editors.items()
    }
    asked = {field.id for field in form.stored if field.id in before.values and not field.hidden}
    assert asked <= seen.keys(), "every field that holds something has its editor"
    page.commit()
    assert reading.meeting(branch, uid) == before, "looking is not editing"
    assert all(finding.sentence for finding in quality(branch, uid))

    stage.end()
    opened = known_branch()
    assert reading.meeting(opened, uid) == before
    document = meeting_paper(opened, uid, "minutes")
    pdf = write_pdf(document)
    assert faults_of(pdf) == []
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as archive:
        word = flat(re.sub("<[^>]+>", "", archive.read("word/document.xml").decode()))
    book = openpyxl.load_workbook(io.BytesIO(meeting_workbook(opened, uid)))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    when = form.by_role("when")
    assert when is not None
    day = flat(when.type.spelled(when, before.values[when.id], {}))
    assert day in flat(text_of(pdf))
    assert day in word
    assert form.title in flat(text_of(pdf))
    long_texts = [
        field for field in form.fields if field.type.name == "long_text" and field.id in before.values
    ]
    for field in long_texts:
        told = before.values[field.id]
        assert flat(told) in flat(text_of(pdf)), field.id
        assert flat(told) in word, field.id
        assert told in cells, field.id
    opened.close()
