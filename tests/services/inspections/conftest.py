"""The fixtures of inspections: a branch with people and a committee, on 21 November 2026."""

from __future__ import annotations

import pytest

from branchdesk.storage.branch import Branch
from services.meetings.scenes import House, settle
from support.branches import SettableClock
from support.fixtures import branch, cheap_keys, open_branches, the_clock

__all__ = ["branch", "cheap_keys", "house", "open_branches", "the_clock"]


@pytest.fixture
def house(branch: Branch, the_clock: SettableClock) -> House:
    """The branch with ten people, a committee of three and two groups."""
    the_clock.set(2026, 11, 21)
    return settle(branch)
