"""The codes of pages: read back from a scanner, never in the way of a text, the same in the Word twin."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import zxingcpp

from branchdesk.documents.docx import write_docx
from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import (
    A4_LANDSCAPE,
    A4_PORTRAIT,
    A5_PORTRAIT,
    Align,
    Block,
    Column,
    Document,
    PageStyle,
    Paragraph,
    Part,
    Running,
    Style,
    Table,
)
from branchdesk.documents.page_marks import CODE_MARGIN, SIDE, with_room_for_codes
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.surface import MM
from branchdesk.page_codes import PageCode, code_prefix, read_page_code
from documents.pdfa_checks import pypdfium2, text_of
from documents.recording import millimetres, record
from documents.test_docx import parts_of, value

UID = "0190f3a27c4e7d119d3c5a1b2c3d4e5f"
RUNNING = Running(
    "中共阳光区机关第一支部委员会", "党建工作检查表 2026年第四季度", code=code_prefix("INS", UID)
)
COLUMNS = (Column("编号", fits="A00"), Column("内容", 5.0, Align.LEFT), Column("分值"))
ROWS = tuple((f"A{n}", "党支部委员会按期换届，委员分工明确，按季度研究党建工作。", "3") for n in range(1, 61))


def document(*blocks: Block, page: PageStyle = A4_PORTRAIT, running: Running = RUNNING) -> Document:
    return Document("检查表", date(2026, 11, 21), blocks, page, running=running)


def scans(found: Document, dots: int = 200) -> list[Any]:
    """The pages as a scanner gives them."""
    with pypdfium2.PdfDocument(write_pdf(found)) as file:
        return [file[number].render(scale=dots / 72).to_pil().convert("L") for number in range(len(file))]


def codes_on(scan: Any) -> list[PageCode]:
    found = [read_page_code(one.text) for one in zxingcpp.read_barcodes(scan)]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("page", [A4_PORTRAIT, A4_LANDSCAPE, A5_PORTRAIT], ids=["A4", "across", "A5"])
def test_every_page_is_known_from_either_corner_however_it_lies_in_the_scanner(page: PageStyle) -> None:
    pages = scans(document(Table(COLUMNS, ROWS), page=page))
    assert len(pages) > 1
    for number, scan in enumerate(pages, start=1):
        expected = [PageCode("INS", UID, number, len(pages))] * 2
        for angle in (0, 2, -2, 90, 180, 182):
            assert codes_on(scan.rotate(angle, expand=True, fillcolor=255)) == expected, (number, angle)


def test_one_corner_may_be_lost() -> None:
    (scan,) = scans(document(Paragraph("一页。")))
    half = scan.height // 2
    for box in ((0, 0, scan.width, half), (0, half, scan.width, scan.height)):
        assert codes_on(scan.crop(box)) == [PageCode("INS", UID, 1, 1)]


def test_pages_count_within_their_part_or_through_the_file_and_a_cover_bears_no_code() -> None:
    blocks = (
        *(Part("封面", unnumbered=True), Paragraph("封面")),
        *(Part("一"), Paragraph("一")),
        *(Part("二"), Table(COLUMNS, ROWS[:40])),
    )
    within = [[(code.page, code.pages) for code in codes_on(scan)] for scan in scans(document(*blocks))]
    assert within == [[], [(1, 1)] * 2, [(1, 2)] * 2, [(2, 2)] * 2]
    through = scans(document(*blocks, running=replace(RUNNING, continuous=True)))
    assert [[(code.page, code.pages) for code in codes_on(scan)] for scan in through] == [
        *([], [(1, 3)] * 2),
        *([(2, 3)] * 2, [(3, 3)] * 2),
    ]


def test_the_short_number_stands_beside_each_code() -> None:
    pdf = write_pdf(document(Paragraph("一页。")))
    assert text_of(pdf).count("2C3D4E5F1/1") == 2


@pytest.mark.parametrize("page", [A4_PORTRAIT, replace(A4_PORTRAIT, mirrored=True), A4_LANDSCAPE])
@pytest.mark.parametrize("outer", [False, True])
def test_no_text_comes_near_a_code(page: PageStyle, outer: bool) -> None:  # noqa: FBT001
    long = replace(RUNNING, head_left=RUNNING.head_left * 3, outer_foot=outer)
    found = document(Table(COLUMNS, ROWS), page=page, running=long)
    quiet = 2.4 * MM
    for number, recorded in enumerate(record(found)):
        left = (page.right if page.mirrored and number % 2 else page.left) * MM
        right = left + (page.width - page.left - page.right) * MM
        side = SIDE * MM
        dark = [box for box in recorded.boxes if box.height < 5]  # the modules of both codes
        top = [box for box in dark if box.top < recorded.height / 2]
        bottom = [box for box in dark if box.top > recorded.height / 2]
        for boxes, edge in ((top, right - side), (bottom, left)):
            assert min(box.left for box in boxes) == pytest.approx(edge)
            assert max(box.left + box.width for box in boxes) == pytest.approx(edge + side)
            upper = min(box.top for box in boxes)
            lower = max(box.top + box.height for box in boxes)
            assert lower - upper == pytest.approx(side)
            for run in recorded.runs:
                beside = run.right < edge - quiet or run.x > edge + side + quiet
                above = run.baseline + 0.2 * run.size < upper - quiet
                below = run.baseline - 0.8 * run.size > lower + quiet
                assert beside or above or below, run.text


def test_the_margins_grow_only_where_there_are_codes() -> None:
    assert with_room_for_codes(A4_PORTRAIT, Running()) is A4_PORTRAIT
    grown = with_room_for_codes(A4_PORTRAIT, RUNNING)
    assert (grown.top, grown.bottom, grown.left) == (CODE_MARGIN, CODE_MARGIN, A4_PORTRAIT.left)
    deep = replace(A4_PORTRAIT, top=50.0)
    assert with_room_for_codes(deep, RUNNING).top == 50.0
    (page,) = record(document(Paragraph("一", Style())))
    assert millimetres(page.find("一").baseline) > CODE_MARGIN


def test_a_document_that_names_no_record_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="no prefix"):
        write_pdf(document(Paragraph("一"), running=Running(code="INS:1")))


def test_equal_documents_with_codes_give_equal_bytes_and_the_code_is_part_of_them() -> None:
    first, again = (write_pdf(document(Paragraph("一"))) for _turn in range(2))
    other = write_pdf(document(Paragraph("一"), running=replace(RUNNING, code=code_prefix("INS", "0" * 32))))
    assert first == again != other


def test_pages_break_where_they_break_in_the_word_twin_which_keeps_their_room() -> None:
    coded = document(Table(COLUMNS, ROWS[:33]))
    plain = replace(coded, running=replace(RUNNING, code=""))
    assert count_pages(coded) > count_pages(plain)
    bodies = [parts_of(write_docx(one))["word/document.xml"] for one in (coded, plain)]
    tops = [int(value(body, "body/sectPr/pgMar", "top") or 0) for body in bodies]
    assert tops == [round(CODE_MARGIN * MM * 20), round(A4_PORTRAIT.top * MM * 20)]
    assert not any("drawing" in element.tag for element in itertools.chain(*(body.iter() for body in bodies)))
