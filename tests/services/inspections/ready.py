"""The branch of the tests with more in it than its people, for the price of a copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from branchdesk.storage.branch import Branch
from services.meetings.scenes import House, settle
from support.prepared import prepared
from support.quarter_sheets import begun, fed_back, inspected, self_checked

Made = TypeVar("Made")


def ready(folder: Path, fill: Callable[[Branch], tuple[House, Made]]) -> tuple[House, Made]:
    """The branch in `folder`/branch as `fill` leaves it, and what it gave back; filled once in a test run."""
    branch, (house, made) = prepared(folder, fill)
    return replace(house, branch=branch), made


def with_a_checked_sheet(branch: Branch) -> tuple[House, str]:
    """An inspection of the fourth quarter that waits for its feedback, and one final meeting; its uid."""
    house = settle(branch)
    house.finalised()
    uid = begun(branch)
    self_checked(branch, uid)
    inspected(branch, uid)
    return house, uid


def with_a_signed_sheet(branch: Branch) -> tuple[House, str]:
    """An inspection of the fourth quarter that is fed back; its uid."""
    house = settle(branch)
    return house, fed_back(branch)
