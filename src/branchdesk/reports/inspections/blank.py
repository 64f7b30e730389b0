"""An inspection form for the pen: empty or with what is known, room to write in, and codes on every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from branchdesk.documents.model import Block, Document, PageStyle, Paragraph, Running, Sheet
from branchdesk.documents.page_marks import with_room_for_codes
from branchdesk.domain.inspections.model import Indicator, Scheme
from branchdesk.domain.meetings.model import Line
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field, Form
from branchdesk.i18n import speaking_chinese
from branchdesk.page_codes import code_prefix
from branchdesk.reports.filled import Filled
from branchdesk.reports.filled_form import sign_here
from branchdesk.reports.inspections.heads import HeadPair, head_sheet
from branchdesk.reports.inspections.page_styles import (
    CELL,
    FIGURE,
    HEAD,
    LABEL,
    SECTION,
    SECTION_FIGURE,
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
from branchdesk.reports.inspections.sheet import field_pair, head_fields, title_text, worth
from branchdesk.reports.inspections.spot_check import spot_check_document
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN, standard_text
from branchdesk.services.inspections.schemes import scheme_of

# What the codes of the pages name: a version of a form, as quarter/1, or one inspection by its uid.
FORM_CODE, SHEET_CODE = "INSPFORM", "INSPECT"
KINDS = "inspection."  # what the kinds of forms of inspections begin with
_PAGE = PageStyle(210.0, 297.0, top=14.0, bottom=14.0, left=12.0, right=12.0)
_WIDTH = _PAGE.width - _PAGE.left - _PAGE.right
_COLUMNS = (
    ("序号", 11.0),
    ("检查内容", 60.0),
    ("分值", 11.0),
    ("扣分标准", 31.0),
    ("自评分", 18.0),
    ("扣分及原因", 37.0),
    ("考核得分", 18.0),
)
_WIDTHS = tuple(width for _label, width in _COLUMNS)
_ROW, _HEAD_ROW, _SECTION_ROW = 11.0, 8.0, 6.5
_OPINION_ROW, _SIGN_ROW = 18.0, 21.0
_ABREAST = 3  # places to sign side by side
_LINES = 10  # of a table that the pen fills in
_LINE_HEIGHT = 13.0
# Each digit has a square of its own; those of two digits are smaller, since they stand on one line.
_BOXES, _MANY_BOXES = replace(FIGURE, size=15.0), replace(FIGURE, size=13.0)
_ASKED = replace(WORDS, size=9.0)
_TEN = Decimal(10)


def blank_document(
    form: Form,
    made_on: date,
    vocabulary: Vocabulary,
    *,
    organisation: str = "",
    period: str = "",
    values: Mapping[str, str] | None = None,
    uid: str = "",
) -> Document:
    """The form with boxes to fill; `values` are what is known of its head.

    The codes name the inspection `uid`, or the form and its version where it is for nobody yet.
    """
    filled = Filled(replace(form, blank=""), values or {}, {}, vocabulary)
    running = Running(foot=_foot(form, organisation, period), code=_code(form, uid))
    if form.inspection is None:
        return _plain(filled, made_on, organisation, running)
    with speaking_chinese():
        scheme = scheme_of(form)
    page = with_room_for_codes(_PAGE, running)
    title = f"{period or '＿＿＿＿年第＿＿季度' if form.period == 'quarter' else period}{scheme.title}"
    above: list[Block] = [Paragraph(title, TITLE, keep_with_next=True), _head(filled, organisation)]
    table = RuledTable(_WIDTHS, (_head_row(),), tuple(_rows(form, scheme)), title)
    return Document(
        f"{scheme.title}（{'预填表' if uid else '空白表'}）",
        made_on,
        (*above, *ruled_pages(table, page, above)),
        page=_PAGE,
        author=organisation,
        running=running,
    )


def _foot(form: Form, organisation: str, period: str) -> str:
    named = "　".join(text for text in (organisation, period) if text)
    title = form.paper.title if form.paper is not None and form.paper.title else form.title
    return f"{named}{title}（第{form.version}版）　第 {{page}} 页　共 {{pages}} 页"


def _code(form: Form, uid: str) -> str:
    """What the codes of the pages begin with; kinds have underscores, which codes have not."""
    if uid:
        return code_prefix(SHEET_CODE, uid)
    kind = form.kind.removeprefix(KINDS).replace("_", "-")
    return code_prefix(FORM_CODE, f"{kind}/{form.version}")


def _plain(filled: Filled, made_on: date, organisation: str, running: Running) -> Document:
    """A form that scores nothing, such as a spot check: its boxes, and tables with lines to write on."""
    empty = tuple(Line(str(number), {}) for number in range(_LINES))
    lines = {table.id: empty for table in filled.form.tables if table.holds == "lines"}
    filled = replace(filled, lines=lines)
    return spot_check_document(filled, made_on, organisation, running=running, line_height=_LINE_HEIGHT)


def _head(filled: Filled, organisation: str) -> Sheet:
    """Who is inspected and by whom, with room to write what is not known; the scores stand at the end."""
    pairs = [HeadPair("被检查单位", organisation, 2)]
    pairs += [field_pair(one, filled.text(one)) for one in head_fields(filled.form.fields)]
    return head_sheet(pairs, _WIDTH, 2, least=9.0)


def _head_row() -> RuledRow:
    return RuledRow(tuple(RuledCell(label, style=HEAD) for label, _width in _COLUMNS), _HEAD_ROW)


def _rows(form: Form, scheme: Scheme) -> Iterator[RuledRow]:
    for section, title in scheme.sections:
        lines = [one for one in scheme.indicators if one.section == section]
        yield _section_row(title, lines)
        yield from map(_line_row, lines)
    yield _total_row(scheme)
    opinions = [one for one in form.fields if one.type.name == "long_text" and not one.hidden]
    yield from _closing(opinions, [sign_here(one) for one in form.signatures])


def _section_row(title: str, lines: Sequence[Indicator]) -> RuledRow:
    points = sum((one.points for one in lines if one.points and not one.bonus), Decimal(0))
    worth_of = f"{points.normalize():f}" if points else ""
    cells = (RuledCell(title, 2, SECTION), RuledCell(worth_of, style=SECTION_FIGURE))
    return RuledRow((*cells, *(RuledCell(),) * 4), _SECTION_ROW, keep=True)


def _line_row(indicator: Indicator) -> RuledRow:
    by = f"（{indicator.post}）" if indicator.post else ""
    asked = f"佐证：{indicator.proof}{by}" if indicator.proof else f"责任人：{indicator.post}" if by else ""
    boxes = score_boxes(indicator)
    style = _BOXES if len(boxes) <= len("□.□") else _MANY_BOXES
    called = f"{indicator.number} "
    return RuledRow(
        (
            RuledCell(indicator.number, style=CELL),
            RuledCell(f"{title_text(indicator)}\n{asked}".strip(), style=_ASKED, called=f"{called}检查内容"),
            RuledCell(worth(indicator), style=FIGURE),
            RuledCell(standard_text(indicator), style=SMALL, called=f"{called}扣分标准"),
            RuledCell(boxes, style=style),
            RuledCell("□ 不适用" if indicator.may_not_apply else "", style=SMALL),
            RuledCell(boxes, style=style),
        ),
        _ROW,
    )


def score_boxes(indicator: Indicator) -> str:
    """Squares for the digits of a score, as many before the point as it can have; □ 否 for a veto."""
    if indicator.points is None:
        return "□"
    return "□□.□" if indicator.points >= _TEN else "□.□"


def _total_row(scheme: Scheme) -> RuledRow:
    return RuledRow(
        (
            RuledCell("总　分", 2, HEAD),
            RuledCell(f"{scheme.full.normalize():f}", style=SECTION_FIGURE),
            RuledCell(),
            RuledCell(),
            RuledCell("等次：", style=WORDS),
            RuledCell(),
        ),
        _ROW,
        keep=True,
    )


def _closing(opinions: Sequence[Field], places: Sequence[str]) -> Iterator[RuledRow]:
    """A box for every opinion, then one for every place to sign, some side by side."""
    for number, one in enumerate(opinions):
        cells = (RuledCell(one.label, 2, LABEL), RuledCell(columns=len(_WIDTHS) - 2))
        yield RuledRow(cells, _OPINION_ROW, keep=bool(places) or number < len(opinions) - 1)
    for start in range(0, len(places), _ABREAST):
        row = places[start : start + _ABREAST]
        yield RuledRow(tuple(_signing_cells(row)), _SIGN_ROW, keep=start + _ABREAST < len(places))


def _signing_cells(places: Sequence[str]) -> Iterator[RuledCell]:
    spans = even_spans(_WIDTHS, len(places))
    for place, span in zip(places, spans, strict=True):
        yield RuledCell(place, span, VALUE, (DAY_FOR_THE_PEN,))
