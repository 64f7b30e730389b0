"""Every key of the list of commands, pressed on the real window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from branchdesk.ui.commands import COMMANDS
from branchdesk.ui.look import look
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.catalog import SCREENS
from branchdesk.ui.screens.help import HelpDialog
from branchdesk.ui.screens.rosters.dialogs import NewMemberDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from branchdesk.ui.screens.search import SearchDialog
from support import hands
from support.hands import ALT, CTRL, Key, shown
from support.stage import Stage


def pressed(sequence: str) -> None:
    """Press a key as it is written in the list of commands."""
    combination: QKeyCombination = QKeySequence(sequence)[0]  # type: ignore[index] # the stubs forget it
    hands.press(combination.key(), combination.keyboardModifiers())


def roster(stage: Stage) -> RosterScreen:
    page = stage.window.page
    assert isinstance(page, RosterScreen)
    return page


def seen(stage: Stage) -> list[QWidget]:
    return [one for one in stage.application.topLevelWidgets() if one.isVisible()]


def is_open(stage: Stage, kind: type[QWidget]) -> bool:
    return any(isinstance(one, kind) for one in seen(stage))


# ---- what each key does: what is done before, and what is to be seen afterwards

Step = Callable[[Stage], object]
Sight = Callable[[Stage], bool]


def _change(stage: Stage) -> None:
    page = roster(stage)
    hands.go_to(page, "刘洋", "department")
    hands.keys("IT")
    hands.press(Key.Key_Return)


def _change_and_undo(stage: Stage) -> None:
    _change(stage)
    stage.desk.undo()


def _on(field: str) -> Step:
    def go(stage: Stage) -> None:
        hands.go_to(roster(stage), "刘洋", field)

    return go


def _department_is(text: str) -> Sight:
    return lambda stage: shown(roster(stage), "刘洋", "department") == text


def _stands_at(name: str, field: str) -> Sight:
    def stands(stage: Stage) -> bool:
        return roster(stage).members.grid.currentIndex() == hands.cell(roster(stage), name, field)

    return stands


def _in_pane(find: Callable[[RosterScreen], QWidget]) -> Sight:
    def inside(stage: Stage) -> bool:
        pane, focused = find(roster(stage)), QApplication.focusWidget()
        return focused is not None and (pane is focused or pane.isAncestorOf(focused))

    return inside


def _filter_of_the_department(page: RosterScreen) -> QWidget:
    found = page.findChild(QLineEdit, "filter_department")
    assert found is not None
    return found


def _scale_is(scale: int) -> Sight:
    return lambda stage: look().scale == scale and stage.desk.settings.scale == scale


def _larger(stage: Stage) -> None:
    old = stage.window
    stage.desk.looks.choose_scale(125)
    stage.wait(lambda: stage.window is not old)
    stage.bring_to_front(stage.window)
    stage.qtbot.wait(20)


def _nothing(_stage: Stage) -> None:
    """The roster as it opens."""


CASES: dict[str, tuple[Step, Sight]] = {
    "window.lock": (_nothing, lambda stage: not stage.opened),
    "window.close": (_nothing, lambda stage: not stage.opened),
    "desk.undo": (_change, _department_is("信息科")),
    "desk.redo": (_change_and_undo, _department_is("IT")),
    "page.find_here": (_on("department"), _in_pane(_filter_of_the_department)),
    "screen:search": (_nothing, lambda stage: is_open(stage, SearchDialog)),
    "window.say_saved": (
        _nothing,
        lambda stage: stage.window.toast.sentence == "不用按保存，每一步都已自动保存。",
    ),
    "looks.larger": (_nothing, _scale_is(125)),
    "looks.smaller": (_larger, _scale_is(100)),
    "looks.standard": (_larger, _scale_is(100)),
    "page.toggle_details": (_nothing, lambda stage: not roster(stage).details.isVisible()),
    "page.toggle_focus": (_nothing, lambda stage: not roster(stage).head.isVisible()),
    "page.refresh": (_on("department"), _stands_at("周建国", "name")),
    "page.next_pane": (_on("department"), _in_pane(lambda page: page.details)),
    "-page.next_pane": (_on("department"), _in_pane(lambda page: page.tree)),
    "page.begin_new": (_nothing, lambda stage: is_open(stage, NewMemberDialog)),
    "page.next_finding": (_nothing, _stands_at("赵立新", "mobile")),
    "-page.next_finding": (_nothing, _stands_at("黄文博", "id_number")),
    "page.step_record": (_on("department"), _stands_at("黄文博", "department")),
    "-page.step_record": (_on("department"), _stands_at("孙晓燕", "department")),
    "page.print_here": (_nothing, lambda stage: is_open(stage, PrintDialog)),
    "window.open_help": (_nothing, lambda stage: is_open(stage, HelpDialog)),
}
KEYS = [
    pytest.param(command.does, key, id=f"{key} {command.does}")
    for command in COMMANDS
    for key in command.keys
]


@pytest.mark.parametrize(("does", "key"), KEYS)
def test_every_key_does_what_its_command_says(stage: Stage, does: str, key: str) -> None:
    stage.open()
    before, sight = CASES[does]
    before(stage)
    assert not sight(stage), "there would be nothing to see"
    pressed(key)
    stage.wait(lambda: sight(stage))


def test_the_screens_have_their_numbers(stage: Stage) -> None:
    stage.open()
    for number, screen in enumerate((one for one in SCREENS if one.label), start=1):
        hands.press(Qt.Key(int(Key.Key_0) + number), CTRL)
        assert stage.window.page.key == screen.key


def test_no_two_commands_share_a_key() -> None:
    keys = [QKeySequence(key).toString() for command in COMMANDS for key in command.keys]
    assert sorted(set(keys)) == sorted(keys)


# ---- the menu bar


def bar_seen(stage: Stage) -> bool:
    return stage.window.menuBar().isVisible()


def alt_alone(stage: Stage) -> None:
    """Alt pressed and let go."""
    handle = stage.window.windowHandle()
    QTest.keyPress(handle, Key.Key_Alt, ALT)
    QTest.keyRelease(handle, Key.Key_Alt)


def test_alt_alone_shows_the_menu_bar_and_hides_it_again(stage: Stage) -> None:
    stage.open()
    assert not bar_seen(stage)
    alt_alone(stage)
    assert bar_seen(stage)
    alt_alone(stage)
    assert not bar_seen(stage)


def test_alt_with_another_key_leaves_the_menu_bar_alone(stage: Stage) -> None:
    stage.open()
    hands.go_to(roster(stage), "刘洋", "department")
    handle = stage.window.windowHandle()
    for other in (Key.Key_Tab, Key.Key_Down, Key.Key_F4):
        QTest.keyPress(handle, Key.Key_Alt, ALT)
        QTest.keyClick(handle, other, ALT)
        QTest.keyRelease(handle, Key.Key_Alt)
        assert not bar_seen(stage)


def test_alt_and_a_click_leave_the_menu_bar_alone(stage: Stage) -> None:
    stage.open()
    page = roster(stage)
    handle = stage.window.windowHandle()
    QTest.keyPress(handle, Key.Key_Alt, ALT)
    hands.click_at(page.tree.viewport(), page.tree.viewport().rect().center(), ALT)
    QTest.keyRelease(handle, Key.Key_Alt)
    assert not bar_seen(stage)


def test_the_menu_names_every_command_with_its_key(stage: Stage) -> None:
    window = stage.open()
    named = {
        action.text(): [key.toString() for key in action.shortcuts()]
        for menu in window.menuBar().actions()
        for action in (menu.menu().actions() if isinstance(menu.menu(), QWidget) else [])  # type: ignore[attr-defined]
    }
    for command in COMMANDS:
        assert named[command.label] == [QKeySequence(key).toString() for key in command.keys]


# ---- Tab and the grid


def test_tab_stays_in_the_grid_and_f6_leaves_it(stage: Stage) -> None:
    stage.open()
    page = roster(stage)
    hands.go_to(page, "刘洋", "department")
    hands.press(Key.Key_Tab, times=3)
    assert hands.focused() is page.members.grid
    hands.press(Key.Key_F6)
    assert hands.focused() is not page.members.grid
