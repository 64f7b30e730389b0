"""Choosing which of several papers is printed; the print dialog follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.documents.model import Document
from branchdesk.i18n import _
from branchdesk.ui.frame import Frame
from branchdesk.ui.paper_saving import offer_word
from branchdesk.ui.printing import Maker, PrintDialog
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Words


class PaperChoice(QWidget):
    """Which paper; `titles` are their keys with what stands in the list."""

    changed = Signal()

    def __init__(self, titles: Iterable[tuple[str, str]], current: str) -> None:
        super().__init__()
        box = column(gap=6, parent=self)
        self.kind = Choice()
        for kind, title in titles:
            self.kind.addItem(title, kind)
        self.kind.setCurrentIndex(max(self.kind.findData(current), 0))
        self.kind.setSizeAdjustPolicy(self.kind.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setAccessibleName(_("打印什么"))
        box.addWidget(Words(_("打印什么"), "second"))
        box.addWidget(self.kind)
        self.kind.currentIndexChanged.connect(self.changed)

    @property
    def current(self) -> str:
        """The key of the paper that is chosen."""
        return str(self.kind.currentData())


def open_chosen_paper(
    window: Frame, title: str, choice: PaperChoice, make: Callable[[str], Document], name: str
) -> PrintDialog:
    """Open the print dialog with a choice; `make` is given the key of the paper, on the worker."""
    # The worker may not ask the list itself.
    chosen = [choice.current]

    def made() -> Document:
        return make(chosen[0])

    dialog = PrintDialog(title, made, window, choice, name)

    def follow() -> None:
        chosen[0] = choice.current
        dialog.want_rebuild()

    choice.changed.connect(follow)
    offer_word(dialog, made, name)
    dialog.open()
    return dialog


def open_paper(window: Frame, title: str, make: Maker, name: str) -> PrintDialog:
    """Open the print dialog of a paper that stands alone."""
    dialog = PrintDialog(title, make, window, name=name)
    offer_word(dialog, make, name)
    dialog.open()
    return dialog
