"""The bundled fonts: which face prints a character in which role, how wide it is, and what no face prints.

Every role has a chain of faces: its own, then the rare characters of GBK and CJK extension A, then the
other style. A font that lacks a character prints nothing and does not complain, so nothing here
trusts a font: a character counts as printable only when its glyph has an outline (paper.md 1).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

from branchdesk.documents.model import Font
from branchdesk.documents.truetype import OwnGlyph, TrueTypeFont, bar_glyph
from branchdesk.paths import resource

GETA = "〓"  # printers' mark for a character that is not in the case; its place is filled by hand
_BLANKS = frozenset("\u0020\u00a0\u3000")
_SONG, _SONG_BOLD, _RARE = "NotoSerifSC_400Regular", "NotoSerifSC_700Bold", "NotoSerifSC_Rare"
_HEI, _HEI_LIGHT = "NotoSansSC_600SemiBold", "NotoSansSC_400Regular"
_CHAINS = {
    Font.BODY: (_SONG, _RARE, _HEI_LIGHT),
    Font.STRONG: (_SONG_BOLD, _RARE, _HEI),
    Font.HEADING: (_HEI, _RARE, _SONG),
    Font.LABEL: (_HEI_LIGHT, _RARE, _SONG),
}
_EM = 1000
# Marks without a shape: controls except the line break, joiners, directions, selectors, lone surrogates.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_HEIGHT_OF_DASH = 380  # the middle of Chinese characters, in thousandths of an em above the baseline


class Face:
    """One font file in use: glyphs by code point, with the Chinese dash and even figures made by us.

    The dash of the bundled fonts is made for Latin text: short of an em and low. —— has to be one unbroken
    line at the middle of the characters (GB/T 15834-2011, 4.13). The figures of 宋体 differ in width; in
    columns of dates and numbers they have to stand below one another.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.font = TrueTypeFont(resource("fonts", f"{name}.ttf"))
        self._own = self._even_figures()
        if ord("—") in self.font.glyphs:
            em = self.font.units
            half = em * (30 + self.font.metrics.weight // 10) // 3000  # about as thick as the stroke 一
            middle = em * _HEIGHT_OF_DASH // _EM
            self._own[ord("—")] = OwnGlyph(em, bar_glyph(0, middle - half, em, middle + half))

    def _even_figures(self) -> dict[int, OwnGlyph]:
        """The figures that are narrower than the widest one, in the middle of its width."""
        figures = {ord(figure): self.font.glyphs.get(ord(figure), 0) for figure in "0123456789"}
        advances = {code: self.font.advances[glyph] for code, glyph in figures.items()}
        widest = max(advances.values())
        return {
            code: self.font.moved(figures[code], (widest - advance) // 2, widest)
            for code, advance in advances.items()
            if figures[code] and advance < widest
        }

    def glyph(self, code: int) -> int | OwnGlyph | None:
        """What draws the code point; None where this face would print nothing."""
        own = self._own.get(code)
        if own is not None:
            return own
        glyph = self.font.glyphs.get(code)
        if glyph is None or not (self.font.has_outline(glyph) or chr(code) in _BLANKS):
            return None
        return glyph

    def advance(self, code: int) -> int:
        """The advance of a code point that the face has, in thousandths of an em."""
        own = self._own.get(code)
        units = own.advance if own is not None else self.font.advances[self.font.glyphs[code]]
        return round(units * _EM / self.font.units)


@cache
def face(name: str) -> Face:
    """The face of this file name, parsed once per process."""
    return Face(name)


def faces(font: Font) -> tuple[str, ...]:
    """The names of the faces that play a role, in the order in which they are asked."""
    return _CHAINS[font]


def face_for(font: Font, char: str) -> str | None:
    """The first face of the chain that prints the character; None where none does."""
    return next((name for name in _CHAINS[font] if face(name).glyph(ord(char)) is not None), None)


class _Widths(dict[str, float]):
    """The advance of each character of a role in ems, looked up when first met."""

    def __init__(self, font: Font) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> float:
        name = face_for(self._font, char)
        width = face(name).advance(ord(char)) / _EM if name else 1.0
        if char in "\n\t" or _HIDDEN.match(char):
            width = math.inf
        self[char] = width
        return width


@cache
def widths(font: Font) -> dict[str, float]:
    """The advance of any character in ems; what no face prints is as wide as its mark 〓.

    Line breaks, tabs and marks without a shape are infinite: they never fit, and `printable` removes them.
    """
    return _Widths(font)


def width(text: str, font: Font, size: float) -> float:
    """The width of a text on one line in points."""
    return sum(map(widths(font).__getitem__, text)) * size


def printable(text: str) -> str:
    """The text without marks that have no shape; tabs become spaces, line breaks stay."""
    if "\t" in text:
        text = text.replace("\t", " ")
    return _HIDDEN.sub("", text)


def missing_characters(texts: Iterable[str]) -> str:
    """The characters of the texts that no bundled font prints, each once, in the order met.

    They would come out as 〓; say so before printing (expectations H10).
    """
    seen: dict[str, None] = {}
    for text in texts:
        seen.update(dict.fromkeys(text))
    return "".join(
        char for char in printable("".join(seen)) if char != "\n" and face_for(Font.BODY, char) is None
    )
