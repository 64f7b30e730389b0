"""A form of inspections on paper where no branch is open: filled with its sample, or empty for the pen."""

from __future__ import annotations

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.samples import Sample
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.filled import Filled
from branchdesk.reports.inspections.blank import KINDS, blank_document
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.sample_inspection import sample_sheet
from branchdesk.reports.inspections.sheet import sheet_document
from branchdesk.reports.inspections.spot_check import spot_check_document
from branchdesk.reports.meetings.sample_meeting import sample_lines, sample_values

_ORGANISATION = "中共滨江市经济信息中心支部委员会"


def is_of_inspections(form: Form) -> bool:
    """Whether a form is one of inspections: one that scores, or that of spot checks."""
    return form.kind.startswith(KINDS)


def inspection_form_paper(form: Form, sample: Sample | None) -> Document:
    """The paper of a sample as it would be signed; without one the form for the pen, with codes."""
    today, words = clock.today(), shipped_dictionaries()
    if sample is None:
        return blank_document(form, today, words)
    around = Surroundings(words, today, typed=True)
    if form.inspection is None:
        values = sample_values(form.fields, sample.values, around)
        return spot_check_document(
            Filled(form, values, sample_lines(form, sample, around), words), today, _ORGANISATION
        )
    sheet = sample_sheet(form, sample, _ORGANISATION, around)
    with speaking_chinese():
        period = sheet.period.shown()
    return sheet_document(InspectionMatter(sheet, words, today, period))
