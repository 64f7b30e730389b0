"""A filled form as paper reads it: the text of every box, in Chinese, with the word for what is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from branchdesk.domain.meetings.model import AttachedFile, Line
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field, Form, FormTable, visible_fields
from branchdesk.i18n import speaking_chinese

_OF_PEOPLE = "attendance."
_LONG = 40  # characters; a longer text wants the whole width


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what it holds. `figures` are the texts of computed fields by what they compute.

    `files` stand in the evidence slots of the form.
    """

    form: Form
    values: Mapping[str, str]
    lines: Mapping[str, Sequence[Line]]
    vocabulary: Vocabulary
    figures: Mapping[str, str] = field(default_factory=dict)
    files: tuple[AttachedFile, ...] = ()

    def visible(self) -> list[Field]:
        """The fields that what is filled in lets appear."""
        return visible_fields(self.form, self.values)

    def text(self, one: Field) -> str:
        """What stands in a box; empty where nothing does."""
        if one.type.name == "computed":
            return self.figure(one.figure)
        if one.type.name == "attachments":
            return "、".join(file.name for file in self.files if file.slot == one.id)
        return self._spelled(one, self.values.get(one.id))

    def figure(self, name: str) -> str:
        """A figure; numbers of people with their unit."""
        text = self.figures.get(name, "")
        return f"{text} 人" if name.startswith(_OF_PEOPLE) and text.isdecimal() else text

    def box(self, one: Field) -> str:
        """What a box prints: its text, or the word for an empty one; a place to sign stays empty."""
        return self.text(one) or ("" if one.type.name == "signature" else self.form.blank)

    def is_long(self, one: Field) -> bool:
        """Whether a field wants the whole width of the paper."""
        return one.type.name == "long_text" or len(self.text(one)) > _LONG

    def rows(self, table: FormTable) -> list[tuple[str, ...]]:
        """The lines of a table of the form's own, as texts."""
        return [
            tuple(self._spelled(one, line.values.get(one.id)) for one in table.fields)
            for line in self.lines.get(table.id, ())
        ]

    def people(self, table: FormTable) -> list[str]:
        """The lines of a table of people, each name with what else is said of it: 李明（入党积极分子）."""
        return [_with_the_rest([text for text in row if text]) for row in self.rows(table) if any(row)]

    def listed(self, table: FormTable) -> str:
        """The lines of a table one after another."""
        return "、".join(self.people(table))

    def _spelled(self, one: Field, value: str | None) -> str:
        if not value:
            return ""
        with speaking_chinese():
            return one.type.spelled(one, value, self.vocabulary)


def _with_the_rest(texts: Sequence[str]) -> str:
    name, *rest = texts
    return f"{name}（{'，'.join(rest)}）" if rest else name
