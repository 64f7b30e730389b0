"""The words of the form language: a form is sections of fields, each of one type, and named checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from branchdesk.forms.field_types import FIELD_TYPES, Field, Reading
from branchdesk.forms.toml_files import TomlFile, TomlTable
from branchdesk.i18n import choose
from branchdesk.paths import form_folder

SUBJECTS = ("organisation", "member", "meeting", "none")
PERIODS = ("none", "month", "quarter", "half", "year")
_ID_PATTERN = "^[a-z][a-z0-9_]{0,30}$"


@dataclass(frozen=True)
class Section:
    """A titled part of a form."""

    id: str
    label: str
    label_en: str

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True)
class Form:
    """One form kind in one version."""

    kind: str
    version: int
    title: str
    title_en: str
    subject: str
    period: str
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    checks: tuple[str, ...]

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.title, self.title_en)

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """The fields by their id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields whose value is stored with the form itself."""
        return tuple(field for field in self.fields if not field.source)

    def in_section(self, section: str) -> tuple[Field, ...]:
        """The fields of a section, in order."""
        return tuple(field for field in self.fields if field.section == section)


def _read_section(row: TomlTable) -> Section:
    section = Section(id=row.text("id"), label=row.text("label"), label_en=row.text("label_en"))
    row.done()
    return section


def _read_field(row: TomlTable) -> Field:
    type_name = row.text("type")
    if type_name not in FIELD_TYPES:
        row.refuse("type", f"{type_name!r} is no field type; known are {', '.join(FIELD_TYPES)}")
    field = Field(
        id=row.matching("id", _ID_PATTERN),
        type=FIELD_TYPES[type_name],
        label=row.text("label"),
        label_en=row.text("label_en"),
        section=row.text("section"),
        required=row.flag("required"),
        private=row.flag("private"),
        in_list=row.flag("in_list"),
        read_only=row.flag("read_only"),
        dictionary=row.text("dictionary", ""),
        source=row.text("source", ""),
        aliases=row.texts("aliases"),
        max_length=row.number("max_length", 200),
        width=row.number("width", 8),
        help=row.text("help", ""),
        help_en=row.text("help_en", ""),
        future=row.flag("future"),
    )
    if field.type.needs_dictionary and not field.dictionary:
        row.refuse("dictionary", f"is needed by the type {type_name!r}")
    if field.dictionary and not field.type.needs_dictionary:
        row.refuse("dictionary", f"is of no use to the type {type_name!r}")
    if field.help and not field.help_en:
        row.refuse("help_en", "is missing beside help")
    if field.help_en and not field.help:
        row.refuse("help", "is missing beside help_en")
    row.done()
    return field


def read_form(file: TomlFile) -> Form:
    """The form in a TOML file; a FormMistake names file, key and reason where it is wrong."""
    form = Form(
        kind=file.matching("kind", r"^[a-z]+\.[a-z_]+$"),
        version=file.number("version"),
        title=file.text("title"),
        title_en=file.text("title_en"),
        subject=file.one_of("subject", SUBJECTS),
        period=file.one_of("period", PERIODS),
        sections=tuple(_read_section(row) for row in file.rows("section")),
        fields=tuple(_read_field(row) for row in file.rows("field")),
        checks=file.texts("checks"),
    )
    file.done()
    _refuse_contradictions(form, file)
    return form


def _refuse_contradictions(form: Form, file: TomlFile) -> None:
    sections: set[str] = set()
    for place, section in enumerate(form.sections, start=1):
        if section.id in sections:
            file.refuse(f"section[{place}].id", f"{section.id!r} stands twice")
        sections.add(section.id)
    seen: set[str] = set()
    headings: dict[str, str] = {}
    for place, field in enumerate(form.fields, start=1):
        where = f"field[{place}]"
        if field.id in seen:
            file.refuse(f"{where}.id", f"{field.id!r} stands twice")
        if field.section not in sections:
            file.refuse(f"{where}.section", f"{field.section!r} is no section of this form")
        seen.add(field.id)
        for heading in dict.fromkeys(field.headings):
            if heading in headings:
                file.refuse(f"{where}.aliases", f"{heading!r} already means {headings[heading]!r}")
            headings[heading] = field.id


@cache
def shipped_form(kind: str) -> Form:
    """The newest version of a form kind that ships with the program."""
    return read_form(TomlFile(form_folder(kind, "form.toml")))


def shipped_kinds() -> list[str]:
    """The form kinds that ship with the program."""
    return sorted(path.parent.name for path in form_folder().glob("*/form.toml"))


__all__ = ["Field", "Form", "Reading", "Section", "read_form", "shipped_form", "shipped_kinds"]
