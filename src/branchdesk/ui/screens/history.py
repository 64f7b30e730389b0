"""The history of one member or one record, and the list of everything that was changed in the file."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.identity import masked_identity
from branchdesk.i18n import _, _n
from branchdesk.services import history, members
from branchdesk.services.history import HistoryLine, local_time
from branchdesk.services.open_branch import Changes
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog, ask
from branchdesk.ui.frame import Frame
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.tables import SimpleTable

_PAGE = 200


def _shown(desk: Desk, line: HistoryLine) -> tuple[str, str]:
    """What stood before and after, with its middle hidden where it is private."""
    hide = line.private and not desk.revealed
    before, after = (masked_identity(text) if hide else text for text in (line.before, line.after))
    return before or "—", after or "—"


class RecordHistoryDialog(SheetDialog):
    """What happened to one record, newest first."""

    def __init__(self, desk: Desk, name: str, uid: str, parent: QWidget) -> None:
        heading = _("{name} · 修改记录", name=name)
        super().__init__(heading, parent, width=860, height=520)
        self.setObjectName("record_history")
        self._desk = desk
        self._uid = uid
        self._lines: list[HistoryLine] = []
        self.table = SimpleTable([_("时间"), _("谁"), _("内容"), _("原来"), _("改成"), _("来源")])
        self.table.setMinimumHeight(px(160))
        self.table.setAccessibleName(heading)
        self.body.addWidget(self.table, 1)
        self.note = Banner()
        self.note.say("info", _("每一次修改都留痕，不能删除；要回到从前，可以在“修改记录”里撤销那一步。"))
        self.body.addWidget(self.note)
        self._offer()
        self.add_button(_("关闭"), look="primary", name="close")
        self._fill()

    def _offer(self) -> None:
        """The buttons beside 关闭."""

    def _fill(self) -> None:
        self._lines = history.record_history(self._desk.branch, self._uid)
        rows = []
        for line in self._lines:
            at = line.at.strftime("%Y.%m.%d %H:%M")
            rows.append((at, line.who, line.field, *_shown(self._desk, line), line.source))
        self.table.show_rows(rows)


class MemberHistoryDialog(RecordHistoryDialog):
    """What happened to one member, field by field, each earlier value one click away."""

    def __init__(self, desk: Desk, uid: str, parent: QWidget) -> None:
        file = members.member_file(desk.branch, uid)
        super().__init__(desk, file.name if file else "", uid, parent)
        self.setObjectName("member_history")
        self.note.say("info", _("每一次修改都留痕，不能删除；恢复也会作为一次新的修改记下来。"))
        self.table.itemSelectionChanged.connect(self._show_restorable)

    @override
    def _offer(self) -> None:
        self.add_button(_("打印修改记录"), self._print_lines, name="print_history", apart=True)
        self._restore = self.add_button(_("恢复选中的值"), self._restore_value, name="restore")

    @override
    def _fill(self) -> None:
        super()._fill()
        self._show_restorable()

    def _current(self) -> HistoryLine | None:
        row = self.table.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _show_restorable(self) -> None:
        line = self._current()
        may_write = self._desk.branch.person.role.may_write
        self._restore.setEnabled(line is not None and line.restorable and may_write)

    def _restore_value(self) -> None:
        line = self._current()
        if line is not None:
            work = partial(history.restore_value, self._desk.branch, line, self._uid)
            if self._desk.do(work, _("已恢复原来的值。")) is not None:
                self._fill()

    def _print_lines(self) -> None:
        self._desk.screen_requested.emit("print_history", self._uid)


def open_member_history(window: Frame, uid: str) -> MemberHistoryDialog:
    """Open the history of a member."""
    dialog = MemberHistoryDialog(window.desk, uid, window)
    dialog.open()
    return dialog


def open_record_history(window: Frame, target: tuple[str, str]) -> RecordHistoryDialog:
    """Open the history of a record: `target` is its uid and what it is called."""
    uid, name = target
    dialog = RecordHistoryDialog(window.desk, name, uid, window)
    dialog.open()
    return dialog


class HistoryScreen(Page):
    """Every change of the file, newest first, to look into and to take back."""

    key = "history"
    help_topic = "history"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("修改记录"))
        self.subtitle.setText(_("每一步都记在这里，可以看是谁、什么时候、改了什么，也可以撤销"))
        verb = _("检查记录是否被改动")
        self._check = button(verb, self._check_chain, icon_name="shield-check", name="check_chain")
        self._more = button(_("再看更早的记录"), self._load_more, name="more")
        self._undo = button(
            _("撤销这一步"), self._ask_undo, look="primary", icon_name="arrow-back-up", name="undo_change"
        )
        self.set_buttons([self._check, self._more, self._undo])
        self.table = SimpleTable([_("时间"), _("谁"), _("做了什么"), _("涉及"), _("状态")], 2)
        self.table.setAccessibleName(_("修改记录"))
        self.table.itemSelectionChanged.connect(self._show_detail)
        self.first_focus = self.table
        self.detail = SimpleTable([_("内容"), _("原来"), _("改成")])
        self.detail.setAccessibleName(_("这一步改了什么"))
        self.detail.setMaximumHeight(px(200))
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.detail, 2)
        self._entries: list[history.Entry] = []
        desk.changed.connect(self._follow_change)

    @override
    def shown(self, target: object = None) -> None:
        self.refresh()

    @override
    def refresh(self) -> None:
        self._entries = history.recent_changes(self.desk.branch, _PAGE)
        self._fill()

    def _load_more(self) -> None:
        before = self._entries[-1].seq if self._entries else None
        self._entries += history.recent_changes(self.desk.branch, _PAGE, before)
        self._fill()

    def _fill(self) -> None:
        self.table.show_rows(
            [
                (
                    local_time(entry.at).strftime("%Y.%m.%d %H:%M"),
                    entry.person_name,
                    entry.label,
                    _n("{n} 处", entry.rows) if entry.rows else "",
                    _("已撤销") if entry.undone else "",
                )
                for entry in self._entries
            ]
        )
        self._more.setEnabled(bool(self._entries) and self._entries[-1].seq > 1)
        self._show_detail()

    def _current(self) -> history.Entry | None:
        row = self.table.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _show_detail(self) -> None:
        entry = self._current()
        may_write = self.desk.branch.person.role.may_write
        self._undo.setEnabled(entry is not None and bool(entry.rows) and not entry.undone and may_write)
        lines = history.lines_of_change(self.desk.branch, entry.seq) if entry is not None else []
        self.detail.show_rows([(line.field, *_shown(self.desk, line)) for line in lines])

    def _ask_undo(self) -> None:
        entry = self._current()
        if entry is None:
            return
        sentence = _("撤销“{label}”？", label=entry.label)
        advice = _("撤销也会记成一步，随时可以再恢复。后来又改过的内容不会被覆盖。")
        ask(self, _("撤销这一步"), sentence, advice, _("撤销"), partial(self._take_back, entry.seq))

    def _take_back(self, seq: int) -> None:
        self.desk.do(partial(self.desk.branch.undo, seq), _("已撤销。"))

    def _check_chain(self) -> None:
        report = history.check_chain(self.desk.branch)
        if report.broken_at is None:
            self.banner.say("ok", _n("修改记录完好，共 {n} 步。", report.changes))
        else:
            self.banner.say(
                "err", _("修改记录在第 {n} 步对不上，请从备份恢复并查明原因。", n=report.broken_at)
            )

    def _follow_change(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()
