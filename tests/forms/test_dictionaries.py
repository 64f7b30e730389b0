"""Dictionaries: codes, words, other spellings, and the branch's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.forms.dictionaries import Dictionary, Entry, read_dictionary, shipped_dictionaries
from branchdesk.forms.toml_files import FormMistake, TomlFile
from branchdesk.i18n import Language, speak

HEAD = """
id = "post"
title = "党内职务"
title_en = "Party post"
edition = "2018"
source = "中国共产党支部工作条例（试行）"
open = true
"""
SECRETARY = """
[[entry]]
code = "secretary"
label = "书记"
label_en = "Secretary"
aliases = ["支部书记"]
"""


def read(folder: Path, content: str) -> Dictionary:
    path = folder / "dictionaries" / "post.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return read_dictionary(TomlFile(path))


def test_a_dictionary_is_read_with_everything_it_says(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + SECRETARY + 'group = "班子"\n')
    assert (found.id, found.title, found.title_en, found.edition) == (
        "post",
        "党内职务",
        "Party post",
        "2018",
    )
    assert (found.source, found.open) == ("中国共产党支部工作条例（试行）", True)
    assert found.entries == (Entry("secretary", "书记", "Secretary", ("支部书记",), "班子"),)


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (SECRETARY, "dictionaries/post.toml: id: 没有写。"),
        (HEAD.replace("open = true", 'open = "yes"'), "open: 应该是真假（true 或 false），这里是文字。"),
        (HEAD + "colour = 1\n" + SECRETARY, "colour: 这里没有这一项"),
        (HEAD + '[[entry]]\nlabel = "书记"\nlabel_en = "Secretary"\n', "entry[1].code: 没有写。"),
        (HEAD + '[[entry]]\ncode = "secretary"\nlabel_en = "S"\n', "entry[1].label: 没有写。"),
        (HEAD + '[[entry]]\ncode = "secretary"\nlabel = "书记"\n', "entry[1].label_en: 没有写。"),
        (HEAD + SECRETARY + "rank = 1\n", "entry[1].rank: 这里没有这一项"),
        (
            HEAD + SECRETARY.replace('"secretary"', '"first secretary"'),
            "entry[1].code: “first secretary”的写法不对",
        ),
        (
            HEAD + SECRETARY.replace('["支部书记"]', '"支部书记"'),
            "entry[1].aliases: 应该是列表，这里是文字。",
        ),
        (HEAD + SECRETARY + SECRETARY, "entry[2].code: “secretary”出现了两次。"),
        (
            HEAD + SECRETARY + SECRETARY.replace('"secretary"', '"deputy"'),
            "entry[2]: “书记”已经指“secretary”。",
        ),
        (
            HEAD
            + SECRETARY
            + '[[entry]]\ncode = "a"\nlabel = "甲"\nlabel_en = "A"\naliases = ["支部 书记"]\n',
            "entry[2]: “支部 书记”已经指“secretary”。",
        ),
    ],
)
def test_a_mistake_in_a_dictionary_is_named(tmp_path: Path, content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read(tmp_path, content)
    assert mistake in str(caught.value)


@pytest.mark.parametrize(
    ("dictionary", "typed", "code"),
    [
        ("sex", "男", "1"),
        ("sex", " 女 ", "2"),
        ("sex", "２", "2"),
        ("ethnic", "5", "05"),
        ("ethnic", "汉", "01"),
        ("ethnic", "汉族", "01"),
        ("ethnic", "毛难族", "36"),
        ("ethnic", "崩龙族", "46"),
        ("ethnic", "达翰尔", "31"),
        ("ethnic", "么佬", "32"),
        ("ethnic", "57", "97"),
        ("ethnic", "58", "98"),
        ("ethnic", "han", "01"),
        ("ethnic", "HAN", "01"),
        ("ethnic", "龙族", None),
        ("category", "正式", "full"),
        ("category", "中共预备党员", "probationary"),
        ("category", "预 备 党 员", "probationary"),
        ("category", "积极分子", None),
        ("education", "大学本科", "21"),
        ("education", "研究生(硕士)", "14"),
        ("education", "研究生（硕士）", "14"),
        ("post", "支部书记", "secretary"),
        ("post", "", None),
    ],
)
def test_codes_words_and_other_spellings_mean_a_code(dictionary: str, typed: str, code: str | None) -> None:
    assert shipped_dictionaries()[dictionary].code_of(typed) == code


def test_the_ethnic_groups_are_the_58_of_the_standard() -> None:
    codes = [entry.code for entry in shipped_dictionaries()["ethnic"].entries]
    assert codes == [f"{number:02}" for number in (*range(1, 57), 97, 98)]


@pytest.mark.parametrize(
    ("dictionary", "typed", "labels"),
    [
        ("category", "预", ["预备党员"]),
        ("category", "预备", ["预备党员"]),
        ("post", "副", ["副书记"]),
        ("post", "支部", ["书记", "副书记", "委员"]),
        ("post", "de", ["副书记"]),
        ("category", "", ["正式党员", "预备党员"]),
        ("category", "龙", []),
    ],
)
def test_the_first_characters_find_the_words_that_begin_so(
    dictionary: str, typed: str, labels: list[str]
) -> None:
    found = shipped_dictionaries()[dictionary].starting_with(typed)
    assert [entry.label for entry in found] == labels


def test_words_are_shown_in_the_language_in_use() -> None:
    posts = shipped_dictionaries()["post"]
    assert posts.shown("secretary") == "书记"
    speak(Language.ENGLISH)
    assert posts.shown("secretary") == "Secretary"
    assert Entry("own", "网格员").shown() == "网格员"


def test_a_value_that_is_no_code_is_shown_as_it_stands() -> None:
    posts = shipped_dictionaries()["post"]
    assert posts.shown("楼长") == "楼长"
    assert posts.shown(None) == posts.shown("") == ""


def test_the_branchs_own_words_stand_at_the_end_and_are_understood() -> None:
    posts = shipped_dictionaries()["post"]
    own = posts.extended([Entry("own1", "网格员", aliases=("网格 长",))])
    assert own.code_of("网格员") == own.code_of("网格长") == "own1"
    assert own.rank("own1") == len(posts.entries)
    assert own.rank("secretary") == 0 < own.rank("deputy")
    assert posts.code_of("网格员") is None
    assert own.code_of("") is own.code_of(" ") is None
    assert own.rank("楼长") == len(own.entries)


# ---- words that belong somewhere

GROUPS = Dictionary(
    "group",
    "党小组",
    "Group",
    "",
    "",
    False,
    (
        Entry("w1", "一组", aliases=("第一党小组",), home="west"),
        Entry("w2", "青年组", home="west"),
        Entry("e1", "第一党小组", aliases=("一组",), home="east"),
        Entry("any", "机动组"),
    ),
)


@pytest.mark.parametrize(
    ("home", "codes"),
    [
        ("west", ["w1", "w1", "w2", "any"]),
        ("east", ["e1", "e1", None, "any"]),
        ("south", [None, None, None, "any"]),
        (None, [None, None, None, "any"]),
    ],
)
def test_a_word_is_found_where_it_is_at_home_and_everywhere_if_it_has_none(
    home: str | None, codes: list[str | None]
) -> None:
    found = GROUPS.of(home)
    assert [found.code_of(text) for text in ("一组", "第一党小组", "青年组", "机动组")] == codes


def test_words_of_elsewhere_are_shown_and_told_from_unknown_ones() -> None:
    east = GROUPS.of("east")
    assert east.shown("w2") == "青年组"
    assert "w2" in east.by_code
    assert [entry.code for entry in east.starting_with("")] == ["e1", "any"]
    assert [east.is_foreign(text) for text in ("青年组", "青 年 组", "一组", "机动组", "老年组")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert not GROUPS.is_foreign("青年组"), "nothing is foreign to the whole file"


def test_where_all_words_have_one_home_people_without_a_home_choose_from_them_too() -> None:
    west = Dictionary("group", "党小组", "Group", "", "", False, GROUPS.entries[:2])
    assert west.of("west") is west
    assert west.of(None) is west
    assert west.of("east").code_of("一组") is None
    shipped = shipped_dictionaries()["post"]
    assert shipped.of("west") is shipped
