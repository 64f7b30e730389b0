"""Importing a roster: read the workbook, agree on columns, look at every row, then write it as one step."""

from __future__ import annotations

from branchdesk.services.roster_import.applying import ImportResult, apply_import, refused_workbook
from branchdesk.services.roster_import.plan import ImportPlan, PlannedRow, Verdict
from branchdesk.services.roster_import.planning import plan_import
from branchdesk.services.roster_import.sources import (
    NEW_BRANCH,
    ImportOptions,
    SheetChoice,
    Source,
    open_source,
    propose,
    targets,
)

__all__ = [
    "NEW_BRANCH",
    "ImportOptions",
    "ImportPlan",
    "ImportResult",
    "PlannedRow",
    "SheetChoice",
    "Source",
    "Verdict",
    "apply_import",
    "open_source",
    "plan_import",
    "propose",
    "refused_workbook",
    "targets",
]
