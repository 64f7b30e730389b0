"""All field types by their names: how each reads what was typed, checks what is stored and shows it."""

from __future__ import annotations

import re

from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.choice_types import Choice, Choices, Organisation
from branchdesk.forms.declarations import INDICATOR
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.fields import (
    LONGEST,
    SEPARATORS,
    Field,
    FieldType,
    Reading,
    Surroundings,
    Understood,
    error,
    warn,
)
from branchdesk.forms.number_types import Hours, Money, Number, fen_of
from branchdesk.forms.person_types import Member, Members
from branchdesk.forms.spelling import half_width, person_name, without_spaces
from branchdesk.forms.time_types import DateField, TimeSpanField
from branchdesk.i18n import _

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\d{7,8}|[48]00-?\d{3}-?\d{4}", re.ASCII)
_YES = {"是", "有", "√", "✓", "y", "yes", "1", "true", "对"}
_NO = {"否", "无", "×", "x", "n", "no", "0", "false", "不是", "没有"}


class PersonName(FieldType):
    """The name of one person; clerks space names of two characters so that columns line up."""

    name = "person_name"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        return Understood(person_name(plain))


class LongText(FieldType):
    """Text of several lines."""

    name = "long_text"
    lines = 4


class YesNo(FieldType):
    """Yes or no, stored as 1 or 0."""

    name = "yes_no"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        word = without_spaces(half_width(plain)).casefold()
        return Understood("1" if word in _YES else "0" if word in _NO else plain)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        if value in {"0", "1"}:
            return ()
        return error(field, "yes_no", _("“{value}”不是“是”或“否”。", value=value))

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        return {"1": _("是"), "0": _("否")}.get(value or "", value or "")


class Phone(FieldType):
    """A telephone number, stored without spaces."""

    name = "phone"
    latin = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        pieces = [piece.removesuffix(".0") for piece in half_width(plain).split()]
        if len(pieces) > 1 and all(_PHONE.fullmatch(piece) for piece in pieces):
            return Understood("、".join(pieces))
        return Understood("".join(pieces) or plain)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        numbers = [part for part in SEPARATORS.split(value) if part]
        if numbers and all(_PHONE.fullmatch(number) for number in numbers):
            return ()
        if value.isdecimal() and value.startswith("1"):
            sentence = _("手机号应为 11 位，这里有 {n} 位。", n=len(value))
        else:
            sentence = _("“{value}”不像电话号码，请核对。", value=value)
        return warn(field, "phone", sentence)


class IdNumber(FieldType):
    """A citizen identity number, stored in its plain form; whether it is a right one, `domain` says."""

    name = "id_number"
    latin = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        return Understood(without_spaces(half_width(plain)).lstrip("'").upper().replace("—", "-") or plain)


class Attachments(FieldType):
    """A slot for evidence; the files lie with the attachments of the record, under the id of the field."""

    name = "attachments"
    is_stored = False


class Signature(FieldType):
    """A place to sign on paper; nothing is ever stored in it."""

    name = "signature"
    is_stored = False


class Computed(FieldType):
    """A figure that the program works out from the record; nothing is ever stored in it."""

    name = "computed"
    is_stored = False


class Indicator(FieldType):
    """One line of an inspection; its scores and texts are kept by the inspection, not as one value."""

    name = INDICATOR
    is_stored = False


FIELD_TYPES: dict[str, FieldType] = {
    kind.name: kind
    for kind in (
        FieldType(),
        PersonName(),
        LongText(),
        DateField(),
        TimeSpanField(),
        Choice(),
        Choices(),
        Organisation(),
        Member(),
        Members(),
        YesNo(),
        Number(),
        Money(),
        Hours(),
        Phone(),
        IdNumber(),
        Attachments(),
        Signature(),
        Computed(),
        Indicator(),
    )
}

__all__ = ["FIELD_TYPES", "LONGEST", "Field", "FieldType", "Reading", "Surroundings", "fen_of"]
