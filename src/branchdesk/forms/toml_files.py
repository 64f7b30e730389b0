"""TOML files of forms, dictionaries and rules, read key by key so that a mistake is named exactly."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from branchdesk.errors import Problem
from branchdesk.forms.spelling import hidden_characters
from branchdesk.i18n import _, later, listed


class FormMistake(Exception):
    """A form file says something that the form language does not know; names file, key and reason.

    `reason` is a whole sentence in the language that was in use when the file was read.
    """

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason

    def problem(self) -> Problem:
        """The mistake as the window and the command line tell it."""
        advice = _("请改正后再试；别人发来的表单，请退回给制作的人改正。")
        if not self.key:
            sentence = _("表单“{file}”读不出来：{reason}", file=self.file, reason=self.reason)
        else:
            sentence = _(
                "表单“{file}”的“{key}”有误：{reason}", file=self.file, key=self.key, reason=self.reason
            )
        return Problem(sentence, advice)


_MISSING: Any = object()
_TOO_LARGE = 10**9
_DECIMALS = 6
LONGEST_TEXT = 200  # a label, a title or a word; longer ones fit on no paper
_LONGEST_KEY = 60
_LONGEST_FILE = 200_000  # several times the largest form that ships
_KEY = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
# Nothing in a form lies that deep, and reading thousands of dotted keys would take minutes.
_DEEP_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_KEY}(?:[ \t]*+\.[ \t]*+{_KEY}){{8}}")
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_KINDS: dict[type, str] = {
    str: later("文字"),
    bool: later("真假（true 或 false）"),
    int: later("整数"),
    float: later("小数"),
    Decimal: later("小数"),
    date: later("日期"),
    datetime: later("日期和时刻"),
    list: later("列表"),
    dict: later("一组键和值"),
}


def _called(kind: type) -> str:
    """The word for a type of TOML."""
    return _(_KINDS[kind]) if kind in _KINDS else kind.__name__


class _Keys:
    """The keys of one table of a TOML file and what stands behind them."""

    def __init__(self, file: str, key: str, values: dict[str, Any]) -> None:
        self._file = file
        self._key = key
        self._values = values
        self._asked: set[str] = set()

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise the FormMistake for `key`."""
        called = key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}…"
        place = f"{self._key}.{called}" if self._key and key else self._key or called
        raise FormMistake(self._file, place, reason)

    def _take(self, key: str, kind: type, default: Any) -> Any:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is _MISSING:
            self.refuse(key, _("没有写。"))
        # In Python a bool is an int and a moment is a date; in a form they are not.
        fits = isinstance(value, kind) and not (
            (kind is int and isinstance(value, bool)) or isinstance(value, datetime)
        )
        if value is not default and not fits:
            self.refuse(
                key, _("应该是{kind}，这里是{found}。", kind=_called(kind), found=_called(type(value)))
            )
        return value

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self._values

    def written(self) -> list[str]:
        """The keys that are there, in their order."""
        return list(self._values)

    def value(self, key: str) -> str | int | Decimal | date:
        """A text, number, flag or day of a key that is there, whichever it is."""
        self._asked.add(key)
        value: str | int | Decimal | date = self._values[key]
        if not isinstance(value, str | int | Decimal | date):
            self.refuse(
                key, _("应该是{kind}，这里是{found}。", kind=_called(str), found=_called(type(value)))
            )
        return value

    def done(self) -> None:
        """Refuse every key that was not asked for."""
        for key in self._values:
            if key not in self._asked:
                self.refuse(key, _("这里没有这一项，请检查拼写。"))


