"""The one place that writes to the terminal: what was done, what stands in the way, how far work is."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from branchdesk.errors import Problem
from branchdesk.jobs.progress import Progress

LINE_WIDTH = 80
_PIECES = re.compile(r"[!-~]+|.", re.DOTALL)  # words of Latin letters stay whole, Chinese breaks anywhere
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"
}
_NEVER_FIRST = frozenset("，。；：、！？）》”’…")


def ready_streams() -> None:
    """Let what a terminal cannot show come out as its number instead of stopping the work."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """A line of the answer."""
    _clear_progress()
    _write(sys.stdout, f"{_plain(text)}\n")


def warn(text: str) -> None:
    """A line about what wants a look."""
    _clear_progress()
    _write(sys.stderr, f"{_plain(text)}\n")


def complain(problem: Problem) -> None:
    """A problem: the sentence, and below it the way out."""
    warn("\n".join(part for part in (problem.sentence, problem.advice) if part))


def _plain(text: str) -> str:
    """A text that cannot steer a terminal; names out of a strange workbook may hold anything."""
    return text.translate(_CONTROLS)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # Whoever read along has left, as `head` does; the work goes on and nobody hears the rest.
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, stream.fileno())
        os.close(silence)


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, width: int) -> str:
    """A text with blanks behind it up to `width` columns."""
    return text + " " * (width - display_width(text))


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns; closing marks may hang over the end."""
    lines, line, taken = [], "", 0
    for piece in _PIECES.findall(text):
        room = display_width(piece)
        if line and taken + room > width and piece not in _NEVER_FIRST:
            lines.append(line.rstrip())
            line, taken = "", 0
        if line or not piece.isspace():
            line += piece
            taken += room
    return [*lines, line.rstrip()]


class _ProgressLine:
    """One line of a terminal that is written anew with every hundredth of the work."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = ""
        self._doing = ""

    def show(self, share: float, sentence: str) -> None:
        """Show how far the work is; a step without a sentence keeps the last one."""
        self._doing = sentence or self._doing
        text = f"{min(max(share, 0.0), 1.0):4.0%} {self._doing}"
        if text != self._shown:
            self.clear()
            _write(self._stream, text)
            self._shown = text

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            _write(self._stream, "\r" + " " * display_width(self._shown) + "\r")
            self._shown = ""


class _Screen:
    """The one place that remembers which line of progress is on the terminal."""

    line: _ProgressLine | None = None


def _clear_progress() -> None:
    if _Screen.line is not None:
        _Screen.line.clear()


@contextmanager
def long_work() -> Iterator[Progress]:
    """A progress that is shown where somebody looks; Ctrl+C asks the work to stop at its next step.

    A step that has begun is finished: nothing is torn apart between two files, and where the last step is
    over the work counts as done.
    """
    _Screen.line = _ProgressLine(sys.stderr) if sys.stderr.isatty() else None
    progress = Progress(_Screen.line.show if _Screen.line else None)
    try:
        with _asked_to_stop(progress):
            yield progress
    finally:
        _clear_progress()
        _Screen.line = None


@contextmanager
def _asked_to_stop(progress: Progress) -> Iterator[None]:
    """Turn Ctrl+C into the wish to stop; only the main thread may say what a signal does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda _number, _frame: progress.cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
