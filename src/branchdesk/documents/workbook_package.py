"""The ZIP package around a workbook: judged before anything is opened, counted while it is read."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote

from branchdesk.documents.workbook_problems import Reason, Unreadable
from branchdesk.documents.workbook_xml import Attributes, walk

MOST_PARTS = 5_000
MOST_BYTES = 1 << 30  # all parts together
MOST_PART_BYTES = 512 << 20
MOST_RATIO = 200  # rosters shrink to a tenth, formatted blanks to a fiftieth
_RATIO_MATTERS = 4 << 20
_ENCRYPTED = 0x1
_BLOCK = 1 << 18
_LOCAL_HEADER = 30
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part points to inside the package: the kind's last word and the part's name."""

    kind: str
    part: str


class CountedPart:
    """One part being read; it has to be as long as the package said, and not a byte more."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream = stream
        self._left = size

    def read(self, size: int, /) -> bytes:
        """The next bytes. Raises Unreadable where the package lied or is damaged."""
        try:
            block = self._stream.read(size)
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED) from error
        self._left -= len(block)
        if self._left < 0 or (not block and self._left):
            raise Unreadable(Reason.DAMAGED)
        return block


class Package:
    """The parts of a ZIP package by name. Raises Unreadable for what no table program writes."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED) from error
        self._parts = _judged(self._zip.infolist())

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._parts

    def names(self) -> list[str]:
        """The names of the parts, case-folded."""
        return list(self._parts)

    def entries(self) -> list[zipfile.ZipInfo]:
        """The entries of the parts in their order."""
        return list(self._parts.values())

    def content(self, part: str) -> bytes:
        """The whole of a part. Raises Unreadable where the package lied or is damaged."""
        stream, blocks = self.open(part), []
        while block := stream.read(_BLOCK):
            blocks.append(block)
        return b"".join(blocks)

    def size(self, part: str) -> int:
        """The length of a part once unpacked, in bytes."""
        return self._parts[part.casefold()].file_size

    def open(self, part: str) -> CountedPart:
        """A part to be read. Raises Unreadable for one that is not there."""
        entry = self._parts.get(part.casefold())
        if entry is None:
            raise Unreadable(Reason.DAMAGED)
        try:
            return CountedPart(self._zip.open(entry), entry.file_size)
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED) from error

    def relations(self, part: str) -> dict[str, Relation]:
        """What `part` points to by id; what lies outside the package is left out, never opened."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", name + ".rels")
        found: dict[str, Relation] = {}
        if listing not in self:
            return found

        def collect(_namespace: str, name: str, attributes: Attributes) -> None:
            target = unquote(attributes.get("Target", ""))
            if name != "Relationship" or attributes.get("TargetMode") == "External" or ":" in target:
                return
            kind = attributes.get("Type", "").rpartition("/")[2]
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[attributes.get("Id", "")] = Relation(kind, place)

        walk(self.open(listing), collect)
        return found


def _judged(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries by case-folded name, when their number, sizes, names and places are sane."""
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Unreadable(Reason.BOMB)
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.is_dir():
            continue
        if entry.flag_bits & _ENCRYPTED:
            raise Unreadable(Reason.ENCRYPTED)
        if entry.file_size > max(_RATIO_MATTERS, MOST_RATIO * entry.compress_size):
            raise Unreadable(Reason.BOMB)
        if entry.file_size > MOST_PART_BYTES:
            raise Unreadable(Reason.TOO_LARGE)
        name = entry.filename.casefold()
        if name in parts or not _is_plain(entry.filename) or entry.compress_type not in _METHODS:
            raise Unreadable(Reason.DAMAGED)
        parts[name] = entry
    _refuse_overlaps(entries)
    return parts


def _is_plain(name: str) -> bool:
    """Whether a name stays inside the package on every system."""
    return not name.startswith("/") and "\\" not in name and ":" not in name and ".." not in name.split("/")


def _refuse_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Raise Unreadable where entries share bytes, which is how a small file unpacks to a huge one."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Unreadable(Reason.BOMB)
        end = entry.header_offset + _LOCAL_HEADER + len(entry.filename) + entry.compress_size
