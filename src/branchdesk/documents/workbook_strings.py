"""Texts of an .xlsx: the table of texts that cells share, without the readings that stand over them."""

from __future__ import annotations

import re

from branchdesk.documents.workbook_cells import Kind
from branchdesk.documents.workbook_intake import MOST_SIGNS, MOST_STRING_SIGNS, Intake
from branchdesk.documents.workbook_problems import Reason, Unreadable
from branchdesk.documents.workbook_xml import Attributes, ByteSource, feed, new_parser

MAIN_NAMESPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
}
_TEXT = Kind.TEXT.value
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def prefix_of(root: str, attributes: Attributes, expected: str) -> str:
    """What stands before the names of a part ("x:" or nothing). Raises Unreadable for another root."""
    prefix, colon, name = root.rpartition(":")
    namespace = attributes.get(f"xmlns:{prefix}" if colon else "xmlns", "")
    if name != expected or namespace not in MAIN_NAMESPACES:
        raise Unreadable(Reason.DAMAGED)
    return prefix + colon


def unescaped(text: str) -> str:
    """`text` with _x000D_ and the like replaced by the signs that they stand for (ECMA-376, 22.9.2.19)."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def joined(runs: list[str]) -> str:
    """The text in the runs that expat handed out."""
    return runs[0] if len(runs) == 1 else "".join(runs)


def keep_short(runs: list[str]) -> None:
    """Forget the rest of a text that is longer than any cell, while it is still being read."""
    signs = 0
    for place, run in enumerate(runs):
        signs += len(run)
        if signs > MOST_SIGNS:
            del runs[place + 1 :]
            return


def shared_texts(source: ByteSource, intake: Intake) -> list[str]:
    """The shared texts as cells in the short form, in their order. Raises Unreadable."""
    elements = _Texts(intake)
    for _position in feed(elements.parser, source):
        elements.keep_short()
    return elements.texts


class _Texts:
    """The elements of the table of texts as they come."""

    __slots__ = ("_intake", "_item", "_parts", "_reading", "_runs", "_signs", "_text", "parser", "texts")

    def __init__(self, intake: Intake) -> None:
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._intake = intake
        self._parts: list[str] = []
        self._reading = ""
        self._signs = 0
        self.parser = new_parser()
        self.parser.CharacterDataHandler = self._runs.append
        self.parser.StartElementHandler = self._begin

    def _begin(self, root: str, attributes: Attributes) -> None:
        prefix = prefix_of(root, attributes, "sst")
        self._item, self._text = prefix + "si", prefix + "t"
        self._reading = prefix + "rPh"
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def keep_short(self) -> None:
        """Forget the rest of a text that no cell can hold."""
        keep_short(self._runs)

    def _start(self, name: str, _attributes: Attributes) -> None:
        if name == self._text:
            self._runs.clear()
        elif name == self._item:
            self._parts.clear()

    def _end(self, name: str) -> None:
        if name == self._text:
            self._parts.append(joined(self._runs))
        elif name == self._item:
            parts = self._parts
            whole = unescaped(parts[0] if len(parts) == 1 else joined(parts))
            if len(whole) > MOST_SIGNS:
                whole = self._intake.clipped(whole)
            self._signs += len(whole)
            if self._signs > MOST_STRING_SIGNS:
                raise Unreadable(Reason.TOO_LARGE)
            self.texts.append("" if not whole or whole.isspace() else _TEXT + whole)
        elif name == self._reading:
            # The reading that stands over Japanese signs is no part of the text.
            self._parts.pop()
