"""The segment of grades: the tally advises and people decide, with a reason where they decide otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.deciding import undecided
from branchdesk.domain.evaluations.model import Subject
from branchdesk.i18n import _, _n, listed
from branchdesk.services.evaluations import deciding
from branchdesk.services.evaluations.sheets import OF_GRADE, OF_SUBJECT, EvaluationSheet
from branchdesk.services.members import vocabulary_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.pane import step_row
from branchdesk.ui.screens.evaluations.decision_form import TOLD_ON, DecisionForm
from branchdesk.ui.screens.evaluations.drafting import SUBJECT, EvaluationDrafts
from branchdesk.ui.screens.evaluations.grade_table import GradeTable
from branchdesk.ui.screens.evaluations.pane import EvaluationPane
from branchdesk.ui.screens.evaluations.subject_detail import SubjectDetail
from branchdesk.ui.screens.evaluations.words import grade_title
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Elide

_MOST_NAMED = 5


class GradesPane(EvaluationPane):
    """Subjects with their votes and figures; number keys or the list in the detail decide a grade."""

    def __init__(self, desk: Desk, drafts: EvaluationDrafts) -> None:
        super().__init__(desk)
        self._drafts = drafts
        self.table = GradeTable()
        self.foot = Elide("", "hint")
        self.detail = SubjectDetail()
        self.decision = DecisionForm(vocabulary_of(desk.branch))
        self.detail.add_before_parts(self.decision)
        self._quota = button(_("写超比例理由…"), self.explain_quota, icon_name="edit", name="explain_quota")
        self.buttons = [self._quota]
        self._whole = QFrame()
        self._whole.setProperty("role", "card")
        inside = column(margin=12, gap=8, parent=self._whole)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.foot)
        self.lay_beside(self._whole, self.detail)
        self._connect()

    def _connect(self) -> None:
        self.table.itemSelectionChanged.connect(self._show_subject)
        self.table.cellActivated.connect(self._go_to_detail)
        self.table.graded.connect(self._decide)
        self.decision.graded.connect(self._decide_one)
        self.decision.written.connect(self._write)
        self.decision.draft_due.connect(self._keep_draft)
        self.detail.points_wanted.connect(self._show_points)

    # ---- showing

    @override
    def fill(self, sheet: EvaluationSheet) -> None:
        chosen = self.subject if self.sheet is not None else ""
        self.sheet = sheet
        self.table.show_sheet(sheet)
        self.show_subject(chosen)
        keys = "  ".join(
            _("{n} {grade}", n=place, grade=one.title)
            for place, one in enumerate(sheet.scheme.grades, start=1)
        )
        self.foot.setText(_("按键评定：{keys}  0 取消 · 按住 Ctrl 或 Shift 可选几个一起评", keys=keys))
        wanted = [one for one in sheet.evaluation.subjects if one.needs_grade]
        decided = sum(bool(one.grade) for one in wanted)
        self.sum = " · ".join((_n("{n} 个要评等次", len(wanted)), _n("{n} 个已评定", decided)))
        over = any(one.field.startswith(OF_GRADE) for one in sheet.findings)
        self._quota.setVisible(over and self.may_write)
        self._show_subject()
        self.refreshed.emit()

    def _show_subject(self) -> None:
        sheet, chosen = self.sheet, self.chosen
        one = chosen[0] if chosen else None
        total = sheet.totals.get((one.uid, "")) if sheet is not None and one is not None else None
        self.detail.show_subject(sheet, one, total)
        self.decision.setVisible(one is not None)
        if sheet is not None and one is not None:
            suggested = sheet.suggested.get(one.uid, "")
            self.decision.show_subject(sheet.scheme, one, suggested, may_write=self.may_write)

    @property
    def chosen(self) -> list[Subject]:
        """The subjects that are chosen, from the top down."""
        subjects = self.sheet.evaluation.subjects if self.sheet is not None else ()
        return [subjects[number] for number in self.table.chosen_rows if number < len(subjects)]

    @property
    @override
    def subject(self) -> str:
        chosen = self.chosen
        return chosen[0].uid if chosen else ""

    @override
    def show_subject(self, uid: str) -> None:
        known = [one.uid for one in self.sheet.evaluation.subjects] if self.sheet is not None else []
        if uid in known:
            self.table.selectRow(known.index(uid))

    # ---- deciding

    def _decide_one(self, grade: str) -> None:
        """The list in the detail decides for the subject that the detail shows."""
        self._ask_or_decide(self.chosen[:1], grade)

    def _decide(self, grade: str) -> None:
        """A key decides for all who are chosen, and goes on to the next."""
        self._ask_or_decide(self.chosen, grade)

    def _ask_or_decide(self, chosen: Sequence[Subject], grade: str) -> None:
        sheet = self.sheet
        if sheet is None or not self.may_write:
            return
        graded = [one for one in chosen if one.needs_grade]
        if not graded:
            self.desk.toast_requested.emit(_("选中的参加评议，但不评等次。") if chosen else _("请先选人。"))
            self._show_subject()
            return
        uids = [one.uid for one in graded]
        other = [one for one in graded if _needs_reason(sheet, one, grade)]
        if not other:
            written = graded[0].reason if len(graded) == 1 and not graded[0].grade else ""
            self._store(uids, grade, written)
            return
        dialog = LineDialog(
            _("为什么这样评定"),
            _why_asked(sheet, other, grade),
            _("理由，会写进登记表"),
            _("评定"),
            partial(self._store, uids, grade),
            self.window(),
        )
        dialog.rejected.connect(self._show_subject)
        dialog.open()

    def _store(self, uids: list[str], grade: str, reason: str) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        grades = dict.fromkeys(uids, grade)
        one_only = len(uids) == 1 and self.table.hasFocus()
        work = partial(deciding.decide, self.desk.branch, sheet.evaluation.uid, grades, reason=reason)
        outcome = self.desk.do(work)
        if outcome is None:
            self._show_subject()
        elif grade and one_only:
            step_row(self.table, backwards=False)

    def _write(self, field: str, text: str) -> None:
        sheet, one = self.sheet, self.decision.subject
        if sheet is None or one is None:
            return
        work = partial(deciding.set_opinion, self.desk.branch, sheet.evaluation.uid, one.uid, {field: text})
        if self.desk.do(work) is not None:
            self._drafts.drop([_place(one, field)])
        elif field != TOLD_ON:
            # A day that is none stays as it was typed, to be put right.
            self._show_subject()

    def _keep_draft(self) -> None:
        one = self.decision.subject
        if one is not None:
            self._drafts.keep({_place(one, key): text for key, text in self.decision.unstored.items()})

    def explain_quota(self) -> None:
        """Write down why more got a grade than generally may."""
        sheet = self.sheet
        if sheet is None:
            return
        text = "".join(one.sentence for one in sheet.findings if one.field.startswith(OF_GRADE))
        LineDialog(_("超比例的理由"), text, _("为什么"), _("写明"), self._explain_quota, self.window()).open()

    def _explain_quota(self, why: str) -> None:
        if self.sheet is not None:
            work = partial(deciding.explain_quota, self.desk.branch, self.sheet.evaluation.uid, why)
            self.desk.do(work, _("理由已写明。"))

    def _go_to_detail(self) -> None:
        if self.detail.isHidden():
            self.toggle_detail()
        self.decision.grade.setFocus()

    def _show_points(self, person: str) -> None:
        self.desk.screen_requested.emit("evaluations", person)

    # ---- wishes of the screen

    @override
    def show_finding(self, about: str) -> None:
        if about.startswith(OF_SUBJECT):
            super().show_finding(about)
        else:
            self.go_to_open()

    @override
    def go_to_open(self) -> None:
        sheet = self.sheet
        waiting = undecided(sheet.scheme, sheet.evaluation.subjects) if sheet is not None else ()
        if waiting and self.subject not in {one.uid for one in waiting}:
            self.show_subject(waiting[0].uid)

    @override
    def first_focus(self) -> QWidget:
        return self.table

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        step_row(self.table, backwards=backwards)

    @override
    def set_low(self, *, low: bool) -> None:
        self.foot.setVisible(not low)

    @override
    def commit(self) -> None:
        self.decision.commit()

    @override
    def print_here(self) -> bool:
        sheet = self.sheet
        if sheet is None or not self.subject or sheet.scheme.of != "members":
            return False
        target = (sheet.evaluation.uid, "registration", self.subject, "")
        self.desk.screen_requested.emit("print_evaluation", target)
        return True


def _place(subject: Subject, field: str) -> str:
    """The name of the draft of a text about a subject."""
    return f"{SUBJECT}.{subject.uid}.{field}"


def _needs_reason(sheet: EvaluationSheet, one: Subject, grade: str) -> bool:
    """Whether to ask why: the grade is not what the tally suggests, and no reason was written beforehand."""
    if not grade or grade in {one.grade, sheet.suggested.get(one.uid, "")}:
        return False
    return bool(one.grade) or not one.reason


def _why_asked(sheet: EvaluationSheet, other: Sequence[Subject], grade: str) -> str:
    """Whose decision is another than the tally suggests."""
    names = listed([one.name for one in other[:_MOST_NAMED]]) + (_("等") if len(other) > _MOST_NAMED else "")
    title = grade_title(sheet.scheme, grade)
    suggested = {sheet.suggested.get(one.uid, "") for one in other}
    if suggested == {""}:
        return _("{names}没有测评建议，评定为“{grade}”要写明理由。", names=names, grade=title)
    if len(suggested) == 1:
        advised = grade_title(sheet.scheme, suggested.pop())
        return _(
            "{names}：测评结果建议“{advised}”，现在评定“{grade}”，请写一句理由。",
            names=names,
            advised=advised,
            grade=title,
        )
    return _("{names}：评定“{grade}”和测评结果的建议不一致，请写一句理由。", names=names, grade=title)
