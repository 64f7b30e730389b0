"""党员名册 on paper."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from branchdesk.documents.model import (
    A4_LANDSCAPE,
    Align,
    Column,
    Document,
    Ends,
    Font,
    Paragraph,
    Running,
    Signatures,
    Style,
    Table,
    Together,
)
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.reports.roster import Holds, Roster, RosterColumn, RosterTotals, padded_name, roster_document
from documents.pdfa_checks import faults_of, pages_of, poppler_text_of, text_of, without_space
from documents.recording import record

DAY = date(2026, 11, 21)
COLUMNS = (
    RosterColumn("序号", Holds.NUMBER),
    RosterColumn("姓名", Holds.NAME),
    RosterColumn("身份证号码", Holds.ID_NUMBER),
    RosterColumn("工作单位及职务", Holds.TEXT),
)
EMPLOYERS = (
    "东风机械厂",
    "某某省某某市阳光区经济和信息化委员会综合规划科副科长",
    "阳光区第一中学（南校区），教务处",
)
NAMES = ("王𬀩", "李䶮堃", "张明", "阿卜杜热西提·买买提", "欧阳昇")


def people(count: int) -> tuple[tuple[str, ...], ...]:
    """Invented members with sample numbers of region 999999."""
    chance = random.Random(7)
    return tuple(
        (str(n), chance.choice(NAMES), f"9999991970010{n % 10}{n % 10000:04}", chance.choice(EMPLOYERS))
        for n in range(1, count + 1)
    )


def roster(count: int = 3, **more: object) -> Roster:
    made = Roster(
        "中国共产党阳光区机关第一支部委员会",
        "中国共产党阳光区机关工作委员会",
        "2026年11月21日",
        DAY,
        COLUMNS,
        people(count),
        RosterTotals(count, count - 1, 1, 1, 0),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # each test names fields of the roster


def test_the_roster_is_this_document() -> None:
    totals = Style(size=10.5, leading=1.5, before=2.0, after=1.0)
    assert roster_document(roster(notes=("其中 1 人未填转入日期。",))) == Document(
        "中国共产党阳光区机关第一支部委员会党员名册",
        DAY,
        (
            Paragraph(
                "中国共产党阳光区机关第一支部委员会党员名册",
                Style(Font.HEADING, 18.0, 1.35, Align.CENTRE, after=4.0, sizes=(18.0, 16.0)),
                keep_with_next=True,
            ),
            Ends(
                "填报单位：中国共产党阳光区机关工作委员会",
                "截至日期：2026年11月21日",
                Style(size=10.5, leading=1.4, after=3.0),
                keep_with_next=True,
            ),
            Table(
                (
                    Column("序号", 1.0, Align.CENTRE, "0000"),
                    Column("姓名", 2.0, Align.CENTRE, "四字姓名"),
                    Column("身份证号码", 3.4, Align.CENTRE, "00000000000000000X"),
                    Column("工作单位及职务", 6.0, Align.LEFT, "七个汉字的宽度"),
                ),
                people(3),
            ),
            Together(
                (
                    Paragraph(
                        "共有党员 3 名，其中正式党员 2 名、预备党员 1 名；女党员 1 名，少数民族党员 0 名。",
                        totals,
                    ),
                    Paragraph("其中 1 人未填转入日期。", replace(totals, before=0.0)),
                    Signatures(("填表人：", "审核人：", "党组织书记（签字）：", "　　　　年　　月　　日")),
                ),
                with_previous=True,
            ),
        ),
        page=A4_LANDSCAPE,
        author="中国共产党阳光区机关工作委员会",
        running=Running(foot="第 {page} 页　共 {pages} 页"),
    )


@pytest.mark.parametrize("count", [0, 1, 200])
def test_the_roster_is_archival_and_says_what_it_prints(count: int) -> None:
    document = roster_document(roster(count))
    file = write_pdf(document)
    assert faults_of(file) == []
    assert missing_in(document) == ""
    text = text_of(file)
    assert text.startswith(
        "中国共产党阳光区机关第一支部委员会党员名册填报单位：中国共产党阳光区机关工作委员会"
    )
    for row in people(count):
        assert without_space("".join(row)) in text
    assert text.count("工作单位及职务") == pages_of(file)
    assert sorted(poppler_text_of(file) or text) == sorted(text)


def test_every_page_counts_itself_and_all() -> None:
    document = roster_document(roster(200))
    pages = record(document)
    assert [page.texts()[-1] for page in pages] == [
        f"第 {number} 页　共 {len(pages)} 页" for number in range(1, len(pages) + 1)
    ]


def test_signatures_close_the_last_page_with_rows_above_them() -> None:
    for count in range(18, 48):
        last = record(roster_document(roster(count)))[-1]
        assert "填表人：" in last.texts()
        assert f"共有党员 {count} 名" in "".join(last.texts())
        assert str(count - 1) in last.texts(), count


def test_names_of_two_characters_may_be_set_as_wide_as_three() -> None:
    texts = record(roster_document(roster(40, padded_names=True)))[0].texts()
    assert "张　明" in texts
    assert "王　𬀩" in texts
    assert "李䶮堃" in texts
    assert "张明" not in texts
    assert "张明" in record(roster_document(roster(40)))[0].texts()


@pytest.mark.parametrize(
    ("name", "padded"),
    [
        ("王明", "王　明"),
        ("王 明", "王　明"),
        ("王　明", "王　明"),
        ("王𬀩", "王　𬀩"),
        ("欧阳昇", "欧阳昇"),
        ("欧阳 昇", "欧阳 昇"),
        ("Li", "Li"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_only_names_of_two_chinese_characters_are_padded(name: str, padded: str) -> None:
    assert padded_name(name) == padded


def test_rows_may_come_one_by_one_from_the_branch_file() -> None:
    class Rows:
        def __len__(self) -> int:
            return 60

        def __contains__(self, row: object) -> bool:
            return row in people(60)

        def __iter__(self) -> Iterator[tuple[str, ...]]:
            yield from people(60)

    streamed = roster_document(roster(60, rows=Rows(), padded_names=True))
    assert write_pdf(streamed) == write_pdf(roster_document(roster(60, padded_names=True)))


def test_padded_rows_compare_like_their_rows() -> None:
    assert roster_document(roster(5, padded_names=True)) == roster_document(roster(5, padded_names=True))
    table = roster_document(roster(5, padded_names=True)).blocks[2]
    assert isinstance(table, Table)
    assert next(iter(table.rows)) in table.rows
    assert ("0", "谁") not in table.rows


def test_a_draft_says_so_on_every_page() -> None:
    pages = record(roster_document(roster(60, draft=True)))
    assert {tuple(page.slanted) for page in pages} == {("草稿",)}


def test_a_roster_without_totals_and_signers_ends_with_its_table() -> None:
    (page,) = record(roster_document(roster(2, totals=None, signers=())))
    assert "填表人：" not in page.texts()


def test_a_crowded_roster_keeps_id_numbers_on_one_line() -> None:
    columns = (*COLUMNS, *(RosterColumn(f"第{n}项", Holds.DATE) for n in range(6)))
    row = ("1", "王明", "999999197001011234", EMPLOYERS[1], *("2026.11.21",) * 6)
    (page,) = record(roster_document(roster(1, columns=columns, rows=(row,))))
    assert "999999197001011234" in page.texts()
    assert page.texts().count("2026.11.21") == 6


def test_a_column_may_be_widened_and_aligned() -> None:
    column = RosterColumn("备注", Holds.WORDS, 9.0, Align.LEFT).column()
    assert column == Column("备注", 9.0, Align.LEFT, "四个汉字")


def test_the_last_running_number_stays_on_one_line() -> None:
    table = roster_document(roster(2, rows=people(2) * 6000)).blocks[2]
    assert isinstance(table, Table)
    assert table.columns[0].fits == "00000"
