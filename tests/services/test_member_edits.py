"""What is typed into a member's file becomes facts: columns, events, posts, or words not yet understood."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.services import members, organisations
from branchdesk.services.member_edits import member_form
from branchdesk.storage.branch import Branch
from support.branches import (
    FIRST_GROUP,
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
