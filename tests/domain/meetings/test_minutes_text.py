"""Minutes as one text: what is read from it, that writing and reading are inverse, and what an edit keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.meetings.minutes_text import (
    NO_ITEM,
    heading_of,
    merge_passages,
    numeral,
    read_minutes,
    write_minutes,
)
from branchdesk.domain.meetings.model import AgendaItem, Passage
from domain.meetings.making import agenda, said

AGENDA = agenda("学习文件", "讨论发展党员")
NAMES: dict[str, str | None] = {"李明": "u1", "王芳": "u2", "张建国": None}
TEXT = """会议由李明主持。
一、学习文件
李明：先集体学习。
大家交流了体会。
二、讨论发展党员
王芳：同意：表现很好。
——
会议结束。"""


def read(text: str, items: tuple[AgendaItem, ...] = AGENDA) -> list[tuple[str | None, str, str | None, str]]:
    found = read_minutes(text, items, NAMES)
    assert [one.position for one in found] == list(range(len(found)))
    assert len({one.uid for one in found}) == len(found)
    return [(one.agenda, one.speaker, one.person, one.text) for one in found]


def test_headings_speakers_and_paragraphs_are_told_apart() -> None:
    assert read(TEXT) == [
        (None, "", None, "会议由李明主持。"),
        ("i1", "李明", "u1", "先集体学习。"),
        ("i1", "", None, "大家交流了体会。"),
        ("i2", "王芳", "u2", "同意：表现很好。"),
        (None, "", None, "会议结束。"),
    ]


@pytest.mark.parametrize(
    ("line", "speaker", "person", "text"),
    [
        ("李明:同意", "李明", "u1", "同意"),
        ("　　李明 ： 同意 ", "李明", "u1", "同意"),
        ("李　明：同意", "李　明", "u1", "同意"),
        ("李明（组织委员）：同意", "李明（组织委员）", "u1", "同意"),
        ("李明同志：同意", "李明同志", "u1", "同意"),
        ("张建国：同意", "张建国", None, "同意"),
        ("李明：", "李明", "u1", ""),
        ("赵六：同意", "", None, "赵六：同意"),
        ("备注：李明同意", "", None, "备注：李明同意"),
        ("：同意", "", None, "：同意"),
        ("李明同意", "", None, "李明同意"),
    ],
)
def test_only_a_known_name_before_a_colon_is_a_speaker(
    line: str, speaker: str, person: str | None, text: str
) -> None:
    assert read(line) == [(None, speaker, person, text)]


@pytest.mark.parametrize(
    "line",
    ["二、讨论发展党员", "二、  讨论发展党员 ", "2、讨论发展党员", "2. 讨论发展党员", "三、讨论发展党员"],
)
def test_a_heading_may_be_numbered_in_other_ways(line: str) -> None:
    assert read(f"{line}\n说明") == [("i2", "", None, "说明")]


@pytest.mark.parametrize("line", ["二、讨论", "讨论发展党员", "二、讨论发展党员：", "——二"])
def test_what_is_not_the_title_is_a_paragraph(line: str) -> None:
    assert read(line) == [(None, "", None, line)]


def test_two_items_of_one_title_are_told_apart_by_their_number() -> None:
    twice = agenda("表决", "表决")
    assert [one[0] for one in read("二、表决\n甲\n一、表决\n乙\n9、表决\n丙", twice)] == ["i2", "i1", "i1"]


def test_blank_lines_and_indents_are_left_to_paper() -> None:
    assert read("\n　　一段\n\n\t二段\n") == [(None, "", None, "一段"), (None, "", None, "二段")]
    assert read("") == []


def test_the_text_is_what_was_read() -> None:
    assert write_minutes(read_minutes(TEXT, AGENDA, NAMES), AGENDA) == TEXT


def test_headings_follow_the_order_of_the_agenda_as_it_is_now() -> None:
    passages = read_minutes(TEXT, AGENDA, NAMES)
    swapped = (replace(AGENDA[0], position=1), replace(AGENDA[1], position=0, title="发展党员"))
    lines = write_minutes(passages, swapped).split("\n")
    assert lines[1] == "二、学习文件"
    assert lines[4] == "一、发展党员"


def test_a_passage_of_an_item_that_is_gone_belongs_to_none() -> None:
    passages = read_minutes(TEXT, AGENDA, NAMES)
    assert write_minutes(passages, AGENDA[:1]).split("\n")[4:] == [
        NO_ITEM,
        "王芳：同意：表现很好。",
        "会议结束。",
    ]


def test_items_without_a_passage_may_stand_ready_to_be_written_under() -> None:
    assert write_minutes((), AGENDA, all_items=True) == "一、学习文件\n二、讨论发展党员"
    assert write_minutes((), AGENDA) == ""
    some = said("学了", item="i1")
    assert write_minutes(some, AGENDA, all_items=True) == "一、学习文件\n学了\n二、讨论发展党员"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "100"),
    ],
)
def test_headings_are_numbered_in_chinese(number: int, written: str) -> None:
    assert numeral(number) == written
    assert heading_of(AgendaItem("i", " 学习\n文件 "), number - 1) == f"{written}、学习 文件"


# ---- writing and reading are inverse


WORDS = st.text(
    st.sampled_from("会议学习文件，。一二、：:（）1.— 李明王芳\u3000\tａ"), min_size=0, max_size=12
)
TITLES = st.lists(WORDS, max_size=4).map(lambda titles: agenda(*titles))
PLAIN = st.lists(st.one_of(WORDS, st.sampled_from([*TEXT.split("\n"), "一、", "二、会议"])), max_size=12)


@settings(deadline=None)
@given(PLAIN, TITLES)
def test_reading_what_was_written_gives_the_passages_back(
    lines: list[str], items: tuple[AgendaItem, ...]
) -> None:
    for line_end in ("\n", "\r\n"):
        found = read_minutes(line_end.join(lines), items, NAMES)
        text = write_minutes(found, items)
        again = read_minutes(text, items, NAMES)
        assert [replace(one, uid="") for one in again] == [replace(one, uid="") for one in found]
        assert write_minutes(again, items) == text
        with_all = read_minutes(write_minutes(found, items, all_items=True), items, NAMES)
        assert [replace(one, uid="") for one in with_all] == [replace(one, uid="") for one in found]


# ---- edits


def edited(text: str) -> list[Passage]:
    return read_minutes(text, AGENDA, NAMES)


def merged(before: str, after: str) -> tuple[list[str], list[str]]:
    """The uids of before, p0 and so on, and those of after once merged; new ones are dashes."""
    old = [replace(one, uid=f"p{place}") for place, one in enumerate(edited(before))]
    found = merge_passages(old, edited(after))
    assert [one.position for one in found] == list(range(len(found)))
    assert write_minutes(found, AGENDA) == write_minutes(edited(after), AGENDA)
    known = {one.uid for one in old}
    return [one.uid for one in old], [one.uid if one.uid in known else "-" for one in found]


@pytest.mark.parametrize(
    ("after", "uids"),
    [
        ("甲\n乙\n丙", ["p0", "p1", "p2"]),
        ("甲\n新\n乙\n丙", ["p0", "-", "p1", "p2"]),
        ("甲\n丙", ["p0", "p2"]),
        ("甲\n改\n丙", ["p0", "p1", "p2"]),
        ("丙\n甲\n乙", ["p2", "p0", "p1"]),
        ("改\n甲\n改二", ["-", "p0", "p1"]),
        ("甲\n一、学习文件\n乙\n丙", ["p0", "p1", "p2"]),
        ("", []),
        ("乙\n改\n改\n改\n改", ["p1", "p2", "-", "-", "-"]),
    ],
)
def test_a_paragraph_keeps_its_identity_through_edits(after: str, uids: list[str]) -> None:
    assert merged("甲\n乙\n丙", after)[1] == uids


def test_an_unchanged_paragraph_keeps_a_speaker_whom_nobody_knows_any_more() -> None:
    old = [Passage("p1", "同意", "老赵", "u9", None, 0), Passage("p2", "好", position=1)]
    text = write_minutes(old, AGENDA)
    assert merge_passages(old, edited(text)) == old


@settings(deadline=None)
@given(PLAIN, PLAIN)
def test_an_edit_says_what_the_clerk_wrote_and_gives_no_identity_twice(
    before: list[str], after: list[str]
) -> None:
    old = edited("\n".join(before))
    new = edited("\n".join(after))
    found = merge_passages(old, new)
    assert [replace(one, uid="") for one in found] == [replace(one, uid="") for one in new]
    assert len({one.uid for one in found}) == len(found)
    assert merge_passages(found, edited("\n".join(after))) == found


def test_a_paragraph_gets_its_speaker_once_the_name_is_known() -> None:
    before = read_minutes("一、学习文件\n王芳：同意。\n老周：支持。", AGENDA, {})
    assert [one.speaker for one in before] == ["", ""]
    after = merge_passages(
        before, read_minutes("一、学习文件\n王芳：同意。\n老周：支持。", AGENDA, {"王芳": "u2"})
    )
    assert [(one.uid, one.speaker, one.person, one.text) for one in after] == [
        (before[0].uid, "王芳", "u2", "同意。"),
        (before[1].uid, "", None, "老周：支持。"),
    ]
    # Who spoke is kept as it was fixed, also where the name means nobody any more.
    later = merge_passages(after, read_minutes("王芳：同意。", AGENDA, {"王芳": None}))
    assert [(one.uid, one.speaker, one.person) for one in later] == [(before[0].uid, "王芳", "u2")]


def test_an_agenda_of_more_than_a_hundred_items_is_read_again() -> None:
    items = agenda(*(f"议题{number}" for number in range(1, 103)))
    found = read_minutes("101、议题101\n讨论\n100.议题102\n通过", items, {})
    assert [one.agenda for one in found] == ["i101", "i102"]
    assert write_minutes(found, items) == "101、议题101\n讨论\n102、议题102\n通过"
