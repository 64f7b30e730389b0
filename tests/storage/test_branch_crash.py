"""Power cuts: what was acknowledged is there after a kill -9, and nothing is there by halves (H14)."""

from __future__ import annotations

import os
import random
import signal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.services import backups, history, members
from branchdesk.storage import members as questions
from branchdesk.storage import tables
from support.branches import PASSWORD, add, edit, founded, record, sample_people, unlocked
from support.children import needs_posix, start
from support.contents import assert_sound, facts, journalled, replayed

pytestmark = needs_posix
KILLS, A_SITTING = 50, 5


def _work_until_killed(pipe: Connection, folder: Path, seed: int) -> None:
    """Do one thing after another and say the number of each change once it is kept."""
    chance = random.Random(seed)
    branch = unlocked(folder)
    turn = 0
    while True:
        turn += 1
        sign = f"{seed}-{turn}"
        match turn % 4:
            case 0:
                uids = add(branch, sample_people(1, chance.randrange(10**6)))
                pipe.send(history.recent_changes(branch, 1)[0].seq)
            case 1:
                with branch.read() as connection:
                    uids = tuple(uid for uid, *_rest in questions.members_by_name(connection))
                pipe.send(edit(branch, chance.choice(uids), name=f"李明{sign}", department=sign).changes.seq)
            case 2:
                uid = chance.choice(uids)
                block = {uid: {"note": f"第 {sign} 次", "department": f"部门 {sign}"} for uid in uids}
                pipe.send(members.set_fields(branch, block).changes.seq)
            case _:
                file = members.member_file(branch, uid)
                if file is not None and file.standing.state == "active":
                    pipe.send(record(branch, uid, EventKind.GROUPED, "2020.5").seq)


def _said(pipe: Connection, process: BaseProcess, kill_after: int, chance: random.Random) -> list[Any]:
    """What was heard until the process was killed, somewhere after the `kill_after`-th."""
    heard: list[Any] = []
    while True:
        try:
            heard.append(pipe.recv())
        except EOFError:
            break
        if len(heard) == kill_after:
            process.join(chance.random() * 0.02)
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
    process.join()
    return heard


def test_fifty_kills_lose_no_acknowledged_change_and_leave_no_half_change(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    add(branch, sample_people(10))
    branch.close()
    chance = random.Random(7)
    left_behind = 0
    for kill in range(KILLS):
        process, pipe = start(_work_until_killed, branch.path, kill)
        heard = _said(pipe, process, chance.randrange(1, A_SITTING), chance)
        pipe.close()
        left_behind += (branch.path / "branch.db-wal").exists()
        branch = unlocked(branch.path)
        last = history.recent_changes(branch, 1)[0].seq
        assert heard, "the child did nothing before it was killed"
        assert last in {heard[-1], heard[-1] + 1}, "one more may have been kept without being told"
        assert all(journalled(branch, seq) for seq in heard)
        assert facts(branch) == replayed(branch)
        if kill % 10 == 0:
            assert_sound(branch)
        branch.close()
    assert left_behind == KILLS, "each kill must have left the write-ahead log behind, or it proved nothing"


def _back_up_until_killed(pipe: Connection, folder: Path, place: Path) -> None:
    branch = unlocked(folder)
    while True:
        made = backups.make_backup(branch, place, "测试")
        pipe.send(made.path.name)


def test_a_kill_while_backing_up_leaves_every_finished_backup_whole(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    add(branch, sample_people(10))
    branch.close()
    place, chance = tmp_path / "place", random.Random(1)
    for _kill in range(4):
        process, pipe = start(_back_up_until_killed, branch.path, place)
        finished = _said(pipe, process, 2, chance)
        pipe.close()
        for name in finished:
            manifest, _people = backups.look_into(place / name)
            assert manifest.members == 10
    newest, _manifest = backups.list_backups(place)[0]
    _manifest, people = backups.look_into(newest)
    restored = backups.bring_back(newest, tmp_path / "back", people[0].uid, PASSWORD)
    assert len(facts(restored.branch)["member"]) == 10


def _hold_a_draft(pipe: Connection, folder: Path) -> None:
    branch = unlocked(folder)
    branch.keep_draft("member:new", {"name": "李明", "mobile": "1390000"})
    pipe.send(1)
    while True:
        pass


def test_a_draft_survives_a_kill_and_is_offered_again(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    branch.close()
    process, pipe = start(_hold_a_draft, branch.path)
    _said(pipe, process, 1, random.Random(1))
    drafts = unlocked(branch.path).drafts()
    assert [content for _saved, content in drafts.values()] == [{"name": "李明", "mobile": "1390000"}]


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_in_the_middle_of_a_large_change_takes_all_of_it_back(tmp_path: Path, seed: int) -> None:
    branch = founded(tmp_path)
    add(branch, sample_people(3))
    before = facts(branch)
    branch.close()
    process, pipe = start(_change_much, branch.path)
    _said(pipe, process, 1, random.Random(seed))
    after = unlocked(branch.path)
    assert facts(after) == before
    assert_sound(after)


def _change_much(pipe: Connection, folder: Path) -> None:
    branch = unlocked(folder)
    with branch.change("很多") as change:
        for people in range(100):
            change.insert_many(tables.member, [{"name": f"{people}-{n}"} for n in range(100)])
            if people == 3:
                pipe.send(people)
