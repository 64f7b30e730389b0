"""What the designer asks about a part of a form: fields themselves, each with what an answer changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from branchdesk.forms.dictionaries import Entry
from branchdesk.forms.editing import change_part
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Field, Form, FormTable
from branchdesk.forms.parts import Part, part_of
from branchdesk.forms.point_words import PointRuleWords
from branchdesk.i18n import _

Change = Callable[[Form, str | None], Form]
_WIDE = 20


@dataclass(frozen=True)
class Question:
    """One line of the panel: the field that asks, the stored answer, and the form with another answer."""

    field: Field
    value: str | None
    change: Change

    @property
    def shape(self) -> tuple[object, ...]:
        """What makes the panel look different: everything but the answer."""
        return self.field.id, self.field.type.name, tuple(choice.code for choice in self.field.choices)


def ask(name: str, type_name: str, label: str, value: str | None, change: Change, **more: Any) -> Question:
    """A question with an answer of a type of the form language."""
    field = Field(name, FIELD_TYPES[type_name], label, "", "", **more)
    return Question(field, value or None, change)


def ask_text(
    part: Part, name: str, label: str, value: str, *, help_words: str = "", required: bool = False
) -> Question:
    """A question for a text of a part, which takes the whole width."""

    def change(form: Form, answer: str | None) -> Form:
        return form if required and not answer else change_part(form, part, **{name: answer or ""})

    return ask(name, "text", label, value, change, width=_WIDE, help=help_words, required=required)


def ask_flag(part: Part, name: str, label: str, *, value: bool, help_words: str = "") -> Question:
    """A question for yes or no; not answered means no."""

    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, **{name: answer == "1"})

    return ask(name, "yes_no", label, "1" if value else "0", change, help=help_words)


def ask_number(
    part: Part, name: str, label: str, value: int | None, *, needed: int | None = None
) -> Question:
    """A question for a whole number; `needed` stands in where nothing is answered."""

    def change(form: Form, answer: str | None) -> Form:
        if answer is not None and not answer.isdecimal():
            return form
        return change_part(form, part, **{name: int(answer) if answer else needed})

    return ask(name, "number", label, None if value is None else str(value), change)


def ask_points(
    name: str,
    label: str,
    value: Decimal | None,
    change: Callable[[Form, Decimal | None], Form],
    *,
    needed: bool = False,
    help_words: str = "",
) -> Question:
    """A question for points or another number with decimals above nothing; a wrong one changes nothing."""

    def changed(form: Form, answer: str | None) -> Form:
        number = number_of(answer)
        return form if number is None and (answer or needed) else change(form, number)

    return ask(name, "hours", label, number_text(value), changed, help=help_words, required=needed)


def number_of(answer: str | None) -> Decimal | None:
    """The number above nothing that an answer means; None for anything else."""
    try:
        number = Decimal(answer or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def number_text(number: Decimal | None) -> str:
    """A number as an answer gives it."""
    return "" if number is None else f"{number:f}"


def ask_one(
    name: str,
    label: str,
    value: str,
    words: Mapping[str, str] | Sequence[Entry],
    change: Change,
    *,
    help_words: str = "",
    wide: bool = False,
) -> Question:
    """A question for one of some words; an answer that is none of them changes nothing."""
    choices = entries(words)
    codes = {choice.code for choice in choices}

    def change_known(form: Form, answer: str | None) -> Form:
        return change(form, answer) if answer is None or answer in codes else form

    return ask(
        name,
        "choice",
        label,
        value,
        change_known,
        choices=choices,
        help=help_words,
        width=_WIDE if wide else 8,
    )


def ask_word(
    part: Part, name: str, label: str, value: str, words: Mapping[str, str], *, help_words: str = ""
) -> Question:
    """A question for one of some words which a part keeps as it is."""

    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, **{name: answer or ""})

    return ask_one(name, label, value, words, change, help_words=help_words)


def entries(words: Mapping[str, str] | Sequence[Entry]) -> tuple[Entry, ...]:
    """Words as entries to choose from, in the language in use; equal ones are told apart."""
    if not isinstance(words, Mapping):
        return tuple(words)
    made: list[Entry] = []
    for code, word in words.items():
        same = sum(entry.label.partition("（")[0] == _(word) for entry in made)
        made.append(Entry(code, f"{_(word)}（{same + 1}）" if same else _(word)))
    return tuple(made)


def ask_labels(part: Part, label: str, label_en: str) -> list[Question]:
    """What a part is called; the English follows the Chinese until it is given a word of its own."""

    def rename(form: Form, answer: str | None) -> Form:
        if not answer:
            return form
        changes = {"label": answer}
        if label_en_of(form, part) in {"", label_of(form, part)}:
            changes["label_en"] = answer
        return change_part(form, part, **changes)

    def rename_english(form: Form, answer: str | None) -> Form:
        return change_part(form, part, label_en=answer or label_of(form, part))

    called = ask("label", "text", _("名称"), label, rename, width=_WIDE, required=True)
    english = ask(
        "label_en",
        "text",
        _("英文名称"),
        label_en if label_en != label else None,
        rename_english,
        width=_WIDE,
        help=_("英文界面显示它；不填就用中文名称。"),
    )
    return [called, english]


def ask_help(part: Part, words: str, words_en: str, label: str = "", label_en: str = "") -> list[Question]:
    """What is said to whoever fills in a part; the English follows like that of a name."""
    called, english = label or _("填写说明"), label_en or _("英文填写说明")
    return ask_twins(part, "help", called, english, words, words_en)


def ask_twins(part: Part, name: str, label: str, label_en: str, words: str, words_en: str) -> list[Question]:
    """A text of a part that need not be there; its English follows until it has its own words."""

    def say(form: Form, answer: str | None) -> Form:
        now = part_of(form, part)
        if not isinstance(now, Field | FormTable | PointRuleWords):
            return form
        before, english = getattr(now, name), getattr(now, f"{name}_en")
        follows = english in {"", before} or not answer
        more = {name: answer or "", f"{name}_en": (answer or "") if follows else english}
        return change_part(form, part, **more)

    asked = [ask(name, "text", label, words, say, width=_WIDE)]
    if words:
        asked.append(ask_text(part, f"{name}_en", label_en, words_en, required=True))
    return asked


def label_of(form: Form, part: Part) -> str:
    """The Chinese label of a part."""
    return str(getattr(part_of(form, part), "label", ""))


def label_en_of(form: Form, part: Part) -> str:
    """The English label of a part."""
    return str(getattr(part_of(form, part), "label_en", ""))
