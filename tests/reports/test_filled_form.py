"""Any form in the plain layout, and as a workbook."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from branchdesk.documents.model import Document, Entry, Paragraph, Sheet, Table
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.documents.xlsx import write_xlsx
from branchdesk.domain.meetings.model import AttachedFile, Line
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.language import Form, read_form_text, shipped_form, shipped_kinds
from branchdesk.forms.samples import shipped_sample
from branchdesk.i18n import Language, speak, spoken
from branchdesk.reports.filled import Filled
from branchdesk.reports.filled_form import form_document
from branchdesk.reports.form_papers import form_sample_paper
from branchdesk.reports.form_workbook import form_tables
from branchdesk.reports.meetings.papers import form_paper
from documents.pdfa_checks import faults_of, text_of, without_space
from documents.recording import millimetres, record
from reports.golden_texts import assert_golden, plain_text, told

DAY = date(2026, 11, 21)
MEETING_KINDS = tuple(kind for kind in shipped_kinds() if kind.startswith("meeting."))
WORK_LOG = """
kind = "log.work"
version = 1
title = "工作写实"
title_en = "Work log"
subject = "none"
period = "none"
checks = []
blank = "无"
[[section]]
id = "facts"
label = "基本情况"
label_en = "Facts"
[[section]]
id = "story"
label = "工作情况"
label_en = "Story"
[[field]]
id = "day"
type = "date"
label = "日期"
label_en = "Day"
section = "facts"
[[field]]
id = "author"
type = "person_name"
label = "填写人"
label_en = "Author"
section = "facts"
[[field]]
id = "helped"
type = "yes_no"
label = "是否志愿服务"
label_en = "Voluntary"
section = "facts"
[[field]]
id = "hours"
type = "number"
label = "服务时长（小时）"
label_en = "Hours"
section = "facts"
only_if = { field = "helped", is = ["1"] }
[[field]]
id = "story"
type = "long_text"
label = "工作内容"
label_en = "Story"
section = "story"
max_length = 20000
[[field]]
id = "photos"
type = "attachments"
label = "照片"
label_en = "Photos"
section = "story"
slot = { most = 5, kinds = ["jpg"] }
[[field]]
id = "seen"
type = "signature"
label = "审阅"
label_en = "Seen"
section = "story"
[[table]]
id = "tasks"
label = "任务清单"
label_en = "Tasks"
section = "story"
[[table.field]]
id = "task"
type = "text"
label = "任务"
label_en = "Task"
[[table.field]]
id = "owner"
type = "person_name"
label = "责任人"
label_en = "Owner"
[[signature]]
id = "secretary"
label = "党支部书记"
label_en = "Secretary"
who = "secretary"
"""


def log() -> Form:
    """A form that is neither of a member nor of a meeting."""
    return read_form_text(WORK_LOG, "log.work")


def filled(story: str = "走访群众。", **values: str) -> Filled:
    """A log that was filled in."""
    given = {"day": "2026-11-20", "author": "李敏", "helped": "1", "hours": "2", "story": story, **values}
    lines = {"tasks": (Line("l1", {"task": "核对名册", "owner": "王芳"}),)}
    files = (AttachedFile("f", "走访.jpg", "photos"), AttachedFile("g", "其他.jpg", "elsewhere"))
    return Filled(log(), given, lines, shipped_dictionaries(), files=files)


def boxes(document: Document) -> dict[str, str]:
    """What stands behind each label."""
    sheets = (block for block in document.blocks if isinstance(block, Sheet))
    return {cell.called: plain_text(cell.content) for sheet in sheets for cell in sheet.cells if cell.called}  # type: ignore[arg-type]


def test_a_filled_form_is_as_it_was_looked_at() -> None:
    document = form_document(filled(), DAY, "河西村党支部")
    assert_golden("work_log", document)
    assert faults_of(write_pdf(document)) == []
    assert missing_in(document) == ""


def test_each_box_says_what_was_filled_in() -> None:
    assert boxes(form_document(filled(), DAY)) == {
        "日期": "2026年11月20日",
        "填写人": "李敏",
        "是否志愿服务": "是",
        "服务时长（小时）": "2",
        "工作内容": "走访群众。",
        "照片": "走访.jpg",
    }


def test_a_field_that_is_not_asked_has_no_box() -> None:
    assert "服务时长（小时）" not in boxes(form_document(filled(helped="0"), DAY))


def test_empty_boxes_print_the_word_of_the_form() -> None:
    nothing = Filled(log(), {}, {}, {})
    assert set(boxes(form_document(nothing, DAY)).values()) == {"无"}
    silent = Filled(replace(log(), blank=""), {}, {}, {})
    assert set(boxes(form_document(silent, DAY)).values()) == {""}


def test_a_long_text_flows_over_pages_whole() -> None:
    story = "\n".join(f"第{n}天，{'走村入户了解情况' * 20}。" for n in range(90))
    document = form_document(filled(story), DAY)
    (entry,) = [block for block in document.blocks if isinstance(block, Entry)]
    assert entry.text == story
    text = text_of(write_pdf(document))
    assert len(record(document)) > 3
    assert all(f"第{n}天" in text for n in range(90))


def test_tables_of_the_form_are_printed_with_numbers() -> None:
    (table,) = [block for block in form_document(filled(), DAY).blocks if isinstance(block, Table)]
    assert [column.label for column in table.columns] == ["序号", "任务", "责任人"]
    assert list(table.rows) == [("1", "核对名册", "王芳")]


def test_a_form_of_one_section_needs_no_heading_for_it() -> None:
    one = replace(log(), sections=log().sections[:1], signatures=())
    document = form_document(Filled(one, {}, {}, {}), DAY)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["工作写实"]


def test_a_draft_says_so() -> None:
    assert {tuple(page.slanted) for page in record(form_document(filled(), DAY, draft=True))} == {("草稿",)}


@pytest.mark.parametrize("kind", shipped_kinds())
@pytest.mark.parametrize("blank", [False, True])
def test_every_shipped_form_can_be_printed(kind: str, *, blank: bool) -> None:
    form, sample = shipped_form(kind), None if blank else shipped_sample(kind)
    document = form_sample_paper(form, sample)
    assert missing_in(document) == ""
    assert faults_of(write_pdf(document)) == []
    if blank:
        assert re.search(r"/ 无( /|$)", told(document), re.MULTILINE) is None


def test_a_form_without_a_meeting_is_printed_with_its_sample() -> None:
    shown = told(form_paper(log(), None))
    assert "/ 日　期 /  / 填写人 / " in shown


def test_a_blank_form_of_a_meeting_leaves_room_to_write() -> None:
    (page,) = record(form_sample_paper(shipped_form("meeting.committee"), None))
    assert "会议内容" in page.texts()
    assert not [text for text in page.texts() if "第1次" in text]


def test_paper_and_workbook_are_chinese_whatever_the_window_speaks() -> None:
    before = spoken()
    chinese = form_document(filled(), DAY)
    speak(Language.ENGLISH)
    try:
        assert form_document(filled(), DAY) == chinese
        assert [row[2] for row in next(iter(form_tables(filled()))).rows][2] == "是"
    finally:
        speak(before)


def test_a_form_is_a_workbook_with_a_sheet_for_each_table() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(list(form_tables(filled())), DAY)))
    assert book.sheetnames == ["工作写实", "任务清单"]
    said = list(book.worksheets[0].iter_rows(values_only=True))
    assert ("基本情况", "日期", "2026年11月20日") in said
    assert ("工作情况", "照片", "走访.jpg") in said
    tasks = list(book.worksheets[1].iter_rows(values_only=True))
    assert ("核对名册", "王芳") in tasks
    assert without_space("任务清单") == tasks[0][0]


@pytest.mark.parametrize("kind", MEETING_KINDS)
def test_empty_minutes_for_the_pen_fill_one_page_and_ask_whose_they_are(kind: str) -> None:
    (page,) = record(form_paper(shipped_form(kind)))
    assert "党组织：" in page.texts()
    assert any("年第" in text for text in page.texts())
    bottom = max(run.baseline for run in page.runs if run.text.startswith(("主持人", "谈话人签")))
    assert 230 < millimetres(bottom) < 275, "the places to sign stand near the foot of the page"


def test_an_empty_talk_has_its_room_in_its_own_boxes() -> None:
    text = told(form_paper(shipped_form("meeting.talk")))
    assert "会议内容" not in text
    assert "落实情况" in text, "what is asked of a filled follow-up can be written too"
    (sheet,) = [
        block for block in form_paper(shipped_form("meeting.talk")).blocks if isinstance(block, Sheet)
    ]
    high = {cell.called: sheet.heights[cell.row] for cell in sheet.cells if cell.called}
    assert high["谈话要点"] > high["对方意见建议"] > high["跟踪事项"] > high["谈话人"]


def test_empty_minutes_of_an_activity_call_what_is_told_so() -> None:
    assert "活动内容" in told(form_paper(shipped_form("meeting.theme_day")))
    assert "会议内容" in told(form_paper(shipped_form("meeting.assembly")))
    plain = replace(shipped_form("meeting.assembly"), paper=None)
    assert "会议内容" in told(form_paper(plain)), "a form without a ruled head has the box too"
