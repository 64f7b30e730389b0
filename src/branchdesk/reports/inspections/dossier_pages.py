"""The pages of a dossier that are our own: cover, contents, the heading of a line, what has no pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from branchdesk.documents.model import (
    NOTHING_RUNNING,
    Align,
    Block,
    Column,
    Document,
    Font,
    Paragraph,
    Space,
    Style,
    Table,
)
from branchdesk.domain.inspections.model import Indicator, ProofSlot, Stage
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.inspections.dossier_proofs import DossierLine, ListedProof
from branchdesk.reports.inspections.ledger import short_day
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.page_styles import (
    FILE_TITLE,
    FILE_WIDTH,
    HEAD,
    HEADING,
    SECTION,
    TEXT,
    WORDS,
)
from branchdesk.reports.inspections.ruled_pages import RuledCell, RuledRow, RuledTable, ruled_pages
from branchdesk.reports.inspections.spot_check import SPOT_CHECK_PAGE
from branchdesk.reports.inspections.wording import deduction_text, score_text, standard_text
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.reports.ruled_grid import Pair, pair_blocks

NO_PAGE = "—"
_PAGE = SPOT_CHECK_PAGE
_COVER_TITLE = Style(Font.HEADING, 30.0, 1.5, Align.CENTRE, sizes=(30.0, 26.0))
_COVER_NAME = Style(Font.HEADING, 18.0, 1.6, Align.CENTRE, sizes=(18.0, 16.0, 14.0))
_COVER_LINE = Style(Font.BODY, 16.0, 1.8, Align.CENTRE)
_HEADING = Style(Font.HEADING, 16.0, 1.4, Align.CENTRE, after=6.0)
_SIZES = (10.5, 10.0, 9.5, 9.0)
_CONTENTS = (
    *(("序号", 11.0), ("检查项目和佐证", 94.0), ("日期", 22.0)),
    *(("得分", 14.0), ("件数", 12.0), ("页码", 12.0)),
)
_PROOFS = (
    Column("序号", 0.8, fits="00"),
    Column("佐证", 5.0, Align.LEFT, fits="十个汉字的佐证名"),
    Column("类别", 1.0, fits="计划"),
    Column("日期", 1.8, fits="0000年00月00日"),
    Column("页码", 1.0, fits="0000"),
    Column("备注", 2.4, Align.LEFT),
)


@dataclass(frozen=True, slots=True)
class PlacedProof:
    """A piece of evidence in a list: its page in the whole file and what is to be said of it."""

    proof: ListedProof
    page: str = NO_PAGE
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line that has evidence in the contents: the page of its heading, and its evidence."""

    page: str
    proofs: tuple[PlacedProof, ...]


def _document(matter: InspectionMatter, title: str, blocks: Sequence[Block]) -> Document:
    return Document(
        title,
        matter.made_on,
        tuple(blocks),
        page=_PAGE,
        author=matter.organisation,
        running=NOTHING_RUNNING,
        watermark=matter.watermark,
    )


def cover_document(matter: InspectionMatter, proofs: int) -> Document:
    """The cover: which inspection, whose, when, and how many pieces are inside."""
    blocks: list[Block] = [
        # A space at the top of a page is dropped: an empty line holds the title down.
        Paragraph("", Style(size=10.0, leading=14.0)),
        Paragraph("迎　检　材　料", _COVER_TITLE),
        Space(12.0),
        Paragraph(matter.occasion, _COVER_NAME),
        Space(80.0),
        Paragraph(matter.organisation, _COVER_LINE),
        Paragraph(f"佐证{proofs}件", _COVER_LINE),
        Paragraph(spelled_day(matter.made_on.isoformat()), _COVER_LINE),
    ]
    return _document(matter, f"{matter.organisation}{matter.occasion}迎检材料", blocks)


def contents_document(
    matter: InspectionMatter,
    sheet_page: str,
    placed: Mapping[str, PlacedLine],
    ending_page: str,
) -> Document:
    """The contents: every line with the page of its heading, and below it its evidence with theirs.

    `placed` are the lines with evidence by their ids; the others lead to the list at the end.
    """
    above: list[Block] = [Paragraph("目　　录", FILE_TITLE, keep_with_next=True)]
    head = RuledRow(tuple(RuledCell(label, style=HEAD) for label, _width in _CONTENTS))
    rows = [_entry("", f"{matter.period}{matter.name}", "", "", sheet_page)]
    for one in matter.indicators():
        line, score = placed.get(one.id), _score(matter, one)
        if line is not None:
            rows.append(_entry(one.number, one.title, score, str(len(line.proofs)), line.page, keep=True))
            rows += [_proof_entry(number, proof) for number, proof in enumerate(line.proofs, start=1)]
        elif one.points is not None and not one.bonus:
            applies = matter.line(one, Stage.SELF).applies
            count, page = ("0", ending_page) if applies else ("", NO_PAGE)
            rows.append(_entry(one.number, one.title, score, count, page))
    if ending_page:
        rows.append(_entry("", "没有佐证的检查项", "", "", ending_page))
    table = RuledTable(tuple(width for _label, width in _CONTENTS), (head,), tuple(rows))
    return _document(matter, "目录", [*above, *ruled_pages(table, _PAGE, above)])


