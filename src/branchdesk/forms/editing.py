"""Edits of a form that is being designed: each takes a form and gives another one.

What was released once stays in the forms of records, so a draft hides it; what the draft itself added can be
taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from branchdesk.forms.declarations import Form, FormTable, PaperCell, PaperRow, Section, Signature
from branchdesk.forms.field_edits import answerable, free_id, retyped
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.fields import Field
from branchdesk.forms.parts import COLUMN, FIELD, SECTION, SIGNATURE, TABLE, WHOLE, Part, part_of, section_of
from branchdesk.forms.point_edits import (
    is_empty_bucket,
    move_points_part,
    with_points_part,
    without_points_part,
)
from branchdesk.forms.point_words import BucketWords, PointRuleWords

_BLANK_CELL = "　"
_Found = TypeVar("_Found", Section, Field, FormTable, Signature)


# ---- adding


def add_section(form: Form, label: str, beside: Part) -> tuple[Form, Part]:
    """A section behind the one that `beside` stands in, filled at the same time."""
    phases = {section.id: section.phase for section in form.sections}
    here = section_of(form, beside)
    made = Section(free_id("part", _taken(form)), label, label, phases.get(here, Section.phase))
    return replace(form, sections=_behind(form.sections, made, here)), Part(SECTION, made.id)


def add_field(
    form: Form, type_name: str, label: str, beside: Part, *, choices: Sequence[str] = ()
) -> tuple[Form, Part]:
    """A field behind `beside`, or at the end of the section that `beside` is or stands in."""
    made = _new_field(form, type_name, label, section_of(form, beside), choices)
    behind = beside.id if beside.kind == FIELD else _last_in(form, made.section)
    return replace(form, fields=_behind(form.fields, made, behind)), Part(FIELD, made.id)


def add_table(form: Form, label: str, column: str, beside: Part) -> tuple[Form, Part]:
    """A table of the form's own with one column, behind `beside` or at the end of its section."""
    name = free_id("table", _taken(form))
    first = Field("column_1", FIELD_TYPES["text"], column, column, "")
    made = FormTable(name, label, label, section_of(form, beside), fields=(first,))
    behind = beside.id if beside.kind == TABLE else beside.table
    return replace(form, tables=_behind(form.tables, made, behind)), Part(TABLE, name)


def add_column(
    form: Form, type_name: str, label: str, beside: Part, *, choices: Sequence[str] = ()
) -> tuple[Form, Part]:
    """A column behind `beside`, which is a column or a table of the form's own."""
    table = beside.table or beside.id
    made = _new_field(form, type_name, label, "", choices, taken=form.tables_by_id[table].by_id)

    def grown(one: FormTable) -> FormTable:
        behind = beside.id if beside.kind == COLUMN else ""
        return replace(one, fields=_behind(one.fields, made, behind))

    return _with_table(form, table, grown), Part(COLUMN, made.id, table)


def add_signature(form: Form, label: str, beside: Part) -> tuple[Form, Part]:
    """A place to sign behind `beside`, or behind the others."""
    made = Signature(free_id("sign", {one.id for one in form.signatures}), label, label, "other")
    behind = beside.id if beside.kind == SIGNATURE else ""
    return replace(form, signatures=_behind(form.signatures, made, behind)), Part(SIGNATURE, made.id)


def _new_field(
    form: Form,
    type_name: str,
    label: str,
    section: str,
    choices: Sequence[str],
    taken: Collection[str] | None = None,
) -> Field:
    known = _taken(form) if taken is None else taken
    bare = Field(free_id("item", known), FIELD_TYPES["text"], label, label, section)
    return retyped(bare, type_name, choices)


# ---- changing


def change_part(form: Form, part: Part, **changes: Any) -> Form:
    """The form with some words of a part changed; of the whole form, where `part` is THE_FORM.

    What gets another label gets it on paper too, where the paper had the old one.
    """
    found = part_of(form, part)
    if part.kind == WHOLE:
        return retitle_paper(replace(form, **changes), form.title)
    if found is None:
        return form
    if isinstance(found, Field | FormTable) and part.kind != COLUMN:
        form = _relabelled(form, part.id, found.label, str(changes.get("label", found.label)))
    return with_part(form, part, lambda one: replace(one, **changes))


