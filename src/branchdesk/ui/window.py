"""The main window composes header, navigation, screens and status bar, and carries out commands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.settings import Settings
from branchdesk.ui.bug_report import show_bug
from branchdesk.ui.commands import Command
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import show_problem
from branchdesk.ui.frame import Frame
from branchdesk.ui.header import Header
from branchdesk.ui.idle_lock import IdleLock
from branchdesk.ui.look import px
from branchdesk.ui.menus import build_menus, open_menu
from branchdesk.ui.navigation import NAMED_KEYS, Navigation
from branchdesk.ui.page import Page
from branchdesk.ui.safekeeping import Safekeeping
from branchdesk.ui.screens.catalog import OVERLAYS, SCREENS
from branchdesk.ui.status_bar import StatusBar
from branchdesk.ui.widgets.layouts import column, row

_NARROW = 1100
_LEAST_WIDTH, _LEAST_HEIGHT = 1024, 640


class MainWindow(Frame):
    """One window for one open branch.

    `locked`, `closed` and `leaving` (with what to open instead) end it; `rebuilding` asks for a new one in
    another look, with the screen to show.
    """

    locked = Signal()
    closed = Signal()
    leaving = Signal(str)
    rebuilding = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setWindowTitle(_("支部台账"))
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.safekeeping = Safekeeping(desk, self.jobs, self)
        self.header = Header(desk)
        self.navigation = Navigation(
            [
                (screen.key, _(screen.label), screen.icon, screen.at_bottom)
                for screen in SCREENS
                if screen.label
            ]
        )
        self.status = StatusBar(desk)
        self.stack = QStackedWidget()
        self._pages: dict[str, Page] = {}
        self.idle_lock = IdleLock(desk.settings.lock_minutes, self)
        self._lay_out()
        build_menus(self)
        self._connect()
        self.status.show_saved()
        self.safekeeping.show_state()

    def _lay_out(self) -> None:
        whole = QWidget()
        box = column(gap=0, parent=whole)
        box.addWidget(self.header)
        middle = row(gap=0)
        middle.addWidget(self.navigation)
        middle.addWidget(self.stack, 1)
        box.addLayout(middle, 1)
        box.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        desk, status = self.desk, self.status
        desk.changed.connect(self._follow_change)
        desk.toast_requested.connect(self.toast.say)
        desk.undo_offered.connect(self._offer_undo)
        desk.problem_met.connect(self.tell)
        desk.screen_requested.connect(self.show_screen)
        desk.command_requested.connect(self.carry_out)
        desk.preferences.changed.connect(self._follow_settings)
        self.jobs.problem_met.connect(self.tell)
        self.jobs.bug_met.connect(self._tell_bug)
        self.jobs.cancelled.connect(self._say_cancelled)
        self.navigation.chosen.connect(self.show_screen)
        self.header.search_requested.connect(partial(self.show_screen, "search"))
        self.header.help_requested.connect(self.open_help)
        self.header.menu_requested.connect(partial(open_menu, self, self.header.menu))
        self.header.person_requested.connect(partial(self.show_screen, "settings"))
        status.backup_requested.connect(self.safekeeping.back_up_now)
        status.safety_requested.connect(partial(self.show_screen, "settings"))
        status.changes_requested.connect(partial(self.show_screen, "history"))
        status.scale_chosen.connect(desk.looks.choose_scale)
        status.theme_chosen.connect(desk.looks.choose_theme)
        desk.looks.rebuilding.connect(self._rebuild)
        self.safekeeping.state_shown.connect(status.show_backup)
        self.idle_lock.idle.connect(self.lock)
        for place, screen in enumerate(SCREENS[:NAMED_KEYS], start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(partial(self.show_screen, screen.key))

    # ---- screens

    @property
    def page(self) -> Page:
        """The screen in front."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)  # noqa: S101 - the stack holds nothing else
        return page

    def show_screen(self, key: str, target: object = None) -> None:
        """Bring a screen to the front, or open what lies over the screens."""
        overlay = OVERLAYS.get(key)
        if overlay is not None:
            overlay(self, target)
            return
        if self._pages:
            self.page.commit()
        screen = next(screen for screen in SCREENS if screen.key == key)
        if key not in self._pages:
            self._pages[key] = screen.build(self.desk, self.jobs)
            self.stack.addWidget(self._pages[key])
        page = self._pages[key]
        self.desk.forget_way_back(key)
        self.stack.setCurrentWidget(page)
        self.navigation.show_chosen(screen.under or key)
        page.shown(target)
        page.take_focus()

    def carry_out(self, command: Command) -> None:
        """Do what a command says."""
        does = command.does.removeprefix("-")
        if does.startswith("screen:"):
            _screen, key, *target = does.split(":")
            self.show_screen(key, *target)
            return
        owner, _dot, name = does.partition(".")
        owners = {
            "page": self.page,
            "window": self,
            "desk": self.desk,
            "looks": self.desk.looks,
            "safe": self.safekeeping,
        }
        action = getattr(owners[owner], name)
        if command.does.startswith("-"):
            action(backwards=True)
        else:
            action()

    def open_help(self) -> None:
        """The manual, at the chapter of the screen in front."""
        self.show_screen("help", self.page.help_topic)

    def leave_for_restore(self) -> None:
        """Leave this branch to restore a backup."""
        self.leaving.emit("restore")

    def leave_for_another(self) -> None:
        """Leave this branch for another one."""
        self.leaving.emit("another")

    # ---- telling

    def tell(self, problem: Problem) -> None:
        """Show a problem calmly."""
        show_problem(problem, self)

    def _tell_bug(self, bug: BaseException) -> None:
        show_bug(bug, self)

    def _say_cancelled(self) -> None:
        self.toast.say(_("已停止，什么都没有改动。"))

    def say_saved(self) -> None:
        """Ctrl+S: hands will press it."""
        self.page.commit()
        self.toast.say(_("不用按保存，每一步都已自动保存。"))

    def _offer_undo(self, sentence: str) -> None:
        self.toast.say(sentence, _("撤销"), self.desk.undo)

    def _follow_settings(self, settings: Settings) -> None:
        self.idle_lock.set_minutes(settings.lock_minutes)

    def _follow_change(self) -> None:
        self.status.show_saved()
        self.safekeeping.show_state()
        self.header.refresh()

    def _rebuild(self) -> None:
        self.page.commit()
        self.rebuilding.emit(self.page.key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        self.navigation.set_narrow(narrow=narrow)
        self.header.set_narrow(narrow=narrow)
        self.status.set_narrow(narrow=narrow)

    # ---- locking and leaving

    def lock(self) -> None:
        """Close the branch and show the unlock window."""
        self.page.commit()
        self.locked.emit()

    def give_up(self) -> None:
        """End the worker and the timers; the branch is closed by whoever opened it."""
        self.idle_lock.stop()
        self.safekeeping.stop()
        self.jobs.stop()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.page.commit()
        geometry = QByteArray(self.saveGeometry()).toBase64().data()
        self.desk.preferences.choose(window=bytes(geometry).decode("ascii"))
        event.accept()
        self.closed.emit()
