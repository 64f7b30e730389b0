"""Which fields are asked, given what stands in the others."""

from __future__ import annotations

from collections.abc import Mapping

from branchdesk.forms.declarations import Form, FormTable
from branchdesk.forms.fields import Field


def visible_fields(holder: Form | FormTable, values: Mapping[str, str | None]) -> list[Field]:
    """The fields of a form, or of one line of a table, that are asked when `values` stand in it, in order.

    Values of fields that are not asked stay as they are but count for nothing.
    """
    sections = holder.sections if isinstance(holder, Form) else ()
    closed = {section.id for section in sections if section.hidden}
    return [
        field
        for field in holder.fields
        if not field.hidden and field.section not in closed and _is_asked(field, holder.by_id, values)
    ]


def _is_asked(field: Field, by_id: Mapping[str, Field], values: Mapping[str, str | None]) -> bool:
    """Whether the condition of a field holds, and those of the fields it depends on."""
    condition = field.only_if
    if condition is None:
        return True
    asked = by_id[condition.field]
    value = values.get(asked.id) or ""
    holds = bool(value) if condition.filled else bool({value, *value.split()} & {*condition.among})
    return holds and _is_asked(asked, by_id, values)
