"""The tree of organisations over time, and what each kind may do (domain 1.1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from branchdesk.domain.organisations import (
    CHILDREN,
    OrganisationKind,
    OrganisationTree,
    OrganisationVersion,
    composed_full_name,
    full_group_name,
    group_aliases,
    size_findings,
)
from branchdesk.findings import Severity
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.rules import shipped_rules

KIND = OrganisationKind
DAY = date(2026, 11, 21)
BRANCHES = {
    *(KIND.BRANCH, KIND.JOINT_BRANCH, KIND.PROJECT_BRANCH, KIND.TEMPORARY_BRANCH),
    *(KIND.FUNCTIONAL_BRANCH, KIND.FLOATING_BRANCH, KIND.DIRECT_BRANCH),
}


def version(
    uid: str,
    parent: str | None,
    kind: OrganisationKind = KIND.BRANCH,
    *,
    begins: date | None = None,
    ends: date | None = None,
    position: int = 0,
    name: str = "",
) -> OrganisationVersion:
    return OrganisationVersion(uid, parent, kind, name or f"中共{uid}", "", begins, ends, position)


FOUNDED, RENAMED, MOVED, CLOSED = date(2020, 1, 1), date(2022, 7, 1), date(2024, 1, 1), date(2025, 6, 1)
HISTORY = [
    version("committee", None, KIND.COMMITTEE),
    version("general", "committee", KIND.GENERAL_BRANCH, position=2),
    version("first", "committee", begins=FOUNDED, ends=RENAMED, position=1, name="中共老名支部"),
    version("first", "committee", begins=RENAMED, ends=MOVED, position=1, name="中共新名支部"),
    version("first", "general", begins=MOVED, position=1, name="中共新名支部"),
    version("g2", "first", KIND.GROUP, position=2),
    version("g1", "first", KIND.GROUP, position=1, ends=CLOSED),
]


def walked(day: date, history: Iterable[OrganisationVersion] = HISTORY) -> list[str]:
    return [found.organisation for found in OrganisationTree(history, day).walk()]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 1, 1), ["committee", "first", "g1", "g2", "general"]),
        (date(2022, 7, 1), ["committee", "first", "g1", "g2", "general"]),
        (date(2023, 12, 31), ["committee", "first", "g1", "g2", "general"]),
        (date(2024, 1, 1), ["committee", "general", "first", "g1", "g2"]),
        (date(2025, 5, 31), ["committee", "general", "first", "g1", "g2"]),
        (date(2025, 6, 1), ["committee", "general", "first", "g2"]),
    ],
)
def test_the_tree_is_that_of_the_day_in_the_order_of_the_clerk(day: date, expected: list[str]) -> None:
    assert walked(day) == expected


@pytest.mark.parametrize(
    ("day", "name"), [(date(2022, 6, 30), "中共老名支部"), (date(2022, 7, 1), "中共新名支部")]
)
def test_papers_of_earlier_days_keep_the_earlier_name(day: date, name: str) -> None:
    assert OrganisationTree(HISTORY, day)["first"].name == name


def test_before_it_was_founded_an_organisation_is_not_there() -> None:
    tree = OrganisationTree(HISTORY, date(2019, 12, 31))
    assert "first" not in tree
    assert tree.get("first") is None
    assert tree.get(None) is None
    assert tree.get("committee") is tree["committee"]
    assert "committee" in tree
    assert tree.day == date(2019, 12, 31)


def test_an_organisation_whose_superior_is_not_there_stands_at_the_top() -> None:
    tree = OrganisationTree(HISTORY, date(2019, 12, 31))
    assert [found.organisation for found in tree.roots()] == ["committee", "g1", "g2"]


def test_what_is_below_an_organisation_includes_itself_and_all_levels() -> None:
    tree = OrganisationTree(HISTORY, DAY)
    assert [found.organisation for found in tree.below("general")] == ["general", "first", "g2"]
    assert [found.organisation for found in tree.children("committee")] == ["general"]
    assert list(tree.below("nobody")) == []
    assert tree.children("nobody") == []


def test_the_groups_of_an_organisation_are_found_at_every_level() -> None:
    tree = OrganisationTree(HISTORY, date(2025, 1, 1))
    assert [found.organisation for found in tree.groups("committee")] == ["g1", "g2"]


def test_moves_that_cross_each_other_lose_nobody_and_end() -> None:
    circle = [version("a", "b"), version("b", "a"), version("c", "b"), version("d", "d")]
    tree = OrganisationTree(circle, DAY)
    assert sorted(walked(DAY, circle)) == ["a", "b", "c", "d"]
    assert [found.organisation for found in tree.roots()] == ["a", "b", "d"]
    assert [found.organisation for found in tree.below("b")] == ["b", "c"]


def test_of_two_changes_entered_for_later_days_the_later_one_holds_and_nobody_is_listed_twice() -> None:
    changes = [
        version("first", None, ends=date(2026, 12, 1), name="中共旧名支部"),
        version("first", None, begins=date(2027, 1, 1), name="中共后名支部"),
        version("first", None, begins=date(2026, 12, 1), name="中共先名支部"),
    ]
    for day, name in (
        (date(2026, 11, 30), "中共旧名支部"),
        (date(2026, 12, 1), "中共先名支部"),
        (date(2027, 1, 1), "中共后名支部"),
    ):
        assert [found.name for found in OrganisationTree(changes, day).walk()] == [name]


def test_the_short_name_is_used_where_there_is_one() -> None:
    named = OrganisationVersion("a", None, KIND.BRANCH, "中共某单位支部委员会", "某支部")
    assert named.name == "某支部"


@pytest.mark.parametrize("kind", KIND)
def test_kinds_know_whether_they_are_branches_and_hold_members(kind: OrganisationKind) -> None:
    assert kind.is_branch is (kind in BRANCHES)
    assert kind.holds_members is (kind in BRANCHES - {KIND.TEMPORARY_BRANCH, KIND.FUNCTIONAL_BRANCH})


@pytest.mark.parametrize(
    ("above", "below", "allowed"),
    [
        (KIND.COMMITTEE, KIND.COMMITTEE, True),
        (KIND.COMMITTEE, KIND.GENERAL_BRANCH, True),
        (KIND.COMMITTEE, KIND.BRANCH, True),
        (KIND.COMMITTEE, KIND.LEADING_GROUP, True),
        (KIND.COMMITTEE, KIND.GROUP, False),
        (KIND.GENERAL_BRANCH, KIND.BRANCH, True),
        (KIND.GENERAL_BRANCH, KIND.GENERAL_BRANCH, False),
        (KIND.GENERAL_BRANCH, KIND.COMMITTEE, False),
        (KIND.GENERAL_BRANCH, KIND.GROUP, False),
        (KIND.BRANCH, KIND.GROUP, True),
        (KIND.FLOATING_BRANCH, KIND.GROUP, True),
        (KIND.BRANCH, KIND.BRANCH, False),
        (KIND.GROUP, KIND.GROUP, False),
        (KIND.LEADING_GROUP, KIND.BRANCH, False),
    ],
)
def test_only_some_kinds_may_stand_below_others(
    above: OrganisationKind, below: OrganisationKind, *, allowed: bool
) -> None:
    assert (below in CHILDREN[above]) is allowed


def test_every_kind_has_a_word_and_a_place() -> None:
    assert set(CHILDREN) == set(KIND)
    assert set(shipped_dictionaries()["org_kind"].by_code) == {kind.value for kind in KIND}


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("第一党小组", "一组"),
        ("第一党小组", "1组"),
        ("第一党小组", "第1党小组"),
        ("第一党小组", "第一小组"),
        ("第二小组", "第二党小组"),
        ("第2小组", "二组"),
        ("第三组", "3组"),
        ("四组", "第四党小组"),
        ("党小组5", "第五党小组"),
        ("第十党小组", "10组"),
        ("第一党小组", "党小组1"),
        ("第一党小组", "党小组一"),
    ],
)
def test_a_numbered_group_is_known_by_its_other_spellings(name: str, spelling: str) -> None:
    assert spelling in group_aliases(name)
    assert name not in group_aliases(name)
    assert len(set(group_aliases(name))) == len(group_aliases(name))


@pytest.mark.parametrize("name", ["机关党小组", "第十一党小组", "第一支部", "", "组"])
def test_other_groups_have_one_spelling(name: str) -> None:
    assert group_aliases(name) == ()


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("三组", "第三党小组"),
        ("第3小组", "第三党小组"),
        ("党小组1", "第一党小组"),
        ("第三党小组", "第三党小组"),
        ("机关党小组", "机关党小组"),
        ("十一组", "十一组"),
    ],
)
def test_a_group_written_short_gets_its_full_name(name: str, full: str) -> None:
    assert full_group_name(name) == full


def test_two_groups_never_share_a_spelling() -> None:
    first, second = group_aliases("第一党小组"), group_aliases("第二党小组")
    assert not {*first, "第一党小组"} & {*second, "第二党小组"}


@pytest.mark.parametrize("unit", ["某厂机修车间", "中共某厂机修车间"])
def test_without_a_seal_the_full_name_is_composed(unit: str) -> None:
    assert composed_full_name(unit, "支部委员会") == "中共某厂机修车间支部委员会"


@pytest.mark.parametrize(
    ("full", "probationary", "committee", "codes"),
    [
        (0, 0, False, ["too_few_members"]),
        (2, 5, False, ["too_few_members"]),
        (3, 0, False, []),
        (6, 10, False, []),
        (7, 0, False, ["needs_committee"]),
        (7, 0, True, []),
        (50, 0, True, []),
        (49, 1, True, []),
        (50, 1, True, ["too_many_members"]),
        (2, 49, False, ["too_few_members", "too_many_members"]),
        (60, 0, False, ["too_many_members", "needs_committee"]),
    ],
)
def test_a_branch_has_three_to_fifty_members_and_from_seven_a_committee(
    full: int, probationary: int, codes: list[str], *, committee: bool
) -> None:
    found = size_findings(KIND.BRANCH, full, probationary, shipped_rules(), DAY, has_committee=committee)
    assert [finding.code for finding in found] == codes
    assert all("支部工作条例" in finding.rule for finding in found)
    assert all(finding.severity is Severity.WARN for finding in found)


def test_the_sentence_names_the_numbers() -> None:
    (found,) = size_findings(KIND.BRANCH, 2, 0, shipped_rules(), DAY, has_committee=False)
    assert found.sentence == "正式党员 2 名，成立党支部应有 3 名以上。"
    (found,) = size_findings(KIND.BRANCH, 48, 3, shipped_rules(), DAY, has_committee=True)
    assert found.sentence == "党员 51 名，党支部一般不超过 50 名。"


@pytest.mark.parametrize("kind", [KIND.COMMITTEE, KIND.GENERAL_BRANCH, KIND.TEMPORARY_BRANCH, KIND.GROUP])
def test_kinds_without_members_of_their_own_have_no_size(kind: OrganisationKind) -> None:
    assert size_findings(kind, 0, 0, shipped_rules(), DAY, has_committee=False) == []
