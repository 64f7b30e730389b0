"""The papers of inspections and problems from the window: choose one, see it, print it, save it."""

from __future__ import annotations

from functools import partial

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.i18n import _
from branchdesk.reports.inspections.papers import (
    blank_paper,
    inspection_paper,
    issue_paper,
    ledger_paper,
    spot_check_paper,
)
from branchdesk.reports.papers import paper_name
from branchdesk.services.backups import title_of
from branchdesk.services.inspections import issue_lists, reading
from branchdesk.services.inspections.issue_lists import IssueQuery
from branchdesk.ui.frame import Frame
from branchdesk.ui.inspection_words import BLANK, ISSUE_TITLES, PAPER_TITLES
from branchdesk.ui.paper_choice import PaperChoice, open_chosen_paper, open_paper
from branchdesk.ui.printing import PrintDialog


def open_inspection_print(
    window: Frame, target: tuple[str, str] | tuple[str, str, int]
) -> PrintDialog | None:
    """Print a paper of an inspection: `target` is its uid, the paper, and perhaps an earlier signed version.

    An empty uid asks for a blank form.
    """
    branch = window.desk.branch
    uid, kind, *rest = target
    if not uid:
        return open_blank_print(window)
    revision = int(rest[0]) if rest else None
    inspection = window.desk.do(partial(reading.inspection, branch, uid))
    if inspection is None:
        return None
    choice = PaperChoice([(one, _(title)) for one, title in PAPER_TITLES.items()], str(kind))

    def make(paper: str) -> Document:
        if paper == BLANK:
            return blank_paper(branch, reading.form_of(branch, inspection), inspection=inspection)
        return inspection_paper(branch, str(uid), paper, revision=revision)

    name = paper_name(_("检查表"), inspection.organisation_name, f"{inspection.year}-{inspection.number}")
    return open_chosen_paper(window, inspection.title, choice, make, name)


def open_blank_print(window: Frame) -> PrintDialog | None:
    """Print a blank form of any kind, to be filled by pen."""
    branch = window.desk.branch
    forms = {form.kind: form for form in reading.kinds_of_inspections(branch)}
    choice = PaperChoice([(kind, form.shown()) for kind, form in forms.items()], next(iter(forms)))
    organisation = title_of(branch)

    def make(kind: str) -> Document:
        return blank_paper(branch, forms[kind], organisation=organisation)

    name = paper_name(_("空白检查表"), organisation, "")
    return open_chosen_paper(window, _("空白检查表"), choice, make, name)


def open_issue_print(window: Frame, target: tuple[str, str]) -> PrintDialog | None:
    """Print a paper of a problem: `target` is its uid and the paper."""
    branch = window.desk.branch
    uid, kind = target
    issue = window.desk.do(partial(issue_lists.issue, branch, uid))
    if issue is None:
        return None
    choice = PaperChoice([(one, _(title)) for one, title in ISSUE_TITLES.items()], kind)
    day = clock.today().strftime("%Y%m%d")
    name = paper_name(_(ISSUE_TITLES[choice.current]), issue.responsible, day)
    return open_chosen_paper(window, _("整改"), choice, partial(issue_paper, branch, uid), name)


def open_ledger_print(window: Frame, query: IssueQuery | None) -> PrintDialog:
    """Print the ledger of problems as it is filtered."""
    name = paper_name(_("问题台账"), "", clock.today().strftime("%Y%m%d"))
    make = partial(ledger_paper, window.desk.branch, query or IssueQuery())
    return open_paper(window, _("问题台账"), make, name)


def open_spot_check_print(window: Frame, uid: str) -> PrintDialog:
    """Print a spot check with its sample and what was found."""
    name = paper_name(_("抽查"), "", clock.today().strftime("%Y%m%d"))
    return open_paper(window, _("抽查"), partial(spot_check_paper, window.desk.branch, uid), name)
