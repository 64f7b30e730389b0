"""Reads .xlsx from Excel, WPS or LibreOffice, transitional or strict; never opens links to the outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from branchdesk.documents.workbook_cells import Format
from branchdesk.documents.workbook_formats import BUILT_IN, GENERAL, NumberTable
from branchdesk.documents.workbook_intake import MOST_SHEETS, Intake, Piece
from branchdesk.documents.workbook_package import Package, Relation
from branchdesk.documents.workbook_problems import Reason, Unreadable
from branchdesk.documents.workbook_sheet_xml import BookTables, read_sheet
from branchdesk.documents.workbook_strings import MAIN_NAMESPACES, shared_texts
from branchdesk.documents.workbook_xml import Attributes, walk
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress

_YES = {"1", "true"}


@dataclass(slots=True)
class SheetEntry:
    """A sheet as the workbook part lists it."""

    name: str
    hidden: bool
    relation: str


@dataclass(slots=True)
class Book:
    """What the workbook part says."""

    sheets: list[SheetEntry] = field(default_factory=list)
    from_1904: bool = False

    def element(self, namespace: str, name: str, attributes: Attributes) -> None:
        """Note one element of the workbook part."""
        if namespace not in MAIN_NAMESPACES:
            return
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _YES
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(SheetEntry(attributes.get("name", ""), hidden, relation))

    def cell_sheets(self, relations: Mapping[str, Relation]) -> Iterator[tuple[SheetEntry, str]]:
        """The sheets of cells with the names of their parts, as many as are read.

        Sheets of charts and macros hold no cells; a sheet outside the package does not exist for us.
        """
        for entry in self.sheets[:MOST_SHEETS]:
            if entry.relation in relations and relations[entry.relation].kind == "worksheet":
                yield entry, relations[entry.relation].part


@dataclass(slots=True)
class _Styles:
    """What the styles part says about numbers."""

    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    formats: list[int] = field(default_factory=list)
    _in_cell_styles: bool = False

    def element(self, _namespace: str, name: str, attributes: Attributes) -> None:
        """Note one element of the styles part. Raises ValueError for broken numbers."""
        if name == "numFmt":
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", GENERAL)
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            self._in_cell_styles = name == "cellXfs"
        elif name == "xf" and self._in_cell_styles:
            self.formats.append(int(attributes.get("numFmtId", "0")))

    def tables(self, *, from_1904: bool) -> dict[str | None, NumberTable]:
        """For each style the table that shows its numbers; styles of one format share it."""
        by_code: dict[str, NumberTable] = {}
        plain = NumberTable()
        tables: dict[str | None, NumberTable] = defaultdict(lambda: plain)
        for place, number in enumerate(self.formats):
            code = self.codes.get(number, GENERAL)
            if code not in by_code:
                by_code[code] = NumberTable(code, from_1904=from_1904)
            tables[str(place)] = by_code[code]
        return tables


def read_xlsx(stream: IO[bytes], progress: Progress) -> Iterator[Piece]:
    """The pieces of the workbook in `stream`. Raises Unreadable."""
    package = Package(stream)
    part = workbook_part(package)
    book, relations = Book(), package.relations(part)
    walk(package.open(part), book.element)
    parts = {relation.kind: relation.part for relation in relations.values()}
    intake, styles = Intake(), _Styles()
    if parts.get("styles", "") in package:
        walk(package.open(parts["styles"]), styles.element)
    strings = parts.get("sharedStrings", "")
    texts = shared_texts(package.open(strings), intake) if strings in package else []
    tables = BookTables(texts, styles.tables(from_1904=book.from_1904))
    yield ["format", Format.XLSX.value]
    if len(book.sheets) > MOST_SHEETS:
        intake.note_sheets(len(book.sheets))
    sheets = list(book.cell_sheets(relations))
    total, before = sum(package.size(sheet) for _entry, sheet in sheets if sheet in package) or 1, 0
    for entry, sheet in sheets:
        yield intake.begin_sheet(entry.name, hidden=entry.hidden)
        sentence = _("正在读取工作表“{sheet}”", sheet=entry.name)

        def told(position: int, start: int = before, sentence: str = sentence) -> None:
            progress.step(min((start + position) / total, 1.0), sentence)

        yield from read_sheet(package.open(sheet), tables, intake, told)
        before += package.size(sheet)
    yield from intake.notes()


def workbook_part(package: Package) -> str:
    """The name of the part that lists the sheets. Raises Unreadable where there is none."""
    for relation in package.relations("").values():
        if relation.kind == "officeDocument":
            if relation.part.endswith(".bin"):
                raise Unreadable(Reason.BINARY_BOOK)
            if relation.part.startswith("word/"):
                raise Unreadable(Reason.WORD)
            if relation.part in package:
                return relation.part
    names = package.names()
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable(Reason.OPEN_DOCUMENT)
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable(Reason.ARCHIVE)
    raise Unreadable(Reason.DAMAGED)
