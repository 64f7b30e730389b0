"""Names of people: when two spellings are the same name, how a name is read, and where it stands in a list.

The readings come from Unihan, the order of strokes from 通用规范汉字表 and GF 3003-1999; the readings of
surnames from a table of our own (曾 is read zeng when it opens a name).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from branchdesk.paths import resource

_DOTS = "·•‧・．.∙⋅･"
_MOST_READINGS = 8
_UNKNOWN_STROKES = 99


def same_name_key(name: str) -> str:
    """What equal names have in common: no gaps, one kind of dot, half-width letters, no hidden characters."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        "·" if char in _DOTS else char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in {"Cc", "Cf"}
    )


@dataclass(frozen=True, slots=True)
class _Readings:
    chars: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[tuple[str, ...], ...]]
    syllables: frozenset[str]


def _table(file: str) -> Iterator[tuple[str, str]]:
    for line in resource("names", file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            key, _, value = line.partition("\t")
            yield key, value


@cache
def _readings() -> _Readings:
    """The tables of readings, read once."""
    chars: dict[str, tuple[str, ...]] = {}
    found = set()
    for syllable, read_so in _table("readings.txt"):
        found.add(syllable)
        chars.update(dict.fromkeys(read_so, (syllable,)))
    chars.update((char, tuple(spoken.split())) for char, spoken in _table("polyphones.txt"))
    surnames = {
        surname: tuple(tuple(reading.split("'")) for reading in spoken.split())
        for surname, spoken in _table("surnames.txt")
    }
    return _Readings(chars, surnames, frozenset(found))


def syllables() -> frozenset[str]:
    """Every syllable that the table of readings knows, without tones, ü as v."""
    return _readings().syllables


def _surname_readings(key: str) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """How many characters the surname has, where the table knows it, and its readings."""
    table = _readings().surnames
    for length in (2, 1):
        if len(key) > length or len(key) == length == 1:
            spoken = table.get(key[:length])
            if spoken:
                return length, spoken
    return 0, ((),)


def readings(name: str) -> list[tuple[str, ...]]:
    """The ways to read a name as syllables, the best first, at most eight.

    Letters stand for themselves, dots are left out. A character that opens a name is read as a surname, and
    stays findable by its customary reading: 单 is typed shan and dan.
    """
    key = same_name_key(name).replace("·", "")
    length, surname = _surname_readings(key)
    chars = _readings().chars
    rest = [chars.get(char, (char,)) for char in key[length:]]
    customary = tuple(chars.get(char, (char,))[0] for char in key[:length])
    found: dict[tuple[str, ...], None] = {}
    for combination in itertools.islice(itertools.product(*rest), _MOST_READINGS):
        for opening in dict.fromkeys((*surname, customary)):
            found.setdefault(opening + combination)
    return list(found)[:_MOST_READINGS]


def pinyin_key(name: str) -> str:
    """The key that sorts names by their reading, syllable by syllable."""
    return " ".join(readings(name)[0])


def initials(reading: tuple[str, ...]) -> str:
    """The first letters of a reading: lml for li ming lang."""
    return "".join(syllable[:1] for syllable in reading)


@cache
def _strokes() -> dict[str, str]:
    """For each character a text that sorts by number of strokes, then by their order."""
    places = {}
    number = 0
    for count, chars in _table("strokes.txt"):
        for char in chars:
            number += 1
            places[char] = f"{int(count):02}{number:05}"
    return places


def stroke_key(name: str) -> str:
    """The key that sorts names by the strokes of the surname, then of what follows (domain E5)."""
    table = _strokes()
    return "".join(
        table.get(char) or f"{_UNKNOWN_STROKES}{min(ord(char), 99_999):05}" for char in same_name_key(name)
    )


def stroke_count(char: str) -> int | None:
    """The number of strokes of a character; None where the table does not have it."""
    place = _strokes().get(char)
    return int(place[:2]) if place else None


def beyond_plane_zero(name: str) -> str:
    """The characters of a name that many programs and fonts do not know."""
    return "".join(char for char in name if ord(char) > 0xFFFF)
