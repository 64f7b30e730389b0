"""The fast PDF back end against ReportLab's public canvas: the same marks and the same text."""

from __future__ import annotations

from datetime import date

from branchdesk.documents.layout import lay_out
from branchdesk.documents.model import (
    A4_LANDSCAPE,
    Align,
    Column,
    Document,
    Font,
    Paragraph,
    QrCode,
    Running,
    Span,
    Style,
    Table,
)
from branchdesk.documents.pdf import write_pdf
from documents.pdfa_checks import pypdfium2, text_of
from documents.plain_canvas import PlainCanvas

NAMES = ("李䶮堃", "张㛃", "阿卜杜热西提·买买提", "陈镕", "欧阳昇")
ROWS = tuple(
    (name, "汉族", "某某省某某市阳光区经济和信息化委员会（综合规划科）副科长，兼办公室主任")
    for name in NAMES * 3
)
PAGE = Document(
    "对照页",
    date(2026, 11, 21),
    (
        Paragraph(
            "中国共产党阳光区机关第一支部委员会党员名册", Style(Font.HEADING, 18.0, align=Align.CENTRE)
        ),
        Paragraph(
            (Span("说明：", Font.STRONG), Span("本页用来对照两种画法，字、线、底色应当一点不差。")),
            Style(align=Align.JUSTIFY),
        ),
        Table((Column("姓名"), Column("民族"), Column("工作单位及职务", 2.0, Align.JUSTIFY)), ROWS),
        QrCode("BD1:MIN:1", 20.0, "12345"),
    ),
    page=A4_LANDSCAPE,
    running=Running(foot=""),
)


def picture_of(pdf: bytes) -> bytes:
    """The only page at 100 dots per inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return bytes(document[0].render(scale=100 / 72).to_pil().tobytes())


def test_a_page_is_the_same_pixel_for_pixel_as_through_the_plain_canvas() -> None:
    plain = PlainCanvas()
    lay_out(PAGE, plain)
    written = plain.finish()
    ours = write_pdf(PAGE)
    assert text_of(ours) == text_of(written).replace("\ufffe", "")
    assert picture_of(ours) == picture_of(written)
