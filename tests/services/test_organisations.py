"""The tree of organisations over time, profiles, terms and posts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.partial_dates import PartialDate
from branchdesk.services import members, organisations, rosters
from branchdesk.storage.branch import Branch
from support.branches import (
    FIRST_GROUP,
    SECOND_GROUP,
    SettableClock,
    add,
    add_one,
    edit,
    founded,
    groups_of,
    record,
    value,
)
from support.contents import assert_sound, facts
from support.problems import refused


@pytest.fixture
def root(branch: Branch) -> str:
    """The uid of the branch itself."""
    return organisations.root_of(branch)


def names(branch: Branch, day: date | None = None) -> list[str]:
    """The names of the tree from the top down on a day."""
    return [version.name for version in organisations.organisation_tree(branch, day).walk()]


def codes(branch: Branch, uid: str) -> set[str]:
    """The findings on an organisation's page."""
    return {finding.code for finding in organisations.organisation_file(branch, uid).findings}


# ---- profiles


def test_a_profile_is_corrected_in_its_own_fields_and_in_its_names(branch: Branch, root: str) -> None:
    typed = {
        "full_name": "中共河西支部",
        "short_name": "",
        "code": "88",
        "founded_on": "1998.7",
        "field": "农村",
    }
    changes = organisations.set_profile(branch, root, typed)
    assert changes.label == "修改 河西村党支部 的信息"
    file = organisations.organisation_file(branch, root)
    held = {key: file.values[key] for key in ("full_name", "short_name", "code", "founded_on", "field")}
    assert held == {
        "full_name": "中共河西支部",
        "short_name": None,
        "code": "88",
        "founded_on": "1998-07",
        "field": "rural",
    }
    assert file.name == "中共河西支部"
    branch.undo(changes.seq)
    assert organisations.organisation_file(branch, root).name == "河西村党支部"


@pytest.mark.parametrize("typed", ["", "   "])
def test_a_full_name_cannot_be_empty(branch: Branch, root: str, typed: str) -> None:
    with refused("党组织全称不能空着", "印章"):
        organisations.set_profile(branch, root, {"full_name": typed})


@pytest.mark.parametrize("typed", ["", "大组织", "branchh"])
def test_a_kind_that_there_is_not_is_refused_before_it_makes_the_tree_unreadable(
    branch: Branch, root: str, typed: str
) -> None:
    with refused("不是组织类别", "从列表中选择"):
        organisations.set_profile(branch, root, {"kind": typed})
    assert organisations.organisation_file(branch, root).kind is OrganisationKind.BRANCH
    organisations.set_profile(branch, root, {"kind": "党总支"})
    assert organisations.organisation_file(branch, root).kind is OrganisationKind.GENERAL_BRANCH


def test_a_wrong_credit_code_is_kept_and_found(branch: Branch, root: str) -> None:
    organisations.set_profile(branch, root, {"unit_code": "123"})
    assert "unit_code" in codes(branch, root)
    assert organisations.organisation_file(branch, root).values["unit_code"] == "123"


# ---- the tree


def test_an_organisation_is_founded_below_another_in_the_order_of_founding(branch: Branch, root: str) -> None:
    uid, changes = organisations.add_organisation(branch, root, OrganisationKind.GROUP, " 第三党小组 ")
    assert changes.label == "设立 第三党小组"
    assert names(branch) == ["河西村党支部", FIRST_GROUP, SECOND_GROUP, "第三党小组"]
    assert organisations.organisation_tree(branch)[uid].parent == root


def test_an_organisation_needs_a_name_of_its_own_and_a_place_where_it_may_stand(
    branch: Branch, root: str
) -> None:
    before = facts(branch)
    with refused("请填写名称", advice=False):
        organisations.add_organisation(branch, root, OrganisationKind.GROUP, "  ")
    with refused("下面已经有", FIRST_GROUP, advice=False):
        organisations.add_organisation(branch, root, OrganisationKind.GROUP, FIRST_GROUP)
    with refused("下面不能设这一类组织", "党支部设在党委或党总支下面"):
        organisations.add_organisation(branch, root, OrganisationKind.BRANCH, "第二支部")
    group = groups_of(branch)[FIRST_GROUP]
    with refused("下面不能设"):
        organisations.add_organisation(branch, group, OrganisationKind.GROUP, "小小组")
    assert facts(branch) == before


