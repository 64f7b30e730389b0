"""Identities that are given once and never again: UUID version 7 of RFC 9562."""

from __future__ import annotations

import secrets

from branchdesk import clock


def new_uid() -> str:
    """A new identity: 32 hexadecimal digits that sort by the millisecond of their birth."""
    value = clock.milliseconds() << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"