# ---- moving, hiding, taking out


def move_part(form: Form, part: Part, step: int) -> Form:
    """The form with a part one place further up (-1) or down (1) among its like.

    A field or table at the edge of its section goes over to the next one.
    """
    found = part_of(form, part)
    match found:
        case Section():
            return replace(form, sections=_moved(form.sections, found, step))
        case Signature():
            return replace(form, signatures=_moved(form.signatures, found, step))
        case Field() if part.kind == COLUMN:
            return _with_table(
                form, part.table, lambda one: replace(one, fields=_moved(one.fields, found, step))
            )
        case Field():
            return replace(form, fields=_moved_over(form, form.fields, found, step))
        case FormTable():
            return replace(form, tables=_moved_over(form, form.tables, found, step))
        case _:
            return move_points_part(form, part, step)


def can_be_hidden(form: Form, part: Part) -> bool:
    """Whether a part can be hidden: sections and fields, but never the time of a meeting."""
    found = part_of(form, part)
    if isinstance(found, Section):
        return all(field.role != "when" for field in form.in_section(found.id))
    return isinstance(found, Field) and found.role != "when"


def hide_part(form: Form, part: Part, *, hidden: bool) -> Form:
    """The form with a section, field or column hidden, or shown again; what is hidden is never required."""
    found = part_of(form, part)
    if not can_be_hidden(form, part):
        return form
    more = {"required": False} if hidden and isinstance(found, Field) else {}
    return with_part(form, part, lambda one: replace(one, hidden=hidden, **more))


def is_hidden(form: Form, part: Part) -> bool:
    """Whether a part is hidden itself."""
    found = part_of(form, part)
    return isinstance(found, Section | Field) and found.hidden


def can_be_taken_out(form: Form, part: Part, released: Form | None) -> bool:
    """Whether a part can be taken out: what no released version has, tables and places to sign.

    A section or a bucket of points only where it is empty, the time of a meeting and the last column of a
    table never. Rules of points always: what was entered keeps the version that it was entered under.
    """
    found = part_of(form, part)
    match found:
        case Section() | BucketWords():
            return _is_empty(form, found)
        case Signature() | FormTable() | PointRuleWords():
            return True
        case Field() if part.kind == COLUMN and len(form.tables_by_id[part.table].fields) == 1:
            return False
        case Field():
            return found.role != "when" and (released is None or part_of(released, part) is None)
        case _:
            return False


def _is_empty(form: Form, found: Section | BucketWords) -> bool:
    """Whether nothing stands in a section or a bucket of points."""
    if isinstance(found, BucketWords):
        return is_empty_bucket(form, found.id)
    return found.id not in {*(one.section for one in form.fields), *(one.section for one in form.tables)}


def take_out(form: Form, part: Part) -> Form:
    """The form without a part, without the conditions that wait for it and without its cell on paper."""
    found = part_of(form, part)
    match found:
        case Section():
            return replace(form, sections=_without(form.sections, found))
        case Signature():
            return replace(form, signatures=_without(form.signatures, found))
        case FormTable():
            return _off_paper(replace(form, tables=_without(form.tables, found)), found.id)
        case Field() if part.kind == COLUMN:
            return _with_table(
                form,
                part.table,
                lambda one: replace(one, fields=answerable(_without(one.fields, found))),
            )
        case Field():
            left = replace(form, fields=answerable(_without(form.fields, found)))
            return _off_paper(left, found.id)
        case _:
            return without_points_part(form, part)


# ---- paper


def _off_paper(form: Form, field_id: str) -> Form:
    """The form whose ruled head no longer names a field; a row that was about nothing else goes."""
    if form.paper is None:
        return form
    rows = []
    for row in form.paper.rows:
        asked = [cell for cell in row.cells if cell.field or cell.figure]
        if all(cell.field == field_id for cell in asked) and asked:
            continue
        rows.append(PaperRow(tuple(_emptied(cell, field_id) for cell in row.cells)))
    return replace(form, paper=replace(form.paper, rows=tuple(rows)))


def _emptied(cell: PaperCell, field_id: str) -> PaperCell:
    return PaperCell(label=_BLANK_CELL, columns=cell.columns) if cell.field == field_id else cell


