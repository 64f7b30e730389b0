"""Reads the rows of the wanted sheets, before anybody asks who they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from branchdesk.documents.workbook_cells import Cell, Kind
from branchdesk.domain.organisations import OrganisationTree
from branchdesk.domain.sheets import TableRow
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.services.member_edits import ReadField, member_form, read_field
from branchdesk.services.roster_import.cell_texts import CellReader, split_degree
from branchdesk.services.roster_import.groups import GroupFinder
from branchdesk.services.roster_import.plan import PlannedRow, Verdict
from branchdesk.services.roster_import.sources import (
    NEW_BRANCH,
    ImportOptions,
    SheetChoice,
    organisation_named,
)

SHIFTED = "shifted"
_COUNT = re.compile(r"\s*[（(][^（）()]*[）)]$")  # how many they are, behind the name of a group


class Drafting:
    """Reads the rows: what each cell means, where the person belongs, which group is missing."""

    def __init__(
        self,
        reader: CellReader,
        tree: OrganisationTree,
        groups: GroupFinder,
        choices: Sequence[SheetChoice],
        options: ImportOptions,
        fixes: Mapping[tuple[int, int, str], str],
    ) -> None:
        self._reader = reader
        self._tree = tree
        self._groups = groups
        self._choices = choices
        self._options = options
        self._fixes = fixes

    def all_rows(self) -> list[PlannedRow]:
        """Every row of the wanted sheets, before anybody asked who it is."""
        return [
            self._row(place, choice, row)
            for place, choice in enumerate(self._choices)
            if choice.wanted
            for row in choice.layout.table_rows
            if self._options.hidden_rows or not row.hidden
        ]

    def _row(self, place: int, choice: SheetChoice, row: TableRow) -> PlannedRow:
        texts: dict[str, str] = {}
        read: dict[str, ReadField] = {}
        for field_id, cell in choice.cells(row).items():
            fixed = self._fixes.get((place, row.number, field_id))
            wanted = cell if fixed is None else Cell(fixed, Kind.TEXT)
            texts[field_id], one = self._reader.read(field_id, wanted)
            if one is not None:
                read[field_id] = one
        around = self._reader.around
        section = _COUNT.sub("", row.section)
        if not texts.get("group") and section.endswith("组"):
            texts["group"], one = self._reader.read("group", Cell(section, Kind.TEXT))
            read |= {"group": one} if one is not None else {}
        for field_id, text in split_degree(texts, around).items():
            read[field_id] = read_field(member_form().by_id[field_id], text, around)
        target, remark = self._home(choice, texts.get("organisation", ""))
        group = ""
        if "group" in read:
            read["group"], group = self._groups.placed(read["group"], texts["group"], target)
        findings = [finding for one in read.values() for finding in one.findings]
        if row.shifted:
            sentence = _("这一行的内容好像错开了 {n} 列，请对照原表核对。", n=abs(row.shifted))
            findings.append(Finding(SHIFTED, Severity.ERROR, sentence))
        findings = [finding for finding in findings if finding.field != "organisation"]
        findings += [remark] if remark else []
        if group:
            findings = [finding for finding in findings if finding.field != "group"]
        return PlannedRow(
            place,
            row.number,
            texts,
            tuple(one for key, one in read.items() if key != "organisation"),
            tuple(findings),
            Verdict.NEW,
            target=target,
            new_group=group,
        )

    def _home(self, choice: SheetChoice, named: str) -> tuple[str, Finding | None]:
        """The branch that the row names, else that of the sheet."""
        if not named:
            return choice.target, None
        target = organisation_named(self._tree, named)
        if target is not None:
            return target, None
        if choice.target.removeprefix(NEW_BRANCH) == named:
            return choice.target, None
        sentence = _("“{name}”不在组织里，这名党员会放到选定的支部。", name=named)
        return choice.target, Finding("unknown_organisation", Severity.WARN, sentence, "organisation")
