"""TrueType files: which glyph draws a character, how wide it is, and small fonts cut from large ones.

Written from the OpenType specification; reads what PDF needs and nothing more.
"""

from __future__ import annotations

import itertools
import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_COPIED = ("cvt ", "fpgm", "prep")  # what hinted outlines call; absent in the bundled fonts
_COMPOSITE_WORDS, _COMPOSITE_MORE = 0x01, 0x20
_PART_BY_WORDS = 0x03  # offsets are words, and are offsets
_COMPOSITE_SCALES = ((0x08, 2), (0x40, 4), (0x80, 8))
_CHECKSUM_OF_FONT = 0xB1B0AFBA


@dataclass(frozen=True, slots=True)
class OwnGlyph:
    """A glyph that the program draws itself: its advance in units of the font and its outline."""

    advance: int
    outline: bytes


@dataclass(frozen=True, slots=True)
class Metrics:
    """The measures of a font, scaled to 1000 units per em."""

    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    weight: int
    box: tuple[int, int, int, int]


def bar_glyph(left: int, bottom: int, right: int, top: int) -> bytes:
    """The outline of a filled rectangle, in units of the font."""
    header = struct.pack(">hhhhhHH", 1, left, bottom, right, top, 3, 0)
    flags = bytes((1, 1, 1, 1))  # four corners on the curve, each given by two words
    xs = struct.pack(">4h", left, 0, right - left, 0)
    ys = struct.pack(">4h", bottom, top - bottom, 0, bottom - top)
    return header + flags + xs + ys


def _words(raw: bytes, kind: str) -> array[int]:
    """Big-endian numbers; `kind` is H for 16 and I for 32 bits."""
    numbers = array(kind, raw)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


