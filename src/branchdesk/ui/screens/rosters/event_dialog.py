"""The dialog that records what happens in a Party life, and corrects it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from branchdesk.domain.members import EventKind, possible_events
from branchdesk.errors import Problem
from branchdesk.forms.field_types import Surroundings
from branchdesk.i18n import _, joined
from branchdesk.partial_dates import PartialDate
from branchdesk.services import members
from branchdesk.services.members import EventEntry, MemberFile
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog

# What each kind of event is asked beyond its date, document and note.
# Whoever leaves the list must be found in it as of any day before.
_LEAVING = {EventKind.DEPARTED, EventKind.SUSPENDED, EventKind.ENDED, EventKind.DIED}
_ASKED = {
    EventKind.ADMITTED: {"organisation"},
    EventKind.ARRIVED: {"organisation", "place"},
    EventKind.DEPARTED: {"place"},
    EventKind.GROUPED: {"group"},
    EventKind.ENDED: {"ending"},
}


class EventDialog(FormDialog):
    """Records an event of a Party life, or corrects one."""

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        file: MemberFile,
        parent: QWidget,
        event: Mapping[str, Any] | None = None,
    ) -> None:
        heading = _("更正党籍记录") if event else _("登记变动")
        super().__init__(f"{heading} · {file.name}", _("保存"), parent)
        self.setObjectName("event")
        self._desk = desk
        self._around = around.of(file.standing.organisation)
        self._file = file
        self._event = event
        kinds = [EventKind(event["kind"])] if event else possible_events(file.standing)
        self.kind = self.box(_("变动"), [(members.event_name(kind), kind) for kind in kinds])
        self.on = self.line(_("日期"), hint=_("如 2010.06.29，只知道月份就写 2010.06"))
        self._boxes = {
            "organisation": self._choices(_("转入支部"), "organisation"),
            "group": self._choices(_("党小组"), "group"),
            "ending": self._choices(_("方式"), "ending"),
        }
        self.place = self.line(_("对方党组织"))
        self.document = self.line(_("文号"))
        self.note = self.line(_("说明"))
        if event:
            self._fill(event)
            self.add_button(_("删除这条"), self._remove, look="danger", name="remove", apart=True)
        self.kind.currentIndexChanged.connect(self._show_fitting)
        self._show_fitting()

    def _choices(self, label: str, dictionary: str) -> QComboBox:
        entries = self._around.vocabulary[dictionary].entries
        return self.box(label, [(entry.shown(), entry.code) for entry in entries])

    def _fill(self, event: Mapping[str, Any]) -> None:
        day = PartialDate.read(event["on_date"])
        self.on.setText(day.shown() if day else "")
        for name, key in (("organisation", "organisation_uid"), ("group", "group_uid"), ("ending", "ending")):
            box = self._boxes[name]
            box.setCurrentIndex(box.findData(event[key]))
        for line, key in ((self.place, "place"), (self.document, "document"), (self.note, "note")):
            line.setText(event[key] or "")

    def _asked(self) -> set[str]:
        return _ASKED.get(self._chosen_kind(), set())

    def _chosen_kind(self) -> EventKind:
        """The kind as what it is: Qt gives back plain text."""
        return EventKind(self.kind.currentData())

    def _show_fitting(self) -> None:
        """Show only the rows that the kind of event asks for."""
        asked = self._asked()
        for name, box in self._boxes.items():
            self.form.setRowVisible(box, name in asked)
        self.form.setRowVisible(self.place, "place" in asked)

    def _chosen(self, name: str) -> str:
        return str(self._boxes[name].currentData() or "") if name in self._asked() else ""

    def _values(self) -> dict[str, str]:
        return {
            "organisation_uid": self._chosen("organisation"),
            "group_uid": self._chosen("group"),
            "ending": self._chosen("ending"),
            "place": self.place.text() if "place" in self._asked() else "",
            "document": self.document.text(),
            "note": self.note.text(),
        }

    @override
    def act(self) -> None:
        if self._chosen_kind() in _LEAVING and not self.on.text().strip():
            raise Problem(_("请填写日期；只知道月份就写到月，如 2026.06。"))
        values, event = self._values(), self._event
        branch, uid = self._desk.branch, self._file.uid
        if event is not None:
            outcome = members.correct_event(branch, uid, event["uid"], {"on_date": self.on.text(), **values})
        else:
            entry = EventEntry(
                self._chosen_kind(),
                self.on.text(),
                values["organisation_uid"] or None,
                values["group_uid"] or None,
                values["place"],
                values["ending"],
                values["document"],
                values["note"],
            )
            outcome = members.record_event(branch, uid, entry)
        self._desk.adopt(outcome)
        if outcome.changes:
            done = _("已登记：{name} {event}。", name=self._file.name, event=self.kind.currentText())
            told = dict.fromkeys(finding.sentence for _uid, finding in outcome.findings)
            self._desk.undo_offered.emit(joined(done, *told))

    def _remove(self) -> None:
        event = self._event
        if event is not None:
            self._desk.do(
                lambda: members.remove_event(self._desk.branch, self._file.uid, event["uid"]),
                _("记录已删除。"),
            )
        self.accept()
