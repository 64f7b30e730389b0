"""The sample workbooks imported into a branch: each row as expected, and one step back takes it all away."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from branchdesk.domain.organisations import OrganisationTree
from branchdesk.findings import Finding
from branchdesk.services import members, organisations, roster_import
from branchdesk.services.roster_import import ImportOptions, ImportPlan, PlannedRow
from branchdesk.storage.branch import Branch
from support.branches import SettableClock
from support.contents import assert_sound, facts

DATA = Path(__file__).parent.parent / "data"
WORKBOOKS = DATA / "workbooks"
STORED = re.compile(r"(.+?) ([a-z_]+) (.+)")
EXPECTED: list[dict[str, Any]] = tomllib.loads((DATA / "expected_imports.toml").read_text(encoding="utf-8"))[
    "import"
]


def planned(branch: Branch, expected: dict[str, Any]) -> ImportPlan:
    """The plan of a clerk who agrees with everything that is proposed."""
    source = roster_import.open_source(WORKBOOKS / expected["file"])
    choices = roster_import.propose(branch, source)
    return roster_import.plan_import(branch, source, choices, ImportOptions(expected.get("category")))


def mark(finding: Finding) -> str:
    """A finding as the table of expectations writes it."""
    return f"{finding.field or 'row'} {finding.code}"


def line(plan: ImportPlan, row: PlannedRow, every: list[str]) -> str:
    """A row as the table of expectations writes it."""
    several = sum(choice.wanted for choice in plan.choices) > 1
    place = f"{plan.choices[row.sheet].sheet.name}!{row.number}" if several else str(row.number)
    marks = [mark(finding) for finding in row.findings]
    assert set(every) <= set(marks)
    first = f"{place} {row.verdict} {row.value('name') or ''}".strip()
    reason = [row.reason] if row.reason else []
    return " | ".join([first, *reason, *(one for one in marks if one not in every)])


def held(branch: Branch, tree: OrganisationTree, name: str, field: str) -> str:
    """What the file of the first member of a name holds; a group by its name, nothing as a stroke."""
    file = next(
        found
        for found in (members.member_file(branch, uid) for uid in facts(branch)["member"])
        if found is not None and found.name == name
    )
    value = file.values[field]
    return tree[value].name if field == "group" and value else value or "-"


def test_every_sample_is_in_the_table_of_expectations() -> None:
    files = {path.name for path in WORKBOOKS.iterdir() if path.is_file()} - {"expected.toml"}
    assert {expected["file"] for expected in EXPECTED} == files


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected["file"])
def test_a_sample_is_imported_as_expected_and_one_undo_takes_all_of_it_back(
    branch: Branch, the_clock: SettableClock, expected: dict[str, Any]
) -> None:
    the_clock.move(seconds=1)
    plan = planned(branch, expected)
    assert [line(plan, row, expected.get("every", [])) for row in plan.rows] == expected.get("rows", [])
    assert plan.new_groups == expected.get("groups", [])
    assert plan.hidden == expected.get("hidden", 0)
    before = facts(branch)

    result = roster_import.apply_import(branch, plan)
    assert result.sentence() == expected["said"]
    tree = organisations.organisation_tree(branch)
    for told in expected.get("stored", []):
        name, field, value = STORED.findall(told)[0]
        assert f"{name} {field} {held(branch, tree, name, field)}" == f"{name} {field} {value}"
    after = facts(branch)

    undone = branch.undo(result.changes.seq)
    assert facts(branch) == before
    branch.undo(undone.seq)
    assert facts(branch) == after
    assert_sound(branch)


@pytest.mark.parametrize("file", ["plain.xlsx", "merged_groups.xlsx", "two_row_header.xlsx", "dates.xlsx"])
def test_importing_the_same_workbook_again_changes_nobody(branch: Branch, file: str) -> None:
    expected = next(one for one in EXPECTED if one["file"] == file)
    roster_import.apply_import(branch, planned(branch, expected))
    before = facts(branch)
    again = planned(branch, expected)
    assert not {row.verdict for row in again.rows} & {"new", "update"}
    changed = roster_import.apply_import(branch, again).changes.touched
    assert set(changed) == {"attachment"}, "only the file itself is kept once more"
    assert {name: rows for name, rows in facts(branch).items() if name != "attachment"} == {
        name: rows for name, rows in before.items() if name != "attachment"
    }
