"""The dialog that begins a meeting: which kind, of which group, when and where."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.domain.organisations import OrganisationKind
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.services.meetings import planning, reading
from branchdesk.services.organisations import organisation_tree, root_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.widgets.texts import Note


class NewMeetingDialog(FormDialog):
    """Begins a meeting and tells its uid to `on_made`."""

    def __init__(self, desk: Desk, kind: str, on_made: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(_("新建会议"), _("新建"), parent, width=520)
        self.setObjectName("new_meeting")
        self._desk = desk
        self._on_made = on_made
        self._forms: dict[str, Form] = {form.kind: form for form in reading.kinds_of_meetings(desk.branch)}
        self.kind = self.box(_("类型"), [(form.shown(), form.kind) for form in self._forms.values()], kind)
        tree = organisation_tree(desk.branch)
        self._root = root_of(desk.branch)
        self._groups = list(tree.groups(self._root))
        self._places = [one for one in tree.walk() if one.kind is not OrganisationKind.GROUP]
        self.place = self.box(_("组织"), [(one.name, one.organisation) for one in self._places])
        self.group = self.box(_("党小组"), [(one.name, one.organisation) for one in self._groups])
        self.when = self.line(_("时间"), hint=_("如 2026.11.19 15:00-16:40"))
        self.where = self.line(_("地点"), hint=_("不填就用常用的地点"))
        self.body.addWidget(
            Note(_("参加人员按开会那天的名册固定下来；上次没有办结的事项会自动列入议题。"), "hint")
        )
        self.kind.currentIndexChanged.connect(self._show_fitting)
        self.place.currentIndexChanged.connect(self._fill_groups)
        self._show_fitting()
        self.when.setFocus()

    @property
    def _form(self) -> Form:
        return self._forms[str(self.kind.currentData())]

    @property
    def _is_of_group(self) -> bool:
        return self._form.meeting is not None and self._form.meeting.expected == "group"

    def _show_fitting(self) -> None:
        """Ask for the group only where the meeting is one of a group, for the branch where there are more."""
        self.form.setRowVisible(self.group, self._is_of_group)
        self.form.setRowVisible(self.place, len(self._places) > 1)
        self.form.setRowVisible(self.where, self._form.by_role("place") is not None)

    def _fill_groups(self) -> None:
        tree = organisation_tree(self._desk.branch)
        self.group.clear()
        for one in tree.groups(str(self.place.currentData())):
            self.group.addItem(one.name, one.organisation)

    @override
    def act(self) -> None:
        form = self._form
        typed = {}
        for role, line in (("when", self.when), ("place", self.where)):
            field = form.by_role(role)
            if field is not None and line.text().strip():
                typed[field.id] = line.text().strip()
        group = self.group.currentData() if self._is_of_group else None
        if self._is_of_group and group is None:
            raise Problem(_("这里还没有党小组，不能建立党小组会。"), _("请先在“组织与班子”里设立党小组。"))
        place = str(self.place.currentData() or self._root)
        outcome = planning.plan_meeting(self._desk.branch, form.kind, place, typed, group=group)
        self._desk.adopt(outcome)
        self._on_made(outcome.uid)
