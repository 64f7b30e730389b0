"""Filling a superior's workbook: only the cells that were meant change, and programs compute the rest."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from branchdesk.documents import template_workbook
from branchdesk.documents.template_sheet_xml import SheetScan, area_of, cell_name, place_of
from branchdesk.documents.template_workbook import CellValue, TemplateSheet, fill_template, read_template
from branchdesk.domain.sheet_grid import Area
from branchdesk.errors import Problem
from branchdesk.jobs.progress import Cancelled, Progress
from documents.foreign_workbooks import ODD_SHEET, changed, odd, official, parts_of

OFFICE = shutil.which("soffice")
FIRST, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
NAME = "上级检查表.xlsx"
OWN: tuple[CellValue, ...] = (3, 2, 4, Decimal("3.5"))
CHECKED: tuple[CellValue, ...] = (3, 1, 4, Decimal("2.5"))
SCORES: dict[tuple[str, str], CellValue] = {
    ("检查表", "B2"): "中共阳光区机关第一支部委员会",
    ("检查表", "H2"): "2026年第四季度",  # inside of G2:H2
    ("检查表", "H5"): "分工没有成文 <见 2026-11 会议>\n已提出整改",
    ("检查表", "H7"): "=缺 11 月",
}
for _row, (_own, _checked) in enumerate(zip(OWN, CHECKED, strict=True), 4):
    SCORES["检查表", f"E{_row}"], SCORES["检查表", f"F{_row}"] = _own, _checked
IN_A_CHILD = {
    "test_only_the_cells_that_were_meant_change_and_they_keep_their_style",
    "test_a_workbook_is_read_with_its_joined_cells_and_formulas",
    "test_reading_and_filling_can_be_cancelled",
}
TAG = re.compile(r"\{[^}]*\}")


@pytest.fixture(autouse=True)
def _quick_child(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the fenced child does is done here, but in the tests named: to start one takes half a second."""

    def here(
        function: str, arguments: Mapping[str, Any], _limits: object, progress: Progress
    ) -> Iterator[Any]:
        module, _colon, name = function.partition(":")
        result = getattr(importlib.import_module(module), name)(progress, **json.loads(json.dumps(arguments)))
        yield from result if isinstance(result, Iterator) else (result,)

    if request.node.originalname not in IN_A_CHILD:
        monkeypatch.setattr(template_workbook, "stream_fenced", here)


def cells(part: bytes) -> dict[str, tuple[dict[str, str], str]]:
    """The cells of a sheet by name: attributes without the kind, and what they hold as canonical XML."""
    found = {}
    for cell in ET.fromstring(part).iter():  # noqa: S314 - our own fixture
        if TAG.sub("", cell.tag) == "c" and "r" in cell.attrib:
            inner = "".join(ET.tostring(child, encoding="unicode").strip() for child in cell)
            kept = {key: value for key, value in cell.attrib.items() if key not in {"r", "t"}}
            found[cell.attrib["r"]] = (kept, inner)
    return found


def around(part: bytes) -> str:
    """A sheet without its cells, as canonical XML."""
    tree = ET.fromstring(part)  # noqa: S314 - our own fixture
    for row in tree.iter():
        for cell in [child for child in row if TAG.sub("", child.tag) == "c"]:
            row.remove(cell)
    return ET.canonicalize(ET.tostring(tree, encoding="unicode"))


def values_of(content: bytes, sheet: str = "检查表") -> dict[str, object]:
    """The values as another program reads them."""
    found = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    return {
        cell.coordinate: cell.value for row in found.iter_rows() for cell in row if cell.value is not None
    }


def test_only_the_cells_that_were_meant_change_and_they_keep_their_style() -> None:
    before = parts_of(official())
    after = parts_of(fill_template(NAME, official(), SCORES))
    assert list(after) == list(before)
    touched = {name for name, part in before.items() if after[name] != part}
    assert touched == {FIRST, "xl/worksheets/sheet2.xml", BOOK}
    assert around(after[FIRST]) == around(before[FIRST])
    old, new = cells(before[FIRST]), cells(after[FIRST])
    meant = {cell for _sheet, cell in SCORES} - {"H2"} | {"G2"}
    for name, (attributes, inner) in new.items():
        held = old.get(name, ({}, ""))
        assert attributes == held[0], name
        if name in meant:
            assert inner != held[1]
        else:
            assert inner == re.sub(r"<\w*:?v\b[^>]*>999</\w*:?v>", "", held[1]), name
    assert set(new) - set(old) <= meant


