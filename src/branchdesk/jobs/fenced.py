"""Work on files from outside, done in a child process with limits; whatever happens there ends in a sentence.

The child is this module started as a program. It gets one line of JSON on its standard input and answers
with lines of JSON; nothing it says is trusted, so nothing is pickled and every line is checked.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, NoReturn, cast

from typing_extensions import override

from branchdesk.errors import Problem
from branchdesk.i18n import Language, _, speak, spoken
from branchdesk.jobs.progress import SILENT, Progress

if sys.platform != "win32":
    import resource

_MODULE = "branchdesk.jobs.fenced"
_PACKAGE = "branchdesk."
_STEP, _ITEM, _PROBLEM, _MEMORY, _BUG, _END = "step", "item", "problem", "memory", "bug", "end"
_BLOCK = 1 << 16
_BLOCKS_WAITING = 64
_GLANCE = 0.1  # seconds between two looks at the cancel button
_FAREWELL = 5.0  # seconds that a killed child gets to be gone
_LONGEST_SENTENCE = 2_000
_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW: no black window flashes up on Windows
_WATCH_STACK = 256 * 1024
_STEP_SHARE = 0.01

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a child may use: bytes of memory, seconds of processor and of waiting, bytes of its answer.

    Memory and processor time are held by the system where it can (not on Windows); the rest holds everywhere.
    """

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    reply_bytes: int = 256 << 20


class Trouble(StrEnum):
    """The ways in which a child fails."""

    START = "start"
    MEMORY = "memory"
    TIME = "time"
    SIZE = "size"
    CRASH = "crash"
    GARBAGE = "garbage"


