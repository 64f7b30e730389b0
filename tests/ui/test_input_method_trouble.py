"""The bridge when fcitx hangs, dies or was never there, and where its candidates appear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from branchdesk.ui.input_method.bridge import Bridge
from branchdesk.ui.input_method.protocol import dialects
from support.fcitx_stand_in import FcitxStandIn, own_bus
from support.typing_desk import HASTY, PATIENT, TypingDesk, add_table, enter_cell

NEAR = 2  # pixels

# Offscreen windows say what they cannot do whenever one is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[TypingDesk]:
    with own_bus(tmp_path) as (address, _bus):
        desk = TypingDesk(qtbot, qapp, address)
        yield desk
        desk.end()


@pytest.fixture
def table(desk: TypingDesk) -> QTableWidget:
    return add_table(desk)


# ---- fcitx in trouble


def test_a_fcitx_that_hangs_lets_the_keys_through_and_is_used_again_when_it_wakes(desk: TypingDesk) -> None:
    bridge = desk.start(HASTY)
    desk.type("hao ")
    asked = len(desk.fcitx.told("ProcessKeyEvent"))
    desk.fcitx.hang()
    desk.type("abc")
    assert desk.line.text() == "好abc"
    assert "没有回应" in bridge.status()
    desk.fcitx.wake()
    desk.qtbot.waitUntil(lambda: bridge.is_connected)
    assert len(desk.fcitx.told("ProcessKeyEvent")) == asked + 1  # b and c did not wait for it any more
    desk.type("zhangsan ")
    assert desk.line.text() == "好abc张三"


def test_text_under_work_stays_when_fcitx_hangs_and_does_not_come_twice(desk: TypingDesk) -> None:
    bridge = desk.start(HASTY)
    desk.type("hao")
    desk.fcitx.hang()
    desk.type(" ")
    assert desk.line.text() == "hao "
    desk.fcitx.wake()  # only now it answers the space with a word
    desk.qtbot.waitUntil(lambda: bridge.is_connected)
    assert desk.line.text() == "hao "


def test_a_fcitx_that_dies_and_comes_back_is_found_again(desk: TypingDesk) -> None:
    bridge = desk.start()
    desk.type("hao")
    desk.fcitx.die()
    desk.qtbot.waitUntil(lambda: "没有运行" in bridge.status())
    assert desk.line.text() == "hao"
    desk.type("x")
    assert desk.line.text() == "haox"
    desk.fcitx = FcitxStandIn(desk.address, 4)
    desk.qtbot.waitUntil(lambda: bridge.is_connected)
    desk.type("lisi ")
    assert desk.line.text() == "haox李四"
    assert bridge.status() == "输入法：已连接 fcitx 4，现在是“拼音”。"


def test_without_a_bus_everything_else_works(qtbot: QtBot, qapp: QApplication) -> None:
    bridge = Bridge(qapp, "", dialects({}), PATIENT)
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(QGuiApplication.focusWindow(), Qt.Key.Key_A)
    assert line.text() == "a"
    assert "会话总线" in bridge.status()
    bridge.close()


# ---- where the candidates appear


def _cursor(widget: QWidget) -> tuple[int, int, int, int]:
    """Where the text cursor of a line stands on the screen."""
    rectangle = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    corner = widget.mapToGlobal(rectangle.topLeft())
    return corner.x(), corner.y(), rectangle.width(), rectangle.height()


def _are_near(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two places are the same to the eye: the letters of a composition sit a pixel higher."""
    return all(abs(mine - theirs) <= NEAR for mine, theirs in zip(one, other, strict=True))


def test_candidates_appear_at_the_cursor_of_a_line(desk: TypingDesk) -> None:
    desk.start()
    before = _cursor(desk.line)
    QTest.keyPress(QGuiApplication.focusWindow(), Qt.Key.Key_Z)
    assert _cursor(desk.line) != before
    desk.qtbot.waitUntil(lambda: _are_near(desk.fcitx.told("SetCursorRect")[-1], _cursor(desk.line)))


def test_candidates_appear_at_the_cell(desk: TypingDesk, table: QTableWidget) -> None:
    desk.start()
    enter_cell(table, 2, 1)
    desk.press(Qt.Key.Key_Shift)
    cell = table.visualRect(table.currentIndex())
    corner = table.viewport().mapToGlobal(cell.topLeft())
    assert desk.fcitx.told("SetCursorRect")[-1] == (corner.x(), corner.y(), cell.width(), cell.height())
    desk.type("z")
    editor = table.findChild(QLineEdit)
    assert editor is not None
    desk.qtbot.waitUntil(lambda: desk.fcitx.told("SetCursorRect")[-1] == _cursor(editor))
