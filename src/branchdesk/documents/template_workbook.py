"""Workbooks of the superior: reading what stands in them, and filling cells without touching anything else.

Both are done by a child process with limits, since the workbook comes from elsewhere.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from branchdesk.documents.template_sheet_xml import Place
from branchdesk.documents.workbook_cells import Assembly, Garbled, Sheet
from branchdesk.documents.workbook_opening import TROUBLES, WORKBOOK_LIMITS
from branchdesk.documents.workbook_problems import Reason, problem_of
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.fenced import FenceProblem, stream_fenced
from branchdesk.jobs.progress import SILENT, Progress

_READER = "branchdesk.documents.template_filling:read_template_book"
_FILLER = "branchdesk.documents.template_filling:fill_template_book"
_LONGEST = 32_767  # signs of a cell, as in Excel
# What XML 1.0 cannot hold, written or not (2.2): control signs but tab and line ends, halves of pairs.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_DIGITS = 15  # that a cell keeps of a number

CellValue = str | Decimal | int
CellPlace = tuple[str, str]  # the name of the sheet, and the cell, such as C5


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet of a workbook that is to be filled: what stands in it, and where it computes."""

    sheet: Sheet
    formulas: frozenset[Place]

    @property
    def name(self) -> str:
        """The name on the tab."""
        return self.sheet.name

    def anchor(self, row: int, column: int) -> Place:
        """The cell that shows what is written into a joined one; any other is its own."""
        for area in self.sheet.merged:
            if area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column:
                return area.first_row, area.first_column
        return row, column

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, as a table program shows it."""
        found = next((one for one in self.sheet.rows if one.number == row), None)
        return found.cell(column).text if found is not None else ""

    def can_be_filled(self, row: int, column: int) -> bool:
        """Whether a cell may be written to: it computes nothing."""
        return self.anchor(row, column) not in self.formulas


def read_template(name: str, content: bytes, progress: Progress = SILENT) -> tuple[TemplateSheet, ...]:
    """The sheets of a workbook, hidden ones too.

    Raises Problem that names the file for what is no .xlsx, is locked, damaged or has macros; and Cancelled.
    """
    assembly = Assembly()
    formulas: dict[str, frozenset[Place]] = {}
    try:
        for piece in _asked(name, _READER, {"name": name, "content": _packed(content)}, progress):
            match piece:
                case ["formulas", str(sheet), list(places)]:
                    formulas[sheet] = frozenset((int(row), int(column)) for row, column in places)
                case _:
                    assembly.add(piece)
    except (Garbled, TypeError, ValueError) as error:
        raise problem_of(Reason.DAMAGED, name) from error
    sheets = assembly.workbook().sheets
    return tuple(TemplateSheet(sheet, formulas.get(sheet.name, frozenset())) for sheet in sheets)


def fill_template(
    name: str, content: bytes, values: Mapping[CellPlace, CellValue], progress: Progress = SILENT
) -> bytes:
    """The workbook with values in its cells; texts keep their line breaks, cells their style.

    What is written into a joined cell stands in its first. Everything else stays as it is, but results of
    formulas, which every program computes anew. Raises Problem for a cell that computes or is not there, for
    a text that no cell can hold, and for a workbook as read_template does; and Cancelled.
    """
    wanted = [[sheet, cell, *_spelled(sheet, cell, value)] for (sheet, cell), value in values.items()]
    asked = {"name": name, "content": _packed(content), "values": wanted}
    answers = list(_asked(name, _FILLER, asked, progress))
    match answers:
        case [str(filled)]:
            try:
                return binascii.a2b_base64(filled, strict_mode=True)
            except binascii.Error as error:
                raise problem_of(Reason.DAMAGED, name) from error
        case _:
            raise problem_of(Reason.DAMAGED, name)


def _packed(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _asked(name: str, function: str, arguments: Mapping[str, Any], progress: Progress) -> Iterator[Any]:
    """What the child answers; its failures become Problems that name the file."""
    try:
        with closing(stream_fenced(function, arguments, WORKBOOK_LIMITS, progress)) as pieces:
            yield from pieces
    except FenceProblem as failure:
        reason = TROUBLES.get(failure.trouble)
        if reason is None:
            raise
        raise problem_of(reason, name) from failure


def _spelled(sheet: str, cell: str, value: CellValue) -> tuple[bool, str]:
    """Whether a value is a number, and how a workbook writes it. Raises Problem for what no cell can hold."""
    if not isinstance(value, str):
        number = Decimal(value)
        if not number.is_finite() or len(number.as_tuple().digits) > _MOST_DIGITS:
            return False, str(value)  # a cell would show another number
        return True, f"{number:f}"
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if _NOT_IN_XML.search(text):
        raise Problem(
            _("要填到“{sheet}”{cell} 的文字里有不能保存的字符。", sheet=sheet, cell=cell),
            _("请在检查表里把这段文字重新输入一遍，去掉看不见的字符。"),
        )
    if len(text) > _LONGEST:
        raise Problem(
            _("要填到“{sheet}”{cell} 的文字有 {n} 个字，一格放不下。", sheet=sheet, cell=cell, n=len(text)),
            _("请把文字缩短到 {n} 个字以内。", n=_LONGEST),
        )
    return False, text
