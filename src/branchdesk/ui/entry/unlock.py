"""Unlocking: who, password, or the recovery card."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from branchdesk.i18n import _
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import Flow, column, form_rows
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.passwords import PasswordLine
from branchdesk.ui.widgets.texts import Elide, Note, Words


class UnlockPage(QWidget):
    """Asks for a password. The names of the people come a moment later, when the keyring was read."""

    unlock_requested = Signal(str, str)
    card_requested = Signal()
    another_requested = Signal()
    restore_requested = Signal()
    founding_requested = Signal()

    def __init__(self, folder: str, name: str, person: tuple[str, str] | None) -> None:
        super().__init__()
        self._wanted = person[0] if person else ""
        box = column(gap=14, parent=self)
        box.addWidget(Words(name or _("打开支部文件"), "title"))
        place = Elide(folder, "hint")
        box.addWidget(place)
        self.banner = Banner()
        box.addWidget(self.banner)
        form = form_rows()
        self.person = Choice()
        self.person.setAccessibleName(_("使用人"))
        if person:
            self.person.addItem(person[1], person[0])
        self.password = PasswordLine(_("口令"))
        form.addRow(_("使用人"), self.person)
        form.addRow(_("口令"), self.password)
        box.addLayout(form)
        self.open = button(_("打开"), self._ask, look="primary", icon_name="lock-open", name="unlock")
        line = QWidget()
        flow = Flow(line)
        flow.addWidget(self.open)
        flow.addWidget(button(_("用恢复卡打开"), self.card_requested.emit, look="link", name="use_card"))
        flow.addWidget(button(_("打开另一个支部"), self.another_requested.emit, look="link", name="another"))
        flow.addWidget(
            button(_("从备份恢复"), self.restore_requested.emit, look="link", name="restore_backup")
        )
        flow.addWidget(button(_("新建一个支部"), self.founding_requested.emit, look="link", name="found"))
        box.addWidget(line)
        box.addStretch(1)
        self.password.confirmed.connect(self._ask)
        self.password.setFocus()

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Show who can open the branch, keeping who was chosen: uid and name."""
        chosen = self.person.currentData() or self._wanted
        self.person.clear()
        for uid, name in people:
            self.person.addItem(name, uid)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.password.setFocus()

    def show_problem(self, sentence: str) -> None:
        """Say why it did not open, and let the clerk try again."""
        self.banner.say("err", sentence)
        self.set_busy(busy=False)
        self.password.clear()
        self.password.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Take no input while the password is tried."""
        self.open.setEnabled(not busy)
        self.password.setEnabled(not busy)
        if busy:
            self.banner.say("info", _("正在打开…"))

    def _ask(self) -> None:
        if self.person.currentData() and self.password.text():
            self.unlock_requested.emit(str(self.person.currentData()), self.password.text())


class CardPage(QWidget):
    """Opens with the recovery card and sets a new password."""

    recover_requested = Signal(str, str, str, str)
    back_requested = Signal()

    def __init__(self, people: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        box = column(gap=12, parent=self)
        box.addWidget(Words(_("用恢复卡打开"), "title"))
        box.addWidget(Note(_("输入恢复卡上的密钥，再设一个新口令。打开后会换一张新的恢复卡，旧卡作废。")))
        self.banner = Banner()
        box.addWidget(self.banner)
        form = form_rows()
        self.card = QLineEdit()
        self.card.setAccessibleName(_("恢复卡密钥"))
        self.card.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXX")
        self.person = Choice()
        self.person.setAccessibleName(_("使用人"))
        for uid, name in people:
            self.person.addItem(name, uid)
        self.new = PasswordLine(_("新口令"), strength=True)
        self.again = PasswordLine(_("再输一次"))
        for label, widget in (
            (_("恢复卡密钥"), self.card),
            (_("使用人"), self.person),
            (_("新口令"), self.new),
            (_("再输一次"), self.again),
        ):
            form.addRow(label, widget)
        box.addLayout(form)
        line = QWidget()
        flow = Flow(line)
        flow.addWidget(button(_("返回"), self.back_requested.emit, name="back"))
        flow.addWidget(button(_("打开"), self._ask, look="primary", name="recover"))
        box.addWidget(line)
        box.addStretch(1)
        self.card.setFocus()

    def _ask(self) -> None:
        self.recover_requested.emit(
            self.card.text(), str(self.person.currentData() or ""), self.new.text(), self.again.text()
        )
