"""Entering and correcting members, and recording what happens in their Party life."""

from __future__ import annotations

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.services import history, members, organisations, rosters
from branchdesk.services.members import EventEntry
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import surroundings
from branchdesk.storage.keyring import Person, Role
from support.branches import FIRST_GROUP, add, add_one, edit, groups_of, record, sample_people, value
from support.contents import facts
from support.problems import refused


def test_one_cell_is_labelled_with_whom_and_what_a_block_with_numbers(branch: Branch) -> None:
    uids = add(branch, sample_people(3))
    name = value(branch, uids[0], "name")
    assert edit(branch, uids[0], note="x").changes.label == f"修改 {name} 的备注"
    block = members.set_fields(branch, {uid: {"note": "y", "email": "z"} for uid in uids})
    assert block.changes.label == "修改 3 名党员的 6 格"
    assert history.recent_changes(branch)[-2].label == "新增 3 名党员"
    assert history.recent_changes(branch, 1)[0].seq == block.changes.seq
    add_one(branch, "李明")
    assert history.recent_changes(branch, 1)[0].label == "新增党员 李明"
    named = members.set_fields(branch, {uids[0]: {"note": "导入"}}, label="导入名册").changes
    assert named.label == "导入名册"


def test_read_only_fields_are_left_alone_and_counted(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    outcome = edit(branch, uid, state="已转出", organisation="别的支部", note="x")
    assert (outcome.fields, outcome.read_only) == (1, 2)
    assert value(branch, uid, "state") == "active"
    new = members.add_members(branch, [{"name": "王", "state": "已去世"}], organisations.root_of(branch))
    assert (new.fields, new.read_only) == (1, 1)


def test_findings_of_typing_are_told_and_belong_to_their_member(branch: Branch) -> None:
    first, second = add(branch, sample_people(2))
    block = {first: {"born_on": "5.1", "note": "看不见\u202e"}, second: {"born_on": "2月30日"}}
    outcome = members.set_fields(branch, block)
    told = {(uid, finding.code) for uid, finding in outcome.findings}
    assert (first, "date_doubt") in told
    assert (first, "hidden_characters") in told
    assert (second, "date") in told
    by_paste = members.set_fields(branch, {first: {"born_on": "5.1"}}, by_hand=False)
    assert [finding.code for _uid, finding in by_paste.findings] == ["date"], "a pasted date needs its year"


def test_edits_and_new_members_of_one_paste_are_one_step(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    home = members.Home(organisations.root_of(branch), groups_of(branch)[FIRST_GROUP])
    new = [{"name": "甲", "category": "正式党员"}, {"name": "乙"}]
    outcome = members.enter(branch, {uid: {"note": "x"}}, new, home)
    assert outcome.changes.label == "修改 3 名党员的 4 格"
    assert [value(branch, one, "name") for one in outcome.uids] == ["李明", "甲", "乙"]
    assert value(branch, outcome.uids[2], "group") == groups_of(branch)[FIRST_GROUP]
    branch.undo(outcome.changes.seq)
    assert len(facts(branch)["member"]) == 1
    assert value(branch, uid, "note") is None


def test_what_is_being_typed_is_checked_before_it_is_stored(branch: Branch) -> None:
    with branch.read() as connection:
        around = surroundings(connection, typed=True)
    typed = {"name": "李明", "born_on": "24.2.30", "sex": "不详吗", "note": "  "}
    codes = {finding.code for finding in members.check_typed(typed, around)}
    assert {"date", "unknown_word", "required"} <= codes
    assert not facts(branch)["member"]


def test_deleting_says_whom_and_how_many(branch: Branch) -> None:
    uids = add(branch, [{"name": name} for name in ("甲", "乙", "丙", "丁", "戊")])
    assert members.move_to_bin(branch, uids[:1], "重复").label == "删除 甲"
    assert members.move_to_bin(branch, uids[1:], "").label == "删除 乙、丙、丁 等 4 名党员"
    assert members.member_file(branch, uids[0]) is None


def test_looking_at_hidden_numbers_is_written_down_with_its_reason_even_for_a_viewer(branch: Branch) -> None:
    branch.person = Person("v", "赵看", Role.VIEWER)
    members.note_reveal(branch, "核对身份证")
    entry = history.recent_changes(branch, 1)[0]
    assert (entry.label, entry.person_name, entry.kind) == ("显示完整证号：核对身份证", "赵看", "look")


def test_the_words_of_the_file_can_be_asked_for(branch: Branch) -> None:
    assert members.vocabulary_of(branch)["group"].code_of("一组") == groups_of(branch)[FIRST_GROUP]


# ---- events


def test_an_event_is_recorded_with_everything_that_was_told(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2001.7.1")
    entry = EventEntry(
        EventKind.DEPARTED, " 2021.5.10 ", place=" 外地支部 ", document="〔2021〕3号", note="随迁"
    )
    changes = members.record_event(branch, uid, entry).changes
    assert changes.label == "登记 李明 组织关系转出"
    event = facts(branch)["member_event"][next(iter(changes.touched["member_event"]))]
    assert {key: event[key] for key in ("kind", "on_date", "place", "document", "note")} == {
        "kind": "departed",
        "on_date": "2021-05-10",
        "place": "外地支部",
        "document": "〔2021〕3号",
        "note": "随迁",
    }
    assert value(branch, uid, "state") == "left"
    assert value(branch, uid, "left_on") == "2021-05-10"


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ((), EventKind.RESTORED),
        ((), EventKind.ARRIVED),
        ((), EventKind.CONFIRMED),
        ((EventKind.DEPARTED,), EventKind.DEPARTED),
        ((EventKind.DEPARTED,), EventKind.SUSPENDED),
        ((EventKind.DIED,), EventKind.RESTORED),
        ((EventKind.DIED,), EventKind.ARRIVED),
        ((EventKind.SUSPENDED,), EventKind.DEPARTED),
    ],
)
def test_an_event_that_cannot_follow_is_refused_by_name(
    branch: Branch, before: tuple[EventKind, ...], kind: EventKind
) -> None:
    uid = add_one(branch, "李明", admitted_on="2001.7.1", confirmed_on="2002.7.1")
    for earlier in before:
        record(branch, uid, earlier, "2020.1.1")
    kept = facts(branch)
    with refused("李明 现在不能登记", members.event_name(kind), "党籍"):
        record(branch, uid, kind, "2021.1.1")
    assert facts(branch) == kept


@pytest.mark.parametrize("on", ["2021.13.1", "2月30日", "很久以前", "20210230"])
def test_an_event_needs_a_date_that_can_be_read_or_none(branch: Branch, on: str) -> None:
    uid = add_one(branch, "李明")
    kept = facts(branch)
    with refused(advice=False):
        record(branch, uid, EventKind.DEPARTED, on)
    assert facts(branch) == kept
    record(branch, uid, EventKind.DEPARTED)
    assert value(branch, uid, "left_on") is None


def test_a_corrected_event_keeps_what_was_not_corrected(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    event = next(
        iter(record(branch, uid, EventKind.DEPARTED, "2021.5.10", place="外地").touched["member_event"])
    )
    changes = members.correct_event(branch, uid, event, {"on_date": "2021.6", "note": " 更正 "}).changes
    assert changes.label == "更正 李明 的组织关系转出记录"
    row = facts(branch)["member_event"][event]
    assert (row["on_date"], row["note"], row["place"]) == ("2021-06", "更正", "外地")
    members.correct_event(branch, uid, event, {"on_date": "", "place": "  "})
    row = facts(branch)["member_event"][event]
    assert "on_date" not in row
    assert "place" not in row
    with refused("13", advice=False):
        members.correct_event(branch, uid, event, {"on_date": "2021.13"})


def test_an_event_recorded_by_mistake_is_removed_and_stays_in_the_history(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    event = next(iter(record(branch, uid, EventKind.DIED, "2021.5.10").touched["member_event"]))
    assert members.remove_event(branch, uid, event).label == "删除 李明 的去世记录"
    assert value(branch, uid, "state") == "active"
    assert any(line.field == "去世" for line in history.record_history(branch, uid))


def test_the_file_of_a_member_shows_events_in_their_order_undated_ones_first(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2001.7.1")
    record(branch, uid, EventKind.DEPARTED, "2021.5")
    file = members.member_file(branch, uid)
    assert file is not None
    assert file.name == "李明"
    dates = [event["on_date"] for event in file.events]
    assert dates == sorted(dates, key=lambda on: on or "")
    assert file.standing.state == "left"
    assert not file.attachments


# ---- what there is to look at again once an event is recorded


def told(outcome: members.Outcome) -> list[tuple[str, str]]:
    """Field and code of everything that an edit had to say."""
    return [(finding.field, finding.code) for _uid, finding in outcome.findings]


def test_an_event_that_lies_ahead_says_so(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2001.7.1", confirmed_on="2002.7.1")
    outcome = members.record_event(branch, uid, EventEntry(EventKind.DEPARTED, "2099.3.1"))
    assert [finding.sentence for _uid, finding in outcome.findings] == ["2099.03.01 还没有到，请核对。"]
    assert value(branch, uid, "state") == "active"
    event = next(iter(outcome.changes.touched["member_event"]))
    assert told(members.correct_event(branch, uid, event, {"on_date": "2021.3.1"})) == []
    assert value(branch, uid, "state") == "left"


def test_a_death_before_what_came_later_is_recorded_and_told(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2010.5.1", confirmed_on="2011.5.1", arrived_on="2026.3.5")
    outcome = members.record_event(branch, uid, EventEntry(EventKind.DIED, "2010.11.1"))
    assert told(outcome) == [("confirmed_on", "after_death"), ("arrived_on", "after_death")]
    assert value(branch, uid, "state") == "dead"
    event = next(iter(outcome.changes.touched["member_event"]))
    assert told(members.correct_event(branch, uid, event, {"on_date": "2026"})) == []
    edit(branch, uid, arrived_on="2027.4.1")
    assert value(branch, uid, "state") == "dead", "an arrival that is corrected does not bring back"
    roster = rosters.Roster(branch)
    roster.choose(rosters.Place(states=("dead",)))
    row = roster.row(0)
    assert row is not None
    assert "arrived_on" in {finding.field for finding in roster.remarks(row)}


def test_a_departure_before_the_last_arrival_says_that_it_changes_nothing(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2010.5.1", confirmed_on="2011.5.1", arrived_on="2026.3.5")
    assert told(members.record_event(branch, uid, EventEntry(EventKind.DEPARTED, "2025.11.1"))) == [
        ("", "overtaken")
    ]
    assert value(branch, uid, "state") == "active"


@pytest.mark.parametrize("kind", [EventKind.DEPARTED, EventKind.SUSPENDED, EventKind.ENDED, EventKind.DIED])
@pytest.mark.parametrize("on", ["2026", "2026.03", "2026.3.5"])
def test_who_goes_in_the_month_or_year_of_the_arrival_is_gone(
    branch: Branch, kind: EventKind, on: str
) -> None:
    arrived = "2026.3" if kind is EventKind.DEPARTED else "2026.3.5"
    uid = add_one(branch, "李明", admitted_on="2010.5.1", confirmed_on="2011.5.1", arrived_on=arrived)
    assert told(members.record_event(branch, uid, EventEntry(kind, on))) == []
    assert value(branch, uid, "state") != "active"


# ---- members in the recycle bin


def test_a_member_in_the_bin_is_not_changed_and_the_way_out_is_told(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    event = next(iter(record(branch, uid, EventKind.DEPARTED, "2021.5.1").touched["member_event"]))
    edit(branch, uid, mobile="13900000001")
    line = history.record_history(branch, uid)[0]
    members.move_to_bin(branch, [uid], "")
    before = facts(branch)
    with refused("李明 已在回收站里", "从回收站恢复"):
        edit(branch, uid, name="李明朗")
    with refused("李明 已在回收站里"):
        record(branch, uid, EventKind.ARRIVED)
    with refused("李明 已在回收站里"):
        members.correct_event(branch, uid, event, {"note": "x"})
    with refused("李明 已在回收站里"):
        members.remove_event(branch, uid, event)
    with refused("李明 已在回收站里"):
        history.restore_value(branch, line, uid)
    with refused("已经不在名册里"):
        edit(branch, "nobody", name="x")
    assert facts(branch) == before
