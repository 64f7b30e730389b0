"""Work in the fenced child: what it gives back, what its limits are, and that nothing of it stays behind."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from branchdesk.errors import Problem
from branchdesk.i18n import Language
from branchdesk.jobs import fenced
from branchdesk.jobs.fenced import FenceProblem, Limits, Trouble, run_fenced, stream_fenced
from branchdesk.jobs.progress import Cancelled, Progress

STAND_IN = Path(__file__).with_name("child_stand_in.py")
WORK = "branchdesk.work_to_try"
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows holds neither limit")
LINUX_FILES = Path("/proc/self/fd")
on_linux = pytest.mark.skipif(not LINUX_FILES.is_dir(), reason="looks at processes as Linux shows them")


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real child, with functions to try it on."""
    monkeypatch.setattr(fenced, "child_command", lambda: [sys.executable, str(STAND_IN), "work"])


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Chooses how the child misbehaves."""

    def choose(manner: str) -> None:
        monkeypatch.setattr(fenced, "child_command", lambda: [sys.executable, str(STAND_IN), manner])

    return choose


def is_alive(process: int) -> bool:
    """Whether a process runs; one that ended and waits to be noticed does not."""
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(process: int) -> bool:
    """Whether the process is gone, asked for at most half a minute."""
    for _glance in range(300):
        if not is_alive(process):
            return True
        time.sleep(0.1)
    return False


def trouble_of(call: Callable[[], Any]) -> Trouble:
    with pytest.raises(FenceProblem) as caught:
        call()
    assert caught.value.sentence.endswith("。")
    assert caught.value.advice.endswith("。")
    return caught.value.trouble


# ---- what a well-behaved child does


def test_the_child_is_this_module_and_takes_nothing_from_the_current_folder() -> None:
    assert fenced.child_command() == [sys.executable, "-P", "-m", "branchdesk.jobs.fenced"]


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert fenced.child_command() == [sys.executable, "-m", "branchdesk.jobs.fenced"]


@pytest.mark.usefixtures("working")
def test_a_result_comes_back() -> None:
    assert run_fenced(f"{WORK}:add", {"a": 2, "b": 3}) == 5


@pytest.mark.usefixtures("working")
def test_items_come_back_one_by_one_in_their_order() -> None:
    assert list(stream_fenced(f"{WORK}:count", {"up_to": 5000})) == list(range(5000))


@pytest.mark.usefixtures("working")
def test_a_problem_in_the_child_is_the_same_problem_here() -> None:
    with pytest.raises(Problem) as caught:
        run_fenced(f"{WORK}:refuse", {})
    assert (caught.value.sentence, caught.value.advice) == ("这份文件不行。", "请换一份。")


@pytest.mark.usefixtures("working")
def test_the_child_speaks_the_language_of_the_window() -> None:
    assert run_fenced(f"{WORK}:tell_language", {}) == Language.CHINESE.value


@pytest.mark.usefixtures("working")
def test_progress_is_told_in_steps_that_somebody_can_see() -> None:
    told: list[tuple[float, str]] = []
    run_fenced(
        f"{WORK}:report_steps", {}, progress=Progress(lambda share, doing: told.append((share, doing)))
    )
    assert any(doing == "正在读取" for _share, doing in told)
    assert [share for share, _doing in told] == sorted(share for share, _doing in told)


@pytest.mark.usefixtures("working")
def test_what_libraries_print_does_not_get_into_the_answer() -> None:
    assert run_fenced(f"{WORK}:chatter", {}) == "quiet"


@on_posix
@pytest.mark.usefixtures("working")
def test_the_child_cannot_write_files(tmp_path: Path) -> None:
    assert run_fenced(f"{WORK}:write_file", {"path": str(tmp_path / "out.txt")}) == "OSError"


@pytest.mark.usefixtures("working")
def test_only_functions_of_the_package_are_called() -> None:
    assert trouble_of(lambda: run_fenced("os:getcwd", {})) is Trouble.CRASH


# ---- limits


@on_posix
@pytest.mark.usefixtures("working")
def test_a_child_that_eats_memory_ends_in_a_sentence() -> None:
    limits = Limits(memory_bytes=300 << 20)
    assert trouble_of(lambda: run_fenced(f"{WORK}:eat_memory", {}, limits)) is Trouble.MEMORY


@on_posix
@pytest.mark.usefixtures("working")
def test_a_child_that_never_stops_working_is_ended_by_its_processor_time() -> None:
    assert trouble_of(lambda: run_fenced(f"{WORK}:spin", {}, Limits(cpu_seconds=1))) is Trouble.TIME


def test_a_child_that_says_nothing_is_ended_by_the_clock(misbehaving: Callable[[str], None]) -> None:
    misbehaving("silent")
    assert trouble_of(lambda: run_fenced("branchdesk.x:y", {}, Limits(wall_seconds=0.3))) is Trouble.TIME


def test_an_answer_without_end_is_cut_off(misbehaving: Callable[[str], None]) -> None:
    misbehaving("endless_line")
    limits = Limits(reply_bytes=1 << 20)
    assert trouble_of(lambda: run_fenced("branchdesk.x:y", {}, limits)) is Trouble.SIZE


# ---- children that fail


@pytest.mark.usefixtures("working")
def test_a_bug_in_the_child_is_logged_by_its_place_and_never_by_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        assert trouble_of(lambda: run_fenced(f"{WORK}:crash", {"name": "周建国"})) is Trouble.CRASH
    assert "TypeError child_stand_in.py" in caplog.text
    assert "周建国" not in caplog.text


@pytest.mark.usefixtures("working")
def test_a_child_that_aborts_ends_in_a_sentence_without_noise(capfd: pytest.CaptureFixture[str]) -> None:
    assert trouble_of(lambda: run_fenced(f"{WORK}:die", {})) is Trouble.CRASH
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("manner", ["garbage", "no_list", "not_a_number", "long_number", "deep", "two_items"])
def test_an_answer_that_no_child_gives_is_refused(misbehaving: Callable[[str], None], manner: str) -> None:
    misbehaving(manner)
    assert trouble_of(lambda: run_fenced("branchdesk.x:y", {})) is Trouble.GARBAGE


def test_a_child_that_ends_without_its_last_word_has_not_answered(misbehaving: Callable[[str], None]) -> None:
    misbehaving("mute_death")
    assert trouble_of(lambda: run_fenced("branchdesk.x:y", {})) is Trouble.CRASH


def test_a_child_that_closes_its_mouth_and_lives_on_is_ended(
    misbehaving: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fenced, "_FAREWELL", 0.2)
    misbehaving("closed_mouth")
    assert trouble_of(lambda: run_fenced("branchdesk.x:y", {})) is Trouble.GARBAGE


def test_a_sentence_from_the_child_is_kept_short(misbehaving: Callable[[str], None]) -> None:
    misbehaving("wordy")
    with pytest.raises(Problem) as caught:
        run_fenced("branchdesk.x:y", {})
    assert len(caught.value.sentence) == 2_000


def test_a_program_that_cannot_be_started_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fenced, "child_command", lambda: ["/nowhere/python"])
    assert trouble_of(lambda: run_fenced("branchdesk.x:y", {})) is Trouble.START


# ---- nothing stays behind


@on_linux
@pytest.mark.usefixtures("working")
def test_cancelling_ends_the_child() -> None:
    progress = Progress()
    pieces = stream_fenced(f"{WORK}:tell_number_and_sleep", {}, progress=progress)
    process = next(pieces)
    progress.cancel()
    with pytest.raises(Cancelled):
        next(pieces)
    assert not is_alive(process)


@on_linux
@pytest.mark.usefixtures("working")
def test_leaving_the_answer_half_way_ends_the_child() -> None:
    pieces = stream_fenced(f"{WORK}:tell_number_and_sleep", {})
    process = next(pieces)
    assert is_alive(process)
    pieces.close()
    assert not is_alive(process)


@on_linux
def test_what_the_child_started_ends_with_it(misbehaving: Callable[[str], None]) -> None:
    misbehaving("grandchild")
    assert wait_until_gone(run_fenced("branchdesk.x:y", {}))


@on_linux
@pytest.mark.usefixtures("working")
def test_no_thread_and_no_open_file_stays_behind() -> None:
    run_fenced(f"{WORK}:add", {"a": 1, "b": 1})
    before = len(list(LINUX_FILES.iterdir())), threading.active_count()
    for _round in range(3):
        run_fenced(f"{WORK}:add", {"a": 1, "b": 1})
        with contextlib.suppress(FenceProblem):
            run_fenced(f"{WORK}:die", {})
    assert (len(list(LINUX_FILES.iterdir())), threading.active_count()) == before


@on_linux
def test_the_child_ends_when_the_program_is_killed() -> None:
    program = textwrap.dedent(
        f"""
        import sys
        from branchdesk.jobs import fenced
        fenced.child_command = lambda: [sys.executable, {str(STAND_IN)!r}, "work"]
        pieces = fenced.stream_fenced("{WORK}:tell_number_and_sleep", {{}})
        print(next(pieces), flush=True)
        next(pieces)
        """
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        assert is_alive(process)
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    assert wait_until_gone(process)
