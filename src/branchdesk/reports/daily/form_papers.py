"""A daily record on paper where no branch is open: filled with its sample, or empty for the pen."""

from __future__ import annotations

from decimal import Decimal

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.domain.daily import DailyFigures, DailyRecord, DailyState, MeetingSaid
from branchdesk.domain.meetings.model import Presence
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.samples import Sample
from branchdesk.reports.daily.matter import DailyAccount, DailyMatter, MonthSheet
from branchdesk.reports.daily.month_sheet import month_document
from branchdesk.reports.meetings.sample_meeting import sample_values

_ORGANISATION = "中共滨江市经济信息中心支部委员会"
_NAME, _GROUP = "何静", "第二党小组"


def is_of_daily(form: Form) -> bool:
    """Whether a form is a daily record: one for each member and month."""
    return form.subject == "member" and form.period == "month"


def daily_form_paper(form: Form, sample: Sample | None) -> Document:
    """The sheet of a sample for the last month, or an empty one for the pen."""
    today = clock.today()
    around = Surroundings(shipped_dictionaries(), today, typed=True)
    if sample is None:
        empty = DailyAccount("", "")
        matter = DailyMatter("", today.year, today, form, around.vocabulary, (empty,))
        return month_document(matter, today.month, [empty], for_the_pen=True)
    values = sample_values(form.fields, sample.values, around)
    month = max(1, today.month - 1)
    record = DailyRecord(
        "sample",
        form.kind,
        form.version,
        "",
        None,
        _NAME,
        today.year,
        month,
        form.title,
        DailyState.FINAL,
        values,
    )
    day = today.replace(month=month, day=1)
    figures = DailyFigures(
        (
            MeetingSaid("1", "主题党日", day, Presence.PRESENT, hours=Decimal(2)),
            MeetingSaid("2", "党小组会", day, Presence.PRESENT),
        ),
        Decimal(9),
    )
    account = DailyAccount(_NAME, _GROUP, {month: MonthSheet(month, form, record, figures)})
    matter = DailyMatter(_ORGANISATION, today.year, today, form, around.vocabulary, (account,))
    return month_document(matter, month, [account])
