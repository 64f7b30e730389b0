"""Tab leads through parts in the order in which they are seen, also through those that were added later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QWidget


def in_order(root: QWidget) -> Iterator[QWidget]:
    """The widgets inside a part that can have the focus, in the order of its layouts.

    An editor that hands the focus on to a part of its own comes before its parts: left behind where it was
    made, it would draw Tab back into itself.
    """
    layout = root.layout()
    if root.focusProxy() is not None:
        yield root
    if isinstance(root, QScrollArea):
        yield from in_order(root.widget())
    elif layout is None or isinstance(root, QAbstractScrollArea):
        if root.focusPolicy() != Qt.FocusPolicy.NoFocus and root.focusProxy() is None:
            yield root
    else:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)


class TabOrder:
    """Sets the order of some parts; does nothing where they hold the same widgets as before."""

    def __init__(self) -> None:
        self._known: list[QWidget] = []

    def follow(self, parts: Sequence[QWidget]) -> None:
        """Let Tab lead through the parts one after another."""
        widgets = [widget for part in parts for widget in in_order(part)]
        if widgets == self._known:
            return
        self._known = widgets
        # Qt moves an editor together with what it takes for its parts, wherever those are by now.
        proxies = [(widget, widget.focusProxy()) for widget in widgets]
        for widget, _proxy in proxies:
            widget.setFocusProxy(None)  # type: ignore[arg-type] # the stubs forget it
        for before, after in pairwise(widgets):
            QWidget.setTabOrder(before, after)
        for widget, proxy in proxies:
            widget.setFocusProxy(proxy)  # type: ignore[arg-type] # the same
