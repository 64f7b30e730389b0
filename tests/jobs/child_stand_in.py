"""Stands in for the fenced child: either a child that misbehaves, or the real one with work to try it on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from branchdesk.errors import Problem
from branchdesk.i18n import spoken
from branchdesk.jobs import fenced
from branchdesk.jobs.progress import Progress

# ---- work for the real child


def add(progress: Progress, a: int, b: int) -> int:
    progress.step(0.5, "adding")
    return a + b


def count(_progress: Progress, up_to: int) -> Iterator[int]:
    yield from range(up_to)


def refuse(_progress: Progress) -> None:
    raise Problem("这份文件不行。", "请换一份。")


def tell_language(_progress: Progress) -> str:
    return spoken().value


def eat_memory(_progress: Progress) -> int:
    return len([bytearray(1 << 20) for _piece in range(100_000)])


def spin(_progress: Progress) -> None:
    while True:
        pass


def crash(_progress: Progress, name: str) -> None:
    raise TypeError(name)


def die(_progress: Progress) -> None:
    os.abort()


def chatter(_progress: Progress) -> str:
    sys.stdout.write("a library says hello")
    sys.stdout.flush()
    os.write(1, b'["item", "forged"]\n')
    return "quiet"


def write_file(_progress: Progress, path: str) -> str:
    try:
        Path(path).write_text("x" * 10)
    except OSError as error:
        return type(error).__name__
    return "written"


def tell_number_and_sleep(_progress: Progress) -> Iterator[int]:
    yield os.getpid()
    time.sleep(600)


def report_steps(progress: Progress) -> str:
    for step in range(1_000):
        progress.step(step / 1_000, "正在读取")
    return "done"


# ---- children that misbehave


def _say(*message: Any) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


def write(answer: bytes) -> None:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def write_without_end() -> None:
    while True:
        write(b"x" * 65_536)


def close_mouth() -> None:
    os.close(1)
    time.sleep(600)


def answer_twice() -> None:
    for message in (("item", 1), ("item", 2), ("end",)):
        _say(*message)


def leave_grandchild() -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    _say("item", sleeper.pid)
    _say("end")
    time.sleep(600)


MANNERS: dict[str, Callable[[], None]] = {
    "garbage": lambda: write(bytes(range(256)) * 40 + b"\n"),
    "no_list": lambda: write(b'"item"\n'),
    "not_a_number": lambda: write(b'["item", NaN]\n'),
    "long_number": lambda: write(b'["item", ' + b"9" * 100_000 + b"]\n"),
    "deep": lambda: write(b"[" * 200_000 + b"\n"),
    "endless_line": write_without_end,
    "silent": lambda: time.sleep(600),
    "mute_death": lambda: _say("item", 1),
    "closed_mouth": close_mouth,
    "two_items": answer_twice,
    "wordy": lambda: _say("problem", "长" * 100_000, ""),
    "grandchild": leave_grandchild,
}


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work = ModuleType("branchdesk.work_to_try")
        sys.modules[work.__name__] = work
        work.__dict__.update({name: value for name, value in globals().items() if callable(value)})
        fenced.main()
    MANNERS[sys.argv[1]]()
