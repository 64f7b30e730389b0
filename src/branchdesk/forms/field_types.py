"""The field types: how each reads what was typed, checks what is stored and shows it.

Whatever a clerk types is kept. What cannot be understood is stored as typed and carries an error, so
that nothing is lost and F8 finds it again (ux G5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from typing_extensions import override

from branchdesk.findings import Finding, Severity
from branchdesk.forms.date_spelling import read_date
from branchdesk.forms.dictionaries import Dictionary, Vocabulary
from branchdesk.forms.spelling import cleaned, half_width, hidden_characters, person_name, without_spaces
from branchdesk.i18n import _, choose, listed
from branchdesk.partial_dates import PartialDate

LONGEST = 32_767  # a cell of a workbook holds no more
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\d{7,8}|[48]00-?\d{3}-?\d{4}", re.ASCII)
_FEN = re.compile(r"(\d{1,15})分", re.ASCII)
_TOO_MANY_FEN = 10**15
# A comma parts thousands and nothing else: 12,50 may be meant as 12.50 and is never taken for 1250.
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+", re.ASCII)
_YUAN = re.compile(rf"(?:{_WHOLE.pattern})(?:\.\d+)?", re.ASCII)
_SEPARATORS = re.compile(r"[、,，;；/\n]+")
_YES = {"是", "有", "√", "✓", "y", "yes", "1", "true", "对"}
_NO = {"否", "无", "×", "x", "n", "no", "0", "false", "不是", "没有"}


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


@dataclass(frozen=True)
class Field:
    """One field of a form.

    `aliases` are the headings by which imports know it, `source` names where its value comes from when
    it is not stored with the form, `dictionary` the list it is chosen from, `width` its place in a grid in
    characters; `private` values are masked until a reason is given; a `future` date may lie ahead.
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


def _error(field: Field, code: str, sentence: str) -> tuple[Finding, ...]:
    return (Finding(code, Severity.ERROR, sentence, field.id),)


def _warn(field: Field, code: str, sentence: str) -> tuple[Finding, ...]:
    return (Finding(code, Severity.WARN, sentence, field.id),)


class FieldType:
    """A type of field; this one is plain text on one line.

    Stored values are texts: `None` for empty, else a canonical form or, for what cannot be understood,
    the text as typed.
    """

    name = "text"
    needs_dictionary = False
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
            findings += _warn(field, "hidden_characters", sentence)
        if len(whole) > LONGEST:
            sentence = _("内容有 {n} 个字，只保存了前 {most} 个。", n=len(whole), most=LONGEST)
            findings += _warn(field, "cut_off", sentence)
        if not plain:
            return Reading(None, findings)
        return self.understand(field, plain, around).followed_by(findings)

    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        """The canonical form of a text that is not empty."""
        return _Understood(" ".join(plain.split("\n")) if self.lines == 1 else plain)

    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        """The findings on a stored value that is not empty."""
        if len(value) > field.max_length:
            sentence = _(
                "有 {n} 个字，超过了 {most} 个，打印时会放不下。", n=len(value), most=field.max_length
            )
            return _warn(field, "too_long", sentence)
        return ()

    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        """The value as clerks read it."""
        return value or ""


@dataclass(frozen=True, slots=True)
class _Understood:
    """A stored value with the findings of its reading."""

    value: str
    findings: tuple[Finding, ...] = ()

    def followed_by(self, findings: tuple[Finding, ...]) -> Reading:
        return Reading(self.value, (*self.findings, *findings))


class PersonName(FieldType):
    """The name of one person; clerks space names of two characters so that columns line up."""

    name = "person_name"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        return _Understood(person_name(plain))


class LongText(FieldType):
    """Text of several lines."""

    name = "long_text"
    lines = 4


class DateField(FieldType):
    """A date with its precision, stored as ISO 8601 reduced precision."""

    name = "date"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        reading = read_date(plain, around.today, typed=around.typed)
        if reading.value is None:
            return _Understood(plain)
        doubt = _warn(field, "date_doubt", reading.doubt) if reading.doubt else ()
        return _Understood(reading.value.written(), doubt)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        when = PartialDate.read(value)
        if when is None:
            reading = read_date(value, around.today)
            return _error(field, "date", reading.error or _("请重新输入这个日期。"))
        if when.first_day() > around.today and not field.future:
            return _warn(field, "future", _("{date} 还没有到，请核对。", date=when.shown()))
        return ()

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        when = PartialDate.read(value)
        return when.shown() if when else value or ""


class Choice(FieldType):
    """One word of a dictionary, stored as its code."""

    name = "choice"
    needs_dictionary = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        return _Understood(around.vocabulary[field.dictionary].code_of(plain) or plain)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        dictionary = around.vocabulary[field.dictionary]
        return () if value in dictionary.by_code else self.unknown(field, value, dictionary)

    def unknown(self, field: Field, value: str, dictionary: Dictionary) -> tuple[Finding, ...]:
        """The finding for a word that the dictionary does not have, with the nearest words."""
        near = dictionary.starting_with(value[:1]) or list(dictionary.entries)
        words = listed(entry.shown() for entry in near[:4])
        if dictionary.is_foreign(value):
            return _error(field, "unknown_word", _foreign_sentence(value, words))
        if not words:
            return _error(field, "unknown_word", _("“{value}”不在可选的内容里。", value=value))
        sentence = _("“{value}”不在可选的内容里，可以选 {words} 等。", value=value, words=words)
        return _error(field, "unknown_word", sentence)

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        return vocabulary[field.dictionary].shown(value)