class FenceProblem(Problem):
    """The child did not come back with an answer; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(_sentence(trouble), _advice(trouble))
        self.trouble = trouble


def _sentence(trouble: Trouble) -> str:
    match trouble:
        case Trouble.START:
            return _("读取文件的程序没有启动。")
        case Trouble.MEMORY:
            return _("读取文件时用完了允许的内存，已经停止。")
        case Trouble.TIME:
            return _("读取文件超过了允许的时间，已经停止。")
        case Trouble.SIZE:
            return _("从文件里读出的内容太多，已经停止。")
        case Trouble.CRASH:
            return _("读取文件的程序中途停止了，没有读完。")
        case Trouble.GARBAGE:
            return _("读取文件的程序给出的结果不对，没有采用。")


def _advice(trouble: Trouble) -> str:
    if trouble is Trouble.START:
        return _("请关掉一些别的程序再试；仍不行时请重新安装本程序。")
    return _("已有的内容没有变。请在原来的软件里打开它，只留下需要的部分，另存一份再试。")


# ---- the side of the program


def run_fenced(
    function: str, arguments: Mapping[str, Any], limits: Limits | None = None, progress: Progress = SILENT
) -> Any:
    """The result of `function` ("branchdesk.room.module:name"), called in a child process.

    The function is called as `name(progress, **arguments)`; arguments and result are JSON values. Raises the
    Problem that the function raised, FenceProblem where the child failed, and Cancelled.
    """
    items = list(stream_fenced(function, arguments, limits, progress))
    if len(items) != 1:
        raise FenceProblem(Trouble.GARBAGE)
    return items[0]


def stream_fenced(
    function: str, arguments: Mapping[str, Any], limits: Limits | None = None, progress: Progress = SILENT
) -> Generator[Any, None, None]:
    """What `function`, which yields JSON values, yields in a child process, piece by piece.

    Raises what `run_fenced` raises. The child ends with the iterator, also when it is left half-way.
    """
    child = _Child(limits or Limits(), progress)
    child.start({"function": function, "arguments": dict(arguments), "language": spoken().value})
    try:
        yield from child.items()
    finally:
        child.end()


def child_command() -> list[str]:
    """The command that starts a child; a frozen program passes these arguments on to `main`."""
    # -P keeps the current folder, where anybody may have put a json.py, out of the way of imports.
    flags = [] if getattr(sys, "frozen", False) else ["-P"]
    return [sys.executable, *flags, "-m", _MODULE]


class _Child:
    """One child process and what is known about it."""

    def __init__(self, limits: Limits, progress: Progress) -> None:
        self._limits = limits
        self._progress = progress
        self._blocks: queue.Queue[bytes] = queue.Queue(_BLOCKS_WAITING)
        self._share = 0.0
        self._doing = ""

    def start(self, request: dict[str, Any]) -> None:
        """Start the process and tell it what to do."""
        request["limits"] = asdict(self._limits)
        try:
            self._process = subprocess.Popen(
                child_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except OSError as error:
            raise FenceProblem(Trouble.START) from error
        self._stdin = cast("IO[bytes]", self._process.stdin)
        stdout = cast("IO[bytes]", self._process.stdout)
        self._reader = threading.Thread(target=_pump, args=(stdout, self._blocks), name="fence", daemon=True)
        self._reader.start()
        with contextlib.suppress(OSError):  # a child that is dead already is noticed when it is read
            self._stdin.write(json.dumps(request).encode() + b"\n")
            self._stdin.flush()

    def items(self) -> Iterator[Any]:
        """The items of the answer, checked line by line."""
        for line in self._lines():
            message = _message(line)
            match message:
                case [str(tag), value] if tag == _ITEM:
                    yield value
                case [str(tag), float() | int() as share, str(doing)] if tag == _STEP:
                    self._share, self._doing = min(max(float(share), 0.0), 1.0), doing[:_LONGEST_SENTENCE]
                    self._progress.step(self._share, self._doing)
                case [str(tag), str(sentence), str(advice)] if tag == _PROBLEM:
                    raise Problem(sentence[:_LONGEST_SENTENCE], advice[:_LONGEST_SENTENCE])
                case [str(tag), str(place)] if tag == _BUG:
                    _log.warning("The fenced child stopped: %s", place[:_LONGEST_SENTENCE])
                    raise FenceProblem(Trouble.CRASH)
                case [str(tag)] if tag == _MEMORY:
                    raise FenceProblem(Trouble.MEMORY)
                case [str(tag)] if tag == _END:
                    return
                case _:
                    raise FenceProblem(Trouble.GARBAGE)
        raise FenceProblem(self._trouble_of_death())

    def _lines(self) -> Iterator[bytes]:
        """Complete lines, while looking at the limits and at the cancel button."""
        waited, received, pieces = 0.0, 0, list[bytes]()
        while True:
            self._progress.step(self._share, self._doing)
            began = time.monotonic()
            try:
                block = self._blocks.get(timeout=_GLANCE)
            except queue.Empty:
                block = None
            # Only waiting counts: what the receiver does between two lines is not the child's time.
            waited += time.monotonic() - began
            if waited > self._limits.wall_seconds:
                raise FenceProblem(Trouble.TIME)
            if block is None:
                continue
            if not block:
                return
            received += len(block)
            if received > self._limits.reply_bytes:
                raise FenceProblem(Trouble.SIZE)
            first, *rest = block.split(b"\n")
            pieces.append(first)
            for piece in rest:
                yield b"".join(pieces)
                pieces = [piece]

    def _trouble_of_death(self) -> Trouble:
        """Why the child closed its mouth before the end."""
        try:
            code = self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            return Trouble.GARBAGE
        if sys.platform != "win32" and code in {-signal.SIGXCPU, -signal.SIGKILL}:
            return Trouble.TIME if code == -signal.SIGXCPU else Trouble.MEMORY
        _log.warning("The fenced child ended with code %s", code)
        return Trouble.CRASH

    def end(self) -> None:
        """Leave no process, no thread and no open pipe behind."""
        if self._process.returncode is None:  # once it was waited for, its number may be another's
            self._kill()
        with contextlib.suppress(OSError):
            self._stdin.close()
        latest = time.monotonic() + _FAREWELL
        while self._reader.is_alive() and time.monotonic() < latest:
            with contextlib.suppress(queue.Empty):
                if not self._blocks.get(timeout=_GLANCE):
                    self._reader.join(_FAREWELL)
        self._process.wait()

    def _kill(self) -> None:
        """Kill the child and whatever it may have started; after its last word it has nothing to lose."""
        if sys.platform == "win32":
            self._process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _pump(stream: IO[bytes], blocks: queue.Queue[bytes]) -> None:
    """Carry what the child writes into a queue, so that nobody waits for it without a time limit."""
    with stream:
        while block := os.read(stream.fileno(), _BLOCK):
            blocks.put(block)
    blocks.put(b"")


def _message(line: bytes) -> Any:
    """One line of the answer as a JSON value; None for anything that is not one."""
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


# ---- the side of the child


def main() -> NoReturn:
    """Do what the one line on the standard input asks, and answer on what was the standard output."""
    out = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get into the answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def send(*message: Any) -> None:
        out.write(json.dumps(message, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace") + b"\n")
        out.flush()

    def report_bug(kind: type[BaseException], error: BaseException, _trace: object) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        with contextlib.suppress(OSError):
            # Never the text of the error: it may quote a person.
            send(_BUG, f"{kind.__name__} {Path(last.filename).name}:{last.lineno}")
        os._exit(1)

    sys.excepthook = report_bug
    request = json.loads(_first_line())
    speak(Language(request["language"]))
    work = _named(request["function"])
    _watch_parent()
    _set_limits(Limits(**request["limits"]))
    gc.disable()  # the process lives for one file
    try:
        _answer(work(_Reporter(send), **request["arguments"]), send)
    except Problem as problem:
        send(_PROBLEM, problem.sentence, problem.advice)
    except MemoryError:
        send(_MEMORY)
    os._exit(0)


def _first_line() -> bytes:
    """The request, read without a buffer: the rest of the input is being watched."""
    blocks = [b""]
    while not blocks[-1].endswith(b"\n"):
        blocks.append(os.read(0, _BLOCK))
        if not blocks[-1]:
            os._exit(1)
    return b"".join(blocks)


def _named(function: str) -> Callable[..., Any]:
    """The function of this package with that name."""
    module, _colon, name = function.partition(":")
    if not module.startswith(_PACKAGE):
        raise ValueError(function)
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _watch_parent() -> None:
    """End this process when the program that started it is gone, even where it was killed."""

    def wait() -> None:
        # The program never writes a second time: this returns when it closes the pipe or dies.
        os.read(0, 1)
        os._exit(1)

    threading.stack_size(_WATCH_STACK)
    threading.Thread(target=wait, daemon=True).start()


def _set_limits(limits: Limits) -> None:
    """Let the system hold the limits, forbid writing files, and leave no memory image of a crash."""
    if sys.platform == "win32":
        return
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, amount in wanted.items():
        most = resource.getrlimit(what)[1]
        allowed = amount if most == resource.RLIM_INFINITY else min(amount, most)
        with contextlib.suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(what, (allowed, most))


class _Reporter(Progress):
    """Progress that is told to the program, in steps that somebody can see."""

    def __init__(self, send: Callable[..., None]) -> None:
        super().__init__()
        self._send = send
        self._told = -1.0

    @override
    def step(self, share: float, sentence: str = "") -> None:
        if share >= self._told + _STEP_SHARE:
            self._told = share
            self._send(_STEP, share, sentence)


def _answer(result: Any, send: Callable[..., None]) -> None:
    """Send a result whole, or piece by piece where the function yields."""
    for item in result if isinstance(result, Iterator) else (result,):
        send(_ITEM, item)
    send(_END)


if __name__ == "__main__":
    main()