class TomlTable(_Keys):
    """One table of a TOML file; each key is asked for once, and `done` refuses keys nobody asked for."""

    def text(self, key: str, default: str = _MISSING, *, most: int = LONGEST_TEXT) -> str:
        """A text of one line and at most `most` characters; one without a default may not be empty."""
        value = str(self._take(key, str, default))
        if not value.strip() and default is _MISSING:
            self.refuse(key, _("不能空着。"))
        self._refuse_unprintable(key, value, most)
        return value

    def _refuse_unprintable(self, key: str, value: str, most: int = LONGEST_TEXT) -> None:
        """Refuse what no paper and no workbook can take: hidden characters, line ends, endless texts."""
        if len(value) > most:
            self.refuse(key, _("有 {n} 个字，最多 {most} 个。", n=len(value), most=most))
        unseen = [*hidden_characters(value), *(char for char in value if char in "\n\r\t")]
        if unseen:
            codes = " ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(unseen))
            self.refuse(key, _("里面有看不见的字符或换行（{codes}），请删去。", codes=codes))

    def matching(self, key: str, pattern: str) -> str:
        """A text of a certain shape."""
        value = self.text(key)
        if re.fullmatch(pattern, value) is None:
            self.refuse(key, _("“{value}”的写法不对，应符合 {pattern}。", value=value, pattern=pattern))
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str = _MISSING) -> str:
        """One of a few words."""
        value = self.text(key, default)
        if value not in allowed and value is not default:
            self.refuse(key, unknown_word(value, allowed))
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A yes or no."""
        return bool(self._take(key, bool, default))

    def number(self, key: str, default: int = _MISSING) -> int:
        """A whole number of ordinary size."""
        value = int(self._take(key, int, default))
        if abs(value) >= _TOO_LARGE:
            self.refuse(key, _("应该是一个不太大的数。"))
        return value

    def number_or_none(self, key: str) -> int | None:
        """A whole number, or None where the key is absent."""
        return self.number(key) if self.has(key) else None

    def decimal(self, key: str, default: Decimal = _MISSING) -> Decimal:
        """A number of ordinary size, with or without decimals."""
        if isinstance(self._values.get(key), Decimal):
            value: Decimal = self._take(key, Decimal, default)
        else:
            value = Decimal(self._take(key, int, default))
        if not value.is_finite() or abs(value) >= _TOO_LARGE:
            self.refuse(key, _("应该是一个不太大的数。"))
        if value != round(value, _DECIMALS):
            self.refuse(key, _("小数点后最多 {n} 位。", n=_DECIMALS))
        return value

    def decimal_or_none(self, key: str) -> Decimal | None:
        """A number, or None where the key is absent."""
        return self.decimal(key) if self.has(key) else None

    def day(self, key: str) -> date:
        """A date."""
        value: date = self._take(key, date, _MISSING)
        return value

    def day_or_none(self, key: str) -> date | None:
        """A date, or None where the key is absent."""
        value: date | None = self._take(key, date, None)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is absent."""
        values = self._take(key, list, ())
        if not all(isinstance(value, str) for value in values):
            self.refuse(key, _("列表里只能是文字。"))
        for value in values:
            self._refuse_unprintable(key, value)
        return tuple(values)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, empty where the key is absent."""
        values = self._take(key, list, ())
        if not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
            self.refuse(key, _("列表里只能是整数。"))
        return tuple(values)

    def table(self, key: str) -> TomlTable | None:
        """A table inside this one, None where the key is absent; the reader calls `done` on it."""
        if not self.has(key):
            return None
        place = f"{self._key}.{key}" if self._key else key
        return TomlTable(self._file, place, self._take(key, dict, _MISSING))

    def rows(self, key: str, most: int | None = None) -> list[TomlTable]:
        """The tables of an array of at most `most` tables; the reader calls `done` on each."""
        rows = self._take(key, list, [])
        if most is not None and len(rows) > most:
            self.refuse(key, _("有 {n} 项，最多 {most} 项。", n=len(rows), most=most))
        outer = f"{self._key}.{key}" if self._key else key
        tables = []
        for place, row in enumerate(rows, start=1):
            if not isinstance(row, dict):
                self.refuse(key, _("第 {n} 项应该是一组键和值。", n=place))
            tables.append(TomlTable(self._file, f"{outer}[{place}]", row))
        return tables


def unknown_word(value: str, allowed: tuple[str, ...]) -> str:
    """The sentence for a word that is none of a list."""
    return _("没有“{value}”这个词，可以用 {words}。", value=value, words=listed(allowed))


class TomlText(TomlTable):
    """A text of TOML as its outermost table; `name` stands for it in mistakes."""

    def __init__(self, text: str, name: str) -> None:
        plain = text.removeprefix("\ufeff")  # the editor of Windows puts it before the first character
        if len(plain) > _LONGEST_FILE:
            sentence = _("文件有 {n} 个字，最多 {most} 个。", n=len(plain), most=_LONGEST_FILE)
            raise FormMistake(name, "", sentence)
        if _DEEP_KEY.search(plain):
            raise FormMistake(name, "", _("里面有一层套一层、太深的键。"))
        try:
            values = tomllib.loads(plain, parse_float=Decimal)
        except RecursionError as error:
            raise FormMistake(name, "", _("括号套得太深。")) from error
        except (ValueError, ArithmeticError) as error:
            raise FormMistake(name, "", _no_toml(error)) from error
        super().__init__(name, "", values)


def _no_toml(error: Exception) -> str:
    """Why a text is no TOML, with the line where that is known."""
    place = _PLACE.search(str(error))
    if place is None:
        return _("不是正确的 TOML（{error}）。", error=error)
    return _("第 {line} 行不是正确的 TOML（{error}）。", line=place[1], error=error)


class TomlFile(TomlText):
    """A TOML file as its outermost table."""

    def __init__(self, path: Path) -> None:
        name = "/".join(path.parts[-2:])
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise FormMistake(name, "", _("不是 UTF-8 编码的文件（{error}）。", error=error)) from error
        super().__init__(text, name)
