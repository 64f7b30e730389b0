"""Documents like those that are printed, with every kind of block, to compare a PDF with its Word twin."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from PIL import Image

from branchdesk.documents.model import (
    LABEL_CELL,
    LONG_CELL,
    TITLE,
    VALUE_CELL,
    Align,
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Contents,
    Document,
    Ends,
    Entry,
    Font,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    QrCode,
    Running,
    Sheet,
    Signatures,
    Space,
    Span,
    Style,
    Table,
    Together,
)

DAY = date(2026, 11, 21)
SENTENCES = """
会议由支部书记主持，首先传达学习了上级党委关于加强基层党组织建设的通知精神，要求全体党员认真对照检查，做\
到学用结合、知行合一。
大家认为，今年以来支部坚持每月开展主题党日活动，“三会一课”制度落实较好，但学习形式还不够丰富，个别同志\
参加活动不够积极。
王建国：我同意支部委员会的意见。下一步建议把车间班组的生产难点列入党员责任区，由党员带头攻关，在12月2\
0日前完成第一批任务（共3项）。
李敏：党费收缴工作要按时，截至2026年11月，全年应缴党费1,260.50元，已缴1,155.00元，\
尚有两名同志因出差未缴，请党小组长本周内提醒。
会议要求，各党小组要及时做好记录；对没有参加会议的同志，由党小组长负责补课，补课情况记入《党支部工作手册\
》——不能流于形式……
""".strip().split("\n")
ABSENT = (
    "陈志远（出差）、王小明（病假）、赵大伟（值班，会后由第二党小组组长补课并做好记录）；孙立军（借调市局工作，"
    "已书面请假）、钱文华（公假）、吴学东（探亲）"
)


def head_sheet() -> Sheet:
    """The ruled head of a minute book, whose last row grows."""
    rows = (
        ("会议名称", "第一党支部党员大会"),
        ("时　间", "2026年11月19日 15:00—16:40", "地　点", "机关三楼会议室"),
        ("主持人", "周建国", "记录人", "李　敏"),
        ("应到人数", "24人（有表决权22人）", "实到人数", "21人（有表决权20人）"),
        ("缺席人员及原因", ABSENT),
    )
    cells = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            style = LONG_CELL if text is ABSENT else VALUE_CELL if column % 2 else LABEL_CELL
            columns = 3 if len(row) == 2 and column else 1
            cells.append(Cell(number, column, text, style=style, columns=columns))
    return Sheet((22.0, 60.0, 22.0, 61.0), (9.0,) * len(rows), tuple(cells), grows=True)


def minutes(passages: int, size: float = 12.0) -> Iterator[Block]:
    """One minute of three items with so many passages each."""
    body = Style(Font.BODY, size, 1.75, Align.JUSTIFY, first_indent=2.0)
    yield Paragraph("支部党员大会会议记录", TITLE)
    yield Ends("党组织：中共阳光区机关第一支部委员会", "编号：2026-11", Style(size=10.5, after=3.0))
    yield head_sheet()
    for item, title in enumerate(("一、传达学习文件精神", "二、讨论接收预备党员", "三、研究四季度重点工作")):
        yield Heading(title, 3)
        for number in range(item * passages, (item + 1) * passages):
            yield Paragraph(SENTENCES[number % 5] * (1 + number % 3), body)
    yield Together(
        (Signatures(("主持人（签名）：", "记录人（签名）：", "　　年　　月　　日")),), with_previous=True
    )


def minutes_document(passages: int, size: float = 12.0) -> Document:
    """One minute as a document."""
    return Document("支部党员大会会议记录", DAY, tuple(minutes(passages, size)), author="第一支部")


def volume(*, both_sides: bool) -> Document:
    """A year: a cover, a list of contents, and minutes of one to three pages."""
    blocks: list[Block] = [Part("封面", unnumbered=True), Paragraph("2026年党支部会议记录", TITLE)]
    blocks += [Part("目录", unnumbered=True), Heading("目　录"), Contents()]
    for number in range(1, 13):
        longer = "（学习贯彻上级关于加强基层党组织建设和党员教育管理工作的有关通知精神）" * (number % 5 == 3)
        blocks += [
            Part(f"第{number}次会议：支部党员大会{longer}", on_odd_page=both_sides),
            *minutes(1 + number % 5),
        ]
    running = Running(foot="— {page} —", outer_foot=both_sides, continuous=True, style=Style(size=14.0))
    found = Document("2026年党支部会议记录", DAY, tuple(blocks), running=running)
    return replace(found, page=replace(found.page, mirrored=both_sides))


def photograph() -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (60, 80), (200, 30, 40)).save(file, "JPEG")
    return file.getvalue()


def opinion_sheet() -> Sheet:
    """A ruled form with joined cells, a photograph, a code and places to sign."""
    return Sheet(
        (30.0, 60.0, 20.0, 55.0),
        (20.0, 14.0, 40.0),
        (
            Cell(0, 0, "照片"),
            Cell(0, 1, Picture(photograph(), 15.0, 20.0)),
            Cell(0, 2, "码\n二维", rows=2),
            Cell(0, 3, QrCode("BD1:MIN:0190:1/2:77aa", 25.0), rows=2),
            Cell(1, 0, "证件号码", style=LABEL_CELL),
            Cell(1, 1, "999999198501011239", style=replace(VALUE_CELL, size=9.0, cells=True, sizes=())),
            Cell(2, 0, "支部意见"),
            Cell(
                2,
                1,
                "同意接收为中共预备党员。",
                columns=3,
                style=LONG_CELL,
                at_top=True,
                foot=("党支部书记（签字）：　　　　　", "年　　月　　日"),
            ),
        ),
    )


def everything() -> Document:
    """Every kind of block."""
    columns = (
        Column("序号", fits="000"),
        Column("姓名"),
        Column("出生日期", fits="0000年00月00日"),
        Column("单位", 3.0, Align.LEFT),
    )
    rows = tuple((str(n), "王某", "1985年11月21日", "东风机械厂" * (1 + n % 7)) for n in range(1, 61))
    body = Style(size=12.0, leading=1.75, align=Align.JUSTIFY, first_indent=2.0)
    resume = (
        "1985.09—1988.07　某某市第一中学学习\n1988.09—1992.07　某某大学机械工程系机械制造专业学习并担任"
        "学生党支部委员、班长、学生会主席等职务"
    )
    return Document(
        "支部“三会一课”记录 <第1号> & 附件",
        DAY,
        (
            Part("会议记录"),
            *(Heading(f"{level}级标题", level) for level in (1, 2, 3, 4)),
            Paragraph(
                (Span("主持：", Font.STRONG), Span("应到 12 人；缴纳党费 1,260.50 元。\n第二段" * 3)), body
            ),
            Table(columns, rows),
            Ends("制表：第一支部", "2026年11月21日"),
            opinion_sheet(),
            Table(columns, ()),
            Entry("讨论", ("同意。" * 40 + "\n") * 6),
            Entry("本次会议讨论情况及结论意见等", "无"),
            Entry("简历", resume),
            QrCode("BD1:MIN:0190:1/2:77aa", 20.0, "01-77 编号"),
            QrCode("BD1", 20.0, "右边", Align.RIGHT),
            Picture(photograph(), 40.0, 30.0, Align.LEFT),
            Signatures(("主持人（签名）：", "记录人：", "监票人：", "计票人：", "委派人：", "　年　月　日")),
            Bars((Bar("一、组织建设", 18, 20, "18／20"), Bar("二、组织生活", 0, 24, "0／24"))),
            Space(10.0),
            PageBreak(),
            Paragraph("最后一段。", body),
        ),
        running=Running("中共阳光区机关第一支部委员会", "2026年11月"),
        author="中国共产党阳光区机关第一支部委员会",
        watermark="草稿",
    )
