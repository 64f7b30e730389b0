"""The papers of inspections: the services are asked, and what they answer becomes a document.

What is handed in is Chinese whatever language the window speaks. Papers of a scored inspection show what was
signed, dated with that day, and print the same for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.domain.inspections.issues import Issue, Verification
from branchdesk.domain.inspections.model import Inspection
from branchdesk.domain.inspections.rectification import LABELS, days_late, last_verification
from branchdesk.domain.meetings.model import Line
from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import Vocabulary, shipped_dictionaries
from branchdesk.forms.language import Form
from branchdesk.i18n import _, speaking_chinese
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.filled import Filled
from branchdesk.reports.inspections.blank import blank_document
from branchdesk.reports.inspections.explanation import explanation_document
from branchdesk.reports.inspections.ledger import Ledger, LedgerLine, ledger_document
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.rectification import (
    IssueMatter,
    number_text,
    order_document,
    slip_document,
)
from branchdesk.reports.inspections.sheet import sheet_document
from branchdesk.reports.inspections.spot_check import spot_check_document
from branchdesk.reports.inspections.summary import summary_document
from branchdesk.services import members
from branchdesk.services.inspections import reading, spot_checks
from branchdesk.services.inspections.comparing import compare_sheet
from branchdesk.services.inspections.issue_files import issue_files
from branchdesk.services.inspections.issue_lists import IssueQuery, issue, issue_list
from branchdesk.services.inspections.sheets import Sheet, period_of_form
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import organisation_tree

_PAPERS: Mapping[str, Callable[[InspectionMatter], Document]] = {
    "sheet": sheet_document,
    "explanation": explanation_document,
}
INSPECTION_PAPERS = (*_PAPERS, "summary")
ISSUE_PAPERS = ("order", "slip")


def inspection_paper(
    branch: Branch, uid: str, kind: str, *, revision: int | None = None, draft: bool | None = None
) -> Document:
    """A paper of an inspection as it was signed last, as `revision`, or as it stands while it is not scored.

    `kind` is one of INSPECTION_PAPERS. They are marked as drafts until the inspection is fed back, unless
    `draft` says otherwise. Raises Problem for one in the recycle bin, and for a revision that there is not.
    """
    matter = inspection_matter(branch, uid, revision=revision, draft=draft)
    if kind == "summary":
        with speaking_chinese():
            compared = compare_sheet(branch, matter.sheet)
        return summary_document(matter, compared)
    return _PAPERS[kind](matter)


def inspection_matter(
    branch: Branch, uid: str, *, revision: int | None = None, draft: bool | None = None
) -> InspectionMatter:
    """What the papers of an inspection print. Raises Problem as `inspection_paper` does."""
    with speaking_chinese():
        if revision is None:
            sheet = reading.signed_sheet(branch, uid)
        else:
            sheet = reading.frozen_sheet(branch, uid, revision)
        period = sheet.period.shown()
    is_signed = bool(sheet.frozen_on)
    return InspectionMatter(
        sheet=sheet,
        vocabulary=members.vocabulary_of(branch),
        made_on=date.fromisoformat(sheet.frozen_on) if is_signed else sheet.today,
        period=period,
        superior=sheet.superior,
        late_since=_late_since(sheet),
        draft=not is_signed if draft is None else draft,
    )


def _late_since(sheet: Sheet) -> str:
    """The day by which the inspection should have been over, where it was entered only after it."""
    due = sheet.deadlines.inspect_on.isoformat()
    return due if sheet.inspection.entered_on > due else ""


# ---- problems


def issue_paper(branch: Branch, uid: str, kind: str, *, verification: str = "") -> Document:
    """The order or the slip of a problem; a slip is of its last verification, or of the one with that uid.

    Raises Problem for a problem in the recycle bin, an order without a number, and a verification that there
    is not.
    """
    found = issue(branch, uid)
    if kind == "order":
        if found.number is None:
            raise Problem(_("这个问题还没有开整改单。"), _("请先点“开整改单”，有了编号再打印整改通知单。"))
        return order_document(issue_matter(branch, found, found.fed_back_on or found.found_on))
    verified = _verification(found, verification)
    return slip_document(issue_matter(branch, found, verified.on if verified else found.done_on), verified)


def _verification(found: Issue, uid: str) -> Verification | None:
    if not uid:
        return last_verification(found)
    one = next((each for each in found.verifications if each.uid == uid), None)
    if one is None:
        raise Problem(_("没有找到这次验证。"), _("请重新打开问题台账再看一遍。"))
    return one


def issue_matter(branch: Branch, found: Issue, made_on: str) -> IssueMatter:
    """What the papers of a problem print, dated with an ISO day; with today where there is none."""
    day = PartialDate.read(made_on)
    made = day.first_day() if day is not None else clock.today()
    with speaking_chinese():
        source = shipped_dictionaries()["issue_source"].shown(found.source)
        found_at = _found_at(branch, found)
    return IssueMatter(
        issue=found,
        organisation=_full_name(branch, found.organisation, made),
        source=source,
        made_on=made,
        found_at=found_at,
        files=tuple(one.name for one in issue_files(branch, found.uid)),
        overdue=days_late(found, made),
    )


def _found_at(branch: Branch, found: Issue) -> str:
    """Where a problem was found: the inspection with its line, or the spot check."""
    if not found.found_in:
        return ""
    rows = issue_list(branch, IssueQuery(found_in=found.found_in))
    row = next((each for each in rows if each.uid == found.uid), None)
    if row is None:
        return ""
    line = ""
    if found.indicator and row.line:
        indicator = reading.signed_sheet(branch, found.found_in).indicator(found.indicator)
        line = f"{indicator.number} {indicator.title}"
    return "\n".join(part for part in (row.found_in_title, line) if part)


def _full_name(branch: Branch, organisation: str, day: date) -> str:
    tree = organisation_tree(branch, day)
    version = tree.get(organisation) or organisation_tree(branch).get(organisation) or tree.roots()[0]
    return version.full_name


def ledger_of(branch: Branch, query: IssueQuery | None = None) -> Ledger:
    """The problems that fit, as a ledger of today."""
    asked, today = query or IssueQuery(), clock.today()
    with speaking_chinese():
        rows = issue_list(branch, asked, today)
        sources = shipped_dictionaries()["issue_source"]
        lines = tuple(
            LedgerLine(
                row.issue,
                " ".join(part for part in (row.found_in_title, row.line) if part)
                or sources.shown(row.issue.source),
                row.overdue,
            )
            for row in rows
        )
        narrowed = "，".join(_narrowed(branch, asked))
    root = organisation_tree(branch, today).roots()[0].organisation
    return Ledger(_full_name(branch, asked.place or root, today), lines, today, narrowed)


def _narrowed(branch: Branch, asked: IssueQuery) -> Iterator[str]:
    """What a ledger is narrowed to, in words."""
    if asked.year is not None:
        yield f"{asked.year}年"
    if asked.found_in:
        rows = issue_list(branch, IssueQuery(found_in=asked.found_in))
        yield from (row.found_in_title for row in rows[:1])
    if asked.source:
        yield f"来源：{shipped_dictionaries()['issue_source'].shown(asked.source)}"
    if asked.state:
        yield next(label for state, label in LABELS.items() if state.value == asked.state)
    if asked.open_only:
        yield "未销号"
    if asked.overdue_only:
        yield "已逾期"
    if asked.responsible:
        named = members.member_file(branch, asked.responsible)
        yield f"责任人：{named.name if named is not None else asked.responsible}"
    if asked.text:
        yield f"含“{asked.text}”"


def ledger_paper(branch: Branch, query: IssueQuery | None = None) -> Document:
    """The ledger of the problems that fit. Raises Problem where there is none."""
    ledger = ledger_of(branch, query)
    if not ledger.lines:
        raise Problem(_("没有符合条件的问题，台账是空的。"), _("请放宽筛选条件，或先登记问题。"))
    return ledger_document(ledger)


# ---- spot checks and forms for the pen


def spot_check_paper(branch: Branch, uid: str) -> Document:
    """The record of a spot check. Raises Problem for one in the recycle bin, and where there is none."""
    with speaking_chinese():
        found = spot_checks.spot_check(branch, uid)
    lines = tuple(
        Line(
            one.uid,
            {"item": one.item, "dated": one.dated, "finding": one.finding, "issue": _order_number(one.issue)},
        )
        for one in found.lines
    )
    filled = Filled(found.form, found.values, {"sample": lines}, members.vocabulary_of(branch))
    day = PartialDate.read(found.on)
    made_on = day.first_day() if day is not None else clock.today()
    return spot_check_document(filled, made_on, found.organisation_name, title=found.title)


def _order_number(found: Issue | None) -> str:
    if found is None:
        return ""
    return number_text(found.year, found.number) if found.number is not None else "已登记"


def blank_paper(
    branch: Branch | None, form: Form, *, organisation: str = "", inspection: Inspection | None = None
) -> Document:
    """A form for the pen with a code on every page: empty, or for one inspection with what is known of it."""
    vocabulary: Vocabulary = members.vocabulary_of(branch) if branch is not None else shipped_dictionaries()
    if inspection is None:
        return blank_document(form, clock.today(), vocabulary, organisation=organisation)
    with speaking_chinese():
        period = period_of_form(form, inspection).shown()
    return blank_document(
        form,
        clock.today(),
        vocabulary,
        organisation=organisation or inspection.organisation_name,
        period=period,
        values=inspection.values,
        uid=inspection.uid,
    )


# ---- workbooks


def inspection_workbook(branch: Branch, uid: str, progress: Progress = SILENT) -> bytes:
    """An inspection as a workbook with everything that was written on its lines."""
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415 - slow to import
    from branchdesk.reports.inspections.workbooks import sheet_tables  # noqa: PLC0415

    matter = inspection_matter(branch, uid)
    with speaking_chinese():
        tables = list(sheet_tables(matter))
    return write_xlsx(tables, matter.made_on, branch.person.name, progress)


def ledger_workbook(branch: Branch, query: IssueQuery | None = None, progress: Progress = SILENT) -> bytes:
    """The ledger of the problems that fit as a workbook."""
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415 - slow to import
    from branchdesk.reports.inspections.workbooks import ledger_table  # noqa: PLC0415

    ledger = ledger_of(branch, query)
    return write_xlsx([ledger_table(ledger)], ledger.made_on, branch.person.name, progress)
