"""A clerk's hands: keys to whatever has the focus, Chinese through the input method, the mouse on a cell."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEventLoop, QMimeData, QModelIndex, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QTableWidget,
    QWidget,
)

from branchdesk.ui.grid.view import GridView
from branchdesk.ui.screens.rosters.screen import RosterScreen

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
_PATIENCE, _TURN_MILLISECONDS = 500, 10


def _window() -> QWindow:
    """The window that keys go to.

    Offscreen there is nobody who brings the window below to the front when one in front of it closes.
    """
    loop = QEventLoop()
    for _turn in range(_PATIENCE):
        window = cast("QWindow | None", QGuiApplication.focusWindow())
        modal = QApplication.activeModalWidget()
        if window is not None and (modal is None or modal.windowHandle() is window):
            return window
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        for front in [modal] if modal is not None else shown[:1]:
            front.activateWindow()
        QTimer.singleShot(_TURN_MILLISECONDS, loop.quit)
        loop.exec()
    raise AssertionError("no window has the focus")


def focused() -> QWidget:
    """What has the focus."""
    window = _window()
    found = QApplication.focusWidget()
    assert found is not None, f"nothing in {window.title()} has the focus"
    return found


def press(key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
    """Press a key, sometimes with others held; it is let go over the window that has the focus by then."""
    for _time in range(times):
        QTest.keyPress(_window(), key, held)
        window = cast("QWindow | None", QGuiApplication.focusWindow())
        if window is not None:
            QTest.keyRelease(window, key, held)


def keys(text: str) -> None:
    """Type letters and digits; each goes to what has the focus by then."""
    for letter in text:
        QTest.keyClick(_window(), letter)  # type: ignore[call-overload] # the stubs know this of widgets only


def compose(text: str, *, committed: bool) -> None:
    """Compose a text with the input method, and perhaps commit it."""
    event = QInputMethodEvent("" if committed else text, [])
    if committed:
        event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def write(text: str) -> None:
    """Type a text: what is no plain letter comes from the input method."""
    for letter in text:
        if letter.isascii():
            keys(letter)
        else:
            compose(letter, committed=True)


def fill(field: QWidget, text: str) -> None:
    """Click into a field, take out what stands there, type a text and leave with Tab."""
    target = field.focusProxy() or field
    target.setFocus(Qt.FocusReason.MouseFocusReason)
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    write(text)
    press(Key.Key_Tab)


def tick(button: QAbstractButton) -> None:
    """Tick a box or choose a radio button with the space bar."""
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    press(Key.Key_Space)
    assert button.isChecked()


def pick(box: QComboBox, words: str) -> None:
    """Choose an entry of a list by its words."""
    place = box.findText(words)
    assert place >= 0, f"{words} is not in {[box.itemText(number) for number in range(box.count())]}"
    box.setCurrentIndex(place)
    box.activated.emit(place)


# ---- the clipboard


def put_on_clipboard(text: str, html: str = "") -> None:
    """What Excel would put there."""
    content = QMimeData()
    content.setText(text)
    if html:
        content.setHtml(html)
    QGuiApplication.clipboard().setMimeData(content)


def clipboard() -> str:
    """What lies on the clipboard, as text."""
    return QGuiApplication.clipboard().text()


# ---- the grid of the roster


def column(page: RosterScreen, field: str) -> int:
    """Where the column of a field stands."""
    return next(place for place, one in enumerate(page.members.model.fields) if one.id == field)


def row(page: RosterScreen, name: str) -> int:
    """In which row a member stands."""
    names = people(page)
    assert name in names, f"{name} is not among {names}"
    return names.index(name)


def people(page: RosterScreen) -> list[str]:
    """The names as they are shown, from the top down, without the spaces inside them."""
    return [
        page.members.model.cell(place, 0).text.replace(" ", "") for place in range(len(page.members.roster))
    ]


def cell(page: RosterScreen, name: str, field: str) -> QModelIndex:
    """The cell of a member in the column of a field."""
    return page.members.model.index(row(page, name), column(page, field))


def shown(page: RosterScreen, name: str, field: str) -> str:
    """What a cell shows."""
    return str(cell(page, name, field).data())


def click_at(
    widget: QWidget, point: QPoint, held: Qt.KeyboardModifier = PLAIN, *, right: bool = False
) -> None:
    """Click a point of a widget, through its window: what lies over it is hit instead."""
    window = widget.window().windowHandle()
    button = Qt.MouseButton.RightButton if right else Qt.MouseButton.LeftButton
    QTest.mouseClick(window, button, held, widget.mapTo(widget.window(), point))


def click(view: QAbstractItemView, index: QModelIndex, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Click a cell or a line of a list, scrolled into view first."""
    view.scrollTo(index)
    seen = view.frozen if isinstance(view, GridView) and view.frozen.holds(index) else view
    click_at(seen.viewport(), seen.visualRect(index).center(), held)


def double_click(view: QAbstractItemView, index: QModelIndex) -> None:
    """Click a cell or a line of a list twice."""
    click(view, index)
    seen = view.viewport()
    point = seen.mapTo(seen.window(), view.visualRect(index).center())
    QTest.mouseDClick(seen.window().windowHandle(), Qt.MouseButton.LeftButton, PLAIN, point)


def turn_wheel(widget: QWidget) -> None:
    """Turn the wheel of the mouse over a widget, downwards."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def go_to(page: RosterScreen, name: str, field: str) -> None:
    """Click a cell of the roster."""
    click(page.members.grid, cell(page, name, field))


def select(page: RosterScreen, first: tuple[str, str], last: tuple[str, str]) -> None:
    """Click one cell, and another with Shift."""
    go_to(page, *first)
    click(page.members.grid, cell(page, *last), SHIFT)


def drag(view: GridView, start: QPoint, end: QPoint) -> None:
    """Pull with the left button from one point of a grid to another."""
    seen, left = view.viewport(), Qt.MouseButton.LeftButton
    window = seen.window()
    steps = [seen.mapTo(window, point) for point in (start, end)]
    QTest.mousePress(window.windowHandle(), left, PLAIN, steps[0])
    QTest.mouseMove(window.windowHandle(), steps[1])
    QTest.mouseRelease(window.windowHandle(), left, PLAIN, steps[1])


def lines(table: QTableWidget) -> list[list[str]]:
    """The texts of a table, line by line."""
    found = []
    for down in range(table.rowCount()):
        items = [table.item(down, across) for across in range(table.columnCount())]
        found.append([item.text() if item else "" for item in items])
    return found
