"""What a command names is found by its name, or the way to it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from branchdesk.cli.names import home_named, members_named, place_named
from branchdesk.services import members, organisations
from branchdesk.services.open_branch import Branch
from cli.committee import Committee, founded_committee
from cli.terminal import people
from support.branches import FIRST_GROUP, FULL_NAME, SHORT_NAME, add, add_one, founded, groups_of
from support.problems import refused

DAY = date(2026, 11, 21)


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    """The filled branch, open."""
    made = founded(tmp_path)
    add(made, people())
    return made


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Committee]:
    """A committee with two branches, each with a group of the same name."""
    made = founded_committee(tmp_path / "committee")
    yield made
    made.branch.close()


# ---- members


@pytest.mark.parametrize("typed", ["李明朗", "李　明朗", " 李明朗 "])
def test_gaps_in_a_name_make_no_difference(branch: Branch, typed: str) -> None:
    assert [found.name for found in members_named(branch, typed)] == ["李明朗"]


def test_namesakes_are_all_found_and_others_are_not(branch: Branch) -> None:
    add_one(branch, "王芳芳")
    found = members_named(branch, "王芳")
    assert [one.name for one in found] == ["王芳", "王芳"]
    assert len({one.line for one in found}) == 2, "a line tells them apart"


def test_dots_of_any_kind_are_the_same_dot(branch: Branch) -> None:
    uid = add_one(branch, "阿依古丽·买买提")
    assert [one.uid for one in members_named(branch, "阿依古丽•买买提")] == [uid]


def test_nobody_is_found_by_half_a_name_or_by_pinyin(branch: Branch) -> None:
    for typed in ("明朗", "limlang", "lml"):
        with refused(f"名册里没有“{typed}”", "李明朗"):
            members_named(branch, typed)


def test_somebody_in_the_recycle_bin_is_not_found(branch: Branch) -> None:
    members.move_to_bin(branch, [one.uid for one in members_named(branch, "欧阳雪")], "重复")
    with refused("名册里没有“欧阳雪”", "回收站"):
        members_named(branch, "欧阳雪")


# ---- places


@pytest.mark.parametrize("typed", [FIRST_GROUP, "第一小组", "一组", "第 一 党小组"])
def test_a_group_goes_by_all_its_usual_names(branch: Branch, typed: str) -> None:
    assert place_named(branch, typed, DAY) == groups_of(branch)[FIRST_GROUP]


@pytest.mark.parametrize("typed", [FULL_NAME, SHORT_NAME])
def test_a_branch_goes_by_its_full_and_its_short_name(branch: Branch, typed: str) -> None:
    assert place_named(branch, typed, DAY) == organisations.root_of(branch)
    assert home_named(branch, typed, DAY) == organisations.root_of(branch)


def test_no_name_is_no_place(branch: Branch) -> None:
    assert place_named(branch, "", DAY) is None
    assert home_named(branch, "", DAY) is None


def test_a_place_that_there_is_not_is_told_with_those_that_there_are(branch: Branch) -> None:
    with refused("没有叫“九组”的支部或党小组。", f"现有：{SHORT_NAME}、{FIRST_GROUP}"):
        place_named(branch, "九组", DAY)


def test_where_two_places_share_a_name_the_one_above_tells_them_apart(committee: Committee) -> None:
    with refused(f"有 2 个地方叫“{FIRST_GROUP}”。", f"河东/{FIRST_GROUP}", f"河西/{FIRST_GROUP}"):
        place_named(committee.branch, FIRST_GROUP, DAY)
    assert place_named(committee.branch, f"河东/{FIRST_GROUP}", DAY) == committee.east_group
    assert place_named(committee.branch, "中共河东村支部/一组", DAY) == committee.east_group
    assert place_named(committee.branch, "青石镇党委/河东/一组", DAY) == committee.east_group
    assert place_named(committee.branch, "青石镇党委/河东", DAY) == committee.east


def test_only_a_branch_is_a_home_for_members(committee: Committee) -> None:
    assert home_named(committee.branch, "河东", DAY) == committee.east
    for typed in ("青石镇党委", FIRST_GROUP):
        with refused(f"没有叫“{typed}”的支部", "现有：河西、河东。"):
            home_named(committee.branch, typed, DAY)


def test_a_place_that_was_dissolved_is_there_only_on_the_days_before(committee: Committee) -> None:
    organisations.dissolve(committee.branch, committee.east_group, DAY)
    with refused("没有叫"):
        place_named(committee.branch, f"河东/{FIRST_GROUP}", DAY)
    before = date(2026, 6, 29)
    assert place_named(committee.branch, f"河东/{FIRST_GROUP}", before) == committee.east_group
