"""What may be written behind a command: words and options, and how their texts are read."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from branchdesk import clock
from branchdesk.forms.date_spelling import read_date
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import _, listed


@dataclass(frozen=True)
class Argument:
    """One word or option of a command.

    `words` say what it is for and `value` what stands behind it, both to be translated; an option without
    a value is a switch. `read` makes the value of the text; `choices` give the accepted texts their meaning.
    """

    names: tuple[str, ...]
    words: str
    value: str = ""
    read: Callable[[str], Any] = str
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    several: bool = False
    default: Any = None

    @property
    def is_option(self) -> bool:
        """Whether it is written with its name, as against by its place."""
        return self.names[0].startswith("-")

    @property
    def is_switch(self) -> bool:
        """Whether it is an option that nothing stands behind."""
        return self.is_option and not self.value


@dataclass(frozen=True)
class Command:
    """One command with its arguments; `more` is what the short words do not say."""

    name: str
    words: str
    arguments: tuple[Argument, ...]
    more: str = ""


def read_folder(text: str) -> Path:
    """A folder with its whole path, as the settings of the window know it."""
    return Path(text).absolute()


def read_day(text: str) -> date:
    """A whole date."""
    found = read_date(text, clock.today(), typed=True)
    if found.value is None:
        raise ArgumentTypeError(found.error)
    if not found.value.is_full:
        raise ArgumentTypeError(_("日期要写到哪一天，如 2026.06.29。"))
    return found.value.first_day()


def read_year(text: str) -> int:
    """A year in four digits."""
    if not (len(text) == 4 and text.isdecimal()):
        raise ArgumentTypeError(_("“{text}”不是年份，请写 2026 这样的四位数。", text=text))
    return int(text)


def read_month(text: str) -> int:
    """A month from 1 to 12."""
    if not (text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 12):
        raise ArgumentTypeError(_("“{text}”不是月份，请写 1 到 12。", text=text))
    return int(text)


def read_category(text: str) -> str:
    """The code of a category of members."""
    words = shipped_dictionaries()["category"]
    code = words.code_of(text)
    if code is None:
        names = listed(entry.shown() for entry in words.entries)
        raise ArgumentTypeError(_("“{text}”不是人员类别，可以写：{names}。", text=text, names=names))
    return code


def read_count(text: str) -> int:
    """A number of lines, at least 1."""
    if not (text.isdecimal() and int(text)):
        raise ArgumentTypeError(_("“{text}”不是条数，请写 1、20 这样的数。", text=text))
    return int(text)
