"""The workbook that is imported, and what each of its sheets and columns is taken for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from branchdesk.documents.workbook_cells import Cell, Row, Sheet, Workbook
from branchdesk.documents.workbook_opening import open_workbook
from branchdesk.domain.names import same_name_key
from branchdesk.domain.organisations import OrganisationKind, OrganisationTree
from branchdesk.domain.sheet_contents import Reader, Sense, anything_goes, sense_of
from branchdesk.domain.sheets import (
    Certainty,
    Column,
    SheetLayout,
    TableRow,
    understand,
    understand_all,
)
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.services.member_edits import member_form
from branchdesk.services.organisations import organisation_tree
from branchdesk.services.roster_import.cell_texts import CellReader
from branchdesk.storage import imports as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Change, canonical
from branchdesk.storage.derived import surroundings
from branchdesk.storage.tables import import_memory

NEW_BRANCH = "new:"  # before the name of a branch that is to be founded


@dataclass(frozen=True)
class Source:
    """A workbook on disk and what was read from it."""

    path: Path
    sha256: str
    workbook: Workbook

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name


def open_source(path: Path, progress: Progress = SILENT) -> Source:
    """Read a workbook in a fenced child process. Raises Problem for one that cannot be read."""
    workbook = open_workbook(path, progress)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(path, digest, workbook)


@dataclass(frozen=True)
class ImportOptions:
    """What the clerk decided for the whole import.

    `hidden_rows` are imported too, `damaged_numbers` lets rows in whose identity number Excel damaged,
    without the number, and `missing_groups` founds groups that the sheet names and the tree does not have.
    `category` is what new members are whose row does not say; without it such rows are refused.
    """

    category: str | None = None
    hidden_rows: bool = False
    damaged_numbers: bool = False
    missing_groups: bool = True


@dataclass(frozen=True)
class SheetChoice:
    """What one sheet is taken for.

    `mapping` gives the field of a column by its place, `target` the uid of the organisation that its
    people belong to, or NEW_BRANCH and a name; a sheet that is not `wanted` is left out. `reader` says what
    texts come to in this branch's file.
    """

    sheet: Sheet
    layout: SheetLayout
    mapping: Mapping[int, str] = field(default_factory=dict)
    target: str = ""
    wanted: bool = True
    remembered: bool = False
    reader: Reader = field(default=anything_goes, repr=False, compare=False)

    @cached_property
    def rows(self) -> dict[int, Row]:
        """The rows of the sheet by their number."""
        return {row.number: row for row in self.sheet.rows}

    def cells(self, row: TableRow) -> dict[str, Cell]:
        """The cells of one row by field; merged cells above lend theirs, a slipped row is not put right."""
        own = self.rows[row.number]
        found = {}
        for place, field_id in self.mapping.items():
            lender = row.borrowed.get(place)
            found[field_id] = (self.rows[lender] if lender else own).cell(place)
        return found

    @property
    def has_name(self) -> bool:
        """Whether a column holds the names."""
        return "name" in self.mapping.values()


def headings() -> dict[str, str]:
    """Every heading that means a field of the member's file."""
    return {heading: spec.id for spec in member_form().fields for heading in spec.headings}


def propose(branch: Branch, source: Source) -> list[SheetChoice]:
    """What each sheet seems to be: by its headings, what stands below, and what was agreed on before."""
    sheets = source.workbook.sheets
    with branch.read() as connection:
        reader = CellReader(surroundings(connection)).sense
    tree = organisation_tree(branch)
    choices = []
    layouts = understand_all([sheet.grid() for sheet in sheets], headings(), reader)
    for sheet, understood in zip(sheets, layouts, strict=True):
        layout = _category_settled(sheet, understood, reader)
        choice = SheetChoice(sheet, layout, _mapping(layout), _target(tree, layout), reader=reader)
        choice = _as_remembered(branch, choice)
        choices.append(replace(choice, wanted=choice.has_name and not sheet.hidden))
    return choices


def with_header_row(choice: SheetChoice, row: int) -> SheetChoice:
    """The choice with the headings in a row that the clerk pointed at."""
    understood = understand(choice.sheet.grid(), headings(), row, choice.reader)
    layout = _category_settled(choice.sheet, understood, choice.reader)
    fresh = replace(choice, layout=layout, mapping=_mapping(layout), remembered=False)
    return replace(fresh, wanted=fresh.has_name)


