"""Rosters to be imported: small workbooks, and the way from a file to a plan and into the branch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from branchdesk.domain.members import Category
from branchdesk.services import roster_import
from branchdesk.services.roster_import import ImportOptions, ImportPlan, ImportResult, Source, Verdict
from branchdesk.storage.branch import Branch
from support.workbook_parts import read_here

Value = str | int | float | date | None
Line = str | Sequence[Value]
FULL = ImportOptions(category=Category.FULL)


def write_roster(path: Path, *lines: Line, **sheets: Sequence[Line]) -> Path:
    """A workbook with these lines, values or texts parted by bars, and `sheets` behind by their names."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _fill(first, lines)
    for name, content in sheets.items():
        _fill(book.create_sheet(name), content)
    if not lines and sheets:
        book.remove(first)
    book.save(path)
    return path


def _fill(sheet: Worksheet, lines: Sequence[Line]) -> None:
    for number, line in enumerate(lines, start=1):
        values = line.split("|") if isinstance(line, str) else line
        for column, value in enumerate(values, start=1):
            if value not in {None, ""}:
                sheet.cell(number, column, value)


def plan_file(
    branch: Branch,
    path: Path,
    options: ImportOptions = FULL,
    *,
    target: str = "",
    fixes: Mapping[tuple[int, int, str], str] | None = None,
    decisions: Mapping[tuple[int, int], Verdict] | None = None,
) -> ImportPlan:
    """What will become of a workbook, with every proposal agreed to; `target` is another place for all.

    The workbook is read in this process, which is much faster than through the fence.
    """
    source = Source(path, hashlib.sha256(path.read_bytes()).hexdigest(), read_here(path))
    choices = roster_import.propose(branch, source)
    if target:
        choices = [replace(choice, target=target) for choice in choices]
    return roster_import.plan_import(branch, source, choices, options, fixes, decisions)


def import_file(branch: Branch, path: Path, options: ImportOptions = FULL) -> ImportResult:
    """Import a workbook, with every proposal agreed to."""
    return roster_import.apply_import(branch, plan_file(branch, path, options))


def told(plan: ImportPlan) -> list[tuple[int, Verdict, str]]:
    """Row, verdict and reason of every row."""
    return [(row.number, row.verdict, row.reason) for row in plan.rows]


def codes(plan: ImportPlan, row: int = 0) -> list[str]:
    """The codes of what was noticed in the row at a place of the plan."""
    return [finding.code for finding in plan.rows[row].findings]
