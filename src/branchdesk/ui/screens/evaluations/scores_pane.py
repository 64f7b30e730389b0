"""The segment of scores: subjects and parts in a grid, the figures of the subject in front beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.model import Part, PartScore, Subject
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n, later
from branchdesk.services.evaluations import scores
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.grid.view import GridView
from branchdesk.ui.pane import refill
from branchdesk.ui.screens.evaluations.card_dialog import CardDialog
from branchdesk.ui.screens.evaluations.pane import EvaluationPane
from branchdesk.ui.screens.evaluations.score_model import FIRST_PART, GROUP, CellKey, ScoreModel
from branchdesk.ui.screens.evaluations.score_origin import origin_of
from branchdesk.ui.screens.evaluations.subject_detail import SubjectDetail
from branchdesk.ui.screens.evaluations.taking_part import change_taking_part
from branchdesk.ui.screens.evaluations.words import comes_from_records
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Elide, Note, restyle


class ScoreGrid(GridView):
    """A digit that cannot be typed into a cell does not lead elsewhere."""

    @override
    def keyboardSearch(self, search: str) -> None:
        del search


class ScoresPane(EvaluationPane):
    """Scores are typed into the grid as into a sheet of Excel; what they rest on stands in the detail."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model: ScoreModel | None = None
        self.grid = ScoreGrid(filters=False)
        self.grid.setAccessibleName(_("评分"))
        self.foot, self._low = Elide("", "hint"), False
        self.detail = SubjectDetail()
        self.card_lines = Note("", "second")
        self.dimension = Choice()
        self.dimension.setAccessibleName(_("维度"))
        self._records = menu_button(
            self, _("从记录取数"), self.fill_records_menu, icon_name="refresh", name="take_over"
        )
        self._write = button(_("填依据…"), self.open_card, icon_name="edit", name="open_card")
        self._source = button(_("打开依据"), self.open_source, icon_name="file-text", name="open_source")
        self.filters = [self.dimension]
        self.buttons = [self._records]
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._whole = QFrame()
        self._whole.setProperty("role", "card")
        inside = column(margin=12, gap=8, parent=self._whole)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.foot)
        self.detail.add_below_parts(self.card_lines)
        for one in (self._source, self._write):
            self.detail.foot_flow.addWidget(one)
        self.lay_beside(self._whole, self.detail)

    def _connect(self) -> None:
        self.dimension.currentIndexChanged.connect(self._show)
        self.detail.points_wanted.connect(self._show_points)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.grid, context=context).activated.connect(self.open_card)
        for words, act in ((_("填依据…"), self.open_card), (_("参加评议…"), self.change_taking_part)):
            action = QAction(words, self.grid)
            action.triggered.connect(act)
            self.grid.addAction(action)

    # ---- showing

    @override
    def fill(self, sheet: EvaluationSheet) -> None:
        fresh = self.sheet is None or self.sheet.evaluation.uid != sheet.evaluation.uid
        self.sheet = sheet
        dimensions = sheet.scheme.dimensions
        refill(self.dimension, [(one.title, one.id) for one in dimensions] or [("", "")])
        if fresh:
            self.dimension.setCurrentIndex(0)
        self._show()

    @override
    def show_filters(self, *, shown: bool) -> None:
        self.dimension.setVisible(shown and self.sheet is not None and self.sheet.scheme.has_stars)

    def _show(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        wanted = str(self.dimension.currentData() or "")
        if self.model is not None and self.model.fits(sheet, wanted, may_write=self.may_write):
            self.model.show(sheet)
        else:
            self._build(sheet, wanted)
        takes_part = [one for one in sheet.evaluation.subjects if one.takes_part]
        totals = [sheet.totals.get((one.uid, wanted)) for one in takes_part]
        whole = sum(one is not None and one.total is not None and not one.missing for one in totals)
        self.sum = " · ".join((_n("{n} 个参评对象", len(takes_part)), _n("{n} 个已评完", whole)))
        self._records.setEnabled(self.may_write)
        self._records.setVisible(bool(self._record_parts))
        self._show_subject()
        self.refreshed.emit()

    def _build(self, sheet: EvaluationSheet, dimension: str) -> None:
        """Show other columns or rows, keeping the place where that is still there."""
        row, place = self.grid.currentIndex().row(), self.grid.currentIndex().column()
        before, self.model = self.model, ScoreModel(sheet, dimension, self._store, may_write=self.may_write)
        self.model.setParent(self)
        with_groups = any(one.group for one in sheet.evaluation.subjects)
        self.grid.forget_widths()
        self.grid.show_model(self.model, frozen=FIRST_PART, hidden=() if with_groups else (GROUP,))
        self.grid.selectionModel().currentChanged.connect(self._show_subject)
        self.model.dataChanged.connect(self._show_foot)
        if before is not None:
            before.deleteLater()
        index = self.model.index(max(row, 0), max(place, FIRST_PART))
        if index.isValid():
            self.grid.setCurrentIndex(index)

    def _show_subject(self) -> None:
        one, part = self._subject, self._part
        total = self.model.total_of(one.uid) if self.model is not None and one is not None else None
        self.detail.show_subject(self.sheet, one, total)
        score = self._score
        self.card_lines.setText(_card_words(part, score))
        self.card_lines.setVisible(bool(self.card_lines.text()))
        typed = part is not None and one is not None and one.takes_part and not comes_from_records(part)
        self._write.setEnabled(self.may_write and typed)
        self._source.setEnabled(self._origin is not None)
        self._show_foot()

    def _show_foot(self) -> None:
        """How to type; while a text is no score what is wrong with it, where it is not in front how many."""
        index, model = self.grid.currentIndex(), self.model
        refused = model.refused if model is not None else []
        why = model.why_refused(index.row(), index.column()) if model is not None else ""
        if refused and not why:
            why = _n("有 {n} 格不是分数，没有存下。按 F8 去看。", len(refused))
        usual = _("数字直接录入 · Enter 下一人 · Tab 下一项 · Ctrl+Enter 填依据 · 可从 Excel 粘贴")
        self.foot.setText(why or usual)
        restyle(self.foot, "role", "error" if why else "hint")
        self.foot.setVisible(bool(why) or not self._low)

    # ---- what is in front

    @property
    def _subject(self) -> Subject | None:
        row = self.grid.currentIndex().row()
        known = self.model.subjects if self.model is not None else ()
        return known[row] if 0 <= row < len(known) else None

    @property
    def _part(self) -> Part | None:
        return self.model.part_at(self.grid.currentIndex().column()) if self.model is not None else None

    @property
    def _score(self) -> PartScore | None:
        one, part = self._subject, self._part
        if self.model is None or one is None or part is None:
            return None
        return self.model.score_of(one.uid, part.id)

    @property
    def _origin(self) -> tuple[str, object] | None:
        """Where the score in front comes from; None where nothing can be opened."""
        sheet, one, part = self.sheet, self._subject, self._part
        return origin_of(sheet, one, part, self._score) if sheet and one and part else None

    @property
    @override
    def subject(self) -> str:
        one = self._subject
        return one.uid if one is not None else ""

    @override
    def show_subject(self, uid: str) -> None:
        known = [one.uid for one in self.model.subjects] if self.model is not None else []
        if self.model is not None and uid in known:
            place = max(self.grid.currentIndex().column(), FIRST_PART)
            self.grid.setCurrentIndex(self.model.index(known.index(uid), place))

    # ---- doing

    def _store(self, texts: Mapping[CellKey, str]) -> Mapping[CellKey, Problem]:
        """Write what are scores as one change; what speaks against the others is said in their cells."""
        if self.sheet is None or self.model is None:
            return {}
        branch, uid = self.desk.branch, self.sheet.evaluation.uid
        try:
            refused = scores.refusals(branch, uid, texts)
            good = {key: text for key, text in texts.items() if key not in refused}
            outcome = scores.set_cells(branch, uid, good, self.model.dimension) if good else None
        except Problem as problem:
            return dict.fromkeys(texts, problem)
        if outcome is not None:
            self.desk.adopt(outcome)
        return refused

    def open_card(self) -> None:
        """What the score in front rests on; where it comes from records, those records."""
        sheet, one, part = self.sheet, self._subject, self._part
        if sheet is None or one is None or part is None:
            return
        if comes_from_records(part):
            self.open_source()
        elif self._write.isEnabled() and self.model is not None:
            known = self._score or PartScore(one.uid, part.id, self.model.dimension)
            CardDialog(self.desk, sheet.evaluation.uid, one, part, known, self.window()).open()

    def open_source(self) -> None:
        """Open what proves the score in front, or the records that it was taken from."""
        target = self._origin
        if target is not None:
            self.desk.screen_requested.emit(*target)

    def _show_points(self, person: str) -> None:
        self.desk.screen_requested.emit("evaluations", person)

    @property
    def _record_parts(self) -> list[Part]:
        """The parts that can be taken from records."""
        sheet = self.sheet
        if sheet is None:
            return []
        fed = {one.part for one in sheet.evaluation.batches}
        return [one for one in sheet.scheme.parts if comes_from_records(one) or one.id in fed]

    def fill_records_menu(self, menu: QMenu) -> None:
        """The parts that can be taken from records, each to be taken over."""
        for part in self._record_parts:
            menu.addAction(_("“{part}”取数", part=part.title), partial(self._take_over, part))

    def _take_over(self, part: Part) -> None:
        sheet = self.sheet
        if sheet is not None:
            work = partial(scores.take_over, self.desk.branch, sheet.evaluation.uid, part.id)
            self.desk.do(work, _("“{part}”已从记录取数。", part=part.title))

    def change_taking_part(self) -> None:
        """Let the subject in front take no part, with a reason, or take part again."""
        sheet, one = self.sheet, self._subject
        if sheet is not None and one is not None and self.may_write:
            change_taking_part(self.desk, sheet.evaluation.uid, one, self.window())

    # ---- wishes of the screen

    @override
    def first_focus(self) -> QWidget:
        return self.grid

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        if self.model is not None and self.model.records():
            row = self.grid.currentIndex().row() + (-1 if backwards else 1)
            row = min(max(row, 0), self.model.records() - 1)
            self.grid.setCurrentIndex(
                self.model.index(row, max(self.grid.currentIndex().column(), FIRST_PART))
            )

    @override
    def step_problem(self, *, backwards: bool) -> bool:
        refused = self.model.refused if self.model is not None else []
        if self.model is None or not refused:
            return False
        here = (self.grid.currentIndex().row(), self.grid.currentIndex().column())
        ahead = [one for one in refused if (one < here if backwards else one > here)]
        row, place = (ahead or refused)[-1 if backwards else 0]
        self.grid.setCurrentIndex(self.model.index(row, place))
        self.grid.setFocus()
        return True

    @override
    def set_low(self, *, low: bool) -> None:
        self._low = low
        self._show_foot()

    @override
    def print_here(self) -> bool:
        sheet, one = self.sheet, self._subject
        if sheet is None or one is None:
            return False
        kind = "card" if sheet.scheme.of == "work" else "explanation"
        target = (sheet.evaluation.uid, kind, one.uid, "")
        self.desk.screen_requested.emit("print_evaluation", target)
        return True


def _card_words(part: Part | None, score: PartScore | None) -> str:
    """What is written about the score in front."""
    if part is None:
        return ""
    lines = [_("“{part}”", part=part.title)]
    target = score.target if score is not None and score.target else part.target
    known = (
        (later("目标：{text}"), target),
        (later("实际完成：{text}"), score.actual if score is not None else ""),
        (later("评分人：{text}"), score.scorer if score is not None else ""),
        (later("依据：{text}"), score.evidence_title if score is not None else ""),
        (later("备注：{text}"), score.note if score is not None else ""),
    )
    lines += [_(words, text=text) for words, text in known if text]
    return "\n".join(lines) if len(lines) > 1 else ""
