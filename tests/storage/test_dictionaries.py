"""The words of a branch: shipped ones, its own, its organisations and groups over time."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.services import organisations
from branchdesk.storage.branch import Branch
from branchdesk.storage.dictionaries import vocabulary
from branchdesk.storage.tables import dictionary_entry
from support.branches import FIRST_GROUP, SECOND_GROUP, SettableClock, groups_of


def words(branch: Branch, name: str, day: date | None = None) -> list[str]:
    """The words of a dictionary in their order."""
    with branch.read() as connection:
        return [entry.label for entry in vocabulary(connection, day)[name].entries]


def test_groups_are_chosen_by_any_of_their_spellings(branch: Branch) -> None:
    with branch.read() as connection:
        groups = vocabulary(connection)["group"]
    for spelling in ("第二党小组", "二组", "2组", "第2小组", "第二组"):
        assert groups.code_of(spelling) == groups_of(branch)[SECOND_GROUP]
    assert groups.code_of("三组") is None


def test_organisations_are_known_by_both_names_and_groups_are_none_of_them(branch: Branch) -> None:
    with branch.read() as connection:
        found = vocabulary(connection)["organisation"]
    assert [entry.label for entry in found.entries] == ["河西村党支部"]
    assert found.code_of("中共青石镇河西村支部委员会") == organisations.root_of(branch)


def test_own_words_stand_behind_the_shipped_ones(branch: Branch) -> None:
    shipped = words(branch, "post")
    with branch.change("自定义") as change:
        change.insert(dictionary_entry, {"dictionary": "post", "code": "own", "label": "联络员"})
    assert words(branch, "post") == [*shipped, "联络员"]


@pytest.mark.usefixtures("the_clock")
def test_a_dissolved_group_stays_readable_stands_last_and_is_marked(branch: Branch) -> None:
    first = groups_of(branch)[FIRST_GROUP]
    organisations.dissolve(branch, first, date(2026, 11, 1))
    assert words(branch, "group") == [SECOND_GROUP, f"{FIRST_GROUP}（已撤销）"]
    assert words(branch, "group", date(2026, 10, 31)) == [FIRST_GROUP, SECOND_GROUP]
    with branch.read() as connection:
        groups = vocabulary(connection)["group"]
    assert groups.code_of(FIRST_GROUP) is None
    assert groups.shown(first) == f"{FIRST_GROUP}（已撤销）"


def test_a_new_name_is_used_from_its_day_on_and_not_before(branch: Branch, the_clock: SettableClock) -> None:
    root = organisations.root_of(branch)
    organisations.rename_from(branch, root, "中共河西社区支部委员会", "河西社区党支部", date(2026, 12, 1))
    assert words(branch, "organisation") == ["河西村党支部"]
    the_clock.set(2026, 12, 1)
    assert words(branch, "organisation") == ["河西社区党支部"]
    assert words(branch, "organisation", date(2020, 1, 1)) == ["河西村党支部"]


def test_a_group_is_at_home_in_its_branch_and_organisations_are_at_home_nowhere(branch: Branch) -> None:
    root = organisations.root_of(branch)
    organisations.dissolve(branch, groups_of(branch)[FIRST_GROUP], date(2020, 1, 1))
    with branch.read() as connection:
        found = vocabulary(connection)
    assert {entry.home for entry in found["group"].entries} == {root}
    assert {entry.home for entry in found["organisation"].entries} == {""}
