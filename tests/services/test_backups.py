"""Backups as the clerk meets them: their age, what they hold, and everything back after a restore."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.services import attachments, backups, history, members
from branchdesk.storage.branch import Branch
from support.branches import PASSWORD, SettableClock, add, add_one, edit, record, sample_people, value
from support.contents import assert_sound, facts, journalled
from support.imports import import_file

WORKBOOKS = Path(__file__).parent.parent / "data" / "workbooks"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "place"


@pytest.fixture
def filled(branch: Branch) -> Branch:
    """A branch with five members."""
    add(branch, sample_people(5))
    return branch


def test_a_backup_says_what_it_holds_and_who_can_open_it_before_anything_is_done(
    filled: Branch, place: Path
) -> None:
    path = backups.make_backup(filled, place, "测试").path
    manifest, people = backups.look_into(path)
    assert (manifest.members, manifest.title, [person.name for person in people]) == (
        5,
        "河西村党支部",
        ["王敏"],
    )


@pytest.mark.parametrize("whole", [False, True], ids=["beside", "carried away"])
def test_everything_that_was_done_is_there_again_after_a_restore_and_can_still_be_undone(
    filled: Branch, place: Path, tmp_path: Path, *, whole: bool
) -> None:
    uid = add_one(filled, "李明", note="一")
    edit(filled, uid, note="二")
    record(filled, uid, EventKind.GROUPED, "2020.5")
    attachments.set_photo(filled, uid, "a.png", b"\x89PNG\r\n\x1a\n1")
    imported = import_file(filled, WORKBOOKS / "plain.xlsx").changes
    binned = members.move_to_bin(filled, [uid], "录重了")
    before, rows = facts(filled), journalled(filled)
    if whole:
        path = backups.carry_away(filled, place / "all.bdbak").path
    else:
        path = backups.make_backup(filled, place, "测试").path
    restored = backups.bring_back(path, tmp_path / "back", filled.person.uid, PASSWORD)
    again = restored.branch
    assert restored.missing_attachments == 0
    assert facts(again) == before
    assert journalled(again) == rows
    assert_sound(again)
    again.undo(binned.seq)
    assert attachments.photo_of(again, uid) == b"\x89PNG\r\n\x1a\n1"
    told = [(line.before, line.after) for line in history.record_history(again, uid) if line.field == "备注"]
    assert told == [("一", "二")]
    again.undo(imported.seq)
    assert len(facts(again)["member"]) == 6
    assert_sound(again)


def test_the_history_of_a_restored_file_goes_on(filled: Branch, place: Path, tmp_path: Path) -> None:
    path = backups.make_backup(filled, place, "测试").path
    restored = backups.bring_back(path, tmp_path / "back", filled.person.uid, PASSWORD).branch
    uid = add_one(restored, "李明")
    assert history.check_chain(restored).broken_at is None
    assert value(restored, uid, "name") == "李明"


# ---- age and due


def test_how_old_the_last_backup_is_matters_only_when_something_changed(
    filled: Branch, place: Path, the_clock: SettableClock
) -> None:
    status = backups.backup_status(filled)
    assert (status.made, status.place, status.changed_since, status.age) == (None, "", True, backups.Age.OLD)
    backups.make_backup(filled, place, "测试")
    status = backups.backup_status(filled)
    assert (status.made, status.place, status.changed_since) == (the_clock.moment, str(place), False)
    the_clock.move(days=100)
    assert backups.backup_status(filled).age is backups.Age.FRESH
    backups.make_backup(filled, place, "测试")
    add_one(filled, "李明")
    ages = []
    for _day in range(8):
        ages.append(backups.backup_status(filled).age.value)
        the_clock.move(days=1)
    assert ages == ["fresh"] * 3 + ["old"] * 4 + ["alarming"]
    the_clock.move(days=-30)
    assert backups.backup_status(filled).age is backups.Age.FRESH


def test_a_backup_is_due_an_hour_after_the_last_if_something_changed(
    filled: Branch, place: Path, the_clock: SettableClock
) -> None:
    assert backups.is_due(filled)
    backups.make_backup(filled, place, "测试")
    the_clock.move(hours=2)
    assert not backups.is_due(filled)
    edit(filled, add_one(filled, "李明"), note="x")
    assert backups.is_due(filled)
    backups.make_backup(filled, place, "测试")
    edit(filled, add_one(filled, "王芳"), note="x")
    assert not backups.is_due(filled)
    the_clock.moment += timedelta(minutes=59)
    assert not backups.is_due(filled)
    the_clock.moment += timedelta(minutes=1)
    assert backups.is_due(filled)
    the_clock.move(days=-1)
    assert backups.is_due(filled), "a clock that was set back must not put backups off"


def test_backups_carry_the_name_of_the_branch(filled: Branch) -> None:
    assert backups.title_of(filled) == "河西村党支部"
