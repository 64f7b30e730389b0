"""What clerks do with ballots: new batches, their heads, counting in two passes, looking at differences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.evaluations.ballot_findings import pass_title
from branchdesk.domain.evaluations.ballots import differences
from branchdesk.domain.evaluations.model import Batch, Subject
from branchdesk.i18n import _
from branchdesk.services.evaluations import ballot_drafts, ballots
from branchdesk.services.evaluations.reading import EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.evaluations.ballots.batch_dialog import BatchDialog
from branchdesk.ui.screens.evaluations.ballots.begin_dialog import (
    ONE_BY_ONE,
    BeginCountingDialog,
    Begun,
)
from branchdesk.ui.screens.evaluations.ballots.count_dialog import CountEntryDialog, TypedSums
from branchdesk.ui.screens.evaluations.ballots.differences_dialog import DifferencesDialog
from branchdesk.ui.screens.evaluations.ballots.entry_dialog import BallotEntryDialog, Counting
from branchdesk.ui.screens.evaluations.ballots.sums import BallotSums
from branchdesk.ui.screens.evaluations.ballots.words import FIRST, SECOND, Stage, stage_of


class BallotDeeds(QObject):
    """Opens the dialogs of ballots and carries out what they ask for.

    `sheet` and `batch` are what is in front; `batch_made` tells that there is a new batch.
    """

    batch_made = Signal()

    def __init__(self, desk: Desk, above: QWidget) -> None:
        super().__init__(above)
        self._desk = desk
        self._above = above
        self.sheet: EvaluationSheet | None = None
        self.batch: Batch | None = None

    @property
    def lines(self) -> tuple[Subject, ...]:
        """Who stands on the ballots, from the top down."""
        return self.sheet.on_ballot if self.sheet is not None else ()

    # ---- batches

    def add_batch(self) -> None:
        """Ask how many ballots are handed out and make a batch."""
        if self.sheet is not None:
            evaluation = self.sheet.evaluation
            taking_part = sum(one.takes_part for one in evaluation.subjects)
            if self.sheet.scheme.of != "members":
                taking_part = 0
            BatchDialog(
                self._desk,
                evaluation.uid,
                self.sheet.scheme,
                taking_part,
                self.batch_made.emit,
                self._above.window(),
            ).open()

    def set_head(self, name: str, text: str) -> None:
        """Store how many ballots were handed out, came back, or are spoiled."""
        if self.batch is not None:
            self._desk.do(
                partial(ballots.set_heads, self._desk.branch, self.batch.uid, {name: text}), _("张数已改。")
            )

    def remove_batch(self) -> None:
        """Take the batch in front away, with a reason."""
        if self.batch is not None:
            LineDialog(
                _("删除 {code} 批测评票", code=self.batch.code),
                _("这一批的张数和两遍的合计一起删除，可以撤销。"),
                _("为什么，例如：发错了名单，作废重发"),
                _("删除"),
                partial(self._remove_batch, self.batch.uid),
                self._above.window(),
            ).open()

    def _remove_batch(self, batch_uid: str, why: str) -> None:
        self._desk.do(
            partial(ballots.remove_batch, self._desk.branch, batch_uid, why), _("这一批测评票已删除。")
        )

    # ---- counting

    def do_next(self) -> None:
        """Count the pass that is missing, or show where the two differ; without a batch make one."""
        if self.batch is None:
            self.add_batch()
            return
        stage = stage_of(self.batch)
        if stage is Stage.DIFFERENT:
            self.show_differences()
        elif stage is Stage.AGREED:
            self._desk.toast_requested.emit(_("两遍已经一致，不用再录。"))
        else:
            self.begin_pass(FIRST if stage is Stage.FIRST else SECOND)

    def begin_pass(self, number: int) -> None:
        """Ask who counts, then let them count."""
        if self.batch is not None:
            batch = self.batch
            BeginCountingDialog(
                self._desk, batch, number, partial(self._count, batch.uid, number), self._above.window()
            ).open()

    def _count(self, batch_uid: str, number: int, begun: Begun) -> None:
        """Open the page of ballots or the table of sums, over the figures as they are stored now."""
        sheet = self.sheet
        batch = sheet.evaluation.batch(batch_uid) if sheet is not None else None
        if sheet is None or batch is None:
            return
        counting = Counting(
            batch,
            number,
            begun.counter,
            self.lines,
            sheet.scheme.grades,
            sheet.thresholds.ballots_least.value,
        )
        if begun.way == ONE_BY_ONE:
            BallotEntryDialog(
                self._desk, counting, begun.resumed, partial(self._store, counting), self._above.window()
            ).open()
        else:
            CountEntryDialog(counting, partial(self._store, counting), self._above.window()).open()

    def _store(self, counting: Counting, sums: BallotSums | TypedSums) -> bool:
        """Store a pass; the second one shows at once whether it agrees with the first."""
        votes: Mapping[str, Mapping[str, int]] = sums.votes
        done = self._desk.do(
            partial(
                ballots.count_pass,
                self._desk.branch,
                counting.batch.uid,
                counting.number,
                counting.counter,
                sums.valid,
                votes,
                spoiled=sums.spoiled,
            )
        )
        if done is None:
            return False
        ballot_drafts.drop_counted(self._desk.branch, counting.batch.uid, counting.number)
        self._tell_stage()
        return True

    def _tell_stage(self) -> None:
        """Say what the pass that was stored means for the batch."""
        stage = stage_of(self.batch) if self.batch is not None else Stage.FIRST
        if stage is Stage.DIFFERENT:
            self.show_differences()
        elif stage is Stage.AGREED:
            self._desk.undo_offered.emit(_("两遍一致，结果已经算出来了。"))
        else:
            self._desk.undo_offered.emit(_("这一遍已存。请换一个人把同一叠票再录一遍。"))

    def show_differences(self) -> None:
        """Show where the two passes differ."""
        sheet, batch = self.sheet, self.batch
        if sheet is None or batch is None:
            return
        may_write = not sheet.is_frozen and self._desk.branch.person.role.may_write
        DifferencesDialog(
            batch,
            differences(batch),
            sheet.evaluation,
            sheet.scheme,
            self.count_again if may_write else None,
            self._above.window(),
        ).open()

    def count_again(self, number: int) -> None:
        """Take a pass away, with a reason, and count it anew."""
        if self.batch is not None:
            LineDialog(
                _("重录{number}", number=pass_title(number)),
                _("这一遍录的数先清掉，再从第一张录起；清掉的原因留在历史里，可以撤销。"),
                _("为什么重录，例如：第 3 行录错了等次"),
                _("清掉并重录"),
                partial(self._count_again, self.batch.uid, number),
                self._above.window(),
            ).open()

    def _count_again(self, batch_uid: str, number: int, why: str) -> None:
        done = self._desk.do(partial(ballots.clear_pass, self._desk.branch, batch_uid, number, why))
        if done is not None:
            self.begin_pass(number)
