"""Workbooks as a superior sends them, with joined cells, formulas and print areas; and a strange one."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

import openpyxl
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from PIL import Image

LINES = (
    ("A1", "一、组织建设", "党支部委员会健全，按期换届", 3),
    ("A2", "一、组织建设", "委员分工明确，履行职责", 2),
    ("B1", "二、组织生活", "按季度召开党员大会", 4),
    ("B2", "二、组织生活", "每月召开支委会", 4),
)


@cache
def official() -> bytes:
    """A sheet to be filled, its total computed, and a second sheet that computes from it.

    Made once: a workbook says when it was made.
    """
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "检查表"
    sheet.merge_cells("A1:H1")
    sheet["A1"] = "党建工作检查表"
    sheet["A1"].font = Font(name="黑体", size=18)
    sheet["A2"], sheet["F2"] = "填报单位（盖章）：", "季度："
    sheet.merge_cells("B2:E2")
    sheet.merge_cells("G2:H2")
    for column, heading in enumerate(
        ("编号", "项目", "检查内容", "分值", "自评分", "考核得分", "扣分", "扣分原因"), 1
    ):
        sheet.cell(3, column, heading).fill = PatternFill("solid", fgColor="DDDDDD")
    thin = Side(style="thin")
    for row, (number, section, title, points) in enumerate(LINES, 4):
        for column, value in enumerate((number, section, title, points), 1):
            sheet.cell(row, column, value)
        sheet.cell(row, 7, f"=D{row}-F{row}")
        for column in range(1, 9):
            sheet.cell(row, column).border = Border(thin, thin, thin, thin)
        sheet.cell(row, 5).number_format = "0.0"
        sheet.cell(row, 8).alignment = Alignment(wrap_text=True)
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("B6:B7")
    sheet["A8"], sheet["E8"], sheet["F8"], sheet["G8"] = "合计", "=SUM(E4:E7)", "=SUM(F4:F7)", "=得分"
    sheet["H8"] = '=IF(F8>=10,"合格","不合格")'
    sheet["E10"] = ArrayFormula("E10:E11", "=D4:D5*2")
    sheet["E12"] = '=ROUND(F8/2,0)&"分"'
    sheet.print_area, sheet.print_title_rows, sheet.freeze_panes = "A1:H9", "1:3", "A4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    for letter, wide in zip("ABCDEFGH", (6, 12, 40, 6, 8, 10, 8, 30), strict=True):
        sheet.column_dimensions[letter].width = wide
    sheet.row_dimensions[4].height = 33
    choice = DataValidation(type="decimal", operator="between", formula1="0", formula2="10")
    choice.add("E4:F7")
    sheet.add_data_validation(choice)
    red: Any = CellIsRule("lessThan", ["1"], font=Font(color="FF0000"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("F4:F7", red)
    dot = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(dot, "PNG")
    sheet.add_image(SheetImage(dot), "J2")
    book.defined_names["得分"] = DefinedName("得分", attr_text="检查表!$F$8")
    other: Any = book.create_sheet("汇总")
    other["A1"], other["B1"] = "总分", "=检查表!F8"
    other["A2"] = "没有公式的一格"
    hidden: Any = book.create_sheet("说明")
    hidden["A1"] = "填表说明"
    hidden.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return with_stored_results(file.getvalue())


def with_stored_results(content: bytes) -> bytes:
    """The workbook with results in its formulas, as a program leaves it that has computed it."""

    def computed(_name: str, part: bytes) -> bytes:
        with_results = part.replace(b"<v />", b"<v>999</v>").replace(b"<v></v>", b"<v>999</v>")
        return with_results.replace(b' fullCalcOnLoad="1"', b"")

    return changed(content, computed)


def changed(content: bytes, change: Any) -> bytes:
    """The package with other contents of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, change(entry.filename, source.read(entry)))
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPC = "http://schemas.openxmlformats.org/package/2006"
ODD_SHEET = f"""\ufeff{_HEAD}<!-- made by hand > "here" -->
<x:worksheet xmlns:x='{_MAIN}' xmlns:y="urn:strange"><x:dimension ref="A1:B2"></x:dimension>
<x:cols><x:col min="1" max="1" width="9"/><x:col min="4" max='5' style="1" width="20"/></x:cols>
<x:sheetData >
 <x:row><x:c t="s"><x:v>0</x:v></x:c><x:c><x:v> 5 </x:v></x:c><!-- a > sign --></x:row>
 <x:row r='3' spans="1:2" y:note="a &gt; b"/>
 <x:row r="4" s="2" customFormat="1" spans="1:3"><x:c r="B4" s='1' t='str'><x:f>B1*2&amp;"&gt;"</x:f><x:v
 >old</x:v ></x:c></x:row>
 <x:row r="9"><x:c r="A9" t="inlineStr" y:odd="1"><x:is><x:t><![CDATA[<c r="A1">]]></x:t></x:is></x:c></x:row>
</x:sheetData >
<x:mergeCells count="1"><x:mergeCell ref="A9:B10"/></x:mergeCells></x:worksheet>"""


def odd() -> bytes:
    """A workbook of a strange program: prefixes, single quotes, cells without places, comments, a BOM."""
    parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_OPC}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            + "".join(
                f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument'
                f'.spreadsheetml.{kind}+xml"/>'
                for name, kind in (
                    ("xl/workbook.xml", "sheet.main"),
                    ("xl/Sheets/One.xml", "worksheet"),
                    ("xl/sharedStrings.xml", "sharedStrings"),
                    ("xl/styles.xml", "styles"),
                )
            )
            + "</Types>"
        ),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_OPC}/relationships"><Relationship Id="a"'
            f' Type="{_LINKS}/officeDocument" Target="/xl/workbook.xml"/></Relationships>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_OPC}/relationships">'
            + "".join(
                f'<Relationship Id="{name}" Type="{_LINKS}/{kind}" Target="{target}"/>'
                for name, kind, target in (
                    ("s1", "worksheet", "Sheets/One.xml"),
                    ("t", "sharedStrings", "sharedStrings.xml"),
                    ("l", "styles", "styles.xml"),
                )
            )
            + "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'{_HEAD}<x:workbook xmlns:x="{_MAIN}" xmlns:r="{_LINKS}"><x:sheets><x:sheet name="表 &amp; 一"'
            ' sheetId="1" r:id="s1"/></x:sheets><x:definedNames><x:definedName name="n">1</x:definedName>'
            '</x:definedNames><x:oleSize ref="A1"/></x:workbook>'
        ),
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}"><si><t>标题</t></si></sst>',
        "xl/styles.xml": (
            f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts><font/></fonts><fills><fill/></fills>'
            "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
            '<cellXfs><xf/><xf numFmtId="2"/><xf numFmtId="10"/></cellXfs></styleSheet>'
        ),
        "xl/Sheets/One.xml": ODD_SHEET,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part.encode("utf-8"))
    return file.getvalue()
