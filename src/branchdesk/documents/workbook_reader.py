"""Reads a workbook; what kind it is, its content tells, never its name. Runs in the child process."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from branchdesk.documents.workbook_csv import read_csv
from branchdesk.documents.workbook_intake import Piece
from branchdesk.documents.workbook_problems import Reason, Unreadable, problem_of
from branchdesk.documents.workbook_xlsx import read_xlsx
from branchdesk.errors import Problem
from branchdesk.jobs.progress import Progress

MOST_FILE_BYTES = 256 << 20
_START = 4_096
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_XLS = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")  # a bare stream of Excel 2 to 5
_KNOWN_STARTS = {
    b"%PDF": Reason.PDF,
    b"{\\rtf": Reason.WORD,
    b"\x89PNG": Reason.PICTURE,
    b"\xff\xd8\xff": Reason.PICTURE,
    b"GIF8": Reason.PICTURE,
    b"BM": Reason.PICTURE,
    b"Rar!": Reason.ARCHIVE,
    b"7z\xbc\xaf": Reason.ARCHIVE,
    b"\x1f\x8b": Reason.ARCHIVE,
}
_WEB_PAGE = re.compile(rb"<(!doctype html|html|head|meta|body|table|style|script|div)\b")
_MAILED_PAGE = re.compile(rb"mime-version:.*multipart/related", re.DOTALL)
_OLD_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")


def read_workbook(progress: Progress, path: str) -> Iterator[Piece]:
    """The pieces of the workbook at `path`, for `workbook_cells.assemble`.

    Raises Problem with the name of the file and what to do about it.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            yield from _not_empty(_pieces(stream, file, progress))
    except Unreadable as error:
        raise problem_of(error.reason, file.name, error.place) from error
    except OSError as error:
        raise _problem_of_opening(error, file) from error


def _not_empty(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces. Raises Unreadable where not one of them brought a row."""
    found_any = False
    for piece in pieces:
        found_any = found_any or piece[0] == "rows"
        yield piece
    if not found_any:
        raise Unreadable(Reason.EMPTY)


def _problem_of_opening(error: OSError, file: Path) -> Problem:
    """The sentence for what the system refused."""
    if isinstance(error, FileNotFoundError):
        return problem_of(Reason.MISSING, file.name)
    if isinstance(error, IsADirectoryError) or file.is_dir():
        return problem_of(Reason.FOLDER, file.name)
    if isinstance(error, PermissionError) or error.errno in {errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}:
        return problem_of(Reason.REFUSED, file.name)
    return problem_of(Reason.UNREADABLE, file.name)


def _pieces(stream: IO[bytes], file: Path, progress: Progress) -> Iterator[Piece]:
    """The pieces, read by the reader that the content asks for. Raises Unreadable."""
    size = file.stat().st_size
    if size > MOST_FILE_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    start = stream.read(_START)
    if not start:
        raise Unreadable(Reason.NOTHING)
    stream.seek(0)
    if start.startswith(_ZIP):
        yield from read_xlsx(stream, progress)
    elif start.startswith((_OLE, *_OLD_XLS)):
        from branchdesk.documents.workbook_xls import read_xls  # noqa: PLC0415 - wanted by old files only

        _judge_ole(stream)
        yield from read_xls(stream, progress)
    else:
        _refuse_strangers(start, file)
        yield from read_csv(stream, file.stem, size, progress)


def _judge_ole(stream: IO[bytes]) -> None:
    """Raise Unreadable for what lies in an OLE file when it is no workbook; the names of streams tell."""
    content = stream.read()
    stream.seek(0)
    if not content.startswith(_OLE):
        return

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise Unreadable(Reason.ENCRYPTED)
    if not (holds("Workbook") or holds("Book")):
        raise Unreadable(Reason.WORD if holds("WordDocument") else Reason.OTHER_OFFICE)


def _refuse_strangers(start: bytes, file: Path) -> None:
    """Raise Unreadable for kinds of files that are known by their first bytes and are no tables."""
    if file.name.startswith("~$"):
        raise Unreadable(Reason.LOCK_FILE)
    for mark, reason in _KNOWN_STARTS.items():
        if start.startswith(mark):
            raise Unreadable(reason)
    if _OLD_XML.search(start):
        raise Unreadable(Reason.OLD_XML)
    text = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if (text.startswith(b"<") and _WEB_PAGE.search(text)) or _MAILED_PAGE.search(text):
        raise Unreadable(Reason.WEB_PAGE)
