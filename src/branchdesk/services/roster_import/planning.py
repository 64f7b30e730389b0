"""Looks at every row before anything is written: who it is, what is new, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.services.roster_import.cell_texts import CellReader
from branchdesk.services.roster_import.drafts import Drafting
from branchdesk.services.roster_import.groups import GroupFinder
from branchdesk.services.roster_import.judging import Judge, known_people
from branchdesk.services.roster_import.plan import ImportPlan, Place, Verdict
from branchdesk.services.roster_import.sources import ImportOptions, SheetChoice, Source
from branchdesk.storage import organisations as organisation_questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import surroundings
from branchdesk.storage.journal import chain_head


def plan_import(
    branch: Branch,
    source: Source,
    choices: Sequence[SheetChoice],
    options: ImportOptions,
    fixes: Mapping[tuple[int, int, str], str] | None = None,
    decisions: Mapping[Place, Verdict] | None = None,
    progress: Progress = SILENT,
) -> ImportPlan:
    """Look at every row of the wanted sheets.

    `fixes` are texts that the clerk put right, by sheet, row and field; `decisions` what the clerk said
    about rows that could not be settled. A blank cell never overwrites anything, and a name alone never
    tells who somebody is.
    """
    with branch.read() as connection:
        around = surroundings(connection)
        tree = organisation_questions.tree(connection, around.today)
        seen, _hash = chain_head(connection)
    groups = GroupFinder(around, found_missing=options.missing_groups)
    drafting = Drafting(CellReader(around), tree, groups, choices, options, fixes or {})
    drafts = drafting.all_rows()
    people = known_people(branch, drafts, progress.part(0.0, 0.2))
    sheets = [choice.sheet.name for choice in choices]
    judge = Judge(people, groups, options, decisions or {}, around, sheets)
    rows = [
        judge.judged(draft)
        for draft in progress.part(0.2, 1.0).over(drafts, len(drafts), _("正在核对每一行…"))
    ]
    hidden = sum(row.hidden for choice in choices if choice.wanted for row in choice.layout.table_rows)
    return ImportPlan(source, choices, options, rows, seen, hidden)