def test_a_new_name_holds_from_its_day_on(branch: Branch, root: str, the_clock: SettableClock) -> None:
    changes = organisations.rename_from(branch, root, "中共新支部", "新支部", date(2026, 12, 1))
    assert changes.label == "河西村党支部 更名为 中共新支部"
    assert names(branch)[0] == "河西村党支部"
    assert names(branch, date(2026, 11, 30))[0] == "河西村党支部"
    assert names(branch, date(2026, 12, 1))[0] == "新支部"
    the_clock.set(2026, 12, 1)
    assert organisations.organisation_file(branch, root).name == "新支部"
    branch.undo(changes.seq)
    assert names(branch, date(2030, 1, 1))[0] == "河西村党支部"


def test_renaming_more_than_once_in_any_order_never_makes_two_of_one(branch: Branch, root: str) -> None:
    for day, name in ((date(2027, 1, 1), "三"), (date(2020, 1, 1), "一"), (date(2023, 1, 1), "二")):
        organisations.rename_from(branch, root, f"全称{name}", name, day)
    told = {day: names(branch, day) for day in (date(2019, 1, 1), date(2020, 1, 1), date(2023, 1, 1))}
    told[date(2027, 1, 1)] = names(branch, date(2027, 1, 1))
    groups = [FIRST_GROUP, SECOND_GROUP]
    assert list(told.values()) == [
        ["河西村党支部", *groups],
        ["一", *groups],
        ["二", *groups],
        ["三", *groups],
    ]
    own = [row for row in facts(branch)["organisation_version"].values() if row["organisation_uid"] == root]
    spans = sorted((row.get("valid_from", ""), row.get("valid_to", "")) for row in own)
    assert spans == [
        ("", "2020-01-01"),
        ("2020-01-01", "2023-01-01"),
        ("2023-01-01", "2027-01-01"),
        ("2027-01-01", ""),
    ]


@pytest.mark.parametrize("typed", ["", "　 "])
def test_a_new_name_cannot_be_empty(branch: Branch, root: str, typed: str) -> None:
    with refused("党组织全称不能空着", "印章"):
        organisations.rename_from(branch, root, typed, "", date(2026, 1, 1))
    assert names(branch)[0] == "河西村党支部"


def test_a_name_cannot_begin_twice_on_one_day(branch: Branch, root: str) -> None:
    organisations.rename_from(branch, root, "全称一", "一", date(2020, 1, 1))
    with refused("日期应在 2020.01.01 之后", "直接在信息里更正"):
        organisations.rename_from(branch, root, "全称二", "二", date(2020, 1, 1))


def test_a_group_moves_below_another_branch_from_a_day_on(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    root = organisations.root_of(branch)
    organisations.set_profile(branch, root, {"kind": "党总支"})
    first, _changes = organisations.add_organisation(branch, root, OrganisationKind.BRANCH, "一支部")
    second, _changes = organisations.add_organisation(branch, root, OrganisationKind.BRANCH, "二支部")
    group, _changes = organisations.add_organisation(branch, first, OrganisationKind.GROUP, "甲组")
    organisations.move_under(branch, group, second, date(2026, 6, 1))
    tree = organisations.organisation_tree(branch, date(2026, 5, 31))
    assert [version.name for version in tree.children(first)] == ["甲组"]
    tree = organisations.organisation_tree(branch, date(2026, 6, 1))
    assert [version.name for version in tree.children(second)] == ["甲组"]
    with refused("不能移到", advice=False):
        organisations.move_under(branch, second, group, date(2026, 7, 1))
    with refused("不能移到", advice=False):
        organisations.move_under(branch, root, first, date(2026, 7, 1))


# ---- dissolving


def test_a_group_is_dissolved_on_a_day(branch: Branch) -> None:
    changes = organisations.dissolve(branch, groups_of(branch)[SECOND_GROUP], date(2026, 11, 1))
    assert changes.label == f"撤销 {SECOND_GROUP}"
    assert names(branch) == ["河西村党支部", FIRST_GROUP]
    assert names(branch, date(2026, 10, 31)) == ["河西村党支部", FIRST_GROUP, SECOND_GROUP]


def test_an_organisation_that_will_be_dissolved_gets_no_name_for_a_day_after_that(branch: Branch) -> None:
    group = groups_of(branch)[SECOND_GROUP]
    organisations.dissolve(branch, group, date(2099, 12, 1))
    with refused("2099.12.02", "没有这个组织", "何时撤销"):
        organisations.rename_from(branch, group, "新组", "新组", date(2099, 12, 2))


def test_dissolving_takes_back_a_name_that_would_have_begun_later(branch: Branch) -> None:
    group = groups_of(branch)[SECOND_GROUP]
    organisations.rename_from(branch, group, "新组", "新组", date(2027, 1, 1))
    changes = organisations.dissolve(branch, group, date(2026, 12, 1))
    assert names(branch, date(2028, 1, 1)) == ["河西村党支部", FIRST_GROUP]
    branch.undo(changes.seq)
    assert names(branch, date(2028, 1, 1)) == ["河西村党支部", FIRST_GROUP, "新组"]


@pytest.mark.parametrize("kind", [None, EventKind.SUSPENDED])
def test_an_organisation_to_which_members_belong_is_not_dissolved(
    branch: Branch, kind: EventKind | None
) -> None:
    uid = add_one(branch, "李明", group=SECOND_GROUP)
    if kind is not None:
        record(branch, uid, kind, "2020.1.1")
    with refused(SECOND_GROUP, "还有 1 名党员", "先把党员调到别的小组"):
        organisations.dissolve(branch, groups_of(branch)[SECOND_GROUP], date(2026, 11, 1))


def test_the_root_and_an_organisation_with_others_below_it_are_not_dissolved(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    root = organisations.root_of(branch)
    with refused("主组织", advice=False):
        organisations.dissolve(branch, root, date(2026, 11, 1))
    organisations.set_profile(branch, root, {"kind": "党总支"})
    below, _changes = organisations.add_organisation(branch, root, OrganisationKind.BRANCH, "一支部")
    organisations.add_organisation(branch, below, OrganisationKind.GROUP, "甲组")
    with refused("下面还有组织"):
        organisations.dissolve(branch, below, date(2026, 11, 1))


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 12, 5), date(2026, 12, 19)])
def test_a_group_is_not_dissolved_on_a_day_on_or_after_which_it_had_members(
    branch: Branch, the_clock: SettableClock, day: date
) -> None:
    uid = add_one(branch, "李明", group=FIRST_GROUP)
    the_clock.set(2026, 12, 20)
    edit(branch, uid, group=SECOND_GROUP)
    group = groups_of(branch)[FIRST_GROUP]
    before = facts(branch)
    with refused(f"{day:%Y.%m.%d} 以后 第一党小组 还有过党员", "不早于 2026.12.20"):
        organisations.dissolve(branch, group, day)
    assert facts(branch) == before
    organisations.dissolve(branch, group, date(2026, 12, 20))
    assert names(branch) == ["河西村党支部", SECOND_GROUP]
    assert rosters.roster_on(branch, date(2026, 12, 5), group).counts.total == 1


