"""The people named in one field of text, which clerks separate as they like."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[、，,；;/\s]+")
_UID_MARK = "@"


def names_in(text: str) -> list[str]:
    """The people whom a text names, each once, whether typed or chosen as 姓名@uid.

    Names of two characters are often written with a gap between them: 李　明 is one person.
    """
    names: list[str] = []
    surname = ""
    for part in _BETWEEN.split(text):
        name = surname + part.partition(_UID_MARK)[0]
        surname = name if len(name) == 1 else ""
        if len(name) > 1:
            names.append(name)
    return list(dict.fromkeys([*names, surname] if surname else names))
