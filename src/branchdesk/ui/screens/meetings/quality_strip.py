"""What is there and what is missing, in chips beside the segments; a chip leads to what it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow

_SIGNS = {"ok": "check", "warn": "alert-triangle", "err": "alert-circle", "info": "info-circle"}


@dataclass(frozen=True)
class Sign:
    """One chip: what it is called by the program, its tone (ok, warn, err, info), its words and a tooltip."""

    name: str
    tone: str
    words: str
    tip: str = ""


class QualityStrip(QWidget):
    """Chips that can be pressed; `pressed` tells the name of one."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, gap=6)
        self._shown: tuple[Sign, ...] = ()

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Show other chips."""
        if tuple(signs) == self._shown:
            return
        self._shown = tuple(signs)
        while self._flow.count():
            widget = self._flow.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sign in signs:
            chip = button(
                sign.words, partial(self.pressed.emit, sign.name), look="chip", name=f"sign_{sign.name}"
            )
            chip.setProperty("tone", sign.tone)
            chip.setIcon(icon(_SIGNS[sign.tone], sign.tone, size=14))
            chip.setIconSize(icon_size(14))
            chip.setToolTip(sign.tip or sign.words)
            self._flow.addWidget(chip)
            chip.show()
        self.updateGeometry()

    @property
    def words(self) -> list[str]:
        """What the chips say."""
        return [sign.words for sign in self._shown]
