"""Going through a pile of ballots one by one: number keys mark lines, Enter takes the ballot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.ballot_findings import pass_title
from branchdesk.domain.evaluations.model import Batch, Grade, Subject
from branchdesk.i18n import _, _n, joined
from branchdesk.services.evaluations import ballot_drafts
from branchdesk.services.evaluations.ballot_drafts import CountedSoFar
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog, ask
from branchdesk.ui.screens.evaluations.ballots.ballot_lines import BallotLines
from branchdesk.ui.screens.evaluations.ballots.sums import BallotSums
from branchdesk.ui.screens.evaluations.ballots.words import counted_sentence, names_listed
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.texts import Words

_WIDTH = 1080
_ROWS_SEEN = 3


@dataclass(frozen=True)
class Counting:
    """What is gone through: the pass of a batch, who counts, and the lines of the ballot.

    `least` is how many ballots a sum must hold before it is kept anywhere (the rule of hidden results).
    """

    batch: Batch
    number: int
    counter: str
    subjects: tuple[Subject, ...]
    grades: tuple[Grade, ...]
    least: int

    @property
    def returned(self) -> int:
        """How many ballots came back."""
        return self.batch.returned or 0

    def new_sums(self) -> BallotSums:
        """Sums in which nothing is counted yet."""
        return BallotSums([one.uid for one in self.subjects], [one.code for one in self.grades])


class BallotEntryDialog(SheetDialog):
    """One ballot per page. `on_counted` stores the sums and tells whether it could.

    What was counted is kept as sums whenever `least` further ballots were taken and when the dialog is left,
    so that a power cut costs a handful of ballots and what is kept never is a single one.
    """

    def __init__(
        self,
        desk: Desk,
        counting: Counting,
        resumed: CountedSoFar | None,
        on_counted: Callable[[BallotSums], bool],
        parent: QWidget,
    ) -> None:
        heading = _(
            "录入测评票 {code} · {number} · {counter}",
            code=counting.batch.code,
            number=pass_title(counting.number),
            counter=counting.counter,
        )
        super().__init__(heading, parent, width=640)
        self.setObjectName("ballot_entry")
        self._desk = desk
        self.counting = counting
        self.sums = counting.new_sums()
        if resumed is not None:
            self.sums.resume(resumed.votes, resumed.valid, resumed.spoiled)
        self._kept = self.sums.taken
        self._on_counted = on_counted
        self._asked_to_leave_lines = False
        self.lines = BallotLines(counting.subjects, counting.grades)
        self.place, self.sum = Words("", "figure"), Words("", "second")
        self.told = Banner()
        self.void = button(_("废票 (F)"), self.take_spoiled, name="spoiled_ballot")
        self.back = button(_("撤回 (Ctrl+Z)"), self.take_back, name="take_back_ballot")
        self.take = button(_("计入 (Enter)"), self.take_ballot, name="take_ballot")
        self._lay_out()
        self._connect()
        self.grow_in(_WIDTH)
        self._begin_ballot()

    def _lay_out(self) -> None:
        head = QWidget()
        flow = Flow(head, gap=12)
        flow.addWidget(self.place)
        flow.addWidget(self.sum)
        for one in (self.void, self.back, self.take):
            flow.addWidget(one)
        self.body.addWidget(head)
        self.lines.keep_room(_ROWS_SEEN)
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(self.told)
        self.add_button(_("先停一下"), name="pause_counting", apart=True)
        self._done = self.add_button(
            _("录完了，存这一遍"), self.finish, look="primary", name="finish_counting"
        )

    def _connect(self) -> None:
        self.lines.marked.connect(self._follow_mark)
        self.lines.cellClicked.connect(self.lines.mark_clicked)
        self.lines.finished.connect(self.take_ballot)
        self.lines.spoiled.connect(self.take_spoiled)
        self.lines.take_back_wanted.connect(self.take_back)

    # ---- one ballot

    @property
    def is_full(self) -> bool:
        """Whether as many ballots were gone through as came back."""
        return self.sums.taken >= self.counting.returned

    def _begin_ballot(self, marks: dict[str, str] | None = None) -> None:
        self._asked_to_leave_lines = False
        self.lines.show_ballot(marks or {})
        self.lines.setEnabled(not self.is_full)
        self._tell_place()
        if self.is_full:
            done = _n("{n} 张票都录完了，可以存这一遍。", self.counting.returned)
            more = _("手里还有票的，先停一下，把“收回”改成实际张数。")
            self.told.say("ok", joined(done, more))
            self._done.setFocus()
        elif self.sums.last is None:
            self.told.say("info", _("按数字键选等次，自动到下一行；Backspace 退回一行，整张录完按 Enter。"))
            self.lines.setFocus()
        else:
            self.told.say("ok", self._last_words())
            self.lines.setFocus()

    def _last_words(self) -> str:
        number = self.sums.taken
        last = self.sums.last
        if last is not None and last.is_spoiled:
            return _("第 {n} 张记为废票。录下一张以前可以按 Ctrl+Z 撤回。", n=number)
        return _("第 {n} 张已计入。录下一张以前可以按 Ctrl+Z 撤回。", n=number)

    def _tell_place(self) -> None:
        sums, returned = self.sums, self.counting.returned
        number = min(sums.taken + 1, returned)
        self.place.setText(_("第 {n} 张，共收回 {count} 张", n=number, count=returned))
        self.sum.setText(
            _("已录：有效 {valid} 张，废票 {spoiled} 张", valid=sums.valid, spoiled=sums.spoiled)
        )
        self.back.setEnabled(sums.last is not None)
        for one in (self.void, self.take):
            one.setEnabled(not self.is_full)
        self._done.setEnabled(sums.taken > 0)

    def _follow_mark(self) -> None:
        """The next ballot has begun: the last one can no longer be taken back."""
        self._asked_to_leave_lines = False
        if self.sums.last is not None:
            self.sums.forget_last()
            self._keep_now_and_then()
            self.back.setEnabled(False)
        missing = self.lines.missing
        if missing:
            left = _n("还有 {n} 行没有录", len(missing))
            self.told.say("info", _("{left}。", left=left))
        else:
            self.told.say("info", _("这一张录完了，按 Enter 计入。"))

    def take_ballot(self) -> None:
        """Take the ballot on the screen; missing lines are said first and then count as left empty."""
        missing = self.lines.missing
        if self.is_full:
            return
        if not self.lines.marks:
            self.told.say(
                "warn", _("这一张一行也没有录。空白的票请按 F 记为废票；确实每一行都未评，就每一行按 0。")
            )
        elif missing and not self._asked_to_leave_lines:
            names = names_listed([one.name for one in missing])
            self.told.say("warn", _("{names}还没有录。再按一次 Enter，就按“未评”计入。", names=names))
            self.lines.go_to_subject(missing[0].uid)
            self._asked_to_leave_lines = True
        else:
            self.sums.take(self.lines.marks)
            self._begin_ballot()

    def take_spoiled(self) -> None:
        """Count the ballot on the screen as spoiled."""
        if not self.is_full:
            self.sums.take_spoiled(self.lines.marks)
            self._begin_ballot()

    def take_back(self) -> None:
        """Bring the last ballot back to the screen, to be mended."""
        marks = self.sums.take_back()
        if marks is not None:
            self._begin_ballot(dict(marks))
            self.told.say("info", _("上一张撤回来了，改好以后再按 Enter。"))

    # ---- keeping and ending

    def _keep_now_and_then(self) -> None:
        if abs(self.sums.taken - self._kept) >= self.counting.least:
            self._keep()

    def _keep(self) -> None:
        self._kept = self.sums.taken
        ballot_drafts.keep_counted(
            self._desk.branch,
            self.counting.batch.uid,
            self.counting.number,
            self.counting.counter,
            self.sums.votes,
            valid=self.sums.valid,
            spoiled=self.sums.spoiled,
        )

    def finish(self) -> None:
        """Store the pass; too few ballots are asked about first."""
        sums, returned = self.sums, self.counting.returned
        if sums.taken >= returned:
            self._store()
            return
        self.lines.setFocus()  # who goes on counting types at once
        ask(
            self,
            _("还没有录完"),
            counted_sentence(returned, sums.valid, sums.spoiled),
            _("少录的票不会算进结果。票确实只有这些的，存好以后把“收回”改成实际张数。"),
            _("就存这些"),
            self._store,
            verb_no=_("接着录"),
        )

    def _store(self) -> None:
        self.sums.forget_last()
        if self._on_counted(self.sums):
            ballot_drafts.drop_counted(self._desk.branch, self.counting.batch.uid, self.counting.number)
            self.accept()

    @override
    def reject(self) -> None:
        """Leave for a while: what was taken is kept as sums, unless they are of too few ballots."""
        if not self.sums.taken:
            super().reject()
        elif self.sums.taken >= self.counting.least:
            self.sums.forget_last()
            self._keep()
            self._desk.toast_requested.emit(
                _n(
                    "前 {n} 张的合计已存下，下次从第 {next} 张接着录。",
                    self.sums.taken,
                    next=self.sums.taken + 1,
                )
            )
            super().reject()
        else:
            self.lines.setFocus()
            ask(
                self,
                _("要停下来吗"),
                _n("才录了 {n} 张。", self.sums.taken),
                _(
                    "不到 {least} 张的合计看得出单张票怎么填，所以不存，下次要从第一张录起。",
                    least=self.counting.least,
                ),
                _("停下来"),
                partial(super().reject),
                verb_no=_("接着录"),
            )
