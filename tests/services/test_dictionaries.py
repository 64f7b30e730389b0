"""The branch's own words."""

from __future__ import annotations

import pytest

from branchdesk.services.dictionaries import add_word, dictionaries
from branchdesk.storage.branch import Branch
from support.branches import add_one, edit, value
from support.contents import assert_sound, facts
from support.problems import refused


def test_a_word_of_its_own_can_be_chosen_at_once_and_undone(branch: Branch) -> None:
    uid = add_one(branch, "李明", posts="联络员")
    changes = add_word(branch, "post", " 联络员 ", " Liaison ")
    assert changes.label == "字典“党内职务”增加“联络员”"
    word = next(entry for known in dictionaries(branch) if known.id == "post" for entry in known.entries[-1:])
    assert (word.label, word.label_en) == ("联络员", "Liaison")
    edit(branch, uid, posts="联络员、书记")
    assert value(branch, uid, "posts") == f"secretary {word.code}"
    assert_sound(branch)


@pytest.mark.parametrize(
    ("dictionary", "word", "said"),
    [
        ("ethnic", "火星族", "按国家标准编码"),
        ("post", "", "1 到 30 个字"),
        ("post", "长" * 31, "1 到 30 个字"),
        ("post", "书记", "已经有“书记”"),
        ("post", "支书", "已经有“支书”"),
    ],
)
def test_a_word_that_cannot_be_added_is_refused(
    branch: Branch, dictionary: str, word: str, said: str
) -> None:
    before = facts(branch)
    with refused(said, advice=dictionary == "ethnic"):
        add_word(branch, dictionary, word)
    assert facts(branch) == before


@pytest.mark.parametrize("field", ["job", "posts"])
def test_adding_a_word_is_not_undone_while_somebody_is_called_so(branch: Branch, field: str) -> None:
    name = {"job": "job", "posts": "post"}[field]
    changes = add_word(branch, name, "联络员")
    uid = add_one(branch, "李明", **{field: "联络员"})
    before = facts(branch)
    with refused("“联络员”已用在 1 处", "先把用到它的内容改成别的"):
        branch.undo(changes.seq)
    assert facts(branch) == before
    edit(branch, uid, **{field: ""})
    branch.undo(changes.seq)
    assert not facts(branch)["dictionary_entry"]
    assert_sound(branch)
