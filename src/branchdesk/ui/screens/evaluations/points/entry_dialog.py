"""The dialog that adds an entry to the ledger: for whom, which rule, how much, when, and what proves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from branchdesk.domain.points.model import PointScheme
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.i18n import _, _n, joined, listed
from branchdesk.services.members import vocabulary_of
from branchdesk.services.points import entering
from branchdesk.services.points.entering import EntryTyped
from branchdesk.services.points.reading import PersonPoints, PointsSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.points.option_line import Option, OptionLine, person_line
from branchdesk.ui.screens.evaluations.points.words import caps_of, rule_words, usual_day
from branchdesk.ui.widgets.layouts import row
from branchdesk.ui.widgets.texts import Note, Words, restyle

_WIDTH, _QUANTITY, _MOST_NAMED = 640, 90, 8


class EntryDialog(FormDialog):
    """Adds one entry for one member, or the same for each of several; tells the members to `on_made`."""

    def __init__(
        self,
        desk: Desk,
        sheet: PointsSheet,
        chosen: Sequence[PersonPoints],
        on_made: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(_("加一笔"), _("记分"), parent, width=_WIDTH)
        self.setObjectName("new_point_entry")
        self._desk = desk
        self._organisation = sheet.organisation
        self._year = sheet.year
        self._scheme = sheet.scheme
        self._several = list(chosen) if len(chosen) > 1 else []
        self._on_made = on_made
        self.person = person_line(sheet)
        self.person.choose(chosen[0].person if chosen else "")
        self.rule = OptionLine(_rule_options(sheet.scheme), _("编号、几个字或拼音首字母"), _("打开项目列表"))
        self.quantity, self._unit = QLineEdit("1"), Words("", "second")
        self.on = asked("on", "date", _("日期"), vocabulary_of(desk.branch))
        self.reason, self.evidence = QLineEdit(), QLineEdit()
        self.hint, self.told = Note("", "hint"), Note("", "second")
        self._lay_out()
        self._connect()
        self._follow()
        (self.rule if chosen else self.person).setFocus()

    def _lay_out(self) -> None:
        if self._several:
            names = [one.name for one in self._several]
            said = listed(names[:_MOST_NAMED]) + (_("等") if len(names) > _MOST_NAMED else "")
            whom = Note(_n("{names}共 {n} 人，各记一笔", len(names), names=said), "strong")
            self.form.addRow(_("党员"), whom)
        else:
            self.add_row(_("党员"), self.person)
        self.add_row(_("记分项目"), self.rule)
        self.form.addRow("", self.hint)
        amount = QWidget()
        line = row(gap=8, parent=amount)
        self.quantity.setFixedWidth(px(_QUANTITY))
        self.quantity.setAccessibleName(_("数量"))
        line.addWidget(self.quantity)
        line.addWidget(self._unit)
        line.addStretch(1)
        self.form.addRow(_("数量"), amount)
        self.on.fill(usual_day(self._year))
        self.form.addRow(_("日期"), self.on)
        self.add_row(_("原因"), self.reason)
        self.add_row(_("佐证"), self.evidence)
        self.evidence.setPlaceholderText(_("如签到表、照片、证明的名称"))
        self.body.addWidget(self.told)

    def _connect(self) -> None:
        for line in (self.rule, self.person):
            line.chosen.connect(self._follow)
        for field in (self.quantity, self.reason, self.evidence):
            field.editingFinished.connect(self._judge)
        self.on.edited.connect(self._judge)

    # ---- following what is typed

    def _follow(self) -> None:
        """Show the unit, the caps and what a rule wants."""
        rule = self._scheme.rule(self.rule.value)
        self._unit.setText(rule.unit if rule is not None else "")
        takes_off = rule is not None and rule.takes_off
        self.reason.setPlaceholderText(_("扣分必须写明原因") if takes_off else _("可不填"))
        wanted = _("要有佐证。") if rule is not None and rule.evidence else ""
        caps = caps_of(rule) if rule is not None else ""
        self.hint.setText(joined(_("{caps}。", caps=caps) if caps else "", wanted))
        self.hint.setVisible(bool(self.hint.text()))
        self._judge()

    def _judge(self) -> None:
        """Say beforehand what there is to say about the entry."""
        findings: dict[str, Finding] = {}
        for person in self._people if self.rule.value else ():
            typed = replace(self._typed, person=person)
            try:
                found = entering.check_entry(self._desk.branch, self._organisation, typed, self._year)
            except Problem:
                continue  # half-typed; said where it is to be stored
            findings |= {one.sentence: one for one in found if not _is_early(one)}
        self.wrong.hide()
        self.told.setText("\n".join(findings))
        restyle(self.told, "role", "error" if any(one.is_error for one in findings.values()) else "second")
        self.told.setVisible(bool(self.told.text()))

    @property
    def _people(self) -> list[str]:
        """For whom the entry is; nobody while no name is known."""
        return [one.person for one in self._several] or [one for one in (self.person.value,) if one]

    @property
    def _typed(self) -> EntryTyped:
        return EntryTyped(
            person="",
            rule=self.rule.value,
            on=self.on.text().strip(),
            quantity=self.quantity.text().strip(),
            reason=self.reason.text().strip(),
            evidence_title=self.evidence.text().strip(),
        )

    @override
    def act(self) -> None:
        if not self._people:
            self.person.setFocus()
            raise Problem(_("请选择党员。"), _("打姓名的几个字或拼音首字母就能找到。"))
        if not self.rule.value:
            self.rule.setFocus()
            raise Problem(_("请选择记分的项目。"), _("打编号或几个字就能找到，Alt+↓ 看全部。"))
        people = self._people
        self._desk.adopt(
            entering.add_entries(self._desk.branch, self._organisation, people, self._typed, self._year)
        )
        self._on_made(people[0])


def _rule_options(scheme: PointScheme) -> list[Option]:
    return [Option(one.id, rule_words(one), one.title) for one in scheme.rules]


def _is_early(finding: Finding) -> bool:
    """Whether a finding only says that a field is still to be filled."""
    return finding.code in {"no_person", "no_reason"}
