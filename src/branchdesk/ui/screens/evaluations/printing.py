"""The papers of an evaluation from the window: choose one and whose it is, see it, print it, save it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from branchdesk.documents.model import Document
from branchdesk.i18n import _
from branchdesk.reports.evaluations.papers import (
    BY_BATCH,
    BY_SUBJECT,
    evaluation_paper,
    evaluation_workbook,
    paper_kinds,
)
from branchdesk.reports.papers import paper_name
from branchdesk.services.evaluations import reading
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.frame import Frame
from branchdesk.ui.paper_saving import offer_word, save_workbook
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Words

# An evaluation, the paper, and perhaps the subject and the batch that it is of.
PaperWanted = tuple[str, str, str, str]


class EvaluationPaperChoice(QWidget):
    """Which paper of an evaluation; for papers of members of whom, for ballots of which batch."""

    changed = Signal()

    def __init__(self, sheet: EvaluationSheet, wanted: PaperWanted) -> None:
        super().__init__()
        _uid, kind, subject, batch = wanted
        self._box = column(gap=6, parent=self)
        self.kind = self._add(_("打印什么"), [(title, one) for one, title in paper_kinds(sheet)], kind)
        everybody = [(one.name, one.uid) for one in sheet.evaluation.subjects if one.takes_part]
        self.whom = self._add(_("谁的"), [(_("全体，每人一页"), ""), *everybody], subject)
        batches = [(one.code, one.uid) for one in sheet.evaluation.batches]
        self.batch = self._add(_("哪一批票"), batches, batch or (batches[-1][1] if batches else ""))
        self.both_sides = QCheckBox(_("双面打印，每人另起一张纸"))
        self._box.addWidget(self.both_sides)
        for one in (self.kind, self.whom, self.batch):
            one.currentIndexChanged.connect(self._tell)
        self.both_sides.toggled.connect(self._tell)
        self._show_fitting()

    def _add(self, label: str, entries: Sequence[tuple[str, str]], current: str) -> QComboBox:
        made = Choice()
        for words, value in entries:
            made.addItem(words, value)
        made.setCurrentIndex(max(made.findData(current), 0 if entries else -1))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setAccessibleName(label)
        heading = Words(label, "second")
        heading.setBuddy(made)
        self._box.addWidget(heading)
        self._box.addWidget(made)
        return made

    def _tell(self) -> None:
        self._show_fitting()
        self.changed.emit()

    def _show_fitting(self) -> None:
        kind = self.chosen[0]
        for box, kinds in ((self.whom, BY_SUBJECT), (self.batch, BY_BATCH)):
            fits = kind in kinds and box.count() > 0
            box.setVisible(fits)
            heading = self._box.itemAt(self._box.indexOf(box) - 1).widget()
            if heading is not None:
                heading.setVisible(fits)
        self.both_sides.setVisible(kind in (*BY_SUBJECT, *BY_BATCH))

    @property
    def chosen(self) -> tuple[str, str | None, str | None, bool]:
        """The paper, the subject and batch that it is of, and whether each begins on a sheet of its own.

        Subject and batch are None for all, and where a paper is of none.
        """
        kind = str(self.kind.currentData() or "")
        subject = str(self.whom.currentData() or "") if kind in BY_SUBJECT else ""
        batch = str(self.batch.currentData() or "") if kind in BY_BATCH else ""
        both_sides = self.both_sides.isChecked() and kind in (*BY_SUBJECT, *BY_BATCH)
        return kind, subject or None, batch or None, both_sides


def open_evaluation_print(window: Frame, target: PaperWanted) -> PrintDialog | None:
    """Print a paper of an evaluation; of `target` subject and batch may be empty."""
    branch, uid = window.desk.branch, target[0]
    sheet = window.desk.do(partial(reading.sheet, branch, uid))
    if sheet is None:
        return None
    choice = EvaluationPaperChoice(sheet, target)
    # The worker may not ask the lists itself.
    chosen = [choice.chosen]

    def make() -> Document:
        kind, subject, batch, both_sides = chosen[0]
        return evaluation_paper(branch, uid, kind, subject=subject, batch=batch, both_sides=both_sides)

    name = _name(sheet)
    dialog = PrintDialog(sheet.evaluation.title, make, window, choice, name)

    def follow() -> None:
        chosen[0] = choice.chosen
        dialog.want_rebuild()

    choice.changed.connect(follow)
    offer_word(dialog, make, name)
    dialog.open()
    return dialog


def open_evaluation_export(window: Frame, uid: str) -> None:
    """Ask where to, and write everything about an evaluation to a workbook."""
    sheet = window.desk.do(partial(reading.sheet, window.desk.branch, uid))
    if sheet is not None:
        make = partial(evaluation_workbook, window.desk.branch, uid)
        save_workbook(window, _("导出评议"), _name(sheet), make)


def _name(sheet: EvaluationSheet) -> str:
    return paper_name(sheet.evaluation.title, sheet.organisation_name, "")
