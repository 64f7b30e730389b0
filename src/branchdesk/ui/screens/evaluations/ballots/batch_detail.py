"""The pane beside the tally: heads of a batch with their sum, its two passes, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QSizePolicy, QWidget

from branchdesk.domain.evaluations.ballot_findings import pass_title
from branchdesk.domain.evaluations.ballots import agreed
from branchdesk.domain.evaluations.model import Batch
from branchdesk.i18n import _, _n, joined
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.ballots.words import (
    FIRST,
    SECOND,
    TONES,
    Stage,
    counted_sentence,
    heads_agree,
    heads_sentence,
    stage_of,
    stage_words,
)
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.layouts import FitScroll, Flow, column, form_rows, row, rule
from branchdesk.ui.widgets.texts import Chip, Elide, Note, Words, restyle

_WIDTH = 330
_HEADS = ("issued", "returned", "spoiled")


class PassLine(QWidget):
    """One pass: whether it is done, by whom, and how many ballots it counted once both agree."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._icon = QLabel()
        self.title, self.told = Words(pass_title(number), "strong"), Note("", "hint")
        line = row(gap=10, parent=self)
        line.addWidget(self._icon)
        texts = column(gap=0)
        texts.addWidget(self.title)
        texts.addWidget(self.told)
        line.addLayout(texts, 1)

    def show_batch(self, batch: Batch | None) -> None:
        """Show the pass of a batch; the figures of one pass alone are never told."""
        counting = batch.counting(self._number) if batch is not None else None
        done = counting is not None
        self._icon.setPixmap(pixmap("circle-check" if done else "circle", "ok" if done else "text3", 20))
        if counting is None:
            self.told.setText(_("还没有录"))
        elif batch is not None and len(batch.passes) > 1:
            ballots = _n("有效 {n} 张", counting.ballots)
            self.told.setText(_("{name} · {ballots}", name=counting.counter, ballots=ballots))
        else:
            self.told.setText(_("{name}已录完，另一遍录完以前不显示。", name=counting.counter))


