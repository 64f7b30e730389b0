"""The program on a stage: real windows over a copy of the sample branch, in a look of choice."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from branchdesk import paths
from branchdesk.app import Program
from branchdesk.services import sample
from branchdesk.services.open_branch import Branch
from branchdesk.settings import Settings
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import MessageDialog, SheetDialog
from branchdesk.ui.entry.reception import Arrival, Reception
from branchdesk.ui.input_method.detection import InputMethod, Kind
from branchdesk.ui.page import Page
from branchdesk.ui.preferences import Preferences
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from branchdesk.ui.window import MainWindow

SCREEN = (1440, 900)
SMALL_SCREEN = (1366, 728)
_Widget = TypeVar("_Widget", bound=QWidget)


@cache
def _sample_branch() -> Path:
    """A closed sample branch, made once in the life of a test run."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch, _card = sample.found_sample(folder / "sample")
    sample.import_sample(branch)
    branch.close()
    return folder / "sample"


def sample_branch(folder: Path) -> Branch:
    """A copy of the sample branch with its 24 invented members, opened by 李敏."""
    shutil.copytree(_sample_branch(), folder)
    return sample.open_known(folder)


def known_branch() -> Branch:
    """The branch of `open`, opened again with what was done to it."""
    return sample.open_known(paths.user_folder() / "sample")


def _end_warm_up(program: Program) -> None:
    """Wait for the thread that imports rooms, which must not outlive what it reports to."""
    thread = program._warm_up._thread
    if thread is not None:
        thread.join()


class Stage:
    """One program for one test; `end` closes whatever is still open."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self.qtbot = qtbot
        self.application = application
        self.program: Program | None = None

    def start(self, settings: Settings | None = None) -> Program:
        """The program as it stands before its first window."""
        preferences = Preferences(settings or Settings())
        self.program = Program(self.application, preferences, InputMethod(Kind.SYSTEM))
        return self.program

    def receive(self, settings: Settings | None = None) -> Reception:
        """The entry window with its first page."""
        program = self.start(settings)
        program.start()
        reception = program.reception
        assert reception is not None
        self.qtbot.waitUntil(lambda: reception.window.page is not None, timeout=30_000)
        self.bring_to_front(reception.window)
        return reception

    def open(
        self,
        settings: Settings | None = None,
        size: tuple[int, int] = SCREEN,
        branch: Branch | None = None,
    ) -> MainWindow:
        """The main window over a branch, the sample branch unless another is given."""
        program = self.start(settings)
        opened = branch or sample_branch(paths.user_folder() / "sample")
        program.enter(Arrival(opened))
        window = self.window
        window.resize(*size)
        self.bring_to_front(window)
        return window

    def bring_to_front(self, window: QWidget) -> None:
        """Wait until keys go to a window, or to a dialog that opened over it by itself."""
        window.activateWindow()
        self.qtbot.waitUntil(lambda: window.isActiveWindow() or bool(self.application.activeModalWidget()))

    @property
    def opened(self) -> bool:
        """Whether a branch is open in the main window."""
        return self.program is not None and self.program.window is not None

    @property
    def window(self) -> MainWindow:
        """The main window that is open now."""
        assert self.program is not None
        assert self.program.window is not None
        return self.program.window

    @property
    def desk(self) -> Desk:
        """What the screens of the window work with."""
        return self.window.desk

    def go(self, screen: str, target: object = None) -> Page:
        """Bring a screen to the front."""
        self.window.show_screen(screen, target)
        return self.window.page

    def roster(self) -> RosterScreen:
        """The roster in front."""
        page = self.go("rosters")
        assert isinstance(page, RosterScreen)
        return page

    def press(self, name: str, inside: QWidget | None = None) -> None:
        """Click the button with an object name."""
        found = (inside or self.window).findChild(QAbstractButton, name)
        assert isinstance(found, QAbstractButton), f"no button is called {name}"
        assert found.isVisible(), f"the button {name} is hidden"
        assert found.isEnabled(), f"the button {name} is disabled"
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def dialog(self, kind: type[_Widget]) -> _Widget:
        """The dialog of a kind that is open now."""
        found: list[_Widget] = []

        def look() -> bool:
            found[:] = [
                one for one in self.application.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
            ]
            return bool(found)

        self.qtbot.waitUntil(look)
        return found[-1]

    def dialog_heading(self) -> str:
        """What stands at the top of the dialog that is open now."""
        return self.dialog(SheetDialog).heading.text()

    def problem_said(self) -> str:
        """What the message says that is open now."""
        return self.dialog(MessageDialog).sentence.text()

    def printing(self) -> PrintDialog:
        """The print dialog that is open now, with its paper made."""
        dialog = self.dialog(PrintDialog)
        self.wait(lambda: bool(dialog.pdf) and not dialog.jobs.busy)
        return dialog

    def wait_for_jobs(self) -> None:
        """Wait until the worker has nothing to do."""
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy, timeout=60_000)

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for something to come true."""
        self.qtbot.waitUntil(until, timeout=30_000)

    def close_dialogs(self) -> None:
        """Close every dialog, whatever it says."""
        for widget in self.application.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.done(0)

    def end(self) -> None:
        """Close what is open."""
        self.close_dialogs()
        if self.program is not None:
            self.program.leave()
            _end_warm_up(self.program)
            self.program.deleteLater()
            self.program = None
        self.application.processEvents()
        # Windows that are closed and not yet gone make the next start slow.
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
