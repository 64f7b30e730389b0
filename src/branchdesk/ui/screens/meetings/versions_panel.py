"""Where the paper goes, and every text under which the minutes were finalised."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate
from branchdesk.services.meetings.reading import FinalVersion
from branchdesk.ui.screens.meetings.file import MeetingFile
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note, Words

_WHY = 3


class VersionsPanel(QWidget):
    """The archive class of the form and the finalised texts; `chosen` tells a revision to print."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._revisions: list[int] = []
        box = column(gap=8, parent=self)
        box.addWidget(Words(_("归档和历次定稿"), "heading"))
        self.archive = Note("", "second")
        box.addWidget(self.archive)
        self.table = SimpleTable([_("第几稿"), _("日期"), _("重新打开"), _("原因")], _WHY)
        self.table.setAccessibleName(_("历次定稿"))
        self.table.cellActivated.connect(self._tell)
        box.addWidget(self.table)
        self.open = button(_("查看这次定稿"), self._tell_current, icon_name="eye", name="show_version")
        line = row(gap=8)
        line.addWidget(self.open)
        line.addStretch(1)
        box.addLayout(line)

    def show_meeting(self, file: MeetingFile) -> None:
        """Show where the paper of a meeting goes."""
        retention = file.form.retention
        kept = _("永久") if retention == "permanent" else _n("{n} 年", int(retention or 0))
        parts = []
        if file.form.archive:
            parts.append(_("归档类目：{name}", name=file.form.archive))
        if retention:
            parts.append(_("保管期限：{period}", period=kept))
        self.archive.setText(" · ".join(parts))
        self.archive.setVisible(bool(parts))
        self.show_versions(file.versions)

    def show_versions(self, versions: Sequence[FinalVersion]) -> None:
        """Show the finalised texts, the newest first."""
        newest = sorted(versions, key=lambda one: -one.revision)
        self._revisions = [one.revision for one in newest]
        self.table.show_rows(
            [
                (
                    _("第 {n} 次", n=one.revision + 1),
                    _day(one.finalised_on),
                    _day(one.reopened_on) if one.reopened_on else "",
                    one.reopened_why,
                )
                for one in newest
            ]
        )
        self.table.keep_room(len(newest))
        self.table.setMaximumHeight(self.table.minimumHeight())
        self.table.setVisible(bool(versions))
        self.open.setVisible(bool(versions))

    def _tell(self, number: int, _column: int) -> None:
        if 0 <= number < len(self._revisions):
            self.chosen.emit(self._revisions[number])

    def _tell_current(self) -> None:
        self._tell(self.table.currentRow(), 0)


def _day(stored: str) -> str:
    day = PartialDate.read(stored)
    return day.shown() if day is not None else stored
