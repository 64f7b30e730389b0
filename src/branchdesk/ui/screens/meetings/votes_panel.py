"""The votes of a meeting: a row for each with its figures, whether it is carried, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from branchdesk.domain.meetings.model import Vote, VoteKind
from branchdesk.i18n import _, _n, later, listed
from branchdesk.ui.fields.typed_line import TypedLine, labelled
from branchdesk.ui.look import px
from branchdesk.ui.screens.meetings.figures import FigureBox
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column, row
from branchdesk.ui.widgets.texts import Chip, Note, Words, restyle

_FIGURES = (("in_favour", later("赞成")), ("against", later("反对")), ("abstained", later("弃权")))


@dataclass(frozen=True)
class JudgedVote:
    """A vote with what is to be shown about it: one word, its tone, and the explanation."""

    vote: Vote
    words: str = ""
    tone: str = ""
    explanation: str = ""


class VoteRow(QFrame):
    """One vote. `changed` tells its uid with the texts typed, by the names of the vote's figures."""

    changed = Signal(str, object)
    details_requested = Signal(str)
    candidates_requested = Signal(str)

    def __init__(self, judged: JudgedVote) -> None:
        super().__init__()
        self.uid = judged.vote.uid
        self.is_election = judged.vote.kind is VoteKind.ELECTION
        self._tone = ""
        self.setProperty("role", "verdict")
        self.setObjectName(f"vote_{self.uid}")
        box = column(margin=10, gap=6, parent=self)
        head = row(gap=8)
        head.addWidget(Words(_("选举") if self.is_election else _("表决"), "strong"))
        self.subject = TypedLine("vote_subject", _("表决事项"), hint=_("写明表决什么"))
        self.subject.entered.connect(partial(self._tell, "subject"))
        head.addWidget(self.subject, 1)
        box.addLayout(head)
        figures = QWidget()
        flow = Flow(figures, gap=8)
        self.boxes: dict[str, FigureBox] = {}
        for key, label in () if self.is_election else _FIGURES:
            spoken = _(label)
            made = FigureBox(f"vote_{key}", spoken)
            made.entered.connect(partial(self._tell, key))
            self.boxes[key] = made
            flow.addWidget(labelled(spoken, made))
        self._chip = Chip("")
        if self.is_election:
            ask = partial(self.candidates_requested.emit, self.uid)
            flow.addWidget(button(_("候选人和得票…"), ask, look="link", name="candidates"))
        ask = partial(self.details_requested.emit, self.uid)
        flow.addWidget(button(_("更多…"), ask, look="link", name="vote_details"))
        flow.addWidget(self._chip)
        self._reason = button(_("依据"), self._toggle_reason, look="link", name="vote_reason")
        self._reason.setCheckable(True)
        flow.addWidget(self._reason)
        box.addWidget(figures)
        self._facts = Note(role="hint")
        box.addWidget(self._facts)
        self._why = Note(role="hint")
        box.addWidget(self._why)
        self.show_vote(judged)

    def _tell(self, key: str, text: str) -> None:
        self.changed.emit(self.uid, {key: text})

    def _toggle_reason(self) -> None:
        """Show rule, facts and outcome, or only the outcome; what is refused shows them by itself."""
        self._why.setVisible(self._reason.isChecked() and bool(self._why.text()))

    def show_vote(self, judged: JudgedVote) -> None:
        """Show the figures and what follows from them."""
        vote = judged.vote
        self.subject.fill(vote.subject)
        for key, made in self.boxes.items():
            made.fill(getattr(vote, key))
        self._facts.setText(_facts_of(vote))
        self._chip.setText(judged.words)
        self._chip.setVisible(bool(judged.words))
        restyle(self._chip, "chip", judged.tone)
        restyle(self, "tone", judged.tone)
        self._chip.setToolTip(judged.explanation)
        self._reason.setToolTip(judged.explanation)
        self._reason.setVisible(bool(judged.explanation))
        self._why.setText(judged.explanation)
        if judged.tone == "err" != self._tone:
            self._reason.setChecked(True)
        self._tone = judged.tone
        self._toggle_reason()

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        for line in (self.subject, *self.boxes.values()):
            line.setReadOnly(read_only)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        self.subject.commit()
        for box in self.boxes.values():
            box.commit()


def _facts_of(vote: Vote) -> str:
    """What was counted besides the three figures, as far as it is known."""
    parts = []
    if vote.person_name:
        parts.append(vote.person_name)
    if vote.secret:
        parts.append(_("无记名"))
    for sentence, count in (
        (later("有表决权 {n} 人"), vote.eligible),
        (later("到会 {n} 人"), vote.present),
        (later("书面意见 {n} 份"), vote.written or None),
        (later("发出 {n} 张"), vote.issued),
        (later("收回 {n} 张"), vote.returned),
        (later("无效 {n} 张"), vote.invalid or None),
        (later("应选 {n} 名"), vote.seats),
    ):
        if count is not None:
            parts.append(_(sentence, n=count))
    if vote.candidates:
        names = listed(
            _("{name} {n} 票", name=one.name, n=one.in_favour) if one.in_favour is not None else one.name
            for one in vote.candidates
        )
        parts.append(_("候选人：{names}", names=names))
    return " · ".join(parts)


class VotesPanel(QWidget):
    """All votes of a meeting, and the button for another."""

    changed = Signal(str, object)
    details_requested = Signal(str)
    candidates_requested = Signal(str)
    adding_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[VoteRow] = []
        box = column(gap=8, parent=self)
        head = QWidget()
        flow = Flow(head, gap=12)
        flow.addWidget(Words(_("表决和选举"), "heading"))
        self._count = Words("", "hint")
        flow.addWidget(self._count)
        self._add = button(
            _("添加表决"), self.adding_requested.emit, look="link", icon_name="plus", name="add_vote"
        )
        flow.addWidget(self._add)
        box.addWidget(head)
        self._places = column(gap=8)
        self._places.setContentsMargins(0, 0, px(2), 0)
        box.addLayout(self._places)

    def show_votes(self, votes: Sequence[JudgedVote]) -> None:
        """Show the votes, keeping rows that stay so that nobody loses the place."""
        same = [(row.uid, row.is_election) for row in self.rows] == [
            (one.vote.uid, one.vote.kind is VoteKind.ELECTION) for one in votes
        ]
        if not same:
            self._build(votes)
        for shown, judged in zip(self.rows, votes, strict=True):
            shown.show_vote(judged)
        self._count.setText(_n("{n} 项", len(votes)) if votes else "")
        self._count.setVisible(bool(votes))

    def _build(self, votes: Sequence[JudgedVote]) -> None:
        for old in self.rows:
            old.hide()
            self._places.removeWidget(old)
            old.deleteLater()
        self.rows = [VoteRow(judged) for judged in votes]
        for made in self.rows:
            made.changed.connect(self.changed)
            made.details_requested.connect(self.details_requested)
            made.candidates_requested.connect(self.candidates_requested)
            self._places.addWidget(made)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        self._add.setVisible(not read_only)
        for shown in self.rows:
            shown.set_read_only(read_only=read_only)

    def focus_last(self) -> None:
        """Go to the figures of the last vote."""
        if self.rows:
            last = self.rows[-1]
            first = next(iter(last.boxes.values()), None)
            (first if first is not None and last.subject.text() else last.subject).setFocus()

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for shown in self.rows:
            shown.commit()
