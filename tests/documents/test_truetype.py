"""TrueType files: reading them and cutting small ones."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from branchdesk.documents.truetype import OwnGlyph, TrueTypeFont, bar_glyph
from branchdesk.paths import resource

SONG = resource("fonts", "NotoSerifSC_400Regular.ttf")
RARE = resource("fonts", "NotoSerifSC_Rare.ttf")


def square_glyph(side: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, side))
    pen.lineTo((side, side))
    pen.lineTo((side, 0))
    pen.closePath()
    return pen.glyph()


def composite_font(path: Path) -> Path:
    """A font whose Á is made of A and an accent, with code points that lie apart."""
    parts = TTGlyphPen(dict.fromkeys(("A", "accent")))
    parts.addComponent("A", (1, 0, 0, 1, 0, 0))
    parts.addComponent("accent", (0.5, 0, 0, 0.5, 100, 300))
    order = [".notdef", "accent", "z", "A", "Aacute"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x41: "A", 0x42: "z", 0x43: "accent", 0xC1: "Aacute", 0x738B: "z"})
    glyphs = {name: square_glyph(100 + 10 * number) for number, name in enumerate(order)}
    builder.setupGlyf({**glyphs, "Aacute": parts.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    builder.save(str(path))
    return path


@pytest.mark.parametrize("path", [SONG, RARE])
def test_a_font_knows_the_glyph_and_the_advance_of_every_character(path: Path) -> None:
    font = TrueTypeFont(path)
    judge = TTFont(path)
    order = judge.getGlyphOrder()
    assert {code: order[glyph] for code, glyph in font.glyphs.items()} == judge.getBestCmap()
    assert [judge["hmtx"][name][0] for name in order] == list(font.advances)


def test_a_subset_keeps_the_outlines_in_the_order_asked_for() -> None:
    font = TrueTypeFont(SONG)
    chosen = [font.glyphs[ord(char)] for char in "党员王𬀩A"]
    cut = TTFont(io.BytesIO(font.subset([0, *chosen])), checkChecksums=2)
    whole = TTFont(SONG)
    assert cut["maxp"].numGlyphs == 6
    for place, glyph in enumerate(chosen, start=1):
        ours, theirs = cut.getGlyphOrder()[place], whole.getGlyphOrder()[glyph]
        assert (
            cut["glyf"][ours].getCoordinates(cut["glyf"])[0]
            == whole["glyf"][theirs].getCoordinates(whole["glyf"])[0]
        )
        assert cut["hmtx"][ours] == whole["hmtx"][theirs]


def test_a_subset_of_many_characters_is_small() -> None:
    font = TrueTypeFont(RARE)
    assert len(font.subset([0, *list(font.glyphs.values())[:100]])) < 60_000
    assert RARE.stat().st_size > 5_000_000


def test_a_composite_glyph_brings_its_parts_along(tmp_path: Path) -> None:
    font = TrueTypeFont(composite_font(tmp_path / "composite.ttf"))
    assert sorted(font.glyphs) == [0x41, 0x42, 0x43, 0xC1, 0x738B]
    cut = TTFont(io.BytesIO(font.subset([0, font.glyphs[0xC1]])), checkChecksums=2)
    assert cut["maxp"].numGlyphs == 4
    whole = TTFont(font.path)
    name = cut.getGlyphOrder()[1]
    assert (
        cut["glyf"][name].getCoordinates(cut["glyf"])[0]
        == whole["glyf"]["Aacute"].getCoordinates(whole["glyf"])[0]
    )


def test_a_moved_glyph_is_the_same_outline_further_right() -> None:
    font = TrueTypeFont(SONG)
    one = font.glyphs[ord("1")]
    cut = TTFont(io.BytesIO(font.subset([0, one, font.moved(one, 40, 558)])), checkChecksums=2)
    _notdef, plain, moved, *_parts = cut.getGlyphOrder()
    shifted = [(x + 40, y) for x, y in cut["glyf"][plain].getCoordinates(cut["glyf"])[0]]
    assert list(cut["glyf"][moved].getCoordinates(cut["glyf"])[0]) == shifted
    assert cut["hmtx"][moved][0] == 558


def test_a_bar_is_a_filled_rectangle() -> None:
    font = TrueTypeFont(SONG)
    cut = TTFont(io.BytesIO(font.subset([0, OwnGlyph(1000, bar_glyph(0, 350, 1000, 400))])))
    name = cut.getGlyphOrder()[1]
    corners = cut["glyf"][name].getCoordinates(cut["glyf"])[0]
    assert list(corners) == [(0, 350), (0, 400), (1000, 400), (1000, 350)]


def test_only_spaces_have_no_outline() -> None:
    font = TrueTypeFont(SONG)
    empty = {chr(code) for code, glyph in font.glyphs.items() if not font.has_outline(glyph)}
    assert empty == {" ", "\u00a0", "\u3000"}


def test_a_file_that_is_no_truetype_font_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.ttf"
    other.write_bytes(b"OTTO" + bytes(100))
    with pytest.raises(ValueError, match="TrueType"):
        TrueTypeFont(other)
    other.write_bytes(b"\0\1\0\0" + bytes(20))
    with pytest.raises(ValueError, match="has no table head"):
        TrueTypeFont(other)
