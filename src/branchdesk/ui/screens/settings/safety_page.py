"""Passwords, the recovery card, the people who can open the branch, and locking when idle."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.i18n import _, _n
from branchdesk.services import branches
from branchdesk.services.open_branch import ROLE_NAMES, Person, Role
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog, ask
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.recovery_card import RecoveryCardDialog
from branchdesk.ui.widgets.buttons import Segments, button
from branchdesk.ui.widgets.layouts import Flow, column, rule
from branchdesk.ui.widgets.passwords import PasswordLine
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note, Words

_MINUTES = (5, 10, 30, 0)


class SafetyPage(QWidget):
    """How the branch is locked and who has a key."""

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__()
        self._desk = desk
        self._jobs = jobs
        self._people: list[Person] = []
        box = column(gap=12, parent=self)
        box.addWidget(Words(_("我的口令"), "heading"))
        box.addWidget(Note(_("数据库用口令加密。忘了口令又没有恢复卡，数据就打不开了。")))
        box.addWidget(
            self._buttons(
                button(_("更改口令"), self._open_change, icon_name="key", name="change_password"),
                button(_("更换恢复卡"), self._ask_new_card, icon_name="id", name="new_card"),
            )
        )
        box.addWidget(rule())
        box.addWidget(Words(_("能打开这个支部文件的人"), "heading"))
        self.table = SimpleTable([_("姓名"), _("身份")], 0)
        self.table.setAccessibleName(_("使用人"))
        self.table.setFixedHeight(px(150))
        box.addWidget(self.table)
        box.addWidget(
            self._buttons(
                button(_("增加使用人"), self._open_add, icon_name="user-plus", name="add_person"),
                button(_("移除"), self._open_remove, look="ghost", icon_name="user-x", name="remove_person"),
            )
        )
        box.addWidget(rule())
        box.addWidget(Words(_("无人操作时自动锁定"), "heading"))
        labels = [(str(n), _n("{n} 分钟", n) if n else _("不锁定")) for n in _MINUTES]
        current = desk.settings.lock_minutes if desk.settings.lock_minutes in _MINUTES else _MINUTES[0]
        self.minutes = Segments(labels, str(current))
        self.minutes.chosen.connect(self._take_minutes)
        box.addWidget(self._buttons(self.minutes))
        box.addStretch(1)
        self._show_people()

    @staticmethod
    def _buttons(*widgets: QWidget) -> QWidget:
        line = QWidget()
        flow = Flow(line)
        for widget in widgets:
            flow.addWidget(widget)
        return line

    def _show_people(self) -> None:
        self._people = self._desk.branch.keyring().people()
        self.table.show_rows([(person.name, _(ROLE_NAMES[person.role])) for person in self._people])

    def _take_minutes(self, value: str) -> None:
        self._desk.preferences.choose(lock_minutes=int(value))

    # ---- passwords and cards

    def _open_change(self) -> None:
        PasswordDialog(self._desk, self).open()

    def _ask_new_card(self) -> None:
        ask(
            self,
            _("更换恢复卡"),
            _("更换后旧的恢复卡就作废了。"),
            _("新卡要马上打印出来，装进信封交书记保管。"),
            _("更换"),
            self._renew_card,
        )

    def _renew_card(self) -> None:
        card = self._desk.do(partial(branches.renew_card, self._desk.branch))
        if card is not None:
            RecoveryCardDialog(self._desk.branch, card, self).open()

    # ---- people

    def _open_add(self) -> None:
        dialog = PersonDialog(self._desk, self)
        dialog.accepted.connect(self._show_people)
        dialog.open()

    def _open_remove(self) -> None:
        if not 0 <= self.table.currentRow() < len(self._people):
            return
        person = self._people[self.table.currentRow()]
        RemovePersonDialog(self._desk, person, self._removed, self).open()

    def _removed(self, card: str) -> None:
        self._show_people()
        RecoveryCardDialog(self._desk.branch, card, self).open()


def _secret(dialog: FormDialog, label: str, *, strength: bool = False) -> PasswordLine:
    """A row for a password."""
    line = PasswordLine(label, strength=strength)
    dialog.add_row(label, line)
    return line


class PasswordDialog(FormDialog):
    """Gives the present person a new password."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(_("更改口令"), _("更改"), parent)
        self.setObjectName("change_password_dialog")
        self._desk = desk
        self.old = _secret(self, _("现在的口令"))
        self.new = _secret(self, _("新口令"), strength=True)
        self.again = _secret(self, _("再输一次"))

    @override
    def act(self) -> None:
        branches.change_password(self._desk.branch, self.old.text(), self.new.text(), self.again.text())
        self._desk.toast_requested.emit(_("口令已更改，下次用新口令打开。"))


class PersonDialog(FormDialog):
    """Lets somebody else open the branch."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(_("增加使用人"), _("增加"), parent)
        self.setObjectName("person_dialog")
        self._desk = desk
        self.name = self.line(_("姓名"))
        self.role = self.box(_("身份"), [(_(ROLE_NAMES[role]), role) for role in Role])
        self.new = _secret(self, _("口令"), strength=True)
        self.again = _secret(self, _("再输一次"))
        self.body.insertWidget(1, Note(_("请让他本人来输入口令。查看者只能看，不能改。"), "hint"))

    @override
    def act(self) -> None:
        branches.add_person(
            self._desk.branch,
            self.name.text(),
            Role(self.role.currentData()),
            self.new.text(),
            self.again.text(),
        )


class RemovePersonDialog(FormDialog):
    """Takes somebody's access away; the file gets a new key."""

    def __init__(self, desk: Desk, person: Person, done: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(_("移除 {name}", name=person.name), _("移除"), parent)
        self.setObjectName("remove_person_dialog")
        self._desk = desk
        self._person = person
        self._done = done
        self.body.insertWidget(
            0,
            Note(
                _(
                    "移除后会给数据库换一把新钥匙：其他使用人要重新设口令，恢复卡要重新打印。"
                    "以前的备份仍用以前的口令打开。"
                )
            ),
        )
        self.own = _secret(self, _("我的口令"))

    @override
    def act(self) -> None:
        self._done(branches.remove_person(self._desk.branch, self._person, self.own.text()))
