"""What is decided about one subject: the grade, its reason, opinion, what is to improve, when it was told."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.domain.evaluations.deciding import procedures_of
from branchdesk.domain.evaluations.model import Scheme, Subject
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import _
from branchdesk.ui.fields.asked import asked
from branchdesk.ui.screens.evaluations.words import day_shown, grade_title
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.drafted_text import DraftedText
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Note, Words

REASON, OPINION, IMPROVEMENT, TOLD_ON = "reason", "opinion", "improvement", "told_on"


class DecisionForm(QWidget):
    """Shows and edits a decision. `graded` tells the code that was chosen, `written` a field and its text.

    `draft_due` tells that some text was typed and is not told yet; `unstored` has it.
    """

    graded = Signal(str)
    written = Signal(str, str)
    draft_due = Signal()

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.subject: Subject | None = None
        self._scheme: Scheme | None = None
        box = column(gap=6, parent=self)
        self.grade = Choice()
        self.grade.setObjectName("grade")
        self._add(box, _("评定等次"), self.grade)
        self.suggestion = Note("", "hint")
        box.addWidget(self.suggestion)
        self.texts = {
            REASON: DraftedText(REASON, _("评定理由"), _("和测评结果不一致的，必须写"), least=2),
            OPINION: DraftedText(OPINION, _("评定意见"), _("写进登记表"), least=2),
            IMPROVEMENT: DraftedText(IMPROVEMENT, _("改进要求"), _("要改进什么"), least=2),
        }
        for text in self.texts.values():
            self._add(box, text.accessibleName(), text)
            text.draft_due.connect(self.draft_due)
        self.told_on = asked(TOLD_ON, "date", _("反馈本人日期"), vocabulary)
        self._add(box, _("反馈本人日期"), self.told_on)
        self.procedures = Note("", "second")
        box.addWidget(self.procedures)
        self.grade.activated.connect(self._tell_grade)
        self.told_on.edited.connect(self._tell_day)
        self.texts[REASON].entered.connect(self._tell_reason)
        self.texts[OPINION].entered.connect(self._tell_opinion)
        self.texts[IMPROVEMENT].entered.connect(self._tell_improvement)

    @staticmethod
    def _add(box: object, label: str, field: QWidget) -> None:
        words = Words(label, "second")
        words.setBuddy(field)
        field.setAccessibleName(label)
        box.addWidget(words)  # type: ignore[attr-defined] # a column
        box.addWidget(field)  # type: ignore[attr-defined]

    def show_subject(self, scheme: Scheme, subject: Subject, suggested: str, *, may_write: bool) -> None:
        """Show a decision as it is stored; what is being typed about the same subject stays."""
        fresh = self.subject is None or self.subject.uid != subject.uid
        if fresh:
            self.commit()
        self.subject = subject
        if self._scheme != scheme:
            self._scheme = scheme
            self.grade.clear()
            self.grade.addItem(_("未评定"), "")
            for place, one in enumerate(scheme.grades, start=1):
                self.grade.addItem(_("{n} {grade}", n=place, grade=one.title), one.code)
        self.grade.setCurrentIndex(max(self.grade.findData(subject.grade), 0))
        title = grade_title(scheme, suggested)
        self.suggestion.setText(
            _("测评结果建议“{grade}”，仅供参考。", grade=title)
            if title
            else _("测评结果没有建议，由支部评定。")
        )
        stored = {REASON: subject.reason, OPINION: subject.opinion, IMPROVEMENT: subject.improvement}
        for key, text in self.texts.items():
            text.fill(stored[key], fresh=fresh)
            text.setReadOnly(not may_write)
        self.told_on.fill(day_shown(subject.told_on))
        self.told_on.set_read_only(read_only=not may_write)
        self.grade.setEnabled(may_write and subject.needs_grade)
        following = [one.title for one in procedures_of(scheme, subject.grade)]
        steps = "\n".join(f"{place}. {one}" for place, one in enumerate(following, start=1))
        self.procedures.setText(
            _("接下来由组织办（程序不会自动处理）：\n{steps}", steps=steps) if steps else ""
        )
        self.procedures.setVisible(bool(steps))

    @property
    def unstored(self) -> dict[str, str]:
        """The texts that were typed and are not told yet, by field."""
        return {key: text.toPlainText() for key, text in self.texts.items() if text.is_unstored}

    def commit(self) -> None:
        """Tell what is typed and not yet told."""
        for text in self.texts.values():
            text.commit()
        self.told_on.commit()

    def _tell_grade(self) -> None:
        self.graded.emit(str(self.grade.currentData() or ""))

    def _tell_day(self, text: str) -> None:
        self.written.emit(TOLD_ON, text)

    def _tell_reason(self, text: str) -> None:
        self.written.emit(REASON, text)

    def _tell_opinion(self, text: str) -> None:
        self.written.emit(OPINION, text)

    def _tell_improvement(self, text: str) -> None:
        self.written.emit(IMPROVEMENT, text)
