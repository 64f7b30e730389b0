"""The walk through the program leaves nothing out; all on the way can be read aloud and reached by keys."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSpinBox, QWidget

import branchdesk.ui
from branchdesk.ui.dialogs import LineDialog, MessageDialog, SheetDialog
from branchdesk.ui.focus import takes_tab
from branchdesk.ui.page import Page
from support import hands
from support.stage import Stage
from ui.scenes import ENTRY_SCENES, SCENES, walk

# Dialogs of one question that many screens ask; what they look like is seen in one of them.
SHAPES = {MessageDialog, LineDialog}
MOST_TABS = 150


def every_class(base: type[QWidget]) -> Iterator[type[QWidget]]:
    """A class and all that come from it in the program."""
    for module in pkgutil.walk_packages(branchdesk.ui.__path__, "branchdesk.ui."):
        importlib.import_module(module.name)
    waiting = [base]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found.__subclasses__()


def names_missing(root: QWidget) -> list[str]:
    """The widgets of a window that a screen reader could not name."""
    return [
        f"{type(widget).__name__} {widget.objectName()}".strip()
        for widget in root.findChildren(QWidget)
        if takes_tab(widget) and not _spoken(widget)
    ]


def _spoken(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        # What it is called; on Linux Qt tells the value instead and leaves the name to the label.
        labels = [label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
        return widget.accessibleName() or "".join(labels)
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


def turned_and_changed(window: QWidget) -> tuple[int, list[str]]:
    """How many choices and numbers the wheel was turned over, and which of them it has changed."""
    turned, changed = 0, []
    for box in window.findChildren(QComboBox):
        if box.isVisible() and box.isEnabled() and box.count() > 1:
            before = box.currentText()
            hands.turn_wheel(box)
            turned += 1
            changed += [box.accessibleName()] if box.currentText() != before else []
    for number in window.findChildren(QSpinBox):
        before = number.text()
        hands.turn_wheel(number)
        changed += [number.accessibleName()] if number.text() != before else []
    return turned, changed


def test_the_walk_shows_everything_with_names_and_the_wheel_changes_nothing_on_it(stage: Stage) -> None:
    stage.open()
    seen: set[type[QWidget]] = set()
    nameless = []
    turned, changed = 0, []
    for name, shown in walk(stage):
        seen |= {type(shown), *(type(page) for page in stage.window.findChildren(Page))}
        nameless += [f"{name}: {missing}" for missing in names_missing(shown.window())]
        here, wrong = turned_and_changed(shown.window())
        turned += here
        changed += [f"{name}: {one}" for one in wrong]
    assert turned > 30
    assert changed == []
    wanted = {one for base in (Page, SheetDialog) for one in every_class(base) if not one.__subclasses__()}
    assert {one.__name__ for one in wanted - seen - SHAPES} == set()
    assert nameless == []


@pytest.mark.parametrize("name", ENTRY_SCENES)
def test_a_page_before_the_branch_is_open_has_names(stage: Stage, name: str) -> None:
    reception = stage.receive()
    ENTRY_SCENES[name](stage, reception)
    assert names_missing(reception.window) == []


def unreached(wanted: Iterable[QWidget], visited: set[QWidget]) -> set[str]:
    """What keys do not lead to; of joined buttons Tab reaches one and arrows the others."""
    groups = {one.group() for one in visited if isinstance(one, QAbstractButton) and one.group() is not None}
    return {
        f"{type(one).__name__} {one.objectName() or _spoken(one)}"
        for one in wanted
        if one not in visited and not (isinstance(one, QAbstractButton) and one.group() in groups)
    }


def visited_by_tab(start: QWidget, *, backwards: bool) -> set[QWidget]:
    """Where Tab leads from a widget, until it comes round or stays."""
    key = Qt.Key.Key_Backtab if backwards else Qt.Key.Key_Tab
    start.setFocus()
    visited: set[QWidget] = set()
    for _press in range(MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is None or focused in visited:
            break
        visited.add(focused)
        QTest.keyClick(focused, key)
    return visited


SCREENS_BY_KEYS = (
    *("roster", "roster_with_finding", "organisation", "committee", "history", "recycle_bin"),
    *("settings_looks", "settings_safety", "settings_backup", "settings_words", "settings_input"),
    *("import_columns", "import_problems"),
    *("form_list", "form_draft", "form_choices", "points_form_rule", "evaluation_form_grades"),
    *("meetings", "meetings_year", "meeting_before", "meeting_held", "meeting_after", "meeting_locked"),
    *("inspection", "inspection_head", "inspection_changing", "inspection_problem"),
    *("inspection_checked", "inspection_scored", "inspections_empty", "inspections", "issues", "spot_checks"),
    *("evaluations_empty", "evaluation_scores", "evaluation_grades", "evaluation_grades_alone"),
    *("ballots_not_counted", "ballots", "ballots_hidden", "stars", "stars_not_declared"),
    *("points_empty", "points", "points_waiting", "points_grid", "exchange_empty", "exchange"),
    *("daily_empty", "daily", "daily_final", "daily_grid", "daily_draft"),
)


@pytest.mark.parametrize("name", SCREENS_BY_KEYS)
def test_every_part_of_a_screen_is_reached_by_keys_alone(stage: Stage, name: str) -> None:
    window = stage.open()
    page = SCENES[name](stage)
    assert isinstance(page, Page)
    stage.wait_for_jobs()
    wanted = {widget for widget in page.findChildren(QWidget) if takes_tab(widget)}
    visited: set[QWidget] = set()
    panes: list[QWidget] = []
    # F6 goes from pane to pane, out of grids too; Tab goes on inside.
    for _press in range(8):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        if focused is not None and focused not in panes:
            panes.append(focused)
    page.find_here()
    focused = QApplication.focusWidget()
    for pane in panes if focused is None else [*panes, focused]:
        for backwards in (False, True):
            visited |= visited_by_tab(pane, backwards=backwards)
    assert unreached(wanted, visited) == set()


DIALOGS_BY_KEYS = [
    *("new_member", "event", "columns", "reveal", "rename", "new_post", "change_password", "add_person"),
    *("member_history", "print_roster", "help", "question", "recovery_card"),
    *("form_copy", "form_publish"),
    *("new_meeting", "meeting_person", "meeting_new_vote", "meeting_vote", "meeting_candidates"),
    *("meeting_phrase", "meeting_findings", "print_meeting"),
    *("inspection_findings", "inspection_refused"),
    *("new_inspection", "new_issue", "new_spot_check", "issue", "verify_issue", "comparison", "template"),
    *("automatic_points", "new_entry", "claim_task", "accept_claim", "ledger_entry", "reward", "redeem"),
    *("new_evaluation", "finish_publicity", "score_card", "evaluation_head", "print_evaluation"),
    *("new_batch", "begin_counting", "go_on_counting", "ballot_entry", "vote_sums", "differences"),
    *("declare_star", "recommend_star", "star_objection"),
    *("print_points", "daily_opinions", "print_daily_month"),
]


@pytest.mark.parametrize("name", DIALOGS_BY_KEYS)
def test_every_part_of_a_dialog_is_reached_by_keys_alone(stage: Stage, name: str) -> None:
    stage.open()
    dialog = SCENES[name](stage).window()
    dialog.activateWindow()
    stage.wait(lambda: QApplication.activeWindow() is dialog)
    wanted = {widget for widget in dialog.findChildren(QWidget) if takes_tab(widget)}
    first = next(widget for widget in dialog.findChildren(QWidget) if takes_tab(widget))
    visited = visited_by_tab(first, backwards=False) | visited_by_tab(first, backwards=True)
    assert unreached(wanted, visited) == set()
