"""Finding people by what clerks type: characters, full pinyin, initials, or a mixture (expectations H17)."""

from __future__ import annotations

from functools import cache, lru_cache

from branchdesk.domain.names import initials, readings, same_name_key, syllables

# How well a query fits, best first; the numbers only order the answers.
EXACT, BEGINS, EXACT_INITIALS, INITIALS, PINYIN, CONTAINS = range(6)
_LONGEST_SYLLABLE = 6


@cache
def _openings() -> frozenset[str]:
    """Every beginning of a syllable."""
    return frozenset(syllable[:length] for syllable in syllables() for length in range(1, len(syllable) + 1))


@lru_cache(maxsize=256)  # asked again for every name that may fit
def segmentations(letters: str, most: int = 12) -> list[tuple[str, ...]]:
    """The ways to cut letters into beginnings of syllables, fewest pieces first: liml → li m l, l i m l."""
    # From the end to the beginning, so that a long text with no way to cut it costs no more than a short one.
    ways: list[list[tuple[str, ...]]] = [[] for _letter in letters]
    ways.append([()])
    for start in reversed(range(len(letters))):
        found = [
            (letters[start:end], *rest)
            for end in range(min(start + _LONGEST_SYLLABLE, len(letters)), start, -1)
            if letters[start:end] in _openings()
            for rest in ways[end]
        ]
        ways[start] = sorted(found, key=len)[:most]
    return ways[0]


def initials_to_look_for(query: str) -> list[str]:
    """The initials that names matching a query of letters may begin with."""
    return list(dict.fromkeys("".join(piece[0] for piece in pieces) for pieces in segmentations(query)))


def _fits(pieces: tuple[str, ...], reading: tuple[str, ...]) -> bool:
    return len(pieces) <= len(reading) and all(
        syllable.startswith(piece) for piece, syllable in zip(pieces, reading, strict=False)
    )


def fit(query: str, name: str) -> int | None:
    """How well `query` fits `name`, smaller is better; None where it does not fit."""
    wanted, key = same_name_key(query), same_name_key(name)
    if not wanted:
        return None
    if wanted in key:
        return EXACT if wanted == key else BEGINS if key.startswith(wanted) else CONTAINS
    if not (wanted.isascii() and wanted.isalpha()):
        return None
    best = None
    for reading in readings(name):
        for pieces in segmentations(wanted):
            if _fits(pieces, reading):
                short = initials(reading)
                rank = EXACT_INITIALS if wanted == short else INITIALS if short.startswith(wanted) else PINYIN
                best = rank if best is None else min(best, rank)
    return best
