"""The one clock of the program, so that tests can set it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date on the wall calendar of this computer."""
    return now().astimezone().date()


def milliseconds() -> int:
    """This moment in milliseconds since 1970, UTC."""
    return int(now().timestamp() * 1000)
