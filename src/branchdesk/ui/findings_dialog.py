"""What is to be mended or looked at, and what stands against a step, before the clerk decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from branchdesk.findings import Finding
from branchdesk.i18n import _
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.widgets.finding_list import FindingList, verdict
from branchdesk.ui.widgets.texts import Note

_WIDTH, _HEIGHT = 660, 440


class FindingsDialog(SheetDialog):
    """Lists findings; `on_go` is told which of them the clerk wants to see.

    With `on_yes` warnings may be accepted by a button. `refused` says that the findings stand against a step,
    `notes` are sentences below the list, each with the role that it is shown in.
    """

    def __init__(
        self,
        findings: Sequence[Finding],
        on_go: Callable[[Finding], object],
        parent: QWidget,
        *,
        heading: str = "",
        refused: bool = False,
        on_yes: Callable[[], object] | None = None,
        verbs: tuple[str, str] | None = None,
        notes: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`verbs` are what the buttons of `on_yes` and of leaving it say."""
        title = heading or (_("下一步之前") if refused else _("检查结果"))
        super().__init__(title, parent, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("findings")
        self._on_go = on_go
        self._on_yes = on_yes
        self.body.addWidget(Note(verdict(findings), "strong"))
        self.list = FindingList(findings, title)
        self.list.setVisible(bool(findings))
        self.list.chosen.connect(self._go)
        self.body.addWidget(self.list, 1)
        for words, role in notes:
            self.body.addWidget(Note(words, role))
        yes, no = verbs or (_("看过了，继续"), _("先不"))
        if findings:
            self.add_button(_("去看选中的"), self.list.take_current, name="go", apart=True)
        if on_yes is not None:
            self.add_button(no, name="no")
            last = self.add_button(yes, self._agree, look="primary", name="yes")
        else:
            last = self.add_button(_("关闭"), look="primary", name="close")
        (self.list if findings else last).setFocus()

    @property
    def findings(self) -> list[Finding]:
        """What the dialog lists."""
        return self.list.findings

    def _agree(self) -> None:
        self.accept()
        if self._on_yes is not None:
            self._on_yes()

    def _go(self, finding: Finding) -> None:
        self.accept()
        self._on_go(finding)
