"""What is signed or finalised as text for ever: the same values always give the same canonical JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from branchdesk.partial_dates import PartialDate
from branchdesk.storage.changes import canonical


def frozen_text(value: Any) -> str:
    """A dataclass with all that it holds as canonical JSON; numbers and dates become texts."""
    return canonical(_plain(value))


def seal(content: str) -> str:
    """The SHA-256 of a frozen text, in hexadecimal digits."""
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate | date):
        return value.written() if isinstance(value, PartialDate) else value.isoformat()
    if isinstance(value, StrEnum | Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, tuple):
        return [_plain(held) for held in value]
    return value
