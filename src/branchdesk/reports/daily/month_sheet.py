"""党员日常表现写实表: one month of one member, as the form rules it, signed by member and secretary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from branchdesk.documents.model import Block, Document, Running, Style
from branchdesk.forms.language import Field, PaperCell, PaperRow
from branchdesk.reports.daily.matter import DailyAccount, DailyMatter, MonthSheet
from branchdesk.reports.daily.page_styles import DAILY_LABEL, DAILY_PAGE, DAILY_WIDTH, TEXTS
from branchdesk.reports.daily.pages import one_page, sign_row
from branchdesk.reports.filled import Filled
from branchdesk.reports.filled_form import sign_here
from branchdesk.reports.inspections.ruled_pages import RuledCell, RuledRow, RuledTable

_ROW, _HIGH, _LOW = 9.0, 19.0, 11.0  # millimetres: short boxes, and boxes for texts
_USUAL_WIDTHS = (28, 60, 28, 60)
_USUAL_TITLE = "党员日常表现写实表"
# What the member, the group and the branch write by hand as long as the sheet is not final.
_BY_HAND = frozenset({"self_words", "group_opinion", "branch_grade"})
_SIGNED_DAYS = {"person": "signed_on", "secretary": "secretary_signed_on"}


def month_document(
    matter: DailyMatter, month: int, accounts: Sequence[DailyAccount], *, for_the_pen: bool = False
) -> Document:
    """A page for each account; `for_the_pen` leaves every box empty and gives room to write."""
    title = title_of(matter)
    blocks: list[Block] = []
    for account in accounts:
        sheet = matter.sheet(account, month)
        blocks += _blocks(matter, account, sheet, for_the_pen=for_the_pen)
    whose = accounts[0].name if len(accounts) == 1 else ""
    period = "" if for_the_pen else matter.period(month)
    return Document(
        f"{whose}{period}{title}",
        matter.made_on,
        tuple(blocks),
        page=DAILY_PAGE,
        author=matter.organisation,
        running=Running(foot=f"{period}{title}　第 {{page}} 页　共 {{pages}} 页"),
    )


def title_of(matter: DailyMatter) -> str:
    """What the form calls its paper."""
    paper = matter.form.paper
    return paper.title if paper is not None else _USUAL_TITLE


def _blocks(
    matter: DailyMatter, account: DailyAccount, sheet: MonthSheet, *, for_the_pen: bool
) -> Iterator[Block]:
    filled = matter.filled(account, sheet)
    paper = sheet.form.paper
    shares = paper.head_widths if paper is not None and paper.rows else _USUAL_WIDTHS
    widths = tuple(round(share * DAILY_WIDTH / sum(shares), 3) for share in shares)
    title = title_of(matter)

    whose = f"{account.name}　{matter.period(sheet.month)}　{title}"

    def tables() -> Iterator[RuledTable]:
        signed = sign_row(widths, list(_places(filled, sheet)))
        for least, style in ((_HIGH, TEXTS[0]), *((_LOW, style) for style in TEXTS)):
            rows = [_row(filled, sheet, one, style, least, for_the_pen=for_the_pen) for one in _rows(filled)]
            yield RuledTable(widths, (), (*rows, signed), whose)

    yield from one_page(account.name or title, title, tables())


def _rows(filled: Filled) -> Sequence[PaperRow]:
    """The rows as the form rules them; without any its fields one below the other."""
    paper = filled.form.paper
    if paper is not None and paper.rows:
        return paper.rows
    fields = [one for one in filled.visible() if one.id not in _SIGNED_DAYS.values()]
    above = PaperRow(
        (
            PaperCell(label="姓　名"),
            PaperCell(figure="person.name"),
            PaperCell(label="月　份"),
            PaperCell(figure="person.period"),
        )
    )
    return (above, *(PaperRow((PaperCell(one.label), PaperCell(field=one.id, columns=3))) for one in fields))


def _row(
    filled: Filled, sheet: MonthSheet, row: PaperRow, style: Style, least: float, *, for_the_pen: bool
) -> RuledRow:
    """One row; `least` is the height of a box for a text in millimetres."""
    cells, height = [], _ROW
    label = ""
    for cell in row.cells:
        if cell.label:
            label = cell.label
            cells.append(RuledCell(cell.label, cell.columns, DAILY_LABEL))
            continue
        one = filled.form.by_id.get(cell.field)
        if one is not None and one.type.name == "long_text":
            height = least
        text = _said(filled, sheet, cell, one, for_the_pen=for_the_pen)
        cells.append(RuledCell(text, cell.columns, style, called="".join(label.split())))
    return RuledRow(tuple(cells), height)


def _said(filled: Filled, sheet: MonthSheet, cell: PaperCell, one: Field | None, *, for_the_pen: bool) -> str:
    """What stands in a cell: a figure, what is written, room for a hand that will write, the blank word."""
    if one is None:
        return "" if for_the_pen else filled.figure(cell.figure)
    text = "" if for_the_pen else filled.text(one)
    if text:
        return f"{text} 小时" if one.type.name == "hours" else text
    by_hand = for_the_pen or not sheet.values or (one.id in _BY_HAND and not sheet.is_final)
    if by_hand and one.choices:
        return "　　".join(f"□ {choice.label}" for choice in one.choices)
    return "" if by_hand else filled.form.blank


def _places(filled: Filled, sheet: MonthSheet) -> Iterator[tuple[str, str]]:
    """Who signs, and the day that was written down for it."""
    for signature in filled.form.signatures:
        field = filled.form.by_id.get(_SIGNED_DAYS.get(signature.who, ""))
        yield sign_here(signature), filled.text(field) if field is not None and sheet.values else ""
