"""Makes the tables of readings and strokes in resources/names from their public sources.

python installer/make_names.py SOURCES
SOURCES holds the Unihan files of Unicode 15 (Unicode licence) as .txt.bz2, and the stroke orders of
cnchar-order 3.2 (MIT) as cnchar.order.min.js. The results
are committed; nobody needs this to run the program.
"""

from __future__ import annotations

import bz2
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "names"
# The three levels of 通用规范汉字表; inside each, characters stand in the standard order of strokes.
LEVELS = ((0, 3500), (3500, 6500), (6500, 8105))
# The five kinds of strokes in the order of GF 3003-1999: across, down, left-falling, dot, bent.
PLAIN_STROKES = {"横": "1", "提": "1", "竖": "2", "竖钩": "2", "撇": "3", "点": "4", "点2": "4", "捺": "4"}
BENT = "5"
TONES = {"\u0304", "\u0301", "\u030c", "\u0300"}


def unihan(sources: Path, file: str, tag: str) -> Iterator[tuple[str, str]]:
    """Character and value for each line of a Unihan file that carries `tag`."""
    with bz2.open(sources / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3 and parts[1] == tag:
                yield chr(int(parts[0].removeprefix("U+"), 16)), parts[2]


def without_tone(syllable: str) -> str:
    """The letters of a syllable; ü is typed as v."""
    parts = unicodedata.normalize("NFD", syllable.lower())
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    return plain.replace("ü", "v").replace("ê", "e")


def in_tables(char: str, standard: dict[str, int]) -> bool:
    """The characters worth a line: the basic block, extension A, and the national table beyond them."""
    return "\u3400" <= char <= "\u4dbf" or "\u4e00" <= char <= "\u9fff" or char in standard


def readings(sources: Path, standard: dict[str, int]) -> dict[str, str]:
    """The customary reading of each character."""
    found: dict[str, str] = {}
    for tag in ("kMandarin", "kTGHZ2013", "kHanyuPinyin"):
        for char, value in unihan(sources, "Readings", tag):
            if char in found or not in_tables(char, standard):
                continue
            plain = without_tone(value.split()[0].rpartition(":")[2].split(",")[0])
            if plain.isascii() and plain.isalpha():
                found[char] = plain
    return found


def write_readings(sources: Path, standard: dict[str, int]) -> None:
    """One line per syllable with the characters read so."""
    chars: dict[str, list[str]] = defaultdict(list)
    for char, syllable in sorted(readings(sources, standard).items()):
        chars[syllable].append(char)
    lines = [f"{syllable}\t{''.join(found)}\n" for syllable, found in sorted(chars.items())]
    (TARGET / "readings.txt").write_text("".join(lines), encoding="utf-8")


def stroke_orders(sources: Path) -> dict[str, str]:
    """The strokes of each character as digits 1 to 5."""
    script = (sources / "cnchar.order.min.js").read_text(encoding="utf-8")
    orders, kinds = (json.loads(text) for text in re.findall(r"JSON\.parse\('(.*?)'\)", script))
    digit = {letter: PLAIN_STROKES.get(kind["name"].split("|")[0], BENT) for letter, kind in kinds.items()}
    return {char: "".join(digit[letter] for letter in order) for char, order in orders.items()}


def standard_keys(
    standard: dict[str, int], counts: dict[str, int], orders: dict[str, str]
) -> dict[str, tuple[int, str, int, int]]:
    """A sorting key for the national table, taking unknown strokes from the neighbour in its own level."""
    keys: dict[str, tuple[int, str, int, int]] = {}
    for number, (low, high) in enumerate(LEVELS):
        level = sorted((char for char in standard if low < standard[char] <= high), key=standard.__getitem__)
        count, order = 1, ""
        for place, char in enumerate(level):
            if char in orders:
                count, order = len(orders[char]), orders[char]
            elif counts.get(char, 0) == count + 1 and all(
                counts.get(later, 99) > count for later in level[place : place + 3]
            ):
                count, order = count + 1, ""
            keys[char] = (count, order, number, standard[char])
    return keys


def write_strokes(sources: Path, standard: dict[str, int]) -> None:
    """One line per number of strokes: its characters in the standard order (GF 3003-1999)."""
    counts = {char: int(value.split()[0]) for char, value in unihan(sources, "IRGSources", "kTotalStrokes")}
    keys = standard_keys(standard, counts, stroke_orders(sources))
    last = "9"
    for char, count in counts.items():
        if char not in keys and in_tables(char, standard):
            keys[char] = (count, last, len(LEVELS), ord(char))
    lines: dict[int, list[str]] = defaultdict(list)
    for char in sorted(keys, key=keys.__getitem__):
        lines[keys[char][0]].append(char)
    text = "".join(f"{count}\t{''.join(chars)}\n" for count, chars in sorted(lines.items()))
    (TARGET / "strokes.txt").write_text(text, encoding="utf-8")


def main(sources: Path) -> None:
    """Write both tables."""
    standard = {char: int(value.split(":")[1]) for char, value in unihan(sources, "OtherMappings", "kTGH")}
    write_readings(sources, standard)
    write_strokes(sources, standard)
    (TARGET / "standard.txt").write_text(
        "".join(sorted(standard, key=standard.__getitem__)) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