def test_other_programs_read_what_was_written() -> None:
    filled = fill_template(NAME, official(), SCORES)
    found = values_of(filled)
    assert found["G2"] == "2026年第四季度"
    assert found["E7"] == 3.5
    assert found["F5"] == 1
    assert found["H5"] == "分工没有成文 <见 2026-11 会议>\n已提出整改"
    assert found["H7"] == "=缺 11 月"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(filled)).get_sheet_by_name("检查表")
    rows = sheet.to_python(skip_empty_area=False)
    assert rows[4][7] == "分工没有成文 <见 2026-11 会议>\n已提出整改"
    assert rows[6][5] == 2.5


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this computer")
def test_libreoffice_computes_the_formulas_from_what_was_filled_in(tmp_path: Path) -> None:
    rows = converted(tmp_path, {"official": fill_template(NAME, official(), SCORES), "odd": filled_odd()})
    sheet = rows["official-检查表"]
    assert [row[6] for row in sheet[3:8]] == ["0", "1", "0", "1.5", "10.5"]
    assert sheet[7][4:8] == ["12.5", "10.5", "10.5", "合格"]
    assert [sheet[9][4], sheet[10][4]] == ["6", "4"]
    assert sheet[11][4] == "5分"
    assert rows["official-汇总"][0] == ["总分", "10.5"]
    assert rows["odd-表 & 一"][3][1] == "14>"


def converted(folder: Path, files: Mapping[str, bytes]) -> dict[str, list[list[str]]]:
    """The sheets as LibreOffice computes them, as rows of texts; its Calc may not be installed."""
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    for name, content in {**files, "plain": plain.getvalue()}.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = [
        *(str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
        *("--convert-to", every_sheet, "--outdir", str(folder)),
        *(str(folder / f"{name}.xlsx") for name in (*files, "plain")),
    ]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=180)
    if not list(folder.glob("plain*.csv")):
        pytest.skip("this LibreOffice opens no workbooks")
    return {
        file.stem: list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        for file in folder.glob("*.csv")
    }


def filled_odd() -> bytes:
    sheet = "表 & 一"
    return fill_template(
        "odd.xlsx",
        odd(),
        {
            (sheet, "B1"): 7,
            (sheet, "D2"): "新行",
            (sheet, "B3"): "空行",
            (sheet, "A4"): "公式前",
            (sheet, "C4"): 4,
            (sheet, "B10"): "_x0041_ 合并",
            (sheet, "F12"): Decimal("0.10"),
        },
    )


def test_a_strange_program_s_sheet_keeps_every_byte_that_no_cell_needs_changed() -> None:
    after = parts_of(filled_odd())["xl/Sheets/One.xml"].decode("utf-8")

    def text(said: str) -> str:
        return f'<x:is><x:t xml:space="preserve">{said}</x:t></x:is></x:c>'

    new = [
        ('<x:c r="B1"><x:v>7</x:v></x:c>', "<x:c><x:v> 5 </x:v></x:c>"),
        ('<x:row r="2"><x:c r="D2" s="1" t="inlineStr">' + text("新行") + "</x:row>", ""),
        (
            '<x:row r="3" y:note="a &gt; b"><x:c r="B3" t="inlineStr">' + text("空行") + "</x:row>",
            '<x:row r=\'3\' spans="1:2" y:note="a &gt; b"/>',
        ),
        ('<x:row r="4" s="2" customFormat="1">', '<x:row r="4" s="2" customFormat="1" spans="1:3">'),
        ('<x:c r="A4" s="2" t="inlineStr">' + text("公式前"), ""),
        ('<x:c r="B4" s="1">', "<x:c r=\"B4\" s='1' t='str'>"),
        ('<x:c r="C4" s="2"><x:v>4</x:v></x:c>', ""),
        (
            '<x:c r="A9" t="inlineStr">' + text("_x005F_x0041_ 合并"),
            '<x:c r="A9" t="inlineStr" y:odd="1"><x:is><x:t><![CDATA[<c r="A1">]]></x:t></x:is></x:c>',
        ),
        ('<x:row r="12"><x:c r="F12"><x:v>0.10</x:v></x:c></x:row>', ""),
        ('<x:dimension ref="A1:F12">', '<x:dimension ref="A1:B2">'),
    ]
    for written, stood in new:
        assert after.count(written) == 1, written
        after = after.replace(written, stood)
    assert after == ODD_SHEET.replace("<x:v\n >old</x:v >", "")
    book = CalamineWorkbook.from_filelike(io.BytesIO(filled_odd()))
    rows = book.get_sheet_by_name("表 & 一").to_python(skip_empty_area=False)
    assert rows[0][:2] == ["标题", 7]
    assert rows[1][3] == "新行"
    assert rows[8][0] == "_x0041_ 合并"


