"""How a line was inspected: by which method, by whom and when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from branchdesk import clock
from branchdesk.domain.inspections.model import Assessment
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, _n
from branchdesk.ui.fields.asked import FieldGrid
from branchdesk.ui.fields.typed_line import TypedLine
from branchdesk.ui.inspection_words import day_shown
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column


class CheckPanel(QWidget):
    """`checked` tells method, by or on with what was typed."""

    checked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.method = Choice()
        self.method.setObjectName("check_method")
        self.method.setAccessibleName(_("检查方法"))
        self.method.addItem("", "")
        for entry in shipped_dictionaries()["check_method"].entries:
            self.method.addItem(entry.shown(), entry.code)
        least = shipped_rules().at("inspectors_least", clock.today()).value
        self.by = TypedLine("check_by", _("检查人"), hint=_n("{n} 人以上", least))
        self.on = TypedLine("check_on", _("检查日期"))
        box = column(gap=0, parent=self)
        grid = FieldGrid()
        grid.add_field(_("检查方法"), self.method, wide=True)
        grid.add_field(_("检查人"), self.by)
        grid.add_field(_("日期"), self.on)
        box.addLayout(grid)
        self._connect()

    def _connect(self) -> None:
        self.method.activated.connect(self._tell_method)
        self.by.entered.connect(self._tell_by)
        self.on.entered.connect(self._tell_on)

    def _tell_method(self, place: int) -> None:
        self.checked.emit("method", str(self.method.itemData(place)))

    def _tell_by(self, text: str) -> None:
        self.checked.emit("by", text)

    def _tell_on(self, text: str) -> None:
        self.checked.emit("on", text)

    def show_check(self, check: Assessment) -> None:
        """Show how it was inspected."""
        self.method.setCurrentIndex(max(self.method.findData(check.method), 0))
        self.by.fill(check.by)
        self.on.fill(day_shown(check.on))

    def offer_people(self, names: list[str]) -> None:
        """Offer names of those who may have inspected."""
        self.by.offer(names)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look but not type."""
        self.method.setEnabled(not read_only)
        self.by.setReadOnly(read_only)
        self.on.setReadOnly(read_only)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        self.by.commit()
        self.on.commit()
