"""The codes that name a page of paper: what it belongs to and which page of how many it is (paper.md 6).

A code never holds a name or a number of a person, so that a lost sheet tells nobody whose it is. Capitals and
digits only make the QR code coarse enough for a scanner at 200 dots per inch.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

_OURS = "BD1"  # the program, and the version of this format
_KIND = re.compile(r"[A-Z][A-Z0-9]{1,7}", re.ASCII)
_UID = re.compile(r"[0-9a-z][0-9a-z.\-/]{0,47}", re.ASCII)
_PREFIX = re.compile(rf"{_OURS}:(?P<kind>{_KIND.pattern}):(?P<uid>[0-9A-Z.\-/]+)", re.ASCII)
_CODE = re.compile(
    rf"(?P<named>{_PREFIX.pattern}:(?P<page>[1-9]\d{{0,3}})/(?P<pages>[1-9]\d{{0,3}})):(?P<crc>[0-9A-F]{{4}})",
    re.ASCII,
)
_LONG = 16  # characters; longer uids are random, and their end tells them apart
_TAIL = 8


@dataclass(frozen=True, slots=True)
class PageCode:
    """What a page says of itself: the kind of paper, the record or form, its page, and how many there are."""

    kind: str
    uid: str
    page: int
    pages: int

    @property
    def short_number(self) -> str:
        """What is printed beside the code for people, as 1A2B3C4D 2/6."""
        uid = self.uid if len(self.uid) <= _LONG else self.uid[-_TAIL:]
        return f"{uid.upper()} {self.page}/{self.pages}"


def code_prefix(kind: str, uid: str) -> str:
    """What the codes of all pages of a paper have in common; a document carries it as Running.code.

    `kind` are two to eight capitals and digits, `uid` small letters, digits, dots, hyphens and slashes.
    Raises ValueError for others, since no page must bear a code that cannot be read back.
    """
    if not _KIND.fullmatch(kind) or not _UID.fullmatch(uid):
        raise ValueError(f"no code can name {kind}:{uid}")
    return f"{_OURS}:{kind}:{uid.upper()}"


def numbered_code(prefix: str, page: int, pages: int) -> str:
    """The code of one page of a paper whose codes begin with `prefix`."""
    named = f"{prefix}:{page}/{pages}"
    return f"{named}:{_check(named)}"


def page_code(kind: str, uid: str, page: int, pages: int) -> str:
    """The code of a page. Raises ValueError as code_prefix does."""
    return numbered_code(code_prefix(kind, uid), page, pages)


def read_page_code(text: str) -> PageCode | None:
    """What a code says that was read from paper; None where it is not ours or was misread."""
    found = _CODE.fullmatch(text)
    if found is None or _check(found["named"]) != found["crc"]:
        return None
    page, pages = int(found["page"]), int(found["pages"])
    uid = found["uid"].lower()
    if page > pages or not _UID.fullmatch(uid):
        return None
    return PageCode(found["kind"], uid, page, pages)


def _check(named: str) -> str:
    """CRC-16 of XMODEM, as four hexadecimal digits."""
    return f"{binascii.crc_hqx(named.encode('ascii'), 0):04X}"
