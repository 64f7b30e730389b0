"""The segment of stars: members and dimensions in a matrix, the way of the star in front beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QMenu, QWidget
from typing_extensions import override

from branchdesk.domain.evaluations.model import StarState, Subject
from branchdesk.i18n import _, _n
from branchdesk.services.evaluations.sheets import OF_PART, OF_STAR, EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.screens.evaluations.drafting import STORY, EvaluationDrafts
from branchdesk.ui.screens.evaluations.pane import EvaluationPane
from branchdesk.ui.screens.evaluations.stars.deeds import DEEDS, StarDeeds
from branchdesk.ui.screens.evaluations.stars.detail import StarDetail
from branchdesk.ui.screens.evaluations.stars.matrix import StarMatrix
from branchdesk.ui.screens.evaluations.stars.signs import LEGEND, Sign
from branchdesk.ui.widgets.layouts import Flow, column, row
from branchdesk.ui.widgets.texts import Note, Words

FORM, COMMENDATION = "stars_form", "commendation"  # the kinds of paper


class StarsPane(EvaluationPane):
    """Shows who declared which star and how far it has come; a cell is chosen, Enter does what comes next."""

    def __init__(self, desk: Desk, drafts: EvaluationDrafts) -> None:
        super().__init__(desk)
        self.table = StarMatrix()
        self.detail = StarDetail()
        self.deeds = StarDeeds(desk, drafts, self)
        self.legend = QWidget()
        self.places = Note("", "hint")
        self._low = False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        inside = column(margin=12, gap=8, parent=card)
        flow = Flow(self.legend, gap=14)
        for state, words in LEGEND:
            part = QWidget()
            line = row(gap=4, parent=part)
            line.addWidget(Sign(state))
            line.addWidget(Words(_(words), "hint"))
            flow.addWidget(part)
        inside.addWidget(self.legend)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.places)
        self.lay_beside(card, self.detail)

    def _connect(self) -> None:
        self.table.currentCellChanged.connect(self._show_star)
        self.table.cellActivated.connect(self._do_next)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.detail.declaring_wanted.connect(self.deeds.declare)
        self.detail.move_wanted.connect(self.deeds.move)
        self.detail.deeds_wanted.connect(self.deeds.write_deeds)
        self.detail.objection_wanted.connect(self.deeds.write_objection)
        self.detail.plaque_wanted.connect(self.deeds.set_plaque)
        self.detail.withdrawal_wanted.connect(self.deeds.withdraw)
        self.detail.print_wanted.connect(self._print)

    # ---- showing

    @override
    def fill(self, sheet: EvaluationSheet) -> None:
        self.sheet = sheet
        members = sorted((one for one in sheet.evaluation.subjects if one.takes_part), key=_position)
        self.table.show_sheet(sheet, members)
        self.places.setText(_places_words(sheet))
        self.places.setVisible(not self._low and bool(self.places.text()))
        awarded = sum(one.state is StarState.AWARDED for one in sheet.evaluation.stars)
        self.sum = " · ".join((_n("{n} 颗星申报", len(sheet.evaluation.stars)), _n("授星 {n} 颗", awarded)))
        self._show_star()
        self.refreshed.emit()

    def _show_star(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        table = self.table
        subject = sheet.evaluation.subject(table.chosen_subject) if table.chosen_subject else None
        self.detail.show_star(sheet, subject, table.chosen_dimension, may_write=self.may_write)
        self.deeds.sheet, self.deeds.star = sheet, self.detail.star
        self.deeds.subject, self.deeds.dimension = table.chosen_subject, table.chosen_dimension

    @property
    @override
    def subject(self) -> str:
        return self.table.chosen_subject

    @override
    def show_subject(self, uid: str) -> None:
        self.table.choose(uid, self.table.chosen_dimension)

    @override
    def show_finding(self, about: str) -> None:
        stars = self.sheet.evaluation.stars if self.sheet is not None else ()
        star = next((one for one in stars if one.uid == about.removeprefix(OF_STAR)), None)
        if star is not None:
            self.table.choose(star.subject, star.dimension)
        elif about.startswith(OF_PART):
            self.table.choose(self.table.chosen_subject, about.removeprefix(OF_PART))
        else:
            super().show_finding(about)

    @override
    def first_focus(self) -> QWidget:
        return self.table

    # ---- doing

    def go_on_with(self, dialog: str, texts: Mapping[str, str]) -> None:
        """Open a dialog again with what was typed there, by the name of its drafts."""
        kind, _dot, place = dialog.partition(".")
        first, _dot, second = place.partition(".")
        if kind == STORY:
            self.table.choose(first, second)
            self.deeds.declare(typed=texts.get(DEEDS, ""))
            return
        stars = self.sheet.evaluation.stars if self.sheet is not None else ()
        star = next((one for one in stars if one.uid == first), None)
        if star is not None:
            self.table.choose(star.subject, star.dimension)
            self.deeds.go_on_with(second, texts)

    def _do_next(self) -> None:
        """Enter: declare what is not declared, else the next step of the star."""
        if self.detail.star is None and self.may_write:
            self.deeds.declare()
        elif not self.detail.next.isHidden() and self.detail.next.isEnabled():
            self.detail.next.click()

    @override
    def begin_new(self) -> bool:
        if self.may_write:
            self.deeds.declare()
        return True

    @override
    def delete_chosen(self) -> bool:
        if self.may_write and self.detail.star is not None:
            self.deeds.withdraw()
        return self.detail.star is not None

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        row_now = self.table.currentRow() + (-1 if backwards else 1)
        if 0 <= row_now < self.table.rowCount():
            self.table.selectRow(row_now)

    @override
    def set_low(self, *, low: bool) -> None:
        self._low = low
        self.legend.setVisible(not low)
        self.places.setVisible(not low and bool(self.places.text()))

    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.detail.star is None:
            menu.addAction(_("申报…"), self.deeds.declare).setEnabled(self.may_write)
        else:
            menu.addAction(_("事迹…"), self.deeds.write_deeds).setEnabled(self.may_write)
            self.detail.fill_more(menu)
        menu.popup(self.table.viewport().mapToGlobal(point))

    def _print(self, kind: str) -> None:
        """Print a paper of the member in front, or of all."""
        if self.sheet is not None:
            target = (self.sheet.evaluation.uid, kind, self.subject, "")
            self.desk.screen_requested.emit("print_evaluation", target)

    @override
    def print_here(self) -> bool:
        if self.detail.star is None:
            return False
        self._print(FORM)
        return True

    @override
    def fill_menu(self, menu: QMenu) -> None:
        menu.addAction(_("申报…"), self.deeds.declare).setEnabled(self.may_write and bool(self.subject))
        menu.addAction(_("打印申报审核表…"), self.print_here).setEnabled(self.detail.star is not None)
        menu.addAction(_("打印表彰名单…"), partial(self._print, COMMENDATION))


def _position(subject: Subject) -> int:
    return subject.position


def _places_words(sheet: EvaluationSheet) -> str:
    """How many places each dimension has left; empty where none is limited."""
    parts = []
    for one in sheet.scheme.dimensions:
        if one.places is not None:
            given = sum(
                star.state is StarState.AWARDED and star.dimension == one.id
                for star in sheet.evaluation.stars
            )
            parts.append(
                _("{dimension} {given}/{places}", dimension=one.title, given=given, places=one.places)
            )
    return _("名额：{parts}", parts=_("，").join(parts)) if parts else ""
