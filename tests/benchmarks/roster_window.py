"""Somebody at the real window, offscreen: types, sorts, scrolls, and waits until the answer is painted."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from typing_extensions import override

from branchdesk.app import Program, make_application
from branchdesk.services.open_branch import Branch
from branchdesk.settings import Settings
from branchdesk.ui.entry.reception import Arrival
from branchdesk.ui.grid.model import Edit, GridTableModel
from branchdesk.ui.grid.view import GridView
from branchdesk.ui.input_method.detection import InputMethod, Kind
from branchdesk.ui.preferences import Preferences
from branchdesk.ui.screens.rosters import RosterScreen
from branchdesk.ui.screens.search import SearchDialog

_PAGES = ("organisations", "history", "recycle_bin", "settings", "rosters")
_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


class _Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def _painted(widget: QWidget, act: Callable[[], object]) -> float:
    """Processor seconds from an action until the widget has been painted after it."""
    QApplication.processEvents()
    paints = _Paints(widget)
    began = time.process_time()
    act()
    before = paints.count
    while paints.count == before:
        QApplication.processEvents(_WAITING)
    taken = time.process_time() - began
    widget.removeEventFilter(paints)
    return taken


class Sitting:
    """One program over one branch, with the roster in front."""

    def __init__(self, branch: Branch) -> None:
        application = make_application()
        self._program = Program(application, Preferences(Settings()), InputMethod(Kind.SYSTEM))
        self._program.enter(Arrival(branch))
        assert self._program.window is not None
        self._window = self._program.window
        roster = self._window.page
        assert isinstance(roster, RosterScreen)
        grid = roster.findChild(GridView)
        assert grid is not None
        self._grid = grid
        model = grid.model()
        assert isinstance(model, GridTableModel)
        self._model = model
        self._ground = grid.viewport()
        self._chance = random.Random(1)
        _painted(self._ground, self._ground.update)

    def pages(self) -> list[float]:
        """To every screen and back to the roster."""
        return [_painted(self._window.stack, partial(self._window.show_screen, key)) for key in _PAGES]

    def keys(self, field: str, texts: Sequence[str]) -> list[float]:
        """What a filter costs after each key, with the keys and their wait."""
        return [self._typed(self._editor(field), text) for text in [*texts, ""]]

    def _editor(self, field: str) -> QLineEdit:
        editor = self._grid.findChild(QLineEdit, f"filter_{field}")
        assert isinstance(editor, QLineEdit)
        return editor

    def _typed(self, editor: QLineEdit, text: str) -> float:
        told: list[dict[str, str]] = []
        note = self._grid.filters_changed.connect(told.append)
        QApplication.processEvents()
        began = time.process_time()
        editor.setText(text)
        while not told:
            QApplication.processEvents(_WAITING)
        taken = time.process_time() - began + _painted(self._ground, lambda: None)
        self._grid.filters_changed.disconnect(note)
        return taken

    def sortings(self) -> list[float]:
        """Clicks on the headings of three columns, each twice."""
        header = self._grid.filter_header
        return [
            _painted(self._ground, partial(header.sectionClicked.emit, section))
            for section in (0, 0, 3, 3, 5, 5)
        ]

    def rows(self) -> list[float]:
        """Down through twenty members."""
        grid = self._grid
        grid.setCurrentIndex(self._model.index(0, 0))
        grid.setFocus()
        return [_painted(self._ground, lambda: QTest.keyClick(grid, Qt.Key.Key_Down)) for _press in range(20)]

    def scrollings(self) -> list[float]:
        """To thirty places anywhere in the list."""
        bar = self._grid.verticalScrollBar()
        return [
            _painted(self._ground, lambda: bar.setValue(self._chance.randrange(bar.maximum())))
            for _jump in range(30)
        ]

    def searches(self, texts: Sequence[str]) -> list[float]:
        """What Ctrl+K costs after each key."""
        self._window.show_screen("search")
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SearchDialog))
        found = [_painted(dialog.list.viewport(), partial(dialog.line.setText, text)) for text in texts]
        dialog.close()
        return found

    def pastes(self, rows: int, values: Mapping[str, str]) -> list[float]:
        """A paste over the first rows, three times with other words."""
        places = {field.id: place for place, field in enumerate(self._model.columns)}

        def paste(word: str) -> None:
            typed = {**values, "note": word}
            self._model.write(
                [Edit(row, places[field], text) for row in range(rows) for field, text in typed.items()]
            )

        return [_painted(self._ground, partial(paste, word)) for word in ("一", "二", "三")]
