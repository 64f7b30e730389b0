"""A field of a form, and what every field type can do: read what was typed, check it and show it.

Whatever a clerk types is kept. What cannot be understood is stored as typed and carries an error, so
that nothing is lost and F8 finds it again (ux G5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from branchdesk.findings import Finding, Severity
from branchdesk.forms.dictionaries import Dictionary, Entry, Vocabulary
from branchdesk.forms.spelling import cleaned, hidden_characters
from branchdesk.i18n import _, choose

LONGEST = 32_767  # a cell of a workbook holds no more
SEPARATORS = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading a value needs besides its text: dictionaries, today, and whether a person typed it."""

    vocabulary: Vocabulary
    today: date
    typed: bool = False

    def of(self, home: str | None) -> Surroundings:
        """What values of people of one organisation need: they have its groups, and no other branch's."""
        parts = {name: dictionary.of(home) for name, dictionary in self.vocabulary.items()}
        narrowed = any(parts[name] is not dictionary for name, dictionary in self.vocabulary.items())
        return replace(self, vocabulary=parts) if narrowed else self


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a typed text: the value to store (None for empty) and what there is to say about it."""

    value: str | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """When a field is asked: if `field` of the same form or line is one of `among`, or is filled at all."""

    field: str
    among: tuple[str, ...] = ()

    @property
    def filled(self) -> bool:
        """Whether any value will do."""
        return not self.among


@dataclass(frozen=True, slots=True)
class Slot:
    """How much evidence an attachment slot takes; None for any number, no `kinds` for any kind of file."""

    most: int | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deduction:
    """How points are taken off: `amount` points for each `step` of what `kind` counts, `cap` at most.

    `per_time` and `missing` count times and things that are not there, `per_percent` the percent by which
    `target` was missed, `manual` leaves the points to whoever scores, `amount` being the usual ones. `fact`
    is the question to the records that answers by itself, empty where only people can count.
    """

    id: str
    kind: str
    amount: Decimal
    label: str = ""
    label_en: str = ""
    step: Decimal = Decimal(1)
    cap: Decimal | None = None
    target: Decimal = Decimal(100)
    fact: str = ""

    def shown(self) -> str:
        """What points are taken off for, in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True)
class Field:
    """One field of a form, or of the lines of a table, which have no section.

    `aliases` are the headings by which imports know it, `source` names where its value comes from when
    it is not stored with the form, `dictionary` the list it is chosen from, `width` its place in a grid in
    characters; `private` values are masked until a reason is given; a `future` date may lie ahead.
    `least` and `most` bound numbers (money in yuan); `choices` are words of the field's own instead of a
    dictionary; `hidden` fields keep their place but are neither asked nor printed. An indicator has the
    `number` by which papers know it, `points`, rules by which they are taken off, the `post` that answers
    for it and the `proof` that is asked; a `bonus` one adds up to its points, a `veto` one can fail it all.
    """

    id: str
    type: FieldType
    label: str
    label_en: str
    section: str
    required: bool = False
    private: bool = False
    in_list: bool = False
    read_only: bool = False
    dictionary: str = ""
    source: str = ""
    aliases: tuple[str, ...] = ()
    max_length: int = 200
    width: int = 8
    help: str = ""
    help_en: str = ""
    future: bool = False
    role: str = ""
    only_if: Condition | None = None
    default: str = ""
    prefill: str = ""
    least: int | None = None
    most: int | None = None
    choices: tuple[Entry, ...] = ()
    figure: str = ""
    slot: Slot | None = None
    points: Decimal | None = None
    deduct: tuple[Deduction, ...] = ()
    number: str = ""
    post: str = ""
    proof: str = ""
    proof_en: str = ""
    bonus: bool = False
    veto: bool = False
    not_applicable: bool = False
    hidden: bool = False

    def shown(self) -> str:
        """The label in the language in use."""
        return choose(self.label, self.label_en)

    def hint(self) -> str:
        """The help in the language in use."""
        return choose(self.help, self.help_en)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that means this field, its own label first."""
        return (self.label, self.label_en, *self.aliases)

    @cached_property
    def own_words(self) -> Dictionary:
        """The field's own choices as a dictionary."""
        return Dictionary(self.id, self.label, self.label_en, "", "", open=False, entries=self.choices)

    def words(self, vocabulary: Vocabulary) -> Dictionary:
        """The words it is chosen from: its own, or those of its dictionary."""
        return self.own_words if self.choices else vocabulary[self.type.dictionary or self.dictionary]


def error(field: Field, code: str, sentence: str) -> tuple[Finding, ...]:
    """One finding that the value cannot be right."""
    return (Finding(code, Severity.ERROR, sentence, field.id),)


def warn(field: Field, code: str, sentence: str) -> tuple[Finding, ...]:
    """One finding that the value deserves a second look."""
    return (Finding(code, Severity.WARN, sentence, field.id),)


@dataclass(frozen=True, slots=True)
class Understood:
    """A stored value with the findings of its reading."""

    value: str
    findings: tuple[Finding, ...] = ()

    def followed_by(self, findings: tuple[Finding, ...]) -> Reading:
        """The reading, with findings that were made before."""
        return Reading(self.value, (*self.findings, *findings))


class FieldType:
    """A type of field; this one is plain text on one line.

    Stored values are texts: `None` for empty, else a canonical form or, for what cannot be understood,
    the text as typed.
    """

    name = "text"
    needs_dictionary = False
    dictionary = ""  # the one dictionary that every field of the type is chosen from
    is_stored = True  # whether a filled form keeps a value for it
    has_bounds = False  # whether `min` and `max` mean anything
    lines = 1
    latin = False  # holds no Chinese, so that input methods may stay out of it

    def read(self, field: Field, text: str, around: Surroundings) -> Reading:
        """What to store for `text`, with findings that only the moment of typing can give."""
        hidden, whole = hidden_characters(text), cleaned(text)
        plain = whole[:LONGEST]
        findings: tuple[Finding, ...] = ()
        if hidden:
            codes = " ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(hidden))
            sentence = _("内容里有看不见的字符（{codes}），已去掉。", codes=codes)
            findings += warn(field, "hidden_characters", sentence)
        if len(whole) > LONGEST:
            sentence = _("内容有 {n} 个字，只保存了前 {most} 个。", n=len(whole), most=LONGEST)
            findings += warn(field, "cut_off", sentence)
        if not plain:
            return Reading(None, findings)
        return self.understand(field, plain, around).followed_by(findings)

    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        """The canonical form of a text that is not empty."""
        return Understood(" ".join(plain.split("\n")) if self.lines == 1 else plain)

    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        """The findings on a stored value that is not empty."""
        if len(value) > field.max_length:
            sentence = _(
                "有 {n} 个字，超过了 {most} 个，打印时会放不下。", n=len(value), most=field.max_length
            )
            return warn(field, "too_long", sentence)
        return ()

    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        """The value as clerks read it."""
        return value or ""

    def spelled(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        """The value as official paper spells it."""
        return self.show(field, value, vocabulary)
