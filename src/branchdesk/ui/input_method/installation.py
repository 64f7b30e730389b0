"""Putting the bridge to fcitx in place where it is needed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from branchdesk.ui.input_method.detection import InputMethod

if TYPE_CHECKING:
    from branchdesk.ui.input_method.bridge import Bridge


def install_bridge(application: QApplication, method: InputMethod) -> Bridge | None:
    """Connect `application` with fcitx if that is the `method`; None where Qt or the system do it.

    Call it once after QApplication is made, whatever the method: it also gives back the variables that
    `prepare_environment` set. Never fails: without fcitx the bridge waits for it and says so.
    """
    method.give_back(os.environ)
    if not method.is_fcitx:
        return None
    # jeepney exists on Linux only and costs 20 ms.
    from branchdesk.ui.input_method.bridge import Bridge  # noqa: PLC0415
    from branchdesk.ui.input_method.bus import session_address  # noqa: PLC0415
    from branchdesk.ui.input_method.protocol import dialects  # noqa: PLC0415
    from branchdesk.ui.input_method.session import Patience  # noqa: PLC0415

    return Bridge(application, session_address(os.environ), dialects(os.environ), Patience())
