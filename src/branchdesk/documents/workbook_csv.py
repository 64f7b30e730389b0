"""Reads .csv and .txt, whatever they are encoded in and parted by; every cell is a text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import IO

from branchdesk.documents.workbook_cells import Format, text_cell
from branchdesk.documents.workbook_intake import MOST_COLUMNS, MOST_SIGNS, Full, Intake, Piece
from branchdesk.documents.workbook_problems import Reason, Unreadable
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress

_BLOCK = 1 << 18
_SAMPLE_SIGNS = 1 << 16
_SAMPLE_ROWS = 50
_SEPARATORS = "\t,;"
_ROWS_AT_ONCE = 200
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MOST_CONTROLS = 0.001  # of all signs; a stray one happens in lists that other programs wrote
# ="00123" keeps a number whole where Excel opens the file itself.
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)


def encoding_of(stream: IO[bytes]) -> str:
    """The encoding of a text file: by its mark, else UTF-8 where all of it is that, else GB 18030.

    Raises Unreadable for what is no text.
    """
    start = stream.read(4)
    marked = [encoding for mark, encoding in _MARKS.items() if start.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        stream.seek(0)
        if _decodes(stream, encoding):
            return encoding
    raise Unreadable(Reason.UNKNOWN)


def _decodes(stream: IO[bytes], encoding: str) -> bool:
    """Whether all of `stream` is text in `encoding`."""
    decoder = codecs.getincrementaldecoder(encoding)()
    signs = controls = 0
    try:
        while block := stream.read(_BLOCK):
            text = decoder.decode(block)
            signs += len(text)
            controls += len(_CONTROLS.findall(text))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return controls <= signs * _MOST_CONTROLS


def separator_of(sample: str) -> str:
    """What parts the cells: the sign by which most rows of the sample get the same number of cells."""
    best, best_score = ",", (0, 0)
    for separator in _SEPARATORS:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths = Counter[int]()
        with suppress(csv.Error):  # the sample may end inside quotes
            widths.update(len(row) for row in islice(rows, _SAMPLE_ROWS) if len(row) > 1)
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (count, width) > best_score:
                best, best_score = separator, (count, width)
    return best


def read_csv(stream: IO[bytes], name: str, size: int, progress: Progress) -> Iterator[Piece]:
    """The pieces of the one sheet in `stream`, which is `size` bytes long. Raises Unreadable."""
    encoding = encoding_of(stream)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, newline="")
    separator = separator_of(text.read(_SAMPLE_SIGNS))
    text.seek(0)
    intake = Intake()
    yield ["format", Format.CSV.value]
    yield intake.begin_sheet(name, hidden=False)
    try:
        for number in _rows(text, separator, intake):
            if number % _ROWS_AT_ONCE == 0:
                progress.step(min(stream.tell() / max(size, 1), 1.0), _("正在读取"))
                yield from intake.taken_rows()
    finally:
        text.detach()  # the stream is closed by whoever opened it
    yield from intake.taken_rows()
    yield intake.shape([], set())
    yield from intake.notes()


def _rows(text: io.TextIOWrapper, separator: str, intake: Intake) -> Iterator[int]:
    """Take in the rows, yielding the number of each. Raises Unreadable for quotes that do not pair."""
    csv.field_size_limit(_SAMPLE_SIGNS)
    rows = csv.reader(text, delimiter=separator, strict=True)
    began = 1
    try:
        for number, row in enumerate(rows, start=1):
            cells = [_cell(cell, number, column, intake) for column, cell in enumerate(row)]
            intake.add_row(number, cells, hidden=False)
            yield number
            began = rows.line_num + 1
    except Full:
        return
    except csv.Error as error:
        raise Unreadable(Reason.QUOTES, began) from error


def _cell(text: str, row: int, column: int, intake: Intake) -> str:
    """One cell in the short form."""
    match = _AS_FORMULA.fullmatch(text)
    if match is not None:
        text = match[1]
    if column >= MOST_COLUMNS:
        if text.strip():
            intake.note_columns()
        return ""
    return text_cell(intake.clipped(text, row, column) if len(text) > MOST_SIGNS else text)
