"""Any filled form in the plain layout: its sections in order, short boxes two in a row, long ones below.

The words of official papers are Chinese whatever the language of the window is; they are not translated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from branchdesk.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Font,
    PageStyle,
    Paragraph,
    Running,
    Signatures,
    Style,
    Table,
    Together,
)
from branchdesk.forms.language import Field, FormTable, Signature
from branchdesk.reports.filled import Filled
from branchdesk.reports.ruled_grid import Pair, pair_blocks

FORM_PAGE = PageStyle(210.0, 297.0, top=22.0, bottom=20.0, left=25.0, right=20.0, mirrored=True)
FORM_WIDTH = FORM_PAGE.width - FORM_PAGE.left - FORM_PAGE.right
_TITLE = Style(Font.HEADING, 20.0, 1.35, Align.CENTRE, after=3.0, sizes=(20.0, 18.0, 16.0))
_SUBTITLE = Style(Font.BODY, 12.0, 1.4, Align.CENTRE, after=6.0)
_SECTION = Style(Font.HEADING, 12.0, 1.6, before=4.0, after=2.0)
_SIGNED = Style(size=12.0, leading=1.6, before=22.0)
_LABEL_SHARE = 0.165  # of the width: labels of any form are longer than those of a minute book
_NUMBER = Column("序号", 1.0, Align.CENTRE, "00")
_NARROW = {"number", "hours", "yes_no", "money", "date", "person_name", "member", "choice"}
_TABLE_SIZES = (10.5, 10.0, 9.5, 9.0)


def form_document(
    filled: Filled, made_on: date, organisation: str = "", *, title: str = "", draft: bool = False
) -> Document:
    """The form as a paper to be signed and filed, as its fields stand in it."""
    said = title or filled.form.title
    blocks: list[Block] = [Paragraph(said, _TITLE, keep_with_next=True)]
    if organisation:
        blocks.append(Paragraph(organisation, _SUBTITLE, keep_with_next=True))
    blocks += form_blocks(filled, FORM_WIDTH)
    if filled.form.signatures:
        places = (*map(sign_here, filled.form.signatures), "　　　　年　　月　　日")
        blocks.append(Together((Signatures(places, _SIGNED),), with_previous=True))
    return Document(
        said,
        made_on,
        tuple(blocks),
        page=FORM_PAGE,
        author=organisation,
        running=Running(outer_foot=True),
        watermark="草稿" if draft else "",
    )


def form_blocks(filled: Filled, measure: float) -> Iterator[Block]:
    """The sections of a form one below the other; one without anything to show is left out."""
    visible = filled.visible()
    form = filled.form
    for section in form.sections:
        fields = [one for one in visible if one.section == section.id and one.type.name != "signature"]
        tables = [table for table in form.tables_in(section.id) if table.holds == "lines"]
        if not fields and not tables:
            continue
        if len(form.sections) > 1:
            yield Paragraph(section.label, _SECTION, keep_with_next=True)
        yield from pair_blocks(_pairs(filled, fields), measure, share=_LABEL_SHARE)
        for table in tables:
            yield Paragraph(table.label, _SECTION, keep_with_next=True)
            yield lines_table(filled, table)


def _pairs(filled: Filled, fields: Sequence[Field]) -> Iterator[Pair]:
    for one in fields:
        is_long = one.type.name == "long_text" and bool(filled.text(one))
        yield Pair(one.label, filled.box(one), wide=filled.is_long(one), long=is_long)


def sign_here(signature: Signature) -> str:
    """What stands before a place to sign: 主持人签字：."""
    label = signature.label
    return f"{label}：" if "签" in label else f"{label}签字："


def lines_table(filled: Filled, table: FormTable) -> Table:
    """A table of the form's own with running numbers; an empty one has an empty row."""
    columns = tuple(
        Column(one.label, 1.0 if one.type.name in _NARROW else 3.0, _aligned(one), _fits(one))
        for one in table.fields
    )
    rows = filled.rows(table) or [(filled.form.blank,) * len(columns)]
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
    return Table((_NUMBER, *columns), numbered, _TABLE_SIZES)


def _aligned(one: Field) -> Align:
    return Align.LEFT if one.type.name in {"long_text", "text"} else Align.CENTRE


def _fits(one: Field) -> str:
    """What a column has to hold unbroken."""
    if one.type.name == "date":
        return "0000年00月00日"
    return "四字姓名" if one.type.name in {"member", "person_name"} else ""
