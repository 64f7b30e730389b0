"""The form designer: the list of forms, or one form with its parts, its screen and its paper."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.forms.writing import write_form
from branchdesk.i18n import _, _n, joined
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

# Widths at 100 %: of the list, of the workbench, and from where there is room for the form beside each.
_LIST, _BENCH = 400, 660
_BESIDE_LIST, _BESIDE_BENCH = 720, 1000
_ANY_WIDTH = 16_777_215  # what Qt takes for no bound


class FormDesignerScreen(Page):
    """Lists forms; copies one, changes it part by part, shows it on screen and paper, publishes it."""

    key = "form_designer"
    help_topic = "forms"

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__(desk, _("表单设计"))
        self._may_write = desk.branch.person.role.may_write
        self.list = FormList()
        self.bench = Workbench()
        self.trial = FormTrial(desk, jobs)
        self.head_buttons = HeadButtons(self)
        self.left = QStackedWidget()
        self._trial_wanted = False
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
        self.bench.structure.chosen.connect(self.trial.look_at)
        self.banner.pressed.connect(self.bench.go_to_mistake)
        self.desk.changed.connect(self.refresh)

    # ---- the list

    @property
    def draft(self) -> DesignerDraft | None:
        """The draft on the workbench; None while the list is shown."""
        return self.bench.draft if self.left.currentWidget() is self.bench else None

    def _show_list(self, kind: str = "") -> None:
        self.left.setCurrentIndex(0)
        self.first_focus = self.list
        self.title.setText(_("表单设计"))
        self.subtitle.setText(_("会议、检查和记录用的表单：看样子，复制一份改成自己的"))
        self.head_buttons.show_for(draft=False)
        self.banner.say("info", "")
        self.list.show_forms(drawer.forms_and_drafts(self.desk.branch), kind)
        self._fit()

    def _look_at_chosen(self) -> None:
        chosen, buttons = self.list.current, self.head_buttons
        buttons.discard.setVisible(chosen is not None and chosen.draft is not None and self._may_write)
        buttons.edit.setEnabled(chosen is not None and chosen.is_own and self._may_write)
        buttons.copy.setEnabled(chosen is not None and chosen.origin != "" and self._may_write)
        self._fit()
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
        self.head_buttons.discard.setVisible(False)
        self._trial_wanted = False
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
        said = self.bench.mistakes[0].sentence if count else ""
        more = _n("另外还有 {n} 处。", count - 1) if count > 1 else ""
        self.banner.say("warn", joined(said, more), _("去改"))

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

    # ---- room

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the form beside the list or the parts where there is room, else in their place by F4."""
        room = self.width() * 100 // look().scale
        drafting = self.draft is not None
        roomy = room >= (_BESIDE_BENCH if drafting else _BESIDE_LIST)
        self.trial.setVisible(roomy or self._trial_wanted)
        self.left.setVisible(roomy or not self._trial_wanted)
        most = px(_BENCH if drafting else _LIST)
        self.left.setMaximumWidth(most if roomy else _ANY_WIDTH)
        self.left.setMinimumWidth(most if roomy else 0)
        shown = self.head_buttons
        shown.look.setVisible(not roomy)
        shown.look.setText(_("看结构") if self._trial_wanted and drafting else _("看样子"))
        self._buttons.setFixedWidth(self._button_flow.sizeHint().width())

    # ---- wishes of the window

    @override
    def shown(self, target: object = None) -> None:
        if self.draft is None:
            self.refresh()
            self.list.choose(str(target or ""))
            self.list.table.setFocus()

    @override
    def event(self, event: QEvent) -> bool:
        """Ctrl+Z and Ctrl+Y are the draft's while there is one, before the window takes them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            steps = _is_undo(event) or _is_redo(event)
            if steps and self.draft is not None:
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
        panes = [bench.structure, bench.properties] if self.draft else [self.list]
        step_pane([*panes, self.trial], backwards=backwards)

    @override
    def toggle_details(self) -> None:
        self._trial_wanted = not self._trial_wanted
        self._fit()
        target = self.trial if self.left.isHidden() else self.first_focus
        if target is not None:
            target.setFocus()

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
        if self.draft is None and self.isVisible():
            chosen = self.list.current
            self._show_list(chosen.form.kind if chosen is not None else "")

    @override
    def commit(self) -> None:
        if self.draft is not None:
            self.bench.properties.commit()


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)


def _is_redo(event: QKeyEvent) -> bool:
    keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    return keys in {"Ctrl+Y", "Ctrl+Shift+Z"}
