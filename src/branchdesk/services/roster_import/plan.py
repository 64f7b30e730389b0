"""What an import is going to do: every row of the workbook with its verdict, nothing written yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from branchdesk.findings import Finding
from branchdesk.services.member_edits import ReadField
from branchdesk.services.roster_import.sources import ImportOptions, SheetChoice, Source

Place = tuple[int, int]  # sheet, row


class Verdict(StrEnum):
    """What will become of a row."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class PlannedRow:
    """One row of the workbook and what will become of it.

    `sheet` is the place of its sheet, `number` the row as the table program counts; `read` what was
    understood, `uid` the member that it changes, `reason` why it is refused.
    """

    sheet: int
    number: int
    texts: Mapping[str, str]
    read: tuple[ReadField, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    reason: str = ""
    uid: str | None = None
    target: str = ""
    new_group: str = ""
    changes: int = 0

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return self.sheet, self.number

    def value(self, field_id: str) -> str | None:
        """What was understood of one field."""
        return next((one.value for one in self.read if one.field.id == field_id), None)


@dataclass(frozen=True)
class ImportPlan:
    """Every row with its verdict; nothing is written yet.

    `seen` is the number of the newest change of the file when the rows were looked at.
    """

    source: Source
    choices: Sequence[SheetChoice]
    options: ImportOptions
    rows: Sequence[PlannedRow]
    seen: int
    hidden: int = 0

    def counts(self) -> dict[Verdict, int]:
        """How many rows there are of each verdict."""
        found = dict.fromkeys(Verdict, 0)
        for row in self.rows:
            found[row.verdict] += 1
        return found

    @property
    def new_groups(self) -> list[str]:
        """The groups that will be founded."""
        return list(dict.fromkeys(row.new_group for row in self.rows if row.new_group))

    @property
    def with_findings(self) -> list[PlannedRow]:
        """The rows that want a look."""
        return [row for row in self.rows if row.findings or row.verdict is Verdict.REFUSED]
