"""How much work a question is: SQL statements, and steps of SQLite's machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from branchdesk.storage.branch import Branch

_EVERY = 100


@contextmanager
def statements(branch: Branch) -> Iterator[list[str]]:
    """The SQL statements that the block sends, as a list that fills."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(branch._engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(branch._engine, "before_cursor_execute", note)


def machine_steps(branch: Branch, question: Callable[[Connection], object]) -> int:
    """The steps of SQLite's machine that a question takes, in hundreds."""
    passed = 0

    def count() -> int:
        nonlocal passed
        passed += 1
        return 0

    with branch.read() as connection:
        question(connection)  # once before, so that reading the schema does not count
        raw: Any = connection.connection.dbapi_connection
        raw.set_progress_handler(count, _EVERY)
        try:
            question(connection)
        finally:
            raw.set_progress_handler(None, 0)
    return passed
