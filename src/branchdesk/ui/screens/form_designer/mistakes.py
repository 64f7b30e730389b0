"""What is wrong with a draft, in sentences that name the part as the clerk called it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from branchdesk.forms.language import Field, Form, read_form_text
from branchdesk.forms.parts import (
    BUCKET,
    COLUMN,
    DIMENSIONS,
    FIELD,
    GRADES,
    GROUP,
    PARTS,
    POINT_RULE,
    PROCEDURES,
    SECTION,
    SIGNATURE,
    STEPS,
    TABLE,
    THE_FORM,
    Part,
    part_of,
)
from branchdesk.forms.scheme_edits import rows_of
from branchdesk.forms.toml_files import FormMistake
from branchdesk.forms.writing import write_form
from branchdesk.i18n import _
from branchdesk.services.forms import unknown_names
from branchdesk.ui.screens.form_designer.scheme_mistakes import scheme_mistakes
from branchdesk.ui.screens.form_designer.wording import INSPECTION_ROLES, ROLES, name_of

_PLACE = re.compile(r"(section|field|table|signature)\[(\d+)\](?:\.field\[(\d+)\])?")
_RULE = re.compile(r"\.deduct\[(\d+)\]")
_POINTS = re.compile(r"points\.(buckets|rule)\[(\d+)\]")
_GROUPED = re.compile(r"evaluation\.(part|grades|quotas|step|dimension|procedure)\b(?:\[(\d+)\])?")
_GROUPS = {
    "part": PARTS,
    "grades": GRADES,
    "quotas": GRADES,
    "step": STEPS,
    "dimension": DIMENSIONS,
    "procedure": PROCEDURES,
}
_ID = re.compile("“([a-z][a-z0-9_]*)”")


@dataclass(frozen=True)
class DraftMistake:
    """One thing that keeps a draft from being published, and the parts where it may be mended."""

    parts: tuple[Part, ...]
    sentence: str


def mistakes_of(form: Form) -> list[DraftMistake]:
    """What is wrong with a draft: equal names, else a scheme against itself, else the first other mistake.

    Where there is none of these, the checks that this program does not have.
    """
    twice = _named_twice(Part(FIELD), form.fields)
    for table in form.tables:
        twice += _named_twice(Part(COLUMN, table=table.id), table.fields)
    if twice:
        return twice
    scheme = [DraftMistake((part,), sentence) for part, sentence in scheme_mistakes(form)]
    if scheme:
        return scheme
    try:
        read_form_text(write_form(form), form.kind)
    except FormMistake as mistake:
        part = part_at(form, mistake.key)
        return [DraftMistake((part,), _said(form, part, mistake))]
    return [DraftMistake((THE_FORM,), str(problem)) for problem in unknown_names(form)]


def _named_twice(like: Part, fields: Sequence[Field]) -> list[DraftMistake]:
    """The fields that have the name of another, in Chinese or English; imports could not tell them apart."""
    first: dict[str, str] = {}
    found = []
    for field in fields:
        for name in dict.fromkeys((field.label, field.label_en)):
            if first.get(name, field.id) != field.id:
                parts = (replace(like, id=field.id), replace(like, id=first[name]))
                found.append(DraftMistake(parts, _("有两栏都叫“{name}”，请把一栏改个名称。", name=name)))
            first.setdefault(name, field.id)
    return found


def _said(form: Form, part: Part, mistake: FormMistake) -> str:
    reason = _ID.sub(partial(_called, form), mistake.reason)
    if part == THE_FORM:
        return reason
    if part.kind == GROUP:
        row = _row_called(form, part, mistake.key)
        return _("“{part}”：{reason}", part=row, reason=reason) if row else reason
    rule = _RULE.search(mistake.key)
    found = part_of(form, part)
    if rule is not None and isinstance(found, Field):
        called = found.deduct[int(rule[1]) - 1].shown()
        reason = _("扣分规则“{rule}”：{reason}", rule=called, reason=reason)
    return _("“{part}”：{reason}", part=name_of(form, part), reason=reason)


def _row_called(form: Form, group: Part, key: str) -> str:
    """What the row of a group is called that a key means; empty where it means all of them, or a quota."""
    found = _GROUPED.match(key)
    if found is None or found[2] is None or found[1] == "quotas" or form.evaluation is None:
        return ""
    return rows_of(form.evaluation, group.id)[int(found[2]) - 1].shown()


def _called(form: Form, found: re.Match[str]) -> str:
    """The label of a field or table where a sentence names its id, or the part that a field plays."""
    known = form.by_id.get(found[1]) or form.tables_by_id.get(found[1])
    if known is not None:
        return f"“{known.shown()}”"
    parts = ROLES if form.meeting is not None else INSPECTION_ROLES
    return f"“{_(parts[found[1]])}”" if found[1] in parts else found[0]


def part_at(form: Form, key: str) -> Part:
    """The part that a key of the form file means; the whole form for any other."""
    found = _PLACE.match(key)
    if found is None:
        return _scheme_part_at(form, key)
    place = int(found[2]) - 1
    if found[1] == TABLE:
        table = form.tables[place]
        if found[3]:
            return Part(COLUMN, table.fields[int(found[3]) - 1].id, table.id)
        return Part(TABLE, table.id)
    ids = {
        SECTION: [one.id for one in form.sections],
        FIELD: [one.id for one in form.fields],
        SIGNATURE: [one.id for one in form.signatures],
    }
    return Part(found[1], ids[found[1]][place])


def _scheme_part_at(form: Form, key: str) -> Part:
    """The same for a scheme: a bucket, a rule of points, or a group of an evaluation."""
    of_points, grouped = _POINTS.match(key), _GROUPED.match(key)
    if of_points is not None and form.points is not None:
        place = int(of_points[2]) - 1
        if of_points[1] == "rule":
            return Part(POINT_RULE, form.points.rules[place].id)
        return Part(BUCKET, form.points.buckets[place].id)
    return Part(GROUP, _GROUPS[grouped[1]]) if grouped is not None else THE_FORM
