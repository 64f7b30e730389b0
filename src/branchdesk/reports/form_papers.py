"""Any form on paper where no branch is open: filled with its sample, or empty for the pen."""

from __future__ import annotations

from branchdesk.documents.model import Document
from branchdesk.forms.language import Form
from branchdesk.forms.samples import Sample
from branchdesk.reports.daily.form_papers import daily_form_paper, is_of_daily
from branchdesk.reports.inspections.form_papers import inspection_form_paper, is_of_inspections
from branchdesk.reports.meetings.papers import form_paper
from branchdesk.reports.points.form_papers import points_form_paper


def form_sample_paper(form: Form, sample: Sample | None) -> Document:
    """A form with its sample, or blank for the pen with None; blank forms of inspections bear codes."""
    if is_of_inspections(form):
        return inspection_form_paper(form, sample)
    if form.points is not None:
        return points_form_paper(form, sample)
    if is_of_daily(form):
        return daily_form_paper(form, sample)
    return form_paper(form, sample)
