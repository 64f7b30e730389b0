"""The papers that can be printed from the window, with what can be chosen about each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.errors import Problem
from branchdesk.forms.date_spelling import read_date
from branchdesk.i18n import _, _n, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.member_sheet import SheetPolicy
from branchdesk.reports.papers import (
    PAPER_COLUMNS,
    RosterChoice,
    history_paper,
    paper_name,
    roster_paper,
    sheets_paper,
    unfilled_boxes,
)
from branchdesk.services import members, views
from branchdesk.services.member_edits import member_form
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import organisation_tree
from branchdesk.services.rosters import PINYIN, POSTS, STROKES, Place, Roster
from branchdesk.ui.frame import Frame
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Words

# So many boxes of a sheet are named that stay empty.
_MOST_NAMED = 5


class RosterChoices(QWidget):
    """Whose roster, as of which day, which columns, in which order."""

    changed = Signal()

    def __init__(self, window: Frame, place: Place | None) -> None:
        super().__init__()
        branch = window.desk.branch
        box = column(gap=6, parent=self)
        self.place = Choice()
        for version in organisation_tree(branch).walk():
            self.place.addItem(version.name, version.organisation)
        if place is not None and place.uid is not None:
            self.place.setCurrentIndex(self.place.findData(place.uid))
        self.day = QLineEdit(PartialDate.of(clock.today()).shown())
        self.columns = Choice()
        self.columns.addItem(_("常用的列"), PAPER_COLUMNS)
        form = member_form()
        for view in views.views_of(branch, "rosters"):
            shown = tuple(field.id for field in form.fields if field.id not in view.hidden)
            self.columns.addItem(view.name, shown)
        self.order = Choice()
        for value, label in ((POSTS, _("按党内职务")), (STROKES, _("按姓氏笔画")), (PINYIN, _("按拼音"))):
            self.order.addItem(label, value)
        for label, widget in (
            (_("组织"), self.place),
            (_("截至日期"), self.day),
            (_("列"), self.columns),
            (_("顺序"), self.order),
        ):
            widget.setAccessibleName(label)
            box.addWidget(Words(label, "second"))
            box.addWidget(widget)
        self.padded = QCheckBox(_("两字姓名中间空一格"))
        self.padded.setChecked(True)
        self.masked = QCheckBox(_("证号、手机号隐去中间"))
        for tick in (self.padded, self.masked):
            box.addWidget(tick)
            tick.toggled.connect(self.changed)
        for combo in (self.place, self.columns, self.order):
            combo.currentIndexChanged.connect(self.changed)
        self.day.textChanged.connect(self.changed)

    def choice(self) -> RosterChoice:
        """What is chosen. Raises Problem for a day that cannot be read."""
        reading = read_date(self.day.text(), clock.today(), typed=True)
        if reading.value is None or not reading.value.is_full:
            raise Problem(reading.error or _("截至日期要写到哪一天，如 2026.06.30。"))
        return RosterChoice(
            place=self.place.currentData(),
            day=reading.value.first_day(),
            columns=tuple(self.columns.currentData()),
            order=str(self.order.currentData()),
            masked=self.masked.isChecked(),
            padded_names=self.padded.isChecked(),
        )


def open_roster_print(window: Frame, place: Place | None) -> PrintDialog:
    """Print the roster of a place."""
    branch = window.desk.branch
    choices = RosterChoices(window, place)
    chosen = [choices.choice()]

    def make() -> Document:
        return roster_paper(branch, chosen[0])

    name = paper_name(_("党员名册"), choices.place.currentText(), clock.today().strftime("%Y%m%d"))
    dialog = PrintDialog(_("党员名册"), make, window, choices, name)

    def follow() -> None:
        try:
            chosen[0] = choices.choice()
        except Problem as problem:
            dialog.refuse(problem)
            return
        dialog.want_rebuild()

    choices.changed.connect(follow)
    dialog.open()
    return dialog


class SheetChoices(QWidget):
    """How member sheets are printed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = column(gap=6, parent=self)
        self.duplex = QCheckBox(_("每人从新的一张纸开始"))
        self.duplex.setChecked(True)
        self.none = QCheckBox(_("没有的项目填“无”"))
        self.none.setChecked(True)
        for tick in (self.duplex, self.none):
            box.addWidget(tick)
            tick.toggled.connect(self.changed)

    def policy(self) -> SheetPolicy:
        """What is chosen."""
        return SheetPolicy(blank="无" if self.none.isChecked() else "", duplex=self.duplex.isChecked())


def open_sheet_print(window: Frame, uids: Sequence[str] | None) -> PrintDialog:
    """Print the sheets of some members, or of everybody on the roster."""
    branch = window.desk.branch
    wanted = list(uids) if uids else _everybody(window)
    choices = SheetChoices()
    policies = [choices.policy()]

    def make() -> Document:
        return sheets_paper(branch, wanted, policies[0])

    file = members.member_file(branch, wanted[0]) if len(wanted) == 1 else None
    name = paper_name(_("党员登记表"), file.name if file else "", clock.today().strftime("%Y%m%d"))
    dialog = PrintDialog(
        _("党员登记表"), make, window, choices, name, partial(_what_is_missing, branch, wanted)
    )

    def follow() -> None:
        policies[0] = choices.policy()
        dialog.want_rebuild()

    choices.changed.connect(follow)
    dialog.open()
    return dialog


def _what_is_missing(branch: Branch, uids: Sequence[str]) -> str:
    """Which boxes stay empty, so that nobody is surprised by the printed sheet."""
    found = unfilled_boxes(branch, uids)
    if not found:
        return ""
    if len(uids) > 1:
        return _n("有 {n} 人的登记表还有没填的项目，会空着。", len(found))
    labels = found[0].labels
    named = listed(labels[:_MOST_NAMED]) + (_("等") if len(labels) > _MOST_NAMED else "")
    return _n("还有 {n} 项没有填写，会空着：{labels}。", len(labels), labels=named)


def _everybody(window: Frame) -> list[str]:
    roster = Roster(window.desk.branch)
    roster.sort(POSTS)
    return [row.uid for row in roster.rows(range(len(roster)))]


def open_history_print(window: Frame, uid: str) -> PrintDialog:
    """Print the history of a member."""
    branch, masked = window.desk.branch, not window.desk.revealed
    file = members.member_file(branch, uid)
    name = paper_name(_("修改记录"), file.name if file else "", clock.today().strftime("%Y%m%d"))
    make = partial(history_paper, branch, uid, masked=masked)
    dialog = PrintDialog(_("修改记录"), make, window, name=name)
    dialog.open()
    return dialog
