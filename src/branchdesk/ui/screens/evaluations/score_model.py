"""The matrix of subjects and parts as the grid shows it: scores to type, totals and places beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from branchdesk.domain.evaluations.model import Part, PartScore, Subject
from branchdesk.domain.evaluations.ranking import ranked
from branchdesk.domain.evaluations.scoring import SubjectTotal, explain
from branchdesk.errors import Problem
from branchdesk.findings import Severity
from branchdesk.i18n import _
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.grid.model import Cell, Column, Edit, GridTableModel
from branchdesk.ui.screens.evaluations.words import (
    SOURCES,
    about,
    comes_from_records,
    figure,
    missing_words,
    why_no_grade,
)

Index = QModelIndex | QPersistentModelIndex
# Subject and part.
CellKey = tuple[str, str]
# Stores texts and tells what speaks against those that it did not store.
Store = Callable[[Mapping[CellKey, str]], Mapping[CellKey, Problem]]
NAME, GROUP, TOTAL, PLACE = "name", "group", "total", "place"
FIRST_PART = 2  # behind the name and the total


class ScoreModel(GridTableModel):
    """One row for each subject, one column for each part. `store` writes texts as one change.

    A text that is no score is kept and explained in its cell until it is put right.
    """

    def __init__(self, sheet: EvaluationSheet, dimension: str, store: Store, *, may_write: bool) -> None:
        self.sheet, self.dimension, self.may_write = sheet, dimension, may_write
        self._store = store
        self._refused: dict[CellKey, tuple[str, str]] = {}
        self.parts: tuple[Part, ...] = sheet.scheme.parts
        self._learn(sheet)
        super().__init__(self._columns())

    def _columns(self) -> list[Column]:
        locked = not self.may_write
        scored = [
            Column(one.id, _heading(one), 5, read_only=locked or comes_from_records(one), latin=True)
            for one in self.parts
        ]
        return [
            Column(NAME, _("姓名"), 5, read_only=True),
            Column(TOTAL, _("总分"), 4, read_only=True),
            *scored,
            Column(PLACE, _("名次"), 3, read_only=True),
            Column(GROUP, _("党小组"), 6, read_only=True),
        ]

    def fits(self, sheet: EvaluationSheet, dimension: str, *, may_write: bool) -> bool:
        """Whether a sheet has the same columns and rows, so that only its cells are shown anew."""
        before, now = self.sheet, sheet
        return (
            (before.evaluation.uid, before.scheme, self.dimension, self.may_write)
            == (now.evaluation.uid, now.scheme, dimension, may_write)
        ) and [one.uid for one in before.evaluation.subjects] == [one.uid for one in now.evaluation.subjects]

    def show(self, sheet: EvaluationSheet) -> None:
        """Show the cells of a sheet that fits."""
        self._learn(sheet)
        last = self.index(max(self.rowCount() - 1, 0), self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def _learn(self, sheet: EvaluationSheet) -> None:
        self.sheet = sheet
        self.subjects: tuple[Subject, ...] = sheet.evaluation.subjects
        self._scores: dict[CellKey, PartScore] = {
            (one.subject, one.part): one for one in sheet.evaluation.scores if one.dimension == self.dimension
        }
        totals = {
            uid: one.total for (uid, dimension), one in sheet.totals.items() if dimension == self.dimension
        }
        self._places = {uid: place for place, uid in ranked(totals, sheet.scheme.ties)}

    # ---- what the cells say

    def score_of(self, subject: str, part: str) -> PartScore | None:
        """What is stored of a subject in a part."""
        return self._scores.get((subject, part))

    def total_of(self, subject: str) -> SubjectTotal | None:
        """The total of a subject in the dimension in front."""
        return self.sheet.totals.get((subject, self.dimension))

    def part_at(self, column: int) -> Part | None:
        """The part of a column; None for the others."""
        place = column - FIRST_PART
        return self.parts[place] if 0 <= place < len(self.parts) else None

    def key_at(self, row: int, column: int) -> CellKey | None:
        """Subject and part of a cell; None for one that shows something else."""
        part = self.part_at(column)
        return (self.subjects[row].uid, part.id) if part is not None and row < len(self.subjects) else None

    @override
    def records(self) -> int:
        return len(self.subjects)

    @override
    def cell(self, row: int, column: int) -> Cell:
        subject, part = self.subjects[row], self.part_at(column)
        if part is not None:
            return self._score_cell(subject, part)
        match self.columns[column].id:
            case "name":
                return Cell(
                    subject.name, tip="\n".join(filter(None, (about(subject), why_no_grade(subject))))
                )
            case "group":
                return Cell(subject.group)
            case "total":
                return self._total_cell(subject)
            case _:
                return Cell(str(self._places.get(subject.uid, "")))

    def _score_cell(self, subject: Subject, part: Part) -> Cell:
        if not subject.takes_part:
            return Cell("—", tip=why_no_grade(subject))
        refused = self._refused.get((subject.uid, part.id))
        if refused is not None:
            text, sentence = refused
            return Cell(text, text, Severity.ERROR, sentence)
        score = self.score_of(subject.uid, part.id)
        if score is None or score.score is None:
            return Cell("", tip=missing_words(part))
        text = figure(score.score)
        return Cell(text, text, tip=_why(part, score))

    def _total_cell(self, subject: Subject) -> Cell:
        total = self.total_of(subject.uid)
        if total is None or not subject.takes_part:
            return Cell("—")
        tip = "\n".join(explain(total))
        if total.total is not None and not total.is_complete:
            return Cell(figure(total.total), severity=Severity.NOTE, sentence=tip)
        return Cell(figure(total.total), tip=tip)

    # ---- writing

    def _is_open(self, row: int, column: int) -> bool:
        subject = self.subjects[row] if row < len(self.subjects) else None
        part = self.part_at(column)
        if subject is None or part is None or not self.may_write:
            return False
        return subject.takes_part and not comes_from_records(part)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not self._is_open(index.row(), index.column()):
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return self._is_open(index.row(), index.column()) and super().setData(index, value, role)

    @override
    def write(self, edits: Sequence[Edit]) -> None:
        """Store a block as one step; what in it is no score stays in its cell and is explained there."""
        typed = {
            key: one.text.strip()
            for one in edits
            if self._is_open(one.row, one.column) and (key := self.key_at(one.row, one.column)) is not None
        }
        for key in typed:
            self._refused.pop(key, None)
        for key, why in (self._store(typed) if typed else {}).items():
            self._refused[key] = (typed[key], f"{why.sentence}{why.advice}")
        self.show(self.sheet)

    @property
    def refused(self) -> list[tuple[int, int]]:
        """The cells whose texts are no scores, and are not stored: row and column, from the top down."""
        rows = {one.uid: row for row, one in enumerate(self.subjects)}
        columns = {one.id: FIRST_PART + place for place, one in enumerate(self.parts)}
        return sorted((rows[subject], columns[part]) for subject, part in self._refused if subject in rows)

    def why_refused(self, row: int, column: int) -> str:
        """Why the text of a cell is no score; empty where nothing is wrong."""
        key = self.key_at(row, column)
        return self._refused[key][1] if key is not None and key in self._refused else ""


def _heading(part: Part) -> str:
    """The title of a part with its weight: 自评 10%."""
    return f"{part.title} {part.weight.normalize():f}%"


def _why(part: Part, score: PartScore) -> str:
    """Who gave a score and what it rests on."""
    source = _(SOURCES[part.source]) if part.source in SOURCES else part.source
    lines = [_("来自：{source}", source=source)]
    if score.scorer:
        lines.append(_("评分人：{name}", name=score.scorer))
    if score.actual:
        lines.append(_("实际完成：{text}", text=score.actual))
    if score.evidence_title:
        lines.append(_("依据：{title}", title=score.evidence_title))
    if score.note:
        lines.append(score.note)
    return "\n".join(lines)
