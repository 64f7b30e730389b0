"""党员登记表 on paper."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import date

import pikepdf
import pytest
from PIL import Image

from branchdesk.documents.model import Cell, Document, Ends, PageBreak, Paragraph, Part, Picture, Sheet
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.jobs.progress import Cancelled, Progress
from branchdesk.reports.member_sheet import MemberSheet, SheetPolicy, empty_boxes, member_sheets
from documents.pdfa_checks import faults_of, pages_of, pypdfium2, text_of, without_space
from documents.recording import RecordedPage, millimetres, record

DAY = date(2026, 11, 21)
RESUME = "\n".join(
    f"{year}.09—{year + 3}.07　在某某市阳光区第一中学任教，兼教研组长" for year in range(1988, 2024, 3)
)


def photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (295, 413), (90, 140, 200)).save(file, "JPEG")
    return file.getvalue()


FULL = MemberSheet(
    organisation="中国共产党阳光区机关第一支部委员会",
    name="王𬀩",
    sex="男",
    ethnic="汉族",
    born="1970.01",
    native_place="某某省阳光县",
    birth_place="某某省阳光县",
    category="正式党员",
    admitted="1992.07.01",
    confirmed="1993.07.01",
    worked_since="1988.08",
    health="健康",
    former_name="王小伟",
    id_number="999999197001011234",
    marriage="已婚",
    fulltime_degree="大学本科\n文学学士",
    fulltime_school="某某师范大学中文系汉语言文学专业",
    parttime_degree="硕士研究生",
    parttime_school="某某大学公共管理学院",
    employer="某某省某某市阳光区经济和信息化委员会综合规划科副科长（主持工作）",
    professional_title="高级教师",
    posts="支部书记、组织委员",
    address="某某省某某市阳光区幸福街道和平社区建设路 128 号 3 单元 1502 室",
    phone="13800000000",
    introducers="李䶮堃、张㛃",
    admitted_at="中国共产党阳光区第一中学支部委员会",
    resume=RESUME,
    honours="2008年7月　被评为优秀共产党员。",
    family="配偶　李某　1971.03　中共党员　阳光区人民医院护士长",
    note="档案存放于区委组织部。",
    photo=photo(),
)
EMPTY = MemberSheet("中国共产党阳光区机关第一支部委员会", "李明")


def document(*members: MemberSheet, policy: SheetPolicy | None = None) -> Document:
    return member_sheets(members, DAY, "2026年11月21日", policy)


def pages(*members: MemberSheet, policy: SheetPolicy | None = None) -> list[RecordedPage]:
    return record(document(*members, policy=policy))


def test_the_sheet_is_a_front_with_the_facts_and_a_back_with_the_opinions() -> None:
    part, title, line, front, turn, over, back = document(FULL).blocks
    assert part == Part("王𬀩", on_odd_page=True)
    assert isinstance(title, Paragraph)
    assert title.text == "党员登记表"
    assert isinstance(line, Ends)
    assert (line.left, line.right) == (
        "所在党支部：中国共产党阳光区机关第一支部委员会",
        "填表日期：2026年11月21日",
    )
    assert isinstance(turn, PageBreak)
    assert isinstance(over, Ends)
    assert isinstance(front, Sheet)
    assert isinstance(back, Sheet)
    labels = ["".join(str(cell.content).split()) for cell in front.cells if cell.column in {0, 2, 4}]
    for label in (
        "姓名",
        "性别",
        "民族",
        "出生年月",
        "籍贯",
        "出生地",
        "入党时间",
        "转正时间",
        "参加工作时间",
    ):
        assert label in labels
    assert front.cells[0] == Cell(0, 0, "姓　名", style=front.cells[0].style)
    assert Picture(FULL.photo or b"", 35.0, 50.0) in [cell.content for cell in front.cells]
    assert [cell.foot[-1] for cell in back.cells if cell.foot] == ["年　　　月　　　日"] * 2


def test_every_fact_of_the_member_is_on_the_paper() -> None:
    file = write_pdf(document(FULL))
    text = text_of(file)
    for field in fields(FULL):
        value = getattr(FULL, field.name)
        if isinstance(value, str):
            for line in value.splitlines():
                assert without_space(line) in text, field.name
    assert pages_of(file) == 2
    assert faults_of(file) == []
    assert missing_in(document(FULL)) == ""


def said_in(sheet: MemberSheet, policy: SheetPolicy | None = None) -> dict[str, str]:
    """What stands in the boxes of a sheet, by what they are called."""
    sheets = [block for block in document(sheet, policy=policy).blocks if isinstance(block, Sheet)]
    return {cell.called: str(cell.content) for one in sheets for cell in one.cells if cell.called}


def test_only_what_a_member_may_not_have_is_said_not_to_be_there() -> None:
    said = said_in(EMPTY)
    assert {label for label, text in said.items() if text == "无"} == {
        *("曾用名", "在职教育学历学位", "在职教育毕业院校系及专业", "专业技术职务", "党内职务"),
        *("奖惩情况", "备注"),
    }
    for label in ("身份证号码", "民族", "出生年月", "健康状况", "婚姻状况", "出生地", "家庭主要成员"):
        assert said[label] == "", "an empty box waits for the pen"
    front, back = pages(EMPTY)
    assert (front.texts().count("无"), back.texts().count("无")) == (5, 2)
    assert "照　片" in front.texts()
    assert "无" not in said_in(EMPTY, SheetPolicy(blank="")).values()
    assert list(said_in(EMPTY, SheetPolicy(blank="—")).values()).count("—") == 7


def test_the_boxes_that_nobody_has_filled_in_are_named() -> None:
    assert empty_boxes(FULL) == ()
    assert empty_boxes(replace(FULL, former_name="", note="", honours="", posts="")) == ()
    assert empty_boxes(replace(FULL, id_number="", ethnic="", family="")) == (
        *("民族", "身份证号码", "家庭主要成员"),
    )
    assert empty_boxes(replace(FULL, confirmed="")) == ("转正时间",)
    assert empty_boxes(replace(FULL, confirmed="", category="预备党员")) == (), "not yet confirmed"


def test_every_text_stays_inside_the_frame_of_the_form() -> None:
    long = replace(
        FULL, name="阿卜杜热西提·买买提明·吐尔逊", native_place="某某维吾尔自治区某某哈萨克自治州某某县"
    )
    for page in pages(long, EMPTY):
        if not page.segments:
            continue
        left = min(segment.x1 for segment in page.segments)
        right = max(segment.x2 for segment in page.segments)
        bottom = max(segment.y2 for segment in page.segments)
        for run in page.runs:
            assert left - 0.1 <= run.x
            assert run.right <= right + 0.1
        assert millimetres(bottom) < 297 - 18
        assert millimetres(right - left) == 165.0


def test_the_photograph_keeps_its_shape_in_its_cell() -> None:
    with pypdfium2.PdfDocument(write_pdf(document(FULL))) as file:
        (box,) = [thing.get_bounds() for thing in file[0].get_objects() if type(thing).__name__ == "PdfImage"]
    left, bottom, right, top = box
    assert (right - left) / (top - bottom) == pytest.approx(295 / 413, abs=0.001)
    assert 30.0 < millimetres(right - left) <= 35.0


def test_a_long_career_goes_on_behind_the_back() -> None:
    resume = "\n".join([RESUME] * 4)
    front, back, behind = pages(replace(FULL, resume=resume))[:3]
    assert "（见附页）" in front.texts()
    assert "（见附页）" not in back.texts()
    assert behind.texts()[0] == "党员登记表附页"
    assert behind.texts()[1].startswith("姓名：王𬀩")
    assert "个人简历" in behind.texts()
    drawn = [run.text for page in (front, back, behind) for run in page.runs]
    assert sum(text.startswith("1988.09—") for text in drawn) == 4


def test_each_member_begins_on_a_new_leaf_and_counts_his_own_pages() -> None:
    long = replace(FULL, resume="\n".join([RESUME] * 4))
    printed = pages(long, EMPTY)
    assert [page.bookmark for page in printed] == ["王𬀩", "", "", "", "李明", ""]
    assert printed[3].runs == []
    assert [page.texts()[-1] for page in printed if page.runs] == [
        "第 1 页　共 3 页",
        "第 2 页　共 3 页",
        "第 3 页　共 3 页",
        "第 1 页　共 2 页",
        "第 2 页　共 2 页",
    ]
    single = pages(long, EMPTY, policy=SheetPolicy(duplex=False))
    assert [page.bookmark for page in single] == ["王𬀩", "", "", "李明", ""]


def test_the_back_is_bound_at_its_right() -> None:
    front, back = pages(EMPTY)
    assert millimetres(min(segment.x1 for segment in front.segments)) == 25.0
    assert millimetres(min(segment.x1 for segment in back.segments)) == 20.0


def test_the_title_names_the_only_member_and_a_file_of_many_has_bookmarks() -> None:
    assert document(FULL).title == "王𬀩党员登记表"
    assert document(FULL, EMPTY).title == "党员登记表"
    with pikepdf.open(io.BytesIO(write_pdf(document(FULL, EMPTY)))) as file, file.open_outline() as outline:
        assert [item.title for item in outline.root] == ["王𬀩", "李明"]


def test_many_sheets_can_be_cancelled_on_the_way() -> None:
    shares: list[float] = []

    def listen(share: float, _sentence: str) -> None:
        shares.append(share)
        if len(shares) == 10:
            progress.cancel()

    progress = Progress(listen)
    with pytest.raises(Cancelled):
        write_pdf(document(*[EMPTY] * 50), progress)
    assert 0.05 < shares[-1] < 0.5


def test_a_draft_says_so() -> None:
    assert {tuple(page.slanted) for page in pages(EMPTY, policy=SheetPolicy(draft=True))} == {("草稿",)}
