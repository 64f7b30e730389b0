"""The papers of inspections and problems from the window: choose one, see it, print it, save it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

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
from branchdesk.ui.paper_saving import offer_word
from branchdesk.ui.printing import Maker, PrintDialog
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Words


class PaperChoice(QWidget):
    """Which paper of an inspection or problem."""

    changed = Signal()

    def __init__(self, titles: list[tuple[str, str]], current: str) -> None:
        super().__init__()
        box = column(gap=6, parent=self)
        self.kind = Choice()
        for kind, title in titles:
            self.kind.addItem(title, kind)
        self.kind.setCurrentIndex(max(self.kind.findData(current), 0))
        self.kind.setSizeAdjustPolicy(self.kind.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setAccessibleName(_("打印什么"))
        box.addWidget(Words(_("打印什么"), "second"))
        box.addWidget(self.kind)
        self.kind.currentIndexChanged.connect(self.changed)

    @property
    def current(self) -> str:
        """The paper that is chosen."""
        return str(self.kind.currentData())


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
    chosen = [choice.current]

    def make() -> Document:
        if chosen[0] == BLANK:
            return blank_paper(branch, reading.form_of(branch, inspection), inspection=inspection)
        return inspection_paper(branch, str(uid), chosen[0], revision=revision)

    name = paper_name(_("检查表"), inspection.organisation_name, f"{inspection.year}-{inspection.number}")
    return _open(window, inspection.title, make, choice, chosen, name)


def open_blank_print(window: Frame) -> PrintDialog | None:
    """Print a blank form of any kind, to be filled by pen."""
    branch = window.desk.branch
    forms = {form.kind: form for form in reading.kinds_of_inspections(branch)}
    choice = PaperChoice([(kind, form.shown()) for kind, form in forms.items()], next(iter(forms)))
    chosen = [choice.current]
    organisation = title_of(branch)

    def make() -> Document:
        return blank_paper(branch, forms[chosen[0]], organisation=organisation)

    name = paper_name(_("空白检查表"), organisation, "")
    return _open(window, _("空白检查表"), make, choice, chosen, name)


def open_issue_print(window: Frame, target: tuple[str, str]) -> PrintDialog | None:
    """Print a paper of a problem: `target` is its uid and the paper."""
    branch = window.desk.branch
    uid, kind = target
    issue = window.desk.do(partial(issue_lists.issue, branch, uid))
    if issue is None:
        return None
    choice = PaperChoice([(one, _(title)) for one, title in ISSUE_TITLES.items()], kind)
    chosen = [choice.current]

    def make() -> Document:
        return issue_paper(branch, uid, chosen[0])

    day = clock.today().strftime("%Y%m%d")
    name = paper_name(_(ISSUE_TITLES[chosen[0]]), issue.responsible, day)
    return _open(window, _("整改"), make, choice, chosen, name)


def open_ledger_print(window: Frame, query: IssueQuery | None) -> PrintDialog:
    """Print the ledger of problems as it is filtered."""
    name = paper_name(_("问题台账"), "", clock.today().strftime("%Y%m%d"))
    make = partial(ledger_paper, window.desk.branch, query or IssueQuery())
    return _open(window, _("问题台账"), make, None, [], name)


def open_spot_check_print(window: Frame, uid: str) -> PrintDialog:
    """Print a spot check with its sample and what was found."""
    name = paper_name(_("抽查"), "", clock.today().strftime("%Y%m%d"))
    return _open(window, _("抽查"), partial(spot_check_paper, window.desk.branch, uid), None, [], name)


def _open(
    window: Frame, title: str, make: Maker, choice: PaperChoice | None, chosen: list[str], name: str
) -> PrintDialog:
    """The print dialog, whose paper follows the choice; `chosen` is read by `make`."""
    dialog = PrintDialog(title, make, window, choice, name)

    def follow() -> None:
        if choice is not None:
            chosen[0] = choice.current
            dialog.want_rebuild()

    if choice is not None:
        choice.changed.connect(follow)
    offer_word(dialog, make, name)
    dialog.open()
    return dialog
