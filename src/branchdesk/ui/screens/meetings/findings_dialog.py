"""What stands against finalising, and what would be left behind, before the clerk decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from branchdesk.domain.meetings.model import Decision
from branchdesk.findings import Finding
from branchdesk.i18n import _
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.widgets.finding_list import FindingList, verdict
from branchdesk.ui.widgets.texts import Note


class FindingsDialog(SheetDialog):
    """Lists the findings. Errors leave only 去改; warnings may be accepted with a button that says so."""

    def __init__(
        self,
        findings: Sequence[Finding],
        left: Sequence[Decision],
        on_go: Callable[[Finding], object],
        parent: QWidget,
        on_yes: Callable[[], object] | None = None,
    ) -> None:
        heading = _("定稿前检查") if on_yes is not None else _("检查结果")
        super().__init__(heading, parent, width=660, height=440)
        self.setObjectName("findings")
        self._on_go = on_go
        self._on_yes = on_yes
        errors = any(one.is_error for one in findings)
        self.body.addWidget(Note(verdict(findings), "strong"))
        self.list = FindingList(findings, _("检查结果"))
        self.list.chosen.connect(self._go)
        self.list.setVisible(bool(findings))
        self.body.addWidget(self.list, 1)
        if left:
            names = "\n".join(f"· {one.text}" for one in left)
            self.body.addWidget(Note(_("上次会议没有办结、这次也没有接着写的："), "strong"))
            self.body.addWidget(Note(names, "warn"))
        if on_yes is not None and not errors:
            self.body.addWidget(
                Note(_("定稿以后不能直接修改；要改可以“重新打开”，原来的定稿会保留。"), "hint")
            )
        self._add_buttons(refused=errors)

    @property
    def findings(self) -> list[Finding]:
        """What the dialog lists."""
        return self.list.findings

    def _add_buttons(self, *, refused: bool) -> None:
        if self.findings:
            self.add_button(_("去看选中的"), self.list.take_current, name="go", apart=True)
        if self._on_yes is None:
            self.add_button(_("关闭"), look="primary", name="close").setFocus()
            return
        no = self.add_button(_("先不定稿"), name="no")
        if refused:
            (self.list if self.findings else no).setFocus()
            return
        verb = _("仍然定稿") if self.findings else _("定稿")
        yes = self.add_button(verb, self._agree, look="primary", name="yes")
        (self.list if self.findings else yes).setFocus()

    def _agree(self) -> None:
        self.accept()
        if self._on_yes is not None:
            self._on_yes()

    def _go(self, finding: Finding) -> None:
        self.accept()
        self._on_go(finding)
