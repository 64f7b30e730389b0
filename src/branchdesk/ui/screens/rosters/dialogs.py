"""The dialogs of the roster: a new member, and which columns to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.services import members
from branchdesk.services.member_edits import member_form
from branchdesk.services.members import Home
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
        super().__init__(_("新增党员"), parent, width=600, height=560)
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
        scroll.setMinimumHeight(px(200))
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
        findings = members.check_typed(self.pane.texts(), self._around, self._home)
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
        super().__init__(_("显示哪些列"), parent, width=420, height=540)
        self.setObjectName("columns")
        self._on_choice = on_choice
        self._first = first
        self.list = QListWidget()
        self.list.setAccessibleName(_("列"))
        self.list.setMinimumHeight(px(160))
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
