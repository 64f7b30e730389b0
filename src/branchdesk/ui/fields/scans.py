"""Adding files from the folder into which the scanner of this computer puts them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QTableWidgetItem, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n, listed
from branchdesk.services.file_contents import kind_of
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.icons import pixmap
from branchdesk.ui.preferences import Preferences
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Elide, Note

MOST_SCANS = 200
_LEAST_ROWS = 5
# A scanner writes a page in many small steps; each of them is told.
_SETTLING_MILLISECONDS = 400
_KILO, _MEGA = 1024, 1024 * 1024


@dataclass(frozen=True)
class ScannedFile:
    """A file of the scan folder: when it was written, and its size in bytes."""

    path: Path
    written: datetime
    size: int


def scanned_files(folder: Path, kinds: Collection[str]) -> list[ScannedFile]:
    """The files of some kinds in a folder, newest first, at most 200; without kinds, all of them.

    Raises Problem for a folder that is not there or cannot be read.
    """
    wanted = {kind.casefold() for kind in kinds}
    try:
        paths = [path for path in folder.iterdir() if _is_wanted(path, wanted)]
    except OSError as error:
        raise Problem(
            _("文件夹“{name}”现在打不开。", name=folder.name or str(folder)),
            _("它可能改了名，或在没有插好的 U 盘、没有连上的共享里；请接好再试，或换一个文件夹。"),
        ) from error
    found = [file for path in paths if (file := _looked_at(path)) is not None]
    found.sort(key=lambda file: (file.written, file.path.name), reverse=True)
    return found[:MOST_SCANS]


def _is_wanted(path: Path, kinds: Collection[str]) -> bool:
    # Half-written and locked files of scanners and office programs begin with these marks.
    return not path.name.startswith((".", "~")) and (not kinds or kind_of(path.name) in kinds)


def _looked_at(path: Path) -> ScannedFile | None:
    """A file with its time and size; None for a folder, and for what has just gone."""
    try:
        if not path.is_file():
            return None
        facts = path.stat()
    except OSError:
        return None
    return ScannedFile(path, datetime.fromtimestamp(facts.st_mtime).astimezone(), facts.st_size)


def kinds_shown(kinds: Sequence[str]) -> str:
    """Endings of file names as they are listed to people; two spellings of one kind are named once."""
    return listed(kind for kind in kinds if kind != "jpeg" or "jpg" not in kinds)


def size_words(size: int) -> str:
    """A size in bytes as people read it."""
    if size >= _MEGA:
        return _("{size} MB", size=f"{size / _MEGA:.1f}")
    return _("{size} KB", size=max(1, -(-size // _KILO)))


def choose_scan_folder(preferences: Preferences, parent: QWidget) -> Path | None:
    """Ask where the scanner puts its files, and keep the answer for the next time; None without one."""
    known = preferences.now.scan_folder
    chosen = QFileDialog.getExistingDirectory(parent, _("扫描仪把文件存在哪个文件夹"), known)
    if not chosen:
        return None
    preferences.choose(scan_folder=chosen)
    return Path(chosen)


class _Scans(SimpleTable):
    """Files with a box to tick; a click or the space bar ticks the whole row."""

    ticking = Signal(int)

    def __init__(self) -> None:
        super().__init__([_("文件"), _("时间"), _("大小")], stretch=0)
        self.setAccessibleName(_("扫描文件夹里的文件"))
        self.keep_room(_LEAST_ROWS)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.cellClicked.connect(self._click)

    def _click(self, row: int, _column: int) -> None:
        self.ticking.emit(row)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            self.ticking.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class _Nothing(QWidget):
    """Says calmly why there is nothing to tick, where the files would stand."""

    def __init__(self) -> None:
        super().__init__()
        box = column(gap=8, parent=self)
        picture = QLabel()
        picture.setPixmap(pixmap("folder-open", "text3", 44))
        self.sentence, self._advice = Note("", "strong"), Note("", "second")
        box.addStretch(1)
        for part in (picture, self.sentence, self._advice):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(part)
        box.addStretch(1)

    def say(self, sentence: str, advice: str) -> None:
        """Show a sentence and what may be done."""
        self.sentence.setText(sentence)
        self._advice.setText(advice)


class ScanDialog(SheetDialog):
    """Lists the newest files of the scan folder. Those that are ticked go to `on_add`.

    `kinds` are the endings of file names that fit, `room` says how many more files do. What the scanner puts
    into the folder meanwhile appears by itself.
    """

    def __init__(
        self,
        preferences: Preferences,
        kinds: Sequence[str],
        room: int,
        on_add: Callable[[list[Path]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(_("从扫描文件夹添加"), parent, width=620, height=440)
        self.setObjectName("scan_dialog")
        self._preferences = preferences
        self._kinds = list(kinds)
        self._room = room
        self._on_add = on_add
        self._files: list[ScannedFile] = []
        self._ticked: set[Path] = set()
        self._folder = Elide(role="second")
        self.table = _Scans()
        self.table.ticking.connect(self._tick)
        self.remark = Note("", "hint")
        self.nothing = _Nothing()
        for part in (self._folder, self.table, self.nothing, self.remark):
            self.body.addWidget(part, int(part in {self.table, self.nothing}))
        self._change = self.add_button(
            _("换一个文件夹"), self._change_folder, name="change_folder", apart=True
        )
        self.add_button(_("取消"))
        self._add = self.add_button(_("添加"), self._take, look="primary", name="take")
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLING_MILLISECONDS)
        self._watcher.directoryChanged.connect(self._soon.start)
        self._soon.timeout.connect(self._list)
        self._begin()

    # ---- showing

    def _begin(self) -> None:
        folder = self._preferences.now.scan_folder
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        # The folder above tells when a folder that is away comes back.
        watched = [str(one) for one in (Path(folder), Path(folder).parent) if one.is_dir()]
        if watched:
            self._watcher.addPaths(watched)
        self._folder.setText(folder)
        self._list()
        self.table.selectRow(0)
        (self.table if self._files else self._change).setFocus()

    def _list(self) -> None:
        try:
            self._files = scanned_files(Path(self._preferences.now.scan_folder), self._kinds)
        except Problem as problem:
            self._files = []
            self.nothing.say(problem.sentence, problem.advice)
        else:
            self.nothing.say(self._emptiness(), _("扫描好了会自动列出来；文件在别处的，请换一个文件夹。"))
        self._ticked &= {file.path for file in self._files}
        self.table.show_rows([self._row(file) for file in self._files])
        for row, file in enumerate(self._files):
            self._mark(row, ticked=file.path in self._ticked)
        most = _n("只列出最新的 {n} 个。", MOST_SCANS) if len(self._files) == MOST_SCANS else ""
        self.remark.setText(_("点一下或按空格勾选，可以勾几个。") + most)
        for part in (self.table, self.remark):
            part.setVisible(bool(self._files))
        self.nothing.setVisible(not self._files)
        self._look_at_ticks()

    def _emptiness(self) -> str:
        if self._kinds:
            return _("这个文件夹里还没有能放在这里的文件（{kinds}）。", kinds=kinds_shown(self._kinds))
        return _("这个文件夹里还没有文件。")

    @staticmethod
    def _row(file: ScannedFile) -> list[str]:
        today = file.written.date() == clock.today()
        time = _("今天 {time}", time=f"{file.written:%H:%M}") if today else f"{file.written:%Y.%m.%d %H:%M}"
        return [file.path.name, time, size_words(file.size)]

    # ---- ticking

    def _mark(self, row: int, *, ticked: bool) -> None:
        item = self.table.item(row, 0)
        if isinstance(item, QTableWidgetItem):
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _tick(self, row: int) -> None:
        path = self._files[row].path
        if path in self._ticked:
            self._ticked.remove(path)
        elif len(self._ticked) < self._room:
            self._ticked.add(path)
        else:
            self.remark.setText(_n("这里只能再放 {n} 个文件。", self._room))
            return
        self._mark(row, ticked=path in self._ticked)
        self._look_at_ticks()

    def _look_at_ticks(self) -> None:
        count = len(self._ticked)
        self._add.setEnabled(bool(count))
        self._add.setText(_n("添加 {n} 个", count) if count else _("添加"))

    # ---- doing

    def _change_folder(self) -> None:
        if choose_scan_folder(self._preferences, self) is not None:
            self._ticked.clear()
            self._begin()

    def _take(self) -> None:
        chosen = [file.path for file in self._files if file.path in self._ticked]
        self.accept()
        self._on_add(chosen)