def test_a_branch_is_not_dissolved_on_a_day_after_which_it_had_groups(branch: Branch, root: str) -> None:
    organisations.set_profile(branch, root, {"kind": "党总支"})
    below, _changes = organisations.add_organisation(branch, root, OrganisationKind.BRANCH, "一支部")
    group, _changes = organisations.add_organisation(branch, below, OrganisationKind.GROUP, "甲组")
    organisations.dissolve(branch, group, date(2026, 11, 1))
    with refused("2026.10.31 以后 一支部 还有过党员或下级组织", "不早于 2026.11.01"):
        organisations.dissolve(branch, below, date(2026, 10, 31))
    organisations.dissolve(branch, below, date(2026, 11, 1))
    assert "一支部" not in names(branch)


# ---- terms


def test_a_term_of_three_years_is_reminded_of_before_it_ends_and_found_when_it_is_over(
    branch: Branch, root: str, the_clock: SettableClock
) -> None:
    organisations.begin_term(branch, root, " 第三届 ", date(2024, 2, 29))
    term = organisations.organisation_file(branch, root).terms[0]
    assert (term["number"], term["due_on"]) == ("第三届", "2027-02-28")
    assert "term_ending" in codes(branch, root)
    the_clock.set(2026, 8, 27)
    assert not {"term_ending", "term_over"} & codes(branch, root)
    the_clock.set(2027, 2, 28)
    assert "term_over" in codes(branch, root)
    organisations.begin_term(branch, root, "第四届", date(2027, 3, 1))
    terms = organisations.organisation_file(branch, root).terms
    assert [term["ended_on"] for term in terms] == [None, "2027-03-01"]
    assert not {"term_ending", "term_over"} & codes(branch, root)


def test_a_village_elects_for_five_years_and_a_committee_too(branch: Branch, root: str) -> None:
    organisations.set_profile(branch, root, {"field": "农村"})
    organisations.begin_term(branch, root, "一", date(2024, 5, 10))
    assert organisations.organisation_file(branch, root).terms[0]["due_on"] == "2029-05-10"
    organisations.set_profile(branch, root, {"kind": "党委", "field": ""})
    organisations.begin_term(branch, root, "二", date(2025, 5, 10))
    assert organisations.organisation_file(branch, root).terms[0]["due_on"] == "2030-05-10"