def test_the_calculation_is_asked_for_where_the_order_of_the_format_wants_it() -> None:
    book = parts_of(filled_odd())[BOOK].decode("utf-8")
    assert '</x:definedNames><x:calcPr fullCalcOnLoad="1"/><x:oleSize ref="A1"/>' in book
    manual = changed(
        official(),
        lambda name, part: (
            part.replace(
                b'<calcPr calcId="124519"/>',
                b'<calcPr calcMode="manual" calcId="1"></calcPr>',
            )
            if name == BOOK
            else part
        ),
    )
    book = parts_of(fill_template(NAME, manual, SCORES))[BOOK].decode("utf-8")
    assert '<calcPr calcMode="manual" calcId="1" fullCalcOnLoad="1"></calcPr>' in book
    without = changed(official(), lambda _name, part: re.sub(rb"<calcPr[^>]*/>", b"", part))
    assert (
        b'</definedNames><calcPr fullCalcOnLoad="1"/></workbook>'
        in parts_of(fill_template(NAME, without, SCORES))[BOOK]
    )


def test_a_workbook_that_computes_nothing_changes_in_one_part_only() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("空").sheet_view.zoomScale = 80
    file = io.BytesIO()
    book.save(file)
    before = parts_of(file.getvalue())
    after = parts_of(fill_template("空.xlsx", file.getvalue(), {("空", "C3"): "有了"}))
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet2.xml"}
    assert values_of(fill_template("空.xlsx", file.getvalue(), {("空", "C3"): "有了"}), "空") == {
        "C3": "有了"
    }
    closed = changed(
        file.getvalue(), lambda _name, part: part.replace(b"<sheetData></sheetData>", b"<sheetData/>")
    )
    assert values_of(fill_template("空.xlsx", closed, {("空", "C3"): "有了"}), "空") == {"C3": "有了"}


def test_nothing_to_fill_in_changes_no_cell_and_no_part_of_a_plain_workbook() -> None:
    book = openpyxl.Workbook()
    file = io.BytesIO()
    book.save(file)
    assert parts_of(fill_template("a.xlsx", file.getvalue(), {})) == parts_of(file.getvalue())


def test_an_empty_text_empties_the_cell_and_keeps_its_look() -> None:
    after = cells(parts_of(fill_template(NAME, official(), {("检查表", "C4"): ""}))[FIRST])
    assert after["C4"] == ({"s": "3"}, "")


def test_line_breaks_of_every_kind_become_those_of_a_cell() -> None:
    filled = fill_template(NAME, official(), {("检查表", "H4"): "一\r\n二\r三\n 四\t五 "})
    assert values_of(filled)["H4"] == "一\n二\n三\n 四\t五 "


def test_a_number_that_a_cell_would_spoil_is_written_as_text() -> None:
    filled = fill_template(
        NAME,
        official(),
        {
            ("检查表", "E4"): Decimal(999999199001011234),
            ("检查表", "E5"): Decimal("NaN"),
            ("检查表", "E6"): Decimal("1E+2"),
        },
    )
    found = values_of(filled)
    assert (found["E4"], found["E5"], found["E6"]) == ("999999199001011234", "NaN", 100)


def refused(
    values: Mapping[tuple[str, str], CellValue], content: bytes | None = None, name: str = NAME
) -> Problem:
    with pytest.raises(Problem) as caught:
        fill_template(name, official() if content is None else content, values)
    return caught.value


@pytest.mark.parametrize("cell", ["G4", "E8", "E10", "E11", "H8"])
def test_a_formula_is_never_written_over(cell: str) -> None:
    problem = refused({("检查表", cell): 1})
    assert f"的 {cell} 是公式" in problem.sentence


def test_a_formula_for_its_own_cell_only_and_one_for_several_are_both_in_the_way() -> None:
    cells = '<c r="A1"><f t="array" ref="A1">1</f></c><c r="B1"><f t="array" ref="B1:C2">1</f></c><c r="D1"/>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = f'<sheetData><row r="1">{cells}</row></sheetData>'
    scan = SheetScan(f'<worksheet xmlns="{main}">{rows}</worksheet>'.encode())
    assert all(map(scan.is_formula, [(1, 0), (1, 1), (2, 2)]))
    assert not scan.is_formula((1, 3))


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [("检查", "A1"), ("检查表", "A0"), ("检查表", "XFE1"), ("检查表", "A1048577"), ("检查表", "五")],
)
def test_a_cell_that_is_not_there_is_named(sheet: str, cell: str) -> None:
    assert refused({(sheet, cell): 1}).sentence == f"“{NAME}”里没有工作表“{sheet}”的 {cell} 单元格。"


def test_the_last_cell_of_a_sheet_can_be_filled() -> None:
    assert "XFD1048576" in cells(
        parts_of(fill_template(NAME, official(), {("检查表", "XFD1048576"): 1}))[FIRST]
    )


