"""Stored values as texts for editors and back, and which fields are asked for given texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from branchdesk import clock
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.fields import Surroundings
from branchdesk.forms.language import Field, Form, FormTable, visible_fields
from branchdesk.forms.person_refs import PersonRef, read_people
from branchdesk.i18n import listed

_NOTE = "（"


def shown_text(field: Field, value: str | None, vocabulary: Vocabulary) -> str:
    """The text that an editor starts with: what clerks read, with namesakes told apart."""
    if field.type.dictionary == "member" and value:
        return listed(_label(person, vocabulary) for person in read_people(value))
    return field.type.show(field, value, vocabulary)


def _label(person: PersonRef, vocabulary: Vocabulary) -> str:
    """The name of a person as it was written; with its note where the roster has several of that name."""
    members = vocabulary.get("member")
    known = members.by_code.get(person.uid or "") if members is not None else None
    return known.label if known is not None and known.label.startswith(person.name + _NOTE) else person.name


def shown_texts(
    fields: Iterable[Field], values: Mapping[str, str | None], vocabulary: Vocabulary
) -> dict[str, str]:
    """The texts of several fields by their ids."""
    return {field.id: shown_text(field, values.get(field.id), vocabulary) for field in fields}


def meant_values(
    fields: Iterable[Field], texts: Mapping[str, str], vocabulary: Vocabulary
) -> dict[str, str | None]:
    """What typed texts mean, by the ids of their fields."""
    around = Surroundings(vocabulary, clock.today(), typed=True)
    return {
        field.id: field.type.read(field, texts[field.id], around).value
        for field in fields
        if field.id in texts
    }


def wanted_ids(holder: Form | FormTable, texts: Mapping[str, str], vocabulary: Vocabulary) -> set[str]:
    """The ids of the fields of a form, or of a line, that are asked given what the others say."""
    return {field.id for field in visible_fields(holder, meant_values(holder.fields, texts, vocabulary))}
