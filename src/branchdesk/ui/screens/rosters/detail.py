"""The pane of one member: photo and headline, the file in tabs, events, attachments, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QTabWidget, QVBoxLayout, QWidget

from branchdesk import clock
from branchdesk.domain.identity import masked_identity
from branchdesk.domain.members import Category, State
from branchdesk.findings import Finding
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Field
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.services import attachments, members
from branchdesk.services.history import record_history
from branchdesk.services.member_edits import member_form
from branchdesk.services.members import MemberFile
from branchdesk.ui.desk import Desk
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import px
from branchdesk.ui.screens.rosters.belongings import AttachmentList, EventList
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import FitScroll, column, row
from branchdesk.ui.widgets.texts import Chip, Elide, restyle

_TABS = (("basic", "contact"), ("party",), ("education", "work"), ("honours",))
_WHOLE_ROW = 12
_TONES = {State.ACTIVE: "ok", State.SUSPENDED: "warn", State.LEFT: "", State.ENDED: "err", State.DEAD: ""}


class DetailPane(QFrame):
    """Shows and edits one member. Edits are stored when the clerk leaves a field."""

    sheet_requested = Signal(str)
    history_requested = Signal(str)
    event_requested = Signal(str)
    event_chosen = Signal(str, object)

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("details")
        self.desk = desk
        self.around = around
        self.file: MemberFile | None = None
        self._findings: list[Finding] = []
        self._photo = QLabel()
        self._name = Elide(role="heading")
        self._chip = Chip("")
        self._line1 = Elide(role="second")
        self._line2 = Elide(role="second")
        self._changed = Elide(role="hint")
        self._tabs = QTabWidget()
        self._panes: list[FormPane] = []
        self._events = EventList()
        self._attachments = AttachmentList(desk)
        self._print = button(_("打印登记表"), self._ask_for_sheet, icon_name="printer", name="print_sheet")
        self._history = button(_("历史"), self._ask_for_history, icon_name="history", name="show_history")
        self._build()

    def _build(self) -> None:
        whole = column(margin=14, gap=10, parent=self)
        whole.addLayout(self._headline())
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setUsesScrollButtons(True)
        self._tabs.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        form = member_form()
        titles = [_("基本"), _("党籍"), _("履历"), _("奖惩")]
        for title, sections in zip(titles, _TABS, strict=True):
            fields = [field for section in sections for field in form.in_section(section)]
            pane = FormPane(_with_room_for_names(fields), self.around.vocabulary)
            pane.field_edited.connect(self._store)
            self._panes.append(pane)
            content = QWidget()
            box = column(gap=12, parent=content)
            box.setContentsMargins(0, px(8), px(8), 0)
            if sections == ("party",):
                box.addWidget(self._events)
            box.addWidget(pane)
            box.addStretch(1)
            self._tabs.addTab(FitScroll(content), title)
        self._tabs.addTab(FitScroll(self._attachments), _("附件"))
        self._events.recording_requested.connect(self._ask_for_event)
        self._events.chosen.connect(self._choose_event)
        whole.addWidget(self._tabs, 1)
        foot = row(gap=8)
        foot.addWidget(self._changed, 1)
        foot.addWidget(self._history)
        foot.addWidget(self._print)
        whole.addLayout(foot)

    def _headline(self) -> QVBoxLayout:
        line = row(gap=12)
        self._photo.setProperty("role", "photo")
        self._photo.setFixedSize(px(70), px(92))
        self._photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._photo.setAccessibleName(_("照片"))
        line.addWidget(self._photo)
        texts = column(gap=3)
        first = row(gap=8)
        first.addWidget(self._name)
        first.addWidget(self._chip)
        texts.addLayout(first)
        texts.addWidget(self._line1)
        texts.addWidget(self._line2)
        texts.addStretch(1)
        line.addLayout(texts, 1)
        box = column(gap=0)
        box.addLayout(line)
        return box

    # ---- showing

    def show_member(self, uid: str | None, findings: list[Finding]) -> None:
        """Show a member; None empties the pane."""
        self.commit()
        self._findings = findings
        self.file = members.member_file(self.desk.branch, uid) if uid else None
        self._tabs.setEnabled(self.file is not None)
        self._print.setEnabled(self.file is not None)
        self._history.setEnabled(self.file is not None)
        if self.file is None:
            self._show_nobody()
            return
        self._show_headline(self.file)
        texts = self._texts(self.file)
        for pane in self._panes:
            pane.fill(texts)
            pane.set_findings(findings)
            pane.set_read_only(read_only=not self.desk.branch.person.role.may_write)
        self._events.fill(self.file.events, self.around.vocabulary)
        self._attachments.show_member(self.file)
        count = len([row for row in self.file.attachments if row["role"] == attachments.FILE])
        self._tabs.setTabText(len(_TABS), _("附件{n}", n=count) if count else _("附件"))

    def _show_nobody(self) -> None:
        for label in (self._name, self._line1, self._line2, self._changed):
            label.setText("")
        self._name.setText(_("没有选中党员"))
        self._chip.hide()
        self._photo.setPixmap(pixmap("user", "text3", 40))
        for pane in self._panes:
            pane.fill({})
            pane.set_findings([])
        self._events.fill([], self.around.vocabulary)
        self._attachments.show_member(None)

    def _texts(self, file: MemberFile) -> dict[str, str]:
        texts = {}
        for field in member_form().fields:
            text = field.type.show(field, file.values.get(field.id), self.around.vocabulary)
            hidden = field.private and not self.desk.revealed and bool(text)
            texts[field.id] = masked_identity(text) if hidden else text
        return texts

    def _show_headline(self, file: MemberFile) -> None:
        self._name.setText(file.name)
        words, tone = self._standing(file)
        self._chip.setText(words)
        restyle(self._chip, "chip", tone)
        self._chip.setVisible(bool(words))
        shown = self._texts(file)
        keys = ["group", "posts", "department"]
        if len(self.around.vocabulary["organisation"].entries) > 1:
            keys.insert(0, "organisation")
        self._line1.setText(" · ".join(shown[key] for key in keys if shown[key]))
        self._line2.setText(self._ages(file, clock.today()))
        photo = self._load_photo(file)
        if photo is None:
            self._photo.setPixmap(pixmap("user", "text3", 40))
        else:
            self._photo.setPixmap(photo)
        history = record_history(self.desk.branch, file.uid)
        if history:
            last = history[0]
            self._changed.setText(_("{who} {day} 改", who=last.who, day=last.at.strftime("%m.%d %H:%M")))

    def _standing(self, file: MemberFile) -> tuple[str, str]:
        now = file.standing
        if now.state is not None and now.state is not State.ACTIVE:
            return self.around.vocabulary["state"].shown(now.state), _TONES[now.state]
        if now.category is None:
            return "", ""
        tone = "ok" if now.category is Category.FULL else "info"
        return self.around.vocabulary["category"].shown(now.category), tone

    def _ages(self, file: MemberFile, today: date) -> str:
        parts = []
        years = file.standing.party_years(today)
        if years is not None:
            parts.append(_n("党龄 {n} 年", years))
        born = PartialDate.read(file.values.get("born_on"))
        if born is not None:
            parts.append(_("{n} 岁", n=born.years_until(today)))
        admitted = PartialDate.read(file.values.get("admitted_on"))
        if admitted is not None:
            parts.append(_("{date} 入党", date=admitted.shown()))
        return " · ".join(parts)

    def _load_photo(self, file: MemberFile) -> QPixmap | None:
        if not any(row["role"] == attachments.PHOTO for row in file.attachments):
            return None
        content = self.desk.do(lambda: attachments.photo_of(self.desk.branch, file.uid))
        if not content:
            return None
        picture = QPixmap()
        picture.loadFromData(QByteArray(content))
        return picture.scaled(
            self._photo.size(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )

    # ---- editing

    def commit(self) -> None:
        """Store what is typed and not yet stored."""
        if self.file is not None:
            for pane in self._panes:
                pane.commit()

    def _store(self, field_id: str, text: str) -> None:
        file = self.file
        if file is None:
            return
        if member_form().by_id[field_id].private and "*" in text:
            # A masked number that was changed in part says nothing about the whole one.
            self.desk.toast_requested.emit(_("号码隐去了中间，没有改动；要改请把整个号码重新输入一遍。"))
            self.show_member(file.uid, self._findings)
            return
        self.desk.do(lambda: members.set_fields(self.desk.branch, {file.uid: {field_id: text}}))

    def _ask_for_sheet(self) -> None:
        if self.file is not None:
            self.sheet_requested.emit(self.file.uid)

    def _ask_for_history(self) -> None:
        if self.file is not None:
            self.history_requested.emit(self.file.uid)

    def _ask_for_event(self) -> None:
        if self.file is not None:
            self.event_requested.emit(self.file.uid)

    def _choose_event(self, event_uid: str) -> None:
        if self.file is not None:
            event = next(row for row in self.file.events if row["uid"] == event_uid)
            self.event_chosen.emit(self.file.uid, event)


def _with_room_for_names(fields: Sequence[Field]) -> list[Field]:
    """The fields with the whole row for the name; the sex follows from the number behind it."""
    roomy = [replace(field, width=_WHOLE_ROW) if field.id == "name" else field for field in fields]
    ids = [field.id for field in roomy]
    if "sex" in ids and "id_number" in ids:
        roomy.insert(ids.index("id_number"), roomy.pop(ids.index("sex")))
    return roomy
