"""What is asked before ballots are counted: who counts, how many came back, ballot by ballot or sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.ballot_findings import pass_title
from branchdesk.domain.evaluations.ballots import is_same_counter
from branchdesk.domain.evaluations.model import Batch
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.services.evaluations import ballot_drafts, ballots
from branchdesk.services.evaluations.ballot_drafts import CountedSoFar
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.screens.evaluations.ballots.words import (
    FIRST,
    SECOND,
    heads_sentence,
)
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Note

ONE_BY_ONE, SUMS = "one_by_one", "sums"
_WIDTH = 560


@dataclass(frozen=True)
class Begun:
    """How somebody is going to count: the name, the way, and what goes on from an earlier time."""

    counter: str
    way: str
    resumed: CountedSoFar | None


class BeginCountingDialog(FormDialog):
    """Begins one pass. The second one is refused to the person who did the first."""

    def __init__(
        self, desk: Desk, batch: Batch, number: int, on_begin: Callable[[Begun], object], parent: QWidget
    ) -> None:
        heading = _("录入测评票 {code} · {number}", code=batch.code, number=pass_title(number))
        super().__init__(heading, _("开始录"), parent, width=_WIDTH)
        self.setObjectName("begin_counting")
        self._desk, self._batch, self._number = desk, batch, number
        self._on_begin = on_begin
        self._begun: Begun | None = None
        self.kept = ballot_drafts.counted_so_far(desk.branch, batch.uid, number)
        self.told = Note(self._introduction())
        self.body.insertWidget(0, self.told)
        self.counter = self.line(_("计票人"), self._usual_counter(), _("谁在录，写姓名"))
        self.issued = self.line(_("发出"), _figure(batch.issued), _("发出的张数"))
        self.returned = self.line(_("收回"), _figure(batch.returned), _("收回的张数"))
        self.reckoned = Note("", "hint")
        self.way = Segments([(ONE_BY_ONE, _("一张一张录")), (SUMS, _("只录合计"))], ONE_BY_ONE)
        self._lay_out()
        self._reckon()

    def _lay_out(self) -> None:
        self.form.addRow("", self.reckoned)
        ways = QWidget()
        beside = row(gap=0, parent=ways)
        beside.addWidget(self.way)
        beside.addStretch(1)
        self.form.addRow(_("怎么录"), ways)
        self.go_on = QCheckBox(_("接着上次的录"))
        self.go_on.setVisible(self.kept is not None)
        if self.kept is not None:
            self.go_on.setChecked(True)
            self.form.addRow("", self.go_on)
        for line in (self.issued, self.returned):
            line.textChanged.connect(self._reckon)
        (self.counter if not self.counter.text() else self.returned).setFocus()

    def _introduction(self) -> str:
        if self.kept is not None:
            when = f"{self.kept.saved_at:%m.%d %H:%M}"
            return _n(
                "{name} {when} 录了 {n} 张，合计还存着，可以接着录。",
                self.kept.taken,
                name=self.kept.counter,
                when=when,
            )
        if self._number == FIRST:
            return _("把收回的票理成一叠，从上往下录。票上没有姓名，程序也不记哪一张是谁的、录的先后。")
        first = self._batch.counting(FIRST)
        name = first.counter if first is not None else ""
        return _(
            "第一遍是{name}录的，第二遍请换一个人，把同一叠票从头再录一遍。录的时候看不到第一遍的数。",
            name=name,
        )

    def _usual_counter(self) -> str:
        if self.kept is not None:
            return self.kept.counter
        # A second counter types the name: whoever is signed in has often counted first.
        return self._desk.branch.person.name if self._number == FIRST else ""

    def _reckon(self) -> None:
        self.reckoned.setText(heads_sentence(_number(self.issued), _number(self.returned)))

    @override
    def act(self) -> None:
        counter = self.counter.text().strip()
        other = self._batch.counting(FIRST if self._number == SECOND else SECOND)
        if not counter:
            raise Problem(_("请写上计票人的姓名。"))
        if other is not None and is_same_counter(counter, other.counter):
            raise Problem(
                _("另一遍也是{name}录的。", name=other.counter),
                _("两遍要由两个人各录一遍，才查得出录错的票。"),
            )
        if not _number(self.returned):
            raise Problem(_("请填收回了多少张票。"))
        typed = {"issued": self.issued.text().strip(), "returned": self.returned.text().strip()}
        if typed != {"issued": _figure(self._batch.issued), "returned": _figure(self._batch.returned)}:
            self._desk.adopt(ballots.set_heads(self._desk.branch, self._batch.uid, typed))
        goes_on = self.kept is not None and self.go_on.isChecked() and self.way.current == ONE_BY_ONE
        if goes_on and self.kept is not None and not is_same_counter(counter, self.kept.counter):
            raise Problem(
                _("前面的票是{name}录的。", name=self.kept.counter),
                _("换了人，请去掉“接着上次的录”，从第一张录起。"),
            )
        self._begun = Begun(counter, self.way.current, self.kept if goes_on else None)

    @override
    def accept(self) -> None:
        super().accept()
        if self._begun is not None:
            self._on_begin(self._begun)


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(line: QLineEdit) -> int | None:
    text = line.text().strip()
    return int(text) if text.isdecimal() else None
