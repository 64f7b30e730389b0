"""The screen of the form designer: the list of forms, or one form with its parts, its screen and its paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.forms.editing import retitle_paper
from branchdesk.forms.language import Form
from branchdesk.forms.writing import write_form
from branchdesk.i18n import _, _n
from branchdesk.services import forms
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import ask
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import look, px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.form_designer.dialogs import CopyFormDialog, PublishFormDialog
from branchdesk.ui.screens.form_designer.draft import DesignerDraft, kept_drafts
from branchdesk.ui.screens.form_designer.form_list import FormList, listed_forms
from branchdesk.ui.screens.form_designer.trial import FormTrial
from branchdesk.ui.screens.form_designer.workbench import Workbench
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, frame, row

# Widths at 100 %: of the list, of the workbench with panel beside or below the tree, and from where.
_LIST, _BESIDE, _STACKED = 380, 620, 350
_WIDE, _NARROW = 1060, 720


class FormDesignerScreen(Page):
    """Lists forms; copies one, changes it part by part, shows it on screen and paper, publishes it."""

    key = "form_designer"
    help_topic = "meetings"

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__(desk, _("表单设计"))
        self._jobs = jobs
        self._may_write = desk.branch.person.role.may_write
        self.list = FormList()
        self.bench = Workbench()
        self.trial = FormTrial(desk, jobs)
        self.first_focus = self.list
        self.left = QStackedWidget()
        self._trial_wanted: bool | None = None
        self._build_buttons()
        self._lay_out()
        self._connect()
        self._show_list()

    def _build_buttons(self) -> None:
        self.back = button(_("返回清单"), self.close_draft, icon_name="arrow-left", name="back_to_forms")
        self.undo = button(
            "", self._undo, icon_name="arrow-back-up", tip=_("撤销（Ctrl+Z）"), name="undo_form"
        )
        self.redo = button(
            "", self._redo, icon_name="arrow-forward-up", tip=_("恢复（Ctrl+Y）"), name="redo_form"
        )
        self.discard = button(_("放弃草稿"), self._ask_discard, look="ghost", name="discard_draft")
        self.edit = button(_("编辑"), self.open_chosen, icon_name="edit", name="edit_form")
        self.copy = button(_("复制"), self.copy_chosen, look="primary", icon_name="copy", name="copy_form")
        self.publish = button(
            _("发布新版本"), self.ask_publish, look="primary", icon_name="check", name="publish_form"
        )
        self._of_draft = (self.back, self.undo, self.redo, self.publish)
        self._of_list = (self.edit, self.copy)
        self.set_buttons([*self._of_draft[:3], self.discard, self.edit, self.copy, self.publish])

    def _lay_out(self) -> None:
        card = frame("card")
        box = column(margin=12, gap=0, parent=card)
        box.addWidget(self.list)
        self.left.addWidget(card)
        self.left.addWidget(self.bench)
        line = row(gap=12)
        line.addWidget(self.left)
        line.addWidget(self.trial, 1)
        self.body.addLayout(line, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._look_at_chosen)
        self.list.opened.connect(self._open_or_copy)
        self.bench.changed.connect(self._follow_draft)
        self.banner.pressed.connect(self._go_to_mistake)
        self.desk.changed.connect(self._follow_change)

    # ---- the list

    @property
    def draft(self) -> DesignerDraft | None:
        """The draft on the workbench; None while the list is shown."""
        return self.bench.draft if self.left.currentWidget() is self.bench else None

    def _show_list(self, kind: str = "") -> None:
        self.left.setCurrentIndex(0)
        self.first_focus = self.list
        drafts = kept_drafts(self.desk.branch)
        self.list.show_forms(listed_forms(forms.shelf(self.desk.branch), drafts), kind)
        self.title.setText(_("表单设计"))
        self.subtitle.setText(_("会议和记录用的表单：看样子，复制一份改成自己的"))
        for one in self._of_draft:
            one.setVisible(False)
        for one in self._of_list:
            one.setVisible(True)
        self.banner.say("info", "")
        self._fit()

    def _look_at_chosen(self) -> None:
        chosen = self.list.current
        self.discard.setVisible(chosen is not None and chosen.draft is not None and self._may_write)
        self.edit.setEnabled(chosen is not None and chosen.is_own and self._may_write)
        self.copy.setEnabled(chosen is not None and chosen.origin != "" and self._may_write)
        if chosen is not None:
            self.trial.begin(chosen.draft.form if chosen.draft is not None else chosen.form)

    def _open_or_copy(self) -> None:
        chosen = self.list.current
        if chosen is not None and self._may_write:
            (self.open_chosen if chosen.is_own else self.copy_chosen)()

    def copy_chosen(self) -> None:
        """Ask what the copy of the chosen form is called."""
        chosen = self.list.current
        if chosen is not None and chosen.origin:
            CopyFormDialog(chosen.form, self._copy, self).open()

    def _copy(self, title: str) -> None:
        """Begin a draft of a new kind from the chosen form. Raises Problem for a title that will not do."""
        chosen = self.list.current
        if chosen is None:
            return
        copied = forms.copy_form(self.desk.branch, chosen.form.kind, self._new_kind(chosen.form), title)
        named = retitle_paper(copied, chosen.form.title)
        self._work_on(DesignerDraft(self.desk.branch, named, None))

    def _new_kind(self, model: Form) -> str:
        """An id for the copy that no form and no draft has."""
        area = model.kind.partition(".")[0]
        taken = {one.form.kind for one in self.list.forms}
        number = 1
        while f"{area}.own_{number}" in taken:
            number += 1
        return f"{area}.own_{number}"

    def open_chosen(self) -> None:
        """Work on the chosen form: on its draft, else on the version after the newest one."""
        chosen = self.list.current
        if chosen is None or not chosen.is_own:
            return
        released = chosen.form if chosen.origin else None
        if chosen.draft is not None:
            form = chosen.draft.form
            if released is not None:
                form = replace(form, version=released.version + 1)
        else:
            form = replace(chosen.form, version=chosen.form.version + 1)
        self._work_on(DesignerDraft(self.desk.branch, form, released))

    # ---- the workbench

    def _work_on(self, draft: DesignerDraft) -> None:
        draft.keep()
        self.left.setCurrentIndex(1)
        self.first_focus = self.bench.structure
        self.bench.begin(draft)
        self.trial.begin(draft.form)
        for one in self._of_list:
            one.setVisible(False)
        for one in self._of_draft:
            one.setVisible(True)
        self.discard.setVisible(True)
        self._show_state()
        self._fit()
        self.bench.structure.tree.setFocus()

    def _show_state(self) -> None:
        draft = self.draft
        if draft is None:
            return
        self.title.setText(draft.form.shown())
        self.subtitle.setText(_("第 {n} 版草稿，自动保存；发布后才能使用", n=draft.form.version))
        self.undo.setEnabled(draft.can_undo)
        self.redo.setEnabled(draft.can_redo)
        count = len(self.bench.mistakes)
        self.publish.setEnabled(not count)
        self.banner.say("warn", _n("有 {n} 处要改好才能发布。", count) if count else "", _("去改"))

    def _follow_draft(self) -> None:
        draft = self.draft
        if draft is not None:
            self.trial.show_form(draft.form, readable=not self.bench.mistakes)
            self._show_state()

    def _go_to_mistake(self) -> None:
        if self.bench.mistakes:
            self.bench.structure.choose(self.bench.mistakes[0].part)
            self.bench.properties.rename()

    def _undo(self) -> None:
        self._step(undo=True)

    def _redo(self) -> None:
        self._step(undo=False)

    def _step(self, *, undo: bool) -> None:
        draft = self.draft
        if draft is None:
            return
        self.bench.properties.commit()
        if draft.undo() if undo else draft.redo():
            self.bench.refresh()
            self._follow_draft()
        else:
            self.desk.toast_requested.emit(_("没有可以撤销的操作。") if undo else _("没有可以恢复的操作。"))

    def close_draft(self) -> None:
        """Back to the list; the draft is kept."""
        draft = self.draft
        if draft is not None:
            self.bench.properties.commit()
            self._show_list(draft.form.kind)
            self.list.table.setFocus()

    def _ask_discard(self) -> None:
        text = _("草稿里的改动会全部丢掉。")
        ask(self, _("放弃草稿"), text, _("已经发布的版本不受影响。"), _("放弃"), self._discard)

    def _discard(self) -> None:
        chosen = self.list.current
        draft = self.draft
        if draft is not None:
            draft.drop()
            self._show_list(draft.form.kind)
        elif chosen is not None and chosen.draft is not None:
            DesignerDraft(self.desk.branch, chosen.draft.form, None).drop()
            self._show_list(chosen.form.kind)

    def ask_publish(self) -> None:
        """Explain what publishing means and ask from when."""
        draft = self.draft
        if draft is None:
            return
        self.bench.properties.commit()
        if self.bench.mistakes:
            self.desk.problem_met.emit(Problem(self.bench.mistakes[0].sentence, _("改好后再发布。")))
            return
        PublishFormDialog(self.desk, draft.form, write_form(draft.form), self._published, self).open()

    def _published(self) -> None:
        draft = self.draft
        if draft is not None:
            draft.drop()
            self._show_list(draft.form.kind)

    def _follow_change(self) -> None:
        if self.draft is None and self.isVisible():
            chosen = self.list.current
            self._show_list(chosen.form.kind if chosen is not None else "")

    # ---- room

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Three columns, two, or one with the preview by F4, as there is room."""
        room = self.width() * 100 // look().scale
        beside = room >= _WIDE
        self.bench.set_beside(beside=beside)
        narrow = room < _NARROW
        shown = not narrow if self._trial_wanted is None else self._trial_wanted
        self.trial.setVisible(shown)
        breadth = _LIST if self.draft is None else _BESIDE if beside else _STACKED
        most = px(breadth)
        self.left.setMaximumWidth(most if shown else 16777215)
        self.left.setMinimumWidth(min(most, self.width() // 2) if shown else 0)

    # ---- wishes of the window

    @override
    def shown(self, target: object = None) -> None:
        if self.draft is None:
            chosen = self.list.current
            self._show_list(str(target) if target else chosen.form.kind if chosen is not None else "")

    @override
    def event(self, event: QEvent) -> bool:
        """Ctrl+Z and Ctrl+Y are the draft's while there is one, before the window takes them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.draft:
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if event.matches(undo) or event.matches(redo) or _is_redo(event):
                event.accept()
                return True
        return bool(super().event(event))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.draft is not None and event.matches(QKeySequence.StandardKey.Undo):
            self._undo()
        elif self.draft is not None and (event.matches(QKeySequence.StandardKey.Redo) or _is_redo(event)):
            self._redo()
        else:
            super().keyPressEvent(event)

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        bench = self.bench
        panes = [bench.structure, bench.problems, bench.properties] if self.draft else [self.list]
        step_pane([*panes, self.trial], backwards=backwards)

    @override
    def toggle_details(self) -> None:
        self._trial_wanted = not self.trial.isVisible()
        self._fit()

    @override
    def begin_new(self) -> None:
        if self.draft is not None:
            self.bench.begin_field()
        else:
            self.copy_chosen()

    @override
    def next_finding(self, *, backwards: bool = False) -> None:
        self._go_to_mistake()

    @override
    def refresh(self) -> None:
        if self.draft is None:
            self.shown()

    @override
    def commit(self) -> None:
        if self.draft is not None:
            self.bench.properties.commit()


def _is_redo(event: QKeyEvent) -> bool:
    return any(event.keyCombination() == QKeySequence(keys)[0] for keys in ("Ctrl+Y", "Ctrl+Shift+Z"))
