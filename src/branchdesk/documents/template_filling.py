"""Reading and filling somebody else's workbook in the fenced child, part by part, each judged before."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from branchdesk.documents.template_edits import FormulaInTheWay, Written, computes_on_load, written_sheet
from branchdesk.documents.template_sheet_xml import Place, SheetScan, cell_name, place_of
from branchdesk.documents.workbook_package import Package
from branchdesk.documents.workbook_problems import Reason, Unreadable, problem_of
from branchdesk.documents.workbook_xlsx import Book, read_xlsx, workbook_part
from branchdesk.documents.workbook_xml import walk
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress

MOST_BYTES = 32 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "vbaproject.bin"


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The sheets of a workbook: by their names the names of their parts."""

    package: Package
    part: str
    parts: Mapping[str, str]


def read_template_book(progress: Progress, name: str, content: str) -> Iterator[list[Any]]:
    """The pieces of a workbook as its reader gives them, and where its formulas are.

    Runs in the fenced child; the content comes as base64. Raises Problem that names the file.
    """
    book = base64.b64decode(content)
    try:
        sheets = _opened(name, book)
        yield from read_xlsx(io.BytesIO(book), progress)
        for sheet, part in sheets.parts.items():
            scan = SheetScan(sheets.package.content(part))
            yield ["formulas", sheet, [list(place) for place in sorted(scan.formulas)]]
    except Unreadable as error:
        raise problem_of(error.reason, name, error.place) from error


def fill_template_book(
    _progress: Progress, name: str, content: str, values: list[tuple[str, str, bool, str]]
) -> str:
    """The workbook with values in its cells, as base64; each value is sheet, cell, whether a number, text.

    Runs in the fenced child. Raises Problem that names the file, or the cell that cannot be written to.
    """
    try:
        sheets = _opened(name, base64.b64decode(content))
        filled = _filled(sheets, _by_sheet(name, sheets, values))
    except Unreadable as error:
        raise problem_of(error.reason, name, error.place) from error
    return binascii.b2a_base64(filled, newline=False).decode("ascii")


def _opened(name: str, content: bytes) -> _Sheets:
    """The sheets of a workbook that can be filled. Raises Problem for other kinds, and Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    if content.startswith(_OLE) and _LOCKED in content:
        raise Unreadable(Reason.ENCRYPTED)
    save_as = _("请用 Excel 或 WPS 打开它，选“另存为”，保存类型选“Excel 工作簿（*.xlsx）”，再选择新文件。")
    if not content.startswith(_ZIP):
        raise Problem(_("“{name}”不是 .xlsx 工作簿，不能照着填写。", name=name), save_as)
    package = Package(io.BytesIO(content))
    part = workbook_part(package)
    if any(one.rpartition("/")[2] == _MACROS for one in package.names()):
        raise Problem(_("“{name}”里有宏，不能照着填写。", name=name), save_as)
    book = Book()
    walk(package.open(part), book.element)
    parts = {entry.name: sheet for entry, sheet in book.cell_sheets(package.relations(part))}
    return _Sheets(package, part, parts)


def _by_sheet(
    name: str, sheets: _Sheets, values: list[tuple[str, str, bool, str]]
) -> dict[str, dict[Place, Written]]:
    """The values by the cells that show them. Raises Problem for a cell that is not there or asked twice."""
    scans: dict[str, SheetScan] = {}
    found: dict[str, dict[Place, Written]] = {}
    for sheet, cell, is_number, text in values:
        place = place_of(cell)
        if sheet not in sheets.parts or place is None:
            raise Problem(
                _("“{name}”里没有工作表“{sheet}”的 {cell} 单元格。", name=name, sheet=sheet, cell=cell),
                _("模板可能换了，请重新核对每一格填什么。"),
            )
        if sheet not in scans:
            scans[sheet] = SheetScan(sheets.package.content(sheets.parts[sheet]))
        place = scans[sheet].anchor(place)
        if scans[sheet].is_formula(place):
            raise _formula_problem(name, sheet, place)
        held = found.setdefault(sheet, {})
        if place in held:
            raise Problem(
                _("工作表“{sheet}”的 {cell} 要填两样内容。", sheet=sheet, cell=cell_name(place)),
                _("请只留一样；合并的单元格只能填一次。"),
            )
        held[place] = Written(text, is_number)
    return found


def _formula_problem(name: str, sheet: str, place: Place) -> Problem:
    return Problem(
        _(
            "工作表“{sheet}”的 {cell} 是公式，没有填写“{name}”。",
            sheet=sheet,
            cell=cell_name(place),
            name=name,
        ),
        _("公式由表格自己计算，请不要把内容填到这一格。"),
    )


def _filled(sheets: _Sheets, values: Mapping[str, Mapping[Place, Written]]) -> bytes:
    """The package with the sheets that change; where it computes, stored results are forgotten."""
    package = sheets.package
    contents = {part: package.content(part) for part in sheets.parts.values()}
    computes = any(SheetScan(content).formulas for content in contents.values())
    changed: dict[str, bytes] = {}
    for sheet, part in sheets.parts.items():
        try:
            new = written_sheet(contents[part], values.get(sheet, {}), forget_results=computes)
        except FormulaInTheWay as error:
            raise _formula_problem(sheet, sheet, error.place) from error
        if new != contents[part]:
            changed[part.casefold()] = new
    if computes:
        changed[sheets.part.casefold()] = computes_on_load(package.content(sheets.part))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in package.entries():
            new_entry = zipfile.ZipInfo(entry.filename, entry.date_time)
            new_entry.compress_type, new_entry.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
            new_entry.create_system = entry.create_system
            content = changed.get(entry.filename.casefold())
            target.writestr(new_entry, package.content(entry.filename) if content is None else content)
    return file.getvalue()