def _score(matter: InspectionMatter, one: Indicator) -> str:
    """The score that counts."""
    stage = Stage.CHECK if matter.is_checked else Stage.SELF
    return score_text(matter, one, stage)


def _entry(number: str, title: str, score: str, count: str, page: str, *, keep: bool = False) -> RuledRow:
    cells = (
        RuledCell(number, style=HEAD),
        RuledCell(title, 2, SECTION, called=number),
        RuledCell(score),
        RuledCell(count),
        RuledCell(page),
    )
    return RuledRow(cells, 7.5, keep=keep)


def _proof_entry(number: int, placed: PlacedProof) -> RuledRow:
    return RuledRow(
        (
            RuledCell(str(number)),
            RuledCell(f"　{placed.proof.title}", style=WORDS),
            RuledCell(short_day(placed.proof.on)),
            RuledCell(columns=2),
            RuledCell(placed.page),
        ),
        6.5,
    )


def line_document(matter: InspectionMatter, line: DossierLine, proofs: Sequence[PlacedProof]) -> Document:
    """The heading of a line: what was asked and scored, and the list of its evidence."""
    one = line.indicator
    answer = matter.inspection.answer(one.id)
    pairs = [
        Pair("分值", score_worth(one)),
        Pair("责任人", one.post),
        Pair("自评分", score_text(matter, one, Stage.SELF)),
        Pair("考核得分", score_text(matter, one, Stage.CHECK)),
        Pair("扣分标准", standard_text(one), wide=True),
        Pair("应有佐证", one.proof, wide=True),
        *_told("计划", answer.plan),
        *_told("记录", answer.record),
        *_told("扣分及原因", deduction_text(matter, one)),
    ]
    with speaking_chinese():
        slots = shipped_dictionaries()["proof_slot"]
        rows = tuple(_proof_row(number, placed, slots.shown) for number, placed in enumerate(proofs, start=1))
    blocks: list[Block] = [
        Paragraph(f"{one.number}　{one.title}", _HEADING, keep_with_next=True),
        *pair_blocks(pairs, FILE_WIDTH, share=0.165),
        Paragraph("佐证清单", HEADING, keep_with_next=True),
        Table(_PROOFS, rows, _SIZES),
    ]
    return _document(matter, f"{one.number} {one.title}", blocks)


def score_worth(one: Indicator) -> str:
    """The points of a line with their unit."""
    return "一票否决项" if one.points is None else f"{one.points.normalize():f} 分"


def _told(label: str, text: str) -> Iterator[Pair]:
    if text:
        yield Pair(label, text, wide=True, long=True)


def _proof_row(number: int, placed: PlacedProof, slot: Callable[[str], str]) -> tuple[str, ...]:
    proof = placed.proof
    day = spelled_day(proof.on) if proof.on else ""
    return (str(number), proof.title, slot(proof.slot), day, placed.page, placed.remark)


def see_original_document(matter: InspectionMatter, number: str, proof: ListedProof, why: str) -> Document:
    """The page in the place of a file that has no pages: what it is, why, and where it is kept."""
    where = f"支部台账“{matter.period}{matter.name}”{number} 的佐证附件。"
    blocks: list[Block] = [
        Paragraph("见　原　件", _HEADING, keep_with_next=True),
        *pair_blocks(
            [
                Pair("检查项", number),
                Pair("类别", _slot(proof.slot)),
                Pair("名称", proof.title, wide=True),
                Pair("说明", why, wide=True, long=True),
                Pair("原件所在", where, wide=True),
            ],
            FILE_WIDTH,
            share=0.165,
        ),
    ]
    return _document(matter, proof.title, blocks)


def _slot(slot: ProofSlot) -> str:
    with speaking_chinese():
        return shipped_dictionaries()["proof_slot"].shown(slot)


def ending_document(matter: InspectionMatter, missing: Sequence[Indicator]) -> Document:
    """The lines that nothing proves, with what is asked for and who answers for it."""
    columns = (
        Column("序号", 0.8, fits="A00"),
        Column("检查内容", 4.0, Align.LEFT, fits="十个汉字的检查内容"),
        Column("分值", 0.8, fits="00"),
        Column("得分", 1.0, fits="不适用"),
        Column("应有佐证", 3.0, Align.LEFT),
        Column("责任人", 1.4, fits="四字姓名"),
    )
    rows = tuple(
        (
            one.number,
            one.title,
            score_worth(one).removesuffix(" 分"),
            _score(matter, one),
            one.proof,
            one.post,
        )
        for one in missing
    )
    blocks: list[Block] = [
        Paragraph("没有佐证的检查项", _HEADING, keep_with_next=True),
        Paragraph(f"下列{len(missing)}项适用，本材料中没有附佐证。", TEXT, keep_with_next=True),
        Table(columns, rows, _SIZES),
    ]
    return _document(matter, "没有佐证的检查项", blocks)
