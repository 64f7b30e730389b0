"""What clerks do with the ledger: adding, claiming, accepting, reversing, and entering what records give."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.points.model import PointEntry
from branchdesk.domain.points.tally import explain_line
from branchdesk.i18n import _
from branchdesk.services.points import entering
from branchdesk.services.points.reading import PersonPoints, PointsSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.evaluations.points.acceptance_dialog import AcceptanceDialog
from branchdesk.ui.screens.evaluations.points.automatic_dialog import AutomaticDialog
from branchdesk.ui.screens.evaluations.points.claim_dialog import ClaimDialog
from branchdesk.ui.screens.evaluations.points.entry_dialog import EntryDialog
from branchdesk.ui.screens.evaluations.points.ledger_entry_dialog import LedgerEntryDialog


class PointsDeeds(QObject):
    """Opens the dialogs of the tab of points and carries out what they ask for.

    `sheet`, `month` and `person` are what the tab shows and who is in front; `entered` tells for whom
    something was entered.
    """

    entered = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._above = parent
        self.sheet: PointsSheet | None = None
        self.month: int | None = None
        self.person: PersonPoints | None = None

    def add_entry(self, chosen: Sequence[PersonPoints]) -> None:
        """Add an entry for those who are chosen."""
        if self.sheet is not None:
            here = [one for one in chosen if one.here]
            EntryDialog(self._desk, self.sheet, here, self.entered.emit, self._above.window()).open()

    def claim(self, person: str) -> None:
        """Let a member claim a task."""
        if self.sheet is not None and self.sheet.scheme.tasks:
            ClaimDialog(self._desk, self.sheet, person, self.entered.emit, self._above.window()).open()

    def enter_automatically(self) -> None:
        """Show what the records give, for the month that is looked at or the whole year."""
        sheet = self.sheet
        if sheet is not None:
            AutomaticDialog(
                self._desk, sheet.organisation, sheet.year, self.month, self._above.window()
            ).open()

    def open_entry(self, uid: str) -> None:
        """Show everything about an entry."""
        entry = self._entry(uid)
        if self.person is not None and entry is not None:
            LedgerEntryDialog(self._desk, self.person, entry, self._above.window()).open()

    def accept(self, uid: str) -> None:
        """Accept a claimed task."""
        entry = self._entry(uid)
        if entry is not None and self.sheet is not None:
            AcceptanceDialog(self._desk, self.sheet.scheme, entry, self._above.window()).open()

    def decline(self, uid: str) -> None:
        """Turn a claimed task down, with a reason."""
        entry = self._entry(uid)
        if entry is not None:
            LineDialog(
                _("标为不通过"),
                _("{name}认领的任务不通过，不计分。", name=entry.name),
                _("为什么"),
                _("标为不通过"),
                partial(self._decline, uid),
                self._above.window(),
            ).open()

    def _decline(self, uid: str, why: str) -> None:
        self._desk.do(partial(entering.decline, self._desk.branch, uid, why), _("已标为不通过。"))

    def reverse(self, uid: str) -> None:
        """Make an entry void by another one, with a reason."""
        entry = self._entry(uid)
        if self.person is None or entry is None:
            return
        line = next((one for one in self.person.tally.lines if one.entry.uid == uid), None)
        what = explain_line(line) if line is not None else entry.rule
        LineDialog(
            _("冲正"),
            _("{what}冲正以后不再计分；原来这一笔和冲正的原因都留在明细里。", what=what),
            _("为什么"),
            _("冲正这一笔"),
            partial(self._reverse, uid),
            self._above.window(),
        ).open()

    def _reverse(self, uid: str, why: str) -> None:
        self._desk.do(partial(entering.reverse_entry, self._desk.branch, uid, why), _("已冲正。"))

    def _entry(self, uid: str) -> PointEntry | None:
        """One of the entries of the member in front."""
        entries = self.person.entries if self.person is not None else ()
        return next((one for one in entries if one.uid == uid), None)
