"""Lists of contents and page numbers that go through the whole file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from branchdesk.documents.layout import paginate
from branchdesk.documents.model import (
    A4_PORTRAIT,
    Block,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Running,
    Style,
)
from documents.recording import RecordedPage, millimetres, record

PLAIN = Style()
THROUGH = Running(foot="第 {page} 页　共 {pages} 页", continuous=True)
PRINTED = Style(size=12.0, leading=1.8)


def volume(*blocks: Block, running: Running = THROUGH) -> Document:
    return Document("会议记录", date(2026, 11, 21), blocks, running=running)


def pages(count: int) -> list[Block]:
    """Some pages of text."""
    found: list[Block] = []
    for number in range(count):
        found += [PageBreak()] * (number > 0) + [Paragraph("正文", PLAIN)]
    return found


def listed(page: RecordedPage) -> dict[str, str]:
    """The titles of a list of contents with their page numbers."""
    lines: dict[float, list[str]] = {}
    for run in page.runs:
        if run.size == PRINTED.size:
            lines.setdefault(run.baseline, []).append(run.text)
    return {line[0]: line[-1] for line in lines.values()}


COVER = (Part("封面", unnumbered=True), Paragraph("会议记录", PLAIN))
LIST = (Part("目录", unnumbered=True), Heading("目录"), Contents(PRINTED))


def test_a_list_of_contents_names_the_printed_page_of_every_part_behind_it() -> None:
    parts = (Part("一月"), *pages(2), Part("二月"), *pages(3), Part("三月"), *pages(1))
    drawn = record(volume(*COVER, *LIST, *parts))
    assert listed(drawn[1]) == {"一月": "1", "二月": "3", "三月": "6"}
    for title, number in listed(drawn[1]).items():
        page = drawn[int(number) + 1]
        assert page.bookmark == title
        assert f"第 {number} 页　共 6 页" in page.texts()


def test_a_cover_and_a_list_without_number_carry_nothing_in_their_margins() -> None:
    cover, contents, first = record(volume(*COVER, *LIST, Part("一月"), *pages(1)))
    assert cover.texts() == ["会议记录"]
    assert not [text for text in contents.texts() if "页" in text]
    assert first.texts()[-1] == "第 1 页　共 1 页"


def test_a_list_that_is_itself_numbered_counts_with_the_rest() -> None:
    drawn = record(volume(Part("目录"), Contents(PRINTED), Part("一月"), *pages(2), Part("二月"), *pages(1)))
    assert [page.texts()[-1] for page in drawn] == [f"第 {number} 页　共 4 页" for number in range(1, 5)]
    assert listed(drawn[0]) == {"一月": "2", "二月": "4"}


def test_blank_backs_count_so_that_odd_numbers_stay_in_front() -> None:
    parts = [block for title in ("一月", "二月") for block in (Part(title, on_odd_page=True), *pages(1))]
    drawn = record(volume(*COVER, *LIST, *parts))
    assert [page.texts()[-1:] for page in drawn[2:]] == [["第 1 页　共 3 页"], [], ["第 3 页　共 3 页"]]
    assert listed(drawn[1]) == {"一月": "1", "二月": "3"}


def test_the_blank_back_of_a_cover_does_not_count() -> None:
    drawn = record(volume(*COVER, Part("一月", on_odd_page=True), *pages(2)))
    assert [page.texts()[-1:] for page in drawn[1:]] == [[], ["第 1 页　共 2 页"], ["第 2 页　共 2 页"]]


def test_where_every_part_counts_for_itself_the_list_names_the_place_in_the_file() -> None:
    running = replace(THROUGH, continuous=False)
    drawn = record(volume(*LIST, Part("一月"), *pages(2), Part("二月"), *pages(1), running=running))
    assert listed(drawn[0]) == {"一月": "2", "二月": "4"}
    assert drawn[3].texts()[-1] == "第 1 页　共 1 页"


def test_dots_lead_from_the_title_to_the_number_at_the_right_edge() -> None:
    (page, *_rest) = record(volume(Part("目录"), Contents(PRINTED), Part("一月"), *pages(1)))
    title, number = page.find("一月"), page.find("2")
    assert millimetres(number.right) == pytest.approx(190.0, abs=0.01)
    assert title.right < min(box.left for box in page.boxes)
    assert max(box.left + box.width for box in page.boxes) < number.x
    assert all(number.baseline - 6 < box.top < number.baseline for box in page.boxes)


def test_a_long_title_takes_several_lines_and_its_number_stands_on_the_last() -> None:
    title = (
        "学习贯彻上级关于加强基层党组织建设和党员教育管理工作的通知精神并讨论接收预备党员的" + "支部党员大会"
    )
    (page, *_rest) = record(volume(Part("目录"), Contents(PRINTED), Part(title), *pages(1)))
    lines = [run for run in page.runs if run.size == PRINTED.size]
    assert "".join(run.text for run in lines[:-1]) == title
    assert len(lines) == 3
    assert lines[-1].text == "2"
    assert lines[-1].baseline == lines[-2].baseline
    assert all(run.right < lines[-1].x for run in lines[:-1])


def test_a_year_of_meetings_fills_a_list_of_several_pages_with_the_right_numbers() -> None:
    parts: list[Block] = []
    for number in range(1, 61):
        parts += [Part(f"第{number}次会议"), *pages(1 + number % 4)]
    document = volume(*COVER, *LIST, *parts)
    drawn = record(document)
    found: dict[str, str] = {}
    for page in drawn[1:4]:
        found |= listed(page)
    starts = {page.bookmark: place for place, page in enumerate(drawn) if page.bookmark.startswith("第")}
    first = starts["第1次会议"]
    assert len(found) == 60
    assert found == {title: str(place - first + 1) for title, place in starts.items()}
    assert len(paginate(document).pages) == len(drawn)


def test_a_list_without_parts_is_empty() -> None:
    (page,) = record(volume(Contents(PRINTED), Paragraph("完", PLAIN)))
    assert page.texts() == ["完", "第 1 页　共 1 页"]


def test_bound_pages_swap_their_margins_in_the_list_too() -> None:
    page = replace(A4_PORTRAIT, mirrored=True)
    document = replace(volume(*COVER, *LIST, Part("一月"), *pages(1)), page=page)
    contents = record(document)[1]
    assert millimetres(contents.find("一月").x) == page.right
    assert millimetres(contents.find("1").right) == pytest.approx(210.0 - page.left, abs=0.01)
