"""The organisations of the file: tree, profile, committee terms and posts."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QTabWidget, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.committee import GROUP_LEADER, Post
from branchdesk.domain.organisations import CHILDREN, OrganisationKind
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services import members, organisations
from branchdesk.services.members import vocabulary_of
from branchdesk.services.open_branch import Changes
from branchdesk.services.organisations import OrganisationFile
from branchdesk.ui.desk import Desk
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.focus import step_pane
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.organisation_dialogs import (
    DissolveDialog,
    NewOrganisationDialog,
    PostDialog,
    RenameDialog,
    TermDialog,
)
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import FitScroll, column, frame, row
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Words

_TREE = 260
_POST_ROWS, _TERM_ROWS = 4, 2
# What cannot wait is said first.
_TERM_CODES = ("term_over", "term_ending")
_TONES = {Severity.NOTE: "info", Severity.WARN: "warn", Severity.ERROR: "err"}


class OrganisationScreen(Page):
    """P13 in part: the organisation itself, its groups, its committee."""

    key = "organisations"
    help_topic = "organisations"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("组织与班子"))
        self.subtitle.setText(_("党组织信息、党小组、班子届次和分工"))
        self._file: OrganisationFile | None = None
        self._held: list[tuple[str, Post]] = []
        self._findings: list[Finding] = []
        self._finding = 0
        self._add = button(_("设立下级"), self.begin_new, icon_name="plus", name="add_organisation")
        self._rename = button(_("更名"), self._open_rename, icon_name="edit", name="rename")
        self._dissolve = button(_("撤销组织"), self._open_dissolve, icon_name="circle-minus", name="dissolve")
        self.set_buttons([self._rename, self._dissolve, self._add])
        self.tree = QTreeWidget()
        self.first_focus = self.tree
        self.tree.setHeaderHidden(True)
        self.tree.setProperty("role", "plain")
        self.tree.setIconSize(icon_size())
        self.tree.setIndentation(px(18))
        self.tree.setAccessibleName(_("组织"))
        self.tree.itemSelectionChanged.connect(self._choose)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        vocabulary = vocabulary_of(desk.branch)
        self.pane = FormPane(organisations.profile_form().fields, vocabulary)
        self.pane.field_edited.connect(self._store)
        self.posts = SimpleTable([_("职务"), _("姓名"), _("任职"), _("卸任")], 1)
        self.posts.setAccessibleName(_("任职"))
        self.posts.keep_room(_POST_ROWS)
        self.posts.itemActivated.connect(self._open_post)
        self.terms = SimpleTable([_("届次"), _("当选日期"), _("届满日期"), _("结束"), _("说明")])
        self.terms.setAccessibleName(_("届次"))
        self.terms.keep_room(_TERM_ROWS)
        self.terms.itemActivated.connect(self._open_term)
        self._lay_out()
        self.banner.pressed.connect(self._show_next_finding)
        desk.changed.connect(self._follow_change)

    def _lay_out(self) -> None:
        tree_card = frame("card")
        tree_card.setFixedWidth(px(_TREE))
        box = column(margin=10, gap=8, parent=tree_card)
        box.addWidget(Words(_("组织"), "heading"))
        box.addWidget(self.tree, 1)
        card = frame("card")
        whole = column(margin=14, gap=10, parent=card)
        content = QWidget()
        inside = column(gap=10, parent=content)
        inside.setContentsMargins(0, px(8), px(8), 0)
        inside.addWidget(self.pane)
        inside.addStretch(1)
        self.tabs.addTab(FitScroll(content), _("基本信息"))
        self.tabs.addTab(self._committee_page(), _("班子"))
        whole.addWidget(self.tabs, 1)
        line = row(gap=12)
        line.addWidget(tree_card)
        line.addWidget(card, 1)
        self.body.addLayout(line, 1)

    def _committee_page(self) -> QWidget:
        page = QWidget()
        box = column(gap=8, parent=page)
        box.setContentsMargins(0, px(8), px(8), 0)
        for heading, table, verb, action, name in (
            (_("班子成员和党小组长"), self.posts, _("登记任职"), self._open_new_post, "add_post"),
            (_("届次"), self.terms, _("登记换届"), self._open_new_term, "add_term"),
        ):
            head = row()
            head.addWidget(Words(heading, "strong"), 1)
            head.addWidget(button(verb, action, icon_name="plus", name=name))
            box.addLayout(head)
            box.addWidget(table, 2 if table is self.posts else 1)
        # One line: a text that wraps would ask for more room than the tables need.
        box.addWidget(Words(_("双击一行可以更正或结束。"), "hint"))
        return FitScroll(page)

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        self.refresh()

    @override
    def refresh(self) -> None:
        chosen = self._file.uid if self._file else None
        tree = organisations.organisation_tree(self.desk.branch)
        blocker = QSignalBlocker(self.tree)
        self.tree.clear()
        current = None
        items: dict[str, QTreeWidgetItem] = {}
        for version in tree.walk():
            item = QTreeWidgetItem([version.name])
            kind = "users" if version.kind is OrganisationKind.GROUP else "building"
            item.setIcon(0, icon(kind, selected="sel_text"))
            item.setData(0, Qt.ItemDataRole.UserRole, version.organisation)
            item.setToolTip(0, version.full_name)
            above = items.get(version.parent or "")
            if above is not None:
                above.addChild(item)
            else:
                self.tree.addTopLevelItem(item)
            items[version.organisation] = item
            if current is None or version.organisation == chosen:
                current = item
        self.tree.expandAll()
        if current is not None:
            self.tree.setCurrentItem(current)
        blocker.unblock()
        self._choose()

    def _choose(self) -> None:
        self.commit()
        for item in self.tree.selectedItems():
            uid = str(item.data(0, Qt.ItemDataRole.UserRole))
            if self._file is None or self._file.uid != uid:
                self._finding = 0
            self._file = organisations.organisation_file(self.desk.branch, uid)
            self._show(self._file)

    def _show(self, file: OrganisationFile) -> None:
        vocabulary = vocabulary_of(self.desk.branch)
        form = organisations.profile_form()
        may_write = self.desk.branch.person.role.may_write
        self.pane.fill(
            {field.id: field.type.show(field, file.values.get(field.id), vocabulary) for field in form.fields}
        )
        self.pane.set_findings(file.findings)
        self.pane.set_read_only(read_only=not may_write)
        self._findings = sorted((finding for finding in file.findings if not finding.field), key=_urgency)
        self._show_finding()
        self._show_committee(file)
        root = self.tree.topLevelItem(0)
        is_root = root is not None and root.isSelected()
        self._add.setEnabled(may_write and bool(CHILDREN[file.kind]))
        self._dissolve.setEnabled(may_write and not is_root)
        self._rename.setEnabled(may_write)
        self.tabs.setTabVisible(1, file.kind is not OrganisationKind.GROUP)

    def _show_finding(self) -> None:
        """One finding at a time; the button leads from one to the next."""
        count = len(self._findings)
        if not count:
            self.banner.say("info", "")
            return
        finding = self._findings[self._finding % count]
        source = _("（依据：{rule}）", rule=finding.rule) if finding.rule else ""
        number = f"{self._finding % count + 1}/{count}　" if count > 1 else ""
        verb = _("下一条") if count > 1 else ""
        self.banner.say(_TONES[finding.severity], f"{number}{finding.sentence}{source}", verb)

    def _show_next_finding(self) -> None:
        self._finding = (self._finding + 1) % max(1, len(self._findings))
        self._show_finding()

    def _show_committee(self, file: OrganisationFile) -> None:
        posts = vocabulary_of(self.desk.branch)["post"]
        today = clock.today()
        self._held = sorted(
            file.posts, key=lambda held: (_has_ended(held[1], today), posts.rank(held[1].code))
        )
        names = organisations.names_of(self.desk.branch, [post.member for _uid, post in self._held])
        ended = {row for row, (_uid, post) in enumerate(self._held) if _has_ended(post, today)}

        def day(text: PartialDate | None) -> str:
            return text.shown() if text else ""

        self.posts.show_rows(
            [
                (
                    posts.shown(post.code) + ("" if row in ended else self._group_led(post)),
                    names.get(post.member, ""),
                    day(post.since),
                    day(post.until),
                )
                for row, (_uid, post) in enumerate(self._held)
            ],
            ended,
        )
        self.terms.show_rows(
            [
                [_shown_day(term[key]) for key in ("number", "elected_on", "due_on", "ended_on", "note")]
                for term in file.terms
            ]
        )

    def _group_led(self, post: Post) -> str:
        """The group that a leader of a group belongs to, in brackets."""
        if post.code != GROUP_LEADER:
            return ""
        file = members.member_file(self.desk.branch, post.member)
        group = file.standing.group if file is not None else None
        version = organisations.organisation_tree(self.desk.branch).get(group)
        return _("（{group}）", group=version.full_name) if version is not None else ""

    # ---- acting

    def _store(self, field_id: str, text: str) -> None:
        file = self._file
        if file is not None:
            work = partial(organisations.set_profile, self.desk.branch, file.uid, {field_id: text})
            if self.desk.do(work) is None:
                self._show(file)

    @override
    def begin_new(self) -> None:
        if self._file is not None and CHILDREN[self._file.kind]:
            NewOrganisationDialog(self.desk, self._file, self).open()

    def _open_rename(self) -> None:
        if self._file is not None:
            RenameDialog(self.desk, self._file, self).open()

    def _open_dissolve(self) -> None:
        if self._file is not None:
            DissolveDialog(self.desk, self._file, self).open()

    def _open_new_post(self) -> None:
        if self._file is not None:
            PostDialog(self.desk, self._file, self).open()

    def _open_post(self) -> None:
        if self._file is not None and self.posts.currentRow() >= 0:
            PostDialog(self.desk, self._file, self, self._held[self.posts.currentRow()]).open()

    def _open_new_term(self) -> None:
        if self._file is not None:
            TermDialog(self.desk, self._file, self).open()

    def _open_term(self) -> None:
        if self._file is not None and self.terms.currentRow() >= 0:
            TermDialog(self.desk, self._file, self, self._file.terms[self.terms.currentRow()]).open()

    def _follow_change(self, changes: Changes) -> None:
        entities = ("organisation", "organisation_version", "committee_term", "post", "member")
        if self.isVisible() and changes.touches(*entities):
            self.refresh()

    @override
    def commit(self) -> None:
        self.pane.commit()

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        step_pane([self.tree, self.tabs], backwards=backwards)


def _urgency(finding: Finding) -> tuple[bool, int]:
    """Where a finding stands among others: the end of the term first, then the graver ones."""
    return finding.code not in _TERM_CODES, -finding.severity


def _has_ended(post: Post, today: date) -> bool:
    return post.until is not None and post.until.last_day() < today


def _shown_day(text: str | None) -> str:
    """A stored date as it is shown; other texts as they stand."""
    day = PartialDate.read(text)
    return day.shown() if day else text or ""
