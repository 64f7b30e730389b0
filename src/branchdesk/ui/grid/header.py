"""The header of a grid: labels to sort by, and below them a row of filters."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.look import px

_WAIT_MILLISECONDS = 120


class FilterHeader(QHeaderView):
    """A horizontal header with a filter under each label.

    `filtered` tells all texts by column id, `reached` the column whose filter has got the cursor.
    """

    filtered = Signal(dict)
    left_downwards = Signal()
    reached = Signal(int)

    # Qt calls overrides while the base class is being built.
    _editors: dict[int, QLineEdit] = {}  # noqa: RUF012 - replaced in __init__
    _height = 0

    def __init__(self, view: QTableView, *, filters: bool = True) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._editors = {}
        self._height = px(72 if filters else 36)
        self._ids: list[str] = []
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSortIndicatorShown(True)
        self.setStretchLastSection(False)
        self.sectionResized.connect(self.place_editors)
        self.geometriesChanged.connect(self.place_editors)
        view.horizontalScrollBar().valueChanged.connect(self.place_editors)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MILLISECONDS)
        self._timer.timeout.connect(self._tell)

    def set_columns(self, ids: list[str], labels: list[str], shown: list[bool]) -> None:
        """Put a filter under every shown column."""
        for editor in self._editors.values():
            editor.deleteLater()
        self._editors = {}
        self._ids = ids
        for section, label in enumerate(labels):
            if not shown[section]:
                continue
            editor = QLineEdit(self)
            editor.setProperty("role", "filter")
            editor.setPlaceholderText(_("筛选"))
            editor.setAccessibleName(_("筛选 {column}", column=label))
            editor.setObjectName(f"filter_{ids[section]}")
            editor.setToolTip(_("可输入文字、拼音首字母、>40、空、非空"))
            editor.textChanged.connect(self._timer.start)
            editor.installEventFilter(self)
            editor.setVisible(True)
            self._editors[section] = editor
        self.place_editors()

    def texts(self) -> dict[str, str]:
        """What is typed, by column id."""
        return {
            self._ids[section]: editor.text() for section, editor in self._editors.items() if editor.text()
        }

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Show texts by column id, without telling anybody."""
        for section, editor in self._editors.items():
            with QSignalBlocker(editor):
                editor.setText(texts.get(self._ids[section], ""))

    def clear(self) -> None:
        """Empty every filter."""
        for editor in self._editors.values():
            editor.clear()

    def focus_filter(self, section: int) -> bool:
        """Put the cursor into the filter of a column; False where it has none."""
        editor = self._editors.get(section)
        if editor is None:
            return False
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        editor.selectAll()
        return True

    def _tell(self) -> None:
        self.filtered.emit(self.texts())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.reached.emit(next(place for place, editor in self._editors.items() if editor is watched))
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
                self.left_downwards.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and isinstance(watched, QLineEdit) and watched.text():
                watched.clear()
                return True
        return False

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    @override
    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        size = super().sectionSizeFromContents(logicalIndex)
        return QSize(size.width(), px(36))

    def place_editors(self, *_change: object) -> None:
        """Put the filters below their labels."""
        for section, editor in self._editors.items():
            left = self.sectionViewportPosition(section)
            width = self.sectionSize(section)
            editor.setGeometry(left + px(3), px(38), max(px(20), width - px(6)), px(28))
            editor.setVisible(not self.isSectionHidden(section) and left + width > 0)
