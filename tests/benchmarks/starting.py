"""A start of the program, or of a bare window, in a process of its own; imports no more than that needs.

python -m benchmarks.starting bare | unlock | enter-at-once | enter-warm [password]
Writes JSON: processor seconds of the process at each moment, and the most megabytes it has had.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QStyleFactory,
    QTableView,
    QWidget,
)
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from branchdesk.app import Program

_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


class _FirstPaint(QObject):
    """Notices when a window is painted for the first time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
            watched.removeEventFilter(self)
        return False


def _wait(until: Callable[[], bool]) -> None:
    while not until():
        QApplication.processEvents(_WAITING)


def _paint(widget: QWidget) -> None:
    first = _FirstPaint(widget)
    _wait(lambda: first.seen)


def _bare() -> dict[str, float]:
    application = QApplication([sys.argv[0]])
    application.setStyle(QStyleFactory.create("Fusion"))
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    _paint(window)
    return {"shown": time.process_time()}


def _unlock() -> tuple[Program, dict[str, float]]:
    """The same steps as `branchdesk.app.run_window`, up to the event loop."""
    # Here, since importing is a part of what is measured, and the bare window must not pay for it.
    from branchdesk.app import Program, make_application  # noqa: PLC0415
    from branchdesk.log import start_log  # noqa: PLC0415
    from branchdesk.settings import load_settings  # noqa: PLC0415
    from branchdesk.ui.input_method.detection import prepare_environment  # noqa: PLC0415
    from branchdesk.ui.preferences import Preferences  # noqa: PLC0415

    start_log()
    preferences = Preferences(load_settings())
    method = prepare_environment(os.environ)
    program = Program(make_application(), preferences, method)
    program.start()
    assert program.reception is not None
    _paint(program.reception.window)
    return program, {"shown": time.process_time()}


def _enter(password: str, *, warm: bool) -> dict[str, float]:
    """Type the password at once, or when all is imported, and wait for a painted page of the roster."""
    program, moments = _unlock()
    assert program.reception is not None
    page = program.reception.window.page
    if warm:
        _wait(lambda: program._warm_up._is_done)
    line, unlock = page.findChild(QLineEdit), page.findChild(QPushButton, "unlock")
    assert line is not None
    assert unlock is not None
    line.setText(password)
    moments["enter"] = time.process_time()
    unlock.click()
    _wait(lambda: program.window is not None)
    assert program.window is not None
    grid = program.window.findChild(QTableView, "grid")
    assert grid is not None
    _paint(grid.viewport())
    moments["roster"] = time.process_time()
    moments["rows"] = grid.model().rowCount()
    return moments


def main() -> None:
    """Start what the arguments say and tell what it cost."""
    kind, *rest = sys.argv[1:]
    if kind == "bare":
        moments = _bare()
    elif kind == "unlock":
        moments = _unlock()[1]
    else:
        moments = _enter(rest[0], warm=kind == "enter-warm")
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    moments["memory"] = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    sys.stdout.write(json.dumps(moments) + "\n")
    sys.stdout.flush()
    # Threads that still import, and Qt's own ending, are nobody's start.
    os._exit(0)


if __name__ == "__main__":
    main()
