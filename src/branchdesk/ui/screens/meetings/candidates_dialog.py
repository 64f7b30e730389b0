"""The candidates of an election with what each got, filled in by keyboard as papers are counted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from branchdesk.domain.meetings.model import Candidate, Vote
from branchdesk.i18n import _, later
from branchdesk.services.meetings import voting
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.fields.typed_line import TypedLine
from branchdesk.ui.look import px
from branchdesk.ui.screens.meetings.figures import FigureBox
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile, load_file
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.scrolling import GrowingScroll
from branchdesk.ui.widgets.texts import Chip, Note, Words, restyle

_FIGURES = (("in_favour", later("赞成")), ("against", later("反对")), ("abstained", later("弃权")))


class CandidatesDialog(SheetDialog):
    """Each line is one name in the order of the ballot; what is typed is stored when a box is left."""

    def __init__(self, edits: MeetingEdits, file: MeetingFile, vote: Vote, parent: QWidget) -> None:
        super().__init__(_("候选人和得票 · {subject}", subject=vote.subject), parent, width=620, height=600)
        self.setObjectName("candidates")
        self._edits = edits
        self._vote = vote.uid
        self._people = {one.name: one.person for one in file.meeting.attendance}
        self._shown: tuple[str, ...] | None = None
        self.boxes: dict[tuple[str, str], FigureBox] = {}
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, px(8), 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        whole = QWidget()
        box = column(gap=12, parent=whole)
        box.addWidget(content)
        self._chip = Chip("")
        self._why = Note("", "hint")
        box.addWidget(self._chip)
        box.addWidget(self._why)
        box.addStretch(1)
        scroll = GrowingScroll(whole)
        scroll.setMinimumHeight(px(180))
        self.body.addWidget(scroll, 1)
        line = row(gap=8)
        self.name = TypedLine("candidate_name", _("候选人姓名"), hint=_("姓名，几个人用顿号隔开"))
        self.name.offer(list(self._people))
        line.addWidget(self.name, 1)
        line.addWidget(button(_("添加候选人"), self._add, icon_name="user-plus", name="add_candidate"))
        line.addWidget(button(_("添加另选人"), self._add_write_in, name="add_write_in"))
        self.body.addLayout(line)
        self.add_button(_("关闭"), look="primary", name="close")
        edits.desk.changed.connect(self._refresh)
        self._refresh()
        self.name.setFocus()

    def _refresh(self) -> None:
        file = load_file(self._edits.desk.branch, self._edits.uid)
        judged = next((one for one in file.votes if one.vote.uid == self._vote), None)
        if judged is None:
            self.reject()
            return
        candidates = judged.vote.candidates
        if self._shown != tuple(one.uid for one in candidates):
            self._build(candidates)
        for one in candidates:
            for key, _label in _FIGURES:
                self.boxes[one.uid, key].fill(getattr(one, key))
        self._chip.setText(judged.words)
        self._chip.setVisible(bool(judged.words) and bool(candidates))
        restyle(self._chip, "chip", judged.tone)
        self._why.setText(judged.explanation)

    def _build(self, candidates: tuple[Candidate, ...]) -> None:
        self._shown = tuple(one.uid for one in candidates)
        self.boxes.clear()
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not candidates:
            self._grid.addWidget(Note(_("还没有候选人。候选人按姓氏笔画排列。"), "hint"), 0, 0)
            return
        for place, (_key, label) in enumerate(_FIGURES, start=1):
            self._grid.addWidget(Words(_(label), "second"), 0, place)
        for number, one in enumerate(candidates, start=1):
            name = _("{name}（另选人）", name=one.name) if one.write_in else one.name
            self._grid.addWidget(Words(name, "strong"), number, 0)
            for place, (key, label) in enumerate(_FIGURES, start=1):
                spoken = _("{name} {figure}", name=one.name, figure=_(label))
                made = FigureBox(f"candidate_{number}_{key}", spoken, getattr(one, key), goes_on=False)
                made.returnPressed.connect(self._next_box)
                made.entered.connect(partial(self._store, one.uid, key))
                self.boxes[one.uid, key] = made
                self._grid.addWidget(made, number, place)
            remove = button("", partial(self._remove, one.uid), look="ghost", icon_name="x")
            remove.setToolTip(_("去掉 {name}", name=one.name))
            remove.setAccessibleName(remove.toolTip())
            self._grid.addWidget(remove, number, len(_FIGURES) + 1)

    def _store(self, candidate: str, key: str, text: str) -> None:
        if self._edits.do(voting.change_candidate, candidate, {key: text}) is None:
            self._refresh()

    def _next_box(self) -> None:
        """From box to box, never to what takes a name out."""
        boxes: list[QWidget] = [*self.boxes.values(), self.name]
        here = self.sender()
        place = next((number for number, one in enumerate(boxes) if one is here), len(boxes) - 2)
        boxes[place + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self) -> None:
        self._add_names(write_in=False)

    def _add_write_in(self) -> None:
        self._add_names(write_in=True)

    def _add_names(self, *, write_in: bool) -> None:
        typed = self.name.text().replace("，", "、").replace(",", "、").split("、")
        names = [(name.strip(), self._people.get(name.strip())) for name in typed if name.strip()]
        if names and self._edits.do(voting.add_candidates, self._vote, names, write_in=write_in) is not None:
            self.name.clear()
        self.name.setFocus()

    def _remove(self, candidate: str) -> None:
        self._edits.do(voting.remove_candidates, [candidate])
