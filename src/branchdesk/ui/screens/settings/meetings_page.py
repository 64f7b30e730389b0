"""What minutes are checked for, each check with a switch, and the fixed phrases that a key puts in."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from branchdesk.i18n import _
from branchdesk.services.meetings.phrases import fixed_phrases, set_phrases
from branchdesk.services.meetings.quality import CheckSwitch, check_switches, switch_check
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note, Words

_ROWS = 6


class MeetingsPage(QWidget):
    """Checks before minutes are final, and fixed phrases."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._checks: list[CheckSwitch] = []
        box = column(gap=10, parent=self)
        box.addWidget(Words(_("定稿前的检查"), "heading"))
        box.addWidget(Note(_("会议定稿前按下面的项目检查。停用一项要写明原因，原因会一直留着。")))
        self.table = SimpleTable([_("检查"), _("状态"), _("停用的原因")])
        self.table.setAccessibleName(_("定稿前的检查"))
        self.table.keep_room(_ROWS)
        self.table.itemSelectionChanged.connect(self._show_possible)
        box.addWidget(self.table, 2)
        line = QWidget()
        flow = Flow(line)
        self._off = button(_("停用这一项"), self._ask_reason, name="switch_off")
        self._on = button(_("恢复这一项"), self._switch_on, name="switch_on")
        flow.addWidget(self._off)
        flow.addWidget(self._on)
        box.addWidget(line)
        box.addWidget(Words(_("会议常用语"), "heading"))
        box.addWidget(Note(_("一行一句，写记录时按 F7 可以插入。全部删掉就回到程序自带的。")))
        self.phrases = QPlainTextEdit()
        self.phrases.setAccessibleName(_("会议常用语"))
        self.phrases.setTabChangesFocus(True)
        self.phrases.setMinimumHeight(px(140))
        self.phrases.textChanged.connect(self._show_possible)
        box.addWidget(self.phrases, 1)
        ending = QWidget()
        saving = Flow(ending)
        self._save = button(_("用这些常用语"), self._keep_phrases, name="save_phrases")
        saving.addWidget(self._save)
        box.addWidget(ending)
        self._fill()
        desk.changed.connect(self._fill)

    def _fill(self) -> None:
        self._checks = check_switches(self._desk.branch)
        self.table.show_rows(
            [(one.title, _("检查") if one.is_on else _("停用"), one.reason) for one in self._checks],
            past={place for place, one in enumerate(self._checks) if not one.is_on},
        )
        if not self.phrases.document().isModified():
            self.phrases.setPlainText("\n".join(fixed_phrases(self._desk.branch)))
        self._show_possible()

    def _current(self) -> CheckSwitch | None:
        row = self.table.currentRow()
        return self._checks[row] if 0 <= row < len(self._checks) else None

    def _show_possible(self) -> None:
        may_write = self._desk.branch.person.role.may_write
        chosen = self._current()
        self._off.setEnabled(may_write and chosen is not None and chosen.is_on)
        self._on.setEnabled(may_write and chosen is not None and not chosen.is_on)
        self._save.setEnabled(may_write and self.phrases.document().isModified())
        self.phrases.setReadOnly(not may_write)

    def _ask_reason(self) -> None:
        chosen = self._current()
        if chosen is not None:
            explanation = _("停用以后，定稿时不再检查“{check}”。", check=chosen.title)
            work = partial(self._switch_off, chosen.name)
            LineDialog(_("停用一项检查"), explanation, _("为什么"), _("停用"), work, self).open()

    def _switch_off(self, name: str, reason: str) -> None:
        self._desk.do(partial(switch_check, self._desk.branch, name, reason), _("已停用这一项检查。"))

    def _switch_on(self) -> None:
        chosen = self._current()
        if chosen is not None:
            work = partial(switch_check, self._desk.branch, chosen.name, None)
            self._desk.do(work, _("已恢复这一项检查。"))

    def _keep_phrases(self) -> None:
        lines = self.phrases.toPlainText().split("\n")
        self.phrases.document().setModified(False)
        self._desk.do(partial(set_phrases, self._desk.branch, lines), _("常用语已改好。"))
