"""The segment of ballots: what they add up to at the left, the batch with its two passes at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.ballots import NOT_COUNTED
from branchdesk.domain.evaluations.model import Batch
from branchdesk.i18n import _, _n
from branchdesk.services.evaluations.sheets import OF_BATCH, EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.icons import pixmap
from branchdesk.ui.pane import refill, step_row
from branchdesk.ui.screens.evaluations.ballots.batch_detail import BatchDetail
from branchdesk.ui.screens.evaluations.ballots.deeds import BallotDeeds
from branchdesk.ui.screens.evaluations.ballots.tally_table import TallyTable
from branchdesk.ui.screens.evaluations.ballots.words import Stage, stage_of, stage_words
from branchdesk.ui.screens.evaluations.pane import EvaluationPane
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.messages import EmptyState
from branchdesk.ui.widgets.texts import Note, Words

BALLOT, TALLY = "ballot", "tally"  # the kinds of paper


class BallotsPane(EvaluationPane):
    """Counts paper ballots: sums only, in two passes by two people."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.batches = Choice()
        self.batches.setAccessibleName(_("批次"))
        self.batches.setObjectName("batches")
        self.table = TallyTable()
        self.title, self.waiting = Words("", "strong"), Note("", "second")
        self.foot = Note("", "hint")
        self._picture = QLabel()
        self.next = button("", self.begin_entry, icon_name="edit", look="primary", name="count_here")
        self.detail = BatchDetail()
        self._low = False
        self.deeds = BallotDeeds(desk, self)
        self._begin = button(_("新增一批…"), self.deeds.add_batch, icon_name="plus", name="first_batch")
        self.empty = EmptyState(
            "clipboard",
            _("还没有测评票"),
            _("先新增一批，打印出来发给大家；收回以后由两个人各录一遍，两遍一致才算数。"),
            [self._begin],
            _("程序只存各档的合计，不存任何一张票。"),
        )
        self.filters = [self.batches]
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        inside = column(margin=12, gap=10, parent=card)
        inside.addWidget(self.title)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.foot)
        inside.addWidget(self.empty, 1)
        self._calm = QWidget()
        middle = column(margin=8, gap=12, parent=self._calm)
        self._picture.setPixmap(pixmap("eye-off", "text3", 44))
        middle.addStretch(1)
        for one in (self._picture, self.waiting):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            middle.addWidget(one)
        middle.addWidget(self.next, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        inside.addWidget(self._calm, 1)
        self.lay_beside(card, self.detail)

    def _connect(self) -> None:
        self.batches.currentIndexChanged.connect(self._show)
        self.detail.heads_typed.connect(self.deeds.set_head)
        self.detail.next_wanted.connect(self.deeds.do_next)
        self.detail.clearing_wanted.connect(self.deeds.count_again)
        self.detail.new_wanted.connect(self.deeds.add_batch)
        self.detail.removal_wanted.connect(self.deeds.remove_batch)
        self.detail.print_wanted.connect(self.print_here)
        self.deeds.batch_made.connect(self._show_last_batch)

    # ---- showing

    @override
    def fill(self, sheet: EvaluationSheet) -> None:
        another = self.sheet is None or self.sheet.evaluation.uid != sheet.evaluation.uid
        self.sheet = self.deeds.sheet = sheet
        known = sheet.evaluation.batches
        refill(
            self.batches,
            [
                (_("{code}（{state}）", code=one.code, state=stage_words(stage_of(one))), one.uid)
                for one in known
            ],
        )
        if another and known:
            waiting = [place for place, one in enumerate(known) if stage_of(one) is not Stage.AGREED]
            before = self.batches.blockSignals(True)
            self.batches.setCurrentIndex(waiting[0] if waiting else len(known) - 1)
            self.batches.blockSignals(before)
        self._show()

    @property
    def batch(self) -> Batch | None:
        """The batch in front; None where there is none."""
        return self.sheet.evaluation.batch(str(self.batches.currentData() or "")) if self.sheet else None

    def _show(self) -> None:
        sheet, batch = self.sheet, self.batch
        self.deeds.batch = batch
        part = sheet.scheme.part(batch.part) if sheet is not None and batch is not None else None
        self.detail.show_batch(batch, part.title if part is not None else "", may_write=self.may_write)
        self.batches.setEnabled(self.batches.count() > 0)
        self.empty.setVisible(batch is None)
        self._begin.setEnabled(self.may_write)
        self._show_tally()
        self.sum = _sum_words(sheet)
        self.refreshed.emit()

    def _show_tally(self) -> None:
        sheet, batch = self.sheet, self.batch
        tally = sheet.tallies.get(batch.uid, NOT_COUNTED) if sheet is not None and batch is not None else None
        told = self._why_hidden()
        shown = tally is not None and not told
        self._calm.setVisible(bool(told))
        self.waiting.setText(told)
        self._offer_next()
        self.table.setVisible(shown)
        for one in (self.title, self.foot):
            one.setVisible(shown and not self._low)
        if sheet is None or tally is None or not shown:
            return
        self.title.setText(_n("测评结果（有效票 {n} 张）", tally.valid))
        self.table.show_tally(tally, sheet.scheme, sheet.on_ballot)
        self.foot.setText(_("参考分和票数只供参考，等次由支委会或党员大会评定。"))

    def _offer_next(self) -> None:
        """What comes next stands below the sentence where the pane with the batch is hidden."""
        words = self.detail.next.text()
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.next.setEnabled(self.detail.next.isEnabled())
        self.next.setVisible(bool(words) and self.detail.isHidden())

    @override
    def fit_detail(self) -> None:
        super().fit_detail()
        self._offer_next()

    def _why_hidden(self) -> str:
        """Why no result is shown; empty where one is, or where there is no batch."""
        sheet, batch = self.sheet, self.batch
        if sheet is None or batch is None:
            return ""
        stage = stage_of(batch)
        if stage is Stage.FIRST:
            return _("还没有录票。两个人各录一遍，两遍一致以后，这里显示结果。")
        if stage is Stage.SECOND:
            return _("第一遍已经录完，先不显示，免得影响第二遍。请换一个人来录第二遍。")
        if stage is Stage.DIFFERENT:
            return _("两遍不一致，结果先不算。请看一看是哪些行不同，再把票重新点一遍。")
        tally = sheet.tallies.get(batch.uid, NOT_COUNTED)
        if tally.hidden:
            return _n(
                "有效票只有 {n} 张，不到 {least} 张。为了不让人看出票是谁投的，不显示结果，也不打印。",
                tally.valid,
                least=sheet.thresholds.ballots_least.value,
            )
        return ""

    def _show_last_batch(self) -> None:
        """Bring the batch to the front that was made last."""
        self.batches.setCurrentIndex(self.batches.count() - 1)

    @override
    def show_filters(self, *, shown: bool) -> None:
        """Batches are chosen where there are several; one alone is named beside the result."""
        super().show_filters(shown=shown and self.batches.count() > 1)

    # ---- wishes of the screen

    @override
    def show_finding(self, about: str) -> None:
        place = self.batches.findData(about.removeprefix(OF_BATCH))
        if place >= 0:
            self.batches.setCurrentIndex(place)

    @override
    def first_focus(self) -> QWidget:
        if not self.empty.isHidden():
            return self._begin if self._begin.isEnabled() else self.detail.more
        if not self.table.isHidden():
            return self.table
        wanted = self.next if self.detail.isHidden() else self.detail.next
        return wanted if wanted.isEnabled() and not wanted.isHidden() else self.detail.heads["issued"]

    def begin_entry(self) -> None:
        """Do what the batch in front needs: count a pass, or look at what differs."""
        if self.may_write:
            self.deeds.do_next()

    @override
    def begin_new(self) -> bool:
        if self.may_write:
            self.deeds.add_batch()
        return True

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        step_row(self.table, backwards=backwards)

    @override
    def set_low(self, *, low: bool) -> None:
        self._low = low
        self.detail.set_low(low=low)
        self._picture.setVisible(not low)
        for one in (self.title, self.foot):
            one.setVisible(not low and not self.table.isHidden())

    def print_ballots(self) -> None:
        """Print the ballots of the batch in front."""
        self._print_paper(BALLOT)

    @override
    def print_here(self) -> bool:
        """Ctrl+P: the result once there is one, the ballots before."""
        if self.batch is None:
            return False
        self._print_paper(TALLY if stage_of(self.batch) is Stage.AGREED else BALLOT)
        return True

    def _print_paper(self, kind: str) -> None:
        if self.sheet is not None and self.batch is not None:
            target = (self.sheet.evaluation.uid, kind, "", self.batch.uid)
            self.desk.screen_requested.emit("print_evaluation", target)

    @override
    def fill_menu(self, menu: QMenu) -> None:
        self.detail.fill_more(menu)
        if self.batch is None:
            return
        menu.addAction(_("打印测评票…"), self.print_ballots)
        menu.addAction(_("打印测评结果汇总…"), partial(self._print_paper, TALLY)).setEnabled(
            stage_of(self.batch) is Stage.AGREED
        )


def _sum_words(sheet: EvaluationSheet | None) -> str:
    """How many batches there are, and how many of them are counted."""
    if sheet is None or not sheet.evaluation.batches:
        return ""
    done = sum(stage_of(one) is Stage.AGREED for one in sheet.evaluation.batches)
    batches = _n("{n} 批测评票", len(sheet.evaluation.batches))
    return _("{batches}，{n} 批两遍一致", batches=batches, n=done)
