"""A points scheme on paper where no branch is open: pages of its sample, or its lists for the pen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.domain.points.model import EntrySource, PointEntry, PointScheme
from branchdesk.domain.points.tally import tally
from branchdesk.forms.language import Form
from branchdesk.forms.samples import Sample
from branchdesk.i18n import speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.points.matter import Account, PointsMatter
from branchdesk.reports.points.member_page import member_pages_document
from branchdesk.reports.points.task_lists import both_lists_document
from branchdesk.services.points.schemes import scheme_of

_ORGANISATION = "中共滨江市经济信息中心支部委员会"


def points_form_paper(form: Form, sample: Sample | None) -> Document:
    """The pages of the members of a sample; without one the lists of duties and tasks for the pen."""
    today = clock.today()
    with speaking_chinese():
        scheme = scheme_of(form)
    if sample is None:
        return both_lists_document(PointsMatter("", scheme, today.year, today))
    entries = list(_entries(scheme, sample, today))
    year = max((one.on.year for one in entries), default=today.year)
    names = dict.fromkeys(one.name for one in entries)
    accounts = tuple(Account(name, "", tally(scheme, entries, year, person=name)) for name in names)
    return member_pages_document(PointsMatter(_ORGANISATION, scheme, year, today, accounts))


def _entries(scheme: PointScheme, sample: Sample, today: date) -> Iterator[PointEntry]:
    """The ledger of a sample; the name stands for the person."""
    for number, said in enumerate(sample.entries, start=1):
        day = PartialDate.read(said.get("on"))
        name = said.get("name", "")
        rule = scheme.rule(said["rule"])
        yield PointEntry(
            uid=f"s{number:03}",
            person=name,
            name=name,
            rule=said["rule"],
            on=day.first_day() if day is not None else today,
            quantity=Decimal(said.get("quantity", "1")),
            source=EntrySource.CLAIMED if rule is not None and rule.claim else EntrySource.TYPED,
            reason=said.get("reason", ""),
            evidence_title=said.get("evidence", ""),
        )
