"""The pane beside the matrix: one star with the steps of its way, what proves them, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QVBoxLayout, QWidget

from branchdesk.domain.evaluations.model import Star, StarState, Subject
from branchdesk.domain.evaluations.stars import label_of
from branchdesk.i18n import _
from branchdesk.services.evaluations.reading import EvaluationSheet
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import px
from branchdesk.ui.screens.evaluations.stars.words import Reached, StarStep, next_of, verb_of, way_of
from branchdesk.ui.screens.evaluations.words import about, figure
from branchdesk.ui.widgets.buttons import button, menu_button
from branchdesk.ui.widgets.layouts import Flow, column, row, rule
from branchdesk.ui.widgets.scrolling import GrowingScroll
from branchdesk.ui.widgets.texts import Chip, Note, Words

_WIDTH = 330
_ICONS = {
    Reached.DONE: ("circle-check", "ok"),
    Reached.NEXT: ("circle", "warn"),
    Reached.COMING: ("circle", "text3"),
    Reached.SKIPPED: ("circle-minus", "text3"),
    Reached.REFUSED: ("x", "err"),
}


class StarDetail(QFrame):
    """Shows one star. Signals tell what is wanted of it; `move_wanted` tells the state it is to come into."""

    declaring_wanted = Signal()
    move_wanted = Signal(str)
    deeds_wanted = Signal()
    objection_wanted = Signal()
    plaque_wanted = Signal()
    withdrawal_wanted = Signal()
    print_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(px(_WIDTH))
        self.setObjectName("star_detail")
        self.star: Star | None = None
        self._sheet: EvaluationSheet | None = None
        self._may_write = False
        self.name, self.state = Words("", "heading"), Chip("")
        self.about, self.what = Note("", "hint"), Note("", "second")
        self.against = Note("", "warn")
        self.hint = Note(_("本人还没有申报这颗星。申报时写上事迹，再由支部推荐。"), "hint")
        self.way: list[StarStep] = []
        self._steps: QVBoxLayout = column(gap=8)
        self.score = Note("", "second")
        self.declare = button(_("申报…"), self.declaring_wanted.emit, icon_name="plus", name="declare_star")
        self.deeds = button(_("事迹…"), self.deeds_wanted.emit, name="star_deeds")
        self.more = menu_button(self, _("更多"), self.fill_more, name="star_more")
        self.next = button("", self._ask_next, icon_name="check", name="star_next")
        self._lay_out()

    def _lay_out(self) -> None:
        box = column(margin=14, gap=8, parent=self)
        head = row(gap=8)
        head.addWidget(self.name)
        head.addWidget(self.state)
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(self.about)
        content = QWidget()
        inside = column(gap=8, parent=content)
        inside.setContentsMargins(0, 0, px(8), 0)
        inside.addWidget(self.what)
        inside.addWidget(self.against)
        inside.addWidget(self.hint)
        inside.addLayout(self._steps)
        self._line = rule()
        inside.addWidget(self._line)
        inside.addWidget(self.score)
        inside.addStretch(1)
        box.addWidget(GrowingScroll(content), 1)
        self.foot = QWidget()
        flow = Flow(self.foot, gap=6)
        for one in (self.declare, self.next, self.deeds, self.more):
            flow.addWidget(one)
        box.addWidget(self.foot)

    # ---- showing

    def show_star(
        self, sheet: EvaluationSheet, subject: Subject | None, dimension: str, *, may_write: bool
    ) -> None:
        """Show what became of one dimension of a member; nobody for None."""
        self._sheet, self._may_write = sheet, may_write
        stars = sheet.evaluation.stars_of(subject.uid) if subject is not None else ()
        self.star = star = next((one for one in stars if one.dimension == dimension), None)
        self.name.setText(subject.name if subject is not None else _("没有选人"))
        self.about.setText(about(subject) if subject is not None else "")
        self.about.setVisible(bool(self.about.text()))
        known = sheet.scheme.dimension(dimension)
        title = known.title if known is not None else ""
        state = label_of(star.state) if star is not None else _("未申报")
        self.what.setText(_("{dimension} · {state}", dimension=title, state=state) if title else "")
        self.hint.setVisible(subject is not None and star is None)
        against = sheet.disqualified.get(subject.uid, "") if subject is not None else ""
        self.against.setText(_("不能授星：{why}。", why=against) if against else "")
        self.against.setVisible(bool(against))
        awarded = sum(one.state is StarState.AWARDED for one in stars)
        self.state.setText(_("得 {n} 星", n=awarded))
        self.state.setVisible(awarded > 0)
        self._show_way()
        self._show_score(subject, dimension)
        self._show_possible(subject)

    def _show_way(self) -> None:
        self.way = way_of(self._sheet, self.star) if self._sheet is not None and self.star is not None else []
        while self._steps.count():
            widget = self._steps.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        for one in self.way:
            self._steps.addWidget(_step_line(one))

    def _show_score(self, subject: Subject | None, dimension: str) -> None:
        """The weighted score of the star, where anything was scored."""
        sheet = self._sheet
        total = (
            sheet.totals.get((subject.uid, dimension)) if sheet is not None and subject is not None else None
        )
        known = total is not None and total.total is not None
        self.score.setVisible(known)
        self._line.setVisible(known)
        if total is None or not known:
            return
        parts = [
            _("{part} {score}", part=one.part.title, score=figure(one.score))
            for one in total.parts
            if one.score is not None
        ]
        self.score.setText(
            _("加权得分 {total} 分（{parts}）", total=figure(total.total), parts=_("，").join(parts))
        )

    def _show_possible(self, subject: Subject | None) -> None:
        star, ready = self.star, self._may_write
        self.declare.setVisible(subject is not None and star is None)
        self.declare.setEnabled(ready)
        for one in (self.deeds, self.more):
            one.setVisible(star is not None)
        following = next_of(self._sheet, star)[:1] if self._sheet is not None and star is not None else ()
        usual = following[0] if following and following[0] is not StarState.DECLINED else None
        self.next.setVisible(usual is not None)
        self.next.setEnabled(ready)
        if usual is not None and self._sheet is not None and star is not None:
            words = verb_of(self._sheet.scheme, star, usual)
            self.next.setText(words)
            self.next.setAccessibleName(words)

    # ---- doing

    def _ask_next(self) -> None:
        if self._sheet is not None and self.star is not None:
            self.move_wanted.emit(next_of(self._sheet, self.star)[0].value)

    def fill_more(self, menu: QMenu) -> None:
        """What can be done with the star in front besides its next step."""
        sheet, star = self._sheet, self.star
        if sheet is None or star is None:
            return
        for state in next_of(sheet, star):
            back = state not in {StarState.DECLINED, *next_of(sheet, star)[:1]}
            words = _("退回“{state}”", state=label_of(state)) if back else verb_of(sheet.scheme, star, state)
            menu.addAction(words, partial(self.move_wanted.emit, state.value)).setEnabled(self._may_write)
        menu.addSeparator()
        for words, wanted in (
            (_("公示中的异议…"), self.objection_wanted),
            (_("流动挂牌的起止日期…"), self.plaque_wanted),
            (_("撤销申报…"), self.withdrawal_wanted),
        ):
            menu.addAction(words, wanted.emit).setEnabled(self._may_write)
        menu.addSeparator()
        menu.addAction(_("打印申报审核表…"), partial(self.print_wanted.emit, "stars_form"))
        if star.state is StarState.AWARDED:
            menu.addAction(_("打印流动挂牌…"), partial(self.print_wanted.emit, "plaque"))
            menu.addAction(_("打印桌牌…"), partial(self.print_wanted.emit, "desk_card"))


def _step_line(step: StarStep) -> QWidget:
    made = QWidget()
    line = row(gap=10, parent=made)
    picture = QLabel()
    name, tone = _ICONS[step.reached]
    picture.setPixmap(pixmap(name, tone, 20))
    line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    texts = column(gap=0)
    texts.addWidget(Words(step.title, "strong" if step.reached is Reached.NEXT else ""))
    if step.told:
        texts.addWidget(Note(step.told, "hint"))
    line.addLayout(texts, 1)
    return made
