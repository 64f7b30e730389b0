"""What was signed stays printable from the window after the inspection was opened again."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from branchdesk.domain.inspections.model import InspectionState, Stage
from branchdesk.services.inspections import answering, life
from branchdesk.ui.screens.inspection import InspectionScreen
from support.branches import SettableClock
from support.papers import text_of
from support.quarter_sheets import fed_back
from support.stage import Stage as Window


def print_menu(page: InspectionScreen) -> QMenu:
    """The menu of papers, as it opens now."""
    menu = QMenu()
    page.steps.fill_print_menu(menu)
    return menu


def earlier(menu: QMenu) -> list[str]:
    """The entries of papers that were signed before."""
    return [action.text() for action in menu.actions() if "重新打开" in action.text()]


def test_a_signed_sheet_is_printed_as_it_was_after_it_was_opened_again(
    stage: Window, the_clock: SettableClock
) -> None:
    the_clock.set(2026, 11, 21)
    stage.open()
    branch = stage.desk.branch
    uid = fed_back(branch)
    page = stage.go("inspection", uid)
    assert isinstance(page, InspectionScreen)
    assert earlier(print_menu(page)) == []
    life.reopen(branch, uid, "公开栏没有更新")
    answering.set_score(branch, uid, "a5", Stage.CHECK, "0.5", "公开栏没有更新")
    life.move(branch, uid, InspectionState.FED_BACK, accept=True)
    page.refresh()
    menu = print_menu(page)
    assert earlier(menu) == ["2026.11.21 签字、后来重新打开的检查表…"]
    next(action for action in menu.actions() if action.text() in earlier(menu)).trigger()
    said = "".join(text_of(stage.printing().pdf).split())
    assert "2026年第四季度" in said
    assert "公开栏没有更新" not in said
