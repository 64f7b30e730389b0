"""TOML files of forms, dictionaries and rules, read key by key so that a mistake is named exactly."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn


class FormMistake(Exception):
    """A form file says something that the form language does not know; names file, key and reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


_MISSING: Any = object()


class TomlTable:
    """One table of a TOML file; each key is asked for once, and `done` refuses keys nobody asked for."""

    def __init__(self, file: str, key: str, values: dict[str, Any]) -> None:
        self._file = file
        self._key = key
        self._values = values
        self._asked: set[str] = set()

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Raise the FormMistake for `key`."""
        place = f"{self._key}.{key}" if self._key else key
        raise FormMistake(self._file, place, reason)

    def _take(self, key: str, kind: type, default: Any) -> Any:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is _MISSING:
            self.refuse(key, "is missing")
        # In Python a bool is an int and a moment is a date; in a form they are not.
        fits = isinstance(value, kind) and not (
            (kind is int and isinstance(value, bool)) or isinstance(value, datetime)
        )
        if value is not default and not fits:
            self.refuse(key, f"must be {kind.__name__}, not {type(value).__name__}")
        return value

    def text(self, key: str, default: str = _MISSING) -> str:
        """A text; one without a default may not be empty."""
        value = str(self._take(key, str, default))
        if not value.strip() and default is _MISSING:
            self.refuse(key, "must not be empty")
        return value

    def matching(self, key: str, pattern: str) -> str:
        """A text of a certain shape."""
        value = self.text(key)
        if re.fullmatch(pattern, value) is None:
            self.refuse(key, f"{value!r} does not look like {pattern}")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self.text(key)
        if value not in allowed:
            self.refuse(key, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A yes or no."""
        return bool(self._take(key, bool, default))

    def number(self, key: str, default: int = _MISSING) -> int:
        """A whole number."""
        return int(self._take(key, int, default))

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
            self.refuse(key, "must be a list of texts")
        return tuple(values)

    def rows(self, key: str) -> list[TomlTable]:
        """The tables of an array of tables; the reader calls `done` on each."""
        rows = self._take(key, list, [])
        tables = []
        for place, row in enumerate(rows, start=1):
            if not isinstance(row, dict):
                self.refuse(key, f"row {place} must be a table")
            tables.append(TomlTable(self._file, f"{key}[{place}]", row))
        return tables

    def done(self) -> None:
        """Refuse every key that was not asked for."""
        for key in self._values:
            if key not in self._asked:
                self.refuse(key, "is not known here")


class TomlFile(TomlTable):
    """A TOML file as its outermost table."""

    def __init__(self, path: Path) -> None:
        name = "/".join(path.parts[-2:])
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise FormMistake(name, "", str(error)) from error
        super().__init__(name, "", values)