def _mapping(layout: SheetLayout) -> dict[int, str]:
    """Fields by column."""
    return {column.index: column.field for column in layout.columns if column.field is not None}


def _category_settled(sheet: Sheet, layout: SheetLayout, reader: Reader) -> SheetLayout:
    """The layout with 党籍状态 taken for full or probationary where that stands below it, and nowhere else.

    Such a column is taken before one whose heading is right and whose texts do not say which (domain 13.3).
    """
    state, category = layout.column_of("state"), layout.column_of("category")
    if state is None or _sense_below(sheet, layout, state, reader) is not Sense.VALUE:
        return layout
    if category is not None and _sense_below(sheet, layout, category, reader) is Sense.VALUE:
        return layout
    columns = [
        replace(column, field="category")
        if column is state
        else replace(column, field=None, certainty=Certainty.UNKNOWN)
        if column is category
        else column
        for column in layout.columns
    ]
    return replace(layout, columns=tuple(columns))


def _sense_below(sheet: Sheet, layout: SheetLayout, column: Column, reader: Reader) -> Sense:
    """What the texts of a column come to as full or probationary membership."""
    wanted = {row.number for row in layout.table_rows}
    texts = (row.cell(column.index).text.strip() for row in sheet.rows if row.number in wanted)
    return sense_of(texts, "category", reader)


def targets(branch: Branch, choices: Sequence[SheetChoice]) -> list[tuple[str, str]]:
    """Where the people of a sheet may belong: value and name; new branches only below a committee."""
    tree = organisation_tree(branch)
    found = [(one.organisation, one.name) for one in tree.walk() if one.kind.holds_members]
    roots = tree.roots()
    if roots and roots[0].kind in {OrganisationKind.COMMITTEE, OrganisationKind.GENERAL_BRANCH}:
        known = {same_name_key(name) for one in tree.walk() for name in (one.full_name, one.short_name)}
        for choice in choices:
            name = choice.layout.organisation or choice.layout.unit
            if name and same_name_key(name) not in known:
                found.append((f"{NEW_BRANCH}{name}", _("新设 {name}", name=name)))
    return list(dict.fromkeys(found))


def organisation_named(tree: OrganisationTree, text: str) -> str | None:
    """The organisation that holds members and is called so; part of the full name is enough when unique."""
    key = same_name_key(text)
    if not key:
        return None
    holding = [one for one in tree.walk() if one.kind.holds_members]
    for one in holding:
        if key in {same_name_key(one.full_name), same_name_key(one.short_name)}:
            return one.organisation
    close = [one for one in holding if key in same_name_key(one.full_name)]
    return close[0].organisation if len(close) == 1 else None


def _target(tree: OrganisationTree, layout: SheetLayout) -> str:
    """Where the people of a sheet belong as far as that can be told; empty where the clerk must say."""
    holding = [one.organisation for one in tree.walk() if one.kind.holds_members]
    for text in (layout.organisation, layout.unit):
        named = organisation_named(tree, text)
        if named is not None:
            return named
    if len(holding) == 1:
        return holding[0]
    roots = tree.roots()
    below_committee = roots and roots[0].kind is not OrganisationKind.BRANCH
    return f"{NEW_BRANCH}{layout.organisation}" if layout.organisation and below_committee else ""


# ---- what was agreed on before


def signature(choice: SheetChoice) -> str:
    """By what a sheet is known again: its headings in their order."""
    return canonical([column.heading for column in choice.layout.columns])


def _as_remembered(branch: Branch, choice: SheetChoice) -> SheetChoice:
    with branch.read() as connection:
        known = questions.remembered_mapping(connection, signature(choice))
    if known is None:
        return choice
    form = member_form()
    mapping = {
        int(place): field_id for place, field_id in json.loads(known).items() if field_id in form.by_id
    }
    return replace(choice, mapping=mapping, remembered=True)


def remember(change: Change, choices: Sequence[SheetChoice]) -> None:
    """Keep the mappings for the next workbook with the same headings, as a part of the import.

    What was agreed on before stays beside the new mapping, so that one import can be undone without another.
    """
    for choice in choices:
        mapping = canonical({str(place): field_id for place, field_id in choice.mapping.items()})
        if questions.remembered_mapping(change.connection, signature(choice)) != mapping:
            change.insert(import_memory, {"headings": signature(choice), "mapping": mapping})
