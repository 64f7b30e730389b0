"""Wrong passwords at the keyboard: each makes the next wait longer, and the next success reports them."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.services import history
from branchdesk.storage.attempts import Attempts, check_attempts, forget_failures, load_attempts, note_failure
from branchdesk.storage.branch import Branch
from support.branches import SettableClock, unlocked
from support.problems import refused


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (8, 32), (9, 60), (50, 60), (10**18, 60), (-5, 0)],
)
def test_the_wait_doubles_from_the_third_failure_on_up_to_a_minute(failures: int, seconds: int) -> None:
    assert Attempts(failures, 1000).seconds_to_wait(1000) == seconds


def test_the_wait_runs_out_with_time() -> None:
    waits = [Attempts(6, 0).seconds_to_wait(passed) for passed in (0, 999, 1000, 7000, 8000, 9000)]
    assert waits == [8, 8, 7, 1, 0, 0]


def test_a_clock_that_was_set_back_locks_nobody_out_for_years() -> None:
    assert Attempts(9, 10**12).seconds_to_wait(10**11) == 0


def test_after_three_wrong_passwords_even_the_right_one_waits_and_then_opens(
    branch: Branch, the_clock: SettableClock
) -> None:
    branch.close()
    for _failure in range(4):
        the_clock.move(seconds=60)
        with refused("口令不对"):
            unlocked(branch.path, "wrong-password")
    with refused("连续输错", "2 秒", "恢复卡"):
        unlocked(branch.path)
    the_clock.move(seconds=2)
    again = unlocked(branch.path)
    assert history.recent_changes(again)[0].label == "此前有 4 次口令输错"
    assert not again.folder.attempts.exists()
    again.close()
    assert history.recent_changes(unlocked(branch.path))[0].label == "此前有 4 次口令输错"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"failures": "many", "last": 0}', "5"])
def test_an_unreadable_count_is_no_count(tmp_path: Path, content: str) -> None:
    path = tmp_path / "attempts.json"
    path.write_text(content, encoding="utf-8")
    assert load_attempts(path) == Attempts()
    check_attempts(path)


def test_failures_are_counted_and_forgotten(tmp_path: Path, the_clock: SettableClock) -> None:
    path = tmp_path / "attempts.json"
    note_failure(path)
    note_failure(path)
    assert load_attempts(path) == Attempts(2, int(the_clock.moment.timestamp() * 1000))
    assert forget_failures(path).failures == 2
    assert forget_failures(path).failures == 0
