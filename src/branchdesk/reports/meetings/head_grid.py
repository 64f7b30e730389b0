"""The ruled head of minutes: as the form rules it, or as every minute book has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from branchdesk.documents.model import Block, Paragraph
from branchdesk.forms.language import Field, FormTable, PaperCell, PaperWords
from branchdesk.reports.filled_form import lines_table
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.occasions import is_meeting
from branchdesk.reports.meetings.page_styles import BOOK_WIDTH, TEXT
from branchdesk.reports.meetings.wording import absent_sentence, expected_text, present_text
from branchdesk.reports.ruled_grid import GridCell, Pair, grid_blocks, pair_rows, pair_widths

_ROLES_ABOVE = ("when", "place", "chair", "recorder", "topic")
_NOT_PRINTED = {"signature", "attachments"}
_PAIRS = 4  # columns of two pairs
_GRID_HEIGHT = 203.0  # millimetres of the page between the title and the places to sign
_LEAST_TO_WRITE = 40.0
_ROW, _HIGH_ROW, _LINE = 9.0, 13.0, 5  # the height of rows with labels of one and two lines; characters


def head_blocks(matter: Matter) -> Iterator[Block]:
    """The head, and below it in the same grid the short fields that it does not name."""
    paper = matter.form.paper
    if paper is None or not paper.rows:
        rows = list(pair_rows([*_usual(matter), *_short(matter)]))
        if matter.for_the_pen:
            rows = _with_room_to_write(rows, _what_is_said(matter), is_talk=False)
        yield from grid_blocks(pair_widths(BOOK_WIDTH), rows, BOOK_WIDTH)
        return
    rest = list(pair_rows(_short(matter)))
    ruled = list(_ruled(matter, paper))
    if matter.for_the_pen:
        ruled = _with_room_to_write(ruled, _what_is_said(matter), is_talk=_is_talk(matter))
    if len(paper.head_widths) == _PAIRS:
        yield from grid_blocks(paper.head_widths, [*ruled, *rest], BOOK_WIDTH)
    else:
        yield from grid_blocks(paper.head_widths, ruled, BOOK_WIDTH)
        yield from grid_blocks(pair_widths(BOOK_WIDTH), rest, BOOK_WIDTH)


def _is_talk(matter: Matter) -> bool:
    words = matter.form.meeting
    return words is not None and words.layout == "talk"


def _what_is_said(matter: Matter) -> str:
    return "会议内容" if is_meeting(matter) else "活动内容"


def _with_room_to_write(rows: Sequence[list[GridCell]], named: str, *, is_talk: bool) -> list[list[GridCell]]:
    """The rows of an empty form that fill its page: the boxes for long texts, or one for what is said."""
    taken = sum(_HIGH_ROW if any(len(cell.text) > _LINE for cell in row) else _ROW for row in rows)
    spare = max(_LEAST_TO_WRITE, _GRID_HEIGHT - taken)
    if not is_talk:
        return [*rows, [GridCell(named, label=True), GridCell("", height=spare)]]
    most = sum(cell.height for row in rows for cell in row) or 1.0
    return [
        [replace(cell, height=cell.height and _ROW + spare * cell.height / most) for cell in row]
        for row in rows
    ]


def _ruled(matter: Matter, paper: PaperWords) -> Iterator[list[GridCell]]:
    """The rows of the form's own head; one that is only about fields that do not appear is left out."""
    visible = {one.id for one in matter.filled.visible()} | set(matter.form.tables_by_id)
    for row in paper.rows:
        asked = [cell.field for cell in row.cells if cell.field]
        if asked and not visible.intersection(asked) and not matter.for_the_pen:
            continue
        yield [_ruled_cell(matter, cell, visible) for cell in row.cells]


