"""Starts the window and leads between the entry window and the main window."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QByteArray,
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from branchdesk.i18n import Language, speak
from branchdesk.log import note_fault, start_log
from branchdesk.settings import load_settings
from branchdesk.ui.entry.reception import Arrival, Reception
from branchdesk.ui.entry.warm_up import WarmUp
from branchdesk.ui.input_method.detection import InputMethod, prepare_environment
from branchdesk.ui.input_method.installation import install_bridge
from branchdesk.ui.look import Look, look, wear
from branchdesk.ui.preferences import Preferences
from branchdesk.ui.scratch import remove_stale_folders
from branchdesk.ui.style import style_sheet

if TYPE_CHECKING:
    from branchdesk.ui.desk import Desk
    from branchdesk.ui.window import MainWindow

_log = logging.getLogger(__name__)
_FIRST_SIZE = (1440, 900)


class Program(QObject):
    """The one object that knows both windows. Heavy rooms are imported after the first window shows."""

    def __init__(self, application: QApplication, preferences: Preferences, method: InputMethod) -> None:
        super().__init__(application)
        self.application = application
        self.preferences = preferences
        self.reception: Reception | None = None
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self._method = method
        self._bridge = install_bridge(application, method)
        self._warm_up = WarmUp(self)
        self._translator = QTranslator(self)
        self.put_on()

    def put_on(self) -> None:
        """Wear the looks and speak the language of the settings."""
        settings = self.preferences.now
        speak(settings.language)
        wear(Look.of(settings))
        sheet = style_sheet(look())
        if self.application.styleSheet() != sheet:  # Qt polishes every widget that there is anew
            self.application.setFont(look().font())
            self.application.setPalette(look().palette())
            self.application.setStyleSheet(sheet)
        self.application.removeTranslator(self._translator)
        if settings.language is Language.CHINESE:
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._translator.load(QLocale("zh_CN"), "qtbase", "_", folder)
            self.application.installTranslator(self._translator)

    # ---- before a branch is open

    def start(self) -> None:
        """Show the unlock window for the branch opened last, or the first run."""
        self._receive().welcome()

    def _receive(self) -> Reception:
        """The entry window, new where there is none."""
        if self.reception is None:
            reception = Reception(self.preferences, self._warm_up, self)
            reception.opened.connect(self.enter)
            reception.left.connect(self.leave)
            reception.look_chosen.connect(self._rebuild_entry)
            self.reception = reception
        return self.reception

    def _rebuild_entry(self) -> None:
        """The entry window in another look or language; what was typed is kept as a draft."""
        size = self.reception.window.size() if self.reception is not None else None
        self._end_reception()
        self.put_on()
        self.start()
        if size is not None:
            self._receive().window.resize(size)

    def _end_reception(self) -> None:
        if self.reception is not None:
            self.reception.close()
            self.reception = None

    # ---- working

    def enter(self, arrival: Arrival) -> None:
        """A branch is open: show the main window."""
        from branchdesk.services.backups import title_of  # noqa: PLC0415
        from branchdesk.ui.desk import Desk  # noqa: PLC0415
        from branchdesk.ui.recovery_card import RecoveryCardDialog  # noqa: PLC0415

        branch, person = arrival.branch, arrival.branch.person
        self.preferences.keep(
            replace(
                self.preferences.now.with_branch(branch.path),
                last_person=(person.uid, person.name),
                branch_name=title_of(branch),
            )
        )
        self.desk = Desk(branch, self.preferences, self._method, self._bridge)
        window = self._show_window(self.desk, arrival.screen)
        self._end_reception()
        if arrival.words:
            window.toast.say(arrival.words)
        if arrival.card:
            RecoveryCardDialog(branch, arrival.card, window).open()

    def _show_window(self, desk: Desk, screen: str) -> MainWindow:
        from branchdesk.ui.window import MainWindow  # noqa: PLC0415

        window = MainWindow(desk)
        window.closed.connect(self.leave)
        window.locked.connect(self.lock)
        window.leaving.connect(self._leave_for)
        window.rebuilding.connect(self._rebuild)
        window.resize(*_FIRST_SIZE)
        if self.preferences.now.window:
            window.restoreGeometry(QByteArray.fromBase64(self.preferences.now.window.encode("ascii")))
        old, self.window = self.window, window
        if old is not None:
            window.setGeometry(old.geometry())
        window.show()
        window.show_screen(screen)
        if old is not None:
            self._dismiss(old)
        return window

    def _dismiss(self, window: MainWindow) -> None:
        window.closed.disconnect(self.leave)
        window.give_up()
        window.close()
        window.deleteLater()

    def _rebuild(self, screen: str) -> None:
        """The same desk in a window of another look or language."""
        if self.desk is not None:
            self.put_on()
            QTimer.singleShot(0, self, partial(self._show_window, self.desk, screen))

    def _end_window(self) -> None:
        """Close the window and the branch, with a last backup where something changed."""
        window, desk = self.window, self.desk
        self.window = self.desk = None
        if window is not None and desk is not None:
            window.give_up()
            window.safekeeping.back_up_at_end()
            desk.leave()
            self._dismiss(window)

    def lock(self) -> None:
        """Close the branch and ask for its password."""
        if self.desk is not None:
            folder = self.desk.branch.path
            self._end_window()
            self._receive().ask_password(folder)

    def _leave_for(self, what: str) -> None:
        """Close the branch and open something else: a backup, or another branch."""
        if self.desk is None:
            return
        folder = self.desk.branch.path
        self._end_window()
        reception = self._receive()
        if what == "restore":
            reception.choose_backup(folder)
        else:
            reception.ask_password(folder)
            reception.choose_another()

    def leave(self) -> None:
        """End the program."""
        self._end_window()
        self._end_reception()
        self.application.quit()


def _note_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _log.info("Qt %s: %s", kind.name, message)


def make_application() -> QApplication:
    """The Qt application with the style that looks the same everywhere."""
    rounding = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(rounding)
    application = QApplication([sys.argv[0]])
    application.setApplicationName("BranchDesk")
    application.setStyle(QStyleFactory.create("Fusion"))
    return application


def run_window() -> int:
    """Open the program's window and stay until it is closed; returns the exit code."""
    start_log()
    preferences = Preferences(load_settings())
    method = prepare_environment(os.environ)
    application = make_application()
    qInstallMessageHandler(_note_message)
    program = Program(application, preferences, method)

    def show_bug_dialog(_kind: type[BaseException], bug: BaseException, trace: Any) -> None:
        from branchdesk.ui.bug_report import show_bug  # noqa: PLC0415

        note_fault(_log, "a bug", bug.with_traceback(trace))
        parent = program.window or (program.reception.window if program.reception else None)
        show_bug(bug, parent)

    sys.excepthook = show_bug_dialog
    program.start()
    remove_stale_folders()
    return application.exec()
