"""Shows a new recovery card once, and does not go away before it was printed or copied."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.reports.papers import card_paper
from branchdesk.services.open_branch import Branch
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.look import px
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column, frame
from branchdesk.ui.widgets.texts import Note, Words


class RecoveryCardBox(QWidget):
    """The key in its groups, 打印, and the tick that it was handed over."""

    def __init__(self, branch: Branch, card: str) -> None:
        super().__init__()
        self._branch = branch
        self._card = card
        box = column(gap=10, parent=self)
        panel = frame("panel")
        inside = column(margin=14, gap=8, parent=panel)
        inside.addWidget(Words(_("打印恢复卡"), "heading"))
        inside.addWidget(
            Note(_("恢复卡上有一串密钥。请打印出来，装进信封，由书记锁进保险柜。忘了口令时用它打开。"))
        )
        self.key = Note(card, "strong")
        self.key.setTextInteractionFlags(self.key.textInteractionFlags())
        self.key.setAccessibleName(_("恢复卡密钥"))
        inside.addWidget(self.key)
        line = QWidget()
        flow = Flow(line)
        flow.addWidget(button(_("打印恢复卡"), self._print, icon_name="printer", name="print_card"))
        self.done = QCheckBox(_("已打印（或抄写并核对）并交书记保管"))
        flow.addWidget(self.done)
        inside.addWidget(line)
        box.addWidget(panel)

    def _print(self) -> None:
        PrintDialog(_("恢复卡"), partial(card_paper, self._branch, self._card), self).open()


class RecoveryCardDialog(SheetDialog):
    """A new card that must be printed or copied."""

    def __init__(self, branch: Branch, card: str, parent: QWidget) -> None:
        super().__init__(_("新的恢复卡"), parent, width=560)
        self.setObjectName("recovery_card")
        self.box = RecoveryCardBox(branch, card)
        self.body.addWidget(self.box)
        self._close = self.add_button(_("完成"), self.accept, look="primary", name="done")
        self._close.setEnabled(False)
        self.box.done.toggled.connect(self._close.setEnabled)
        self.setMinimumHeight(px(280))

    @override
    def reject(self) -> None:
        """Esc does not throw the card away."""
        if self.box.done.isChecked():
            super().reject()