def test_a_term_can_be_corrected(branch: Branch, root: str) -> None:
    organisations.begin_term(branch, root, "一", date(2020, 5, 10))
    term = organisations.organisation_file(branch, root).terms[0]["uid"]
    organisations.set_term(branch, term, {"due_on": "2024-05", "note": "经批准延期"})
    assert organisations.organisation_file(branch, root).terms[0]["note"] == "经批准延期"
    assert not {"term_ending", "term_over"} & codes(branch, root), "a month warns of nothing"


# ---- posts


def test_a_post_is_entered_once_with_the_term_it_belongs_to(branch: Branch, root: str) -> None:
    uid = add_one(branch, "李明")
    organisations.begin_term(branch, root, "三", date(2024, 5, 10))
    changes = organisations.appoint(branch, root, uid, "secretary", PartialDate(2024, 5, 10))
    assert changes.label == "李明 任书记"
    row = next(iter(facts(branch)["post"].values()))
    assert row["term_uid"] == organisations.organisation_file(branch, root).terms[0]["uid"]
    with refused("李明 已经担任这一职务", advice=False):
        organisations.appoint(branch, root, uid, "secretary")
    organisations.appoint(branch, root, uid, "group_leader")
    leader = next(row for row in facts(branch)["post"].values() if row["code"] == "group_leader")
    assert "term_uid" not in leader
    assert_sound(branch)


def test_a_post_can_be_held_again_after_it_ended(branch: Branch, root: str) -> None:
    uid = add_one(branch, "李明")
    post = next(iter(organisations.appoint(branch, root, uid, "secretary").touched["post"]))
    organisations.set_post(branch, post, {"until": "2026-11-20"})
    assert value(branch, uid, "posts") is None
    organisations.appoint(branch, root, uid, "secretary")
    assert value(branch, uid, "posts") == "secretary"


def test_a_post_entered_by_mistake_is_removed(branch: Branch, root: str) -> None:
    uid = add_one(branch, "李明")
    post = next(iter(organisations.appoint(branch, root, uid, "deputy").touched["post"]))
    assert organisations.remove_post(branch, post).label == "删除任职记录"
    assert value(branch, uid, "posts") is None
    assert not organisations.organisation_file(branch, root).posts


