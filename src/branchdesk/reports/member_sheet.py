"""党员登记表: what the branch knows of one member as a ruled A4 form of two pages, to be signed and filed.

Modelled on the form in public use. The words of official papers are Chinese whatever the language of the
window is; they are not translated. Where a member may have nothing to tell, an empty box is printed 无
(domain 2.2); what everybody has and nobody has filled in stays empty for the pen, as do the places to sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from branchdesk.documents.model import (
    LABEL_CELL,
    LONG_CELL,
    VALUE_CELL,
    Align,
    Block,
    Cell,
    Document,
    Ends,
    Font,
    PageBreak,
    PageStyle,
    Paragraph,
    Part,
    Picture,
    Running,
    Sheet,
    Style,
)

BLANK = "无"
PHOTO_WIDTH, PHOTO_HEIGHT = 35.0, 50.0  # millimetres: a photograph of two inches
_PAGE = PageStyle(210.0, 297.0, top=20.0, bottom=18.0, left=25.0, right=20.0, mirrored=True)
_TITLE = Style(Font.HEADING, 20.0, 1.3, Align.CENTRE, after=4.0)
_LINE = Style(size=10.5, leading=1.4, after=3.0)
_NAME = replace(VALUE_CELL, font=Font.STRONG)
_PHOTO_PLACE = replace(LABEL_CELL, size=9.0, leading=1.6, sizes=())
# Front: a grid of six columns beside the photograph; back: a label and a text.
_FRONT_WIDTHS = (18.0, 28.0, 18.0, 24.0, 18.0, 24.0, PHOTO_WIDTH)
_FRONT_HEIGHTS = (11.0,) * 5 + (12.0,) * 2 + (11.0,) * 4 + (118.0,)
_BACK_WIDTHS = (18.0, 147.0)
_BACK_HEIGHTS = (50.0, 66.0, 50.0, 50.0, 34.0)
_SEALED = ("（盖章）　　 ", "年　　　月　　　日")
_BRANCH_FOOT = ("党支部书记（签字）：　　　　　　　　　　", *_SEALED)


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """What a member sheet prints: texts as they are shown, the photograph as JPEG or PNG or None."""

    organisation: str
    name: str
    sex: str = ""
    ethnic: str = ""
    born: str = ""
    native_place: str = ""
    birth_place: str = ""
    category: str = ""
    admitted: str = ""
    confirmed: str = ""
    worked_since: str = ""
    health: str = ""
    former_name: str = ""
    id_number: str = ""
    marriage: str = ""
    fulltime_degree: str = ""
    fulltime_school: str = ""
    parttime_degree: str = ""
    parttime_school: str = ""
    employer: str = ""
    professional_title: str = ""
    posts: str = ""
    address: str = ""
    phone: str = ""
    introducers: str = ""
    admitted_at: str = ""
    resume: str = ""
    honours: str = ""
    family: str = ""
    note: str = ""
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class SheetPolicy:
    """How sheets are printed: what stands for nothing, on both sides of the paper or not, as a draft."""

    blank: str = BLANK
    duplex: bool = True
    draft: bool = False


def member_sheets(
    sheets: Iterable[MemberSheet], made_on: date, filled_on: str, policy: SheetPolicy | None = None
) -> Document:
    """The sheets of any number of members as one document, each a part with pages of its own.

    `filled_on` is the day of filling in, spelled. Printed on both sides, every sheet begins on a new leaf.
    """
    chosen = policy or SheetPolicy()
    members = list(sheets)
    blocks: list[Block] = []
    for member in members:
        blocks += _sheet_blocks(member, filled_on, chosen)
    title = "党员登记表" if len(members) != 1 else f"{members[0].name}党员登记表"
    return Document(
        title,
        made_on,
        tuple(blocks),
        page=replace(_PAGE, mirrored=chosen.duplex),
        author=members[0].organisation if members else "",
        running=Running(outer_foot=chosen.duplex),
        watermark="草稿" if chosen.draft else "",
    )


def _sheet_blocks(member: MemberSheet, filled_on: str, policy: SheetPolicy) -> Iterator[Block]:
    yield Part(member.name, on_odd_page=policy.duplex)
    yield Paragraph("党员登记表", _TITLE, keep_with_next=True)
    yield Ends(f"所在党支部：{member.organisation}", f"填表日期：{filled_on}", _LINE, keep_with_next=True)
    whose = f"姓名：{member.name}　　所在党支部：{member.organisation}"
    title = "党员登记表附页"
    yield Sheet(_FRONT_WIDTHS, _FRONT_HEIGHTS, tuple(_front(member, policy.blank)), title, whose)
    yield PageBreak()
    yield Ends("党员登记表（续）", f"姓名：{member.name}", _LINE, keep_with_next=True)
    yield Sheet(_BACK_WIDTHS, _BACK_HEIGHTS, tuple(_back(member, policy.blank)), title, whose)


def empty_boxes(member: MemberSheet) -> tuple[str, ...]:
    """The labels of the boxes that stay empty and that somebody has to fill in."""
    cells = (*_front(member, BLANK), *_back(member, BLANK))
    left = [cell.called for cell in cells if cell.called and cell.content == ""]
    # Who is on probation cannot have been confirmed.
    return tuple(label for label in left if label != "转正时间" or member.category != "预备党员")


def _front(member: MemberSheet, blank: str) -> Iterator[Cell]:
    """The cells of the front: facts beside the photograph, education, work, entry into the Party, career."""

    def pair(
        row: int, column: int, label: str, text: str, columns: int = 1, none: str = ""
    ) -> Iterator[Cell]:
        yield Cell(row, column, label, style=LABEL_CELL)
        yield Cell(row, column + 1, text or none, columns=columns, called=_called(label))

    yield Cell(0, 0, "姓　名", style=LABEL_CELL)
    yield Cell(0, 1, member.name, style=_NAME, called="姓名")
    yield from pair(0, 2, "性　别", member.sex)
    yield from pair(0, 4, "民　族", member.ethnic)
    yield from pair(1, 0, "出生年月", member.born)
    yield from pair(1, 2, "籍　贯", member.native_place)
    yield from pair(1, 4, "出 生 地", member.birth_place)
    yield from pair(2, 0, "人员类别", member.category)
    yield from pair(2, 2, "入党时间", member.admitted)
    yield from pair(2, 4, "转正时间", member.confirmed)
    yield from pair(3, 0, "参加工\n作时间", member.worked_since)
    yield from pair(3, 2, "健康状况", member.health)
    yield from pair(3, 4, "婚姻状况", member.marriage)
    yield from pair(4, 0, "身份证\n号　码", member.id_number, columns=3)
    yield from pair(4, 4, "曾用名", member.former_name, none=blank)
    yield _photo(member.photo)
    yield from _education(member, blank)
    yield Cell(7, 0, "工作单位\n及职务", style=LABEL_CELL)
    yield Cell(7, 1, member.employer, columns=6, called="工作单位及职务")
    yield from pair(8, 0, "专业技\n术职务", member.professional_title, columns=3, none=blank)
    yield from pair(8, 4, "党内职务", member.posts, columns=2, none=blank)
    yield from pair(9, 0, "入　党\n介绍人", member.introducers, columns=3)
    yield from pair(9, 4, "入党时所\n在党支部", member.admitted_at, columns=2)
    yield from pair(10, 0, "家庭住址", member.address, columns=3)
    yield from pair(10, 4, "联系电话", member.phone, columns=2)
    label = "个\n人\n简\n历"
    yield Cell(11, 0, label, style=LABEL_CELL)
    yield _long(11, 1, 6, label, member.resume, is_blank=not member.resume)


def _photo(photo: bytes | None) -> Cell:
    if photo is None:
        return Cell(0, 6, "照　片\n（二寸免冠）", rows=5, style=_PHOTO_PLACE)
    return Cell(0, 6, Picture(photo, PHOTO_WIDTH, PHOTO_HEIGHT), rows=5)


def _education(member: MemberSheet, blank: str) -> Iterator[Cell]:
    """Two blocks, of full-time and of in-service education."""
    yield Cell(5, 0, "学　历\n学　位", rows=2, style=LABEL_CELL)
    for row, label, degree, school, none in (
        (5, "全日制教育", member.fulltime_degree, member.fulltime_school, ""),
        (6, "在职教育", member.parttime_degree, member.parttime_school, blank),
    ):
        yield Cell(row, 1, label, style=LABEL_CELL)
        yield Cell(row, 2, degree or none, columns=2, called=f"{label}学历学位")
        yield Cell(row, 4, "毕业院校\n系及专业", style=LABEL_CELL)
        yield Cell(row, 5, school or none, columns=2, called=f"{label}毕业院校系及专业")


def _back(member: MemberSheet, blank: str) -> Iterator[Cell]:
    """The cells of the back: long texts, then the places to sign."""
    for row, label, text, none in (
        (0, "奖\n惩\n情\n况", member.honours, blank),
        (1, "家　庭\n主　要\n成　员", member.family, ""),
        (4, "备\n注", member.note, blank),
    ):
        yield Cell(row, 0, label, style=LABEL_CELL)
        yield _long(row, 1, 1, label, text or none, is_blank=not text)
    yield Cell(2, 0, "党支部\n意　见", style=LABEL_CELL)
    yield Cell(2, 1, foot=_BRANCH_FOOT)
    yield Cell(3, 0, "上　级\n党组织\n意　见", style=LABEL_CELL)
    yield Cell(3, 1, foot=_SEALED)


def _called(label: str) -> str:
    """What a label is called where it is not broken into lines."""
    return "".join(label.split())


def _long(row: int, column: int, columns: int, label: str, text: str, *, is_blank: bool) -> Cell:
    """A text of many lines from the top of its cell; the word for nothing stands in the middle."""
    style = VALUE_CELL if is_blank else LONG_CELL
    return Cell(row, column, text, columns=columns, style=style, at_top=not is_blank, called=_called(label))
