"""The branch files of every released schema that lie in `data/branch_files`."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from branchdesk.services import history, rosters
from branchdesk.services.inspections import issues
from branchdesk.services.inspections import reading as inspected
from branchdesk.services.meetings import reading
from branchdesk.storage.branch import Branch

FOLDER = Path(__file__).resolve().parent.parent / "data" / "branch_files"
SCHEMAS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def old_branch(schema: str, target: Path) -> Path:
    """A copy of the branch file of a schema, in the folder `target`."""
    shutil.copytree(FOLDER / schema, target)
    (target / "told.json").unlink()
    return target


def told_then(schema: str) -> dict[str, Any]:
    """What the program of that time said about the file."""
    told: dict[str, Any] = json.loads((FOLDER / schema / "told.json").read_text(encoding="utf-8"))
    return told


def told_now(branch: Branch, days: list[str]) -> dict[str, Any]:
    """What this program says about it."""
    report = history.check_chain(branch)
    on_day = {
        day: sorted(
            row.values["name"] or "" for row in rosters.roster_on(branch, date.fromisoformat(day)).rows
        )
        for day in days
    }
    told = {"changes": report.changes, "chain_head": report.head, "roster_on": on_day}
    meetings = [[row.title, row.present] for row in reading.meeting_list(branch)]
    inspections = [[row.title, str(row.check_score)] for row in inspected.inspection_list(branch)]
    problems = [[row.issue.text, row.state.value] for row in issues.issue_list(branch)]
    more = {"meetings": meetings, "inspections": inspections, "issues": problems}
    return {**told, **{name: rows for name, rows in more.items() if rows}}
