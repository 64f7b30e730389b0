"""Beginning an inspection of a period, with what is known already, and putting one into the recycle bin."""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk import clock
from branchdesk.domain.inspections.deadlines import Period, period_of
from branchdesk.domain.inspections.model import InspectionState
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n, speaking_chinese
from branchdesk.partial_dates import FIRST_YEAR, LAST_YEAR
from branchdesk.services.inspections.outcomes import InspectionOutcome
from branchdesk.services.meetings.prefilling import Known, prefilled
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import inspections as questions
from branchdesk.storage import organisations, records, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Changes
from branchdesk.storage.meeting_people import around_of
from branchdesk.storage.record_writing import write_values
from branchdesk.uids import new_uid

_NUMBERS = {"year": 1, "half": 2, "quarter": 4, "month": 12}


def proposed_period(form: Form) -> Period:
    """The period for which a form is begun usually: the one that runs today."""
    return period_of(clock.today(), form.period)


def start_inspection(
    branch: Branch, kind: str, organisation: str, year: int, number: int
) -> InspectionOutcome:
    """Begin the inspection of an organisation for a period, as one change.

    The form is the newest version in force on the first day of the period; what its head can know is filled
    in. Raises Problem for a period that there is not and for a second inspection of one kind and period,
    KeyError for a kind that there is not.
    """
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        period = _period(shelf.form(kind), year, number)
        form = shelf.form(kind, on=period.start)
        questions.refuse_second(connection, form.kind, organisation, period.year, period.number)
        home = questions.names_by_organisation(connection).full(organisation, period.end)
        around, people = around_of(connection, organisation, clock.today())
        secretary = organisations.profile(connection, organisation)["secretary_name"] or ""
    known = Known(branch.person.name, home, secretary, (), people)
    values = prefilled(form, known, around, {})
    uid, title = new_uid(), title_of(form, period)
    row = {
        "uid": uid,
        "kind": form.kind,
        "version": form.version,
        "organisation_uid": organisation,
        "title": title,
        "on_date": period.end.isoformat(),
        "year": period.year,
        "number": period.number,
        "state": InspectionState.DRAFTED.value,
        "entered_on": clock.today().isoformat(),
    }
    with branch.change(_("新建 {title}", title=title)) as change:
        # Another thread may have begun the same one between the question and this change.
        questions.refuse_second(change.connection, form.kind, organisation, period.year, period.number)
        change.insert(tables.record, row)
        write_values(change, uid, values)
    return InspectionOutcome(change.result, uid)


def _period(form: Form, year: int, number: int) -> Period:
    if form.inspection is None or form.period not in _NUMBERS:
        raise Problem(_("“{form}”不是按期填写的检查表。", form=form.shown()), _("请选择另一张检查表。"))
    most = _NUMBERS[form.period]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Problem(_("没有 {year} 这个年度。", year=year), _("请填写四位数的年份，如 2026。"))
    if not 1 <= number <= most:
        raise Problem(
            _("“{form}”一年有 {most} 期，没有第 {n} 期。", form=form.shown(), most=most, n=number),
            _("请选择 1 到 {most}。", most=most),
        )
    return Period(year, number, form.period)


def title_of(form: Form, period: Period) -> str:
    """What an inspection is called: its period and the title of its paper. Always Chinese, as on paper."""
    with speaking_chinese():
        return f"{period.shown()}{form.paper.title if form.paper else form.title}"


def remove_inspections(branch: Branch, uids: Sequence[str], why: str) -> Changes:
    """Put inspections or spot checks into the recycle bin, where they wait 180 days; their problems stay.

    Raises Problem where one of them is signed.
    """
    if not uids:
        return NOTHING
    with branch.read() as connection:
        rows = [questions.row_at_hand(connection, uid) for uid in uids]
    titles = []
    for row in rows:
        titles.append(row["title"])
        if InspectionState(row["state"]).is_scored:
            raise Problem(
                _("“{title}”已反馈签字，不能删除。", title=row["title"]),
                _("确实建错了的，请先“重新打开”并写明原因，再删除。"),
            )
    label = _("删除 {title}", title=titles[0])
    if len(titles) > 1:
        label = _n("删除 {title} 等 {n} 份检查表", len(titles), title=titles[0])
    with branch.change(label) as change:
        change.put_in_bin(tables.record, uids, one_line(why), branch.person.name)
    return change.result
