"""Reading .xlsx: everything that Excel, WPS and LibreOffice write, and what only some programs write."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.documents import workbook_intake, workbook_strings
from branchdesk.documents.workbook_cells import Kind, NoteCode
from branchdesk.domain.sheet_grid import Area
from branchdesk.errors import Problem
from support.workbook_parts import (
    MAIN,
    OFFICE,
    STRICT,
    STRICT_OFFICE,
    read_here,
    relations_xml,
    rows_here,
    sheet_xml,
    texts_here,
    workbook_parts,
    write_package,
)

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="31"/>'
    '<xf numFmtId="777"/></cellXfs>'
    '<dxfs><dxf><numFmt numFmtId="165" formatCode="0"/></dxf></dxfs>'
)


def made(folder: Path, rows: str, **parts: str) -> Path:
    return write_package(folder / "a.xlsx", workbook_parts(sheet_xml(rows), **parts))


def test_shared_texts_come_without_their_formatting_and_without_readings(tmp_path: Path) -> None:
    strings = (
        "<si><t>姓名</t></si>"
        "<si><r><rPr><b/></rPr><t>周</t></r><r><t xml:space='preserve'> 建国</t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>とうきょう</t></rPh><phoneticPr fontId='1'/></si>"
        "<si><t>两行_x000D_\n字_x0041__xZZZZ_</t></si><si/><si><t></t></si>"
    )
    cells = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCDEF"))
    path = made(tmp_path, f'<row r="1">{cells}<c r="G1"><v>1</v></c></row>', strings=strings)
    assert texts_here(path) == [["姓名", "周 建国", "東京", "两行\r\n字A_xZZZZ_", "", "", "1"]]


def test_a_sign_beyond_the_first_plane_may_be_escaped_in_halves(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
        strings="<si><t>_xD842__xDFB7_田</t></si><si><t>半_xD842_</t></si>",
    )
    assert texts_here(path) == [["𠮷田", "半\ufffd"]]


def test_hidden_signs_come_through_for_the_checks_to_name(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = made(tmp_path, row, strings="<si><t>王_x0000_明\u202e\u200b</t></si>")
    assert texts_here(path) == [["王\x00明\u202e\u200b"]]


def test_texts_of_their_own_formula_results_errors_and_truths(tmp_path: Path) -> None:
    row = (
        '<c r="A1" t="inlineStr"><is><t>李敏</t></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t>王</t></r><r><t> 明</t></r>'
        '<rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
        '<c r="C1" t="str"><f>A1&amp;"x"</f><v>李敏x </v></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1" t="b"><v>1</v></c><c r="F1" t="b"><v>0</v></c>'
        '<c r="G1" t="n"><f>2*3</f><v>6</v></c>'
        '<c r="H1" t="d"><v>1998-07-01</v></c><c r="I1" t="d"><v>1998-07-01T09:30:00</v></c>'
        '<c r="J1" t="inlineStr"><v>old way</v></c><c r="K1" t="inlineStr"><is/></c>'
    )
    (cells,) = rows_here(made(tmp_path, f'<row r="1">{row}</row>'))
    assert [(cell.text, cell.kind, cell.raw) for cell in cells] == [
        ("李敏", Kind.TEXT, ""),
        ("王 明", Kind.TEXT, ""),
        ("李敏x ", Kind.TEXT, ""),
        ("#DIV/0!", Kind.ERROR, ""),
        ("TRUE", Kind.BOOL, ""),
        ("FALSE", Kind.BOOL, ""),
        ("6", Kind.NUMBER, "6"),
        ("1998-07-01", Kind.DATE, "1998-07-01"),
        ("1998-07-01", Kind.DATE, "1998-07-01T09:30:00"),
        ("old way", Kind.TEXT, ""),
    ]


def test_dates_are_told_by_their_format(tmp_path: Path) -> None:
    row = "".join(f'<c r="{letter}1" s="{n}"><v>36342</v></c>' for n, letter in enumerate("ABCDE"))
    path = made(tmp_path, f'<row r="1">{row}<c r="F1" s="99"><v>5</v></c></row>', styles=STYLES)
    assert texts_here(path) == [["36342", "1999/7/1", "1999年7月", "1999年7月1日", "36342", "5"]]


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" s="1"><v>34880</v></c></row>'
    path = made(tmp_path, row, styles=STYLES, properties='<workbookPr date1904="1"/>')
    assert texts_here(path) == [["1999/7/1"]]


def test_a_number_keeps_its_stored_digits_beside_what_is_shown(tmp_path: Path) -> None:
    long = "9.9999919710810496E+17"
    row = f'<c r="A1"><v>{long}</v></c><c r="B1"><v>13900000001</v></c><c r="C1" t="s"><v>0</v></c>'
    (cells,) = rows_here(made(tmp_path, f'<row r="1">{row}</row>', strings="<si><t>9.99999E+17</t></si>"))
    assert (cells[0].text, cells[0].raw, cells[0].whole_digits) == (
        "9.99999197108E+17",
        "9.9999919710810496E+17",
        18,
    )
    assert (cells[1].text, cells[1].raw, cells[1].whole_digits) == ("13900000001", "13900000001", 11)
    assert (cells[2].kind, cells[2].whole_digits) == (Kind.TEXT, 0)


def test_rows_and_cells_may_leave_out_their_places(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='5'><c><v>4</v></c></row>"
    rows += "<row><c><v>5</v></c></row>"
    sheet = read_here(made(tmp_path, rows)).sheets[0]
    assert [(row.number, [cell.text for cell in row.cells]) for row in sheet.rows] == [
        (1, ["1", "", "3"]),
        (5, ["4"]),
        (6, ["5"]),
    ]


def test_gaps_stay_empty_and_empty_ends_are_left_out(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="C2"><v>1</v></c><c r="AA2"><v>2</v></c><c r="AB2" s="0"/></row>'
        '<row r="3"><c r="A3" s="0"/><c r="B3" t="s"><v>0</v></c></row>'
        '<row r="40"><c r="A40" s="0"/></row>'
    )
    sheet = read_here(made(tmp_path, rows, strings="<si><t></t></si>")).sheets[0]
    assert [row.number for row in sheet.rows] == [2]
    assert sheet.rows[0].cell(2).text == "1"
    assert sheet.rows[0].cell(26).text == "2"
    assert sheet.rows[0].cell(99).kind is Kind.EMPTY
    assert len(sheet.rows[0].cells) == 27


def test_cells_out_of_order_come_into_order(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    assert texts_here(made(tmp_path, rows)) == [["1", "2", "3"]]


def test_hidden_rows_columns_sheets_and_joined_cells(tmp_path: Path) -> None:
    sheet = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
        '<row r="3" ht="0"><c r="A3"><v>3</v></c></row>',
        before='<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/>'
        '<col min="9" max="9" width="9"/></cols>',
        after='<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="D4"/></mergeCells>'
        "<headerFooter><oddHeader>&amp;C党员名册</oddHeader></headerFooter>",
    )
    parts = workbook_parts(sheet)
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        'name="表一"', 'name="表一" state="veryHidden"'
    )
    found = read_here(write_package(tmp_path / "a.xlsx", parts)).sheets[0]
    assert found.hidden
    assert [row.hidden for row in found.rows] == [False, True, True]
    assert found.hidden_columns == {1, 2, 4}
    assert found.merged == (Area(1, 0, 2, 2), Area(4, 3, 4, 3))
    assert found.rows[2].cells[0].text == "3"


@pytest.mark.parametrize(("namespace", "office"), [(MAIN, OFFICE), (STRICT, STRICT_OFFICE)])
def test_strict_and_transitional_files_read_alike(tmp_path: Path, namespace: str, office: str) -> None:
    sheet = sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', namespace=namespace)
    parts = workbook_parts(sheet, strings="<si><t>甲</t></si>", namespace=namespace, office=office)
    assert texts_here(write_package(tmp_path / "a.xlsx", parts)) == [["甲"]]


def test_names_with_a_prefix_are_the_same_names(tmp_path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c>'
        '<x:c r="B1" t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    parts = workbook_parts(sheet, strings="<si/>")
    parts["xl/sharedStrings.xml"] = f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>甲</x:t></x:si></x:sst>'
    parts["xl/workbook.xml"] = (
        f'<w:workbook xmlns:w="{MAIN}" xmlns:q="{OFFICE}" xmlns:o="urn:other"><w:sheets>'
        '<w:sheet name="表" sheetId="1" q:id="rId1"/></w:sheets>'
        '<o:sheet name="别的" q:id="rId1"/></w:workbook>'
    )
    workbook = read_here(write_package(tmp_path / "a.xlsx", parts))
    assert [[cell.text for cell in row.cells] for row in workbook.sheets[0].rows] == [["甲", "乙"]]
    assert [sheet.name for sheet in workbook.sheets] == ["表"]


def test_a_pretty_printed_file_reads_as_the_plain_one(tmp_path: Path) -> None:
    rows = (
        '\n  <row r="1">\n    <c r="A1">\n      <v> 1 </v>\n    </c>\n'
        '    <c r="B1" t="str">\n      <f>x</f>\n      <v>结果</v>\n    </c>\n'
        '    <c r="C1" t="s">\n      <v>0</v>\n    </c>\n    <c r="D1" s="0">\n    </c>\n'
        '    <c r="E1" t="inlineStr">\n <is>\n <t>甲 </t>\n </is>\n </c>\n </row>\n'
    )
    path = made(tmp_path, rows, strings="\n<si>\n  <t>名 </t>\n</si>\n")
    assert texts_here(path) == [["1", "结果", "名 ", "", "甲 "]]


def test_parts_may_be_named_absolutely_and_in_other_case(tmp_path: Path) -> None:
    parts = workbook_parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    parts["xl/_rels/workbook.xml.rels"] = relations_xml({"rId1": ("worksheet", "/XL/Worksheets/Sheet1.XML")})
    assert texts_here(write_package(tmp_path / "a.xlsx", parts)) == [["1"]]


def test_links_to_the_outside_and_sheets_of_charts_are_left_alone(tmp_path: Path) -> None:
    parts = workbook_parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    parts["xl/_rels/workbook.xml.rels"] = relations_xml(
        {
            "rId1": ("worksheet", "worksheets/sheet1.xml"),
            "rId2": ("worksheet", "http://example.invalid/sheet.xml"),
            "rId3": ("chartsheet", "chartsheets/sheet1.xml"),
            "rId4": ("sharedStrings", "file:///etc/passwd"),
        }
    )
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in (1, 2, 3, 7))
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    )
    assert [sheet.name for sheet in read_here(write_package(tmp_path / "a.xlsx", parts)).sheets] == ["1"]


def test_more_shared_texts_than_can_be_taken_in_are_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_strings, "MOST_STRING_SIGNS", 10)
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    with pytest.raises(Problem, match="太大"):
        read_here(made(tmp_path, row, strings="<si><t>一二三四五六</t></si>" * 2))


def test_formulas_without_a_stored_result_are_named(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v></v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v>2</v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c></row>'
    )
    workbook = read_here(made(tmp_path, rows))
    assert [cell.text for cell in workbook.sheets[0].rows[0].cells] == ["", "", "2"]
    (note,) = workbook.notes
    assert note.code is NoteCode.NO_RESULT
    assert "“表一”有 2 个公式" in note.sentence


# ---- what is more than can be taken in is named


def test_columns_behind_the_last_are_named_only_where_they_hold_something(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="IV1"><v>2</v></c><c r="IW1" s="0"/></row>'
    workbook = read_here(made(tmp_path, rows))
    assert len(workbook.sheets[0].rows[0].cells) == 256
    assert workbook.notes == ()
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    workbook = read_here(made(tmp_path, rows))
    assert [row.number for row in workbook.sheets[0].rows] == [1]
    assert [(note.code, note.sheet) for note in workbook.notes] == [(NoteCode.COLUMNS, "表一")]
    assert "IV 列以后还有内容" in workbook.notes[0].sentence


def test_more_rows_cells_sheets_and_joined_areas_than_are_taken_in_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 11)
    )
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(20, 30))
    path = write_package(
        tmp_path / "a.xlsx", workbook_parts(sheet_xml(rows, after=f"<mergeCells>{merged}</mergeCells>"))
    )
    monkeypatch.setattr(workbook_intake, "MOST_ROWS", 4)
    workbook = read_here(path)
    assert [row.number for row in workbook.sheets[0].rows] == [1, 2, 3, 4]
    assert [(note.code, "第 5 行" in note.sentence) for note in workbook.notes] == [(NoteCode.ROWS, True)]
    monkeypatch.setattr(workbook_intake, "MOST_ROWS", 100)
    monkeypatch.setattr(workbook_intake, "MOST_CELLS", 7)
    workbook = read_here(path)
    assert [row.number for row in workbook.sheets[0].rows] == [1, 2, 3]
    assert [(note.code, "第 3 行" in note.sentence) for note in workbook.notes] == [(NoteCode.CELLS, True)]
    monkeypatch.setattr(workbook_intake, "MOST_CELLS", 700)
    monkeypatch.setattr(workbook_intake, "MOST_AREAS", 9)
    monkeypatch.setattr("branchdesk.documents.workbook_sheet_xml.MOST_AREAS", 9)
    workbook = read_here(path)
    assert len(workbook.sheets[0].merged) == 9
    assert [note.code for note in workbook.notes] == [NoteCode.MERGED]


def test_more_sheets_than_are_taken_in_are_named(tmp_path: Path) -> None:
    parts = workbook_parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    sheets = "".join(f'<sheet name="支部{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 251))
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    )
    workbook = read_here(write_package(tmp_path / "a.xlsx", parts))
    assert len(workbook.sheets) == 200
    assert [note.code for note in workbook.notes] == [NoteCode.SHEETS]
    assert "250" in workbook.notes[0].sentence


@pytest.mark.parametrize("how", ["shared", "inline", "formula"])
def test_a_text_longer_than_any_cell_is_cut_and_named(tmp_path: Path, how: str) -> None:
    text = "长" * 40_000
    cell = {
        "shared": '<c r="A1" t="s"><v>0</v></c>',
        "inline": f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>',
        "formula": f'<c r="A1" t="str"><f>REPT("x",9)</f><v>{text}</v></c>',
    }[how]
    strings = f"<si><t>{text}</t></si>" if how == "shared" else ""
    workbook = read_here(made(tmp_path, f'<row r="1">{cell}</row>', strings=strings))
    assert workbook.sheets[0].rows[0].cells[0].text == text[:32_767]
    assert [note.code for note in workbook.notes] == [NoteCode.LONG_CELL]
    assert ("A1" in workbook.notes[0].sentence) == (how != "shared")


# ---- what is broken is refused


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>abc</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>5</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1" t="zz"><v>5</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>5</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>1998-13-01</v></c></row>',
        '<row r="1"><c r="11"><v>5</v></c></row>',
        '<row r="1"><c r="XFE1"><v>5</v></c></row>',
        '<row r="2"><c r="A2"><v>5</v></c></row><row r="1"><c r="A1"><v>5</v></c></row>',
        '<row r="1048577"><c r="A1"><v>5</v></c></row>',
        '<row r="x"><c r="A1"><v>5</v></c></row>',
        '<row r="1"><c r="A1"><v>5</v></row>',
        '<row r="1"><c r="A1"><v>&nbsp;</v></c></row>',
        '<row r="1"><c r="A1" r="A1"><v>5</v></c></row>',
        '</sheetData><mergeCells><mergeCell ref="A:B"/></mergeCells><sheetData>',
    ],
)
def test_a_sheet_that_no_program_writes_is_damaged(tmp_path: Path, rows: str) -> None:
    with pytest.raises(Problem, match="已损坏"):
        read_here(made(tmp_path, rows, strings="<si><t>甲</t></si>"))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_part_of_another_kind_is_damaged(tmp_path: Path, part: str) -> None:
    parts = workbook_parts(sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>'), strings="<si/>")
    for wrong in ("<html/>", '<worksheet xmlns="urn:x"/>', '<sst xmlns="urn:x"/>', "", "<a"):
        parts[part] = wrong
        with pytest.raises(Problem, match="已损坏"):
            read_here(write_package(tmp_path / "a.xlsx", parts))


def test_a_workbook_without_its_sheet_or_its_list_of_sheets_is_damaged(tmp_path: Path) -> None:
    for missing in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"):
        parts = workbook_parts(sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>'))
        del parts[missing]
        with pytest.raises(Problem, match="已损坏"):
            read_here(write_package(tmp_path / "a.xlsx", parts))
