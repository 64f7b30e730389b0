"""The pane beside a table: one subject with its parts, votes and points, and what a pane adds below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QWidget

from branchdesk.domain.evaluations.ballots import NOT_COUNTED
from branchdesk.domain.evaluations.model import Subject
from branchdesk.domain.evaluations.scoring import SubjectTotal
from branchdesk.i18n import _
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.look import look, px
from branchdesk.ui.screens.evaluations.words import (
    about,
    figure,
    grade_title,
    grade_tone,
    why_no_grade,
)
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column, row, rule
from branchdesk.ui.widgets.scrolling import GrowingScroll
from branchdesk.ui.widgets.texts import Chip, Elide, Note, Words, restyle

_WIDTH = 330
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Lines(QWidget):
    """Lines of words with figures at the right, in the tones given."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnStretch(0, 1)
        self.texts: list[tuple[str, str]] = []

    def show_lines(self, lines: list[tuple[str, str, str]]) -> None:
        """Show words, figure and tone of each line; a tone is ok, warn, err or empty."""
        self.texts = [(words, figures) for words, figures, _tone in lines]
        _empty(self._grid)
        for place, (words, figures, tone) in enumerate(lines):
            left, right = Note(words, "second"), Words(figures, "strong")
            right.setAlignment(_RIGHT)
            if tone:
                right.setStyleSheet(f"color: {look().colors[tone]}")
            self._grid.addWidget(left, place, 0)
            self._grid.addWidget(right, place, 1)
        self.setVisible(bool(lines))


class SubjectDetail(QFrame):
    """Shows one subject. `points_wanted` asks for the ledger of the person in front."""

    points_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(px(_WIDTH))
        self.setObjectName("subject_detail")
        self.sheet: EvaluationSheet | None = None
        self.subject: Subject | None = None
        self.name, self.grade = Words("", "heading"), Chip("")
        self.about = Elide("", "hint")
        self.why = Note("", "second")
        self.parts, self.votes = Lines(), Lines()
        self._parts_heading, self._votes_heading = Words(_("得分"), "strong"), Words(_("测评"), "strong")
        self._points = button("", self._ask_points, look="link", name="show_points")
        self._lay_out()

    def _lay_out(self) -> None:
        box = column(margin=14, gap=8, parent=self)
        head = row(gap=8)
        head.addWidget(self.name)
        head.addWidget(self.grade)
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(self.about)
        content = QWidget()
        self.inside = column(gap=8, parent=content)
        self.inside.setContentsMargins(0, 0, px(8), 0)
        for part in (self.why, self._parts_heading, self.parts, self._votes_heading, self.votes):
            self.inside.addWidget(part)
        self.inside.addWidget(self._points, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addStretch(1)
        box.addWidget(GrowingScroll(content), 1)
        self.foot = QWidget()
        self.foot_flow = Flow(self.foot, gap=6)
        box.addWidget(self.foot)

    def add_below_parts(self, part: QWidget) -> None:
        """Add what a pane says of the part in front."""
        self.inside.insertWidget(self.inside.indexOf(self.parts) + 1, part)

    def add_before_parts(self, part: QWidget) -> None:
        """Add what is done with the subject in front, above its figures."""
        place = self.inside.indexOf(self.why) + 1
        self.inside.insertWidget(place, part)
        self.inside.insertWidget(place + 1, rule())

    # ---- showing

    def show_subject(
        self, sheet: EvaluationSheet | None, subject: Subject | None, total: SubjectTotal | None
    ) -> None:
        """Show a subject with a total; nobody for None."""
        self.sheet, self.subject = sheet, subject
        known = sheet is not None and subject is not None
        self.name.setText(subject.name if subject is not None else _("没有选人"))
        self.about.setText(about(subject) if subject is not None else "")
        self.about.setVisible(bool(self.about.text()))
        grade = grade_title(sheet.scheme, subject.grade) if sheet is not None and subject is not None else ""
        self.grade.setText(grade)
        self.grade.setVisible(bool(grade))
        if sheet is not None and subject is not None:
            restyle(self.grade, "chip", grade_tone(sheet.scheme, subject.grade))
        self.why.setText(self._why() if known else _("在左边选一名参评对象。"))
        self.why.setVisible(bool(self.why.text()))
        self._show_parts(total)
        self._show_votes()
        self._show_points()

    def _why(self) -> str:
        """Why there is no grade, and what speaks against one."""
        if self.sheet is None or self.subject is None:
            return ""
        against = self.sheet.disqualified.get(self.subject.uid, "")
        return "\n".join(filter(None, (why_no_grade(self.subject), against)))

    def _show_parts(self, total: SubjectTotal | None) -> None:
        lines: list[tuple[str, str, str]] = []
        for one in total.parts if total is not None else ():
            words = _("{part}（权重 {weight}%）", part=one.part.title, weight=figure(one.weight))
            if one.score is None:
                lines.append((words, _("没有分"), "warn"))
            else:
                points = _("{score} → {points}", score=figure(one.score), points=figure(one.points))
                lines.append((words, points, ""))
        if total is not None and lines:
            lines.append((_("总分"), figure(total.total), "link"))
        self.parts.show_lines(lines)
        self._parts_heading.setVisible(bool(lines))

    def _show_votes(self) -> None:
        """What all ballots say that feed no part; nothing while too few were counted."""
        sheet, subject = self.sheet, self.subject
        together = sheet.together if sheet is not None else NOT_COUNTED
        found = together.rows.get(subject.uid) if subject is not None else None
        lines: list[tuple[str, str, str]] = []
        if sheet is not None and found is not None:
            lines = [(one.title, str(found.counts.get(one.code, 0)), "") for one in sheet.scheme.grades]
            if found.blank:
                lines.append((_("未评"), str(found.blank), ""))
            lines.append((_("参考分"), figure(found.reference), "link"))
        elif together.counted and together.hidden:
            lines = [(_("有效票太少，不显示结果"), "", "")]
        self.votes.show_lines(lines)
        self._votes_heading.setVisible(bool(lines))

    def _show_points(self) -> None:
        sheet, subject = self.sheet, self.subject
        points = sheet.points.get(subject.uid) if sheet is not None and subject is not None else None
        self._points.setVisible(points is not None)
        if points is not None:
            words = _("双积分 {points} 分，看明细", points=figure(points))
            self._points.setText(words)
            self._points.setAccessibleName(words)

    def _ask_points(self) -> None:
        if self.subject is not None and self.subject.person:
            self.points_wanted.emit(self.subject.person)


def _empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
