"""A list of findings, the gravest words in full, each with the sign of how grave it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import px

_PADDING, _LEAST = 24, 120
_ICONS = {
    Severity.ERROR: ("alert-circle", "err"),
    Severity.WARN: ("alert-triangle", "warn"),
    Severity.NOTE: ("info-circle", "info"),
}


class _Wrapping(QStyledItemDelegate):
    """Gives a sentence the lines that it needs; the style forgets its own padding when it counts them."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        narrower = QStyleOptionViewItem(option)
        rect = option.rect  # type: ignore[attr-defined] # the stubs leave it out
        narrower.rect = rect.adjusted(0, 0, -px(_PADDING), 0)  # type: ignore[attr-defined]
        return super().sizeHint(narrower, index)


class FindingList(QListWidget):
    """Lists findings. `chosen` tells one that was opened by Enter or a double click."""

    chosen = Signal(object)

    def __init__(self, findings: Sequence[Finding], label: str) -> None:
        super().__init__()
        self.findings = list(findings)
        self.setAccessibleName(label)
        self.setIconSize(icon_size())
        self.setWordWrap(True)
        self.setItemDelegate(_Wrapping(self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(px(_LEAST))
        for finding in self.findings:
            name, color = _ICONS[finding.severity]
            item = QListWidgetItem(icon(name, color, selected="sel_text"), finding.sentence)
            item.setToolTip("\n".join(filter(None, (finding.sentence, finding.rule))))
            self.addItem(item)
        self.itemActivated.connect(self.take_current)
        self.setCurrentRow(0)

    def take_current(self) -> None:
        """Tell the finding that is chosen."""
        if 0 <= self.currentRow() < len(self.findings):
            self.chosen.emit(self.findings[self.currentRow()])


def verdict(findings: Sequence[Finding]) -> str:
    """How many findings there are, the errors first; where there is none, that all is well."""
    errors = sum(one.is_error for one in findings)
    if errors:
        return _n("有 {n} 处必须先改正。", errors)
    if findings:
        return _n("有 {n} 处提醒，请看一看。", len(findings))
    return _("检查通过，没有发现问题。")
