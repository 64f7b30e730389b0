"""What is done with daily records from the window; each is one service, told to everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.domain.daily import DailyRecord, MonthState
from branchdesk.i18n import _, _n
from branchdesk.services.daily import writing
from branchdesk.services.daily.reading import DailyPerson, DailyYear
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.screens.evaluations.choosing import DAILY
from branchdesk.ui.screens.evaluations.daily.opinions_dialog import Addressed, OpinionsDialog
from branchdesk.ui.screens.evaluations.daily.table import DailyTable


class DailyDeeds:
    """Carries out what the clerk wants of the month in front."""

    def __init__(self, desk: Desk, grid: DailyTable, above: QWidget) -> None:
        self._desk = desk
        self._grid = grid
        self._above = above
        self.year: DailyYear | None = None

    def write(self, texts: Mapping[str, str]) -> bool:
        """Store texts of the month in front; False where it was refused."""
        front = self._grid.person
        if self.year is None or front is None or not texts:
            return False
        where = (self.year.organisation, front.person, self.year.year, self._grid.month)
        return (
            self._desk.do(partial(writing.write_record, self._desk.branch, *where, dict(texts))) is not None
        )

    # ---- opinions

    def ask_opinions(self) -> None:
        """Ask for opinions of those chosen, of those without any, or of everybody."""
        year, month, chosen = self.year, self._grid.month, self._grid.chosen
        if year is None or not 1 <= month <= year.last_month:
            return
        here = [one for one in year.people if one.here]
        open_ones = [one for one in here if year.state(one, month) is not MonthState.COMPLETE]
        unjudged = [one for one in open_ones if not _values(one, month).get("branch_grade")]
        offered = (
            (_("选中的党员"), [one for one in chosen if one.here]),
            (_("还没有评价的党员"), unjudged),
            (_("全体党员"), here),
        )
        addressed = [
            Addressed(words, tuple(one.person for one in people)) for words, people in offered if people
        ]
        if addressed:
            OpinionsDialog(year, month, addressed, partial(self._say, month), self._above.window()).open()

    def _say(self, month: int, people: Sequence[str], said: dict[str, str]) -> bool:
        if self.year is None:
            return False
        branch, year = self._desk.branch, self.year
        work = partial(writing.set_opinions, branch, year.organisation, people, year.year, month, said)
        outcome = self._desk.do(work)
        if outcome is None:
            return False
        told = " ".join(finding.sentence for finding in outcome.findings)
        done = _n("已写入 {n} 人的意见和评价。", len(outcome.uids))
        self._desk.undo_offered.emit(f"{done}{told}")
        return True

    # ---- final, open again, bin

    def complete_front(self) -> None:
        """Make the record in front final."""
        if self._grid.record is not None:
            self._complete([self._grid.record])

    def complete_chosen(self) -> None:
        """Make all records final that are chosen."""
        self._complete(self._grid.chosen_records)

    def _complete(self, records: Sequence[DailyRecord]) -> None:
        uids = [one.uid for one in records if not one.is_final]
        done = _n("{n} 份写实已定稿。", len(uids))
        self._desk.do(partial(writing.complete, self._desk.branch, uids), done)

    def reopen_front(self) -> None:
        """Open the record in front again."""
        if self._grid.record is not None:
            self._reopen([self._grid.record])

    def reopen_chosen(self) -> None:
        """Open all records again that are chosen and final."""
        self._reopen(self._grid.chosen_records)

    def _reopen(self, records: Sequence[DailyRecord]) -> None:
        uids = [one.uid for one in records if one.is_final]
        done = _n("{n} 份写实已重新打开。", len(uids))
        self._desk.do(partial(writing.reopen, self._desk.branch, uids), done)

    def ask_to_remove(self) -> None:
        """Ask why the records that are chosen go to the recycle bin, before they do."""
        records = self._grid.chosen_records
        if not records:
            return
        days = bin_days()
        sentence = _("“{title}”会移到回收站，{days} 天内可以恢复。", title=records[0].title, days=days)
        if len(records) > 1:
            sentence = _n("选中的 {n} 份写实会移到回收站，{days} 天内可以恢复。", len(records), days=days)
        uids = [one.uid for one in records]
        BinDialog(sentence, partial(self._remove, uids), self._above.window()).open()

    def _remove(self, uids: Sequence[str], why: str) -> None:
        self._desk.do(partial(writing.remove_records, self._desk.branch, uids, why), _("已移到回收站。"))

    # ---- ways to the evidence

    def open_meeting(self, uid: str) -> None:
        """Look at a meeting, with the way back to here."""
        self._desk.visit("meeting", uid, ("evaluations", DAILY))

    def open_points(self) -> None:
        """Look at the points of the member in front."""
        if self._grid.person is not None:
            self._desk.screen_requested.emit("evaluations", self._grid.person.person)


def _values(one: DailyPerson, month: int) -> Mapping[str, str]:
    record = one.record(month)
    return record.values if record is not None else {}
