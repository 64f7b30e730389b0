"""随机抽查表: what was drawn by lot and from which seed, what was found, and the places to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from branchdesk.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Paragraph,
    Running,
    Signatures,
    Table,
    Together,
)
from branchdesk.forms.language import Field, FormTable
from branchdesk.reports.filled import Filled
from branchdesk.reports.filled_form import sign_here
from branchdesk.reports.inspections.page_styles import (
    FILE_PAGE,
    FILE_TITLE,
    FILE_WIDTH,
    HEADING,
    SIGNED,
    SUBTITLE,
)
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN
from branchdesk.reports.ruled_grid import Pair, pair_blocks

SPOT_CHECK_PAGE = replace(FILE_PAGE, mirrored=False)
_SIZES = (10.5, 10.0, 9.5, 9.0)
_SHARE = 0.165
_LEAST = 9.0
_WEIGHTS = {"long_text": 4.0, "text": 2.0}
_FITS = {"date": "0000年00月00日", "text": "五个汉字宽", "long_text": "一句话就能说清的发现的问题"}
_NUMBER = (0.4, "〔0000〕000号")  # weight and room of what the program itself writes: the number of an order


def spot_check_document(
    filled: Filled,
    made_on: date,
    organisation: str = "",
    *,
    title: str = "",
    running: Running | None = None,
    line_height: float = _LEAST,
) -> Document:
    """The record of a spot check; `line_height` in millimetres makes room for the pen."""
    form = filled.form
    said = form.paper.title if form.paper is not None and form.paper.title else form.title
    return Document(
        title or said,
        made_on,
        tuple(_blocks(filled, said, "　".join(part for part in (organisation, title) if part), line_height)),
        page=SPOT_CHECK_PAGE,
        author=organisation,
        running=running or Running(),
    )


def _blocks(filled: Filled, said: str, below: str, line_height: float) -> Iterator[Block]:
    yield Paragraph(said, FILE_TITLE, keep_with_next=True)
    if below:
        yield Paragraph(below, SUBTITLE, keep_with_next=True)
    fields = [one for one in filled.visible() if one.type.name not in {"signature", "attachments"}]
    yield from pair_blocks((_pair(filled, one) for one in fields), FILE_WIDTH, share=_SHARE)
    for table in filled.form.tables:
        if table.holds == "lines":
            yield Paragraph(table.label, HEADING, keep_with_next=True)
            yield _lines(filled, table, line_height)
    places = (*map(sign_here, filled.form.signatures), DAY_FOR_THE_PEN)
    yield Together((Signatures(places, SIGNED),), with_previous=True)


def _pair(filled: Filled, one: Field) -> Pair:
    text = filled.text(one)
    return Pair(one.label, text, wide=filled.is_long(one), long=one.type.name == "long_text" and bool(text))


def _lines(filled: Filled, table: FormTable, height: float) -> Table:
    """The lines with running numbers, texts with more room than days; of days nobody needs there is none."""
    rows = filled.rows(table) or [("",) * len(table.fields)]
    is_blank = not any(map(any, rows))
    kept = [
        place
        for place, one in enumerate(table.fields)
        if is_blank or one.type.name != "date" or any(row[place] for row in rows)
    ]
    columns = tuple(_column(table.fields[place]) for place in kept)
    numbered = tuple((str(number), *(row[place] for place in kept)) for number, row in enumerate(rows, 1))
    return Table((Column("序号", 0.4, fits="00"), *columns), numbered, _SIZES, height)


def _column(one: Field) -> Column:
    kind = one.type.name
    weight, fits = _NUMBER if one.read_only else (_WEIGHTS.get(kind, 0.4), _FITS.get(kind, ""))
    return Column(one.label, weight, _aligned(one), fits)


def _aligned(one: Field) -> Align:
    return Align.LEFT if one.type.name in _WEIGHTS and not one.read_only else Align.CENTRE
