"""Workbooks made part by part, for what no program would write and for what only some programs write."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from branchdesk.documents.workbook_cells import Cell, Workbook, assemble
from branchdesk.documents.workbook_reader import read_workbook
from branchdesk.errors import Problem
from branchdesk.jobs.progress import SILENT

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet_xml(rows: str, *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """A sheet with these rows."""
    return f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def relations_xml(relations: Mapping[str, tuple[str, str]], office: str = OFFICE) -> str:
    """Relations by id: kind and target; a target with a colon is called external."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{office}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for name, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def workbook_parts(
    sheet: str | bytes,
    *,
    strings: str = "",
    styles: str = "",
    properties: str = "",
    namespace: str = MAIN,
    office: str = OFFICE,
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet; `strings` and `styles` are the insides of their parts."""
    relations = {"rId1": ("worksheet", "worksheets/sheet1.xml")}
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations_xml({"rId1": ("officeDocument", "xl/workbook.xml")}, office),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{office}">{properties}'
        '<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        relations["rId2"] = ("sharedStrings", "sharedStrings.xml")
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    if styles:
        relations["rId3"] = ("styles", "styles.xml")
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
    parts["xl/_rels/workbook.xml.rels"] = relations_xml(relations, office)
    return parts


def write_package(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """The parts as a ZIP package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def read_here(path: Path) -> Workbook:
    """The workbook read in this process, as the child reads it."""
    return assemble(read_workbook(SILENT, str(path)))


def rows_here(path: Path) -> list[tuple[Cell, ...]]:
    """The cells of the first sheet, read in this process."""
    return [row.cells for row in read_here(path).sheets[0].rows]


def texts_here(path: Path) -> list[list[str]]:
    """The texts of the first sheet, read in this process."""
    return [[cell.text for cell in cells] for cells in rows_here(path)]


def is_read_or_refused(path: Path) -> bool:
    """Whether a file is read, or refused with its name; anything else raises."""
    try:
        read_here(path)
    except Problem as problem:
        return f"“{path.name}”" in problem.sentence
    return True
