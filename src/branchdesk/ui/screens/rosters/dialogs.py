"""The dialogs of the roster: a new member, an event, columns, and saving a view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from branchdesk.domain.members import EventKind, possible_events
from branchdesk.errors import Problem
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services import members
from branchdesk.services.member_edits import member_form
from branchdesk.services.members import EventEntry, Home, MemberFile
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import FitScroll, row
from branchdesk.ui.widgets.texts import Note

NEW_MEMBER_DRAFT = "member.new"
_NEW_FIELDS = (
    "name",
    "id_number",
    "sex",
    "born_on",
    "ethnic",
    "education",
    "category",
    "group",
    "admitted_on",
    "confirmed_on",
    "posts",
    "mobile",
    "department",
    "employer",
)
_DRAFT_MILLISECONDS = 2000


class NewMemberDialog(SheetDialog):
    """Enters one new member. What is typed is kept as a draft two seconds after the last key."""

    def __init__(
        self, desk: Desk, around: Surroundings, home: Home, parent: QWidget, draft: Mapping[str, str] | None
    ) -> None:
        super().__init__(_("新增党员"), parent, width=600)
        self.setObjectName("new_member")
        self._desk = desk
        self._home = home
        self._around = around
        form = member_form()
        self.pane = FormPane([form.by_id[field_id] for field_id in _NEW_FIELDS], around.vocabulary)
        if draft:
            self.body.addWidget(Note(_("这是上次没有录完的内容，可以接着录。"), "ok"))
            self.pane.fill({key: str(text) for key, text in draft.items()})
        self.pane.field_edited.connect(self._check)
        scroll = FitScroll(self.pane)
        scroll.setMinimumHeight(px(380))
        self.body.addWidget(scroll, 1)
        self._missing = Note("", "error")
        self.body.addWidget(self._missing)
        self.add_button(_("不要了"), self._give_up, name="give_up")
        self.add_button(_("保存"), self._save, look="primary", name="save")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_MILLISECONDS)
        self._timer.timeout.connect(self._keep)
        for editor in self.pane.editors.values():
            line = editor.findChild(QLineEdit)
            if line is not None:
                line.textEdited.connect(self._timer.start)
        self._typed: dict[str, str] = dict(draft or {})
        self.pane.editors["name"].setFocus()

    def _check(self, field_id: str, text: str) -> None:
        """Say at once what is wrong with a field; it stays as typed."""
        self._typed[field_id] = text
        self._timer.start()
        findings = members.check_typed(self.pane.texts(), self._around)
        self.pane.set_findings(finding for finding in findings if finding.field in self._typed)

    def _keep(self) -> None:
        self._desk.branch.keep_draft(NEW_MEMBER_DRAFT, self.pane.texts())

    def _give_up(self) -> None:
        self._timer.stop()
        self._desk.branch.drop_draft(NEW_MEMBER_DRAFT)
        self.reject()

    def _save(self) -> None:
        texts = {key: text for key, text in self.pane.texts().items() if text.strip()}
        if not texts.get("name"):
            self._missing.setText(_("请先填写姓名。"))
            self.pane.editors["name"].setFocus()
            return
        outcome = self._desk.do(
            lambda: members.enter(self._desk.branch, {}, [texts], self._home),
            _("已新增 {name}。", name=texts["name"]),
        )
        if outcome is not None:
            self._timer.stop()
            self._desk.branch.drop_draft(NEW_MEMBER_DRAFT)
            self.accept()


class EventDialog(SheetDialog):
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
        super().__init__(f"{heading} · {file.name}", parent)
        self.setObjectName("event")
        self._desk = desk
        self._around = around
        self._file = file
        self._event = event
        self._rows: dict[str, QWidget] = {}
        self.kind = QComboBox()
        kinds = [EventKind(event["kind"])] if event else possible_events(file.standing)
        for kind in kinds:
            self.kind.addItem(members.event_name(kind), kind)
        self.on = QLineEdit()
        self.on.setPlaceholderText(_("如 2010.06.29，只知道月份就写 2010.06"))
        self.organisation = self._choices("organisation")
        self.group = self._choices("group")
        self.ending = self._choices("ending")
        self.place = QLineEdit()
        self.document = QLineEdit()
        self.note = QLineEdit()
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._show_fitting)
        if event:
            self._fill(event)
        self._show_fitting()

    def _choices(self, dictionary: str) -> QComboBox:
        box = QComboBox()
        for entry in self._around.vocabulary[dictionary].entries:
            box.addItem(entry.shown(), entry.code)
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(px(12))
        form.setVerticalSpacing(px(8))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        lines = (
            ("kind", _("变动"), self.kind),
            ("on", _("日期"), self.on),
            ("organisation", _("转入支部"), self.organisation),
            ("group", _("党小组"), self.group),
            ("ending", _("方式"), self.ending),
            ("place", _("对方党组织"), self.place),
            ("document", _("文号"), self.document),
            ("note", _("说明"), self.note),
        )
        for key, label, field in lines:
            field.setAccessibleName(label)
            form.addRow(label, field)
            self._rows[key] = field
        self._form = form
        self.body.addLayout(form)
        self.problem = Note("", "error")
        self.body.addWidget(self.problem)
        if self._event:
            self.add_button(_("删除这条"), self._remove, look="danger", name="remove")
        self.add_button(_("取消"))
        self.add_button(_("保存"), self._save, look="primary", name="save")

    def _fill(self, event: Mapping[str, Any]) -> None:
        day = PartialDate.read(event["on_date"])
        self.on.setText(day.shown() if day else "")
        for box, key in (
            (self.organisation, "organisation_uid"),
            (self.group, "group_uid"),
            (self.ending, "ending"),
        ):
            box.setCurrentIndex(box.findData(event[key]))
        for line, key in ((self.place, "place"), (self.document, "document"), (self.note, "note")):
            line.setText(event[key] or "")

    def _show_fitting(self) -> None:
        """Show only the lines that the kind of event asks for."""
        kind = self.kind.currentData()
        wanted = {
            "organisation": kind in {EventKind.ARRIVED, EventKind.ADMITTED},
            "group": kind is EventKind.GROUPED,
            "ending": kind is EventKind.ENDED,
            "place": kind in {EventKind.ARRIVED, EventKind.DEPARTED},
        }
        for key, visible in wanted.items():
            self._form.setRowVisible(self._rows[key], visible)

    def _values(self) -> dict[str, Any]:
        def chosen(box: QComboBox, key: str) -> str:
            return str(box.currentData() or "") if self._form.isRowVisible(self._rows[key]) else ""

        return {
            "organisation_uid": chosen(self.organisation, "organisation"),
            "group_uid": chosen(self.group, "group"),
            "ending": chosen(self.ending, "ending"),
            "place": self.place.text() if self._form.isRowVisible(self.place) else "",
            "document": self.document.text(),
            "note": self.note.text(),
        }

    def _save(self) -> None:
        values = self._values()
        branch, uid = self._desk.branch, self._file.uid
        event = self._event
        try:
            if event is not None:
                changes = members.correct_event(
                    branch, uid, event["uid"], {"on_date": self.on.text(), **values}
                )
            else:
                entry = EventEntry(
                    self.kind.currentData(),
                    self.on.text(),
                    values["organisation_uid"] or None,
                    values["group_uid"] or None,
                    values["place"],
                    values["ending"],
                    values["document"],
                    values["note"],
                )
                changes = members.record_event(branch, uid, entry)
        except Problem as problem:
            self.problem.setText(str(problem))
            return
        self._desk.adopt(changes)
        self.accept()

    def _remove(self) -> None:
        event = self._event
        if event is not None:
            self._desk.do(
                lambda: members.remove_event(self._desk.branch, self._file.uid, event["uid"]),
                _("记录已删除。"),
            )
        self.accept()


class ColumnDialog(SheetDialog):
    """Chooses the columns of the grid."""

    def __init__(
        self,
        fields: Sequence[Field],
        hidden: Sequence[str],
        first: Sequence[str],
        on_choice: Callable[[list[str]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(_("显示哪些列"), parent, width=420)
        self.setObjectName("columns")
        self._on_choice = on_choice
        self._first = first
        self.list = QListWidget()
        self.list.setAccessibleName(_("列"))
        self.list.setMinimumHeight(px(360))
        for field in fields:
            item = QListWidgetItem(field.shown())
            item.setData(Qt.ItemDataRole.UserRole, field.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            shown = field.id not in hidden
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            if field.id == "name":
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self.body.addWidget(self.list, 1)
        line = row(gap=8)
        line.addWidget(button(_("全选"), self._all, look="link", name="all"))
        line.addWidget(button(_("常用的列"), self._usual, look="link", name="usual"))
        line.addStretch(1)
        self.body.addLayout(line)
        self.add_button(_("取消"))
        self.add_button(_("确定"), self._take, look="primary", name="take")

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _all(self) -> None:
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked)

    def _usual(self) -> None:
        for item in self._items():
            usual = item.data(Qt.ItemDataRole.UserRole) in self._first
            item.setCheckState(Qt.CheckState.Checked if usual else Qt.CheckState.Unchecked)

    def _take(self) -> None:
        hidden = [
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Unchecked
        ]
        self.accept()
        self._on_choice(hidden)


class NameDialog(SheetDialog):
    """Asks for a name in one line."""

    def __init__(
        self, heading: str, hint: str, verb: str, on_name: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(heading, parent, width=400)
        self.setObjectName("name")
        self._on_name = on_name
        self.line = QLineEdit()
        self.line.setAccessibleName(heading)
        self.line.setPlaceholderText(hint)
        self.body.addWidget(self.line)
        self.add_button(_("取消"))
        self.add_button(verb, self._take, look="primary", name="take")
        self.line.setFocus()

    def _take(self) -> None:
        self.accept()
        self._on_name(self.line.text())
