"""The dialog in which a member claims a task of the list of tasks; it counts once somebody accepts it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.i18n import _, joined
from branchdesk.services.members import vocabulary_of
from branchdesk.services.points import entering
from branchdesk.services.points.reading import PointsSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.screens.evaluations.points.option_line import Option, OptionLine, person_line
from branchdesk.ui.screens.evaluations.points.words import caps_of, rule_words, usual_day
from branchdesk.ui.widgets.texts import Note


class ClaimDialog(FormDialog):
    """Notes that a member claims a task and tells the member to `on_made`."""

    def __init__(
        self,
        desk: Desk,
        sheet: PointsSheet,
        person: str,
        on_made: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(_("认领任务"), _("认领"), parent, width=620)
        self.setObjectName("claim_task_dialog")
        self._desk = desk
        self._organisation = sheet.organisation
        self._scheme = sheet.scheme
        self._on_made = on_made
        self.person = person_line(sheet)
        self.person.choose(person)
        tasks = [Option(one.id, rule_words(one), one.title) for one in sheet.scheme.tasks]
        self.task = OptionLine(tasks, _("编号、几个字或拼音首字母"), _("打开任务列表"))
        self.on = asked("on", "date", _("认领日期"), vocabulary_of(desk.branch))
        self.hint = Note("", "hint")
        self.add_row(_("党员"), self.person)
        self.add_row(_("任务"), self.task)
        self.form.addRow("", self.hint)
        self.on.fill(usual_day(sheet.year))
        self.form.addRow(_("认领日期"), self.on)
        self.body.addWidget(
            Note(_("认领的任务先不计分；做完以后在明细里点“通过…”，填上数量和佐证，才计分。"), "hint")
        )
        self.task.chosen.connect(self._follow)
        self._follow()
        (self.task if person else self.person).setFocus()

    def _follow(self) -> None:
        rule = self._scheme.rule(self.task.value)
        caps = caps_of(rule) if rule is not None else ""
        wanted = _("要有佐证。") if rule is not None and rule.evidence else ""
        self.hint.setText(joined(_("{caps}。", caps=caps) if caps else "", wanted))
        self.hint.setVisible(bool(self.hint.text()))

    @override
    def act(self) -> None:
        if not self.person.value:
            self.person.setFocus()
            raise Problem(_("请选择党员。"), _("打姓名的几个字或拼音首字母就能找到。"))
        if not self.task.value:
            self.task.setFocus()
            raise Problem(_("请选择认领哪一项任务。"), _("打编号或几个字就能找到，Alt+↓ 看全部。"))
        claim = partial(entering.claim_task, self._desk.branch, self._organisation, self.person.value)
        self._desk.adopt(claim(self.task.value, self.on.text().strip()))
        self._on_made(self.person.value)