def test_two_values_for_one_joined_cell_are_refused() -> None:
    problem = refused({("检查表", "G2"): "一", ("检查表", "H2"): "二"})
    assert problem.sentence == "工作表“检查表”的 G2 要填两样内容。"


@pytest.mark.parametrize("text", ["a\x00b", "\x0b", "\ud800", "\uffff", "\x1f"])
def test_what_no_workbook_can_hold_is_refused(text: str) -> None:
    assert refused({("检查表", "H4"): text}).sentence == "要填到“检查表”H4 的文字里有不能保存的字符。"


def test_a_text_longer_than_a_cell_is_refused() -> None:
    assert "有 32768 个字，一格放不下" in refused({("检查表", "H4"): "长" * 32_768}).sentence
    fill_template(NAME, official(), {("检查表", "H4"): "长" * 32_767})


def archive(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    return archive({**parts_of(official()), name: part})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是 .xlsx 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是 .xlsx 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
        (archive({"a.txt": b"x"}), "压缩包"),
        (official()[:3000], "已损坏"),
        (with_part("xl/vbaProject.bin", b"x"), "里有宏"),
        (with_part(FIRST, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "声明（DTD）"),
        (with_part(FIRST, b"<worksheet"), "已损坏"),
        (with_part(FIRST, b"<other/>"), "已损坏"),
        (with_part(FIRST, b'<worksheet xmlns="urn:other"><sheetData/></worksheet>'), "已损坏"),
        (with_part(FIRST, parts_of(official())[FIRST].replace(b"sheetData", b"other")), "已损坏"),
        (with_part(FIRST, parts_of(official())[FIRST].replace(b'r="A1"', b'r="11"')), "已损坏"),
        (with_part(FIRST, parts_of(official())[FIRST].decode("utf-8").encode("utf-16")), "已损坏"),
        (with_part("xl/bomb.xml", bytes(64 << 20)), "大得不正常"),
    ],
    ids=[
        *("empty", "old", "locked", "zip", "half", "macros", "dtd", "torn", "root", "namespace", "no cells"),
        *("places", "utf-16", "bomb"),
    ],
)
def test_what_is_no_workbook_to_be_filled_is_named(content: bytes, words: str) -> None:
    for problem in (refused({("检查表", "A1"): "x"}, content), caught_reading(content)):
        assert NAME in problem.sentence
        assert words in problem.sentence
        assert problem.advice


def caught_reading(content: bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        read_template(NAME, content)
    return caught.value


def by_name(sheets: tuple[TemplateSheet, ...]) -> dict[str, TemplateSheet]:
    return {sheet.name: sheet for sheet in sheets}


def test_a_workbook_is_read_with_its_joined_cells_and_formulas() -> None:
    sheets = by_name(read_template(NAME, official()))
    assert list(sheets) == ["检查表", "汇总", "说明"]
    assert sheets["说明"].sheet.hidden
    sheet = sheets["检查表"]
    assert sheet.sheet.rows[2].cell(4).text == "自评分"
    assert sheet.anchor(2, 7) == (2, 6)
    assert sheet.anchor(4, 4) == (4, 4)
    assert sheet.can_be_filled(4, 4)
    assert not sheet.can_be_filled(4, 6)
    assert not sheet.can_be_filled(8, 5)
    assert sheets["汇总"].formulas == {(1, 1)}


def test_equal_workbooks_filled_alike_are_equal_byte_for_byte() -> None:
    content = official()
    assert fill_template(NAME, content, SCORES) == fill_template(NAME, content, SCORES)


def test_a_filled_workbook_can_be_filled_again() -> None:
    again = fill_template(NAME, fill_template(NAME, official(), SCORES), {("检查表", "E4"): 1})
    assert values_of(again)["E4"] == 1
    assert values_of(again)["F4"] == 3


def test_reading_and_filling_can_be_cancelled() -> None:
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        fill_template(NAME, official(), SCORES, stopped)
    with pytest.raises(Cancelled):
        read_template(NAME, official(), stopped)


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("A1", (1, 0)),
        ("$C$5", (5, 2)),
        ("XFD1048576", (1_048_576, 16_383)),
        ("XFE1", None),
        ("a1", None),
        ("", None),
    ],
)
def test_places_are_told_from_names_of_cells(reference: str, place: tuple[int, int] | None) -> None:
    assert place_of(reference) == place
    if place is not None:
        assert cell_name(place) == reference.replace("$", "")


def test_areas_are_told_from_references() -> None:
    assert area_of("C5:B2") == Area(2, 1, 5, 2)
    assert area_of("B2") == Area(2, 1, 2, 1)
    assert area_of("B2:") == Area(2, 1, 2, 1)
    assert area_of("A:A") is None
