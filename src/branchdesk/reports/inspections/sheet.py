"""检查表: the sheet of an inspection with both scores, why points were taken off, proofs and signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from branchdesk.documents.model import Block, Document, Paragraph, Running
from branchdesk.domain.inspections.model import Indicator, Stage
from branchdesk.domain.inspections.scoring import shown
from branchdesk.domain.inspections.totals import SectionTotal, Total
from branchdesk.forms.language import Field, Signature
from branchdesk.reports.filled_form import sign_here
from branchdesk.reports.inspections.heads import HeadPair, head_sheet
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.notes import notes_of
from branchdesk.reports.inspections.page_styles import (
    CELL,
    FIGURE,
    HEAD,
    LABEL,
    SECTION,
    SECTION_FIGURE,
    SHEET_PAGE,
    SHEET_WIDTH,
    SMALL,
    TITLE,
    VALUE,
    WORDS,
)
from branchdesk.reports.inspections.ruled_pages import (
    RuledCell,
    RuledRow,
    RuledTable,
    even_spans,
    ruled_pages,
)
from branchdesk.reports.inspections.wording import (
    DAY_FOR_THE_PEN,
    deduction_text,
    proof_text,
    score_text,
    standard_text,
)

_COLUMNS = (
    ("序号", 11.0),
    ("检查内容", 57.0),
    ("分值", 11.0),
    ("扣分标准", 46.0),
    ("自评分", 14.0),
    ("扣分及原因", 60.0),
    ("考核得分", 14.0),
    ("佐证", 32.0),
    ("责任人", 22.0),
)
WIDTHS = tuple(width for _label, width in _COLUMNS)
_HEAD_ROW, _SECTION_ROW, _SIGN_ROW = 11.0, 7.5, 30.0
_PAIRS = 4  # of the head, side by side
_WIDE = {"text", "members"}
_ROOM = "　" * 6  # for a name behind its label
_NOT_IN_HEAD = {"indicator", "signature", "attachments", "computed", "long_text"}


def sheet_document(matter: InspectionMatter) -> Document:
    """The sheet as A4 landscape; a draft says so on every page."""
    head = head_sheet(head_pairs(matter), SHEET_WIDTH, _PAIRS)
    above: list[Block] = [Paragraph(matter.title, TITLE, keep_with_next=True), head]
    table = RuledTable(WIDTHS, (head_row(),), tuple(_rows(matter)), f"{matter.organisation}{matter.period}")
    return Document(
        matter.title,
        matter.made_on,
        (*above, *ruled_pages(table, SHEET_PAGE, above)),
        page=SHEET_PAGE,
        author=matter.organisation,
        running=Running(foot=matter.foot),
        watermark=matter.watermark,
    )


# ---- the head


def head_pairs(matter: InspectionMatter) -> list[HeadPair]:
    """Labels and values over the table: who, when, by whom, and what came of it."""
    checked, filled = matter.is_checked, matter.filled
    said = [HeadPair("被检查单位", matter.organisation, 2), HeadPair("检查时段", matter.period)]
    said += [field_pair(one, filled.text(one)) for one in head_fields(matter.sheet.form.fields)]
    said.append(HeadPair("自评总分", _scored(matter.sheet.self_total)))
    said.append(HeadPair("考核总分", _scored(matter.total) if checked else ""))
    grade = matter.total.grade if checked else None
    said.append(HeadPair("等次", grade.label if grade is not None else ""))
    return said


def head_fields(fields: Sequence[Field]) -> list[Field]:
    """The fields of the form that stand over the table."""
    return [one for one in fields if one.type.name not in _NOT_IN_HEAD and not one.hidden]


def field_pair(one: Field, text: str) -> HeadPair:
    """A field over the table; one that may hold several names has twice the room."""
    return HeadPair(one.label, text, 2 if one.type.name in _WIDE else 1)


def _scored(total: Total) -> str:
    return f"{shown(total.score)} 分"


def head_row() -> RuledRow:
    """The head of the table, which every page repeats."""
    return RuledRow(tuple(RuledCell(label, style=HEAD) for label, _width in _COLUMNS), _HEAD_ROW)


# ---- the table


def _rows(matter: InspectionMatter) -> Iterator[RuledRow]:
    for section, title, lines in matter.sections():
        yield _section_row(matter, section, title, lines)
        for indicator in lines:
            yield _line_row(matter, indicator)
    yield from _ending(matter)


def _section_row(matter: InspectionMatter, section: str, title: str, lines: Sequence[Indicator]) -> RuledRow:
    counts = [one for one in lines if one.points is not None and not one.bonus]
    full = sum((one.points for one in counts if one.points is not None), start=Decimal(0))
    sums = {stage: _sum_of(total, section) for stage, total in matter.totals.items()}
    own = sums[Stage.SELF]
    note = f"适用{shown(own.base)}分" if counts and own.base != own.points else ""
    figures = [
        shown(sums[stage].earned)
        if any(matter.scored(one, stage).score is not None for one in counts)
        else ""
        for stage in (Stage.SELF, Stage.CHECK)
    ]
    return RuledRow(
        (
            RuledCell(title, 2, SECTION),
            RuledCell(shown(full) if counts else "", style=SECTION_FIGURE),
            RuledCell(note, style=SMALL),
            RuledCell(figures[0], style=SECTION_FIGURE),
            RuledCell(),
            RuledCell(figures[1], style=SECTION_FIGURE),
            RuledCell(),
            RuledCell(),
        ),
        _SECTION_ROW,
        keep=True,
    )


def _sum_of(total: Total, section: str) -> SectionTotal:
    return next(one for one in total.sections if one.id == section)


def worth(indicator: Indicator) -> str:
    """What stands in the column of points: points, what a bonus may add, or that it is a veto."""
    if indicator.points is None:
        return "否决"
    return f"{'+' if indicator.bonus else ''}{shown(indicator.points)}"


def title_text(indicator: Indicator) -> str:
    """What is inspected; a line with points that can also fail everything says so."""
    is_marked = indicator.veto and indicator.points is not None
    return f"{indicator.title}{'（可一票否决）' if is_marked else ''}"


def _line_row(matter: InspectionMatter, indicator: Indicator) -> RuledRow:
    called = f"{indicator.number} "
    return RuledRow(
        (
            RuledCell(indicator.number),
            RuledCell(title_text(indicator), style=WORDS, called=f"{called}检查内容"),
            RuledCell(worth(indicator), style=FIGURE),
            RuledCell(standard_text(indicator), style=SMALL, called=f"{called}扣分标准"),
            _score_cell(score_text(matter, indicator, Stage.SELF)),
            RuledCell(deduction_text(matter, indicator), style=SMALL, called=f"{called}扣分及原因"),
            _score_cell(score_text(matter, indicator, Stage.CHECK)),
            RuledCell(proof_text(matter, indicator), style=SMALL, called=f"{called}佐证"),
            RuledCell(indicator.post, style=CELL),
        )
    )


def _score_cell(text: str) -> RuledCell:
    return RuledCell(text, style=FIGURE if text[:1].isdigit() else CELL)


# ---- what stands below


def _ending(matter: InspectionMatter) -> Iterator[RuledRow]:
    """The total, the notes, and the places to sign, which never stand alone."""
    total, checked = matter.total, matter.is_checked
    grade = total.grade.label if checked and total.grade is not None else ""
    bonus = f"含加分{shown(total.bonus)}分" if total.bonus else ""
    yield RuledRow(
        (
            RuledCell("总　分", 2, HEAD),
            RuledCell(shown(total.full), style=SECTION_FIGURE),
            RuledCell(bonus, style=SMALL),
            RuledCell(shown(matter.sheet.self_total.score), style=SECTION_FIGURE),
            RuledCell(),
            RuledCell(shown(total.score) if checked else "", style=SECTION_FIGURE),
            RuledCell("等　次", style=HEAD),
            RuledCell(grade, style=HEAD),
        ),
        9.0,
        keep=True,
    )
    notes = notes_of(matter)
    if notes:
        text = "\n".join(notes)
        cells = (RuledCell("说明", style=HEAD), RuledCell(text, len(WIDTHS) - 1, SMALL, called="说明"))
        yield RuledRow(cells, keep=True)
    yield from signing_rows(matter.sheet.form.fields, matter.sheet.form.signatures, matter.filled.text)


def signing_rows(
    fields: Sequence[Field], signatures: Sequence[Signature], text_of: Callable[[Field], str]
) -> Iterator[RuledRow]:
    """The opinions and the places to sign, as many boxes side by side as there are signatures."""
    opinions = [one for one in fields if one.type.name == "long_text" and not one.hidden]
    if not signatures:
        return
    spans = even_spans(WIDTHS, len(signatures))
    cells = []
    for signature, span in zip(signatures, spans, strict=True):
        said = next((one for one in opinions if one.label[:_ALIKE] == signature.label[:_ALIKE]), None)
        sign = sign_here(signature)
        if said is None:
            cells.append(RuledCell(sign, span, VALUE, (DAY_FOR_THE_PEN,)))
            continue
        opinions.remove(said)
        text = f"{said.label}：\n{text_of(said)}"
        cells.append(RuledCell(text, span, VALUE, (f"{sign}{_ROOM}", DAY_FOR_THE_PEN), called=said.label))
    for one in opinions:
        said_by = RuledCell(text_of(one), len(WIDTHS) - 2, VALUE, called=one.label)
        yield RuledRow((RuledCell(one.label, 2, LABEL), said_by), keep=True)
    yield RuledRow(tuple(cells), _SIGN_ROW)


_ALIKE = 3  # characters by which an opinion finds the signature that it belongs to
