"""The fixtures of meetings: a branch with people and a committee, on 21 November 2026."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.meetings.scenes import House, settled
from support.branches import SettableClock
from support.fixtures import branch, cheap_keys, open_branches, the_clock

__all__ = ["branch", "cheap_keys", "house", "open_branches", "the_clock"]


@pytest.fixture
def house(tmp_path: Path, the_clock: SettableClock) -> House:
    """The branch with ten people, a committee of three and two groups."""
    the_clock.set(2026, 11, 21)
    return settled(tmp_path)
