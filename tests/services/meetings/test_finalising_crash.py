"""A power cut while minutes are finalised: they are final with their version, or nothing happened (H14)."""

from __future__ import annotations

import os
import random
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from branchdesk.domain.meetings.model import MeetingState
from branchdesk.services.meetings import life, reading
from services.meetings.scenes import House
from support.branches import unlocked
from support.children import needs_posix, start
from support.contents import assert_sound

pytestmark = needs_posix
KILLS = 8


def _finalise_again_and_again(pipe: Connection, folder: Path, uid: str) -> None:
    branch = unlocked(folder)
    if reading.meeting(branch, uid).state.is_locked:
        life.reopen(branch, uid, "停电以后")
    while True:
        pipe.send("begun")
        life.finalise(branch, uid, accept=True)
        life.reopen(branch, uid, "再核对一次")


def test_a_kill_while_finalising_leaves_minutes_that_are_final_or_are_not(house: House) -> None:
    branch, uid = house.branch, house.plan(held="2025.11.19 15:00-16:40")  # past by the child's own clock
    house.hold(uid)
    house.ready(uid)
    branch.close()
    chance = random.Random(3)
    for _kill in range(KILLS):
        process, pipe = start(_finalise_again_and_again, branch.path, uid)
        pipe.recv()
        process.join(chance.random() * 0.3)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        pipe.close()
        branch = unlocked(branch.path)
        meeting, versions = reading.meeting(branch, uid), reading.versions(branch, uid)
        is_final = meeting.state is MeetingState.FINALISED
        assert len(versions) == meeting.revision + (1 if is_final else 0)
        assert [one.revision for one in versions if not one.reopened_on] == (
            [meeting.revision] if is_final else []
        )
        assert_sound(branch)
        branch.close()
