"""Field types for numbers: counts, amounts of money, hours."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.fields import Field, FieldType, Surroundings, Understood, error
from branchdesk.forms.spelling import half_width, without_spaces
from branchdesk.i18n import _

_FEN = re.compile(r"(\d{1,15})分", re.ASCII)
_TOO_MANY_FEN = 10**15
# A comma parts thousands and nothing else: 12,50 may be meant as 12.50 and is never taken for 1250.
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+", re.ASCII)
_YUAN = re.compile(rf"(?:{_WHOLE.pattern})(?:\.\d+)?", re.ASCII)
_TYPED_HOURS = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)(?:个?(?:学时|小时)|h)?", re.ASCII)
_HOURS = re.compile(r"\d{1,6}(?:\.\d{1,2})?", re.ASCII)


def out_of_bounds(field: Field, number: Decimal) -> tuple[Finding, ...]:
    """The finding on a number outside the bounds that the form sets."""
    least, most = field.least, field.most
    if least is not None and number < least:
        return error(field, "too_small", _("不能小于 {least}。", least=least))
    if most is not None and number > most:
        return error(field, "too_large", _("不能大于 {most}。", most=most))
    return ()


class Number(FieldType):
    """A whole number, not negative."""

    name = "number"
    has_bounds = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        digits = without_spaces(half_width(plain)).removesuffix(".0")
        if _WHOLE.fullmatch(digits) is None:
            return Understood(plain)
        return Understood(digits.replace(",", "").lstrip("0") or "0")

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        if not (value.isdecimal() and value.isascii()):
            return error(field, "number", _("“{value}”不是整数。", value=value))
        return out_of_bounds(field, Decimal(value))


class Money(FieldType):
    """An amount of yuan, stored as whole 分 followed by 分, so that no amount is mistaken for raw text."""

    name = "money"
    has_bounds = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        digits = without_spaces(half_width(plain)).strip("¥￥").removesuffix("元")
        if _YUAN.fullmatch(digits) is None:
            return Understood(plain)
        try:
            fen = (Decimal(digits.replace(",", "")) * 100).quantize(Decimal(1), ROUND_HALF_UP)
        except ArithmeticError:
            return Understood(plain)
        return Understood(f"{int(fen)}分" if fen < _TOO_MANY_FEN else plain)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        fen = fen_of(value)
        if fen is None:
            return error(field, "money", _("“{value}”不是金额，请写成 12.50。", value=value))
        return out_of_bounds(field, Decimal(fen) / 100)

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        fen = fen_of(value)
        return f"{fen // 100}.{fen % 100:02}" if fen is not None else value or ""


def fen_of(value: str | None) -> int | None:
    """The amount of a stored money value in 分; None for anything that is no amount."""
    found = _FEN.fullmatch(value or "")
    return int(found[1]) if found else None


class Hours(FieldType):
    """A length of time in hours with decimals, stored as 1.5."""

    name = "hours"
    has_bounds = True
    latin = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        found = _TYPED_HOURS.fullmatch(without_spaces(half_width(plain)).lower())
        if found is None:
            return Understood(plain)
        hours = Decimal(found[1]).normalize()
        return Understood(f"{hours:f}")

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        if _HOURS.fullmatch(value) is None:
            return error(field, "hours", _("“{value}”不是小时数，请写成 1.5。", value=value))
        return out_of_bounds(field, Decimal(value))
