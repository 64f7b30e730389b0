"""Ctrl+K: the people that fit what was typed, best first."""

from __future__ import annotations

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.services import members
from branchdesk.services.search import find_people
from branchdesk.storage.branch import Branch
from support.branches import add, add_one, record
from support.counting import statements


@pytest.fixture
def people(branch: Branch) -> Branch:
    """Namesakes and near namesakes."""
    add(
        branch,
        [
            {"name": "李明朗", "department": "办公室", "category": "正式党员", "group": "一组"},
            {"name": "李明", "id_number": "999999197001010013", "mobile": "13900001111"},
            {"name": "小李明"},
            {"name": "王芳", "former_name": "李明芳"},
            {"name": "曾国强", "staff_number": "GH17"},
            {"name": "罗敏丽"},
        ],
    )
    return branch


def found(branch: Branch, typed: str) -> list[str]:
    """The names found, best first."""
    return [person.name for person in find_people(branch, typed)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("李明", ["李明", "李明朗", "小李明", "王芳"]),
        ("lm", ["李明", "李明朗", "罗敏丽"]),
        ("lml", ["李明朗", "罗敏丽"]),
        ("liml", ["李明朗"]),
        ("limingl", ["李明朗"]),
        ("zgq", ["曾国强"]),
        ("李明芳", ["王芳"]),
        ("0013", ["李明"]),
        ("1111", ["李明"]),
        ("１１１１", ["李明"]),
        ("11", []),
        ("gh17", ["曾国强"]),
        ("xyz", []),
        ("", []),
        ("  ", []),
        ("李明!", []),
        ("'; DROP TABLE member", []),
    ],
)
def test_people_are_found_best_first(people: Branch, typed: str, names: list[str]) -> None:
    assert found(people, typed) == names


def test_a_line_tells_namesakes_apart(people: Branch) -> None:
    told = {person.name: person.line for person in find_people(people, "李明")}
    assert told["李明朗"] == "正式党员 · 第一党小组 · 办公室"
    assert told["李明"] == "尾号 0013"
    record(people, find_people(people, "小李明")[0].uid, EventKind.DEPARTED, "2020.1.1")
    assert find_people(people, "小李明")[0].line == "已转出"


def test_who_lies_in_the_bin_is_not_found(people: Branch) -> None:
    members.move_to_bin(people, [find_people(people, "李明朗")[0].uid], "")
    assert "李明朗" not in found(people, "李明")


def test_no_more_than_the_limit_is_shown(branch: Branch) -> None:
    for number in range(12):
        add_one(branch, f"李明{number}")
    assert len(find_people(branch, "李明")) == 8
    assert len(find_people(branch, "李明", limit=3)) == 3


# ---- among very many

CROWD = [{"name": f"李明{chr(0x4E00 + n)}", "mobile": f"139{n:08}"} for n in range(450)]


@pytest.fixture
def crowd(branch: Branch) -> Branch:
    """More people than are looked at, who hold what is typed, entered before the one who is meant."""
    add(branch, CROWD)
    return branch


def test_the_same_name_is_found_though_hundreds_of_longer_ones_came_first(crowd: Branch) -> None:
    add_one(crowd, "李明")
    assert found(crowd, "李明")[0] == "李明"
    assert len(found(crowd, "李明")) == 8


def test_a_former_name_that_is_typed_whole_comes_right_behind_the_same_name(crowd: Branch) -> None:
    add_one(crowd, "王芳", former_name="李明")
    assert found(crowd, "李明")[0] == "王芳"
    add_one(crowd, "李明")
    assert found(crowd, "李明")[:2] == ["李明", "王芳"]


@pytest.mark.parametrize("typed", ["139", "１３９"])
def test_a_whole_number_is_found_though_hundreds_begin_with_it(crowd: Branch, typed: str) -> None:
    add_one(crowd, "王芳", staff_number="139")
    assert found(crowd, typed)[0] == "王芳"


def test_the_tail_of_a_number_is_found_though_hundreds_begin_with_it(crowd: Branch) -> None:
    add_one(crowd, "王芳", mobile="13500001390")
    assert found(crowd, "1390")[0] == "王芳"


def test_initials_of_the_whole_name_are_found_though_hundreds_begin_with_them(crowd: Branch) -> None:
    add_one(crowd, "罗明")
    assert "罗明" in found(crowd, "lm")
    assert found(crowd, "luoming") == ["罗明"]


def test_a_search_among_many_takes_hardly_more_statements_than_among_few(people: Branch) -> None:
    with statements(people) as few:
        find_people(people, "李明")
    add(people, CROWD)
    with statements(people) as many:
        find_people(people, "李明")
    assert len(many) <= len(few) + 1
