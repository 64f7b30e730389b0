"""The table in which grades are decided: votes and figures for advice, number keys for the decision."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from typing_extensions import override

from branchdesk.domain.evaluations.model import Subject
from branchdesk.i18n import _
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.look import look
from branchdesk.ui.pane import make_room, put_chips
from branchdesk.ui.screens.evaluations.words import (
    about,
    figure,
    grade_title,
    grade_tone,
    votes_words,
    why_no_grade,
)
from branchdesk.ui.widgets.tables import SimpleTable

NAME, GROUP, VOTES, REFERENCE, TOTAL, POINTS, SUGGESTED, GRADE, REASON = range(9)
_SPARE = (GROUP, POINTS, REFERENCE, VOTES)
_CLEARING = {Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class GradeTable(SimpleTable):
    """One row for each subject. `graded` tells the code of a grade whose key was pressed, empty for none."""

    graded = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            [
                _("姓名"),
                _("党小组"),
                _("测评票"),
                _("参考分"),
                _("总分"),
                _("双积分"),
                _("建议等次"),
                _("评定等次"),
                _("理由"),
            ],
            REASON,
            several=True,
        )
        self.setObjectName("grades")
        self.setAccessibleName(_("等次评定"))
        self.keep_room(3)
        self._codes: list[str] = []
        self._hidden: set[int] = set()

    def show_sheet(self, sheet: EvaluationSheet) -> None:
        """Show the subjects of an evaluation."""
        self._codes = [one.code for one in sheet.scheme.grades]
        subjects = sheet.evaluation.subjects
        past = {number for number, one in enumerate(subjects) if not one.needs_grade}
        before = self.blockSignals(True)
        self.show_rows([_texts(sheet, one) for one in subjects], past)
        self._colour(sheet)
        self.blockSignals(before)
        self._hidden = {
            place
            for place, used in (
                (GROUP, any(one.group for one in subjects)),
                (VOTES, sheet.together.counted),
                (REFERENCE, sheet.together.counted),
                (TOTAL, bool(sheet.scheme.parts)),
                (POINTS, any(one is not None for one in sheet.points.values())),
            )
            if not used
        }
        heading = self.horizontalHeaderItem(VOTES)
        if heading is not None:
            heading.setToolTip(" / ".join(one.title for one in sheet.scheme.grades))
        self.fit_columns()

    def _colour(self, sheet: EvaluationSheet) -> None:
        scheme, subjects = sheet.scheme, sheet.evaluation.subjects
        put_chips(self, GRADE, [grade_tone(scheme, one.grade) for one in subjects])
        for number, one in enumerate(subjects):
            item = self.item(number, SUGGESTED)
            if item is not None:
                item.setForeground(look().color("text2"))
            name = self.item(number, NAME)
            if name is not None:
                name.setToolTip("\n".join(filter(None, (about(one), why_no_grade(one)))))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Let columns go that nobody needs, and those that can be spared where there is little room."""
        for place in self._hidden:
            self.setColumnHidden(place, True)
        make_room(self, REASON, [place for place in _SPARE if place not in self._hidden])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 is the best grade, 2 the next; 0 takes a grade back."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        place = event.key() - int(Qt.Key.Key_1)
        if plain and 0 <= place < len(self._codes):
            self.graded.emit(self._codes[place])
        elif plain and event.key() in _CLEARING:
            self.graded.emit("")
        else:
            super().keyPressEvent(event)


def _texts(sheet: EvaluationSheet, subject: Subject) -> tuple[str, ...]:
    scheme, votes = sheet.scheme, _votes(sheet, subject.uid)
    total = sheet.totals.get((subject.uid, ""))
    suggested = grade_title(scheme, sheet.suggested.get(subject.uid, ""))
    return (
        subject.name,
        subject.group,
        votes[0],
        votes[1],
        figure(total.total if total is not None else None),
        figure(sheet.points.get(subject.uid)),
        suggested or "—",
        grade_title(scheme, subject.grade) if subject.needs_grade else "",
        subject.reason or why_no_grade(subject),
    )


def _votes(sheet: EvaluationSheet, subject: str) -> tuple[str, str]:
    """The votes of a subject grade by grade and their reference score; dashes where they are not shown."""
    found = sheet.together.rows.get(subject)
    if found is None:
        return "—", "—"
    return votes_words(sheet.scheme, found.counts), figure(found.reference)
