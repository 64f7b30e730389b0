"""The recycle bin: what was deleted waits 180 days and comes back as it was."""

from __future__ import annotations

from branchdesk.services import attachments, members, recycle_bin
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING
from support.branches import SettableClock, add, add_one, edit, sample_people, value
from support.contents import assert_sound, facts

PHOTO = b"\x89PNG\r\n\x1a\n"


def test_the_bin_says_what_lies_there_who_put_it_in_why_and_for_how_long(
    branch: Branch, the_clock: SettableClock
) -> None:
    uid = add_one(branch, "李明")
    attachments.set_photo(branch, uid, "a.png", PHOTO + b"1")
    attachments.set_photo(branch, uid, "b.png", PHOTO + b"22")
    the_clock.move(days=10)
    members.move_to_bin(branch, [uid], "录重了")
    items = recycle_bin.bin_items(branch)
    told = [(item.kind, item.name, item.who, item.why, item.days_left, item.size) for item in items]
    assert told == [
        ("党员", "李明", "王敏", "录重了", 180, 0),
        ("附件", "a.png", "王敏", "换了新照片", 170, 9),
    ]
    assert items[0].deleted_at == the_clock.moment


def test_what_comes_back_is_as_it_was(branch: Branch) -> None:
    uids = add(branch, sample_people(4))
    edit(branch, uids[0], posts="书记")
    before = facts(branch)
    members.move_to_bin(branch, uids, "")
    assert facts(branch)["member"] != before["member"]
    changes = recycle_bin.take_back(branch, recycle_bin.bin_items(branch))
    assert changes.label.startswith("从回收站恢复 ")
    assert facts(branch) == before
    assert recycle_bin.bin_items(branch) == []
    assert_sound(branch)


def test_a_photo_comes_back_from_the_bin(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    attachments.set_photo(branch, uid, "a.png", PHOTO + b"1")
    file = members.member_file(branch, uid)
    assert file is not None
    attachments.move_to_bin(branch, file.attachments[0], "不像")
    assert attachments.photo_of(branch, uid) is None
    recycle_bin.take_back(branch, recycle_bin.bin_items(branch))
    assert attachments.photo_of(branch, uid) == PHOTO + b"1"


def test_taking_back_nothing_is_no_change(branch: Branch) -> None:
    assert recycle_bin.take_back(branch, []) is NOTHING
    assert recycle_bin.empty_expired(branch) is NOTHING


def test_after_180_days_and_not_before_what_waited_is_removed(
    branch: Branch, the_clock: SettableClock
) -> None:
    early, late = add(branch, sample_people(2))
    members.move_to_bin(branch, [early], "")
    the_clock.move(days=100)
    members.move_to_bin(branch, [late], "")
    the_clock.move(days=80)
    assert not recycle_bin.empty_expired(branch)
    the_clock.move(days=1)
    changes = recycle_bin.empty_expired(branch)
    assert changes.label == "清空回收站里过期的 1 项"
    assert set(facts(branch)["member"]) == {late}
    assert_sound(branch)


def test_days_are_counted_by_the_calendar_and_not_by_hours(branch: Branch, the_clock: SettableClock) -> None:
    members.move_to_bin(branch, [add_one(branch, "李明")], "")
    the_clock.move(hours=2)
    assert recycle_bin.bin_items(branch)[0].days_left == 180
    the_clock.move(days=180)
    assert recycle_bin.bin_items(branch)[0].days_left == 0
    assert not recycle_bin.empty_expired(branch)
    the_clock.move(days=1, hours=-2)
    assert recycle_bin.empty_expired(branch)


def test_several_things_come_back_in_one_step(branch: Branch) -> None:
    uids = add(branch, sample_people(3))
    for uid in uids:
        members.move_to_bin(branch, [uid], "")
    changes = recycle_bin.take_back(branch, recycle_bin.bin_items(branch))
    assert recycle_bin.bin_items(branch) == []
    branch.undo(changes.seq)
    assert {item.uid for item in recycle_bin.bin_items(branch)} == set(uids)


def test_a_member_who_is_removed_takes_along_everything_that_was_his(
    branch: Branch, the_clock: SettableClock
) -> None:
    uid = add_one(branch, "李明", posts="书记", admitted_on="2001.7.1")
    edit(branch, uid, confirmed_on="说不清")
    attachments.set_photo(branch, uid, "a.png", PHOTO + b"1")
    other = add_one(branch, "王芳")
    attachments.set_photo(branch, other, "b.png", PHOTO + b"2")
    kept = facts(branch)
    members.move_to_bin(branch, [uid], "")
    the_clock.move(days=181)
    changes = recycle_bin.empty_expired(branch)
    left = facts(branch)
    assert set(left["member"]) == {other}
    assert {row["row_uid"] for row in left["attachment"].values()} == {other}
    assert not left["post"]
    assert not left["pending_value"]
    branch.undo(changes.seq)
    recycle_bin.take_back(branch, recycle_bin.bin_items(branch))
    assert facts(branch) == kept
    assert attachments.photo_of(branch, uid) == PHOTO + b"1"
    assert value(branch, uid, "confirmed_on") == "说不清"
    assert_sound(branch)
