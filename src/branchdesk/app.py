"""Starts the window and puts the rooms together: entry window, main window, and the way between them."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from branchdesk.i18n import Language, _, speak
from branchdesk.log import start_log
from branchdesk.settings import Settings, load_settings, save_settings
from branchdesk.ui.entry.unlock import UnlockPage
from branchdesk.ui.entry.window import EntryWindow
from branchdesk.ui.input_method.detection import InputMethod, prepare_environment
from branchdesk.ui.input_method.installation import install_bridge
from branchdesk.ui.look import Look, look, wear
from branchdesk.ui.style import style_sheet

if TYPE_CHECKING:
    from branchdesk.jobs.progress import Progress
    from branchdesk.storage.branch import Branch
    from branchdesk.ui.desk import Desk
    from branchdesk.ui.job_runner import JobRunner
    from branchdesk.ui.window import MainWindow

_log = logging.getLogger(__name__)
_FIRST_SIZE = (1440, 900)
_PASS_THROUGH = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough


class Program(QObject):
    """The one object that knows both windows. Heavy rooms are imported after the first window shows."""

    warmed = Signal()

    def __init__(self, application: QApplication, settings: Settings, method: InputMethod) -> None:
        super().__init__(application)
        self.application = application
        self.settings = settings
        self.method = method
        self.bridge = install_bridge(application, method)
        self.entry: EntryWindow | None = None
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self._jobs: JobRunner | None = None
        self._translator = QTranslator(self)
        self._is_warm = False
        self._waiting: list[Callable[[], object]] = []
        self.warmed.connect(self._note_warm)
        self.put_on()

    # ---- looks and language

    def put_on(self) -> None:
        """Wear the looks and speak the language of the settings."""
        speak(self.settings.language)
        wear(Look.of(self.settings))
        self.application.setFont(look().font())
        self.application.setPalette(look().palette())
        self.application.setStyleSheet(style_sheet(look()))
        self.application.removeTranslator(self._translator)
        if self.settings.language is Language.CHINESE:
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._translator.load(QLocale("zh_CN"), "qtbase", "_", folder)
            self.application.installTranslator(self._translator)

    def _choose(self, **choices: Any) -> None:
        """Settings chosen before a branch is open."""
        self.settings = replace(self.settings, **choices)
        save_settings(self.settings)
        self.put_on()

    # ---- before a branch is open

    def start(self) -> None:
        """Show the unlock window for the branch opened last, or the first run."""
        known = [Path(folder) for folder in self.settings.branches if (Path(folder) / "branch.db").is_file()]
        self._open_entry()
        if known:
            self._show_unlock(known[0])
        else:
            self._when_warm(self._show_founding)
        QTimer.singleShot(0, self, self._warm_up)

    def _open_entry(self) -> EntryWindow:
        if self.entry is None:
            self.entry = EntryWindow()
            self.entry.closed.connect(self._leave)
            self.entry.language_chosen.connect(self._choose_language)
            self.entry.scale_chosen.connect(self._choose_scale)
            self.entry.resize(*_FIRST_SIZE)
            self.entry.show()
        return self.entry

    def _choose_language(self, value: str) -> None:
        self._choose(language=Language(value))
        self._reopen_entry()

    def _choose_scale(self, value: int) -> None:
        self._choose(scale=value)
        self._reopen_entry()

    def _reopen_entry(self) -> None:
        """Build the entry window anew; what was typed is kept as a draft."""
        old = self.entry
        self.entry = None
        self._stop_jobs()
        if old is not None:
            old.closed.disconnect(self._leave)
            size = old.size()
            self._open_entry().resize(size)
            old.deleteLater()
        self.start()

    def _warm_up(self) -> None:
        """Import the heavy rooms on a thread while the person types."""

        def work() -> None:
            import branchdesk.ui.entry.founding  # noqa: F401, PLC0415 - the point is to import it now
            import branchdesk.ui.window  # noqa: F401, PLC0415

            self.warmed.emit()

        if self._is_warm:
            self.warmed.emit()
        else:
            threading.Thread(target=work, name="warm-up", daemon=True).start()

    def _note_warm(self) -> None:
        self._is_warm = True
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            action()

    def _when_warm(self, action: Callable[[], object]) -> None:
        if self._is_warm:
            action()
        else:
            self._waiting.append(action)

    def _jobs_of_entry(self) -> JobRunner:
        from branchdesk.ui.bug_report import show_bug  # noqa: PLC0415 - after the first window
        from branchdesk.ui.job_runner import JobRunner  # noqa: PLC0415

        if self._jobs is None:
            entry = self._open_entry()
            self._jobs = JobRunner(entry)
            self._jobs.bug_met.connect(partial(show_bug, parent=entry))
        return self._jobs

    def _stop_jobs(self) -> None:
        if self._jobs is not None:
            self._jobs.stop()
            self._jobs = None

    # ---- unlocking

    def _show_unlock(self, folder: Path) -> None:
        last = self.settings.last_person
        page = UnlockPage(str(folder), self.settings.branch_name, last if last[0] else None)
        page.unlock_requested.connect(partial(self._unlock, folder, page))
        page.card_requested.connect(partial(self._show_card, folder))
        page.another_requested.connect(self._choose_another)
        page.restore_requested.connect(partial(self._show_restore, folder))
        self._open_entry().show_page(page)
        page.password.setFocus()
        self._when_warm(partial(self._fill_people, folder, page))

    def _people(self, folder: Path) -> list[tuple[str, str]]:
        from branchdesk.services.branches import people_of  # noqa: PLC0415

        return [(person.uid, person.name) for person in people_of(folder)]

    def _fill_people(self, folder: Path, page: UnlockPage) -> None:
        from branchdesk.errors import Problem  # noqa: PLC0415

        if self.entry is None or self.entry.page is not page:
            return
        try:
            page.show_people(self._people(folder))
        except Problem as problem:
            page.show_problem(str(problem))

    def _unlock(self, folder: Path, page: UnlockPage, person: str, password: str) -> None:
        from branchdesk.services.branches import unlock  # noqa: PLC0415

        page.set_busy(busy=True)
        self._jobs_of_entry().run(
            _("正在打开"),
            lambda _progress: unlock(folder, person, password),
            self.enter,
            lambda problem: page.show_problem(str(problem)),
        )

    def _show_card(self, folder: Path) -> None:
        from branchdesk.ui.entry.unlock import CardPage  # noqa: PLC0415

        page = CardPage(self._people(folder))
        page.back_requested.connect(partial(self._show_unlock, folder))
        page.recover_requested.connect(partial(self._recover, folder, page))
        self._open_entry().show_page(page)

    def _recover(self, folder: Path, page: Any, card: str, person: str, new: str, again: str) -> None:
        from branchdesk.services.branches import people_of, recover  # noqa: PLC0415

        who = next(one for one in people_of(folder) if one.uid == person)
        self._jobs_of_entry().run(
            _("正在打开"),
            lambda _progress: recover(folder, card, who, new, again),
            self._enter_with_card,
            lambda problem: page.banner.say("err", str(problem)),
        )

    def _enter_with_card(self, opened: tuple[Branch, str]) -> None:
        from branchdesk.ui.recovery_card import RecoveryCardDialog  # noqa: PLC0415

        branch, card = opened
        self.enter(branch)
        if self.window is not None:
            RecoveryCardDialog(branch, card, self.window).open()

    def _choose_another(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415

        chosen = QFileDialog.getExistingDirectory(self.entry, _("选支部文件所在的文件夹"))
        if chosen:
            self.settings = replace(self.settings, branch_name="", last_person=("", ""))
            self._show_unlock(Path(chosen))

    # ---- the first run, the sample, restoring

    def _show_founding(self) -> None:
        from branchdesk.ui.entry.founding import FoundingPage  # noqa: PLC0415

        page = FoundingPage(dict(self.settings.founding or {}))
        page.finished.connect(self._begin)
        page.sample_requested.connect(self.open_sample)
        page.restore_requested.connect(partial(self._show_restore, None))
        page.open_requested.connect(self._choose_another)
        page.draft_changed.connect(self._keep_founding)
        self._open_entry().show_page(page)

    def _keep_founding(self, draft: dict[str, Any]) -> None:
        self.settings = replace(self.settings, founding=draft)
        save_settings(self.settings)

    def _begin(self, branch: Branch, how: str, place: Path) -> None:
        self.settings = replace(self.settings.with_backup_folder(branch.path, place), founding=None)
        self.enter(branch)
        if self.window is not None and how == "import":
            self.window.show_screen("roster_import")

    def open_sample(self) -> None:
        """Open the sample branch; it is made the first time."""
        from branchdesk.services.sample import open_sample  # noqa: PLC0415

        self._jobs_of_entry().run(
            _("正在准备示例支部"),
            open_sample,
            self.enter,
            self._tell_in_entry,
        )

    def _tell_in_entry(self, problem: Any) -> None:
        from branchdesk.ui.dialogs import show_problem  # noqa: PLC0415

        show_problem(problem, self.entry)

    def _show_restore(self, folder: Path | None) -> None:
        from branchdesk.ui.entry.restoring import RestorePage  # noqa: PLC0415

        place = self.settings.backup_folder(folder) if folder is not None else None
        if place is None and folder is not None:
            place = folder.parent / f"{folder.name}-backups"
        page = RestorePage(folder, place)
        page.back_requested.connect(self._go_back_to_start)
        page.restore_requested.connect(partial(self._restore, page))
        self._open_entry().show_page(page)

    def _go_back_to_start(self) -> None:
        self.start()

    def _restore(self, page: Any, path: Path, target: Path | None, person: str, password: str) -> None:
        from branchdesk import paths  # noqa: PLC0415
        from branchdesk.services.backups import bring_back  # noqa: PLC0415

        folder = target or paths.user_folder() / f"restored-{path.stem}"

        def work(progress: Progress) -> Any:
            return bring_back(path, folder, person, password, progress)

        self._jobs_of_entry().run(
            _("正在恢复"),
            work,
            self._enter_restored,
            lambda problem: page.banner.say("err", str(problem)),
        )

    def _enter_restored(self, restored: Any) -> None:
        self.enter(restored.branch)
        if self.window is not None:
            missing = restored.missing_attachments
            text = _("备份已恢复。") if not missing else _("备份已恢复，有 {n} 个附件没有找到。", n=missing)
            self.window.toast.say(text)

    # ---- working

    def enter(self, branch: Branch) -> None:
        """A branch is open: show the main window."""
        from branchdesk.services.backups import title_of  # noqa: PLC0415
        from branchdesk.ui.desk import Desk  # noqa: PLC0415

        person = branch.person
        self.settings = replace(
            self.settings.with_branch(branch.path),
            last_person=(person.uid, person.name),
            branch_name=title_of(branch),
        )
        save_settings(self.settings)
        self.desk = Desk(branch, self.settings, self.method, self.bridge)
        self._show_window("rosters")
        self._stop_jobs()
        if self.entry is not None:
            self.entry.closed.disconnect(self._leave)
            self.entry.close()
            self.entry.deleteLater()
            self.entry = None

    def _show_window(self, screen: str) -> None:
        from branchdesk.ui.window import MainWindow  # noqa: PLC0415

        if self.desk is None:
            return
        window = MainWindow(self.desk)
        window.closed.connect(self._leave)
        window.locked.connect(self._lock)
        window.leaving.connect(self._leave_for)
        window.rebuilding.connect(self._rebuild)
        window.resize(*_FIRST_SIZE)
        if self.settings.window:
            window.restoreGeometry(_geometry(self.settings.window))
        old = self.window
        self.window = window
        if old is not None:
            window.setGeometry(old.geometry())
        window.show()
        window.show_screen(screen)
        if old is not None:
            old.closed.disconnect(self._leave)
            old.give_up()
            old.close()
            old.deleteLater()

    def _rebuild(self, screen: str) -> None:
        """The same desk in a window of another look or language."""
        if self.desk is not None:
            self.settings = self.desk.settings
            self.put_on()
            QTimer.singleShot(0, self, partial(self._show_window, screen))

    def _end_window(self) -> None:
        """Close the window and the branch, with a last backup where something changed."""
        window, desk = self.window, self.desk
        self.window = self.desk = None
        if window is not None:
            window.closed.disconnect(self._leave)
            window.give_up()
            if desk is not None:
                self.settings = desk.settings
                window.safekeeping.back_up_at_end()
                desk.leave()
            window.close()
            window.deleteLater()

    def _lock(self) -> None:
        folder = self.desk.branch.path if self.desk is not None else None
        self._end_window()
        self._open_entry()
        if folder is not None:
            self._show_unlock(folder)

    def _leave_for(self, what: str) -> None:
        folder = self.desk.branch.path if self.desk is not None else None
        self._end_window()
        self._open_entry()
        if what == "restore":
            self._show_restore(folder)
        else:
            self._choose_another()
            if self.entry is not None and not isinstance(self.entry.page, UnlockPage):
                self.start()

    def _leave(self) -> None:
        self._end_window()
        self._stop_jobs()
        self.application.quit()


def _geometry(text: str) -> Any:
    from PySide6.QtCore import QByteArray  # noqa: PLC0415

    return QByteArray.fromBase64(text.encode("ascii"))


def has_display(environ: dict[str, str] | os._Environ[str] = os.environ) -> bool:
    """Whether a window can be shown; Qt would abort the process where it cannot."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(environ.get("QT_QPA_PLATFORM") or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _note_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _log.info("Qt %s: %s", kind.name, message)


def make_application() -> QApplication:
    """The Qt application with the style that looks the same everywhere."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(_PASS_THROUGH)
    application = QApplication([sys.argv[0]])
    application.setApplicationName("BranchDesk")
    application.setStyle(QStyleFactory.create("Fusion"))
    return application


def run_window() -> int:
    """Open the program's window and stay until it is closed; returns the exit code."""
    start_log()
    settings = load_settings()
    method = prepare_environment(os.environ)
    application = make_application()
    qInstallMessageHandler(_note_message)
    program = Program(application, settings, method)

    def show_bug_dialog(kind: type[BaseException], bug: BaseException, trace: Any) -> None:
        from branchdesk.ui.bug_report import show_bug  # noqa: PLC0415

        _log.error("a bug: %s", kind.__name__)
        show_bug(bug.with_traceback(trace), program.window or program.entry)

    sys.excepthook = show_bug_dialog
    program.start()
    return application.exec()