def _foreign_sentence(value: str, words: str) -> str:
    """Why nobody here may be given a word that others have, and what there is instead."""
    if words:
        return _("本支部没有“{value}”，只有别的支部有；可以选 {words} 等。", value=value, words=words)
    return _("本支部没有“{value}”，只有别的支部有；请先在本支部设立。", value=value)


class Choices(Choice):
    """Several words of a dictionary, stored as codes parted by spaces."""

    name = "choices"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        dictionary = around.vocabulary[field.dictionary]
        words = [word for part in _SEPARATORS.split(plain) for word in self._words(part, dictionary)]
        codes = dict.fromkeys(dictionary.code_of(word) or word for word in words)
        return _Understood(" ".join(sorted(codes, key=dictionary.rank)) or plain)

    @staticmethod
    def _words(part: str, dictionary: Dictionary) -> list[str]:
        """The words between two separators: one, or several known ones with gaps between them."""
        word, pieces = without_spaces(part), part.split()
        if dictionary.code_of(word) is None and all(dictionary.code_of(piece) for piece in pieces):
            return pieces
        return [word] if word else []

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        dictionary = around.vocabulary[field.dictionary]
        unknown = [code for code in value.split() if code not in dictionary.by_code]
        return self.unknown(field, unknown[0], dictionary) if unknown else ()

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        return listed(vocabulary[field.dictionary].shown(code) for code in (value or "").split())


class YesNo(FieldType):
    """Yes or no, stored as 1 or 0."""

    name = "yes_no"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        word = without_spaces(half_width(plain)).casefold()
        return _Understood("1" if word in _YES else "0" if word in _NO else plain)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        if value in {"0", "1"}:
            return ()
        return _error(field, "yes_no", _("“{value}”不是“是”或“否”。", value=value))

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        return {"1": _("是"), "0": _("否")}.get(value or "", value or "")


class Number(FieldType):
    """A whole number, not negative."""

    name = "number"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        digits = without_spaces(half_width(plain)).removesuffix(".0")
        if _WHOLE.fullmatch(digits) is None:
            return _Understood(plain)
        return _Understood(digits.replace(",", "").lstrip("0") or "0")

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        if value.isdecimal() and value.isascii():
            return ()
        return _error(field, "number", _("“{value}”不是整数。", value=value))


class Money(FieldType):
    """An amount of yuan, stored as whole 分 followed by 分, so that no amount is mistaken for raw text."""

    name = "money"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        digits = without_spaces(half_width(plain)).strip("¥￥").removesuffix("元")
        if _YUAN.fullmatch(digits) is None:
            return _Understood(plain)
        try:
            fen = (Decimal(digits.replace(",", "")) * 100).quantize(Decimal(1), ROUND_HALF_UP)
        except ArithmeticError:
            return _Understood(plain)
        return _Understood(f"{int(fen)}分" if fen < _TOO_MANY_FEN else plain)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        if fen_of(value) is not None:
            return ()
        return _error(field, "money", _("“{value}”不是金额，请写成 12.50。", value=value))

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        fen = fen_of(value)
        return f"{fen // 100}.{fen % 100:02}" if fen is not None else value or ""


def fen_of(value: str | None) -> int | None:
    """The amount of a stored money value in 分; None for anything that is no amount."""
    found = _FEN.fullmatch(value or "")
    return int(found[1]) if found else None


class Phone(FieldType):
    """A telephone number, stored without spaces."""

    name = "phone"
    latin = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        pieces = [piece.removesuffix(".0") for piece in half_width(plain).split()]
        if len(pieces) > 1 and all(_PHONE.fullmatch(piece) for piece in pieces):
            return _Understood("、".join(pieces))
        return _Understood("".join(pieces) or plain)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        numbers = [part for part in _SEPARATORS.split(value) if part]
        if numbers and all(_PHONE.fullmatch(number) for number in numbers):
            return ()
        if value.isdecimal() and value.startswith("1"):
            sentence = _("手机号应为 11 位，这里有 {n} 位。", n=len(value))
        else:
            sentence = _("“{value}”不像电话号码，请核对。", value=value)
        return _warn(field, "phone", sentence)


class IdNumber(FieldType):
    """A citizen identity number, stored in its plain form; whether it is a right one, `domain` says."""

    name = "id_number"
    latin = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> _Understood:
        return _Understood(without_spaces(half_width(plain)).lstrip("'").upper().replace("—", "-") or plain)


FIELD_TYPES: dict[str, FieldType] = {
    kind.name: kind
    for kind in (
        FieldType(),
        PersonName(),
        LongText(),
        DateField(),
        Choice(),
        Choices(),
        YesNo(),
        Number(),
        Money(),
        Phone(),
        IdNumber(),
    )
}
