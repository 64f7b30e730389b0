"""What is typed into a member's file becomes facts: columns, events, posts, or words not yet understood."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.services import branches, members, organisations, rosters
from branchdesk.services.branches import Founding
from branchdesk.services.member_edits import member_form
from branchdesk.services.members import Home
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import surroundings
from support.branches import (
    CLERK,
    FIRST_GROUP,
    PASSWORD,
    SECOND_GROUP,
    SettableClock,
    add,
    add_one,
    edit,
    groups_of,
    identity_number,
    record,
    value,
)
from support.contents import assert_sound, facts, journalled


def events(branch: Branch, uid: str) -> dict[str, str | None]:
    """The kinds of a member's events with their dates."""
    file = members.member_file(branch, uid)
    assert file is not None
    return {event["kind"]: event["on_date"] for event in file.events}


def test_dates_of_a_party_life_typed_in_the_grid_record_and_correct_events(branch: Branch) -> None:
    uid = add_one(branch, "李明", category="预备党员", admitted_on="2010.6.29")
    assert events(branch, uid) == {"admitted": "2010-06-29", "arrived": None}
    edit(branch, uid, confirmed_on="2011.6.29")
    assert value(branch, uid, "category") == "full"
    edit(branch, uid, admitted_on="2010.06", arrived_on="2015.3.1")
    assert events(branch, uid) == {"admitted": "2010-06", "arrived": "2015-03-01", "confirmed": "2011-06-29"}
    edit(branch, uid, confirmed_on="")
    assert events(branch, uid)["confirmed"] is None
    assert value(branch, uid, "category") == "full", "a date that is taken away leaves the fact"


def test_a_category_typed_in_the_grid_records_and_takes_back_events(branch: Branch) -> None:
    uid = add_one(branch, "李明", category="预备党员")
    edit(branch, uid, category="正式党员")
    assert set(events(branch, uid)) == {"admitted", "confirmed", "arrived"}
    edit(branch, uid, category="预备党员")
    assert set(events(branch, uid)) == {"admitted", "arrived"}
    edit(branch, uid, category="")
    assert set(events(branch, uid)) == {"arrived"}
    assert value(branch, uid, "category") is None
    edit(branch, uid, category="")
    assert_sound(branch)