class BatchDetail(QFrame):
    """One batch of ballots.

    `heads_typed` tells a head and its text, `clearing_wanted` which pass is to be counted anew; the others
    tell what is wanted: what comes next, another batch, this one away, its paper.
    """

    heads_typed = Signal(str, str)
    next_wanted = Signal()
    new_wanted = Signal()
    removal_wanted = Signal()
    print_wanted = Signal()
    clearing_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(px(_WIDTH))
        self.batch: Batch | None = None
        self._may_write = self._may_add = False
        self.code, self.part = Words("", "heading"), Elide("", "hint")
        self.state = Chip("")
        titles = {"issued": _("发出"), "returned": _("收回"), "spoiled": _("废票")}
        self.heads = {name: _head(name, titles[name]) for name in _HEADS}
        self.issued_told, self.returned_told = Note("", "second"), Note("", "second")
        self.passes = {number: PassLine(number) for number in (FIRST, SECOND)}
        self.next = button("", self.next_wanted.emit, icon_name="edit", name="count_next")
        self.print = button("", self.print_wanted.emit, icon_name="printer", name="print_batch")
        self.more = menu_button(self, _("更多"), self.fill_more, name="more_of_batch")
        self._lay_out(titles)
        for name, line in self.heads.items():
            line.editingFinished.connect(partial(self._tell_head, name))
            line.textEdited.connect(self._reckon)

    def _lay_out(self, titles: dict[str, str]) -> None:
        outer = column(margin=14, gap=8, parent=self)
        head = row(gap=8)
        head.addWidget(self.code)
        head.addWidget(self.part, 1)
        head.addWidget(self.state)
        outer.addLayout(head)
        inside = QWidget()
        box = column(gap=8, parent=inside)
        self._fields = form_rows()
        for name, line in self.heads.items():
            self._fields.addRow(_("{head}（张）", head=titles[name]), line)
        box.addLayout(self._fields)
        box.addWidget(self.issued_told)
        box.addWidget(self.returned_told)
        box.addWidget(rule())
        for one in self.passes.values():
            box.addWidget(one)
        box.addStretch(1)
        outer.addWidget(FitScroll(inside), 1)
        foot = QWidget()
        flow = Flow(foot, gap=6)
        for wish in (self.next, self.print, self.more):
            flow.addWidget(wish)
        outer.addWidget(foot)

    # ---- showing

    def show_batch(self, batch: Batch | None, part: str, *, may_write: bool) -> None:
        """Show a batch and the title of the part that it feeds; nothing for None."""
        self.batch = batch
        self.code.setText(batch.code if batch is not None else _("没有测评票"))
        self.part.setText(part)
        for name, line in self.heads.items():
            figure = getattr(batch, name) if batch is not None else None
            if not line.isModified() or not line.hasFocus():
                line.setText("" if figure is None else str(figure))
            line.setReadOnly(not may_write or batch is None)
        for one in self.passes.values():
            one.show_batch(batch)
        stage = stage_of(batch) if batch is not None else Stage.FIRST
        # Spoiled ballots are found in counting: a second counter must not see how many the first one found.
        self._fields.setRowVisible(self.heads["spoiled"], stage in {Stage.DIFFERENT, Stage.AGREED})
        self.state.setVisible(batch is not None)
        self.state.setText(stage_words(stage))
        restyle(self.state, "chip", TONES[stage])
        self._may_add = may_write
        self._show_possible(stage, may_write=may_write and batch is not None)
        self._reckon()

    def set_low(self, *, low: bool) -> None:
        """Leave the height to the heads; papers are also in the menus of the page."""
        self.print.setVisible(not low)

    def _show_possible(self, stage: Stage, *, may_write: bool) -> None:
        words = {
            Stage.FIRST: _("录第一遍…"),
            Stage.SECOND: _("录第二遍…"),
            Stage.DIFFERENT: _("看不一致的地方…"),
            Stage.AGREED: "",
        }[stage]
        self.next.setText(words)
        self.next.setAccessibleName(words)
        self.next.setVisible(bool(words))
        self.next.setEnabled(may_write or stage is Stage.DIFFERENT)
        paper = _("打印结果…") if stage is Stage.AGREED else _("打印测评票…")
        self.print.setText(paper)
        self.print.setAccessibleName(paper)
        self.print.setEnabled(self.batch is not None)
        self._may_write = may_write

    def fill_more(self, menu: QMenu) -> None:
        """What else can be done with ballots: another batch, a pass anew, this batch away."""
        menu.addAction(_("新增一批…"), self.new_wanted.emit).setEnabled(self._may_add)
        if self.batch is None:
            return
        menu.addSeparator()
        for counting in self.batch.passes:
            again = menu.addAction(
                _("重录{number}…", number=pass_title(counting.number)),
                partial(self.clearing_wanted.emit, counting.number),
            )
            again.setEnabled(self._may_write)
        menu.addAction(_("删除这一批…"), self.removal_wanted.emit).setEnabled(self._may_write)

    def _reckon(self) -> None:
        issued, returned, spoiled = (_number(self.heads[name]) for name in _HEADS)
        self.issued_told.setText(heads_sentence(issued, returned) if self.batch is not None else "")
        wrong = self.batch is not None and issued is not None and not heads_agree(issued, returned)
        restyle(self.issued_told, "role", "error" if wrong and returned is not None else "second")
        self.returned_told.setText(self._counted_words(returned, spoiled))

    def _counted_words(self, returned: int | None, spoiled: int | None) -> str:
        """收回 = 有效 + 废票, once both passes agree; before that nobody is told what one of them says."""
        counting = agreed(self.batch) if self.batch is not None else None
        restyle(self.returned_told, "role", "second")
        if counting is None:
            return ""
        fits = returned is not None and counting.ballots + (spoiled or 0) == returned
        restyle(self.returned_told, "role", "second" if fits else "error")
        words = counted_sentence(returned, counting.ballots, spoiled or 0)
        return words if fits else joined(words, _("请核对收回和废票的张数，或者重新点票。"))

    def _tell_head(self, name: str) -> None:
        line = self.heads[name]
        known = getattr(self.batch, name) if self.batch is not None else None
        if self.batch is not None and line.text().strip() != ("" if known is None else str(known)):
            line.setModified(False)
            self.heads_typed.emit(name, line.text().strip())


def _head(name: str, title: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(f"head_{name}")
    made.setAccessibleName(title)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _number(line: QLineEdit) -> int | None:
    text = line.text().strip()
    return int(text) if text.isdecimal() else None
