"""Cuts the bundled fonts to the characters that Chinese offices use; the results are committed.

python installer/make_fonts.py SOURCES
SOURCES holds the static TrueType files of Noto Sans SC and Noto Serif SC (OFL 1.1) under the names below.
Every font carries 通用规范汉字表, GB 2312, Latin letters and symbols; one more carries the rest of
GBK and CJK extension A from Noto Serif SC, so that rare names print.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "fonts"
FONTS = ("NotoSansSC_400Regular", "NotoSansSC_600SemiBold", "NotoSerifSC_400Regular", "NotoSerifSC_700Bold")
RARE = "NotoSerifSC_400Regular"
SYMBOLS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x391, 0x3CA),
    *range(0x2010, 0x2040),
    *range(0x2190, 0x219A),
    *range(0x2460, 0x249C),
    *range(0x25A0, 0x25D0),
    *range(0x3000, 0x3040),
    *range(0xFF01, 0xFF5F),
    0x2103, 0x2116, 0x2605, 0x2606, 0x2611, 0x2610, 0x2713, 0x2717, 0x2795, 0x30FB, 0xFFE5,
)  # fmt: skip


def of_codec(name: str) -> set[int]:
    """The characters of a two-byte Chinese encoding."""
    found = set()
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            text = bytes((high, low)).decode(name, errors="ignore")
            if len(text) == 1 and not 0xE000 <= ord(text) <= 0xF8FF:
                found.add(ord(text))
    return found


def cut(source: Path, target: Path, characters: set[int]) -> None:
    """Write the glyphs of `characters` from `source` to `target`."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(characters & set(font.getBestCmap())))
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def main(sources: Path) -> None:
    """Cut all fonts."""
    standard = {
        ord(char) for char in (ROOT / "resources/names/standard.txt").read_text(encoding="utf-8").strip()
    }
    everyday = standard | of_codec("gb2312") | set(SYMBOLS)
    for name in FONTS:
        cut(sources / f"{name}.ttf", TARGET / f"{name}.ttf", everyday)
    rare = (of_codec("gbk") | set(range(0x3400, 0x4DC0)) | set(range(0x4E00, 0xA000))) - everyday
    cut(sources / f"{RARE}.ttf", TARGET / "NotoSerifSC_Rare.ttf", rare)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
