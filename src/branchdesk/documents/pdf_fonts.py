"""Fonts inside a PDF: Type 0 with Identity-H, one small subset per face, with widths and ToUnicode.

The numbers of characters in the text are the places of their glyphs in the subset, given in the order of
first use, so the same document gives the same file.
"""

from __future__ import annotations

import hashlib

from branchdesk.documents.fonts import face
from branchdesk.documents.truetype import OwnGlyph

_EM = 1000
_BLOCK = 100  # mappings in one bfchar block (Adobe TN 5014)
_SYMBOLIC, _SERIF = 4, 2


class FaceSubset:
    """The characters of one face that a document uses; number 0 stays the mark for what is missing."""

    def __init__(self, name: str, resource_name: str) -> None:
        self.resource_name = resource_name
        self.face = face(name)
        self._chars: dict[str, int] = {}
        self._glyphs: list[int | OwnGlyph] = [0]
        self._advances: list[int] = [0]

    def number(self, char: str, drawn: str) -> int:
        """The number of a character that is drawn like `drawn`, usually itself."""
        found = self._chars.get(char)
        if found is None:
            glyph = self.face.glyph(ord(drawn))
            if glyph is None:
                raise ValueError(f"{self.face.name} has no U+{ord(drawn):04X}")
            found = self._chars[char] = len(self._glyphs)
            self._glyphs.append(glyph)
            self._advances.append(self.face.advance(ord(drawn)))
        return found

    def font_file(self) -> bytes:
        """The font file with these glyphs only."""
        return self.face.font.subset(self._glyphs)

    def tagged_name(self) -> str:
        """The name with a tag of six letters that tells this subset from others (PDF 9.6.4)."""
        digest = hashlib.sha256("".join(self._chars).encode("utf-8")).digest()
        tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
        return f"{tag}+{self.face.name.replace('_', '-')}"

    def widths(self) -> str:
        """The W array: runs of numbers whose advance is not one em."""
        parts: list[str] = []
        run: list[int] = []
        for number, advance in enumerate([*self._advances[1:], _EM], start=1):
            if advance != _EM:
                run.append(advance)
            elif run:
                parts.append(f"{number - len(run)} [{' '.join(map(str, run))}]")
                run = []
        return f"[{' '.join(parts)}]"

    def flags(self) -> int:
        """The flags of the descriptor."""
        return _SYMBOLIC | (_SERIF if "Serif" in self.face.name else 0)

    def to_unicode(self) -> bytes:
        """The CMap from numbers to text: UTF-16BE, at most 100 to a block, never number 0."""
        mappings = [
            f"<{number:04X}> <{char.encode('utf-16-be').hex().upper()}>"
            for char, number in self._chars.items()
        ]
        blocks = []
        for start in range(0, len(mappings), _BLOCK):
            block = mappings[start : start + _BLOCK]
            blocks.append("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")))
        return _TO_UNICODE.replace("%", "\n".join(blocks)).encode("ascii")


_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
