"""The texts of a document."""

from __future__ import annotations

from datetime import date

from branchdesk.documents.model import (
    Cell,
    Column,
    Contents,
    Document,
    Ends,
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
    Table,
    Together,
)
from branchdesk.documents.texts import missing_in, texts_of


def test_every_text_of_every_block_is_found() -> None:
    document = Document(
        "甲",
        date(2026, 11, 21),
        (
            Part("乙"),
            Heading("丙"),
            Paragraph((Span("丁", Font.STRONG), Span("戊"))),
            Ends("己", "庚"),
            Table((Column("辛", fits="壬"),), (("癸",),)),
            Sheet(
                (10.0,), (10.0,), (Cell(0, 0, "子", foot=("丑",)), Cell(0, 0, Picture(b"x", 1.0, 1.0))), "寅"
            ),
            Entry("卯", "辰"),
            QrCode("1", caption="巳"),
            Together((Signatures(("午",)),)),
            Contents(),
        ),
        running=Running("未", "申", "酉"),
        watermark="戌",
        author="亥",
    )
    assert set("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥") <= set("".join(texts_of(document)))
    assert missing_in(document) == ""


def test_what_cannot_be_printed_is_found_wherever_it_stands() -> None:
    unknown = "\U00020000"
    table = Table((Column("姓名"),), (("王明",), (f"张{unknown}",)))
    assert missing_in(Document("名册", date(2026, 11, 21), (table,))) == unknown