class TrueTypeFont:
    """One static TrueType file with glyf outlines.

    `glyphs` tells the glyph of a code point, `advances` the width of a glyph in `units` of an em. Only
    small tables are kept in memory; outlines are read from the file when a subset is cut.
    Raises ValueError for a file that has no such outlines.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as stream:
            self._places = _table_places(stream)
            tables = {
                tag: self._read(stream, tag) for tag in ("head", "hhea", "hmtx", "maxp", "loca", "cmap")
            }
            os2, post = self._read(stream, "OS/2"), self._read(stream, "post")
        self._head, self._hhea, self._maxp = tables["head"], tables["hhea"], tables["maxp"]
        self.units: int = struct.unpack_from(">H", self._head, 18)[0]
        self._loca = self._read_loca(tables["loca"])
        self.advances = self._read_advances(tables["hmtx"])
        self.glyphs = _read_cmap(tables["cmap"])
        self.metrics = self._read_metrics(os2, post)

    def _read(self, stream: BinaryIO, tag: str) -> bytes:
        if tag not in self._places:
            raise ValueError(f"{self.path.name} has no table {tag}")
        place, length = self._places[tag]
        stream.seek(place)
        return stream.read(length)

    def _read_loca(self, raw: bytes) -> array[int]:
        is_long = struct.unpack_from(">h", self._head, 50)[0] != 0
        return _words(raw, "I") if is_long else array("I", (2 * place for place in _words(raw, "H")))

    def _read_advances(self, raw: bytes) -> array[int]:
        """The advance of every glyph; those beyond the full pairs have that of the last pair."""
        pairs: int = struct.unpack_from(">H", self._hhea, 34)[0]
        advances = _words(raw[: 4 * pairs], "H")[::2]
        rest = len(self._loca) - 1 - pairs
        return advances + array("H", [advances[-1]]) * rest

    def _read_metrics(self, os2: bytes, post: bytes) -> Metrics:
        box = struct.unpack_from(">4h", self._head, 36)
        ascent, descent = struct.unpack_from(">2h", self._hhea, 4)
        # The height of capitals is part of version 2 and later of the table.
        capitals = struct.unpack_from(">h", os2, 88)[0] if len(os2) >= 90 else ascent
        return Metrics(
            self._scaled(ascent),
            self._scaled(descent),
            self._scaled(capitals),
            struct.unpack_from(">i", post, 4)[0] / 65536,
            struct.unpack_from(">H", os2, 4)[0],
            (self._scaled(box[0]), self._scaled(box[1]), self._scaled(box[2]), self._scaled(box[3])),
        )

    def _scaled(self, units: int) -> int:
        return round(units * 1000 / self.units)

    def has_outline(self, glyph: int) -> bool:
        """Whether the glyph leaves a mark on paper."""
        return self._loca[glyph + 1] > self._loca[glyph]

    def moved(self, glyph: int, right: int, advance: int) -> OwnGlyph:
        """The glyph moved to the right and given another advance, in units of the font: a composite."""
        with self.path.open("rb") as stream:
            stream.seek(self._places["glyf"][0] + self._loca[glyph])
            left, bottom, edge, top = struct.unpack(">2x4h", stream.read(10))
        header = struct.pack(">hhhhh", -1, left + right, bottom, edge + right, top)
        return OwnGlyph(advance, header + struct.pack(">HHhh", _PART_BY_WORDS, glyph, right, 0))

    def subset(self, glyphs: Sequence[int | OwnGlyph]) -> bytes:
        """A font file that holds the given glyphs in the given order, as a CIDFontType2 needs it (PDF 9.9).

        The first should be 0, the mark for what is missing. Parts of composite glyphs are added behind.
        """
        wanted = list(glyphs)
        places = {
            glyph: place for place, glyph in reversed(list(enumerate(wanted))) if isinstance(glyph, int)
        }
        outlines: list[bytes] = []
        start = self._places["glyf"][0]
        with self.path.open("rb") as stream:
            copied = {tag: self._read(stream, tag) for tag in _COPIED if tag in self._places}
            for glyph in wanted:  # grows while it is walked: parts of composites come behind
                if isinstance(glyph, OwnGlyph):
                    outline = glyph.outline
                else:
                    stream.seek(start + self._loca[glyph])
                    outline = stream.read(self._loca[glyph + 1] - self._loca[glyph])
                outlines.append(_renumbered(outline, wanted, places))
        return _font_file({**copied, **self._tables_for(wanted, outlines)})

    def _tables_for(self, wanted: Sequence[int | OwnGlyph], outlines: Sequence[bytes]) -> dict[str, bytes]:
        pairs = bytearray()
        for glyph, outline in zip(wanted, outlines, strict=True):
            advance = glyph.advance if isinstance(glyph, OwnGlyph) else self.advances[glyph]
            left = struct.unpack_from(">h", outline, 2)[0] if outline else 0
            pairs += struct.pack(">Hh", advance, left)
        padded = [outline + bytes(-len(outline) % 4) for outline in outlines]
        ends = [0, *itertools.accumulate(len(outline) for outline in padded)]
        count = len(wanted)
        return {
            "glyf": b"".join(padded),
            "head": self._head[:8] + bytes(4) + self._head[12:50] + struct.pack(">hh", 1, 0),
            "hhea": self._hhea[:34] + struct.pack(">H", count),
            "hmtx": bytes(pairs),
            "loca": struct.pack(f">{len(ends)}I", *ends),
            "maxp": _largest(self._maxp, count),
        }


def _table_places(stream: BinaryIO) -> dict[str, tuple[int, int]]:
    """Where each table of the file begins and how long it is."""
    version, count = struct.unpack(">IH6x", stream.read(12))
    if version not in {0x00010000, 0x74727565}:
        raise ValueError("not a TrueType file with glyf outlines")
    places = {}
    for _number in range(count):
        tag, _checksum, place, length = struct.unpack(">4sIII", stream.read(16))
        places[tag.decode("latin-1")] = (place, length)
    return places


def _read_cmap(raw: bytes) -> dict[int, int]:
    """From code point to glyph: the widest Unicode table there is."""
    tables = {}
    for number in range(struct.unpack_from(">H", raw, 2)[0]):
        platform, encoding, place = struct.unpack_from(">HHI", raw, 4 + 8 * number)
        tables[platform, encoding] = place
    for key, read in (((3, 10), _cmap_12), ((0, 4), _cmap_12), ((3, 1), _cmap_4), ((0, 3), _cmap_4)):
        if key in tables:
            return dict(read(raw, tables[key]))
    raise ValueError("the font has no Unicode table")


def _cmap_12(raw: bytes, place: int) -> Iterable[tuple[int, int]]:
    for group in range(struct.unpack_from(">I", raw, place + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", raw, place + 16 + 12 * group)
        yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)


def _cmap_4(raw: bytes, place: int) -> Iterable[tuple[int, int]]:
    length, _language, doubled = struct.unpack_from(">HHH", raw, place + 2)
    count = doubled // 2
    words = _words(raw[place + 14 : place + length], "H")
    lasts, firsts = words[:count], words[count + 1 : 2 * count + 1]
    shifts, offsets = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 : 4 * count + 1]
    for segment in range(count):
        for code in range(firsts[segment], min(lasts[segment], 0xFFFE) + 1):
            glyph = code
            if offsets[segment]:
                at = 3 * count + 1 + segment + offsets[segment] // 2 + code - firsts[segment]
                glyph = words[at]
                if not glyph:
                    continue
            glyph = (glyph + shifts[segment]) & 0xFFFF
            if glyph:
                yield code, glyph


def _largest(maxp: bytes, count: int) -> bytes:
    """The table of limits for `count` glyphs, some of which may be composites of one part."""
    numbers = list(struct.unpack(">I14H", maxp[:32]))
    numbers[1] = count
    numbers[4:6] = max(numbers[2], numbers[4]), max(numbers[3], numbers[5])  # points, contours
    numbers[13:15] = max(1, numbers[13]), max(1, numbers[14])  # parts, depth
    return struct.pack(">I14H", *numbers)


def _renumbered(outline: bytes, wanted: list[int | OwnGlyph], places: dict[int, int]) -> bytes:
    """The outline with the numbers of its parts as they are in the subset; new parts join `wanted`."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return outline
    changed = bytearray(outline)
    place = 10
    more = True
    while more:
        flags, part = struct.unpack_from(">HH", changed, place)
        if part not in places:
            places[part] = len(wanted)
            wanted.append(part)
        struct.pack_into(">H", changed, place + 2, places[part])
        place += 8 if flags & _COMPOSITE_WORDS else 6
        place += sum(length for flag, length in _COMPOSITE_SCALES if flags & flag)
        more = bool(flags & _COMPOSITE_MORE)
    return bytes(changed)


def _checksum(table: bytes) -> int:
    return sum(_words(table + bytes(-len(table) % 4), "I")) & 0xFFFFFFFF


def _font_file(tables: dict[str, bytes]) -> bytes:
    """The tables as a file, sorted and with check sums."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))
    directory, body = bytearray(), bytearray()
    start = 12 + 16 * count
    head = 0
    for tag, table in sorted(tables.items()):
        place = start + len(body)
        if tag == "head":
            head = place
        directory += struct.pack(">4sIII", tag.encode("latin-1"), _checksum(table), place, len(table))
        body += table + bytes(-len(table) % 4)
    font = bytearray(header + directory + body)
    struct.pack_into(">I", font, head + 8, (_CHECKSUM_OF_FONT - _checksum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)
