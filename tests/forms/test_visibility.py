"""Which fields are asked follows from what stands in the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchdesk.forms.declarations import Form, FormTable, Section
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.fields import Condition, Field
from branchdesk.forms.language import visible_fields


def field_of(name: str, type_name: str = "text", only_if: Condition | None = None) -> Field:
    return Field(name, FIELD_TYPES[type_name], name, name, "basic", only_if=only_if)


FIELDS = (
    field_of("form", "choices"),
    field_of("hours", only_if=Condition("form", ("service", "visit"))),
    field_of("proof", only_if=Condition("hours")),
    field_of("note"),
)
FORM = Form("a.b", 1, "表", "Form", "none", "none", (Section("basic", "基本", "Basics"),), FIELDS, ())
TABLE = FormTable("lines", "表", "Lines", "basic", fields=FIELDS)


@pytest.mark.parametrize("holder", [FORM, TABLE])
@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, ["form", "note"]),
        ({"form": None}, ["form", "note"]),
        ({"form": "study"}, ["form", "note"]),
        ({"form": "service"}, ["form", "hours", "note"]),
        ({"form": "study visit"}, ["form", "hours", "note"]),
        ({"form": "visit", "hours": "2"}, ["form", "hours", "proof", "note"]),
        ({"form": "study", "hours": "2"}, ["form", "note"]),
        ({"hours": "2"}, ["form", "note"]),
    ],
)
def test_a_field_is_asked_when_those_it_depends_on_say_so(
    holder: Form | FormTable, values: dict[str, str | None], asked: list[str]
) -> None:
    assert [field.id for field in visible_fields(holder, values)] == asked


def test_hidden_fields_and_those_of_hidden_sections_are_never_asked() -> None:
    hidden = replace(FORM, fields=(replace(FIELDS[0], hidden=True), FIELDS[3]))
    assert [field.id for field in visible_fields(hidden, {})] == ["note"]
    closed = replace(FORM, sections=(Section("basic", "基本", "Basics", hidden=True),))
    assert visible_fields(closed, {"form": "service"}) == []
