"""A meeting made of a sample, so that a form can be seen on paper before anybody has filled it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from branchdesk.domain.meetings.model import (
    AgendaItem,
    Attendance,
    Candidate,
    Decision,
    Line,
    Meeting,
    MeetingState,
    Passage,
    Presence,
    Vote,
    VoteKind,
)
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Field, Form
from branchdesk.forms.samples import Row, Sample
from branchdesk.partial_dates import PartialDate

_DAY = len("2026-11-19")


def sample_values(fields: Sequence[Field], typed: Mapping[str, str], around: Surroundings) -> dict[str, str]:
    """What would be stored for texts typed into fields; empty ones are left out."""
    read = {one.id: one.type.read(one, typed[one.id], around).value for one in fields if one.id in typed}
    return {name: value for name, value in read.items() if value}


def sample_lines(form: Form, sample: Sample, around: Surroundings) -> dict[str, tuple[Line, ...]]:
    """The lines of the form's own tables."""
    return {
        table.id: tuple(
            Line(f"{table.id}{number}", sample_values(table.fields, typed, around))
            for number, typed in enumerate(sample.lines.get(table.id, ()))
        )
        for table in form.tables
        if table.holds == "lines"
    }


def sample_meeting(form: Form, sample: Sample, organisation: str, around: Surroundings) -> Meeting:
    """The meeting that a sample describes, held by `organisation` as the first of its kind in the year."""
    values = sample_values(form.fields, sample.values, around)
    when, topic = form.by_role("when"), form.by_role("topic")
    on = PartialDate.read(values.get(when.id, "")[:_DAY]) if when is not None else None
    title = values.get(topic.id, "") if topic is not None else ""
    agenda = tuple(AgendaItem(f"a{n}", row["title"], n) for n, row in enumerate(sample.agenda, start=1))
    return Meeting(
        uid="sample",
        kind=form.kind,
        version=form.version,
        organisation="",
        organisation_name=organisation,
        title=title or form.title,
        year=on.year if on is not None else around.today.year,
        number=1,
        state=MeetingState.FINALISED,
        on=on,
        values=values,
        lines=sample_lines(form, sample, around),
        attendance=tuple(_attendance(n, row) for n, row in enumerate(sample.attendance, start=1)),
        agenda=agenda,
        passages=tuple(
            Passage(f"p{n}", row["text"], row.get("speaker", ""), None, _point(row, agenda), n)
            for n, row in enumerate(sample.passages, start=1)
        ),
        votes=tuple(_vote(n, row, agenda) for n, row in enumerate(sample.votes, start=1)),
        decisions=tuple(
            Decision(f"d{n}", agenda=_point(row, agenda), position=n, **_without(row, "agenda"))
            for n, row in enumerate(sample.decisions, start=1)
        ),
    )


def _without(row: Row, *names: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in names}


def _point(row: Row, agenda: Sequence[AgendaItem]) -> str | None:
    """The agenda item of a row, which names it by its number or its title."""
    named = row.get("agenda")
    return next((item.uid for item in agenda if named in {item.position, item.title}), None)


def _attendance(number: int, row: Row) -> Attendance:
    made = Attendance(f"m{number}", position=number, **_without(row, "presence"))
    return replace(made, presence=Presence(row.get("presence", Presence.UNMARKED)))


def _vote(number: int, row: Row, agenda: Sequence[AgendaItem]) -> Vote:
    candidates = tuple(
        Candidate(f"v{number}c{place}", position=place, **one)
        for place, one in enumerate(row.get("candidates", ()), start=1)
    )
    return Vote(
        f"v{number}",
        kind=VoteKind(row.get("kind", VoteKind.ORDINARY)),
        agenda=_point(row, agenda),
        candidates=candidates,
        position=number,
        **_without(row, "kind", "agenda", "candidates"),
    )
