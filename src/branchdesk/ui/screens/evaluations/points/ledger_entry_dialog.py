"""One entry of the ledger with everything about it: how it counts, who entered it, what proves it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.domain.points.model import EntryState, PointEntry
from branchdesk.domain.points.tally import (
    WhyLeftOut,
    explain_left_out,
    explain_line,
    source_label,
    state_label,
)
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.points.reading import PersonPoints
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.widgets.layouts import form_rows
from branchdesk.ui.widgets.texts import Note

_MEETING = "record"


class LedgerEntryDialog(SheetDialog):
    """Shows one entry; what it rests on can be opened from here."""

    def __init__(self, desk: Desk, person: PersonPoints, entry: PointEntry, parent: QWidget) -> None:
        super().__init__(_("{name} · 一笔积分", name=person.name), parent, width=560)
        self.setObjectName("ledger_entry")
        self._desk = desk
        self.told = Note(_explained(person, entry), "strong")
        self.body.addWidget(self.told)
        rows = form_rows()
        self.lines: dict[str, str] = {}
        for label, text in _about(person, entry):
            if text:
                self.lines[label] = text
                rows.addRow(label, Note(text))
        self.body.addLayout(rows)
        history = partial(desk.screen_requested.emit, "record_history", (entry.uid, _("积分")))
        self.add_button(_("修改记录…"), partial(self._go, history), name="entry_history", apart=True)
        if entry.evidence_entity == _MEETING and entry.evidence_uid:
            see = partial(desk.screen_requested.emit, "meeting", entry.evidence_uid)
            self.add_button(_("打开依据"), partial(self._go, see), name="open_evidence", apart=True)
        self.add_button(_("关闭"), look="primary", default=True, name="close").setFocus()

    def _go(self, there: Callable[[], object]) -> None:
        self.accept()
        there()


def _explained(person: PersonPoints, entry: PointEntry) -> str:
    tally = person.tally
    line = next((one for one in tally.lines if one.entry.uid == entry.uid), None)
    if line is not None:
        return explain_line(line)
    left = next((one for one in tally.left_out if one.entry.uid == entry.uid), None)
    if left is None or left.why is WhyLeftOut.REVERSAL:
        return _("这一行是冲正：{reason}", reason=entry.reason)
    return explain_left_out(left, tally)


def _about(person: PersonPoints, entry: PointEntry) -> list[tuple[str, str]]:
    reversal = next((one for one in person.entries if one.reverses == entry.uid), None)
    void = ""
    if reversal is not None:
        day = reversal.entered_on
        void = _(
            "{day} 由 {name} 冲正：{reason}",
            day=PartialDate.of(day).shown() if day is not None else "",
            name=reversal.reviewer,
            reason=reversal.reason,
        )
    entered = PartialDate.of(entry.entered_on).shown() if entry.entered_on is not None else ""
    state = "" if entry.state is EntryState.ACCEPTED else state_label(entry.state)
    return [
        (_("来源"), source_label(entry.source)),
        (_("状态"), state),
        (_("佐证"), entry.evidence_title),
        (_("申请人"), entry.applicant),
        (_("审核人"), entry.reviewer),
        (_("登记日期"), entered),
        (_("冲正"), void),
    ]
