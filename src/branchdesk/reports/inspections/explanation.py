"""计分过程: how every line of a sheet came to its score, rule by rule, and how the total was made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from branchdesk.documents.model import Block, Document, Paragraph, Running, Signatures, Together
from branchdesk.domain.inspections.explaining import explain_line, explain_total
from branchdesk.domain.inspections.model import Indicator, Stage
from branchdesk.domain.inspections.totals import Total
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.inspections.fact_words import tight
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.notes import so_far_text
from branchdesk.reports.inspections.page_styles import (
    CELL,
    FIGURE,
    FILE_PAGE,
    FILE_TITLE,
    HEAD,
    HEADING,
    SECTION,
    SIGNED,
    SUBTITLE,
    TEXT,
    WORDS,
)
from branchdesk.reports.inspections.ruled_pages import RuledCell, RuledRow, RuledTable, ruled_pages
from branchdesk.reports.inspections.sheet import worth
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN, score_text

_COLUMNS = (("序号", 11.0), ("检查内容", 52.0), ("分值", 12.0), ("得分", 14.0), ("计分过程", 76.0))
_WIDTHS = tuple(width for _label, width in _COLUMNS)
_SECTION_ROW = 7.0


def explanation_document(matter: InspectionMatter) -> Document:
    """The way to the total that counts: the inspectors' scores where there are some."""
    title = f"{matter.period}{matter.name}计分过程"
    return Document(
        title,
        matter.made_on,
        tuple(_blocks(matter, title)),
        page=FILE_PAGE,
        author=matter.organisation,
        running=Running(outer_foot=True),
        watermark=matter.watermark,
    )


def _blocks(matter: InspectionMatter, title: str) -> Iterator[Block]:
    whose = "检查组考核得分" if matter.is_checked else "自评得分"
    above: list[Block] = [
        Paragraph(title, FILE_TITLE, keep_with_next=True),
        Paragraph(f"{matter.organisation}　{whose}", SUBTITLE, keep_with_next=True),
    ]
    yield from above
    head = RuledRow(tuple(RuledCell(label, style=HEAD) for label, _width in _COLUMNS))
    table = RuledTable(_WIDTHS, (head,), tuple(_rows(matter)), matter.title)
    yield from ruled_pages(table, FILE_PAGE, above)
    yield Paragraph("总分", HEADING, keep_with_next=True)
    said = [*_of_total(matter.total), so_far_text(matter)]
    yield from (Paragraph(text, TEXT) for text in said if text)
    places = ("填表人：", "审核人：", DAY_FOR_THE_PEN)
    yield Together((Signatures(places, SIGNED),), with_previous=True)


def _of_total(total: Total) -> list[str]:
    """How the total was made; while lines have no score yet, nobody can say which grade it will be."""
    shown = replace(total, grade=None) if total.empty and not total.vetoed else total
    with speaking_chinese():
        return [tight(sentence) for sentence in explain_total(shown)]


def _rows(matter: InspectionMatter) -> Iterator[RuledRow]:
    for _section, title, lines in matter.sections():
        yield RuledRow((RuledCell(title, len(_WIDTHS), SECTION),), _SECTION_ROW, keep=True)
        yield from (_row(matter, one) for one in lines)


def _row(matter: InspectionMatter, indicator: Indicator) -> RuledRow:
    with speaking_chinese():
        said = tight(explain_line(matter.final(indicator)))
    stage = Stage.CHECK if matter.line(indicator, Stage.CHECK).score is not None else Stage.SELF
    score = score_text(matter, indicator, stage)
    return RuledRow(
        (
            RuledCell(indicator.number),
            RuledCell(indicator.title, style=WORDS, called=f"{indicator.number} 检查内容"),
            RuledCell(worth(indicator), style=FIGURE),
            RuledCell(score, style=FIGURE if score[:1].isdigit() else CELL),
            RuledCell(said, style=WORDS, called=f"{indicator.number} 计分过程"),
        )
    )
