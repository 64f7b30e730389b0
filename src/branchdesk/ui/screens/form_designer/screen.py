"""The form designer: the list of forms, or one form with its parts, its screen and its paper."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.forms.writing import write_form
from branchdesk.i18n import _, _n
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import ask
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import look, px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.form_designer import drawer
from branchdesk.ui.screens.form_designer.dialogs import CopyFormDialog, PublishFormDialog
from branchdesk.ui.screens.form_designer.draft import DesignerDraft
from branchdesk.ui.screens.form_designer.form_list import FormList
from branchdesk.ui.screens.form_designer.head_buttons import HeadButtons
from branchdesk.ui.screens.form_designer.trial import FormTrial
from branchdesk.ui.screens.form_designer.workbench import Workbench
from branchdesk.ui.widgets.layouts import column, frame, row

# Widths at 100 %: of the list, of the workbench with panel beside or below the tree, and from where.
_LIST, _BESIDE, _STACKED = 400, 620, 350
_WIDE, _NARROW = 1060, 720
_ANY_WIDTH = 16_777_215  # what Qt takes for no bound


class FormDesignerScreen(Page):
    """Lists forms; copies one, changes it part by part, shows it on screen and paper, publishes it."""

    key = "form_designer"
    help_topic = "meetings"

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__(desk, _("表单设计"))
        self._may_write = desk.branch.person.role.may_write
        self.list = FormList()
        self.bench = Workbench()
        self.trial = FormTrial(desk, jobs)
        self.head_buttons = HeadButtons(self)
        self.left = QStackedWidget()
        self._trial_wanted: bool | None = None
        self._lay_out()
        self._connect()
        self._show_list()

    def _lay_out(self) -> None:
        self.set_buttons(self.head_buttons.all())
        card = frame("card")
        column(margin=12, gap=0, parent=card).addWidget(self.list)
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
        self.banner.pressed.connect(self.bench.go_to_mistake)
        self.desk.changed.connect(self._follow_change)

    # ---- the list

    @property
    def draft(self) -> DesignerDraft | None:
        """The draft on the workbench; None while the list is shown."""
        return self.bench.draft if self.left.currentWidget() is self.bench else None

    def _show_list(self, kind: str = "") -> None:
        self.left.setCurrentIndex(0)
        self.first_focus = self.list
        self.list.show_forms(drawer.forms_and_drafts(self.desk.branch), kind)
        self.title.setText(_("表单设计"))
        self.subtitle.setText(_("会议和记录用的表单：看样子，复制一份改成自己的"))
        self.head_buttons.show_for(draft=False)
        self.banner.say("info", "")
        self._fit()

    def _look_at_chosen(self) -> None:
        chosen, buttons = self.list.current, self.head_buttons
        buttons.discard.setVisible(chosen is not None and chosen.draft is not None and self._may_write)
        buttons.edit.setEnabled(chosen is not None and chosen.is_own and self._may_write)
        buttons.copy.setEnabled(chosen is not None and chosen.origin != "" and self._may_write)
        if chosen is not None:
            self.trial.begin(chosen.draft.form if chosen.draft is not None else chosen.form)

    def _open_or_copy(self) -> None:
        chosen = self.list.current
        if chosen is not None and self._may_write:
            (self.open_chosen if chosen.is_own else self.copy_chosen)()

    def copy_chosen(self) -> None:
        """Ask what the copy of the chosen form is called."""
        chosen = self.list.current
        if chosen is not None and chosen.origin and self._may_write:
            CopyFormDialog(chosen.form, self._copy, self).open()

    def _copy(self, title: str) -> None:
        chosen = self.list.current
        if chosen is not None:
            self._work_on(drawer.draft_of_copy(self.desk.branch, chosen, title))

    def open_chosen(self) -> None:
        """Work on the chosen form: on its draft, else on the version after the newest one."""
        chosen = self.list.current
        if chosen is not None and chosen.is_own:
            self._work_on(drawer.draft_of_next(self.desk.branch, chosen))

    # ---- the workbench

    def _work_on(self, draft: DesignerDraft) -> None:
        draft.keep()
        self.left.setCurrentIndex(1)
        self.first_focus = self.bench.structure
        self.bench.begin(draft)
        self.trial.begin(draft.form)
        self.head_buttons.show_for(draft=True)
        self.head_buttons.discard.setVisible(True)
        self._follow_draft()
        self._fit()
        self.bench.structure.tree.setFocus()

    def _follow_draft(self) -> None:
        draft = self.draft
        if draft is None:
            return
        count = len(self.bench.mistakes)
        self.trial.show_form(draft.form, readable=not count)
        self.title.setText(draft.form.shown())
        self.subtitle.setText(_("第 {n} 版草稿，自动保存；发布后才能使用", n=draft.form.version))
        self.head_buttons.undo.setEnabled(draft.can_undo)
        self.head_buttons.redo.setEnabled(draft.can_redo)
        self.head_buttons.publish.setEnabled(not count)
        self.banner.say("warn", _n("有 {n} 处要改好才能发布。", count) if count else "", _("去改"))

    def undo(self) -> None:
        """Take back the last edit of the draft."""
        if not self.bench.step_back():
            self.desk.toast_requested.emit(_("没有可以撤销的操作。"))

    def redo(self) -> None:
        """Do again what was taken back."""
        if not self.bench.step_forward():
            self.desk.toast_requested.emit(_("没有可以恢复的操作。"))

    def close_draft(self) -> None:
        """Back to the list; the draft is kept."""
        draft = self.draft
        if draft is not None:
            self.bench.properties.commit()
            self._show_list(draft.form.kind)
            self.list.table.setFocus()

    def ask_discard(self) -> None:
        """Ask before the draft is thrown away."""
        text = _("草稿里的改动会全部丢掉。")
        ask(self, _("放弃草稿"), text, _("已经发布的版本不受影响。"), _("放弃"), self._drop)

    def _drop(self) -> None:
        """Forget the draft in front and show the list."""
        draft, chosen = self.draft, self.list.current
        if draft is not None:
            draft.drop()
            self._show_list(draft.form.kind)
        elif chosen is not None:
            drawer.drop_draft(self.desk.branch, chosen)
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
        PublishFormDialog(self.desk, draft.form, write_form(draft.form), self._drop, self).open()

    def _follow_change(self) -> None:
        if self.draft is None and self.isVisible():
            self.refresh()

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
        shown = room >= _NARROW if self._trial_wanted is None else self._trial_wanted
        self.trial.setVisible(shown)
        most = px(_LIST if self.draft is None else _BESIDE if beside else _STACKED)
        self.left.setMaximumWidth(most if shown else _ANY_WIDTH)
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
        wished = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if wished and self.draft is not None and (_is_undo(event) or _is_redo(event)):
            event.accept()
            return True
        return bool(super().event(event))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.draft is not None and _is_undo(event):
            self.undo()
        elif self.draft is not None and _is_redo(event):
            self.redo()
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
        self.bench.go_to_mistake()

    @override
    def refresh(self) -> None:
        self.shown()

    @override
    def commit(self) -> None:
        if self.draft is not None:
            self.bench.properties.commit()


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)


def _is_redo(event: QKeyEvent) -> bool:
    keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    return keys in {"Ctrl+Y", "Ctrl+Shift+Z"}
