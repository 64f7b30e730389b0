"""What is cut on a window: texts wider or higher than their place, widgets that stick out of their parent."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableWidget,
    QWidget,
)

from branchdesk.ui.grid.view import GridView
from branchdesk.ui.widgets.texts import Elide

# Half a pixel lost to rounding is no cut text.
_TOLERANCE = 1
_FEWEST_ROWS = 3


def cut_places(root: QWidget) -> list[str]:
    """One line for each text or widget that is not wholly seen inside `root`."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisibleTo(root) and not widget.visibleRegion().isNull():
            found += [f"{_name(widget)}: {what}" for what in _cut(widget)]
            found += [f"{_name(widget)}: {what}" for what in _sticking_out(widget, root)]
    return found


def _name(widget: QWidget) -> str:
    own = widget.objectName() or widget.accessibleName()
    parent = widget.parentWidget()
    above = parent.objectName() if parent is not None else ""
    return f"{above}/{type(widget).__name__} {own}".strip()


def _cut(widget: QWidget) -> Iterator[str]:
    match widget:
        case Elide():
            pass
        case QLabel():
            yield from _cut_label(widget)
        case QPushButton() | QCheckBox() | QRadioButton():
            yield from _cut_button(widget)
        case QComboBox():
            yield from _cut_choice(widget)
        case QLineEdit():
            yield from _cut_hint(widget)
        case QTabBar():
            yield from _cut_tabs(widget)
        case QListWidget():
            yield from _cut_lines(widget)
        case GridView():
            yield from _cut_rows(widget)
        case QTableWidget():
            yield from _cut_headings(widget)


def _cut_lines(lines: QListWidget) -> Iterator[str]:
    needed, room = lines.sizeHintForColumn(0), lines.viewport().width()
    elided = lines.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if needed > room + _TOLERANCE and not elided:
        yield f"the longest line needs {needed} px and has {room}"


def _cut_rows(grid: GridView) -> Iterator[str]:
    """A grid in which one cannot work is cut, too."""
    wanted = min(grid.model().rowCount(), _FEWEST_ROWS)
    shown = grid.viewport().height() // max(1, grid.rowHeight(0))
    if shown < wanted:
        yield f"shows {shown} rows only"


def _cut_label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text:
        return
    room = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + _TOLERANCE:
            yield f"“{text}” needs {needed} px of height and has {label.height()}"
    elif label.sizeHint().width() > label.width() + _TOLERANCE:
        yield f"“{text}” needs {label.sizeHint().width()} px and has {room.width()}"


def _cut_button(button: QAbstractButton) -> Iterator[str]:
    if button.text() and button.sizeHint().width() > button.width() + _TOLERANCE:
        yield f"“{button.text()}” needs {button.sizeHint().width()} px and has {button.width()}"


def _cut_choice(box: QComboBox) -> Iterator[str]:
    if box.isEditable():
        return
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(control, option, part, box).width()
    # What is inked: the empty half of a closing bracket may hang over.
    needed = box.fontMetrics().boundingRect(box.currentText()).width()
    if needed > room + _TOLERANCE:
        yield f"“{box.currentText()}” needs {needed} px and has {room}"


def _cut_hint(line: QLineEdit) -> Iterator[str]:
    """A hint is read whole or it is no hint."""
    if line.text() or isinstance(line.parentWidget(), QComboBox):
        return
    icons = 24 * len(line.actions())
    needed = line.fontMetrics().horizontalAdvance(line.placeholderText()) + icons
    if needed > line.contentsRect().width() + _TOLERANCE:
        yield f"the hint “{line.placeholderText()}” needs {needed} px and has {line.contentsRect().width()}"


def _cut_tabs(bar: QTabBar) -> Iterator[str]:
    needed = sum(bar.tabSizeHint(place).width() for place in range(bar.count()))
    if needed > bar.width() + _TOLERANCE:
        labels = " ".join(bar.tabText(place) for place in range(bar.count()))
        yield f"the tabs “{labels}” need {needed} px and have {bar.width()}"


def _cut_headings(table: QTableWidget) -> Iterator[str]:
    header = table.horizontalHeader()
    for place in range(header.count()):
        item = table.horizontalHeaderItem(place)
        text = item.text() if item is not None else ""
        if header.isSectionHidden(place) or not text:
            continue
        needed = header.fontMetrics().horizontalAdvance(text)
        if needed > header.sectionSize(place) + _TOLERANCE:
            yield f"the heading “{text}” needs {needed} px and has {header.sectionSize(place)}"


def _scrolls(widget: QWidget, root: QWidget) -> bool:
    """Whether some parent inside the window shows a part of the widget at a time, and can be moved."""
    above = widget.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def _sticking_out(widget: QWidget, root: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if widget is root or parent is None or widget.isWindow():
        return
    if isinstance(parent.parentWidget(), QScrollArea):
        # The content of a scroll area may be longer than its window, never wider.
        bars_off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        area = parent.parentWidget()
        still = isinstance(area, QScrollArea) and area.horizontalScrollBarPolicy() == bars_off
        if still and widget.width() > parent.width() + _TOLERANCE:
            yield f"is {widget.width()} px wide in a window of {parent.width()}"
        return
    if _scrolls(widget, root):
        return
    inside = QRect(QPoint(0, 0), parent.size()).adjusted(-_TOLERANCE, -_TOLERANCE, _TOLERANCE, _TOLERANCE)
    if not inside.contains(widget.geometry()):
        yield f"{widget.geometry()} sticks out of {parent.size()}"
