"""Unfinished entries: kept beside the facts, never journalled, each person's apart from another's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from branchdesk import clock
from branchdesk.storage.tables import draft


def keep(connection: Connection, person: str, key: str, content: Mapping[str, Any]) -> None:
    """Keep what a person has not finished under `key`, in the place of what was kept there before."""
    row = {
        "key": _stored(person, key),
        "saved_at": clock.milliseconds(),
        "person": person,
        "content": json.dumps(content, ensure_ascii=False),
    }
    drop(connection, person, key)
    connection.execute(draft.insert(), row)


def drop(connection: Connection, person: str, key: str) -> None:
    """Forget what a person has kept under `key`."""
    connection.execute(draft.delete().where(*_meant(person, key)))


def of_person(connection: Connection, person: str) -> dict[str, tuple[int, dict[str, Any]]]:
    """The unfinished entries of a person by key: when they were kept, and what they hold."""
    rows = connection.execute(select(draft).where(draft.c.person == person).order_by(draft.c.saved_at))
    return {
        row.key.removeprefix(_stored(person, "")): (row.saved_at, json.loads(row.content)) for row in rows
    }


def _stored(person: str, key: str) -> str:
    """Under what a draft is kept: two people may be writing on the same thing."""
    return f"{person}/{key}"


def _meant(person: str, key: str) -> tuple[ColumnElement[bool], ...]:
    """Which draft is meant; earlier programs kept it without the person."""
    return draft.c.key.in_([key, _stored(person, key)]), draft.c.person == person
