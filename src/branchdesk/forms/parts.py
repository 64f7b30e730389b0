"""The parts of a form by what they are and their ids, for whoever changes a form part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from branchdesk.forms.declarations import Form, FormTable, Section, Signature
from branchdesk.forms.evaluation_words import EvaluationWords
from branchdesk.forms.fields import Field
from branchdesk.forms.point_words import BucketWords, PointRuleWords

SECTION, FIELD, TABLE, COLUMN, SIGNATURE, WHOLE = "section", "field", "table", "column", "signature", "form"
BUCKET, POINT_RULE = "bucket", "point_rule"  # of a scheme of points
GROUP = "group"  # what a scheme of evaluation has several of; the ids are those below
PARTS, GRADES, PROCEDURES, STEPS, DIMENSIONS = "parts", "grades", "procedures", "steps", "dimensions"
AnyPart = Section | Field | FormTable | Signature | BucketWords | PointRuleWords


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a form is meant; a column has the id of its table as `table`."""

    kind: str
    id: str = ""
    table: str = ""


THE_FORM = Part(WHOLE)


def part_of(form: Form, part: Part) -> AnyPart | None:
    """What a part is; None where the form has no such part, for the form itself and for groups."""
    found: Sequence[AnyPart]
    match part.kind:
        case "section":
            found = form.sections
        case "field":
            found = form.fields
        case "table":
            found = form.tables
        case "signature":
            found = form.signatures
        case "bucket":
            found = form.points.buckets if form.points is not None else ()
        case "point_rule":
            found = form.points.rules if form.points is not None else ()
        case _:
            table = form.tables_by_id.get(part.table)
            found = table.fields if table is not None else ()
    return next((one for one in found if one.id == part.id), None)


def parts_of(form: Form) -> list[Part]:
    """Every part in the order in which it is read, the form itself first."""
    parts = [THE_FORM]
    if form.points is not None:
        for bucket in form.points.buckets:
            parts.append(Part(BUCKET, bucket.id))
            parts += [Part(POINT_RULE, rule.id) for rule in form.points.rules if rule.bucket == bucket.id]
    if form.evaluation is not None:
        parts += [Part(GROUP, group) for group in groups_of(form.evaluation)]
    for section in form.sections:
        parts.append(Part(SECTION, section.id))
        parts += [Part(FIELD, field.id) for field in form.fields if field.section == section.id]
        for table in form.tables_in(section.id):
            parts.append(Part(TABLE, table.id))
            parts += [Part(COLUMN, column.id, table.id) for column in table.fields]
    return parts + [Part(SIGNATURE, signature.id) for signature in form.signatures]


def groups_of(evaluation: EvaluationWords) -> list[str]:
    """The groups that a scheme of evaluation has or may have: stars take the place of grades."""
    if evaluation.dimensions:
        return [STEPS, PARTS, DIMENSIONS]
    return [STEPS, PARTS, GRADES, *([PROCEDURES] if evaluation.grades else ())]


def section_of(form: Form, part: Part) -> str:
    """The section in which something is added beside a part; the last one for the form and for signatures."""
    found = part_of(form, part)
    if isinstance(found, Section):
        return found.id
    if isinstance(found, FormTable) or (isinstance(found, Field) and part.kind == FIELD):
        return found.section
    if part.kind == COLUMN and part.table in form.tables_by_id:
        return form.tables_by_id[part.table].section
    return form.sections[-1].id if form.sections else ""
