"""The words of the form language in one place: what a form declares, read, and the forms that ship."""

from __future__ import annotations

from functools import cache

from branchdesk.forms.declarations import (
    Form,
    FormTable,
    GradeWords,
    InspectionWords,
    MeetingWords,
    PaperCell,
    PaperRow,
    PaperWords,
    Section,
    Signature,
)
from branchdesk.forms.evaluation_words import (
    DimensionWords,
    EvaluationWords,
    PartWords,
    ProcedureWords,
    QuotaWords,
    StepWords,
)
from branchdesk.forms.fields import Condition, Deduction, Field, Reading, Slot
from branchdesk.forms.form_reading import read_form, read_form_text
from branchdesk.forms.point_words import BucketWords, PointRuleWords, PointsWords
from branchdesk.forms.toml_files import TomlFile
from branchdesk.forms.visibility import visible_fields
from branchdesk.paths import form_folder


@cache
def shipped_form(kind: str) -> Form:
    """The newest version of a form kind that ships with the program."""
    return read_form(TomlFile(form_folder(kind, "form.toml")))


def shipped_kinds() -> list[str]:
    """The form kinds that ship with the program."""
    return sorted(path.parent.name for path in form_folder().glob("*/form.toml"))


__all__ = [
    "BucketWords",
    "Condition",
    "Deduction",
    "DimensionWords",
    "EvaluationWords",
    "Field",
    "Form",
    "FormTable",
    "GradeWords",
    "InspectionWords",
    "MeetingWords",
    "PaperCell",
    "PaperRow",
    "PaperWords",
    "PartWords",
    "PointRuleWords",
    "PointsWords",
    "ProcedureWords",
    "QuotaWords",
    "Reading",
    "Section",
    "Signature",
    "Slot",
    "StepWords",
    "read_form",
    "read_form_text",
    "shipped_form",
    "shipped_kinds",
    "visible_fields",
]
