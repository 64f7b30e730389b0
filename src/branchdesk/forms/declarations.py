"""What a form declares: sections of fields, repeating tables, signatures, its meeting and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from branchdesk.forms.evaluation_words import EvaluationWords
from branchdesk.forms.fields import Field
from branchdesk.forms.point_words import PointsWords
from branchdesk.i18n import choose

INDICATOR = "indicator"  # the type of the fields that are lines of an inspection


@dataclass(frozen=True)
class Section:
    """A titled part of a form; `phase` tells for meetings whether it is filled before, at or after them."""

    id: str
    label: str
    label_en: str
    phase: str = "held"
    hidden: bool = False

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True)
class FormTable:
    """A repeating part of a form: one of the real tables of a meeting, or lines with fields of its own."""

    id: str
    label: str
    label_en: str
    section: str
    holds: str = "lines"
    help: str = ""
    help_en: str = ""
    fields: tuple[Field, ...] = ()

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.label, self.label_en)

    def hint(self) -> str:
        """The help in the language in use."""
        return choose(self.help, self.help_en)

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """The fields of a line by their id."""
        return {field.id: field for field in self.fields}


@dataclass(frozen=True)
class Signature:
    """A place to sign at the end of the paper, and who signs there."""

    id: str
    label: str
    label_en: str
    who: str

    def shown(self) -> str:
        """The label in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """What makes a form one of meetings.

    `counts` are ids of activity rules that one such meeting fulfils, `expected` tells who is expected,
    `study_hours` which kind of study hours being there earns, `layout` which paper it is printed on.
    """

    counts: tuple[str, ...] = ()
    expected: str = "members"
    votes: bool = False
    study_hours: str = ""
    layout: str = "book"


@dataclass(frozen=True, slots=True)
class GradeWords:
    """One grade and the least score, of a hundred, that earns it."""

    code: str
    label: str
    label_en: str
    at_least: Decimal

    def shown(self) -> str:
        """The grade in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True, slots=True)
class InspectionWords:
    """What makes a form one of inspections: its grades, the highest first, and the most that a bonus adds.

    The lowest grade is the one of a form that was vetoed.
    """

    grades: tuple[GradeWords, ...]
    bonus_cap: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PaperCell:
    """One cell of the ruled head: a printed label, the value of a field, or a figure; `columns` are joined.

    A `field` may also be a table of the form's own, whose lines are printed one after another.
    """

    label: str = ""
    field: str = ""
    figure: str = ""
    columns: int = 1


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row of the ruled head."""

    cells: tuple[PaperCell, ...]


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The title and the ruled head of the paper; `head_widths` are the widths of its columns in mm."""

    title: str
    head_widths: tuple[int, ...] = ()
    rows: tuple[PaperRow, ...] = ()


@dataclass(frozen=True)
class Form:
    """One form kind in one version.

    `blank` is what paper prints for an empty box, `archive` and `retention` (permanent, or years) say where
    the signed paper goes; `paper` is None for the plain layout.
    """

    kind: str
    version: int
    title: str
    title_en: str
    subject: str
    period: str
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    checks: tuple[str, ...]
    tables: tuple[FormTable, ...] = ()
    signatures: tuple[Signature, ...] = ()
    blank: str = ""
    archive: str = ""
    retention: str = ""
    meeting: MeetingWords | None = None
    inspection: InspectionWords | None = None
    points: PointsWords | None = None
    evaluation: EvaluationWords | None = None
    paper: PaperWords | None = None

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.title, self.title_en)

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """The fields by their id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def tables_by_id(self) -> dict[str, FormTable]:
        """The tables by their id."""
        return {table.id: table for table in self.tables}

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields whose value is stored with the form itself."""
        return tuple(field for field in self.fields if not field.source and field.type.is_stored)

    @cached_property
    def slots(self) -> tuple[Field, ...]:
        """The attachment slots."""
        return tuple(field for field in self.fields if field.type.name == "attachments")

    @cached_property
    def indicators(self) -> tuple[Field, ...]:
        """The lines of an inspection that are not hidden, in order."""
        closed = {section.id for section in self.sections if section.hidden}
        return tuple(
            field
            for field in self.fields
            if field.type.name == INDICATOR and not field.hidden and field.section not in closed
        )

    def by_role(self, role: str) -> Field | None:
        """The field that plays a part the program has to find, such as `when` or `chair`."""
        return next((field for field in self.fields if field.role == role), None)

    def table_of(self, holds: str) -> FormTable | None:
        """The table that holds one of the real tables of a meeting."""
        return next((table for table in self.tables if table.holds == holds), None)

    def in_section(self, section: str) -> tuple[Field, ...]:
        """The fields of a section that are not hidden, in order."""
        return tuple(field for field in self.fields if field.section == section and not field.hidden)

    def tables_in(self, section: str) -> tuple[FormTable, ...]:
        """The tables of a section, in order."""
        return tuple(table for table in self.tables if table.section == section)
