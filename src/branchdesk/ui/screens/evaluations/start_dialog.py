"""The dialog that begins an evaluation: which one, of which organisation, for which year."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.organisations import OrganisationKind
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n, joined
from branchdesk.services.evaluations import planning, reading
from branchdesk.services.organisations import organisation_tree
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.widgets.texts import Note

_EARLIER, _LATER = 3, 1


class StartDialog(FormDialog):
    """Begins an evaluation and tells its uid to `on_made`."""

    def __init__(self, desk: Desk, on_made: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(_("新建评议"), _("新建"), parent, width=560)
        self.setObjectName("new_evaluation")
        self._desk = desk
        self._on_made = on_made
        self._forms: dict[str, Form] = {one.kind: one for one in reading.kinds_of_evaluations(desk.branch)}
        self.kind = self.box(_("评议什么"), [(form.shown(), kind) for kind, form in self._forms.items()])
        tree = organisation_tree(desk.branch)
        places = [one for one in tree.walk() if one.kind is not OrganisationKind.GROUP]
        self.place = self.box(_("组织"), [(one.name, one.organisation) for one in places])
        self.form.setRowVisible(self.place, len(places) > 1)
        usual = planning.proposed_year()
        years = [
            (_("{year} 年", year=year), year) for year in range(usual + _LATER, usual - _EARLIER - 1, -1)
        ]
        self.year = self.box(_("年度"), years, usual)
        self.told = Note("", "hint")
        self.body.addWidget(self.told)
        self.kind.currentIndexChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Say what the chosen evaluation consists of."""
        form = self._forms.get(str(self.kind.currentData()))
        words = form.evaluation if form is not None else None
        if words is None:
            self.told.setText("")
            return
        way = " → ".join(one.shown() for one in words.steps)
        parts = _n("共 {n} 项计分。", len(words.parts)) if words.parts else ""
        text = joined(_("步骤：{way}。", way=way) if way else "", parts)
        self.told.setText(joined(text, _("参评名单按名册自动列出，随时可以更新。")))

    @override
    def act(self) -> None:
        kind = self.kind.currentData()
        if kind is None:
            raise Problem(_("没有可用的评议办法。"), _("请先在“表单设计”里启用一个评议办法。"))
        outcome = planning.start_evaluation(
            self._desk.branch, str(kind), str(self.place.currentData()), int(self.year.currentData())
        )
        self._desk.adopt(outcome)
        self._on_made(outcome.uid)
