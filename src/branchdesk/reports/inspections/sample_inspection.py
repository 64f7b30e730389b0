"""An inspection made of a sample, so that a form can be seen on paper before anybody has filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from branchdesk.domain.inspections.deadlines import Period, period_of
from branchdesk.domain.inspections.model import Answer, Assessment, Inspection, InspectionState
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.samples import Sample
from branchdesk.forms.words import COUNT_KEY
from branchdesk.i18n import speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.meetings.sample_meeting import sample_values
from branchdesk.services.inspections.sheets import Sheet, worked_out


def sample_sheet(form: Form, sample: Sample, organisation: str, around: Surroundings) -> Sheet:
    """The inspection of a sample, scored: of the period before the day on which it was inspected."""
    with speaking_chinese():
        return worked_out(form, sample_inspection(form, sample, organisation, around), {}, (), around.today)


def sample_inspection(form: Form, sample: Sample, organisation: str, around: Surroundings) -> Inspection:
    """What a sample says of an inspection of `organisation`."""
    values = sample_values(form.fields, sample.values, around)
    period = _period(form, values, around)
    title = form.paper.title if form.paper is not None and form.paper.title else form.title
    with speaking_chinese():
        named = period.shown()
    return Inspection(
        uid="sample",
        kind=form.kind,
        version=form.version,
        organisation="",
        organisation_name=organisation,
        year=period.year,
        number=period.number,
        title=f"{named}{title}",
        state=InspectionState.FED_BACK,
        entered_on=period.start.isoformat(),
        values=values,
        answers={one: _answer(written) for one, written in sample.answers.items()},
    )


def _period(form: Form, values: Mapping[str, str], around: Surroundings) -> Period:
    inspected = form.by_role("inspected_on")
    day = PartialDate.read(values.get(inspected.id)) if inspected is not None else None
    if day is None:
        return period_of(around.today, form.period)
    return period_of(day.first_day(), form.period).previous()


def _answer(written: Mapping[str, str]) -> Answer:
    own = {
        key.removeprefix(COUNT_KEY): Decimal(text)
        for key, text in written.items()
        if key.startswith(COUNT_KEY)
    }
    return Answer(
        plan=written.get("plan", ""),
        record=written.get("record", ""),
        applies="why_not" not in written,
        why_not=written.get("why_not", ""),
        vetoed="veto_reason" in written,
        veto_reason=written.get("veto_reason", ""),
        self_check=Assessment(
            counts=own, score=_points(written, "self"), reason=written.get("self_reason", "")
        ),
        check=Assessment(
            score=_points(written, "check"),
            reason=written.get("reason", ""),
            method=written.get("method", ""),
            by=written.get("by", ""),
            on=written.get("on", ""),
        ),
    )


def _points(written: Mapping[str, str], key: str) -> Decimal | None:
    return Decimal(written[key]) if key in written else None
