"""What is to be mended in an inspection, and what stands against its next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from branchdesk.findings import Finding
from branchdesk.i18n import _
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.widgets.finding_list import FindingList, verdict
from branchdesk.ui.widgets.texts import Note


class InspectionFindingsDialog(SheetDialog):
    """Lists findings. Errors leave only 去看; warnings against a step may be accepted by a button."""

    def __init__(
        self,
        findings: Sequence[Finding],
        on_go: Callable[[Finding], object],
        parent: QWidget,
        *,
        on_yes: Callable[[], object] | None = None,
        refused: bool = False,
    ) -> None:
        heading = _("下一步之前") if refused else _("检查结果")
        super().__init__(heading, parent, width=660, height=440)
        self.setObjectName("inspection_findings")
        self._on_go = on_go
        self._on_yes = on_yes
        self.body.addWidget(Note(verdict(findings), "strong"))
        self.list = FindingList(findings, heading)
        self.list.setVisible(bool(findings))
        self.list.chosen.connect(self._go)
        self.body.addWidget(self.list, 1)
        if findings:
            self.add_button(_("去看选中的"), self.list.take_current, name="go", apart=True)
        if on_yes is not None:
            self.add_button(_("先不"), name="no")
            self.add_button(_("看过了，继续"), self._agree, look="primary", name="yes")
        else:
            self.add_button(_("关闭"), look="primary", name="close")
        self.list.setFocus()

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
