"""Laying out documents: what stands on which page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from branchdesk.documents.layout import count_pages, lay_out
from branchdesk.documents.model import (
    A4_LANDSCAPE,
    A4_PORTRAIT,
    BODY,
    Align,
    Block,
    Column,
    Document,
    Ends,
    Heading,
    PageBreak,
    PageStyle,
    Paragraph,
    Part,
    Picture,
    QrCode,
    Running,
    Signatures,
    Space,
    Style,
    Table,
    Together,
)
from branchdesk.jobs.progress import Cancelled, Progress
from documents.recording import RecordedPage, Recording, millimetres, record

DAY = date(2026, 11, 21)
COLUMNS = (Column("序号", 1.0, fits="0000"), Column("姓名", 2.0), Column("工作单位及职务", 5.0, Align.LEFT))
LONG = "某某省某某市阳光区经济和信息化委员会综合规划科副科长"


def document(
    *blocks: Block, page: PageStyle = A4_PORTRAIT, running: Running | None = None, watermark: str = ""
) -> Document:
    return Document("试样", DAY, blocks, page, running=running or Running(), watermark=watermark)


def rows(count: int, text: str = "东风机械厂") -> tuple[tuple[str, ...], ...]:
    return tuple((str(number), "王明", text) for number in range(1, count + 1))


def numbers_on(page: RecordedPage) -> list[int]:
    """The running numbers of the rows of a page."""
    return [int(run.text) for run in page.runs if run.text.isdigit()]


def test_a_long_table_repeats_its_heading_and_loses_no_row() -> None:
    pages = record(document(Table(COLUMNS, rows(200)), page=A4_LANDSCAPE))
    assert len(pages) > 5
    for page in pages:
        assert page.texts()[:3] == ["序号", "姓名", "工作单位及职务"]
    assert [number for page in pages for number in numbers_on(page)] == list(range(1, 201))


def test_rows_are_walked_again_and_again_when_they_come_from_elsewhere() -> None:
    class Rows:
        def __len__(self) -> int:
            return 90

        def __contains__(self, row: object) -> bool:
            return row in rows(90)

        def __iter__(self) -> Iterator[tuple[str, ...]]:
            yield from rows(90)

    streamed = document(Table(COLUMNS, Rows()))
    plain = document(Table(COLUMNS, rows(90)))
    assert [page.runs for page in record(streamed)] == [page.runs for page in record(plain)]
    assert count_pages(streamed) == len(record(plain))


def test_a_cell_wraps_and_the_others_stand_in_the_middle_of_the_row() -> None:
    (page,) = record(document(Table(COLUMNS, (("1", "王明", LONG * 2),))))
    wrapped = [run for run in page.runs if run.text and run.text in LONG * 2 and run.text != "1"]
    assert len(wrapped) >= 2
    assert "".join(run.text for run in wrapped) == LONG * 2
    name = page.find("王明").baseline
    assert name == pytest.approx((wrapped[0].baseline + wrapped[-1].baseline) / 2)


def test_every_text_stands_inside_its_column_and_every_rule_inside_the_page() -> None:
    (page,) = record(document(Table(COLUMNS, rows(3, LONG))))
    left, right = 25.0, 190.0
    edges = sorted({millimetres(segment.x1) for segment in page.segments if segment.x1 == segment.x2})
    assert edges[0] == left
    assert edges[-1] == right
    assert len(edges) == len(COLUMNS) + 1
    for run in page.runs[:-1]:
        inside = [edge for edge in edges if edge < millimetres(run.x) + 0.01]
        assert millimetres(run.right) <= edges[len(inside)]


def test_a_column_has_room_for_what_must_not_be_broken() -> None:
    id_number = "999999199001011234"
    columns = (Column("身份证号码", 1.0, fits=id_number), Column("单位", 30.0, Align.LEFT))
    (page,) = record(document(Table(columns, ((id_number, LONG),))))
    assert page.find(id_number)


def test_a_crowded_table_is_set_in_smaller_type() -> None:
    columns = tuple(Column(f"第{n}列", fits="000000000000") for n in range(8))
    (page,) = record(document(Table(columns, (("9" * 12,) * 8,))))
    assert {run.size for run in page.runs[:-1]} == {7.5}
    assert all("9" * 12 in page.texts() for _column in columns)


def test_a_table_too_wide_at_any_size_breaks_what_should_stay_whole() -> None:
    columns = tuple(Column(f"第{n}列", fits="0" * 30) for n in range(9))
    (page,) = record(document(Table(columns, (("9" * 30,) * 9,))))
    assert "".join(run.text for run in page.runs).count("9") == 270
    assert millimetres(max(segment.x2 for segment in page.segments)) == pytest.approx(190.0)


def test_thousands_of_different_names_are_set_like_the_first_ones() -> None:
    columns = (Column("序号"), Column("姓名", align=Align.RIGHT))
    pages = record(document(Table(columns, tuple((str(n), f"第{n}人") for n in range(10_001, 16_001)))))
    rights = {millimetres(run.right) for page in pages for run in page.runs if run.text.startswith("第1")}
    assert {right for right in rights if right > 150} == {188.8}


def test_a_row_taller_than_a_page_goes_on_on_the_next() -> None:
    text = "。".join(f"第{number}句话" for number in range(1200))
    pages = record(document(Table(COLUMNS, (("1", "王明", text), ("2", "李四", "短")))))
    assert len(pages) > 2
    drawn = "".join(run.text for page in pages for run in page.runs)
    assert "第0句话" in drawn
    assert "第1199句话" in drawn.replace(" ", "")
    for page in pages:
        lowest = max(run.baseline for run in page.runs[:-1])
        assert millimetres(lowest) < 297 - 18


def test_a_table_without_rows_shows_one_empty_row() -> None:
    (page,) = record(document(Table(COLUMNS, ())))
    assert page.texts()[:-1] == ["序号", "姓名", "工作单位及职务"]
    assert len({segment.y1 for segment in page.segments if segment.y1 == segment.y2}) == 3


def ending(count: int) -> list[RecordedPage]:
    tail = Together((Paragraph("共有党员若干名。"), Signatures(("填表人：",))), with_previous=True)
    return record(document(Table(COLUMNS, rows(count)), tail, page=A4_LANDSCAPE))


def test_the_place_to_sign_is_never_alone_on_a_page() -> None:
    for count in range(20, 32):
        last = ending(count)[-1]
        assert "填表人：" in last.texts()
        assert "共有党员若干名。" in last.texts()
        assert len(numbers_on(last)) >= 2, count


def test_rows_go_along_only_where_the_place_to_sign_needs_it() -> None:
    assert len(ending(10)) == 1


def test_pages_are_counted_in_their_part() -> None:
    pages = record(
        document(Part("王明"), Paragraph("一"), PageBreak(), Paragraph("二"), Part("李四"), Paragraph("三"))
    )
    assert [page.texts()[-1] for page in pages] == [
        "第 1 页　共 2 页",
        "第 2 页　共 2 页",
        "第 1 页　共 1 页",
    ]
    assert [page.bookmark for page in pages] == ["王明", "", "李四"]


def test_a_part_printed_on_both_sides_begins_on_a_new_leaf() -> None:
    blocks = (
        Part("王明", on_odd_page=True),
        Paragraph("一"),
        Part("李四", on_odd_page=True),
        Paragraph("二"),
    )
    pages = record(document(*blocks))
    assert [page.texts() for page in pages] == [
        ["一", "第 1 页　共 1 页"],
        [],
        ["二", "第 1 页　共 1 页"],
    ]


def test_bound_pages_swap_their_margins_and_number_outside() -> None:
    page = PageStyle(210.0, 297.0, left=28.0, right=26.0, mirrored=True)
    running = Running(outer_foot=True)
    odd, even = record(
        document(Paragraph("一", Style()), PageBreak(), Paragraph("二", Style()), page=page, running=running)
    )
    assert millimetres(odd.find("一").x) == 28.0
    assert millimetres(even.find("二").x) == 26.0
    assert millimetres(odd.runs[-1].right) == pytest.approx(210.0 - 26.0, abs=0.5)
    assert millimetres(even.runs[-1].x) == 26.0


def test_texts_in_the_margins_stand_left_and_right() -> None:
    running = Running("支部台账", "2026年11月21日", "")
    (page,) = record(document(Paragraph("正文", Style()), running=running))
    assert millimetres(page.find("支部台账").x) == 25.0
    assert millimetres(page.find("2026年11月21日").right) == 190.0
    assert page.find("支部台账").baseline < page.find("正文").baseline


def test_a_heading_stays_with_the_text_below_it() -> None:
    for lines in range(40, 60):
        blocks: list[Block] = [Paragraph("行", Style(leading=1.5)) for _line in range(lines)]
        pages = record(document(*blocks, Heading("一、会议情况", 2), Paragraph("正文" * 80)))
        for page in pages:
            if "一、会议情况" in page.texts():
                assert page.texts()[-2] != "一、会议情况", lines


def test_no_page_ends_or_begins_with_a_single_line_of_a_paragraph() -> None:
    text = "党支部党员大会讨论决定的事项应当经过充分酝酿。" * 8
    for lines in range(36, 50):
        blocks = [Paragraph("行", Style(leading=1.5)) for _line in range(lines)]
        pages = record(document(*blocks, Paragraph(text)))
        parts = [len([run for run in page.runs[:-1] if run.text != "行"]) for page in pages]
        assert 1 not in [part for part in parts if part], (lines, parts)


def test_a_watermark_stands_on_every_page_under_the_text() -> None:
    pages = record(document(Paragraph("一"), PageBreak(), Paragraph("二"), watermark="草稿"))
    assert [page.slanted for page in pages] == [["草稿"], ["草稿"]]


def test_a_line_with_two_ends_takes_two_lines_where_it_is_too_long() -> None:
    (page,) = record(document(Ends("填报单位：甲", "截至日期：2026年11月21日")))
    left, right = page.find("填报单位：甲"), page.find("截至日期：2026年11月21日")
    assert left.baseline == right.baseline
    assert millimetres(right.right) == 190.0
    (page,) = record(document(Ends("填报单位：" + "甲" * 30, "截至日期：2026年11月21日")))
    assert len({run.baseline for run in page.runs[:-1]}) == 2


def test_space_at_the_top_of_a_page_is_dropped() -> None:
    (page,) = record(document(Space(50.0), Paragraph("一", Style(leading=1.0))))
    assert millimetres(page.find("一").baseline) == pytest.approx(20.0 + 0.88 * 10.5 * 25.4 / 72, abs=0.01)
    (page,) = record(document(Paragraph("零", Style()), Space(50.0), Paragraph("一", Style())))
    assert millimetres(page.find("一").baseline - page.find("零").baseline) > 50.0


def test_pictures_and_codes_stand_where_their_alignment_asks() -> None:
    blocks = (Picture(b"", 30.0, 40.0, Align.RIGHT), QrCode("BD1:1", 20.0, "扫一扫", Align.LEFT))
    (page,) = record(document(*blocks))
    (box,) = page.pictures
    assert millimetres(box.left + box.width) == 190.0
    assert millimetres(box.height) == 40.0
    assert millimetres(min(square.left for square in page.boxes)) == 25.0
    assert page.find("扫一扫").baseline > max(square.top for square in page.boxes)


def test_a_title_is_set_smaller_before_it_is_broken() -> None:
    style = Style(size=18.0, sizes=(18.0, 12.0))
    (page,) = record(document(Paragraph("字" * 30, style)))
    assert (page.runs[0].size, len(page.runs)) == (12.0, 2)
    (page,) = record(document(Paragraph("字" * 60, style)))
    assert page.runs[0].size == 18.0


def test_a_document_without_blocks_is_one_empty_page() -> None:
    (page,) = record(document())
    assert page.texts() == ["第 1 页　共 1 页"]


def test_places_to_sign_that_do_not_fit_go_to_a_second_line() -> None:
    (page,) = record(
        document(
            Signatures(
                ("制表人：", "审核人：", "党组织书记（签字）：", "上级组织员（签字）：", "　　年　　月　　日")
            )
        )
    )
    baselines = {run.baseline for run in page.runs[:-1]}
    assert len(baselines) == 2
    assert len(page.segments) == 4
    assert all(millimetres(segment.x2) <= 190.01 for segment in page.segments)


def test_several_lines_of_places_to_sign_stand_in_columns_with_the_date_at_the_end() -> None:
    places = ("周建国：", "陈志远：", "李敏：", "何静：", "王秀兰：", "　　年　　月　　日")  # four in a line
    (page,) = record(document(Signatures(places)))
    found = {run.text: run for run in page.runs}
    assert found["周建国："].x == pytest.approx(found["王秀兰："].x)
    assert page.segments[0].x2 == pytest.approx(page.segments[-1].x2), "their rules end below each other"
    assert millimetres(found[places[-1]].right) == pytest.approx(190.0, abs=0.1)
    (page,) = record(document(Signatures(("记录人：", "2026年9月17日"))))
    assert millimetres(page.find("2026年9月17日").right) == pytest.approx(190.0, abs=0.1)


def test_a_text_in_the_middle_of_a_narrow_column_has_lines_of_one_length() -> None:
    columns = (Column("姓名", fits="四字姓名"), *(Column("签名", fits="字" * 9),) * 4)
    name = "阿卜杜热西提·买买提明·吐尔逊古丽"
    (page,) = record(document(Table(columns, ((name, *("",) * 4),) * 2, (10.0,))))
    lines = [run.text for run in page.runs if run.text and run.text in name]
    assert len(lines) >= 4
    assert max(map(len, lines)) - min(map(len, lines)) <= 2


def test_a_place_to_sign_that_no_line_holds_is_broken_and_keeps_its_rule() -> None:
    long = "上级党组织派出的监督指导和全程记录本次换届选举会议情况的工作人员代表及党支部委员会全体委员签名："
    (page,) = record(document(Signatures(("记录人：", long))))
    drawn = [run for run in page.runs if run.text[:1] != "第"]
    assert "".join(run.text for run in drawn) == "记录人：" + long
    assert all(millimetres(run.right) <= 190.0 for run in drawn)
    assert all(millimetres(segment.x2) <= 190.01 for segment in page.segments)
    assert len(page.segments) == 2


def test_texts_at_the_head_that_would_meet_are_set_smaller() -> None:
    running = Running(
        "中国共产党阳光区经济和信息化委员会机关委员会第一支部委员会",
        "2026年第一季度支部党员大会会议记录汇编和附件目录",
    )
    (page,) = record(document(Paragraph("正文", Style()), running=running))
    left, right = page.find(running.head_left), page.find(running.head_right)
    assert left.size < running.style.size
    assert left.right + left.size < right.x
    assert millimetres(right.right) == 190.0


def test_a_passage_of_many_pages_loses_nothing() -> None:
    text = "".join(f"第{number}句话，会议一致同意。" for number in range(3000))
    pages = record(document(Paragraph(text), Paragraph("完")))
    assert len(pages) > 15
    assert "".join(run.text for page in pages for run in page.runs[:-1]) == text + "完"
    assert all(millimetres(run.baseline) < 297 - 18 for page in pages for run in page.runs[:-1])


def test_the_share_that_is_done_grows_from_page_to_page() -> None:
    shares: list[float] = []
    progress = Progress(lambda share, _sentence: shares.append(share))
    pages = lay_out(document(Table(COLUMNS, rows(300))), Recording(), progress)
    assert len(shares) == pages
    assert shares == sorted(shares)
    assert shares[-1] > 0.8


def test_laying_out_can_be_cancelled_between_pages() -> None:
    surface = Recording()

    def listen(_share: float, _sentence: str) -> None:
        if len(surface.pages) == 3:
            progress.cancel()

    progress = Progress(listen)
    with pytest.raises(Cancelled):
        lay_out(document(Table(COLUMNS, rows(3000))), surface, progress)
    assert len(surface.pages) == 4


def test_equal_documents_are_equal() -> None:
    one = document(Paragraph("一", BODY), Table(COLUMNS, rows(2)))
    assert one == document(Paragraph("一", BODY), Table(COLUMNS, rows(2)))
    assert one != document(Paragraph("二", BODY), Table(COLUMNS, rows(2)))
