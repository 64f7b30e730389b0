"""Finding people by what clerks type (expectations H17)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.name_search import (
    BEGINS,
    CONTAINS,
    EXACT,
    EXACT_INITIALS,
    INITIALS,
    PINYIN,
    fit,
    initials_to_look_for,
    segmentations,
)
from branchdesk.domain.names import initials, readings

PEOPLE = [
    "李明朗",
    "李明",
    "李敏玲",
    "李莉",
    "黎明亮",
    "林美兰",
    "刘鸣雷",
    "李鸣",
    "小李明",
    "曾国强",
    "赵国庆",
    "陈志强",
    "单雄信",
    "欧阳春",
    "欧阳朝晖",
    "吕建",
    "阿依古丽·买买提",
    "翟志刚",
    "张三",
    "王乐",
]


def found(query: str) -> list[str]:
    """The people that fit, best first."""
    ranked = [(rank, name) for name in PEOPLE if (rank := fit(query, name)) is not None]
    return [name for _rank, name in sorted(ranked, key=lambda one: one[0])]


@pytest.mark.parametrize(
    "query", ["lml", "liml", "limingl", "liminglang", "lminglang", "LML", "李明朗", "李　明朗"]
)
def test_initials_pinyin_and_characters_find_li_minglang_first(query: str) -> None:
    assert found(query)[0] == "李明朗"


def test_two_characters_find_the_short_name_then_those_that_begin_so_then_those_that_hold_it() -> None:
    assert found("李明") == ["李明", "李明朗", "小李明"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("zgq", "曾国强"),
        ("cgq", None),
        ("zengguo", "曾国强"),
        ("sxx", "单雄信"),
        ("dxx", "单雄信"),
        ("shanxx", "单雄信"),
        ("zzg", "翟志刚"),
        ("dzg", "翟志刚"),
        ("oyc", "欧阳春"),
        ("ouyangchun", "欧阳春"),
        ("ouyc", "欧阳春"),
        ("lvjian", "吕建"),
        ("lj", "吕建"),
        ("aygl", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("wangle", "王乐"),
        ("wangyue", "王乐"),
        ("qwx", None),
        ("明", "李明朗"),
    ],
)
def test_a_query_finds_the_person_meant(query: str, first: str | None) -> None:
    assert next(iter(found(query)), None) == first


@pytest.mark.parametrize(
    ("query", "name", "rank"),
    [
        ("李明", "李明", EXACT),
        ("李　明", "李明", EXACT),
        ("李", "李明", BEGINS),
        ("lm", "李明", EXACT_INITIALS),
        ("l", "李明", INITIALS),
        ("lm", "李明朗", INITIALS),
        ("li", "李明", PINYIN),
        ("lim", "李明", PINYIN),
        ("liming", "李明", PINYIN),
        ("明", "李明", CONTAINS),
        ("m", "李明", None),
        ("ming", "李明", None),
        ("limingl", "李明", None),
        ("liang", "李昂", PINYIN),
        ("xian", "西安", PINYIN),
        ("xian", "先明", PINYIN),
        ("", "李明", None),
        ("\u3000", "李明", None),
        ("l1", "李明", None),
        ("13800138000", "李明", None),
        ("王", "李明", None),
    ],
)
def test_a_better_fit_ranks_before_a_looser_one_and_no_inner_part_fits_by_letters(
    query: str, name: str, rank: int | None
) -> None:
    assert fit(query, name) == rank


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("", [()]),
        ("lml", [("l", "m", "l")]),
        ("v", []),
        ("liu", [("liu",)]),
        ("xian", [("xian",), ("xia", "n"), ("xi", "an"), ("xi", "a", "n")]),
    ],
)
def test_letters_are_cut_into_beginnings_of_syllables(letters: str, expected: list[tuple[str, ...]]) -> None:
    assert segmentations(letters) == expected


def test_the_fewest_pieces_come_first_and_no_more_than_asked_for() -> None:
    ways = segmentations("zhangxiaoming")
    assert ways[0] == ("zhang", "xiao", "ming")
    assert [len(pieces) for pieces in ways] == sorted(len(pieces) for pieces in ways)
    assert len(ways) == 12
    assert len(set(ways)) == 12
    assert segmentations("zhangxiaoming", most=1) == [("zhang", "xiao", "ming")]


@pytest.mark.parametrize("query", ["ang" * 300 + "v", "zhuang" * 200 + "i", "shuang" * 200, "n" * 2_000])
def test_a_long_senseless_query_is_answered_as_quickly_as_a_short_one(query: str) -> None:
    assert fit(query, "张三") is None
    assert len(segmentations(query)) <= 12


def test_the_index_is_asked_for_every_way_to_take_initials() -> None:
    assert initials_to_look_for("lml") == ["lml"]
    assert initials_to_look_for("xian") == ["x", "xn", "xa", "xan"]
    assert initials_to_look_for("v") == []


@given(st.sampled_from(PEOPLE), st.integers(0, 7), st.data())
def test_any_beginning_of_each_syllable_finds_the_name_and_the_index_is_asked_for_it(
    name: str, which: int, data: st.DataObject
) -> None:
    spoken = readings(name)
    reading = [one for one in spoken[which % len(spoken)] if one.isalpha()]
    used = reading[: data.draw(st.integers(1, min(4, len(reading))))]
    query = "".join(syllable[: data.draw(st.integers(1, len(syllable)))] for syllable in used)
    assert fit(query, name) is not None
    starts = initials_to_look_for(query)
    assert any(initials(one).startswith(start) for one in spoken for start in starts)