def _ruled_cell(matter: Matter, cell: PaperCell, visible: set[str]) -> GridCell:
    if cell.label:
        return GridCell(cell.label, cell.columns, label=True)
    blank = matter.form.blank
    if cell.figure:
        return GridCell(matter.filled.figure(cell.figure) or blank, cell.columns)
    if cell.field not in visible and not matter.for_the_pen:
        return GridCell(blank, cell.columns)
    table = matter.form.tables_by_id.get(cell.field)
    if table is not None:
        return GridCell(matter.filled.listed(table) or blank, cell.columns)
    one = matter.form.by_id[cell.field]
    is_long = one.type.name == "long_text" and bool(matter.filled.text(one))
    wanted = float(one.max_length or 0) if matter.for_the_pen and one.type.name == "long_text" else 0.0
    return GridCell(matter.filled.box(one), cell.columns, long=is_long, height=wanted)


def _usual(matter: Matter) -> Iterator[Pair]:
    """The head of every minute book, as far as the form asks: time, place, people, agenda."""
    form, blank = matter.form, matter.form.blank
    heads = matter.heads
    yield Pair("时间", matter.time() or blank)
    for role, label in (("place", "地点"), ("chair", "主持人"), ("recorder", "记录人")):
        if form.by_role(role) is not None:
            yield Pair(label, matter.role(role) or blank)
    if matter.meeting.attendance:
        yield Pair("应到", expected_text(heads))
        yield Pair("实到", present_text(heads) or blank)
        yield Pair("缺席人员及原因", absent_sentence(matter.attendance()) or blank, wide=True)
    if matter.guest_field() or matter.guest_table():
        yield Pair("列席人员", "、".join(matter.guests()) or blank, wide=True)
    if matter.agenda() and matter.role("topic"):
        yield Pair("主题", matter.role("topic"), wide=True)
    if form.table_of("agenda") or form.by_role("topic"):
        yield Pair("议题", matter.topics() or blank, wide=True)


def _in_head(matter: Matter) -> set[str]:
    """The ids of the fields and tables that the head names by itself."""
    paper = matter.form.paper
    if paper is not None and paper.rows:
        return {cell.field for row in paper.rows for cell in row.cells if cell.field}
    roles = (matter.form.by_role(role) for role in _ROLES_ABOVE)
    guests = (matter.guest_field(), matter.guest_table())
    return {one.id for one in (*roles, *guests) if one is not None}


def _rest(matter: Matter) -> Iterator[Field]:
    """The fields that the head does not name.

    With a head of the form's own only those that hold something: short texts of the preparation are for the
    notice then, but for the topic, and what is computed is not said twice.
    """
    head, phases = _in_head(matter), {section.id: section.phase for section in matter.form.sections}
    has_own = matter.form.paper is not None and bool(matter.form.paper.rows)
    for one in matter.filled.visible():
        if one.id in head or one.type.name in _NOT_PRINTED:
            continue
        if has_own and phases[one.section] == "before" and not (one.role or one.type.name == "long_text"):
            continue
        if has_own and (one.type.name == "computed" or not matter.filled.text(one)):
            continue
        yield one


def _short(matter: Matter) -> Iterator[Pair]:
    filled = matter.filled
    for one in _rest(matter):
        if one.type.name != "long_text":
            yield Pair(one.label, filled.box(one), wide=filled.is_long(one))
    table = matter.guest_table()
    if table is not None and table.id not in _in_head(matter):
        yield Pair(table.label, filled.listed(table) or matter.form.blank, wide=True)


def told_below(matter: Matter) -> Iterator[tuple[str, Block]]:
    """Titles with the long texts and the own tables that stand below what was said, in the form's order."""
    filled = matter.filled
    for section in matter.form.sections:
        for one in _rest(matter):
            if one.section == section.id and one.type.name == "long_text":
                yield one.label, Paragraph(filled.box(one), TEXT)
        for table in matter.form.tables_in(section.id):
            if _stands_below(matter, table) and filled.rows(table):
                yield table.label, lines_table(filled, table)


def _stands_below(matter: Matter, table: FormTable) -> bool:
    """Whether a table is one of the form's own that the head does not list."""
    return table.holds == "lines" and table != matter.guest_table() and table.id not in _in_head(matter)