def retitle_paper(form: Form, before: str) -> Form:
    """The form whose paper is called by its title, where it was called by the title `before`."""
    if form.paper is None or form.title == before or before not in form.paper.title:
        return form
    return replace(form, paper=replace(form.paper, title=form.paper.title.replace(before, form.title)))


def _relabelled(form: Form, field_id: str, before: str, after: str) -> Form:
    """The form whose ruled head calls a field by its new label, where it called it by the old one."""
    if form.paper is None or before == after:
        return form
    rows = []
    for row in form.paper.rows:
        cells = list(row.cells)
        for place, cell in enumerate(cells[1:]):
            called = "".join(cells[place].label.split())
            if cell.field == field_id and called == "".join(before.split()):
                cells[place] = replace(cells[place], label=after)
        rows.append(PaperRow(tuple(cells)))
    return replace(form, paper=replace(form.paper, rows=tuple(rows)))


# ---- what the edits are made of


def _taken(form: Form) -> set[str]:
    """The ids that are used for sections, fields and tables."""
    return {section.id for section in form.sections} | form.by_id.keys() | form.tables_by_id.keys()


def _last_in(form: Form, section: str) -> str:
    """The last field of a section, or of the sections before it; empty where there is none."""
    ids = [one.id for one in form.sections]
    before = set(ids[: ids.index(section) + 1]) if section in ids else set()
    return next((one.id for one in reversed(form.fields) if one.section in before), "")


def _behind(ones: Sequence[_Found], made: _Found, behind: str) -> tuple[_Found, ...]:
    """The ones with another behind the one of that id; at the end where there is none."""
    grown = list(ones)
    ids = [one.id for one in ones]
    grown.insert(ids.index(behind) + 1 if behind in ids else len(ids), made)
    return tuple(grown)


def _moved(ones: Sequence[_Found], one: _Found, step: int) -> tuple[_Found, ...]:
    """The ones with one of them some places further, as far as there are places."""
    left = [other for other in ones if other.id != one.id]
    place = [other.id for other in ones].index(one.id) + step
    left.insert(max(0, place), one)
    return tuple(left)


_Placed = TypeVar("_Placed", Field, FormTable)


def _moved_over(form: Form, ones: Sequence[_Placed], one: _Placed, step: int) -> tuple[_Placed, ...]:
    """The fields or tables with one of them further among those of its section, or in the next section."""
    beside = [other for other in ones if other.section == one.section]
    place = [other.id for other in beside].index(one.id) + step
    left = [other for other in ones if other.id != one.id]
    if 0 <= place < len(beside):
        left.insert(left.index(beside[place]) + (step > 0), one)
        return tuple(left)
    sections = [section.id for section in form.sections]
    target = sections.index(one.section) + step
    if not 0 <= target < len(sections):
        return tuple(ones)
    over = replace(one, section=sections[target])
    there = [other for other in left if other.section == over.section]
    if not there:
        left.append(over)
    elif step > 0:
        left.insert(left.index(there[0]), over)
    else:
        left.insert(left.index(there[-1]) + 1, over)
    return tuple(left)


def _without(ones: Sequence[_Found], gone: _Found) -> tuple[_Found, ...]:
    return tuple(one for one in ones if one.id != gone.id)


def _with_table(form: Form, table: str, change: Callable[[FormTable], FormTable]) -> Form:
    tables = tuple(change(one) if one.id == table else one for one in form.tables)
    return replace(form, tables=tables)


def with_part(form: Form, part: Part, change: Callable[[Any], Any]) -> Form:
    """The form with one part as `change` makes it of what it was."""

    def changed(ones: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(change(one) if one.id == part.id else one for one in ones)

    match part.kind:
        case "section":
            return replace(form, sections=changed(form.sections))
        case "field":
            return replace(form, fields=answerable(changed(form.fields)))
        case "table":
            return replace(form, tables=changed(form.tables))
        case "signature":
            return replace(form, signatures=changed(form.signatures))
        case "bucket" | "point_rule":
            return with_points_part(form, part, change)
        case _:
            return _with_table(
                form, part.table, lambda one: replace(one, fields=answerable(changed(one.fields)))
            )
