"""The dialog that makes a new batch of ballots: how many are handed out, and what they are for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.model import Scheme
from branchdesk.i18n import _
from branchdesk.services.evaluations import ballots
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.widgets.texts import Note

FED_BY_BALLOTS = ("ballot", "mass")


class BatchDialog(FormDialog):
    """Makes a batch of ballots. `on_made` is called afterwards."""

    def __init__(
        self,
        desk: Desk,
        evaluation: str,
        scheme: Scheme,
        taking_part: int,
        on_made: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(_("新增一批测评票"), _("新增"), parent, width=520)
        self.setObjectName("new_batch")
        self._desk, self._evaluation, self._on_made = desk, evaluation, on_made
        self.body.insertWidget(
            0, Note(_("同一次会上发的票算一批，有一个批次号；票上没有姓名和编号，谁也看不出是哪一位填的。"))
        )
        self.issued = self.line(_("发出（张）"), str(taking_part) if taking_part else "", _("发出的张数"))
        fed = [one for one in scheme.parts if one.source in FED_BY_BALLOTS]
        self.part = None
        if fed:
            choices = [*((one.title, one.id) for one in fed), (_("只作参考，不计入得分"), "")]
            self.part = self.box(_("用于"), choices)
        self.issued.selectAll()
        self.issued.setFocus()

    @override
    def act(self) -> None:
        part = str(self.part.currentData()) if self.part is not None else ""
        issued = self.issued.text().strip()
        self._desk.adopt(ballots.add_batch(self._desk.branch, self._evaluation, issued, part))
        self._on_made()
