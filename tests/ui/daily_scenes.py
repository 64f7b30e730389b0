"""The scenes of daily records: the grid, a month that is written, one that is final, and the dialogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.domain.daily import MonthState
from branchdesk.services.daily.reading import daily_year
from branchdesk.services.daily.sample_daily import sample_daily
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.choosing import DAILY
from support.held_meetings import held_assembly
from support.stage import Stage


def recorded(desk: Desk) -> None:
    """A year of daily records; made once."""
    if not daily_year(desk.branch).count(MonthState.COMPLETE):
        sample_daily(desk.branch)


def page_of(stage: Stage) -> EvaluationsScreen:
    """The screen with the tab of daily records in front."""
    page = stage.go("evaluations", DAILY)
    assert isinstance(page, EvaluationsScreen)
    return page


def daily(stage: Stage, month: int = 10) -> EvaluationsScreen:
    """A year of records with a month of somebody beside the grid."""
    held_assembly(stage.desk)
    recorded(stage.desk)
    page = page_of(stage)
    page.refresh()
    page.daily.grid.choose_cell(1, month)
    if page.daily.detail.isHidden():
        page.toggle_details()
    return page


def grid_alone(stage: Stage) -> EvaluationsScreen:
    """The grid without the editor."""
    page = daily(stage)
    page.toggle_details()
    return page


def draft(stage: Stage) -> EvaluationsScreen:
    """A text that was not stored when the program ended."""
    from branchdesk.services.daily.drafts import keep_draft  # noqa: PLC0415

    page = daily(stage)
    person = page.daily.grid.people[2].person
    keep_draft(stage.desk.branch, person, 2026, 10, {"work": "写到一半的岗位业绩"})
    page.daily.grid.choose_cell(2, 10)
    return page


def _dialog(stage: Stage) -> SheetDialog:
    dialog = stage.dialog(SheetDialog)
    if isinstance(dialog, PrintDialog):
        stage.wait(lambda: bool(dialog.pdf))
    return dialog


def opinions(stage: Stage) -> QWidget:
    """The opinions for several members."""
    stage.press("daily_opinions", daily(stage))
    return _dialog(stage)


def printed(kind: str, stage: Stage) -> QWidget:
    """The papers."""
    daily(stage)
    stage.window.show_screen("print_daily", (kind, None, 2026, 10, None))
    return _dialog(stage)


DAILY_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "daily_empty": page_of,
    "daily": daily,
    "daily_final": partial(daily, month=7),
    "daily_ahead": partial(daily, month=12),
    "daily_grid": grid_alone,
    "daily_draft": draft,
    "daily_opinions": opinions,
    "print_daily_month": partial(printed, "month"),
    "print_daily_year": partial(printed, "year"),
}
