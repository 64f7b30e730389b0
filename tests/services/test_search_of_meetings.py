"""Ctrl+K finds meetings by what they are about, beside the people and without hiding any of them."""

from __future__ import annotations

import pytest

from branchdesk.services import recycle_bin
from branchdesk.services.meetings import editing, planning
from branchdesk.services.organisations import root_of
from branchdesk.services.search import find_meetings, find_people
from branchdesk.storage.branch import Branch
from support.branches import add_one
from support.contents import assert_sound

THEME_DAY = "meeting.theme_day"


def plan(branch: Branch, topic: str, held: str = "2026.4.3", place: str = "烈士陵园") -> str:
    """A theme day; its uid."""
    typed = {"held": held, "topic": topic, "place": place}
    return planning.plan_meeting(branch, THEME_DAY, root_of(branch), typed).uid


def found(branch: Branch, typed: str) -> list[str]:
    """The titles of the meetings that are offered."""
    return [one.title for one in find_meetings(branch, typed)]


@pytest.mark.parametrize("typed", ["清明", "祭扫", "清明 陵园", "烈 士", "主题党日 祭", "扫"])
def test_a_meeting_is_found_by_topic_place_and_kind(branch: Branch, typed: str) -> None:
    plan(branch, "清明祭扫")
    plan(branch, "植树", "2026.3.12", "后山")
    assert found(branch, typed) == ["清明祭扫"]


@pytest.mark.parametrize("typed", ["", " ", "祭清", "清明 后山", "清明节", '"', "*"])
def test_what_no_meeting_says_finds_none(branch: Branch, typed: str) -> None:
    plan(branch, "清明祭扫")
    plan(branch, "植树", "2026.3.12", "后山")
    assert found(branch, typed) == []


def test_the_line_tells_kind_day_and_place_and_the_newest_stands_first(branch: Branch) -> None:
    for year in (2024, 2026, 2025):
        plan(branch, f"{year}年清明祭扫", f"{year}.4.3")
    offered = find_meetings(branch, "祭扫", 2)
    assert [one.title for one in offered] == ["2026年清明祭扫", "2025年清明祭扫"]
    assert offered[0].line == "主题党日 · 2026.04.03 · 烈士陵园"


def test_the_agenda_is_searched_and_follows_every_change(branch: Branch) -> None:
    uid = plan(branch, "清明祭扫")
    added = editing.set_agenda(branch, uid, [(None, "敬献花篮"), (None, "重温誓词")])
    assert found(branch, "花篮") == ["清明祭扫"]
    editing.set_values(branch, uid, {"topic": "寒食祭扫"})
    assert found(branch, "清明") == []
    assert find_meetings(branch, "寒食")[0].uid == uid
    kept = [(None, "重温誓词")]
    editing.set_agenda(branch, uid, kept)
    assert found(branch, "花篮") == []
    branch.undo(added.changes.seq + 2)
    assert found(branch, "花篮") == ["寒食祭扫"]
    assert_sound(branch)


def test_a_meeting_in_the_recycle_bin_is_not_found(branch: Branch) -> None:
    uid = plan(branch, "清明祭扫")
    planning.remove_meetings(branch, [uid], "建错了")
    assert found(branch, "清明") == []
    recycle_bin.take_back(branch, recycle_bin.bin_items(branch))
    assert found(branch, "清明") == ["清明祭扫"]
    assert_sound(branch)


def test_hundreds_of_meetings_hide_no_person(branch: Branch) -> None:
    for number in range(6):
        plan(branch, f"学习李明同志先进事迹第{number}讲")
    add_one(branch, "李明")
    assert [one.name for one in find_people(branch, "李明")] == ["李明"]
    assert len(find_meetings(branch, "李明", 3)) == 3
