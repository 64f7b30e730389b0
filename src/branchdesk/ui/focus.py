"""Moving the focus from pane to pane, and finding what can have it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab may stop at a widget now."""
    return bool(
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    )


def opens_list(event: QEvent) -> bool:
    """Whether a key is Alt+Down, which opens the list or calendar of a field."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Down
        and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    )


def leaves(event: QEvent) -> bool:
    """Whether a field loses the focus for good, not to its own menu or to another window."""
    return (
        isinstance(event, QFocusEvent)
        and event.type() == QEvent.Type.FocusOut
        and event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
    )


def first_inside(pane: QWidget) -> QWidget | None:
    """The first widget in a pane that can have the focus; the pane itself where it can."""
    if takes_tab(pane):
        return pane
    return next((child for child in pane.findChildren(QWidget) if takes_tab(child)), None)


def step_pane(panes: Sequence[QWidget], *, backwards: bool) -> None:
    """Give the focus to the next pane that is shown and has something to focus."""
    shown = [pane for pane in panes if pane.isVisible() and first_inside(pane) is not None]
    if not shown:
        return
    focused = QApplication.focusWidget()
    here = next(
        (
            place
            for place, pane in enumerate(shown)
            if focused is not None and (pane is focused or pane.isAncestorOf(focused))
        ),
        -1,
    )
    step = -1 if backwards else 1
    target = first_inside(shown[(here + step) % len(shown)])
    if target is not None:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
