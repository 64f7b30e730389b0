"""What follows from the values of a meeting: the day, year, number and title that lists show."""

from __future__ import annotations

from collections.abc import Mapping

from branchdesk.domain.meetings.model import Meeting
from branchdesk.forms.language import Form
from branchdesk.partial_dates import PartialDate
from branchdesk.storage import records
from branchdesk.storage.changes import Change
from branchdesk.storage.tables import record

_DAY = len("2026-11-19")


def day_in(form: Form, values: Mapping[str, str | None]) -> PartialDate | None:
    """The day that the field of the role `when` holds; None where it holds none that was understood."""
    field = form.by_role("when")
    return PartialDate.read((values.get(field.id) or "")[:_DAY]) if field else None


def title_of(form: Form, values: Mapping[str, str | None], year: int, number: int | None) -> str:
    """What a list calls a meeting: its topic, else its kind with its number. Always Chinese, as on paper."""
    field = form.by_role("topic")
    topic = " ".join((values.get(field.id) or "").split()) if field else ""
    if topic:
        return topic
    return f"{year}年第{number}次{form.title}" if number is not None else form.title


def promote(change: Change, meeting: Meeting, form: Form, values: Mapping[str, str | None]) -> None:
    """Bring the columns that lists need in line with the values: day, year, number and title.

    A meeting moved into another year gets the next number of that year.
    """
    on = day_in(form, values)
    year, number = meeting.year, meeting.number
    counted_in = meeting.on.year if meeting.on else meeting.year
    if on is not None and on.year != counted_in:
        year = on.year
        if number is not None:
            number = 1 + records.last_number(
                change.connection, meeting.kind, meeting.organisation, meeting.group, year, but=meeting.uid
            )
    change.update(
        record,
        meeting.uid,
        {
            "on_date": on.written() if on else None,
            "year": year,
            "number": number,
            "title": title_of(form, values, year, number),
        },
    )
