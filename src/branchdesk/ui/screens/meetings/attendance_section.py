"""Attendance: the live figures, the chips, and the reasons of those who are not there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from branchdesk.domain.meetings.counting_heads import heads_of
from branchdesk.domain.meetings.model import Attendance, Meeting, Presence
from branchdesk.i18n import _
from branchdesk.ui.fields.typed_line import TypedLine
from branchdesk.ui.look import px
from branchdesk.ui.screens.meetings.attendance_board import SPOKEN, AttendanceBoard
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.texts import Chip, Note, Words, restyle

_MISSING = (Presence.LEAVE, Presence.ABSENT)
_REASONS = ("出差", "公休", "病假", "年老体弱", "外出务工", "值班", "因公外出", "家中有事")


class ReasonLines(QWidget):
    """One line for each person who is not there. `entered` tells the person and the reason."""

    entered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._uids: list[str] = []
        self._names: dict[str, Words] = {}
        self.lines: dict[str, TypedLine] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)

    def show_people(self, people: Sequence[Attendance], *, read_only: bool) -> None:
        """Show those who are not there."""
        missing = [one for one in people if one.presence in _MISSING]
        if [one.uid for one in missing] != self._uids:
            self._build(missing)
        for one in missing:
            line = self.lines[one.uid]
            self._names[one.uid].setText(
                _("{name} {presence}", name=one.name, presence=_(SPOKEN[one.presence]))
            )
            line.fill(one.reason)
            line.setReadOnly(read_only)
            restyle(line, "state", "" if one.reason or read_only else "warn")
        self.setVisible(bool(missing))

    def _build(self, missing: Sequence[Attendance]) -> None:
        for widget in (*self._names.values(), *self.lines.values()):
            widget.blockSignals(True)
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._names.clear()
        self.lines.clear()
        self._uids = [one.uid for one in missing]
        for number, one in enumerate(missing):
            words = Words("", "second")
            spoken = _("{name} 为什么没来", name=one.name)
            line = TypedLine(f"reason_{one.uid}", spoken, hint=_("原因，如 出差、住院（Alt+↓ 选）"))
            line.offer(_REASONS)
            line.entered.connect(partial(self.entered.emit, one.uid))
            words.setBuddy(line)
            self._names[one.uid], self.lines[one.uid] = words, line
            self._grid.addWidget(words, number, 0)
            self._grid.addWidget(line, number, 1)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        for line in list(self.lines.values()):
            line.commit()


class AttendanceSection(QWidget):
    """Who was expected, who came and why others did not."""

    marked = Signal(object)
    all_present_requested = Signal()
    roster_requested = Signal()
    details_requested = Signal(str)
    reason_entered = Signal(str, str)
    adding_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = column(gap=8, parent=self)
        head = QWidget()
        flow = Flow(head, gap=8)
        flow.addWidget(Words(_("签到"), "heading"))
        self.figures = Words("", "second")
        flow.addWidget(self.figures)
        self.quorum = Chip("")
        flow.addWidget(self.quorum)
        self._all = button(_("全部到会"), self.all_present_requested.emit, look="link", name="all_present")
        self._more = menu_button(self, _("名单"), self._fill_menu, look="link", name="people_menu")
        for part in (self._all, self._more):
            flow.addWidget(part)
        box.addWidget(head)
        self.board = AttendanceBoard()
        box.addWidget(self.board)
        self._nobody = Note(_("还没有应到人员。"), "hint")
        box.addWidget(self._nobody)
        self._hint = Note(
            _("点一下切换 到→假→缺；键盘 1 到、2 假、3 缺，自动跳下一人；F2 详情；虚线框没有表决权。"), "hint"
        )
        box.addWidget(self._hint)
        self.reasons = ReasonLines()
        box.addWidget(self.reasons)
        self._may_choose = False
        self.board.marked.connect(self.marked)
        self.board.details_requested.connect(self.details_requested)
        self.reasons.entered.connect(self.reason_entered)

    def show_meeting(self, meeting: Meeting, quorum: int | None, *, is_open: bool, may_choose: bool) -> None:
        """Show who is expected and who came; `quorum` is the least number of voters that must be there."""
        self._may_choose = may_choose
        heads = heads_of(meeting)
        parts = [
            _(
                "应到{expected} 实到{present} 请假{leave} 缺席{absent}",
                expected=heads.expected,
                present=heads.present,
                leave=heads.leave,
                absent=heads.absent,
            )
        ]
        if quorum is not None:
            parts.append(_("表决权 {present}/{voters}", present=heads.present_voters, voters=heads.voters))
        self.figures.setText(" · ".join(parts))
        enough = quorum is not None and heads.present_voters >= quorum
        self.quorum.setText(
            _("可以表决") if enough else _("还差 {n} 人", n=(quorum or 0) - heads.present_voters)
        )
        restyle(self.quorum, "chip", "ok" if enough else "warn")
        self.quorum.setVisible(quorum is not None and heads.voters > 0)
        self.board.show_people(meeting.attendance)
        self.board.set_read_only(read_only=not is_open)
        self.reasons.show_people(meeting.attendance, read_only=not is_open)
        self._nobody.setVisible(not meeting.attendance)
        self._hint.setVisible(is_open and bool(meeting.attendance))
        for part in (self._all, self._more):
            part.setVisible(is_open)

    def _begin_call(self) -> None:
        self.board.focus_first_unmarked()

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addAction(_("从没签的人开始点名"), self._begin_call)
        if self._may_choose:
            menu.addAction(_("添加应到的人…"), self.adding_requested.emit)
        menu.addAction(_("按名册重新固定（已签的保留）"), self.roster_requested.emit)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        self.reasons.commit()
