"""Word files: what they hold, and what programs of all makers ask of them (expectations H6)."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.layout import paginate
from branchdesk.documents.model import (
    LONG_CELL,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Ends,
    Entry,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Running,
    Sheet,
    Space,
    Span,
    Style,
    Table,
    Together,
)
from branchdesk.jobs.progress import Cancelled, Progress
from documents.word_minutes import DAY, SENTENCES, everything, minutes_document, volume

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAIN = Style()


def parts_of(content: bytes) -> dict[str, ET.Element]:
    """The XML parts of a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: ET.fromstring(archive.read(name))  # noqa: S314 - our own file
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def body_of(*blocks: Block, **more: object) -> ET.Element:
    document = replace(Document("试样", DAY, blocks), **more)  # type: ignore[arg-type]
    (body,) = parts_of(write_docx(document))["word/document.xml"]
    return body


def value(element: ET.Element, path: str, name: str = "val") -> str | None:
    """An attribute of the first element at a path, whose steps stand without namespace."""
    found = element.find(
        "/".join(f"{W}{step}" if step not in {".", ""} else step for step in path.split("/"))
    )
    return None if found is None else found.get(f"{W}{name}")


def text(element: ET.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t"))


def paragraphs(body: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    """The paragraphs that hold text, in order."""
    for paragraph in body.iter(f"{W}p"):
        if text(paragraph):
            yield text(paragraph), paragraph


def test_the_text_of_a_file_is_the_text_of_the_document_in_its_order() -> None:
    found = [said for said, _paragraph in paragraphs(body_of(
        Heading("会议记录"),
        Paragraph((Span("主持："), Span("周建国\n第二段"))),
        Ends("甲", "乙"),
        Table((Column("序号"), Column("姓名")), (("1", "王明\n（组长）"), ("2", "张𬀩"))),
        Sheet((20.0, 40.0), (30.0,), (Cell(0, 0, "姓名"), Cell(0, 1, "李四", foot=("签字",)))),
        Entry("讨论", "同意。"),
    ))]  # fmt: skip
    assert found == [
        *("会议记录", "主持：周建国", "第二段", "甲乙", "序号", "姓名", "1", "王明", "（组长）", "2", "张𬀩"),
        *("姓名", "李四", "签字", "讨论", "同意。"),
    ]


def test_another_program_reads_every_block() -> None:
    found = docx.Document(io.BytesIO(write_docx(everything())))
    assert [table.rows[0].cells[0].text for table in found.tables] == [
        *("序号", "照片", "序号", "讨论"),
        "一、组织建设",
    ]
    assert len(found.tables[0].rows) == 61
    sheet = found.tables[1]
    assert sheet.cell(0, 3)._tc is sheet.cell(1, 3)._tc
    assert sheet.cell(2, 1)._tc is sheet.cell(2, 3)._tc
    assert len(found.inline_shapes) == 5
    assert found.core_properties.title == "支部“三会一课”记录 <第1号> & 附件"
    assert found.core_properties.author == "中国共产党阳光区机关第一支部委员会"
    made = found.core_properties.created
    assert made is not None
    assert made.replace(tzinfo=None) == datetime(2026, 11, 21)  # noqa: DTZ001


@pytest.mark.parametrize("document", [everything(), volume(both_sides=True)], ids=["everything", "volume"])
def test_a_file_keeps_the_rules_by_which_every_program_lays_it_out(document: Document) -> None:
    content = write_docx(document)
    parts = parts_of(content)
    assert not [name for name in parts if "theme" in name]
    for name, part in parts.items():
        written = ET.tostring(part, encoding="unicode")
        assert "Theme" not in written, name
        for fonts in part.iter(f"{W}rFonts"):
            assert {fonts.get(f"{W}{kind}") for kind in ("ascii", "hAnsi", "eastAsia", "cs")} <= {
                "宋体",
                "黑体",
            }
        for run in part.iter(f"{W}r"):
            if run.find(f"{W}t") is not None:
                assert value(run, "rPr/rFonts", "eastAsia")
                assert value(run, "rPr/sz")
    body = parts["word/document.xml"]
    for table in body.iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
        assert all(grid)
        assert value(table, "tblPr/tblLayout", "type") == "fixed"
        assert value(table, "tblPr/tblW", "w") == str(sum(grid))
        for row in table.findall(f"{W}tr"):
            spans = [int(value(cell, "tcPr/gridSpan") or 1) for cell in row.findall(f"{W}tc")]
            widths = [int(value(cell, "tcPr/tcW", "w") or 0) for cell in row.findall(f"{W}tc")]
            assert sum(spans) == len(grid)
            assert sum(widths) == sum(grid)
            assert all(cell[-1].tag == f"{W}p" for cell in row.findall(f"{W}tc"))
    for _said, paragraph in paragraphs(body):
        assert value(paragraph, "pPr/snapToGrid") == "0"
        assert value(paragraph, "pPr/spacing", "lineRule") == "exact"
    fields = [
        field.get(f"{W}instr", "").strip() for part in parts.values() for field in part.iter(f"{W}fldSimple")
    ]
    assert set(fields) <= {"PAGE", "NUMPAGES", "SECTIONPAGES"}
    for name, part in parts.items():  # every picture and margin that is named is there
        if name.endswith(".rels"):
            targets = [link.get("Target", "") for link in part]
            folder = "word/" if "word" in name else ""
            assert {folder + target for target in targets} <= set(
                zipfile.ZipFile(io.BytesIO(content)).namelist()
            )


def test_the_table_of_fonts_names_a_substitute_for_each() -> None:
    fonts = parts_of(write_docx(everything()))["word/fontTable.xml"]
    assert {font.get(f"{W}name"): value(font, "altName") for font in fonts} == {
        "宋体": "SimSun",
        "黑体": "SimHei",
    }


def test_equal_documents_give_equal_bytes_in_every_process_and_at_every_time() -> None:
    program = (
        "import hashlib; from documents.word_minutes import everything; "
        "from branchdesk.documents.docx import write_docx; "
        "print(hashlib.sha256(write_docx(everything())).hexdigest())"
    )
    found = {hashlib.sha256(write_docx(everything())).hexdigest()}
    tests = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "PYTHONPATH": tests}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment)
    found.add(run.stdout.decode().strip())
    assert len(found) == 1
    with zipfile.ZipFile(io.BytesIO(write_docx(everything()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_only_the_date_of_the_document_tells_two_files_apart() -> None:
    later = replace(everything(), made_on=date(2026, 11, 22))
    one, other = parts_of(write_docx(everything())), parts_of(write_docx(later))
    differing = [name for name in one if ET.tostring(one[name]) != ET.tostring(other[name])]
    assert differing == ["docProps/core.xml"]


def test_lines_are_as_high_and_paper_and_margins_as_wide_as_in_the_pdf() -> None:
    body = body_of(Paragraph("一", Style(size=12.0, leading=1.75)))
    assert value(body, "p/pPr/spacing", "line") == "420"
    assert (value(body, "sectPr/pgSz", "w"), value(body, "sectPr/pgSz", "h")) == ("11906", "16838")
    margins = body.find(f"{W}sectPr/{W}pgMar")
    assert margins is not None
    assert [margins.get(f"{W}{side}") for side in ("left", "right", "top")] == ["1417", "1134", "1134"]


def test_space_between_blocks_stands_below_the_first_and_none_at_the_top_of_a_page() -> None:
    style = Style(before=5.0, after=3.0)
    body = body_of(
        Space(20.0),
        Paragraph("一", style),
        Space(10.0),
        Paragraph("二", style),
        PageBreak(),
        Paragraph("三", style),
    )
    found = {
        said: (value(one, "pPr/spacing", "before"), value(one, "pPr/spacing", "after"))
        for said, one in paragraphs(body)
    }
    gap = round((3.0 + 10.0 * 72 / 25.4 + 5.0) * 20)
    assert found == {"一": ("0", str(gap)), "二": ("0", "0"), "三": ("0", "0")}
    last = list(paragraphs(body))[-1][1]
    assert last.find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_headings_show_in_the_outline_and_stay_with_what_follows() -> None:
    body = body_of(Heading("会议记录"), Heading("一、会议情况", 2), Paragraph("正文"))
    (title, second, plain) = [one for _said, one in paragraphs(body)]
    assert (value(title, "pPr/pStyle"), value(second, "pPr/pStyle")) == ("Heading1", "Heading2")
    assert value(plain, "pPr/pStyle") is None
    assert title.find(f"{W}pPr/{W}keepNext") is not None
    assert plain.find(f"{W}pPr/{W}keepNext") is None
    assert value(plain, "pPr/ind", "firstLineChars") == "200"
    styles = parts_of(write_docx(minutes_document(1)))["word/styles.xml"]
    levels = [value(style, "pPr/outlineLvl") for style in styles if value(style, "pPr/outlineLvl")]
    assert levels == ["0", "1", "2", "3"]


def test_places_to_sign_stay_with_the_end_of_what_stands_before_them() -> None:
    tail = Together((Paragraph("共两人。", PLAIN), Paragraph("填表人：", PLAIN)), with_previous=True)
    body = body_of(Table((Column("姓名"),), tuple((str(n),) for n in range(5))), tail)
    kept = {said: one.find(f"{W}pPr/{W}keepNext") is not None for said, one in paragraphs(body)}
    assert kept == {
        "姓名": True,
        "0": True,
        "1": False,
        "2": False,
        "3": True,
        "4": True,
        "共两人。": True,
        "填表人：": False,
    }


def test_the_head_of_a_table_is_repeated_and_only_a_row_of_many_lines_is_parted() -> None:
    body = body_of(
        Table((Column("姓名"), Column("说明", 4.0)), (("王明", "短"), ("李四", "很长的说明" * 900)))
    )
    head, short, long = body.iter(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert short.find(f"{W}trPr/{W}cantSplit") is not None
    assert long.find(f"{W}trPr/{W}cantSplit") is None


def test_two_tables_one_after_the_other_stay_two() -> None:
    table = Table((Column("姓名"),), (("王明",),))
    tags = [one.tag.removeprefix(W) for one in body_of(table, table)]
    assert tags == ["tbl", "p", "tbl", "p", "sectPr"]


def test_boxes_one_after_the_other_are_one_table() -> None:
    body = body_of(Entry("一", "甲"), Entry("二", "乙"), Entry("三", "丙", label_width=40.0))
    assert [len(list(table.iter(f"{W}tr"))) for table in body.iter(f"{W}tbl")] == [2, 1]


def test_the_rows_of_a_sheet_stay_together() -> None:
    cells = (Cell(0, 0, "甲"), Cell(0, 1, "乙", rows=3), Cell(1, 0, "丙"), Cell(2, 0, "丁"))
    body = body_of(Sheet((40.0, 40.0), (10.0, 10.0, 10.0), cells))
    kept = {said: one.find(f"{W}pPr/{W}keepNext") is not None for said, one in paragraphs(body) if said}
    assert kept == {"甲": True, "乙": False, "丙": True, "丁": False}


def test_what_does_not_fit_a_sheet_goes_on_behind_it_and_before_the_next_part() -> None:
    long = "\n".join(f"{year}.09　在某某市阳光区第一中学学习和工作" for year in range(1950, 2020))
    sheet = Sheet(
        (20.0, 100.0),
        (60.0,),
        (Cell(0, 0, "简历"), Cell(0, 1, long, style=LONG_CELL, called="个人简历")),
        "登记表附页",
        "姓名：王明",
    )
    said = [
        one for one, _paragraph in paragraphs(body_of(Part("王明"), sheet, Part("李四"), Paragraph("完")))
    ]
    behind = said.index("登记表附页")
    assert said[behind - 1] == "（见附页）"
    assert said[behind + 1 : behind + 4] == ["姓名：王明", "个人简历", "（续）"]
    assert said[-1] == "完"
    kept = [one for one in said if re.match(r"\d{4}\.09", one)]
    assert [int(one[:4]) for one in kept] == list(range(1950, 2020))


def test_room_to_sign_behind_a_label_at_the_foot_of_a_cell_is_kept() -> None:
    feet = ("书记（签字）：　　　　", "年　月　日")
    body = body_of(Sheet((100.0,), (50.0,), (Cell(0, 0, "同意。", at_top=True, foot=feet),)))
    _text, signed, day = [one for _said, one in paragraphs(body)]
    room = int(value(signed, "pPr/ind", "right") or 0) - int(value(day, "pPr/ind", "right") or 0)
    assert room == 4 * 10.5 * 20
    assert int(value(signed, "pPr/spacing", "before") or 0) > 20 * 50


def test_parts_begin_on_new_leaves_and_count_from_one() -> None:
    parts = [
        block for title in ("王明", "李四") for block in (Part(title, on_odd_page=True), Paragraph(title))
    ]
    sections = list(body_of(*parts).iter(f"{W}sectPr"))
    assert [value(section, "type") for section in sections] == ["oddPage", "oddPage"]
    assert [value(section, "pgNumType", "start") for section in sections] == ["1", "1"]


def test_a_volume_counts_through_and_its_cover_has_no_number() -> None:
    content = write_docx(volume(both_sides=False))
    parts = parts_of(content)
    sections = list(parts["word/document.xml"].iter(f"{W}sectPr"))
    starts = [value(section, "pgNumType", "start") for section in sections]
    assert starts == [None, None, "1", *[None] * 11]
    feet = [value(section, "footerReference", "type") for section in sections]
    assert feet == ["default"] * len(sections)
    names = {link.get("Id"): link.get("Target") for link in parts["word/_rels/document.xml.rels"]}
    id_name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    written = []
    for section in sections:
        reference = section.find(f"{W}footerReference")
        assert reference is not None
        written.append(text(parts[f"word/{names[reference.get(id_name)]}"]))
    assert written[:2] == ["", ""]
    assert written[2] == "— 1 —"


def test_head_and_foot_fill_the_margins_and_are_written_once_however_many_parts_there_are() -> None:
    document = volume(both_sides=True)
    parts = parts_of(write_docx(document))
    margins = parts["word/document.xml"].find(f".//{W}sectPr/{W}pgMar")
    assert margins is not None
    assert len([name for name in parts if "footer" in name]) == 4  # odd and even, with a number and without
    for kind, side in (("header", "top"), ("footer", "bottom")):
        for name in [name for name in parts if kind in name]:
            lines = [int(value(one, "pPr/spacing", "line") or 0) for one in parts[name]]
            room = int(margins.get(f"{W}{side}", "0")) - int(margins.get(f"{W}{kind}", "0"))
            assert room - 3 <= sum(lines) <= room, name


def test_a_list_of_contents_says_the_pages_of_the_pdf() -> None:
    document = volume(both_sides=True)
    said = [one for one, _paragraph in paragraphs(parts_of(write_docx(document))["word/document.xml"])]
    start = said.index("目　录") + 1
    pagination = paginate(document)
    titles = [block.title for block in document.blocks if isinstance(block, Part)]
    wanted = [title + pagination.page_of_part(number) for number, title in enumerate(titles) if number > 1]
    assert said[start : start + 12] == wanted
    assert wanted[1].endswith("3")


def test_paper_for_both_sides_has_mirrored_margins_and_feet_of_its_own_on_even_pages() -> None:
    parts = parts_of(write_docx(volume(both_sides=True)))
    settings = parts["word/settings.xml"]
    assert settings.find(f"{W}mirrorMargins") is not None
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    feet = [foot for name, part in parts.items() if "footer" in name for _said, foot in paragraphs(part)]
    aligns = {value(foot, "pPr/jc") for foot in feet}
    assert aligns == {"left", "right"}
    plain = parts_of(write_docx(minutes_document(1)))
    assert plain["word/settings.xml"].find(f"{W}mirrorMargins") is None
    fields = [field.get(f"{W}instr", "").strip() for field in plain["word/footer1.xml"].iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_draft_says_so_across_every_page() -> None:
    parts = parts_of(write_docx(replace(minutes_document(1), watermark="草稿")))
    assert b"\xe8\x8d\x89\xe7\xa8\xbf" in ET.tostring(parts["word/header1.xml"], encoding="utf-8")
    parts = parts_of(write_docx(minutes_document(1)))
    assert "textpath" not in ET.tostring(parts["word/header1.xml"], encoding="unicode")


def test_what_no_xml_may_hold_is_left_out_and_its_signs_are_written_as_text() -> None:
    said = "A&B<“甲”>\x00\x0b\ud800乙\u200b]]>"
    ((found, _paragraph),) = paragraphs(body_of(Paragraph(said), running=Running("<甲>", "乙 & 丙", "")))
    assert found == "A&B<“甲”>乙]]>"


def test_an_entry_that_begins_with_a_date_hangs_below_its_text() -> None:
    entry = "1988.09—1992.07　" + "某某大学机械工程系机械制造专业学习" * 3
    for said, paragraph in paragraphs(body_of(Entry("简历", f"无\n{entry}"))):
        hanging = value(paragraph, "pPr/ind", "hanging")
        assert (hanging is not None) == said.startswith("1988"), said


def test_a_paragraph_that_a_program_would_break_into_more_lines_is_set_a_little_closer() -> None:
    style = Style(size=14.0, align=Align.JUSTIFY, first_indent=2.0)
    tight = body_of(Paragraph(SENTENCES[2] * 3, style))  # whose lines end with marks that the PDF pulls in
    assert -15 <= float(value(tight, "p/r/rPr/spacing") or 0) < 0
    loose = body_of(Paragraph("全年应缴党费1,260.50元", style))
    assert value(loose, "p/r/rPr/spacing") is None


def test_a_document_without_blocks_is_one_empty_page() -> None:
    body = body_of()
    assert [one.tag.removeprefix(W) for one in body] == ["p", "sectPr"]


def test_writing_reports_what_is_done_and_can_be_cancelled() -> None:
    shares: list[float] = []
    write_docx(everything(), Progress(lambda share, _sentence: shares.append(share)))
    assert shares == sorted(shares)
    assert shares[-1] > 0.8

    def listen(share: float, _sentence: str) -> None:
        if share > 0.5:
            progress.cancel()

    progress = Progress(listen)
    with pytest.raises(Cancelled):
        write_docx(everything(), progress)
