"""The full-text index: names of every length, readings and initials, tails of numbers, rare characters."""

from __future__ import annotations

import pytest

from branchdesk.storage import search
from branchdesk.storage.branch import Branch
from support.branches import add, add_one, edit
from support.contents import facts

NAMES = (
    "李明",
    "李明朗",
    "王明",
    "曾国强",
    "单雄信",
    "仇和",
    "欧阳雪",
    "阿依古丽·买买提",
    "刘䶮",
    "𬱖燚",
    "吕布",
    "O'Neil",
)


@pytest.fixture
def people(branch: Branch) -> Branch:
    """A branch in which everybody of `NAMES` is a member."""
    add(branch, [{"name": name} for name in NAMES])
    return branch


def found(branch: Branch, typed: str) -> set[str]:
    """The names that the index offers."""
    numbers = {row["rid"]: row["name"] for row in facts(branch)["member"].values()}
    with branch.read() as connection:
        return {numbers[rid] for rid in search.find_members(connection, typed, 100)}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("李", {"李明", "李明朗"}),
        ("明", {"李明", "李明朗", "王明"}),
        ("李明", {"李明", "李明朗"}),
        ("明朗", {"李明朗"}),
        ("王明", {"王明"}),
        ("王 明", {"王明"}),
        ("明王", set()),
        ("古丽", {"阿依古丽·买买提"}),
        ("丽·买", {"阿依古丽·买买提"}),
        ("丽•买", {"阿依古丽·买买提"}),
        ("䶮", {"刘䶮"}),
        ("𬱖", {"𬱖燚"}),
        ("𬱖燚", {"𬱖燚"}),
        ("lm", {"李明", "李明朗"}),
        ("lml", {"李明朗"}),
        ("liming", {"李明", "李明朗"}),
        ("zgq", {"曾国强"}),
        ("dxx", {"单雄信"}),
        ("sxx", {"单雄信"}),
        ("qiuhe", {"仇和"}),
        ("oyx", {"欧阳雪"}),
        ("lvbu", {"吕布"}),
        ("LML", {"李明朗"}),
        ("ｌｍｌ", {"李明朗"}),
        ("O'N", {"O'Neil"}),
        ("", set()),
        ("   ", set()),
        ('"', set()),
        ("*", set()),
        ("%", set()),
        ("NEAR(李 明)", set()),
        ("signs:李", set()),
        ("张", set()),
    ],
)
def test_people_are_found_by_whatever_part_of_a_name_is_typed(
    people: Branch, typed: str, names: set[str]
) -> None:
    assert names <= found(people, typed)
    exact = not (typed.isascii() and typed.isalnum()) and typed != "ｌｍｌ"
    assert found(people, typed) == names or not exact, "only initials are looked at again"


@pytest.mark.parametrize(
    "typed",
    [
        "999999197001010013",
        "9999991970",
        "0013",
        "010013",
        "13912345678",
        "5678",
        "GH17",
        "gh1",
        "１３９１２",
    ],
)
def test_people_are_found_by_the_beginning_and_the_tail_of_their_numbers(branch: Branch, typed: str) -> None:
    add_one(branch, "李明", id_number="999999197001010013", mobile="139 1234 5678", staff_number="GH17")
    assert found(branch, typed) == {"李明"}


@pytest.mark.parametrize("typed", ["4567", "7001", "H17"])
def test_a_piece_from_the_middle_of_a_number_finds_nobody(branch: Branch, typed: str) -> None:
    add_one(branch, "李明", id_number="999999197001010013", mobile="139 1234 5678", staff_number="GH17")
    assert found(branch, typed) == set()


def test_a_changed_name_is_found_by_the_new_one_only(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    edit(branch, uid, name="王芳")
    assert found(branch, "李") == set()
    assert found(branch, "wf") == {"王芳"}


def test_a_former_name_finds_the_member_but_no_word_spans_both_names(branch: Branch) -> None:
    add_one(branch, "王芳", former_name="李明")
    assert found(branch, "李明") == {"王芳"}
    assert found(branch, "芳李") == set()


def test_no_more_than_the_wanted_number_is_looked_at(people: Branch) -> None:
    with people.read() as connection:
        assert len(search.find_members(connection, "明", 2)) == 2


def test_members_can_be_forgotten(people: Branch) -> None:
    with people.change("x") as change:
        search.forget_members(change.connection, [1])
        search.forget_members(change.connection, [])
    assert found(people, "李明") == {"李明朗"}
