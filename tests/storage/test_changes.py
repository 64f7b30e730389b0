"""The one way to write: what a change keeps, what it says, and how its stamps grow."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from branchdesk.services import members
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Changes, canonical
from branchdesk.storage.tables import change as change_table
from branchdesk.storage.tables import member, organisation_version
from support.branches import SettableClock, add, add_one, edit, founded, reopened, sample_people, value
from support.contents import facts, journalled
from support.counting import statements
from support.fixtures import grown_branch

__all__ = ["grown_branch"]


def test_a_change_that_changes_nothing_leaves_no_trace(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    before = facts(branch), len(journalled(branch))
    outcome = edit(branch, uid, name="李明")
    assert outcome.changes == NOTHING
    assert not outcome.changes
    assert (facts(branch), len(journalled(branch))) == before


def test_only_the_fields_that_differ_are_journalled(branch: Branch) -> None:
    uid = add_one(branch, "李明", department="办公室")
    changes = edit(branch, uid, name="李明", department="财务室", note="").changes
    assert [(row.before, row.after) for row in journalled(branch, changes.seq)] == [
        ({"department": "办公室"}, {"department": "财务室"})
    ]


def test_what_a_change_touched_is_told_by_table(branch: Branch) -> None:
    uids = add(branch, sample_people(2))
    changes = edit(branch, uids[0], name="李明", posts="书记").changes
    assert changes.touched["member"] == {uids[0]}
    assert changes.touches("post")
    assert changes.touches("attachment", "member")
    assert not changes.touches("organisation_version", "member_event")
    assert isinstance(changes, Changes)


def test_numbers_of_changes_follow_each_other_without_gaps_even_after_a_failure(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    with pytest.raises(KeyError), branch.change("不成") as change:
        change.update(member, "nobody", {"name": "x"})
    edit(branch, uid, name="李明朗")
    with branch.read() as connection:
        numbers = list(connection.scalars(select(change_table.c.seq).order_by(change_table.c.seq)))
    assert numbers == [1, 2, 3]


def test_a_row_that_is_not_there_cannot_be_changed_or_removed(branch: Branch) -> None:
    with pytest.raises(KeyError), branch.change("x") as change:
        change.update(member, "nobody", {"name": "x"})
    with pytest.raises(KeyError), branch.change("x") as change:
        change.remove(member, ["nobody"])


def test_a_row_named_twice_is_removed_once_and_comes_back(branch: Branch) -> None:
    with branch.change("x") as change:
        uid = change.insert(member, {"name": "李明"})
    with branch.change("y") as change:
        change.remove(member, [uid, uid])
    branch.undo(change.result.seq)
    assert set(facts(branch)["member"]) == {uid}


def test_rows_are_numbered_in_the_order_of_entering(branch: Branch) -> None:
    uids = add(branch, sample_people(5))
    more = add(branch, sample_people(3, 2))
    numbers = [facts(branch)["member"][uid]["rid"] for uid in (*uids, *more)]
    assert numbers == list(range(1, 9))


def test_stamps_grow_although_the_clock_jumps_back_three_years(
    branch: Branch, the_clock: SettableClock
) -> None:
    uid = add_one(branch, "李明")
    the_clock.move(days=-1095)
    edit(branch, uid, name="李明朗")
    edit(branch, uid, name="李明亮")
    the_clock.move(days=2190)
    edit(branch, uid, name="李明明")
    with branch.read() as connection:
        rows = connection.execute(
            select(change_table.c.stamp, change_table.c.at).order_by(change_table.c.seq)
        ).all()
    stamps = [stamp for stamp, _at in rows]
    assert stamps == sorted(set(stamps))
    assert rows[2].at < rows[1].at, "the moment itself is told as the clock said it"
    assert stamps[2] == stamps[1] + 1
    assert stamps[-1] >> 16 == rows[-1].at


def test_every_change_says_who_made_it_when_and_in_which_copy(
    branch: Branch, the_clock: SettableClock
) -> None:
    uid = add_one(branch, "李明")
    the_clock.move(hours=1)
    changes = edit(branch, uid, name="李明朗").changes
    with branch.read() as connection:
        row = connection.execute(select(change_table).where(change_table.c.seq == changes.seq)).one()
    assert (row.person, row.person_name, row.label) == (branch.person.uid, "王敏", "修改 李明 的姓名")
    assert row.at == int(the_clock.moment.timestamp() * 1000)
    assert row.node == branch.remembered()["node"]


def test_notes_of_a_row_stand_in_the_journal(branch: Branch) -> None:
    version = next(iter(facts(branch)["organisation_version"]))
    with branch.change("导入") as change:
        change.insert(member, {"name": "李明"}, "第 5 行")
        change.update(organisation_version, version, {"position": 7})
    assert len(journalled(branch, change.result.seq)) == 2
    assert change.result.touches("organisation_version")


def test_equal_values_have_one_spelling() -> None:
    assert canonical({"b": 1, "a": "中"}) == '{"a":"中","b":1}' == canonical({"a": "中", "b": 1})


def test_drafts_are_the_person_s_own_are_not_journalled_and_can_be_dropped(
    branch: Branch, the_clock: SettableClock
) -> None:
    entries = len(journalled(branch))
    branch.keep_draft("member:new", {"name": "李"})
    the_clock.move(seconds=2)
    branch.keep_draft("member:new", {"name": "李明"})
    branch.keep_draft("member:2", {"name": "王"})
    branch.drop_draft("member:2")
    again = reopened(branch)
    assert again.drafts() == {"member:new": (int(the_clock.moment.timestamp() * 1000), {"name": "李明"})}
    assert len(journalled(again)) == entries
    again.person = again.person.__class__("other", "刘芳", again.person.role)
    assert again.drafts() == {}


def test_editing_two_thousand_people_in_fourteen_fields_takes_a_bounded_number_of_statements(
    grown_branch: Branch,
) -> None:
    uids = sorted(facts(grown_branch)["member"])[:2000]
    row = {
        "sex": "男",
        "born_on": "1980.1.1",
        "ethnic": "汉族",
        "native_place": "某县",
        "health": "健康",
        "education": "大学",
        "degree": "学士",
        "employer": "某厂",
        "department": "一科",
        "position": "科员",
        "mobile": "13900000000",
        "email": "a@b.c",
        "note": "备注",
        "major": "农学",
    }
    block = dict.fromkeys(uids, row)
    with statements(grown_branch) as sent:
        outcome = members.set_fields(grown_branch, block)
    assert outcome.fields == 28_000
    assert len(journalled(grown_branch, outcome.changes.seq)) == 2000
    assert len(sent) < 120
    with statements(grown_branch) as sent:
        grown_branch.undo(outcome.changes.seq)
    assert len(sent) < 120
    assert value(grown_branch, uids[0], "department") is None


def test_two_branches_do_not_disturb_each_other(branch: Branch, tmp_path: Path) -> None:
    other = founded(tmp_path / "other")
    add_one(branch, "李明")
    assert not facts(other)["member"]
