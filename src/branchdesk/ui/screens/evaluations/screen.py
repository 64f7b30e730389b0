"""The screen of evaluation: one evaluation with its steps and segments, and the points of members."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.i18n import _
from branchdesk.services.evaluations.sheets import OF_STEP
from branchdesk.services.open_branch import Changes
from branchdesk.services.organisations import root_of
from branchdesk.services.points.reading import years_of_points
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.pane import Pane, step_row
from branchdesk.ui.screens.evaluations.actions import EvaluationActions, usual_segment
from branchdesk.ui.screens.evaluations.ballots.pane import BallotsPane
from branchdesk.ui.screens.evaluations.choosing import (
    BALLOTS,
    DAILY,
    EXCHANGE,
    GRADES,
    NONE,
    OF_ONE,
    POINTS,
    SCORES,
    STARS,
    PaneTabs,
    segment_about,
    segments_of,
)
from branchdesk.ui.screens.evaluations.daily.pane import DailyPane
from branchdesk.ui.screens.evaluations.drafting import EvaluationDrafts
from branchdesk.ui.screens.evaluations.grades_pane import GradesPane
from branchdesk.ui.screens.evaluations.head_buttons import HeadButtons
from branchdesk.ui.screens.evaluations.in_front import InFront
from branchdesk.ui.screens.evaluations.notice import FindingNotice
from branchdesk.ui.screens.evaluations.pane import EvaluationPane
from branchdesk.ui.screens.evaluations.points.exchange_pane import ExchangePane
from branchdesk.ui.screens.evaluations.points.pane import PointsPane
from branchdesk.ui.screens.evaluations.scores_pane import ScoresPane
from branchdesk.ui.screens.evaluations.stars.pane import StarsPane
from branchdesk.ui.screens.evaluations.start_dialog import StartDialog
from branchdesk.ui.screens.evaluations.step_bar import StepBar
from branchdesk.ui.screens.evaluations.words import STATES
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow
from branchdesk.ui.widgets.messages import EmptyState

NEW = "new"  # the target that asks to add an entry of points at once
AUTOMATIC = "automatic"  # the target that asks what the records give
NEW_EVALUATION = "new_evaluation"  # the target that asks to begin an evaluation at once
_BESIDE_THE_TITLE = 24


class EvaluationsScreen(Page):
    """P8. A target is a segment, one of the wishes above, or a person whose points are wanted.

    An evaluation is told as a pair of its uid and the segment that is wanted of it, perhaps an empty one.
    """

    key = "evaluations"
    help_topic = "evaluations"

    def __init__(self, desk: Desk, _jobs: JobRunner) -> None:
        super().__init__(desk, _("评议与积分"))
        self.drafts = EvaluationDrafts(desk, self)
        self.work, self.front = EvaluationActions(desk, self.drafts, self), InFront(desk)
        self.steps, self.notice = StepBar(), FindingNotice()
        self.points, self.exchange, self.daily = PointsPane(desk), ExchangePane(desk), DailyPane(desk)
        self.scores, self.grades = ScoresPane(desk), GradesPane(desk, self.drafts)
        self.ballots, self.stars = BallotsPane(desk), StarsPane(desk, self.drafts)
        self.of_one: dict[str, EvaluationPane] = {
            SCORES: self.scores,
            STARS: self.stars,
            BALLOTS: self.ballots,
            GRADES: self.grades,
        }
        self.panes: dict[str, Pane] = {POINTS: self.points, EXCHANGE: self.exchange, DAILY: self.daily}
        self._all: dict[str, Pane | EvaluationPane] = {**self.of_one, **self.panes}
        self._was_shown = False
        self.tabs = PaneTabs([NONE, *OF_ONE, *self.panes])
        self.empty = _empty(self.begin_evaluation)
        self.bar, self.stack = QWidget(), QStackedWidget()
        self.buttons = HeadButtons(self.work, self.begin_evaluation, self._segment, self)
        self._lay_out()
        self._connect()
        self._may_begin = desk.branch.person.role.may_write
        for one in (self.buttons.begin, *self.empty.findChildren(QPushButton)):
            one.setEnabled(self._may_begin)
        self.tabs.show_only([NONE, *self.panes])
        self._choose(POINTS)

    def _lay_out(self) -> None:
        flow = Flow(self.bar, gap=8)
        flow.addWidget(self.front.choice)
        flow.addWidget(self.tabs)
        buttons: list[QPushButton] = []
        for pane in self._all.values():
            for part in pane.filters:
                flow.addWidget(part)
            self.stack.addWidget(pane)
            buttons += pane.buttons
        self.stack.addWidget(self.empty)
        self.set_buttons([*buttons, *self.buttons.all])
        self.body.addWidget(self.bar)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.drafts.bar)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.desk.changed.connect(self._follow_change)
        self.front.changed.connect(self._show_another)
        self.tabs.chosen.connect(self._choose)
        self.banner.pressed.connect(self.points.enter_automatically)
        self.steps.wanted.connect(self.work.steps.open_menu)
        self.notice.all_wanted.connect(self.work.show_findings)
        self.notice.place_wanted.connect(self._show_finding)
        self.drafts.dialog_wanted.connect(self._go_on_with_draft)
        self.work.segment_wanted.connect(self._go_to_segment)
        self.work.entry_wanted.connect(self.ballots.begin_entry)
        self.work.finding_chosen.connect(self._show_finding)
        for pane in self._all.values():
            pane.refreshed.connect(self._show_sum)

    # ---- what is in front

    @property
    def pane(self) -> Pane | EvaluationPane | None:
        """The segment in front; None where there is nothing but the empty state."""
        return self._all.get(self.tabs.current)

    def _segment(self) -> EvaluationPane | None:
        """The segment of one evaluation in front; None where another one is."""
        return self.of_one.get(self.tabs.current)

    @property
    def _usual(self) -> str:
        """Where work on the evaluation in front goes on; what is entered most where there is none."""
        if self.front.sheet is not None:
            return usual_segment(self.front.sheet, segments_of(self.front.sheet))
        branch = self.desk.branch
        return POINTS if years_of_points(branch, root_of(branch)) else NONE

    # ---- showing

    @override
    def shown(self, target: object = None) -> None:
        uid, wish = target if isinstance(target, tuple) else ("", target if isinstance(target, str) else "")
        self._load(str(uid))
        known = {NONE, *self._all}
        if wish and wish not in {*known, NEW_EVALUATION}:
            self._choose(POINTS)
        elif wish in known and self.tabs.is_shown(wish):
            self._choose(wish)
        elif uid or wish in known or not self._was_shown or not self.tabs.is_shown(self.tabs.current):
            self._choose(self._usual)
        else:
            self._choose(self.tabs.current)
        self._was_shown = True
        if wish == NEW:
            self.points.begin_new()
        elif wish == AUTOMATIC:
            self.points.enter_automatically()
        elif wish == NEW_EVALUATION:
            self.begin_evaluation()
        elif wish and wish not in known:
            self.points.show_person(str(wish))

    def _load(self, wanted: str = "") -> None:
        """Read the evaluation in front, or another one that is wanted."""
        self.front.load(wanted)
        self._take_front()

    def _take_front(self) -> None:
        self.work.take(self.front.sheet)
        self.drafts.turn_to(self.front.sheet)
        self.tabs.show_only([*segments_of(self.front.sheet), *self.panes])

    def _show_another(self) -> None:
        """Another evaluation was chosen in the list."""
        self._take_front()
        here = self.tabs.current
        self._choose(here if here in self.of_one and self.tabs.is_shown(here) else self._usual)

    def _choose(self, tab: str) -> None:
        """Bring a segment to the front, with its own filters and buttons."""
        self.tabs.choose(tab)
        for key, pane in self._all.items():
            pane.show_filters(shown=key == tab)
            for one in pane.buttons:
                one.setVisible(key == tab)
        self.steps.setVisible(tab in self.of_one)
        self.help_topic = DAILY if tab == DAILY else "points" if tab in self.panes else "evaluations"
        self.stack.setCurrentWidget(self.pane or self.empty)
        self.refresh()

    @override
    def refresh(self) -> None:
        tab, sheet = self.tabs.current, self.front.sheet
        segment, pane = self._segment(), self.pane
        if segment is not None and sheet is not None:
            segment.fill(sheet)
            self.steps.show_steps(self.work.steps.shown())
        elif isinstance(pane, Pane):
            pane.refresh()
        if pane is not None:
            pane.show_filters(shown=True)
        of_one = tab in self.of_one and sheet is not None
        self.notice.show_findings(sheet.findings if of_one and sheet is not None else ())
        self.buttons.show(of_one=of_one)
        self._fit_head()
        self._show_sum()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """What the menu 更多 offers too goes from the head where there is no room for it."""
        self.buttons.begin.setVisible(self._segment() is not None)
        room = self.head.width() - self.title.sizeHint().width() - px(_BESIDE_THE_TITLE)
        if self._button_flow.sizeHint().width() > room:
            self.buttons.begin.hide()
        self.fit_buttons()

    def _show_sum(self) -> None:
        pane, sheet = self.pane, self.front.sheet
        said = pane.sum if pane is not None else ""
        if isinstance(pane, EvaluationPane) and sheet is not None:
            state = _(STATES[sheet.evaluation.state])
            said = " · ".join(filter(None, (sheet.organisation_name, state, said)))
        self.subtitle.setText(said)
        untouched = pane is self.points and self.points.is_untouched and self.points.may_write
        sentence = _("今年还没有记过分，会议和学时里的积分可以自动记。") if untouched else ""
        self.banner.say("info", sentence, _("自动记分…") if untouched else "")

    def _follow_change(self, _changes: Changes) -> None:
        if self.isVisible():
            before, tab = self.front.choice.uid, self.tabs.current
            self._load()
            stays = self.front.choice.uid == before and self.tabs.is_shown(tab)
            self._choose(tab if stays or tab in self.panes else self._usual)

    @override
    def set_low(self, *, low: bool) -> None:
        super().set_low(low=low)
        self.points.detail.set_low(low=low)
        self.steps.set_low(low=low)
        for pane in self._all.values():
            pane.set_low(low=low)

    def _go_to_segment(self, tab: str) -> None:
        if self.tabs.is_shown(tab):
            self._choose(tab)
            self.of_one[tab].go_to_open()
            self.of_one[tab].first_focus().setFocus()

    def _show_finding(self, finding: Finding) -> None:
        """Go to what a finding is about: a batch, a star, a subject, a step."""
        if finding.field.startswith(OF_STEP):
            self.steps.choose(finding.field.removeprefix(OF_STEP))
            self.steps.setFocus()
            return
        tab = next((one for one in segment_about(finding.field) if self.tabs.is_shown(one)), "")
        if tab and tab != self.tabs.current:
            self._choose(tab)
        segment = self._segment()
        if segment is not None:
            segment.show_finding(finding.field)
            segment.first_focus().setFocus()

    def _go_on_with_draft(self, dialog: str, texts: dict[str, str]) -> None:
        """Open the dialog again whose texts were not stored."""
        if self.tabs.is_shown(STARS):
            self._choose(STARS)
            self.stars.go_on_with(dialog, texts)

    # ---- doing

    def begin_evaluation(self) -> None:
        """Ask which evaluation is to begin."""
        if self._may_begin:
            StartDialog(self.desk, self._open_new, self.window()).open()

    def _open_new(self, uid: str) -> None:
        self._load(uid)
        self._choose(self._usual)
        self.take_focus()

    # ---- wishes of the window

    @override
    def begin_new(self) -> None:
        pane = self.pane
        if isinstance(pane, Pane):
            pane.begin_new()
        elif pane is None or not pane.begin_new():
            self.begin_evaluation()

    @override
    def print_here(self) -> None:
        pane = self.pane
        if isinstance(pane, Pane):
            pane.print_here()
        elif pane is not None and not pane.print_here():
            self.work.print_usual(pane.subject)

    @override
    def delete_selected(self) -> None:
        pane = self.pane
        if isinstance(pane, Pane):
            pane.delete_chosen()
        elif pane is not None and not pane.delete_chosen():
            self.work.ask_to_remove()

    @override
    def take_focus(self) -> None:
        pane = self.pane
        first = pane.first_focus() if pane is not None else self.empty.findChild(QPushButton)
        self.first_focus, focused = first, QApplication.focusWidget()
        if first is not None and focused is not None and not self.stack.isAncestorOf(focused):
            # Qt gave it to the first button or list when another screen made room.
            first.setFocus()
        super().take_focus()

    @override
    def find_here(self) -> None:
        """To the filters of points, to the list of evaluations elsewhere."""
        pane = self.pane
        (pane.first_filter() if isinstance(pane, Pane) else self.front.choice).setFocus()

    @override
    def toggle_details(self) -> None:
        """F4 shows what stands beside the table, or hides it."""
        pane = self.pane
        if isinstance(pane, PointsPane | DailyPane | EvaluationPane):
            pane.toggle_detail()

    @override
    def next_finding(self, *, backwards: bool = False) -> None:
        segment = self._segment()
        if segment is not None and segment.step_problem(backwards=backwards):
            return
        finding = self.notice.step(backwards=backwards)
        if finding is not None:
            self._show_finding(finding)

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        parts = self.pane.parts if self.pane is not None else [self.empty]
        step_pane([*parts, self.bar, self.steps, self.notice, self.head], backwards=backwards)

    @override
    def step_record(self, *, backwards: bool = False) -> None:
        pane = self.pane
        if isinstance(pane, Pane):
            step_row(pane.table, backwards=backwards)
        elif pane is not None:
            pane.step_record(backwards=backwards)

    @override
    def commit(self) -> None:
        for pane in self.of_one.values():
            pane.commit()
        self.daily.commit()
        self.drafts.due.emit()


def _empty(begin: Callable[[], object]) -> EmptyState:
    """What stands where nothing was evaluated yet."""
    return EmptyState(
        "report",
        _("还没有评议"),
        _(
            "民主评议党员、支部班子测评、述职评议、五星党员、量化考核都在这里："
            "按步骤走，计票、打分、评定、公示、存档。"
        ),
        [button(_("新建评议…"), begin, look="primary", icon_name="plus", name="first_evaluation")],
        _("程序只算数、只提醒，等次由支部评定。"),
    )
