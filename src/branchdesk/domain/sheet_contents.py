"""What stands below a heading tells which of two columns holds a field (domain 13.3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from enum import IntEnum
from itertools import islice
from math import ceil

_SAMPLE, _MOST = 40, 0.6
_OPEN_WORDS = {"category": {"中共党员", "中国共产党党员", "共产党员", "党员", "中共"}}


class Sense(IntEnum):
    """What a text says in a field: nothing that is understood, something that leaves it open, a value."""

    NONE = 0
    OPEN = 1
    VALUE = 2


Reader = Callable[[str, str], Sense]  # what a field's id and a text come to


def anything_goes(_field: str, _text: str) -> Sense:
    """The reader that finds a value in every text."""
    return Sense.VALUE


def leaves_open(field: str, text: str) -> bool:
    """Whether a text says less than its field asks: 中共党员 may be full or probationary (domain 13.3)."""
    return "".join(unicodedata.normalize("NFKC", text).split()) in _OPEN_WORDS.get(field, ())


def sense_of(texts: Iterable[str], field: str, reader: Reader) -> Sense:
    """What most of the first texts of a column reach as values of `field`; NONE for a column without any."""
    found = sorted((reader(field, text) for text in islice(filter(None, texts), _SAMPLE)), reverse=True)
    return found[ceil(_MOST * len(found)) - 1] if found else Sense.NONE
