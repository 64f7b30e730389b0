"""The dialog that begins an inspection: which form, of which organisation, for which period."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.services.inspections import planning, reading
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import organisation_tree, root_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.widgets.texts import Note

# So many periods before and after the present one are offered.
_EARLIER, _LATER = 4, 1


class NewInspectionDialog(FormDialog):
    """Begins an inspection and tells its uid to `on_made`."""

    def __init__(self, desk: Desk, on_made: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(_("新建检查表"), _("新建"), parent, width=560)
        self.setObjectName("new_inspection")
        self._desk = desk
        self._on_made = on_made
        self._forms: dict[str, Form] = {one.kind: one for one in reading.kinds_of_inspections(desk.branch)}
        usual = usual_form(desk.branch)
        self.kind = self.box(
            _("检查表"),
            [(form.shown(), form.kind) for form in self._forms.values()],
            usual.kind if usual is not None else None,
        )
        tree = organisation_tree(desk.branch)
        places = [one for one in tree.walk() if one.kind is not OrganisationKind.GROUP]
        self.place = self.box(_("组织"), [(one.name, one.organisation) for one in places])
        self.form.setRowVisible(self.place, len(places) > 1)
        self.period = self.box(_("时期"), [])
        self.body.addWidget(
            Note(_("会议、名册里能算出来的项会自动填好；上一期没有销号的问题会接着列出来。"), "hint")
        )
        self.kind.currentIndexChanged.connect(self._offer_periods)
        self._offer_periods()

    def _offer_periods(self) -> None:
        self.period.clear()
        form = self._forms.get(str(self.kind.currentData()))
        if form is None:
            return
        present = planning.proposed_period(form)
        for period in _around(present):
            self.period.addItem(period.shown(), period)
        self.period.setCurrentIndex(max(self.period.findText(present.shown()), 0))

    @override
    def act(self) -> None:
        period: Period | None = self.period.currentData()
        if period is None:
            raise Problem(_("没有可用的检查表。"), _("请先在“表单设计”里启用一张检查表。"))
        outcome = planning.start_inspection(
            self._desk.branch,
            str(self.kind.currentData()),
            str(self.place.currentData() or root_of(self._desk.branch)),
            period.year,
            period.number,
        )
        self._desk.adopt(outcome)
        self._on_made(outcome.uid)


def _around(present: Period) -> list[Period]:
    """The periods that are offered, the latest first."""
    following = present
    found = [present]
    for _step in range(_EARLIER):
        found.append(found[-1].previous())
    for _step in range(_LATER):
        following = following.following()
        found.insert(0, following)
    return found


def usual_form(branch: Branch) -> Form | None:
    """The form that is meant where nobody says which: that of the last inspection.

    For a first inspection it is the first form on the shelf; None where there is none at all.
    """
    forms = reading.kinds_of_inspections(branch)
    known = [row.kind for row in reading.inspection_list(branch)]
    return next((form for form in forms if known and form.kind == known[0]), forms[0] if forms else None)
