"""Whose turn it is with an open branch file: threads write one after the other, and an exchange is alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, RLock

from branchdesk.storage.engine import busy

WAIT_SECONDS = 10


class Turns:
    """The turns of the threads of one program; the lock of the folder keeps other programs out."""

    def __init__(self) -> None:
        self._writing = RLock()
        self._connecting = Lock()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other thread write while the block runs; several writes of one thread may nest.

        Raises Problem where another thread goes on for too long.
        """
        if not self._writing.acquire(timeout=WAIT_SECONDS):
            raise busy()
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def connecting(self) -> Iterator[None]:
        """Let the file not be exchanged while a connection to it is made."""
        with self._connecting:
            yield

    @contextmanager
    def exchanging(self) -> Iterator[None]:
        """Let nobody write or make a connection: another file is put in the place of this one."""
        with self.alone(), self._connecting:
            yield
