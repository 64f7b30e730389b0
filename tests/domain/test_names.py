"""Names: when two are the same, how they are read, where they stand (expectations H4, H10, H17, idea 18)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.names import (
    beyond_plane_zero,
    initials,
    pinyin_key,
    readings,
    same_name_key,
    stroke_count,
    stroke_key,
    syllables,
)

HERE = Path(__file__).parent


def lines_of(file: str) -> list[str]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


NAMES = [
    (name, spoken) for name, _tab, spoken in (line.partition("\t") for line in lines_of("names_300.txt"))
]
SURNAMES = [(word[0], word[1:]) for line in lines_of("surname_strokes.txt") for word in line.split()]
GIVEN = [(word[0], word[1:]) for line in lines_of("given_name_characters.txt") for word in line.split()]


# ---- the same name


@pytest.mark.parametrize(
    "variant",
    [
        "王明",
        "王　明",
        "王 明",
        " 王  明 ",
        "王\u00a0明",
        "王\t明",
        "王\u200b明",
        "\ufeff王明",
        "\u202d王明\u202c",
        "王明\x00",
    ],
)
def test_gaps_and_hidden_signs_make_no_other_name(variant: str) -> None:
    assert same_name_key(variant) == same_name_key("王明")


@pytest.mark.parametrize("dot", "·•‧・．.∙⋅･")
def test_every_kind_of_dot_is_the_same_dot(dot: str) -> None:
    assert same_name_key(f"阿依古丽{dot}买买提") == same_name_key("阿依古丽·买买提")


def test_width_and_case_of_letters_make_no_other_name() -> None:
    assert same_name_key("ＡＬＩ·Ｋ") == same_name_key("ali·k")


@pytest.mark.parametrize(
    ("one", "other"),
    [("王明", "王朋"), ("王明", "王明明"), ("张三", "张叁"), ("阿依·古丽", "阿依古丽"), ("𬭎", "鈜")],
)
def test_other_characters_are_another_name(one: str, other: str) -> None:
    assert same_name_key(one) != same_name_key(other)


# ---- how names are read


def test_there_are_enough_names_to_be_a_test() -> None:
    assert len(NAMES) >= 300
    assert len(dict(NAMES)) == len(NAMES)


@pytest.mark.parametrize(("name", "spoken"), NAMES)
def test_a_name_is_read_as_a_person_would_read_it(name: str, spoken: str) -> None:
    assert pinyin_key(name) == spoken


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("曾国强", "zgq"),
        ("单雄信", "sxx"),
        ("单雄信", "dxx"),
        ("仇和", "qh"),
        ("翟志刚", "zzg"),
        ("翟志刚", "dzg"),
        ("覃秀兰", "qxl"),
        ("覃秀兰", "txl"),
        ("盖文亮", "gwl"),
        ("隗福临", "kfl"),
        ("员建军", "yjj"),
        ("乐嘉", "lj"),
        ("谌龙", "sl"),
        ("尉迟恭", "ycg"),
        ("尉迟恭", "wcg"),
        ("万俟洛", "mql"),
        ("万俟洛", "wsl"),
        ("单于海", "cyh"),
        ("单于海", "dyh"),
        ("长孙晟", "zss"),
        ("王乐", "wy"),
        ("赵朝阳", "zcy"),
        ("单乐行朝", "dlxc"),
        ("单乐行朝", "slxc"),
    ],
)
def test_a_name_with_several_readings_is_found_by_each(name: str, typed: str) -> None:
    assert typed in {initials(reading) for reading in readings(name)}


def test_a_character_that_opens_a_name_is_read_as_a_surname_and_elsewhere_not() -> None:
    assert pinyin_key("查单") == "zha dan"
    assert pinyin_key("曾曾") == "zeng zeng"
    assert pinyin_key("任万俟") == "ren wan si"
    assert pinyin_key("仇") == "qiu"


def test_a_name_of_two_characters_is_never_all_surname() -> None:
    assert pinyin_key("单于") == "shan yu"
    assert pinyin_key("万俟") == "wan si"


def test_dots_and_gaps_are_not_read() -> None:
    assert pinyin_key("迪丽 娜尔·艾山") == pinyin_key("迪丽娜尔艾山") == "di li na er ai shan"


def test_letters_and_characters_without_a_reading_stand_for_themselves() -> None:
    assert readings("李A") == [("li", "a")]
    assert readings("李\ue000") == [("li", "\ue000")]
    assert pinyin_key("") == ""


def test_a_name_full_of_heteronyms_has_few_readings() -> None:
    found = readings("长乐行朝重单盛晟")
    assert 2 <= len(found) <= 8
    assert len(set(found)) == len(found)


def test_syllables_are_letters_without_tones() -> None:
    assert {"zhuang", "lv", "a", "ng"} <= syllables() | {"ng"}
    assert all(one.isascii() and one.isalpha() and one.islower() for one in syllables())
    assert max(map(len, syllables())) == 6


# ---- rare characters

RARE = "䶮彧頔暐㐂㛃㳚𠅤𡊮𢋈𣊫𤧛𥖎𦒍𧒽𨱔𩨏𪟝𫍽𬭎𬤊𬍛𬱖𮥼𰻞𱉼䲜㼆喆堃淼犇骉焱垚"


@pytest.mark.parametrize("char", RARE)
def test_rare_characters_keep_a_name_apart_and_have_a_place_in_every_order(char: str) -> None:
    name = f"王{char}"
    assert char in same_name_key(name)
    assert same_name_key(name) != same_name_key("王")
    assert pinyin_key(name).startswith("wang ")
    assert stroke_key(name) > stroke_key("王")


def test_characters_that_old_programs_do_not_know_are_named() -> None:
    assert beyond_plane_zero("王𬭎和𰻞") == "𬭎𰻞"
    assert beyond_plane_zero("王䶮㐂") == ""


# ---- the order of strokes


def test_at_least_a_hundred_surnames_stand_in_the_order_of_their_strokes() -> None:
    assert len(SURNAMES) >= 100
    by_hand = [char for char, strokes in sorted(SURNAMES, key=lambda one: (len(one[1]), one[1]))]
    shuffled = [char for char, _strokes in SURNAMES]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=stroke_key) == by_hand


@pytest.mark.parametrize(("char", "strokes"), SURNAMES)
def test_a_surname_has_as_many_strokes_as_counted_by_hand(char: str, strokes: str) -> None:
    assert stroke_count(char) == len(strokes)


def test_a_list_of_candidates_is_ordered_as_on_a_ballot() -> None:
    ballot = [
        *("丁一", "于洋", "王一", "王丁", "王小明", "王明", "王明远", "孔祥", "李大", "李强", "张三", "陈晨"),
        *("欧阳春", "单雄信", "诸葛亮亮", "𬭎某", "曾国强", "翟志刚"),
    ]
    shuffled = ballot[:]
    random.Random(2).shuffle(shuffled)
    assert sorted(shuffled, key=stroke_key) == ballot


def test_equal_surnames_are_ordered_by_the_second_character_and_the_shorter_name_first() -> None:
    names = ["李强", "李一", "李明", "李丁", "李", "李一一"]
    assert sorted(names, key=stroke_key) == ["李", "李一", "李一一", "李丁", "李明", "李强"]


def test_gaps_and_dots_do_not_move_a_name() -> None:
    assert stroke_key("王　明") == stroke_key("王明")


def test_a_character_without_strokes_comes_after_every_other() -> None:
    assert stroke_count("\ue000") is None
    assert stroke_count("A") is None
    assert stroke_key("\ue000") > stroke_key("龘")


@given(st.text(alphabet="王李张𬭎䶮Aa·・ 　\u200b", max_size=6))
def test_the_key_of_a_name_is_its_own_key(name: str) -> None:
    key = same_name_key(name)
    assert same_name_key(key) == key
    assert readings(name) == readings(key)
    assert stroke_key(name) == stroke_key(key)


@pytest.mark.parametrize(("char", "spoken"), GIVEN)
def test_characters_that_parents_like_are_read_as_they_mean_them(char: str, spoken: str) -> None:
    assert pinyin_key(f"王{char}") == f"wang {spoken}"
