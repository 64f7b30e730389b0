"""Charts of bars: as long as what they say, in print and in the Word twin."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from branchdesk.documents.bars import BETWEEN, bar_share, set_bars
from branchdesk.documents.docx import write_docx
from branchdesk.documents.model import (
    A4_LANDSCAPE,
    A4_PORTRAIT,
    Bar,
    Bars,
    Block,
    Document,
    Heading,
    PageStyle,
    Paragraph,
    Signatures,
    Space,
    Style,
    Together,
)
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.surface import MM
from documents.pdfa_checks import text_of
from documents.recording import RecordedPage, record
from documents.test_docx import W, parts_of

SECTIONS = (
    Bar("一、组织建设", Decimal("18.5"), 20, "18.5／20"),
    Bar("二、组织生活", Decimal(12), 24, "12／24"),
    Bar("三、党员教育管理", 0, 16, "0／16"),
    Bar("四、发展党员", 15, 15, "15／15"),
)


def document(*blocks: Block, page: PageStyle = A4_PORTRAIT) -> Document:
    return Document("季度小结", date(2026, 12, 31), blocks, page)


def filled(page: RecordedPage) -> list[float]:
    """How much of its frame every bar fills that is not empty."""
    frames = sorted({round(one.x1, 3) for one in page.segments} | {round(one.x2, 3) for one in page.segments})
    return [round(box.width / (frames[-1] - frames[0]), 4) for box in page.boxes]


@pytest.mark.parametrize("page", [A4_PORTRAIT, A4_LANDSCAPE])
def test_bars_are_as_long_as_what_they_say(page: PageStyle) -> None:
    (drawn,) = record(document(Bars(SECTIONS), page=page))
    assert filled(drawn) == [0.925, 0.5, 1.0]
    assert len(drawn.segments) == 4 * len(SECTIONS)
    for bar in SECTIONS:
        label, text = drawn.find(bar.label), drawn.find(bar.text)
        frame = [one for one in drawn.segments if abs(one.y1 - label.baseline) < label.size]
        assert label.right < min(one.x1 for one in frame)
        assert text.x > max(one.x2 for one in frame)
        assert text.right <= (page.width - page.right) * 72 / 25.4 + 0.2


@pytest.mark.parametrize(
    ("value", "of", "share"), [(5, 4, 1), (-1, 4, 0), (3, 0, 0), (Decimal("0.5"), 2, Fraction(1, 4))]
)
def test_a_bar_is_never_longer_than_its_frame(value: Decimal | int, of: int, share: Fraction) -> None:
    assert bar_share(Bar("加分", value, of, "")) == Decimal(float(share))


def test_a_long_label_takes_two_lines_and_pushes_nothing_away() -> None:
    label = "五、发展党员和入党积极分子、发展对象的培养教育考察工作及其档案材料"
    (page,) = record(document(Bars((Bar(label, 1, 2, "1／2"), *SECTIONS))))
    assert filled(page) == [0.5, 0.925, 0.5, 1.0]
    assert "".join(run.text for run in page.runs if run.text in label) == label
    lines = [run.baseline for run in page.runs if run.text in label]
    assert len(set(lines)) > 1
    assert max(lines) + 6 < page.find("一、组织建设").baseline


def test_a_chart_stays_on_one_page_with_its_heading_and_what_belongs_to_its_end() -> None:
    start = (Paragraph("前文。", Style()), Space(210.0), Paragraph("还有。", Style()))
    end = Together((Signatures(("书记（签名）：",)),), with_previous=True)
    pages = record(document(*start, Heading("各部分得分", 2), Bars(SECTIONS), end))
    assert [page.texts()[0] for page in pages] == ["前文。", "各部分得分"]
    assert "还有。" in pages[0].texts()
    assert "15／15" in pages[1].texts()
    assert "书记（签名）：" in pages[1].texts()


def test_more_bars_than_a_page_holds_go_on_over_pages_and_none_is_lost() -> None:
    pages = record(document(Bars(tuple(Bar(f"第{n}项", n, 90, str(n)) for n in range(1, 91)))))
    assert len(pages) == 3
    assert [run.text for page in pages for run in page.runs if run.text.startswith("第")][:90]
    assert sum(len(page.boxes) for page in pages) == 90


def test_the_chart_is_printed_and_its_words_can_be_searched() -> None:
    said = text_of(write_pdf(document(Bars(SECTIONS))))
    for bar in SECTIONS:
        assert bar.label in said
        assert bar.text in said


def test_an_empty_chart_takes_no_room() -> None:
    (page,) = record(document(Bars(()), Paragraph("后文。")))
    assert "后文。" in page.texts()
    assert not page.segments


def test_the_word_twin_has_a_table_whose_shaded_cells_are_the_bars() -> None:
    body = parts_of(write_docx(document(Bars(SECTIONS))))["word/document.xml"]
    (table,) = body.iter(f"{W}tbl")
    shares = []
    for row in table.findall(f"{W}tr"):
        spans = {"dark": 0, "light": 0}
        cells = row.findall(f"{W}tc")
        for cell in cells[1:-1]:
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            dark = cell.find(f"{W}tcPr/{W}shd") is not None
            spans["dark" if dark else "light"] += int(span.get(f"{W}val", "1")) if span is not None else 1
        shares.append(spans["dark"] / sum(spans.values()))
    assert shares == [0.92, 0.5, 0.0, 1.0]
    assert ["".join(row.itertext()) for row in table.findall(f"{W}tr")] == [
        bar.label + bar.text for bar in SECTIONS
    ]
    assert ET.tostring(table, encoding="unicode").count("fixed") == 1


def test_figures_have_room_in_the_word_twin_for_fonts_wider_than_ours() -> None:
    body = parts_of(write_docx(document(Bars(SECTIONS))))["word/document.xml"]
    widths = [int(column.get(f"{W}w", "0")) / 20 for column in next(body.iter(f"{W}tblGrid"))]
    layout = set_bars(Bars(SECTIONS), sum(widths))
    assert widths[-1] - BETWEEN >= 1.3 * layout.text_width
    assert sum(widths) == pytest.approx(
        (A4_PORTRAIT.width - A4_PORTRAIT.left - A4_PORTRAIT.right) * MM, abs=1
    )
