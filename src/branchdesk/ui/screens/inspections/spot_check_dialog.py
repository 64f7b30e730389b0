"""The dialog that draws a sample by lot: of whom or what, how many, with which seed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections import spot_checks
from branchdesk.services.members import vocabulary_of
from branchdesk.services.organisations import organisation_tree, root_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.widgets.choices import Count
from branchdesk.ui.widgets.texts import Note

_SCOPES = (("members", later("党员")), ("meetings", later("会议记录")))
_USUAL_SIZE, _MOST, _LONGEST_SEED = 5, 999, 15


class SpotCheckDialog(FormDialog):
    """Draws a sample and tells the uid of the spot check to `on_made`."""

    def __init__(self, desk: Desk, on_made: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(_("随机抽查"), _("抽样"), parent, width=560)
        self.setObjectName("draw_spot_check")
        self._desk = desk
        self._on_made = on_made
        vocabulary = vocabulary_of(desk.branch)
        self.scope = self.box(_("抽查范围"), [(_(words), scope) for scope, words in _SCOPES])
        tree = organisation_tree(desk.branch)
        places = [(one.name, one.organisation) for one in tree.walk()]
        self.place = self.box(_("组织"), places, root_of(desk.branch))
        self.count = Count()
        self.count.setRange(1, _MOST)
        self.count.setValue(_USUAL_SIZE)
        self.add_row(_("抽几个"), self.count)
        self.on = asked("checked_on", "date", _("抽查时间"), vocabulary)
        self.on.fill(PartialDate.of(clock.today()).shown())
        self.form.addRow(_("抽查时间"), self.on)
        self.inspectors = asked("inspectors", "members", _("检查人"), vocabulary)
        self.form.addRow(_("检查人"), self.inspectors)
        self.told = asked("told", "member", _("当场反馈人"), vocabulary)
        self.form.addRow(_("当场反馈人"), self.told)
        self.seed = self.line(_("种子"), hint=_("不填就随机取"))
        self.body.addWidget(
            Note(
                _("种子和抽到的样本一起存着、印在抽查表上；填上同一个种子，谁都可以重抽一次来核对。"), "hint"
            )
        )
        self.scope.setFocus()

    @override
    def act(self) -> None:
        typed = {editor.field.id: editor.text().strip() for editor in (self.on, self.inspectors, self.told)}
        outcome = spot_checks.draw_spot_check(
            self._desk.branch,
            str(self.place.currentData()),
            str(self.scope.currentData()),
            self.count.value(),
            seed=self._seed(),
            typed=typed,
        )
        self._desk.adopt(outcome)
        self._on_made(outcome.uid)

    def _seed(self) -> int | None:
        """The seed that was typed; None where the program is to take one. Raises Problem for other signs."""
        typed = self.seed.text().strip()
        if not typed:
            return None
        if not typed.isdecimal() or len(typed) > _LONGEST_SEED:
            raise Problem(_("种子只能是数字，最多 {n} 位。", n=_LONGEST_SEED), _("不填就由程序随机取。"))
        return int(typed)
