"""The ledger of study hours: what everybody has studied in a year, what is due and what is missing."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QFrame

from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import _, _n, listed
from branchdesk.services.meetings.counting import StudyLine, study_hours
from branchdesk.services.organisations import root_of
from branchdesk.ui.desk import Desk
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note


class StudyView(QFrame):
    """A line for everybody, with a sentence about the year."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        box = column(margin=12, gap=10, parent=self)
        self.table = SimpleTable(
            [_("姓名"), _("党小组"), _("应学"), _("已学"), _("还缺"), _("其中"), _("提醒")]
        )
        self.table.setAccessibleName(_("学时"))
        box.addWidget(self.table, 1)
        self.sum = Note("", "second")
        box.addWidget(self.sum)
        box.addWidget(Note(_("学时按到会和会议时长自动累计；缺席的人补课以后也算。"), "hint"))

    def show_year(self, year: int) -> None:
        """Count a year anew."""
        lines = study_hours(self._desk.branch, root_of(self._desk.branch), year)
        self.table.show_rows([_row(line) for line in lines])
        short = sum(bool(line.sum.missing) for line in lines)
        words = _n("{year} 年还有 {n} 人没有学满。", short, year=year)
        self.sum.setText(words if short else _("{year} 年都学满了。", year=year))


def _row(line: StudyLine) -> tuple[str, ...]:
    kinds = shipped_dictionaries()["study_kind"]
    parts = listed(f"{kinds.shown(kind)} {_shown(hours)}" for kind, hours in line.sum.hours_of_kind if hours)
    due = "" if line.sum.target is None else str(line.sum.target)
    said = listed(finding.sentence for finding in line.findings)
    missing = _shown(line.sum.missing) if line.sum.missing else ""
    return (line.name, line.group_name, due, _shown(line.sum.hours), missing, parts, said)


def _shown(hours: Decimal) -> str:
    """Hours without needless zeros."""
    return f"{hours:f}".rstrip("0").rstrip(".") if hours % 1 else str(int(hours))
