"""What a form can know of a meeting before anybody types: the answers to its questions, and its defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branchdesk import clock
from branchdesk.domain.committee import SECRETARY
from branchdesk.domain.meetings.model import Meeting
from branchdesk.forms.field_types import Field, Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.person_refs import PersonRef, read_people
from branchdesk.partial_dates import PartialDate
from branchdesk.storage.meeting_people import PersonOnDay

_USUAL = {
    "meeting.usual_place": "place",
    "meeting.usual_chair": "chair",
    "meeting.usual_recorder": "recorder",
}
_OF_PEOPLE = {"member", "members"}


@dataclass(frozen=True)
class Known:
    """What is known when a meeting begins; `earlier` are the meetings of its series, the oldest first."""

    clerk: str
    organisation: str
    secretary: str
    earlier: Sequence[Meeting]
    people: Sequence[PersonOnDay]


def prefilled(
    form: Form, known: Known, around: Surroundings, values: Mapping[str, str | None]
) -> dict[str, str]:
    """The values that a form begins with, for fields that have none yet."""
    found = {}
    for field in form.stored:
        if values.get(field.id):
            continue
        value = _answer(form, field, known) if field.prefill else None
        if value is None and (text := _text(field, known) or field.default):
            value = field.type.read(field, text, around).value
        if value:
            found[field.id] = value
    return found


def _answer(form: Form, field: Field, known: Known) -> str | None:
    """The value of an answer that is one already: people, and what stood in the last meeting."""
    if field.prefill in _USUAL:
        return _of_last(form, _USUAL[field.prefill], known)
    if field.type.name in _OF_PEOPLE:
        return _person(field.prefill, known)
    return None


def _of_last(form: Form, role: str, known: Known) -> str | None:
    """What the field of a role held in the last meeting of the series where it was filled.

    Somebody who is no longer on the roster chairs and records no more.
    """
    field = form.by_role(role)
    if field is None:
        return None
    value = next((one.values[field.id] for one in reversed(known.earlier) if field.id in one.values), None)
    here = {one.uid for one in known.people}
    if value and any(person.uid and person.uid not in here for person in read_people(value)):
        return None
    return value


def _person(question: str, known: Known) -> str | None:
    """A member who answers a question: the secretary, or the clerk at the desk."""
    if question == "organisation.secretary":
        found = next((one for one in known.people if SECRETARY in one.posts), None)
    else:
        found = next((one for one in known.people if one.name == known.clerk), None)
    return PersonRef(found.name, found.uid).written() if found else None


def _text(field: Field, known: Known) -> str:
    """The answer to a field's question as a clerk would type it; empty where there is none."""
    match field.prefill:
        case "organisation.name":
            return known.organisation
        case "organisation.secretary":
            return next((one.name for one in known.people if SECRETARY in one.posts), known.secretary)
        case "clerk.name":
            return known.clerk
        case "today":
            return PartialDate.of(clock.today()).shown()
        case _:
            return ""
