"""PDF files: fit for archives, equal for equal documents, and saying what they print."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from branchdesk.documents.model import (
    A4_LANDSCAPE,
    Align,
    Cell,
    Column,
    Contents,
    Document,
    Entry,
    Font,
    Heading,
    Paragraph,
    Part,
    Picture,
    QrCode,
    Running,
    Sheet,
    Signatures,
    Span,
    Style,
    Table,
)
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.jobs.progress import Cancelled, Progress
from documents.pdfa_checks import faults_of, pages_of, poppler_text_of, pypdfium2, text_of, without_space

DAY = date(2026, 11, 21)
MINUTES = "会议由王𬀩主持，应到 12 人、实到 10 人；李䶮堃、张㐀请假——理由见附件。缴纳党费 1,260.50 元……"


def photo(mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (60, 80), 120 if mode == "L" else (200, 30, 40)).save(file, "JPEG")
    return file.getvalue()


def everything() -> Document:
    """A document with every kind of block."""
    columns = (Column("序号", fits="000"), Column("姓名"), Column("单位", 3.0, Align.LEFT))
    return Document(
        "支部“三会一课”记录 <第1号> & 附件",
        DAY,
        (
            Part("目录", unnumbered=True),
            Contents(),
            Part("会议记录"),
            Heading("会议记录"),
            Paragraph((Span("主持：", Font.STRONG), Span(MINUTES))),
            Table(columns, tuple((str(n), "王𬀩", "东风机械厂") for n in range(60))),
            Sheet((30.0, 60.0), (20.0,), (Cell(0, 0, "照片"), Cell(0, 1, Picture(photo(), 15.0, 20.0)))),
            Sheet((30.0, 60.0), (8.0,), (Cell(0, 0, "议题"), Cell(0, 1, "同意。" * 30)), grows=True),
            Entry("讨论", "同意。" * 300, style=Style(Font.LABEL)),
            QrCode("BD1:MIN:0190:1/2:77aa", 20.0, "01-77"),
            Signatures(("记录人：", "　　年　　月　　日")),
        ),
        running=Running(continuous=True),
        author="中国共产党阳光区机关第一支部委员会",
        watermark="草稿",
    )


def test_a_file_is_what_archives_take() -> None:
    assert faults_of(write_pdf(everything())) == []


def test_a_page_of_any_size_without_any_text_is_archival_too() -> None:
    assert faults_of(write_pdf(Document("空白", DAY, (), page=A4_LANDSCAPE))) == []


def test_the_text_of_a_file_is_the_text_of_the_document() -> None:
    file = write_pdf(Document("记录", DAY, (Paragraph(MINUTES),)))
    expected = without_space(MINUTES + "第 1 页　共 1 页")
    assert text_of(file) == expected
    assert poppler_text_of(file) in {None, expected}


def test_names_beyond_the_first_plane_can_be_searched_and_copied() -> None:
    names = "𬀩𣲗𬱖𫘜𬭎䶮㛃"
    file = write_pdf(Document("名单", DAY, (Paragraph(names, Style()),)))
    assert text_of(file).startswith(names)
    assert (poppler_text_of(file) or names).startswith(names)
    assert missing_in(Document("名单", DAY, (Paragraph(names),))) == ""


def test_a_character_without_a_shape_is_printed_as_geta_and_stays_itself_in_the_text() -> None:
    document = Document("名单", DAY, (Paragraph("张\U00020000", Style(size=40.0)),))
    assert missing_in(document) == "\U00020000"
    file = write_pdf(document)
    assert text_of(file).startswith("张\U00020000")
    assert faults_of(file) == []
    geta = write_pdf(Document("名单", DAY, (Paragraph("张〓", Style(size=40.0)),)))
    with pypdfium2.PdfDocument(file) as one, pypdfium2.PdfDocument(geta) as other:
        assert one[0].render().to_pil().tobytes() == other[0].render().to_pil().tobytes()


def test_marks_without_a_shape_leave_nothing_in_the_file() -> None:
    file = write_pdf(Document("名\u200b单", DAY, (Paragraph("王\u202e明\x00", Style()),)))
    assert text_of(file).startswith("王明")
    assert faults_of(file) == []


def test_equal_documents_give_equal_bytes_in_every_process() -> None:
    program = (
        "import hashlib, sys; from documents.test_pdf import everything; "
        "from branchdesk.documents.pdf import write_pdf; "
        "print(hashlib.sha256(write_pdf(everything())).hexdigest())"
    )
    found = {hashlib.sha256(write_pdf(everything())).hexdigest()}
    tests = str(Path(__file__).resolve().parent.parent)
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": tests}
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, env=environment
        )
        found.add(run.stdout.decode().strip())
    assert len(found) == 1


def test_the_file_carries_the_date_of_the_document() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(everything()))) as file:
        described = file.trailer.Info
        assert str(described.CreationDate) == "D:20261121000000+08'00'"
        assert str(described.Title) == "支部“三会一课”记录 <第1号> & 附件"
        assert str(described.Author) == "中国共产党阳光区机关第一支部委员会"
        assert str(file.Root.Lang) == "zh-CN"


def test_parts_are_bookmarks_of_the_file() -> None:
    blocks = (Part("王明"), Paragraph("一"), Part("李四"), Paragraph("二"))
    with (
        pikepdf.open(io.BytesIO(write_pdf(Document("名单", DAY, blocks)))) as file,
        file.open_outline() as outline,
    ):
        assert [item.title for item in outline.root] == ["王明", "李四"]
        targets = [item.destination for item in outline.root]
        assert [target[0].objgen for target in targets if isinstance(target, pikepdf.Array)] == [
            page.obj.objgen for page in file.pages
        ]


def test_a_photograph_is_drawn_once_however_often_it_is_used() -> None:
    picture = Picture(photo(), 30.0, 40.0)
    with pikepdf.open(io.BytesIO(write_pdf(Document("照片", DAY, (picture, picture))))) as file:
        images = file.pages[0].obj.Resources.XObject
        assert len(images) == 1
        (image,) = images.values()
        assert (int(image.Width), int(image.Height), str(image.ColorSpace)) == (60, 80, "/DeviceRGB")


def test_a_photograph_keeps_its_shape_in_its_box() -> None:
    picture = Picture(photo(), 40.0, 40.0)
    with pypdfium2.PdfDocument(write_pdf(Document("照片", DAY, (picture,)))) as file:
        (box,) = [thing.get_bounds() for thing in file[0].get_objects() if type(thing).__name__ == "PdfImage"]
        left, bottom, right, top = box
        assert (right - left) / (top - bottom) == pytest.approx(60 / 80, abs=0.001)
        assert (top - bottom) * 25.4 / 72 == pytest.approx(40.0, abs=0.01)
        assert (left + right) / 2 * 25.4 / 72 == pytest.approx(25.0 + 165.0 / 2, abs=0.01)


def test_a_long_table_grows_with_its_pages_only() -> None:
    columns = (Column("姓名"), Column("单位", 3.0))
    small = write_pdf(Document("名册", DAY, (Table(columns, (("王明", "东风机械厂"),) * 100),)))
    large = write_pdf(Document("名册", DAY, (Table(columns, (("王明", "东风机械厂"),) * 5000),)))
    assert pages_of(large) > 100
    assert len(large) - len(small) < 2500 * pages_of(large)


def test_writing_can_be_cancelled_between_pages() -> None:
    shares: list[float] = []

    def listen(share: float, _sentence: str) -> None:
        shares.append(share)
        if len(shares) == 3:
            progress.cancel()

    progress = Progress(listen)
    rows = tuple((str(number), "王明") for number in range(2000))
    with pytest.raises(Cancelled):
        write_pdf(Document("名册", DAY, (Table((Column("序号"), Column("姓名")), rows),)), progress)
    assert len(shares) == 3
    assert max(shares) < 0.2
