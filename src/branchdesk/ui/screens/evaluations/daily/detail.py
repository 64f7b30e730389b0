"""The pane beside the grid: what the records say of a member's month, and what is written of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from branchdesk.domain.daily import DailyFigures, DailyRecord, MonthState
from branchdesk.findings import Finding
from branchdesk.forms.language import Field, Form
from branchdesk.i18n import _
from branchdesk.services.daily.reading import DailyPerson, DailyYear
from branchdesk.services.open_branch import Branch
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.shown import shown_texts
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.daily.drafting import Cell, DailyDrafts
from branchdesk.ui.screens.evaluations.daily.figure_lines import FigureLines
from branchdesk.ui.screens.evaluations.daily.words import STATE_TONES, STATES, month_words
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column, row, rule
from branchdesk.ui.widgets.scrolling import GrowingScroll
from branchdesk.ui.widgets.texts import Chip, Elide, Note, Words, restyle

_WIDTH = 400
_NOT_TYPED = {"computed", "signature", "attachments"}


def typed_fields(form: Form) -> list[Field]:
    """The fields of a form that somebody writes in."""
    return [one for one in form.fields if one.type.name not in _NOT_TYPED and not one.hidden]


class DailyDetail(QFrame):
    """Shows and edits one month of one member. `edited` tells texts by field; the others tell wishes."""

    edited = Signal(dict)
    completion_wanted = Signal()
    reopening_wanted = Signal()

    def __init__(self, branch: Branch, *, may_write: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("daily_detail")
        self.setFixedWidth(px(_WIDTH))
        self._may_write = may_write
        self._known: tuple[str, int] | None = None
        self._stored: dict[str, str] = {}
        self._cell: Cell | None = None
        self.pane: FormPane | None = None
        self.name, self.group = Words("", "heading"), Elide("", "hint")
        self.state = Chip("", "")
        self.month = Words("", "second")
        self.nothing = Note(_("在左边选一名党员和一个月。"), "second")
        self.figures = FigureLines()
        self.drafts = DailyDrafts(branch, self.unstored, self)
        self.complete = button(
            _("定稿"),
            self._ask_completion,
            icon_name="check",
            tip=_("打印签字以后定稿，不能再改"),
            name="complete_daily",
        )
        self.reopen = button(_("重新打开"), self.reopening_wanted.emit, name="reopen_daily")
        self._lay_out()
        self.drafts.taken.connect(self.edited)
        self.show_month(None, None, 0, DailyFigures())

    def _lay_out(self) -> None:
        whole = column(gap=8, parent=self)
        whole.setContentsMargins(px(14), px(12), px(6), px(12))
        head = row(gap=8)
        head.addWidget(self.name)
        head.addWidget(self.group, 1)
        head.addWidget(self.state)
        head.addSpacing(px(8))
        whole.addLayout(head)
        whole.addWidget(self.month)
        whole.addWidget(self.nothing)
        content = QWidget()
        self._box = column(gap=10, parent=content)
        self._box.setContentsMargins(0, 0, px(10), 0)
        self._box.addWidget(self.drafts.bar)
        self._box.addWidget(Words(_("自动统计"), "strong"))
        self._box.addWidget(self.figures)
        self._box.addWidget(rule())
        self._box.addStretch(1)
        self.scrolling = GrowingScroll(content)
        whole.addWidget(self.scrolling, 1)
        self.foot = QWidget()
        flow = Flow(self.foot, gap=6)
        for one in (self.complete, self.reopen):
            flow.addWidget(one)
        whole.addWidget(self.foot)

    # ---- showing

    def show_month(
        self, year: DailyYear | None, person: DailyPerson | None, month: int, figures: DailyFigures
    ) -> None:
        """Show a month of a member as it is stored; what is being typed stays. Nobody for None."""
        there = year is not None and person is not None and bool(month)
        for part in (self.state, self.month, self.scrolling, self.foot):
            part.setVisible(there)
        self.nothing.setVisible(not there)
        self.name.setText(person.name if person is not None else _("没有选人"))
        self.group.setText(person.group if person is not None else "")
        if year is None or person is None or not month:
            self.drafts.turn_to(None)
            return
        record, state = person.record(month), year.state(person, month)
        self.month.setText(month_words(year.year, month))
        self.state.setText(_(STATES[state]))
        restyle(self.state, "chip", STATE_TONES[state])
        self._follow(year, record)
        self.figures.show_figures(figures)
        self._show_texts(year, record)
        self._show_possible(person, state)
        open_one = self._may_type(person, state)
        cell = (person.person, year.year, month)
        self.drafts.turn_to(cell if open_one else None)
        if cell != self._cell:
            self._cell = cell
            self.scrolling.verticalScrollBar().setValue(0)

    def _follow(self, year: DailyYear, record: DailyRecord | None) -> None:
        """Build the editors of another version of the form."""
        form = year.form_of(record)
        if self._known == (form.kind, form.version):
            return
        self._known = (form.kind, form.version)
        if self.pane is not None:
            self.pane.hide()
            self._box.removeWidget(self.pane)
            self.pane.deleteLater()
        self.figures.build(form, year.vocabulary)
        self.pane = FormPane(typed_fields(form), year.vocabulary, whole=form)
        self.pane.field_edited.connect(self._tell)
        self.drafts.watch(self.pane)
        self._box.insertWidget(self._box.count() - 1, self.pane)
        self.pane.show()  # at once, else the height of the scroll is that of an empty form for a moment

    def _show_texts(self, year: DailyYear, record: DailyRecord | None) -> None:
        if self.pane is not None:
            values = record.values if record is not None else {}
            fields = typed_fields(year.form_of(record))
            self._stored = shown_texts(fields, values, year.vocabulary)
            self.pane.fill(self._stored)

    def _may_type(self, person: DailyPerson, state: MonthState) -> bool:
        """Whether anything can be written: not of people who left, months to come and final ones."""
        return self._may_write and person.here and state in {MonthState.EMPTY, MonthState.WRITTEN}

    def _show_possible(self, person: DailyPerson, state: MonthState) -> None:
        if self.pane is not None:
            self.pane.set_read_only(read_only=not self._may_type(person, state))
        is_final = state is MonthState.COMPLETE
        self.complete.setVisible(not is_final)
        self.reopen.setVisible(is_final)
        self.complete.setEnabled(self._may_write and state is MonthState.WRITTEN)
        self.reopen.setEnabled(self._may_write)

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show what there is to say about what was typed."""
        if self.pane is not None:
            self.pane.set_findings(findings)

    def _ask_completion(self) -> None:
        self.commit()
        self.completion_wanted.emit()

    # ---- typing

    def _tell(self, field: str, text: str) -> None:
        self.edited.emit({field: text})

    def unstored(self) -> Mapping[str, str]:
        """The texts that are typed and not stored, by the ids of their fields."""
        texts = self.pane.texts() if self.pane is not None else {}
        return {name: text for name, text in texts.items() if text != self._stored.get(name, "")}

    def commit(self) -> None:
        """Store what is typed and not yet stored."""
        if self.pane is not None:
            self.pane.commit()

    def take_focus(self) -> bool:
        """Go to the first field that can be written; False where there is none."""
        return self.pane is not None and not self.scrolling.isHidden() and self.pane.take_focus()
