"""The text under work in a field, shown, committed or given up in the way Qt wants it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QInputMethodEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from branchdesk.ui.input_method.protocol import Deleted, Piece, Preedit

# Fields in which Chinese is never meant; passwords must not even travel over the bus.
_NO_CHINESE = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhLatinOnly
    | Qt.InputMethodHint.ImhDigitsOnly
    | Qt.InputMethodHint.ImhFormattedNumbersOnly
    | Qt.InputMethodHint.ImhDialableCharactersOnly
    | Qt.InputMethodHint.ImhEmailCharactersOnly
    | Qt.InputMethodHint.ImhUrlCharactersOnly
).value


def field_with_keyboard() -> QWidget | None:
    """The widget that the next key is meant for; a list that drops down leaves it to the field above."""
    popup = QApplication.activePopupWidget()
    widget = popup.focusWidget() if popup is not None else QApplication.focusWidget()
    widget = popup if widget is None else widget
    while widget is not None and (proxy := widget.focusProxy()) is not None:
        widget = proxy
    return widget


def takes_chinese(widget: QWidget) -> bool:
    """Whether keys for `widget` may be offered to the input method.

    A grid that wants no Chinese in some column says so by its inputMethodQuery(ImHints).
    """
    if not widget.isEnabled() or not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
        return False
    hints = widget.inputMethodQuery(Qt.InputMethodQuery.ImHints)
    if int(getattr(hints, "value", hints) or 0) & _NO_CHINESE:  # a number, or the flags of a Python override
        return False
    return not isinstance(widget, QAbstractItemView) or _typing_opens(widget)


def _typing_opens(view: QAbstractItemView) -> bool:
    """Whether typing in the list or table opens an editor; else letters find rows and stay letters."""
    opens = QAbstractItemView.EditTrigger.AnyKeyPressed in view.editTriggers()
    return opens and Qt.ItemFlag.ItemIsEditable in view.currentIndex().flags()


def cursor_on_screen(widget: QWidget) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of the text cursor in the pixels that the screen really has."""
    found = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    if isinstance(found, QRectF):
        found = found.toRect()
    handle = widget.window().windowHandle()
    if not isinstance(found, QRect) or handle is None:
        return None
    rectangle: QRect = found
    corner = _origin(widget, rectangle).mapToGlobal(rectangle.topLeft())
    # Screens keep their corner where it is and stretch from there.
    base, ratio = handle.screen().geometry().topLeft(), handle.devicePixelRatio()
    place: QPoint = (corner - base) * ratio + base
    return place.x(), place.y(), round(rectangle.width() * ratio), round(rectangle.height() * ratio)


def _origin(widget: QWidget, rectangle: QRect) -> QWidget:
    """The widget whose corner `rectangle` counts from: in what scrolls that is the part that moves."""
    if isinstance(widget, QAbstractItemView):
        # Qt answers for the open editor in the coordinates of the view, for a closed cell in the others.
        return widget.viewport() if rectangle == widget.visualRect(widget.currentIndex()) else widget
    return widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget


class Composition:
    """The text under work: in which widget it stands and what of it will stay."""

    def __init__(self) -> None:
        self._preedit = Preedit()
        self._widget: QWidget | None = None

    @property
    def widget(self) -> QWidget | None:
        """Where text is under work now; None when none is, or its widget has gone."""
        if self._widget is not None and not isValid(self._widget):
            self._forget()
        return self._widget

    def show(self, widget: QWidget, preedit: Preedit) -> None:
        """Show `preedit` in `widget`; an empty one takes away what was shown."""
        if not preedit.text and self.widget is None:
            return
        self._preedit = preedit
        self._widget = widget if preedit.text else None
        QCoreApplication.sendEvent(widget, QInputMethodEvent(preedit.text, _looks(preedit, widget)))

    def commit(self, widget: QWidget, text: str) -> None:
        """Put finished text into `widget`, in the place of what was under work."""
        self._forget()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(widget, event)

    def delete(self, widget: QWidget, deleted: Deleted) -> None:
        """Take characters beside the cursor out of `widget`, as far as it lets us see its text."""
        text = str(widget.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText) or "")
        cursor = int(widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition) or 0)
        before = _half(text, 0, cursor)
        start = len(before) + deleted.offset
        whole = before + _half(text, cursor, _units(text))
        if start >= 0 and start + deleted.count <= len(whole):
            event = QInputMethodEvent()
            offset = _units(whole[:start]) - cursor
            event.setCommitString("", offset, _units(whole[start : start + deleted.count]))
            QCoreApplication.sendEvent(widget, event)

    def finish(self) -> None:
        """Let what would stay become text, and the rest go; nothing that can be kept is lost."""
        widget, kept = self.widget, self._preedit.kept
        if widget is not None:
            self.commit(widget, kept)

    def move(self, widget: QWidget) -> None:
        """Show the text under work in `widget` instead, an editor that opened because of it."""
        if self.widget is not None:
            self.show(widget, self._preedit)

    def _forget(self) -> None:
        self._preedit = Preedit()
        self._widget = None


def _units(text: str) -> int:
    """The length as Qt counts it: rare characters are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _half(text: str, start: int, end: int) -> str:
    """The part of `text` between two places as Qt counts them."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")


def _looks(preedit: Preedit, widget: QWidget) -> list[QInputMethodEvent.Attribute]:
    attributes = []
    position = 0
    for piece in preedit.pieces:
        length = _units(piece.text)
        look = _look(piece, widget)
        attributes.append(
            QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.TextFormat, position, length, look)
        )
        position += length
    shown = preedit.cursor >= 0
    cursor = _units(preedit.text[: preedit.cursor]) if shown else position
    attributes.append(
        QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, cursor, int(shown), None)
    )
    return attributes


def _look(piece: Piece, widget: QWidget) -> QTextCharFormat:
    look = QTextCharFormat()
    if piece.underlined:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    if piece.highlighted:
        look.setBackground(widget.palette().brush(QPalette.ColorRole.Highlight))
        look.setForeground(widget.palette().brush(QPalette.ColorRole.HighlightedText))
    return look
