"""The scenes of points: the grid, the ledger of a member, rewards, and every dialog that opens over them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.services.points import reading
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import EXCHANGE, POINTS
from branchdesk.ui.screens.evaluations.points.entry_dialog import EntryDialog
from branchdesk.ui.screens.evaluations.points.ledger_tree import BY_DAY
from support.entered_points import HOME_YEAR, entered, waiting_person
from support.held_meetings import held_assembly
from support.stage import Stage


def _dialog(stage: Stage) -> SheetDialog:
    dialog = stage.dialog(SheetDialog)
    if isinstance(dialog, PrintDialog):
        stage.wait(lambda: bool(dialog.pdf))
    return dialog


def page_of(stage: Stage, tab: str = POINTS) -> EvaluationsScreen:
    """The screen with a tab in front."""
    page = stage.go("evaluations", tab)
    assert isinstance(page, EvaluationsScreen)
    return page


def points(stage: Stage) -> EvaluationsScreen:
    """A year of points with somebody's ledger."""
    entered(stage.desk)
    page = page_of(stage)
    if page.points.detail.isHidden():
        page.toggle_details()
    return page


def one_by_one(stage: Stage) -> EvaluationsScreen:
    """The ledger entry by entry."""
    page = points(stage)
    stage.press(f"segment_{BY_DAY}", page.points.detail)
    return page


def waiting(stage: Stage) -> EvaluationsScreen:
    """Somebody whose claimed task waits for a decision."""
    page = points(stage)
    person, uid = waiting_person(stage.desk)
    page.points.show_person(person)
    page.points.detail.tree.choose(uid)
    return page


def grid_alone(stage: Stage) -> EvaluationsScreen:
    """The grid without the ledger."""
    page = points(stage)
    page.toggle_details()
    return page


def exchange(stage: Stage) -> EvaluationsScreen:
    """Rewards and what was exchanged."""
    entered(stage.desk)
    return page_of(stage, EXCHANGE)


def _in_points(name: str, stage: Stage) -> QWidget:
    stage.press(name, points(stage))
    return _dialog(stage)


def automatic(stage: Stage) -> QWidget:
    """What a meeting gives, before it is entered."""
    held_assembly(stage.desk)
    page_of(stage)
    stage.press("automatic_points")
    return _dialog(stage)


def new_entry(stage: Stage) -> QWidget:
    """An entry of which a cap leaves less."""
    page = points(stage)
    stage.press("add_for_member", page)
    dialog = stage.dialog(EntryDialog)
    dialog.rule.choose("dues")
    dialog.rule.chosen.emit()
    return dialog


def several(stage: Stage) -> QWidget:
    """The same entry for several members."""
    page = points(stage)
    page.points.table.selectAll()
    stage.press("new_entry", page)
    dialog = _dialog(stage)
    page.points.table.selectRow(0)
    return dialog


def accept(stage: Stage) -> QWidget:
    """A claimed task that is accepted."""
    waiting(stage)
    stage.press("accept_entry")
    return _dialog(stage)


def ledger_entry(stage: Stage) -> QWidget:
    """One entry with everything about it."""
    page = points(stage)
    pane = page.points
    pane.detail.tree.choose(pane.chosen[0].tally.lines[0].entry.uid)
    pane.detail.tree.opened.emit()
    return _dialog(stage)


def _in_exchange(name: str, stage: Stage) -> QWidget:
    stage.press(name, exchange(stage))
    return _dialog(stage)


def reward(stage: Stage) -> QWidget:
    """A reward with its price and stock."""
    page = exchange(stage)
    page.exchange.table.cellActivated.emit(0, 0)
    return _dialog(stage)


def _printed(kind: str, stage: Stage) -> QWidget:
    entered(stage.desk)
    page = points(stage)
    person = page.points.current_person
    sheet = reading.points_sheet(stage.desk.branch, page.points.narrowing.organisation, HOME_YEAR)
    stage.window.show_screen("print_points", (kind, sheet.organisation, HOME_YEAR, None, person))
    return _dialog(stage)


POINTS_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "points_empty": page_of,
    "exchange_empty": partial(page_of, tab=EXCHANGE),
    "automatic_points": automatic,
    "points": points,
    "points_one_by_one": one_by_one,
    "points_waiting": waiting,
    "points_grid": grid_alone,
    "new_entry": new_entry,
    "new_entry_for_several": several,
    "claim_task": partial(_in_points, "claim_task"),
    "accept_claim": accept,
    "ledger_entry": ledger_entry,
    "exchange": exchange,
    "new_reward": partial(_in_exchange, "new_reward"),
    "reward": reward,
    "redeem": partial(_in_exchange, "redeem"),
    "print_points": partial(_printed, "publicity"),
    "print_member_points": partial(_printed, "member"),
}
