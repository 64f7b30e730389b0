"""A form as it will be: on the screen with a sample that can be changed, and on paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QTabWidget, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.errors import Problem
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form, shipped_form, shipped_kinds
from branchdesk.forms.parts import GROUP, THE_FORM, Part
from branchdesk.forms.samples import Sample, shipped_sample
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress
from branchdesk.reports.evaluations.scheme_papers import scheme_paper
from branchdesk.reports.inspections.blank import blank_document
from branchdesk.reports.meetings.papers import form_paper
from branchdesk.reports.meetings.sample_meeting import sample_values
from branchdesk.reports.points.form_papers import points_form_paper
from branchdesk.services import members
from branchdesk.ui.desk import Desk
from branchdesk.ui.fields.files import AttachmentsEditor
from branchdesk.ui.fields.form_scroll import FormScroll
from branchdesk.ui.fields.form_view import FormView
from branchdesk.ui.fields.lines_editor import ShownLine
from branchdesk.ui.fields.shown import shown_texts
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.preview import Preview
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.texts import Note, Words

_DEBOUNCE_MILLISECONDS = 600
_SIDE_BY_SIDE = 900
_SAME_KIND = 1000


def sample_for(form: Form) -> Sample:
    """The sample that shares most with a form, of the kinds that ship; an empty one where none does."""
    best, most = Sample({}), 0
    for kind in shipped_kinds():
        shipped = shipped_form(kind)
        shared = len(shipped.by_id.keys() & form.by_id.keys())
        # What the form has none of tells as much as what it shares: the short form is part of the long one.
        alike = 2 * shared - len(shipped.by_id) + (_SAME_KIND if kind == form.kind else 0)
        fits = shipped.subject == form.subject and shared and (alike > most or not best.values)
        sample = shipped_sample(kind) if fits else None
        if sample is not None:
            best, most = sample, alike
    return best


def paper_of(form: Form, sample: Sample, around: Surroundings, part: Part = THE_FORM) -> Document:
    """A form on paper with a sample; an inspection as it is handed out, to be filled by pen.

    A scheme of points prints its lists. One of evaluation prints its head, or what shows the group `part`.
    """
    if form.points is not None:
        return points_form_paper(form, None)
    if form.evaluation is not None and part.kind == GROUP:
        return scheme_paper(form, sample, around, part.id)
    if form.inspection is None:
        return form_paper(form, sample, around)
    values = sample_values(form.fields, sample.values, around)
    return blank_document(form, around.today, around.vocabulary, values=values)


class FormTrial(QFrame):
    """Shows a form with a sample, 样子 and 纸面 in tabs, or side by side where there is room.

    `paper_shown` tells the paper whenever it was made anew.
    """

    paper_shown = Signal(bytes)

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._jobs = jobs
        self._form: Form | None = None
        self._sample = Sample({})
        self._part = THE_FORM
        self._readable = False
        self.view: FormView | None = None
        self._screen_box = column(gap=0)
        self.preview = Preview()
        self.preview.setMinimumSize(px(160), px(160))
        self._remark = Banner()
        self.tabs = QTabWidget()
        self._looks = QWidget()
        self._paper = QWidget()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MILLISECONDS)
        self._timer.timeout.connect(self.make_paper)
        self._beside = False
        self._lay_out()

    def _lay_out(self) -> None:
        self._whole = row(margin=12, gap=12, parent=self)
        looks = column(gap=8, parent=self._looks)
        looks.setContentsMargins(0, px(8), 0, 0)
        self._looks_heading = Words(_("样子"), "strong")
        looks.addWidget(self._looks_heading)
        self._hint = Note(_("可以在这里试着填写，纸面会跟着变；试填的内容不会保存。"), "hint")
        self._nothing = Note(_("积分办法没有要填的栏目；积分项目印在纸面的清单上，记分时从里面选。"))
        looks.addWidget(self._hint)
        looks.addWidget(self._nothing)
        holder = QWidget()
        holder.setLayout(self._screen_box)
        self._scroll = FormScroll(holder)
        looks.addWidget(self._scroll, 1)
        paper = column(gap=8, parent=self._paper)
        paper.setContentsMargins(0, px(8), 0, 0)
        self._paper_heading = Words(_("纸面"), "strong")
        paper.addWidget(self._paper_heading)
        paper.addWidget(self._remark)
        paper.addWidget(self.preview, 1)
        self.tabs.setDocumentMode(True)
        self._whole.addWidget(self.tabs, 1)
        self._arrange(beside=False)

    def _arrange(self, *, beside: bool) -> None:
        self._beside = beside
        for heading in (self._looks_heading, self._paper_heading):
            heading.setVisible(beside)
        if beside:
            self.tabs.clear()
            self.tabs.hide()
            for part in (self._looks, self._paper):
                self._whole.addWidget(part, 1)
                part.show()
            return
        for part, title in ((self._looks, _("样子")), (self._paper, _("纸面"))):
            self._whole.removeWidget(part)
            self.tabs.addTab(part, title)
        self.tabs.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(_SIDE_BY_SIDE)
        if beside is not self._beside:
            self._arrange(beside=beside)

    # ---- the form

    def begin(self, form: Form) -> None:
        """Show another form with the sample that suits it."""
        self._sample = sample_for(form)
        self._part = THE_FORM
        self._form = None
        self.show_form(form, readable=True)

    def show_form(self, form: Form, *, readable: bool) -> None:
        """Show a form as it stands; one with a mistake is shown on paper as it was before."""
        self._readable = readable
        if form != self._form:
            self._form = form
            self._show_on_screen(form)
        if readable:
            self._remark.say("info", "")
            self._timer.start()
        else:
            self._timer.stop()
            self._remark.say("warn", _("改好表单里的问题，纸面就会更新。"))

    def look_at(self, part: Part) -> None:
        """Show on paper what a part makes; only groups of a scheme make another paper than the form."""
        before, self._part = self._part, part if part.kind == GROUP else THE_FORM
        if self._part != before and self._readable:
            self._timer.start()

    def _around(self) -> Surroundings:
        return Surroundings(members.vocabulary_of(self._desk.branch), clock.today(), typed=True)

    def _show_on_screen(self, form: Form) -> None:
        around = self._around()
        place = self._scroll.verticalScrollBar().value()
        if self.view is not None:
            self._screen_box.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = FormView(form, around.vocabulary)
        for pane in self.view.panes:
            for editor in pane.editors.values():
                if isinstance(editor, AttachmentsEditor):
                    editor.set_read_only(read_only=True)
        self.view.field_edited.connect(self._type)
        self.view.line_edited.connect(self._type_in_line)
        self.view.line_added.connect(self._add_line)
        self.view.lines_removed.connect(self._remove_lines)
        self.view.line_moved.connect(self._move_line)
        self._screen_box.addWidget(self.view)
        self._hint.setVisible(form.points is None)
        self._nothing.setVisible(form.points is not None)
        values = {
            field.id: field.type.read(field, self._sample.values[field.id], around).value
            for field in form.fields
            if field.id in self._sample.values
        }
        self.view.fill(shown_texts(form.fields, values, around.vocabulary))
        for table in self.view.tables:
            self._fill_table(table)
        self.view.show()
        self._scroll.verticalScrollBar().setValue(place)

    def _fill_table(self, table: str) -> None:
        if self.view is None or self._form is None:
            return
        around = self._around()
        columns = self._form.tables_by_id[table].fields
        lines = []
        for number, typed in enumerate(self._sample.lines.get(table, ())):
            values = {
                one.id: one.type.read(one, typed[one.id], around).value for one in columns if one.id in typed
            }
            lines.append(ShownLine(str(number), shown_texts(columns, values, around.vocabulary)))
        self.view.fill_lines(table, lines)

    # ---- trying it

    def _type(self, field_id: str, text: str) -> None:
        self._take(replace(self._sample, values={**self._sample.values, field_id: text}))

    def _type_in_line(self, table: str, line: str, field_id: str, text: str) -> None:
        lines = [dict(one) for one in self._sample.lines.get(table, ())]
        lines[int(line)][field_id] = text
        self._take_lines(table, lines)

    def _add_line(self, table: str, texts: dict[str, str]) -> None:
        self._take_lines(table, [*map(dict, self._sample.lines.get(table, ())), texts])

    def _remove_lines(self, table: str, lines: list[str]) -> None:
        left = [
            dict(one)
            for number, one in enumerate(self._sample.lines.get(table, ()))
            if str(number) not in lines
        ]
        self._take_lines(table, left)

    def _move_line(self, table: str, line: str, step: int) -> None:
        lines = [dict(one) for one in self._sample.lines.get(table, ())]
        lines.insert(int(line) + step, lines.pop(int(line)))
        self._take_lines(table, lines)

    def _take_lines(self, table: str, lines: list[dict[str, str]]) -> None:
        self._take(replace(self._sample, lines={**self._sample.lines, table: tuple(lines)}))
        self._fill_table(table)

    def _take(self, sample: Sample) -> None:
        self._sample = sample
        if self._readable:
            self._timer.start()

    # ---- paper

    def make_paper(self) -> None:
        """Make the paper on the worker and show it."""
        form, sample, part, around = self._form, self._sample, self._part, self._around()
        if form is None:
            return

        def work(progress: Progress) -> bytes:
            return write_pdf(paper_of(form, sample, around, part), progress)

        self._jobs.run(_("正在排版"), work, self._show_paper, self._cannot, quiet=True)

    def _show_paper(self, made: bytes) -> None:
        self.preview.show_pdf(made)
        self.paper_shown.emit(made)

    def _cannot(self, problem: Problem) -> None:
        self._remark.say("warn", str(problem))
