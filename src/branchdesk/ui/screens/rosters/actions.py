"""What can be done with members from the roster: entering, deleting, events, showing hidden numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.members import possible_events
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n, joined, listed
from branchdesk.services import members
from branchdesk.services.rosters import RosterRow
from branchdesk.ui.bin_dialog import BinDialog, bin_days
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.rosters.dialogs import NEW_MEMBER_DRAFT, NewMemberDialog
from branchdesk.ui.screens.rosters.event_dialog import EventDialog
from branchdesk.ui.screens.rosters.model import RosterTableModel

# So many are named before they are moved to the bin.
_MOST_NAMED = 3


class MemberActions(QObject):
    """Opens the dialogs of the roster and carries out what they answer."""

    revealed = Signal(bool)

    def __init__(self, desk: Desk, model: RosterTableModel, screen: QWidget) -> None:
        super().__init__(screen)
        self._desk = desk
        self._model = model
        self._screen = screen

    def begin_new(self, draft: Mapping[str, Any] | None = None) -> None:
        """Open the dialog for a new member, perhaps with what was typed last time."""
        home = self._model.home
        if home is None:
            self._desk.problem_met.emit(
                Problem(_("请先在左边选中一个支部或党小组。"), _("新增的党员会放在那里。"))
            )
            return
        NewMemberDialog(self._desk, self._model.roster.around, home, self._screen, draft).open()

    def offer_draft(self) -> None:
        """Open the dialog again where a new member was being typed when the program ended."""
        kept = self._desk.branch.drafts().get(NEW_MEMBER_DRAFT)
        if kept is not None and self._model.home is not None:
            QTimer.singleShot(0, self, partial(self.begin_new, kept[1]))

    def print_sheet(self, uid: str) -> None:
        """Open the preview of a member's sheet."""
        self._desk.screen_requested.emit("print_sheet", [uid])

    def show_history(self, uid: str) -> None:
        """Open what was changed about a member."""
        self._desk.screen_requested.emit("member_history", uid)

    def delete(self, chosen: Sequence[RosterRow]) -> None:
        """Move members to the recycle bin, after a reason."""
        if not chosen:
            return
        uids = [member.uid for member in chosen]
        names = listed(member.values["name"] or "" for member in chosen[:_MOST_NAMED])

        def agree(why: str) -> None:
            self._desk.do(
                partial(members.move_to_bin, self._desk.branch, uids, why),
                _n("{n} 名党员已移到回收站。", len(uids)),
            )

        if len(chosen) > _MOST_NAMED:
            names = _n("{names} 等 {n} 名党员", len(chosen), names=names)
        text = _("把 {names} 移到回收站？{days} 天内可以恢复。", names=names, days=bin_days())
        hint = _("转出、去世、出党的党员不要删除，请用“登记变动”。")
        BinDialog(joined(text, hint), agree, self._screen).open()

    def record_event(self, uid: str) -> None:
        """Open the dialog that records an event."""
        file = members.member_file(self._desk.branch, uid)
        if file is None:
            return
        if not possible_events(file.standing):
            sentence = _("{name} 现在没有可以登记的变动。", name=file.name)
            advice = _("请先看“党籍”里已有的记录；记错了可以修改或删除那一条。")
            self._desk.problem_met.emit(Problem(sentence, advice))
            return
        EventDialog(self._desk, self._model.roster.around, file, self._screen).open()

    def correct_event(self, uid: str, event: Mapping[str, Any]) -> None:
        """Open the dialog that corrects an event."""
        file = members.member_file(self._desk.branch, uid)
        if file is not None:
            EventDialog(self._desk, self._model.roster.around, file, self._screen, event).open()

    def reveal(self, wanted: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Show or hide private numbers; showing wants a reason, which is kept."""
        if not wanted:
            self._set_revealed(revealed=False)
            return

        def agree(reason: str) -> None:
            if self._desk.do(partial(members.note_reveal, self._desk.branch, reason)) is not None:
                self._set_revealed(revealed=True)

        self.revealed.emit(self._desk.revealed)
        text = _("显示完整的身份证号和手机号会记入修改记录。")
        reason = _("写一句理由")
        LineDialog(_("显示完整证号"), text, reason, _("显示"), agree, self._screen).open()

    def _set_revealed(self, *, revealed: bool) -> None:
        self._desk.revealed = revealed
        self.revealed.emit(revealed)
