"""Typing Chinese into real fields through the bridge, with a stand-in for fcitx on a real bus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCompleter,
    QDialog,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTextEdit,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from support.fcitx_stand_in import BACKSPACE, own_bus
from support.typing_desk import HASTY, TypingDesk, add_table, enter_cell

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


def _content(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    return item.text() if item is not None else ""


# ---- typing


@pytest.mark.parametrize("generation", [4, 5])
def test_letters_become_chinese_in_a_line(desk: TypingDesk, generation: int) -> None:
    desk.replace_fcitx(generation)
    desk.start()
    desk.type("zhangsan")
    assert desk.line.text() == ""
    desk.type(" ")
    assert desk.line.text() == "张三"
    desk.type("lisi ")
    assert desk.line.text() == "张三李四"


def test_text_under_work_is_shown_in_the_text_before_it_is_finished(desk: TypingDesk) -> None:
    text = QTextEdit()
    desk.column.addWidget(text)
    desk.start()
    text.setFocus()
    desk.type("zhangs")
    assert text.textCursor().block().layout().preeditAreaText() == "zhangs"
    assert text.toPlainText() == ""
    desk.type("an ")
    assert text.textCursor().block().layout().preeditAreaText() == ""
    assert text.toPlainText() == "张三"


@pytest.mark.parametrize("generation", [4, 5])
def test_typing_in_a_closed_cell_opens_it_and_loses_no_letter(
    desk: TypingDesk, table: QTableWidget, generation: int
) -> None:
    desk.replace_fcitx(generation)
    desk.start()
    enter_cell(table, 0, 0)
    desk.type("zhangsan ")
    desk.type("lisi ")
    desk.type("\r")
    desk.qtbot.waitUntil(lambda: _content(table, 0, 0) == "张三李四")


def test_enter_while_text_is_under_work_does_not_leave_the_cell(
    desk: TypingDesk, table: QTableWidget
) -> None:
    desk.start()
    enter_cell(table, 1, 0)
    desk.type("abc\r")
    assert _content(table, 1, 0) == ""
    editor = table.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "abc"
    desk.type("\r")
    desk.qtbot.waitUntil(lambda: _content(table, 1, 0) == "abc")


def test_a_table_method_that_writes_and_goes_on_in_one_key_loses_nothing(
    desk: TypingDesk, table: QTableWidget
) -> None:
    desk.fcitx.full = "zhang"
    desk.start()
    enter_cell(table, 1, 1)
    desk.type("zhangsan \r")
    desk.qtbot.waitUntil(lambda: _content(table, 1, 1) == "张三")


def test_escape_gives_up_the_text_and_not_the_dialog(desk: TypingDesk) -> None:
    desk.start()
    desk.line.setText("王")
    desk.type("zhang\x1b")
    assert desk.window.isVisible()
    assert desk.line.text() == "王"
    desk.type("\x1b")
    assert not desk.window.isVisible()


def test_the_first_letter_waits_for_the_dictionaries(desk: TypingDesk) -> None:
    desk.fcitx.loading = 0.5
    desk.start(HASTY)
    desk.press(Qt.Key.Key_Shift)
    desk.type("zhangsan ")
    assert desk.line.text() == "张三"


def test_another_method_may_load_dictionaries_too(desk: TypingDesk) -> None:
    bridge = desk.start(HASTY)
    desk.type("hao ")
    desk.fcitx.switch("五笔")
    desk.qtbot.waitUntil(lambda: "五笔" in bridge.status())
    desk.fcitx.loading = 0.5
    desk.type("zhangsan ")
    assert desk.line.text() == "好张三"


def test_a_word_that_is_picked_with_the_mouse_arrives(desk: TypingDesk) -> None:
    desk.start()
    desk.type("hao")
    desk.fcitx.pick("号")
    desk.qtbot.waitUntil(lambda: desk.line.text() == "号")


def test_suggestions_under_a_field_do_not_disturb(desk: TypingDesk) -> None:
    completer = QCompleter(["张三", "张三丰"])
    desk.line.setCompleter(completer)
    desk.start()
    desk.type("zhang ")
    desk.qtbot.waitUntil(completer.popup().isVisible)
    desk.type("san ")
    assert desk.line.text() == "张三"
    desk.qtbot.waitUntil(lambda: completer.completionCount() == 2)
    completer.popup().hide()


def test_keys_and_deletions_that_fcitx_makes_reach_the_field(desk: TypingDesk) -> None:
    desk.start()
    desk.type("zhangsan ")
    desk.fcitx.forward(BACKSPACE)
    desk.qtbot.waitUntil(lambda: desk.line.text() == "张")
    desk.line.setText("𠮷张𠮷三")
    desk.line.setCursorPosition(5)
    desk.fcitx.delete(-1, 1)
    desk.qtbot.waitUntil(lambda: desk.line.text() == "𠮷张三")
    desk.fcitx.delete(-1, 1)
    desk.qtbot.waitUntil(lambda: desk.line.text() == "𠮷三")
    desk.fcitx.delete(-5, 2)  # more than there is
    desk.fcitx.pick("好")
    desk.qtbot.waitUntil(lambda: desk.line.text() == "𠮷好三")


# ---- what does not happen while text is under work


def test_no_shortcut_and_no_default_button_fires_while_text_is_under_work(desk: TypingDesk) -> None:
    button = QPushButton("确定")
    button.setDefault(True)
    desk.column.addWidget(button)
    shortcut = QShortcut(QKeySequence("Ctrl+S"), desk.window)
    fired: list[str] = []
    button.clicked.connect(lambda: fired.append("button"))
    shortcut.activated.connect(lambda: fired.append("shortcut"))
    desk.start()
    desk.type("zhang")
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Tab)
    assert fired == []
    assert desk.line.hasFocus()
    desk.type("\r")
    assert (fired, desk.line.text()) == ([], "zhang")
    desk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.type("\r")
    assert fired == ["shortcut", "button"]


def test_escape_leads_out_even_when_fcitx_does_not_want_it(desk: TypingDesk) -> None:
    desk.fcitx.takes_only_letters = True
    desk.start()
    desk.type("zhang\x1b")
    assert desk.window.isVisible()
    assert desk.line.text() == "zhang"
    desk.type("\x1b")
    assert not desk.window.isVisible()


def test_keys_that_fcitx_does_not_want_work_as_ever(desk: TypingDesk) -> None:
    desk.start()
    desk.type("zhang 123")
    assert desk.line.text() == "张123"
    desk.press(Qt.Key.Key_Backspace)
    assert desk.line.text() == "张12"


# ---- where fcitx is not asked


def _password(line: QLineEdit) -> None:
    line.setEchoMode(QLineEdit.EchoMode.Password)


def _sensitive(line: QLineEdit) -> None:
    line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)


def _latin(line: QLineEdit) -> None:
    line.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)


def _digits(line: QLineEdit) -> None:
    line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)


def _without_method(line: QLineEdit) -> None:
    line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)


@pytest.mark.parametrize("make", [_password, _sensitive, _latin, _digits, _without_method])
def test_passwords_and_latin_fields_never_reach_fcitx(desk: TypingDesk, make: object) -> None:
    assert callable(make)
    make(desk.line)
    desk.start()
    desk.type("secret1")
    assert desk.line.text() == "secret1"
    assert desk.fcitx.told("ProcessKeyEvent") == []
    assert desk.fcitx.told("FocusIn") == []


def test_letters_find_rows_in_a_list_that_cannot_be_edited(desk: TypingDesk, table: QTableWidget) -> None:
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setItem(2, 0, QTableWidgetItem("zhang"))
    desk.start()
    enter_cell(table, 0, 0)
    desk.type("zh")
    assert table.currentRow() == 2
    assert desk.fcitx.told("ProcessKeyEvent") == []


def test_a_field_that_stops_taking_chinese_is_noticed(desk: TypingDesk) -> None:
    desk.start()
    desk.type("hao ")
    asked = len(desk.fcitx.told("ProcessKeyEvent"))
    desk.line.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
    desk.type("x")
    assert desk.line.text() == "好x"
    assert len(desk.fcitx.told("ProcessKeyEvent")) == asked


def test_a_grid_may_refuse_chinese_for_some_columns(desk: TypingDesk) -> None:
    class NumbersOnly(QLineEdit):
        @override
        def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
            if query == Qt.InputMethodQuery.ImHints:
                return Qt.InputMethodHint.ImhDigitsOnly
            return super().inputMethodQuery(query)

    numbers = NumbersOnly()
    desk.column.addWidget(numbers)
    desk.start()
    numbers.setFocus()
    desk.type("x")
    assert numbers.text() == "x"
    assert desk.fcitx.told("ProcessKeyEvent") == []


# ---- going elsewhere


def test_leaving_a_field_keeps_its_text_and_starts_afresh_in_the_next(desk: TypingDesk) -> None:
    other = QLineEdit()
    desk.column.addWidget(other)
    desk.start()
    desk.type("zhang")
    other.setFocus()
    assert (desk.line.text(), other.text()) == ("zhang", "")
    desk.type("lisi ")
    assert (desk.line.text(), other.text()) == ("zhang", "李四")
    members = [member for member, _body in desk.fcitx.calls]
    assert members.count("FocusIn") == 2
    assert members.index("Reset") < members.index("FocusOut") < len(members) - members[::-1].index("FocusIn")


def test_leaving_a_cell_keeps_what_was_under_work(desk: TypingDesk, table: QTableWidget) -> None:
    desk.start()
    enter_cell(table, 1, 0)
    desk.type("zhang lisi")
    desk.line.setFocus()
    desk.qtbot.waitUntil(lambda: _content(table, 1, 0) == "张lisi")


def test_a_window_in_front_of_ours_takes_the_keyboard_from_fcitx(desk: TypingDesk) -> None:
    desk.start()
    desk.type("zhang")
    other = QDialog()
    desk.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    desk.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is other.windowHandle())
    assert desk.line.text() == "zhang"
    desk.qtbot.waitUntil(lambda: desk.fcitx.calls[-1][0] == "FocusOut")


def test_a_click_beside_the_text_finishes_it(desk: TypingDesk) -> None:
    desk.start()
    desk.type("zhang")
    QTest.mouseClick(
        QGuiApplication.focusWindow(), Qt.MouseButton.LeftButton, pos=desk.line.geometry().center()
    )
    assert desk.line.text() == "zhang"
    desk.type("hao ")
    assert desk.line.text() == "zhang好"


def test_a_field_that_disappears_takes_nothing_with_it(desk: TypingDesk) -> None:
    other = QLineEdit()
    desk.column.addWidget(other)
    desk.start()
    other.setFocus()
    desk.type("zhang")
    with desk.qtbot.waitSignal(other.destroyed):
        other.deleteLater()
    desk.line.setFocus()
    desk.type("hao ")
    assert desk.line.text() == "好"


class _OverlayTable(QTableWidget):
    """Opens an editor of its own that takes the keyboard at once, as over frozen columns."""

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        editor = QLineEdit(self.viewport())
        editor.show()
        editor.setFocus()


def test_an_editor_that_takes_the_keyboard_at_once_gets_the_text_under_work(desk: TypingDesk) -> None:
    table = _OverlayTable(2, 2)
    desk.column.addWidget(table)
    desk.start()
    enter_cell(table, 1, 1)
    desk.type("z")
    editor = table.findChild(QLineEdit)
    assert editor is not None
    assert editor.hasFocus()
    desk.line.setFocus()
    assert editor.text() == "z"
    editor.setFocus()
    desk.type("hangsan ")
    assert editor.text() == "zhangsan"
