"""Undo: what was done can be taken back and done again, exactly or not at all (expectations H13)."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.services import history, members, organisations, recycle_bin
from branchdesk.services.history import UndoHistory
from branchdesk.storage.branch import Branch, ChangeConflict
from support.branches import (
    FIRST_GROUP,
    SettableClock,
    add,
    add_one,
    edit,
    founded,
    groups_of,
    record,
    sample_people,
    value,
)
from support.contents import JournalRow, Rows, assert_sound, derived, facts, filled, journalled, rebuilt
from support.problems import refused
from support.scribbler import Scribbler

ACTIONS = 100


def scribbled(
    branch: Branch, seed: int, the_clock: SettableClock, actions: int
) -> tuple[UndoHistory, list[Any]]:
    """Act at random; returns what can be undone, and the facts before the first and after each change."""
    add(branch, sample_people(12, seed))
    clerk = Scribbler(branch, seed, the_clock)
    undo, states = UndoHistory(branch), [facts(branch)]
    for turn in range(100 * actions):
        before = states[-1]
        changes = clerk.act()
        after = facts(branch)
        if changes:
            undo.note(changes)
            states.append(after)
        else:
            assert after == before, "what was refused or changed nothing must leave nothing behind"
        if turn % 4 == 0:
            assert derived(branch) == rebuilt(branch)
        if len(states) > actions:
            break
    assert len(states) == actions + 1
    return undo, states


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.thorough)])
def test_everything_done_is_undone_and_done_again_step_by_step(
    tmp_path: Path, the_clock: SettableClock, seed: int
) -> None:
    branch = founded(tmp_path)
    undo, states = scribbled(branch, seed, the_clock, ACTIONS)
    kinds = Counter(entry.kind for entry in history.recent_changes(branch))
    assert kinds["import"] > 2, "imports must be among what is undone"
    for expected in reversed(states[:-1]):
        assert undo.undo()
        assert facts(branch) == expected
    assert undo.next_undo is None
    assert_sound(branch)
    for expected in states[1:]:
        assert undo.redo()
        assert facts(branch) == expected
    assert undo.next_redo is None
    assert_sound(branch)


def _expected(before: dict[str, Rows], rows: list[JournalRow]) -> dict[str, Rows]:
    """The facts as they must be once these rows of the journal were taken back, the newest first."""
    after = {name: {uid: dict(row) for uid, row in held.items()} for name, held in before.items()}
    for row in reversed(rows):
        table = after[row.entity]
        if row.op == "insert":
            del table[row.uid]
        elif row.op == "remove":
            table[row.uid] = row.before
        else:
            table[row.uid] |= row.before
    return {name: {uid: filled(row) for uid, row in held.items()} for name, held in after.items()}


def _without_numbers(state: dict[str, Rows]) -> dict[str, Rows]:
    """A row that comes back may find its row number taken; nothing else may differ."""
    return {
        name: {uid: {key: held for key, held in row.items() if key != "rid"} for uid, row in rows.items()}
        for name, rows in state.items()
    }


@pytest.mark.parametrize("seed", [3, pytest.param(4, marks=pytest.mark.thorough)])
def test_undo_in_any_order_is_exact_or_refused(tmp_path: Path, the_clock: SettableClock, seed: int) -> None:
    branch = founded(tmp_path)
    scribbled(branch, seed, the_clock, 60)
    entries = history.recent_changes(branch)
    order = [entry.seq for entry in entries if entry.kind in {"edit", "import"} and entry.seq > 2]
    random.Random(seed).shuffle(order)
    exact, conflicts = 0, 0
    for seq in order:
        before = facts(branch)
        try:
            changes = branch.undo(seq)
        except ChangeConflict:
            assert facts(branch) == before
            conflicts += 1
            continue
        expected = _expected(before, journalled(branch, seq))
        assert _without_numbers(facts(branch)) == _without_numbers(expected)
        if exact % 4 == 0:
            assert derived(branch) == rebuilt(branch)
        exact += bool(changes)
    assert exact > 10
    assert conflicts > 3
    assert_sound(branch)


def test_undo_is_refused_when_the_same_field_was_changed_later_and_names_it(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    first = edit(branch, uid, name="李明朗").changes
    edit(branch, uid, name="李明亮")
    before = facts(branch)
    with refused("又有修改", "李明朗", "修改历史") as caught:
        branch.undo(first.seq)
    conflict = caught.value
    assert isinstance(conflict, ChangeConflict)
    assert [(found.entity, found.field) for found in conflict.conflicts] == [("member", "name")]
    assert conflict.conflicts[0].later_seq == first.seq + 1
    assert facts(branch) == before


def test_a_later_change_of_another_field_does_not_stand_in_the_way(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    first = edit(branch, uid, name="李明朗").changes
    edit(branch, uid, department="办公室")
    branch.undo(first.seq)
    assert value(branch, uid, "name") == "李明"
    assert value(branch, uid, "department") == "办公室"


def test_one_cell_of_a_block_that_changed_later_keeps_the_whole_block(branch: Branch) -> None:
    uids = add(branch, sample_people(5))
    block = members.set_fields(branch, {uid: {"department": "财务室", "note": "甲"} for uid in uids}).changes
    edit(branch, uids[3], note="乙")
    before = facts(branch)
    with refused("又有修改") as caught:
        branch.undo(block.seq)
    assert isinstance(caught.value, ChangeConflict)
    assert [(found.row_uid, found.field) for found in caught.value.conflicts] == [(uids[3], "note")]
    assert facts(branch) == before


def test_once_the_later_change_is_undone_the_earlier_one_can_be_undone_too(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    first = edit(branch, uid, name="李明朗").changes
    second = edit(branch, uid, name="李明亮").changes
    branch.undo(second.seq)
    branch.undo(first.seq)
    assert value(branch, uid, "name") == "李明"


def test_what_was_done_again_and_undone_by_its_first_change_cannot_be_undone_once_more(
    branch: Branch,
) -> None:
    entered = members.add_members(branch, sample_people(1), organisations.root_of(branch)).changes
    done_again = branch.undo(branch.undo(entered.seq).seq)
    gone = branch.undo(entered.seq)
    before = facts(branch)
    with refused("又有修改", "修改历史") as caught:
        branch.undo(done_again.seq)
    assert isinstance(caught.value, ChangeConflict)
    assert {found.later_seq for found in caught.value.conflicts} == {gone.seq}
    assert facts(branch) == before


def test_a_later_change_that_was_undone_and_done_again_stands_in_the_way_again(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    first = edit(branch, uid, name="李明朗").changes
    second = edit(branch, uid, name="李明亮").changes
    undone = branch.undo(second.seq)
    branch.undo(undone.seq)
    assert value(branch, uid, "name") == "李明亮"
    with refused("又有修改"):
        branch.undo(first.seq)


def test_undoing_twice_does_nothing_the_second_time(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    change = edit(branch, uid, name="李明朗").changes
    assert branch.undo(change.seq)
    assert not branch.undo(change.seq)
    assert value(branch, uid, "name") == "李明"
    assert branch.undo(2)
    assert not branch.undo(2)
    assert not facts(branch)["member"]


def test_redo_is_refused_when_the_field_was_changed_meanwhile(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    undone = branch.undo(edit(branch, uid, name="李明朗").changes.seq)
    edit(branch, uid, name="李明亮")
    with refused("又有修改", "李明"):
        branch.undo(undone.seq)
    assert value(branch, uid, "name") == "李明亮"


def test_labels_say_what_is_undone_and_what_is_done_again_without_piling_up(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    change = edit(branch, uid, name="李明朗").changes
    assert change.label == "修改 李明 的姓名"
    undone = branch.undo(change.seq)
    assert undone.label == "撤销：修改 李明 的姓名"
    redone = branch.undo(undone.seq)
    assert redone.label == "恢复：修改 李明 的姓名"
    again = branch.undo(redone.seq)
    assert again.label == "撤销：修改 李明 的姓名"


def test_entering_a_member_cannot_be_undone_while_later_records_of_the_member_stand(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    entered = history.recent_changes(branch)[0].seq
    event = record(branch, uid, EventKind.DEPARTED, "2021.5.1")
    with refused("登记 李明 组织关系转出"):
        branch.undo(entered)
    branch.undo(event.seq)
    branch.undo(entered)
    assert members.member_file(branch, uid) is None
    assert_sound(branch)


def test_founding_a_group_cannot_be_undone_while_members_stand_in_it(branch: Branch) -> None:
    root = organisations.root_of(branch)
    group, founding = organisations.add_organisation(branch, root, OrganisationKind.GROUP, "三组")
    uid = add_one(branch, "李明")
    edit(branch, uid, group="三组")
    before = facts(branch)
    with refused("后来录入的内容", "不能直接撤销"):
        branch.undo(founding.seq)
    assert facts(branch) == before
    assert value(branch, uid, "group") == group


def test_undoing_the_entry_of_a_duplicate_clears_the_mark_on_the_other(branch: Branch) -> None:
    number = sample_people(1)[0]["id_number"]
    add_one(branch, "李明", id_number=number)
    add_one(branch, "李明", id_number=number)
    branch.undo(history.recent_changes(branch)[0].seq)
    assert derived(branch)["member_finding"] == rebuilt(branch)["member_finding"]
    assert not [row for row in derived(branch)["member_finding"] if "duplicate_id" in row]


def test_a_removed_row_comes_back_although_another_got_its_number(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    event = record(branch, uid, EventKind.DEPARTED, "2021.5.1")
    row = next(iter(event.touched["member_event"]))
    removal = members.remove_event(branch, uid, row)
    record(branch, uid, EventKind.GROUPED, "2020.1.1", group=groups_of(branch)[FIRST_GROUP])
    branch.undo(removal.seq)
    file = members.member_file(branch, uid)
    assert file is not None
    assert file.values["state"] == "left"
    assert_sound(branch)


def test_emptying_the_bin_can_be_undone_with_events_posts_and_attachments(
    branch: Branch, the_clock: SettableClock
) -> None:
    uid = add_one(branch, "李明", admitted_on="2001.7.1", posts="书记")
    edit(branch, uid, confirmed_on="2002.13")
    members.move_to_bin(branch, [uid], "")
    before = facts(branch)
    the_clock.move(days=181)
    emptied = recycle_bin.empty_expired(branch)
    assert not facts(branch)["member"]
    assert not facts(branch)["member_event"]
    branch.undo(emptied.seq)
    assert facts(branch) == before
    assert_sound(branch)


def test_undo_by_the_keys_follows_the_order_of_work_and_forgets_redo_after_a_new_change(
    branch: Branch,
) -> None:
    uid = add_one(branch, "李明")
    undo = UndoHistory(branch)
    assert undo.undo() is None
    assert undo.redo() is None
    undo.note(edit(branch, uid, name="李明朗").changes)
    undo.note(edit(branch, uid, department="办公室").changes)
    assert undo.next_undo == "修改 李明朗 的工作部门"
    undo.undo()
    assert (undo.next_undo, undo.next_redo) == ("修改 李明 的姓名", "修改 李明朗 的工作部门")
    undo.note(edit(branch, uid, note="新").changes)
    assert (undo.next_undo, undo.next_redo) == ("修改 李明朗 的备注", None)
    undo.undo()
    undo.undo()
    assert value(branch, uid, "name") == "李明"
    assert value(branch, uid, "department") is None


def test_a_conflict_leaves_the_step_where_it_was(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    undo = UndoHistory(branch)
    undo.note(edit(branch, uid, name="李明朗").changes)
    other = edit(branch, uid, name="李明亮").changes
    with refused("又有修改"):
        undo.undo()
    assert undo.next_undo == "修改 李明 的姓名"
    branch.undo(other.seq)
    undo.undo()
    assert value(branch, uid, "name") == "李明"
