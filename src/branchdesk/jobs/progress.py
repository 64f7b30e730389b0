"""Progress and cancelling of long work, which is a plain function `work(progress) -> result`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from typing_extensions import override

Item = TypeVar("Item")


class Cancelled(Exception):
    """The person cancelled; whatever was begun is undone by the `with` blocks on the way out."""


class Progress:
    """What long work reports to and asks whether to go on.

    `listener` is called with the share that is done (0 to 1) and a sentence; it may be called often and
    from the worker's thread.
    """

    def __init__(self, listener: Callable[[float, str], None] | None = None) -> None:
        self._listener = listener
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled = True

    def step(self, share: float, sentence: str = "") -> None:
        """Report the share that is done. Raises Cancelled where the person asked to stop."""
        if self._cancelled:
            raise Cancelled
        if self._listener is not None:
            self._listener(share, sentence)

    def over(self, items: Iterable[Item], count: int, sentence: str = "") -> Iterator[Item]:
        """The items, reporting a step before each."""
        for place, item in enumerate(items):
            self.step(place / count if count else 1.0, sentence)
            yield item

    def part(self, start: float, end: float) -> Progress:
        """A progress for a part of the work; its 0 to 1 are `start` to `end` of this one."""
        return _Part(self, start, end)


class _Part(Progress):
    def __init__(self, whole: Progress, start: float, end: float) -> None:
        super().__init__()
        self._whole = whole
        self._start = start
        self._width = end - start

    @override
    def step(self, share: float, sentence: str = "") -> None:
        self._whole.step(self._start + self._width * share, sentence)


SILENT = Progress()
