"""The journal: it only grows, tells the history of every record, and shows tampering at its place."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from branchdesk.domain.members import EventKind
from branchdesk.services import attachments, history, organisations
from branchdesk.storage import journal
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import hash_of_entry
from branchdesk.storage.engine import connect
from support.branches import add, add_one, edit, record, reopened, sample_people, unlocked
from support.counting import statements


def _raw(branch: Branch) -> Any:
    """A connection of somebody who has the key and goes behind the program's back."""
    branch.close()
    return connect(branch.folder.database, branch.key)


@pytest.mark.parametrize("table", ["change", "change_row"])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_file_itself_refuses_to_rewrite_the_journal(branch: Branch, table: str, statement: str) -> None:
    add_one(branch, "李明")
    raw = _raw(branch)
    column = "uid" if table == "change" else "row_uid"
    with pytest.raises(dbapi2.IntegrityError, match="the journal only grows"):
        raw.execute(statement.format(table, column))
    raw.close()
    assert history.check_chain(unlocked(branch.path)).broken_at is None


_FIRST = "id = (SELECT min(id) FROM change_row WHERE change_seq = 3)"
TAMPERING = {
    "a value in a row": "UPDATE change_row SET after = replace(after, '李明', '李亮') WHERE {first}",
    "a label": "UPDATE change SET label = '别的' WHERE seq = 3",
    "the person": "UPDATE change SET person_name = '别人' WHERE seq = 3",
    "the time": "UPDATE change SET at = at + 1 WHERE seq = 3",
    "a row moved elsewhere": "UPDATE change_row SET owner_uid = 'x' WHERE {first}",
    "a row taken out": "DELETE FROM change_row WHERE {first}",
    "a row put in": "INSERT INTO change_row (change_seq, entity, row_uid, owner_uid, op) "
    "VALUES (3, 'member', 'x', 'x', 'insert')",
    "rows exchanged": "UPDATE change_row SET id = 1000 WHERE {first}",
}


@pytest.mark.parametrize("damage", TAMPERING.values(), ids=TAMPERING.keys())
def test_tampering_behind_our_back_is_found_at_the_right_change(branch: Branch, damage: str) -> None:
    add_one(branch, "王芳")
    uid = add_one(branch, "李明", admitted_on="2001.7.1")
    edit(branch, uid, name="李明朗")
    raw = _raw(branch)
    for trigger in ("change_update", "change_delete", "change_row_update", "change_row_delete"):
        raw.execute(f"DROP TRIGGER keep_{trigger}")
    assert raw.execute(damage.format(first=_FIRST)).rowcount == 1
    raw.close()
    report = history.check_chain(unlocked(branch.path))
    assert report.broken_at == 3
    assert report.changes == 3


def test_a_change_taken_out_of_the_middle_is_found(branch: Branch) -> None:
    add(branch, sample_people(2))
    uid = add_one(branch, "李明")
    edit(branch, uid, name="李明朗")
    raw = _raw(branch)
    for trigger in ("change_delete", "change_row_delete"):
        raw.execute(f"DROP TRIGGER keep_{trigger}")
    raw.execute("DELETE FROM change_row WHERE change_seq = 2")
    raw.execute("DELETE FROM change WHERE seq = 2")
    raw.close()
    assert history.check_chain(unlocked(branch.path)).broken_at == 3


def test_rows_of_a_change_that_does_not_exist_are_found(branch: Branch) -> None:
    add_one(branch, "李明")
    raw = _raw(branch)
    raw.execute(
        "INSERT INTO change_row (change_seq, entity, row_uid, owner_uid, op) "
        "VALUES (99, 'member', 'x', 'x', 'insert')"
    )
    raw.close()
    assert history.check_chain(unlocked(branch.path)).broken_at == 99


def test_a_rewritten_change_with_its_hash_made_right_breaks_the_next_one(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    edit(branch, uid, name="李明朗")
    with branch.read() as connection:
        row = dict(connection.execute(text("SELECT * FROM change WHERE seq = 2")).mappings().one())
    row["label"] = "别的"
    forged = hash_of_entry(row)
    raw = _raw(branch)
    raw.execute("DROP TRIGGER keep_change_update")
    raw.execute("UPDATE change SET label = '别的', hash = ? WHERE seq = 2", (forged,))
    raw.close()
    assert history.check_chain(unlocked(branch.path)).broken_at == 3


def test_a_whole_chain_says_how_long_it_is_and_where_it_ends(branch: Branch) -> None:
    add_one(branch, "李明")
    report = history.check_chain(branch)
    with branch.read() as connection:
        assert journal.chain_head(connection) == (2, report.head)
    assert (report.changes, report.broken_at) == (2, None)
    edit(branch, add_one(branch, "王芳"), name="王")
    assert history.check_chain(reopened(branch)).changes == 4


def test_history_tells_every_field_with_person_time_and_values(branch: Branch) -> None:
    uid = add_one(branch, "李明", department="办公室")
    edit(branch, uid, name="李明朗", department="财务室")
    with branch.read() as connection:
        found = journal.history_of(connection, uid)
    fields = {change.field: (change.before, change.after) for change in found if change.op == "update"}
    assert fields == {"name": ("李明", "李明朗"), "department": ("办公室", "财务室")}
    assert [change.seq for change in found] == sorted((change.seq for change in found), reverse=True)
    assert {change.person_name for change in found} == {"王敏"}


def test_events_posts_and_what_is_not_understood_belong_to_their_member(branch: Branch) -> None:
    uid, other = add_one(branch, "李明"), add_one(branch, "王芳")
    event = record(branch, uid, EventKind.DEPARTED, "2021.5.1")
    organisations.appoint(branch, organisations.root_of(branch), uid, "secretary")
    edit(branch, uid, confirmed_on="说不清")
    with branch.read() as connection:
        found = {change.entity for change in journal.history_of(connection, uid)}
        others = {change.row_uid for change in journal.history_of(connection, other)}
    assert found == {"member", "member_event", "post", "pending_value"}
    assert not others & set(event.touched["member_event"])


def test_the_list_of_changes_pages_backwards_and_counts_rows_and_undone_ones(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    for number in range(10):
        edit(branch, uid, note=str(number))
    undone = branch.undo(12)
    first = history.recent_changes(branch, 5)
    assert [entry.seq for entry in first] == [13, 12, 11, 10, 9]
    assert [entry.undone for entry in first] == [False, True, False, False, False]
    assert {entry.rows for entry in first} == {1}
    second = history.recent_changes(branch, 5, before=9)
    assert [entry.seq for entry in second] == [8, 7, 6, 5, 4]
    branch.undo(undone.seq)
    assert [entry.undone for entry in history.recent_changes(branch, 3)] == [False, True, False]
    assert history.recent_changes(branch, 5, before=1) == []


def test_listing_changes_costs_the_same_however_long_the_journal_is(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    with statements(branch) as few:
        history.recent_changes(branch, 5)
    for number in range(30):
        edit(branch, uid, note=str(number))
    with statements(branch) as many:
        history.recent_changes(branch, 5)
    assert len(few) == len(many)


def test_a_photo_s_coming_and_going_is_journalled(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    attachments.set_photo(branch, uid, "a.png", b"\x89PNG\r\n\x1a\n1")
    attachments.set_photo(branch, uid, "b.png", b"\x89PNG\r\n\x1a\n2")
    report = history.check_chain(branch)
    assert (report.changes, report.broken_at) == (4, None)
    assert history.recent_changes(branch, 1)[0].rows == 2
