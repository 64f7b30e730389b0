"""The roster as a grid: one row a member, one column a field of the member's file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from branchdesk.domain.identity import masked_identity
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.findings import Finding, gravest
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.services import members
from branchdesk.services.member_edits import member_form
from branchdesk.services.members import Home, Outcome
from branchdesk.services.organisations import organisation_tree
from branchdesk.services.rosters import FIRST_COLUMNS, Roster, RosterRow
from branchdesk.ui.desk import Desk
from branchdesk.ui.grid.model import Cell, Column, Edit, GridTableModel

_KEPT_CELLS = 4000


def ordered_fields() -> list[Field]:
    """The fields in the order of the grid: the usual ones first, then the rest of the file."""
    form = member_form()
    first = [form.by_id[field_id] for field_id in FIRST_COLUMNS]
    return first + [field for field in form.fields if field not in first]


class RosterTableModel(GridTableModel):
    """Shows a Roster. `entered` tells the outcome of every edit."""

    entered = Signal(object)

    def __init__(self, desk: Desk, roster: Roster, parent: QObject | None = None) -> None:
        self.fields = ordered_fields()
        vocabulary = roster.around.vocabulary
        columns = [
            Column(
                field.id,
                f"{field.shown()} *" if field.required else field.shown(),
                field.width,
                field.read_only,
                field.type.latin,
                _words(field, vocabulary),
            )
            for field in self.fields
        ]
        super().__init__(columns, parent)
        self._desk = desk
        self.roster = roster
        self.home: Home | None = None
        self._cells: dict[tuple[int, int], Cell] = {}
        self._remarks: dict[int, dict[str, Finding]] = {}

    def look_again(self) -> None:
        """Forget what was read; called when the roster was reloaded."""
        self.beginResetModel()
        self._cells.clear()
        self._remarks.clear()
        self.home = self._find_home()
        self.endResetModel()

    def refresh_cells(self) -> None:
        """Read the cells anew while rows and their order stay."""
        self._cells.clear()
        self._remarks.clear()
        last = self.index(max(self.rowCount() - 1, 0), len(self.columns) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    # ---- GridTableModel

    @override
    def records(self) -> int:
        return len(self.roster)

    @property
    @override
    def accepts_new(self) -> bool:
        return self.home is not None

    def _find_home(self) -> Home | None:
        """Where a new member would belong; None where the tree shows several branches or a list."""
        place = self.roster.place
        if place.uid is None or self.roster.query.only_findings:
            return None
        tree = organisation_tree(self._desk.branch)
        version = tree.get(place.uid)
        if version is None:
            return None
        if version.kind is OrganisationKind.GROUP and version.parent:
            return Home(version.parent, version.organisation)
        return Home(version.organisation) if version.kind.holds_members else None

    @override
    def cell(self, row: int, column: int) -> Cell:
        known = self._cells.get((row, column))
        if known is None:
            if len(self._cells) > _KEPT_CELLS:
                self._cells.clear()
            known = self._cells[row, column] = self._make_cell(row, self.fields[column])
        return known

    def _make_cell(self, row: int, field: Field) -> Cell:
        member = self.roster.row(row)
        if member is None:
            return Cell()
        text = field.type.show(field, member.values.get(field.id), self.roster.around.vocabulary)
        finding = self.remarks(row, member).get(field.id)
        hidden = field.private and not self._desk.revealed and bool(text)
        return Cell(
            text=masked_identity(text) if hidden else text,
            edit_text="" if hidden else text,
            severity=finding.severity if finding else None,
            sentence=finding.sentence if finding else "",
            tip=_("号码已隐藏；直接输入新号码可以替换。") if hidden else field.hint(),
            hidden=hidden,
        )

    def remarks(self, row: int, member: RosterRow) -> dict[str, Finding]:
        """The gravest finding of each field of a member."""
        known = self._remarks.get(row)
        if known is None:
            by_field: dict[str, list[Finding]] = defaultdict(list)
            for finding in self.roster.remarks(member):
                by_field[finding.field].append(finding)
            known = {
                field_id: worst
                for field_id, found in by_field.items()
                if (worst := gravest(found)) is not None
            }
            self._remarks[row] = known
        return known

    @override
    def write(self, edits: Sequence[Edit]) -> None:
        # A masked number that was copied says nothing about the whole one.
        whole = [edit for edit in edits if not (self.fields[edit.column].private and "*" in edit.text)]
        self._write(whole)
        if len(whole) < len(edits):
            self._desk.toast_requested.emit(_("号码隐去了中间，没有改动；要改请把整个号码重新输入一遍。"))

    def _write(self, edits: Sequence[Edit]) -> None:
        typed: dict[str, dict[str, str]] = defaultdict(dict)
        new: dict[int, dict[str, str]] = defaultdict(dict)
        rows = sorted({edit.row for edit in edits if not self.is_new(edit.row)})
        uids = dict(zip(rows, (row.uid for row in self.roster.rows(rows)), strict=False))
        for edit in edits:
            field_id = self.fields[edit.column].id
            if self.is_new(edit.row):
                new[edit.row][field_id] = edit.text
            elif edit.row in uids:
                typed[uids[edit.row]][field_id] = edit.text
        fresh = [row for _number, row in sorted(new.items()) if any(text.strip() for text in row.values())]
        if not typed and not fresh:
            return
        home = self.home

        def work() -> Outcome:
            return members.enter(self._desk.branch, typed, fresh if home else (), home)

        outcome = self._desk.do(work)
        if outcome is not None:
            self.entered.emit(outcome)


def _words(field: Field, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """The words that a cell offers; None for free text."""
    if field.type.name == "yes_no":
        return _("是"), _("否")
    if field.type.name != "choice":
        return None
    return tuple(dict.fromkeys(entry.shown() for entry in vocabulary[field.dictionary].entries))