def test_names_of_members_are_given_by_uid(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    assert organisations.names_of(branch, [uid, "nobody"]) == {uid: "李明"}


def held(branch: Branch, day: date) -> list[tuple[str | None, str | None]]:
    """Names and posts on the roster of a day, of those who hold any."""
    rows = rosters.roster_on(branch, day).rows
    return [(row.values["name"], row.values["posts"]) for row in rows if row.values["posts"]]


def test_a_post_typed_today_is_not_printed_on_the_roster_of_an_earlier_day(
    tmp_path: Path, the_clock: SettableClock
) -> None:
    the_clock.set(2025, 1, 10)
    branch = founded(tmp_path)
    first = add_one(branch, "赵一", posts="书记")
    second = add_one(branch, "钱二")
    the_clock.set(2026, 11, 21)
    edit(branch, first, posts="")
    edit(branch, second, posts="书记")
    assert held(branch, date(2025, 1, 9)) == []
    assert held(branch, date(2025, 3, 1)) == [("赵一", "secretary")]
    assert held(branch, date(2026, 11, 20)) == [("赵一", "secretary")]
    assert held(branch, date(2026, 11, 21)) == [("钱二", "secretary")]


def test_an_election_ends_the_posts_of_the_term_before_it(branch: Branch, root: str) -> None:
    uids = add(branch, [{"name": name, "category": "正式党员"} for name in ("赵一", "钱二", "孙三", "李四")])
    organisations.begin_term(branch, root, "二", date(2022, 6, 1))
    organisations.appoint(branch, root, uids[0], "secretary", PartialDate(2022, 6, 1))
    organisations.appoint(branch, root, uids[3], "publicity", PartialDate(2022, 6), PartialDate(2024, 1))
    organisations.appoint(branch, root, uids[2], "group_leader", PartialDate(2022, 6, 1))
    organisations.appoint(branch, root, uids[1], "deputy", PartialDate(2025, 6))
    undone = branch.undo(organisations.begin_term(branch, root, "三", date(2025, 6, 1)).seq)
    assert held(branch, date(2025, 6, 1))[0] == ("赵一", "secretary"), "one step back takes all of it back"
    branch.undo(undone.seq)
    organisations.appoint(branch, root, uids[1], "secretary", PartialDate(2025, 6, 1))
    assert held(branch, date(2025, 5, 31)) == [("赵一", "secretary"), ("孙三", "group_leader")]
    assert held(branch, date(2025, 6, 1)) == [("钱二", "secretary deputy"), ("孙三", "group_leader")]
    ends = {row["code"]: row.get("until") for row in facts(branch)["post"].values() if "until" in row}
    assert ends == {"secretary": "2025-05-31", "publicity": "2024-01"}
    assert "several_secretaries" not in codes(branch, root)
    organisations.appoint(branch, root, uids[3], "secretary", PartialDate(2025, 6, 2))
    assert "several_secretaries" in codes(branch, root)
    assert_sound(branch)


def test_a_post_of_no_known_term_ends_with_the_newest_election_only(
    tmp_path: Path, the_clock: SettableClock
) -> None:
    the_clock.set(2024, 1, 10)
    branch = founded(tmp_path)
    root = organisations.root_of(branch)
    add_one(branch, "赵一", posts="书记")
    organisations.begin_term(branch, root, "二", date(2025, 6, 1))
    assert held(branch, date(2025, 5, 31)) == [("赵一", "secretary")]
    assert held(branch, date(2025, 6, 1)) == []
    the_clock.set(2025, 7, 1)
    add_one(branch, "钱二", posts="书记")
    organisations.begin_term(branch, root, "一", date(2022, 6, 1))
    assert held(branch, date(2025, 7, 1)) == [("钱二", "secretary")]


def test_an_earlier_election_entered_later_leaves_the_present_term_alone(branch: Branch, root: str) -> None:
    for number, year in (("三", 2025), ("一", 2019), ("二", 2022)):
        organisations.begin_term(branch, root, number, date(year, 6, 1))
    terms = organisations.organisation_file(branch, root).terms
    assert [(term["number"], term["elected_on"], term["ended_on"]) for term in terms] == [
        ("三", "2025-06-01", None),
        ("二", "2022-06-01", "2025-06-01"),
        ("一", "2019-06-01", "2022-06-01"),
    ]
    assert not {"term_ending", "term_over"} & codes(branch, root)
    assert_sound(branch)


@pytest.mark.parametrize("kind", [EventKind.DIED, EventKind.DEPARTED, EventKind.SUSPENDED, None])
def test_who_is_gone_holds_no_post_any_more(branch: Branch, root: str, kind: EventKind | None) -> None:
    uids = add(branch, [{"name": f"党员{n}", "category": "正式党员"} for n in range(4)])
    for uid, code in zip(uids, ("secretary", "deputy", "organisation", "discipline"), strict=True):
        organisations.appoint(branch, root, uid, code, PartialDate(2020))
    assert not {"no_secretary", "no_discipline_officer", "needs_committee"} & codes(branch, root)
    if kind is None:
        members.move_to_bin(branch, [uids[0]], "")
    else:
        record(branch, uids[0], kind, "2026.11.1")
        assert value(branch, uids[0], "posts") is None
    assert {"no_secretary", "holders_gone"} <= codes(branch, root)
    post = next(uid for uid, row in facts(branch)["post"].items() if row["code"] == "secretary")
    organisations.set_post(branch, post, {"until": "2026-10-31"})
    assert "holders_gone" not in codes(branch, root)
    organisations.appoint(branch, root, uids[1], "secretary", PartialDate(2026, 11, 2))
    assert not {"no_secretary", "several_secretaries"} & codes(branch, root)
    assert_sound(branch)


# ---- findings


def test_size_and_committee_are_judged_by_who_is_there_today(branch: Branch, root: str) -> None:
    assert "too_few_members" in codes(branch, root)
    uids = add(branch, [{"name": f"党员{n}", "category": "正式党员"} for n in range(7)])
    assert {"needs_committee"} <= codes(branch, root)
    assert "too_few_members" not in codes(branch, root)
    organisations.appoint(branch, root, uids[0], "deputy")
    organisations.appoint(branch, root, uids[1], "organisation")
    organisations.appoint(branch, root, uids[2], "publicity")
    assert {"no_secretary", "no_discipline_officer"} <= codes(branch, root)
    assert "needs_committee" not in codes(branch, root)
    edit(branch, uids[3], category="")
    group = groups_of(branch)[FIRST_GROUP]
    assert "too_few_members" not in codes(branch, group)


def test_members_of_the_whole_tree_count_for_the_page(branch: Branch, root: str) -> None:
    group = groups_of(branch)[FIRST_GROUP]
    members.add_members(branch, [{"name": "甲", "category": "正式党员"}] * 3, root, group)
    assert "too_few_members" not in codes(branch, root)
    assert [node.count for node in rosters.roster_tree(branch, date(2026, 11, 21))[:2]] == [3, 3]
