"""Asking why something goes to the recycle bin, before it does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from branchdesk import clock
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.ui.dialogs import LineDialog


def bin_days() -> int:
    """How many days what is in the recycle bin can be brought back; rule `bin_days`."""
    return int(shipped_rules().at("bin_days", clock.today()).value)


class BinDialog(LineDialog):
    """Says what goes to the recycle bin and for how many days, and asks for the reason that is kept."""

    def __init__(self, sentence: str, on_why: Callable[[str], object], parent: QWidget) -> None:
        """Take a whole `sentence`, with `bin_days` in it."""
        super().__init__(_("移到回收站"), sentence, _("为什么"), _("移到回收站"), on_why, parent)
