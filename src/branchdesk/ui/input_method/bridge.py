"""Between Qt and fcitx: keys of our windows go there first, and what comes back becomes text in the field.

The wheel of PySide6 brings no plugin for fcitx, and the one of the system needs the system's own Qt; so the
work of such a plugin is done here, by event filters and QInputMethodEvent (ux 0 and 9.1).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.input_method import keysyms
from branchdesk.ui.input_method.composition import (
    Composition,
    cursor_on_screen,
    field_with_keyboard,
    takes_chinese,
)
from branchdesk.ui.input_method.protocol import Committed, Deleted, Dialect, Forwarded, Key, Preedit
from branchdesk.ui.input_method.session import Lost, Patience, Session, SessionEvent, State, StateChanged

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_STATE_BITS = (
    (Qt.KeyboardModifier.ShiftModifier, keysyms.SHIFT),
    (Qt.KeyboardModifier.ControlModifier, keysyms.CONTROL),
    (Qt.KeyboardModifier.AltModifier, keysyms.ALT),
    (Qt.KeyboardModifier.MetaModifier, keysyms.SUPER),
)


class Bridge(QObject):
    """Offers the keys of all our windows to fcitx and puts what it makes of them into the field.

    It filters the windows, not the application: there all keys pass, before shortcuts are looked up, and
    the many other events of widgets are not slowed down by Python.
    """

    status_changed = Signal()

    def __init__(
        self, application: QApplication, address: str, dialects: tuple[Dialect, ...], patience: Patience
    ) -> None:
        super().__init__(application)
        self._application = application
        self._session = Session(address, dialects, self._receive, patience)
        self._composition = Composition()
        self._field: QWidget | None = None  # the one that fcitx knows to have the keyboard
        self._decided: tuple[tuple[int, ...], bool] | None = None
        self._delivering = False
        self._notifier: QSocketNotifier | None = None
        application.focusWindowChanged.connect(self._meet_window)
        application.focusChanged.connect(self._follow_keyboard)
        application.aboutToQuit.connect(self.close)
        self._session.open()
        self._listen()
        self._meet_window(application.focusWindow())

    # ---- what others ask

    def status(self) -> str:
        """How we stand with fcitx, in one sentence for the clerk."""
        session = self._session
        if session.state is State.CONNECTED and session.method:
            return _(
                "输入法：已连接 {server}，现在是“{method}”。",
                server=session.server_name,
                method=session.method,
            )
        if session.state is State.CONNECTED:
            return _("输入法：已连接 {server}。", server=session.server_name)
        if session.state is State.ASKING:
            return _("输入法：正在连接 fcitx。")
        if session.state is State.SILENT:
            return _("输入法：未连接，fcitx 没有回应。现在只能输入字母，它恢复后会自动连上。")
        if session.state is State.ABSENT:
            return _("输入法：未连接，fcitx 没有运行。它启动后会自动连上。")
        return _("输入法：未连接，找不到这次登录的会话总线（D-Bus）。请注销后重新登录。")

    @property
    def is_connected(self) -> bool:
        """Whether Chinese can be typed now."""
        return self._session.state is State.CONNECTED

    def close(self) -> None:
        """Let go of everything; keys go to the fields directly from now on."""
        self._composition.finish()
        self._application.focusWindowChanged.disconnect(self._meet_window)
        self._application.focusChanged.disconnect(self._follow_keyboard)
        self._application.aboutToQuit.disconnect(self.close)
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)
        self._watch_field(None)
        self._session.close()
        self._listen()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEYS:
            return isinstance(event, QKeyEvent) and isinstance(watched, QWindow) and self._filter(event)
        if kind == QEvent.Type.MouseButtonPress or (
            kind == QEvent.Type.FocusAboutToChange and self._leaves()
        ):
            self._end_composition()
        return False

    # ---- keys on their way in

    def _filter(self, event: QKeyEvent) -> bool:
        """Decide on a key once: it comes as a question for shortcuts first and as a key press after that."""
        mark = (event.timestamp(), event.key(), event.nativeScanCode(), event.modifiers().value)
        if event.type() == QEvent.Type.KeyPress and self._decided is not None and self._decided[0] == mark:
            taken, self._decided = self._decided[1], None
        else:
            taken = self._offer(event)
            if event.type() == QEvent.Type.ShortcutOverride:
                self._decided = (mark, taken)
        if taken:
            event.accept()
        return taken

    def _offer(self, event: QKeyEvent) -> bool:
        self._follow_keyboard()
        key = _key(event)
        if self._field is None or not key.keysym:
            return False
        self._point(self._field)
        taken = self._session.press(key)
        if taken or key.released or keysyms.is_modifier(key.keysym) or self._composition.widget is None:
            return taken
        # Text is still under work: no shortcut, default button or other row (expectations H11).
        if key.keysym == keysyms.ESCAPE:
            self._end_composition()
        return not _writes(event)

    # ---- what comes back

    def _receive(self, event: SessionEvent) -> None:
        if isinstance(event, StateChanged):
            self._listen()
            self.status_changed.emit()
        elif isinstance(event, Lost):
            self._composition.finish()
        elif self._field is not None and isValid(self._field):
            before, self._delivering = self._delivering, True
            try:
                self._deliver(self._field, event)
            finally:
                self._delivering = before
            self._meet_popup()

    def _deliver(self, field: QWidget, event: SessionEvent) -> None:
        if isinstance(event, Committed):
            self._composition.commit(field, event.text)
        elif isinstance(event, Preedit):
            self._composition.show(field, event)
            self._point(field)
        elif isinstance(event, Deleted):
            self._composition.delete(field, event)
        elif isinstance(event, Forwarded):
            made = _key_event(event)
            if made is not None:
                QCoreApplication.sendEvent(field, made)

    def _end_composition(self) -> None:
        """The clerk goes elsewhere: keep what is written so far and let fcitx forget it."""
        if self._composition.widget is not None:
            self._composition.finish()
            self._session.reset()

    # ---- where the keyboard is

    def _leaves(self) -> bool:
        """Whether the keyboard really leaves the field and the editors that its own text opens.

        A list of suggestions that opens or closes becomes or was the window in front, but its keys stay with
        the field.
        """
        by_list = _is_list(QGuiApplication.focusWindow()) or QApplication.activePopupWidget() is not None
        return not self._delivering and not (by_list and field_with_keyboard() is self._field)

    def _follow_keyboard(self) -> None:
        found = field_with_keyboard()
        field = found if found is not None and takes_chinese(found) else None
        known = self._field if self._field is not None and isValid(self._field) else None
        if field is known and field is not None:
            return
        if self._delivering and known is not None and field is not None and known.isAncestorOf(field):
            # A cell opened its editor because of the text: to fcitx that is the same place.
            self._watch_field(field)
            self._composition.move(field)
            return
        self._end_composition()
        if field is not None or self._field is not None:
            self._watch_field(field)
            self._session.focus(inside=field is not None)

    def _watch_field(self, field: QWidget | None) -> None:
        if self._field is not None and isValid(self._field):
            self._field.removeEventFilter(self)
        if field is not None:
            field.installEventFilter(self)
        self._field = field

    def _point(self, field: QWidget) -> None:
        place = cursor_on_screen(field) if isValid(field) else None
        if place is not None:
            self._session.point(place)

    def _meet_window(self, window: QWindow | None) -> None:
        if window is None:
            return
        window.installEventFilter(self)
        self._session.open()  # does nothing unless the bus was lost
        self._listen()
        self._follow_keyboard()

    def _meet_popup(self) -> None:
        """A list of suggestions takes the keys of its field before it counts as the window in front."""
        popup = QApplication.activePopupWidget()
        if popup is not None and (handle := popup.windowHandle()) is not None:
            handle.installEventFilter(self)

    # ---- the line

    def _listen(self) -> None:
        line = self._session.fileno()
        if self._notifier is not None and line < 0:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        elif self._notifier is None and line >= 0:
            self._notifier = QSocketNotifier(line, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        self._session.read()


def _writes(event: QKeyEvent) -> bool:
    commanding = any(modifier in event.modifiers() for modifier, bit in _STATE_BITS if bit != keysyms.SHIFT)
    return not commanding and event.text() != "" and event.text().isprintable()


def _is_list(window: QWindow | None) -> bool:
    return window is not None and window.type() == Qt.WindowType.Popup


def _key(event: QKeyEvent) -> Key:
    """The key as X11 counts it, from the platform or, where that says nothing, from what Qt calls it."""
    keysym, state = event.nativeVirtualKey(), event.nativeModifiers()
    if not keysym:
        keysym = keysyms.keysym_of(event.key(), event.text())
        state = sum(bit for modifier, bit in _STATE_BITS if modifier in event.modifiers())
    if event.isAutoRepeat():
        state |= keysyms.REPEAT
    released = event.type() == QEvent.Type.KeyRelease
    return Key(keysym, event.nativeScanCode(), state, released, event.timestamp() & 0xFFFF_FFFF)


def _key_event(forwarded: Forwarded) -> QKeyEvent | None:
    """The event for a key that fcitx made; None for a key that Qt does not know."""
    key, text = keysyms.qt_key_of(forwarded.keysym)
    if not key:
        return None
    modifiers = Qt.KeyboardModifier.NoModifier
    for modifier, bit in _STATE_BITS:
        if forwarded.state & bit:
            modifiers |= modifier
    kind = QEvent.Type.KeyRelease if forwarded.released else QEvent.Type.KeyPress
    return QKeyEvent(kind, key, modifiers, 0, forwarded.keysym, forwarded.state, text)
