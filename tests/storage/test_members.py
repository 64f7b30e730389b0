"""Questions about single members."""

from __future__ import annotations

from branchdesk.services import members
from branchdesk.services.open_branch import Branch, Changes
from branchdesk.storage.members import members_by_identity, members_by_name, uid_of
from support.branches import add_one

NUMBER = "999999197001010013"


def test_members_are_found_by_their_identity_number_but_not_in_the_bin(branch: Branch) -> None:
    first = add_one(branch, "李明", id_number=NUMBER)
    second = add_one(branch, "李明", id_number=NUMBER)
    gone = add_one(branch, "王芳", id_number=NUMBER)
    assert isinstance(members.move_to_bin(branch, [gone], ""), Changes)
    with branch.read() as connection:
        found = members_by_identity(connection, [NUMBER, "nothing"])
        assert sorted(found[NUMBER]) == sorted([first, second])
        assert set(found) == {NUMBER}
        assert members_by_identity(connection, []) == {}


def test_everybody_who_is_not_in_the_bin_is_listed_by_uid_and_name(branch: Branch) -> None:
    uid = add_one(branch, "", id_number=NUMBER)
    members.move_to_bin(branch, [add_one(branch, "王芳")], "")
    with branch.read() as connection:
        assert [tuple(found[:2]) for found in members_by_name(connection)] == [(uid, "")]
        assert uid_of(connection, 1) == uid