def test_a_cleared_category_keeps_an_admission_and_a_confirmation_that_have_dates(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2010.6.29", confirmed_on="2011.6.29")
    outcome = edit(branch, uid, category="")
    assert not outcome.changes
    assert [finding.code for _uid, finding in outcome.findings] == ["category_kept"]
    assert value(branch, uid, "category") == "full"
    edit(branch, uid, confirmed_on="")
    edit(branch, uid, category="")
    assert events(branch, uid)["admitted"] == "2010-06-29"


def test_a_confirmation_date_that_goes_with_the_category_is_named(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2010.6.29", confirmed_on="2011.6.29")
    outcome = edit(branch, uid, category="预备党员")
    assert [finding.sentence for _uid, finding in outcome.findings] == [
        "改为预备党员，转正日期 2011.06.29 也删除了；改错了请撤销。"
    ]
    other = add_one(branch, "王芳")
    assert not edit(branch, other, category="预备党员").findings


def test_who_was_admitted_anew_is_made_full_without_touching_the_earlier_membership(
    branch: Branch, the_clock: SettableClock
) -> None:
    uid = add_one(branch, "李明", admitted_on="1990.6.29", confirmed_on="1991.6.29")
    record(branch, uid, EventKind.ENDED, "2000.1.1")
    record(branch, uid, EventKind.ADMITTED, "2024.10.1", organisation=organisations.root_of(branch))
    the_clock.move(days=1)
    edit(branch, uid, category="正式党员")
    assert value(branch, uid, "category") == "full"
    edit(branch, uid, confirmed_on="2025.10.1")
    assert value(branch, uid, "confirmed_on") == "2025-10-01"
    (then,) = rosters.roster_on(branch, date(1995, 1, 1)).rows
    assert (then.values["category"], then.values["confirmed_on"]) == ("full", "1991-06-29")
    edit(branch, uid, category="预备党员")
    assert value(branch, uid, "category") == "probationary"
    (then,) = rosters.roster_on(branch, date(1995, 1, 1)).rows
    assert then.values["category"] == "full"
    assert_sound(branch)


def test_category_and_dates_pasted_together_make_one_event_each(branch: Branch) -> None:
    for order in (("category", "admitted_on", "confirmed_on"), ("confirmed_on", "admitted_on", "category")):
        texts = {"category": "正式党员", "admitted_on": "2010.6.29", "confirmed_on": "2011.6.29"}
        uid = add(branch, [{"name": "李明", **{field: texts[field] for field in order}}])[0]
        file = members.member_file(branch, uid)
        assert file is not None
        assert len(file.events) == 3
        assert file.values["confirmed_on"] == "2011-06-29"


def test_an_event_taken_away_and_dated_in_one_paste_is_taken_away(branch: Branch) -> None:
    uid = add_one(branch, "李明", confirmed_on="2011.6.29")
    edit(branch, uid, confirmed_on="2012.1.1", category="预备党员")
    assert "confirmed" not in events(branch, uid)
    assert_sound(branch)


def test_what_cannot_be_understood_is_kept_as_typed_shown_and_replaced_when_mended(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2010.6.29")
    outcome = edit(branch, uid, admitted_on="2010.13.1")
    assert [finding.field for _uid, finding in outcome.findings] == ["admitted_on"]
    assert value(branch, uid, "admitted_on") == "2010.13.1"
    assert events(branch, uid)["admitted"] == "2010-06-29"
    edit(branch, uid, admitted_on="2010.14.1")
    assert len(facts(branch)["pending_value"]) == 1
    edit(branch, uid, admitted_on="2010.12.1")
    assert value(branch, uid, "admitted_on") == "2010-12-01"
    assert not facts(branch)["pending_value"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [("group", "第九党小组"), ("posts", "首席委员"), ("category", "群众"), ("confirmed_on", "去年")],
)
def test_unknown_words_in_derived_fields_are_kept_and_cleared_by_an_empty_cell(
    branch: Branch, field: str, typed: str
) -> None:
    uid = add(branch, [{"name": "李明", field: typed}])[0]
    assert value(branch, uid, field) == typed
    edit(branch, uid, **{field: ""})
    assert value(branch, uid, field) is None
    assert_sound(branch)


def test_plain_fields_keep_what_cannot_be_understood_in_their_own_column(branch: Branch) -> None:
    uid = add_one(branch, "李明", born_on="1980.13", sex="不详吗", dues_monthly="十元")
    assert [value(branch, uid, field) for field in ("born_on", "sex", "dues_monthly")] == [
        "1980.13",
        "不详吗",
        "十元",
    ]
    assert not facts(branch)["pending_value"]


def test_the_identity_number_fills_birth_date_and_sex_where_they_are_empty_in_the_same_step(
    branch: Branch,
) -> None:
    number = identity_number(date(1990, 3, 7), 12)
    uid = add_one(branch, "李明")
    changes = edit(branch, uid, id_number=number).changes
    assert (value(branch, uid, "born_on"), value(branch, uid, "sex")) == ("1990-03-07", "2")
    branch.undo(changes.seq)
    assert (value(branch, uid, "born_on"), value(branch, uid, "sex")) == (None, None)
    edit(branch, uid, born_on="1990.3", id_number=number)
    assert (value(branch, uid, "born_on"), value(branch, uid, "sex")) == ("1990-03", "2")


def test_a_wrong_identity_number_fills_nothing(branch: Branch) -> None:
    uid = add_one(branch, "李明", id_number="999999199003070000")
    assert (value(branch, uid, "born_on"), value(branch, uid, "sex")) == (None, None)


# ---- groups


def test_the_first_group_belongs_to_the_arrival_and_a_later_one_holds_from_today(
    branch: Branch, the_clock: SettableClock
) -> None:
    uid = add_one(branch, "李明", group=FIRST_GROUP)
    assert events(branch, uid)["grouped"] is None
    the_clock.set(2027, 1, 5)
    edit(branch, uid, group=SECOND_GROUP)
    the_clock.move(hours=1)
    edit(branch, uid, group=FIRST_GROUP)
    assert len(facts(branch)["member_event"]) == 5, "what was chosen today is corrected today"
    assert value(branch, uid, "group") == groups_of(branch)[FIRST_GROUP]


def test_a_group_that_is_to_come_leaves_the_choice_for_today(branch: Branch) -> None:
    uid = add_one(branch, "李明", group=FIRST_GROUP)
    groups = groups_of(branch)
    record(branch, uid, EventKind.GROUPED, "2099.1.1", group=groups[SECOND_GROUP])
    assert value(branch, uid, "group") == groups[FIRST_GROUP]
    edit(branch, uid, group=SECOND_GROUP)
    assert value(branch, uid, "group") == groups[SECOND_GROUP]


def test_choosing_the_group_that_holds_already_or_no_group_for_nobody_changes_nothing(branch: Branch) -> None:
    uid = add_one(branch, "李明", group=FIRST_GROUP)
    assert not edit(branch, uid, group="一组").changes
    other = add_one(branch, "王芳")
    assert not edit(branch, other, group="").changes


@pytest.mark.parametrize("first", [FIRST_GROUP, ""])
@pytest.mark.parametrize("later_day", [True, False], ids=["on a later day", "on the same day"])
@pytest.mark.parametrize("again", [FIRST_GROUP, SECOND_GROUP])
def test_whoever_left_and_came_back_gets_the_group_that_is_typed(
    branch: Branch,
    the_clock: SettableClock,
    first: str,
    later_day: bool,  # noqa: FBT001 - a case
    again: str,
) -> None:
    uid = add_one(branch, "李明", group=first, admitted_on="2001.7.1")
    record(branch, uid, EventKind.DEPARTED, "2020.1.1")
    record(branch, uid, EventKind.ARRIVED, "2022.1.1", organisation=organisations.root_of(branch))
    assert value(branch, uid, "group") is None
    if later_day:
        the_clock.move(days=1)
    edit(branch, uid, group=again)
    assert value(branch, uid, "group") == groups_of(branch)[again]
    edit(branch, uid, group="")
    assert value(branch, uid, "group") is None


# ---- groups of several branches


@pytest.fixture
def committee(tmp_path: Path) -> Branch:
    """A committee above 河西 with two groups, 河东 with one of the same name, and 河南 without any."""
    founding = Founding("中共青石镇委员会", kind="committee")
    opened, _card = branches.found_branch(tmp_path / "committee", founding, CLERK, PASSWORD)
    root = organisations.root_of(opened)
    for name, groups in (("河西", (FIRST_GROUP, "青年党小组")), ("河东", (FIRST_GROUP,)), ("河南", ())):
        uid, _changes = organisations.add_organisation(opened, root, OrganisationKind.BRANCH, f"{name}党支部")
        for group in groups:
            organisations.add_organisation(opened, uid, OrganisationKind.GROUP, group)
    return opened


def homes(committee: Branch) -> dict[str, str]:
    """The uids of the branches by the first two characters of their names."""
    tree = organisations.organisation_tree(committee)
    return {one.full_name[:2]: one.organisation for one in tree.children(organisations.root_of(committee))}


def entered(committee: Branch, place: str, **fields: str) -> str:
    """A new member of one of the branches."""
    row = {"name": "李明", "category": "正式党员", **fields}
    return members.add_members(committee, [row], homes(committee)[place]).uids[0]


def group_and_its_branch(committee: Branch, uid: str) -> tuple[str, str]:
    """The name of a member's group and the first two characters of the branch that it belongs to."""
    tree = organisations.organisation_tree(committee)
    group = tree[value(committee, uid, "group") or ""]
    return group.name, tree[group.parent or ""].full_name[:2]


@pytest.mark.parametrize("typed", ["一组", FIRST_GROUP, "第1小组"])
@pytest.mark.parametrize("place", ["河西", "河东"])
def test_a_group_is_that_of_the_member_s_own_branch_though_several_have_one_of_that_name(
    committee: Branch, place: str, typed: str
) -> None:
    new = entered(committee, place, group=typed)
    assert group_and_its_branch(committee, new) == (FIRST_GROUP, place)
    known = entered(committee, place)
    edit(committee, known, group=typed)
    assert group_and_its_branch(committee, known) == (FIRST_GROUP, place)
    assert_sound(committee)


def test_one_paste_over_members_of_several_branches_gives_each_a_group_of_the_own_branch(
    committee: Branch,
) -> None:
    uids = {place: entered(committee, place) for place in ("河西", "河东")}
    members.set_fields(committee, {uid: {"group": "一组"} for uid in uids.values()})
    assert {place: group_and_its_branch(committee, uid)[1] for place, uid in uids.items()} == {
        "河西": "河西",
        "河东": "河东",
    }


@pytest.mark.parametrize(
    ("place", "typed", "sentence"),
    [
        ("河东", "青年党小组", "本支部没有“青年党小组”，只有别的支部有；可以选 第一党小组 等。"),
        ("河南", "一组", "本支部没有“一组”，只有别的支部有；请先在本支部设立。"),
        ("河东", "老年党小组", "“老年党小组”不在可选的内容里，可以选 第一党小组 等。"),
        ("河南", "老年党小组", "“老年党小组”不在可选的内容里。"),
    ],
)
def test_a_group_that_only_another_branch_has_is_kept_as_typed_and_never_taken(
    committee: Branch, place: str, typed: str, sentence: str
) -> None:
    uid = entered(committee, place)
    outcome = edit(committee, uid, group=typed)
    assert [finding.sentence for _uid, finding in outcome.findings] == [sentence]
    file = members.member_file(committee, uid)
    assert file is not None
    assert (file.values["group"], file.standing.group) == (typed, None)
    roster = rosters.Roster(committee)
    roster.choose(rosters.Place())
    row = roster.row(0)
    assert row is not None
    assert sentence in [finding.sentence for finding in roster.remarks(row)], "the grid says the same later"
    assert_sound(committee)


def test_the_dialog_of_a_new_member_says_so_while_it_is_typed(committee: Branch) -> None:
    with committee.read() as connection:
        around = surroundings(connection)
    typed = {"name": "李明", "group": "青年党小组"}
    for place, wrong in (("河西", False), ("河东", True)):
        found = members.check_typed(typed, around, Home(homes(committee)[place]))
        assert any(finding.field == "group" for finding in found) is wrong


def test_whoever_moved_to_another_branch_gets_the_group_there(
    committee: Branch, the_clock: SettableClock
) -> None:
    uid = entered(committee, "河西", group="青年党小组", admitted_on="2001.7.1")
    record(committee, uid, EventKind.DEPARTED, "2020.1.1")
    record(committee, uid, EventKind.ARRIVED, "2020.1.1", organisation=homes(committee)["河东"])
    the_clock.move(days=1)
    edit(committee, uid, group="一组")
    assert group_and_its_branch(committee, uid) == (FIRST_GROUP, "河东")


def test_somebody_without_a_branch_gets_no_group_by_guess(committee: Branch, branch: Branch) -> None:
    uid = entered(committee, "河西")
    for opened, member in ((committee, uid), (branch, add_one(branch, "李明"))):
        file = members.member_file(opened, member)
        assert file is not None
        arrival = next(event["uid"] for event in file.events if event["kind"] == "arrived")
        members.remove_event(opened, member, arrival)
        edit(opened, member, group="一组")
    assert value(committee, uid, "group") == "一组", "two branches have one"
    assert value(branch, member, "group") == groups_of(branch)[FIRST_GROUP], "there is only one"


# ---- posts


def test_a_post_no_longer_named_ends_yesterday_or_vanishes_if_it_was_entered_today(
    branch: Branch, the_clock: SettableClock
) -> None:
    uid = add_one(branch, "李明", posts="书记、组织委员")
    edit(branch, uid, posts="书记")
    assert [row["code"] for row in facts(branch)["post"].values()] == ["secretary"]
    the_clock.set(2027, 1, 5)
    edit(branch, uid, posts="宣传委员")
    held = {row["code"]: row.get("until") for row in facts(branch)["post"].values()}
    assert held == {"secretary": "2027-01-04", "publicity": None}
    assert value(branch, uid, "posts") == "publicity"
    edit(branch, uid, posts="")
    assert value(branch, uid, "posts") is None


def test_somebody_without_an_organisation_gets_no_post(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    file = members.member_file(branch, uid)
    assert file is not None
    members.remove_event(branch, uid, next(e["uid"] for e in file.events if e["kind"] == "arrived"))
    edit(branch, uid, posts="书记")
    assert not facts(branch)["post"]


# ---- new members


def test_a_new_member_gets_the_group_of_the_place_unless_another_is_typed(branch: Branch) -> None:
    groups = groups_of(branch)
    uids = add(branch, [{"name": "甲"}, {"name": "乙", "group": "二组"}], groups[FIRST_GROUP])
    assert [value(branch, uid, "group") for uid in uids] == [groups[FIRST_GROUP], groups[SECOND_GROUP]]
    assert value(branch, uids[0], "organisation") == organisations.root_of(branch)
    assert value(branch, uids[0], "state") == "active"


def test_an_arrival_that_is_typed_dates_the_arrival(branch: Branch) -> None:
    uid = add_one(branch, "李明", arrived_on="2015.3.1")
    assert events(branch, uid)["arrived"] == "2015-03-01"


def test_entering_nobody_is_no_change(branch: Branch) -> None:
    assert not members.add_members(branch, [], organisations.root_of(branch)).changes
    assert not members.set_fields(branch, {}).changes
    assert len(journalled(branch, 2)) == 0


def test_the_form_is_the_member_s_file() -> None:
    assert member_form().kind == "member.file"
