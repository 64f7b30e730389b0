"""Edits of one field that is being designed: its type, its words to choose from, when it is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from branchdesk.forms.dictionaries import Entry
from branchdesk.forms.field_reading import codes_of
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.fields import Condition, Field, Slot
from branchdesk.forms.words import FIGURES


def retyped(field: Field, type_name: str, choices: Sequence[str] = ()) -> Field:
    """The field with another type, without the words that mean nothing to it.

    A field to choose from begins with `choices`, one that shows a figure with the first figure there is.
    """
    kind = FIELD_TYPES[type_name]
    chooses = kind.needs_dictionary and not kind.dictionary
    keeps = chooses and bool(field.choices or field.dictionary)
    return replace(
        field,
        type=kind,
        dictionary=kind.dictionary or (field.dictionary if keeps else ""),
        choices=field.choices if keeps else as_choices(choices) if chooses else (),
        figure=(field.figure or FIGURES[0]) if type_name == "computed" else "",
        slot=(field.slot or Slot()) if type_name == "attachments" else None,
        least=field.least if kind.has_bounds else None,
        most=field.most if kind.has_bounds else None,
        default=field.default if field.type is kind else "",
        prefill=field.prefill if kind.is_stored else "",
        source=field.source if kind.is_stored else "",
        required=field.required and type_name not in {"computed", "signature"},
        role="" if field.type is not kind else field.role,
    )


def as_choices(labels: Sequence[str]) -> tuple[Entry, ...]:
    """Words to choose from, with codes of their own."""
    return tuple(Entry(f"c{place}", label, label) for place, label in enumerate(labels, start=1))


def add_choice(field: Field, label: str, label_en: str = "") -> Field:
    """The field with one more word to choose from; its code is none that the field ever had before."""
    made = Entry(free_id("c", {choice.code for choice in field.choices}, parted=""), label, label_en or label)
    return replace(field, choices=(*field.choices, made), dictionary="")


def relabel_choice(field: Field, code: str, label: str, label_en: str) -> Field:
    """The field with another label for one of its words; without an English one the Chinese one stands in."""
    return replace(
        field,
        choices=tuple(
            Entry(code, label, label_en or label) if choice.code == code else choice
            for choice in field.choices
        ),
    )


def move_choice(field: Field, code: str, step: int) -> Field:
    """The field with one of its words further up (-1) or down (1)."""
    left = [choice for choice in field.choices if choice.code != code]
    codes = [choice.code for choice in field.choices]
    place = codes.index(code)
    left.insert(max(0, place + step), field.choices[place])
    return replace(field, choices=tuple(left))


def without_choices(field: Field, codes: Collection[str]) -> Field:
    """The field without some of its words; a default that was one of them goes too."""
    left = tuple(choice for choice in field.choices if choice.code not in codes)
    default = "" if field.default in codes else field.default
    return replace(field, choices=left, default=default)


def on_condition(field: Field, on: str, among: Sequence[str]) -> Field:
    """The field asked only if `on` says one of `among`, or anything at all; always without `on`."""
    return replace(field, only_if=Condition(on, tuple(among)) if on else None)


def answerable(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields without waiting for answers that nobody can give any more."""
    by_id = {one.id: one for one in fields}
    return tuple(replace(one, only_if=_possible(one.only_if, by_id)) for one in fields)


def _possible(condition: Condition | None, by_id: Mapping[str, Field]) -> Condition | None:
    if condition is None or condition.field not in by_id or not by_id[condition.field].type.is_stored:
        return None
    asked = by_id[condition.field]
    codes = codes_of(asked)
    if not condition.among or (codes is None and asked.type.needs_dictionary):
        return condition
    left = tuple(code for code in condition.among if code in (codes or ()))
    # Without any words left to choose from, what remains to wait for is that it is filled in at all.
    return replace(condition, among=left) if left or codes is None else None


def free_id(stem: str, taken: Collection[str], parted: str = "_") -> str:
    """The first id of a series that nobody has."""
    number = len(taken) + 1
    while f"{stem}{parted}{number}" in taken:
        number += 1
    return f"{stem}{parted}{number}"
