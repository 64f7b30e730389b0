"""Everything before a branch is open: first run, unlocking, the recovery card, restoring.

What needs the heavy rooms is imported when it is wanted, so that the window shows at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from branchdesk import paths
from branchdesk.errors import Problem
from branchdesk.i18n import Language, _, _n
from branchdesk.ui.entry.unlock import CardPage, UnlockPage
from branchdesk.ui.entry.warm_up import WarmUp
from branchdesk.ui.entry.window import EntryWindow
from branchdesk.ui.entry.work import EntryWork
from branchdesk.ui.preferences import Preferences

if TYPE_CHECKING:
    from branchdesk.jobs.progress import Progress
    from branchdesk.services.branches import Founding
    from branchdesk.services.open_branch import Branch, Restored
    from branchdesk.ui.entry.founding import FoundingPage
    from branchdesk.ui.entry.restoring import RestorePage

_FIRST_SIZE = (1440, 900)


@dataclass(frozen=True)
class Arrival:
    """A branch that was opened: what to show first, a new recovery card to print, words to say."""

    branch: Branch
    screen: str = "rosters"
    card: str = ""
    words: str = ""


def _people(folder: Path) -> list[tuple[str, str]]:
    """Who may open a branch: uid and name."""
    from branchdesk.services.branches import people_of  # noqa: PLC0415

    return [(person.uid, person.name) for person in people_of(folder)]


class Reception(QObject):
    """Owns the entry window. `opened` tells an Arrival, `left` that the person closed the window.

    `look_chosen` tells that letters or language were changed, after they were kept.
    """

    opened = Signal(object)
    left = Signal()
    look_chosen = Signal()

    def __init__(self, preferences: Preferences, warm_up: WarmUp, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._warm_up = warm_up
        self._founded: Branch | None = None
        self.window = EntryWindow()
        self._work = EntryWork(self.window)
        self.window.closed.connect(self.left)
        self.window.language_chosen.connect(self._choose_language)
        self.window.scale_chosen.connect(self._choose_scale)
        # Queued, so that importing begins when everything in the window has been painted.
        self.window.painted.connect(warm_up.begin, Qt.ConnectionType.QueuedConnection)
        self.window.resize(*_FIRST_SIZE)
        self.window.show()

    def close(self) -> None:
        """Take the window away; a branch is open, or the program ends."""
        self._work.stop()
        if self._founded is not None:
            # The first run broke off: its branch must be free to be unlocked.
            self._founded.close()
        self.window.closed.disconnect(self.left)
        self.window.close()
        self.window.deleteLater()
        self.deleteLater()

    def _choose_language(self, value: str) -> None:
        self._preferences.choose(language=Language(value))
        self.look_chosen.emit()

    def _choose_scale(self, value: int) -> None:
        self._preferences.choose(scale=value)
        self.look_chosen.emit()

    def _open(self, branch: Branch) -> None:
        """Enter an unlocked branch; one whose first run broke off gets the card that was not printed."""
        from branchdesk.services.branches import renew_card  # noqa: PLC0415

        card = ""
        settings = self._preferences.now
        if settings.founding is not None and settings.opened_last(branch.path):
            self._preferences.choose(founding=None)
            card = renew_card(branch)
        self.opened.emit(Arrival(branch, card=card))

    # ---- the first page

    def welcome(self) -> None:
        """Ask for the password of the branch opened last, or begin the first run."""
        known = [
            Path(folder)
            for folder in self._preferences.now.branches
            if (Path(folder) / "branch.db").is_file()
        ]
        if known:
            self.ask_password(known[0])
        else:
            self._warm_up.when_done(self.begin_founding)

    # ---- unlocking

    def ask_password(self, folder: Path) -> None:
        """Show the unlock page of a branch."""
        settings = self._preferences.now
        last = settings.opened_last(folder)
        page = UnlockPage(
            str(folder),
            settings.branch_name if last else "",
            settings.last_person if last and settings.last_person[0] else None,
        )
        page.unlock_requested.connect(partial(self._unlock, folder, page))
        page.card_requested.connect(partial(self._ask_card, folder))
        page.another_requested.connect(self.choose_another)
        page.restore_requested.connect(partial(self.choose_backup, folder))
        page.founding_requested.connect(self.begin_founding)
        self.window.show_page(page)
        page.password.setFocus()
        self._warm_up.when_done(partial(self._fill_people, folder, page))

    def _fill_people(self, folder: Path, page: UnlockPage) -> None:
        if self.window.page is not page:
            return
        try:
            page.show_people(_people(folder))
        except Problem as problem:
            page.show_problem(str(problem))

    def _unlock(self, folder: Path, page: UnlockPage, person: str, password: str) -> None:
        from branchdesk.services.branches import unlock  # noqa: PLC0415

        page.set_busy(busy=True)
        self._work.run(
            _("正在打开"),
            lambda _progress: unlock(folder, person, password),
            self._open,
            lambda problem: page.show_problem(str(problem)),
        )

    def _ask_card(self, folder: Path) -> None:
        try:
            people = _people(folder)
        except Problem as problem:
            self._work.tell(problem)
            return
        page = CardPage(people)
        page.back_requested.connect(partial(self.ask_password, folder))
        page.recover_requested.connect(partial(self._recover, folder, page))
        self.window.show_page(page)

    def _recover(self, folder: Path, page: CardPage, card: str, person: str, new: str, again: str) -> None:
        from branchdesk.services.branches import people_of, recover  # noqa: PLC0415

        def work(_progress: Progress) -> tuple[Branch, str]:
            who = next(one for one in people_of(folder) if one.uid == person)
            return recover(folder, card, who, new, again)

        self._work.run(
            _("正在打开"),
            work,
            lambda opened: self.opened.emit(Arrival(opened[0], card=opened[1])),
            lambda problem: page.banner.say("err", str(problem)),
        )

    def choose_another(self) -> None:
        """Ask for the folder of a branch."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415

        chosen = QFileDialog.getExistingDirectory(self.window, _("选支部文件所在的文件夹"))
        if chosen:
            self.ask_password(Path(chosen))

    # ---- the first run and the sample

    def begin_founding(self) -> None:
        """Show the first run, with what was typed last time."""
        from branchdesk.ui.entry.founding import FoundingPage  # noqa: PLC0415

        page = FoundingPage(dict(self._preferences.now.founding or {}))
        page.founding_requested.connect(partial(self._found, page))
        page.finished.connect(self._begin)
        page.sample_requested.connect(self.open_sample)
        page.restore_requested.connect(partial(self.choose_backup, None))
        page.open_requested.connect(self.choose_another)
        page.draft_changed.connect(lambda draft: self._preferences.choose(founding=draft))
        self.window.show_page(page, whole=True)
        page.begin()

    def _found(self, page: FoundingPage, founding: Founding, clerk: str, password: str) -> None:
        from branchdesk.services.branches import found_branch, proposed_folder  # noqa: PLC0415

        def take(made: tuple[Branch, str]) -> None:
            # From here on a start after an interruption asks for the password of this branch.
            self._founded = made[0]
            self._preferences.keep(self._preferences.now.with_branch(made[0].path))
            page.take_branch(*made)

        self._work.run(
            _("正在建立支部"),
            lambda _progress: found_branch(proposed_folder(founding), founding, clerk, password),
            take,
            lambda problem: page.banner.say("err", str(problem)),
        )

    def _begin(self, branch: Branch, how: str, place: Path) -> None:
        self._founded = None
        settings = self._preferences.now.with_backup_folder(branch.path, place)
        self._preferences.keep(replace(settings, founding=None))
        self.opened.emit(Arrival(branch, "roster_import" if how == "import" else "rosters"))

    def open_sample(self) -> None:
        """Open the sample branch; it is made the first time."""
        from branchdesk.services.sample import open_sample  # noqa: PLC0415

        self._work.run(_("正在准备示例支部"), open_sample, self._open, self._work.tell)

    # ---- restoring

    def choose_backup(self, folder: Path | None) -> None:
        """Show the backups of a branch; None restores into a new folder."""
        from branchdesk.ui.entry.restoring import RestorePage  # noqa: PLC0415

        place = self._preferences.now.backup_folder(folder) if folder is not None else None
        page = RestorePage(folder, place)
        page.back_requested.connect(self.welcome)
        page.restore_requested.connect(partial(self._restore, page))
        self.window.show_page(page)

    def _restore(
        self, page: RestorePage, path: Path, target: Path | None, person: str, password: str
    ) -> None:
        from branchdesk.services.backups import bring_back  # noqa: PLC0415

        folder = target or paths.user_folder() / f"restored-{path.stem}"
        self._work.run(
            _("正在恢复"),
            lambda progress: bring_back(path, folder, person, password, progress),
            self._enter_restored,
            lambda problem: page.banner.say("err", str(problem)),
        )

    def _enter_restored(self, restored: Restored) -> None:
        missing = restored.missing_attachments
        words = _("备份已恢复。")
        if missing:
            words = _n("备份已恢复，有 {n} 个附件没有找到。", missing)
        self.opened.emit(Arrival(restored.branch, words=words))
