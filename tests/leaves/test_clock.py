"""The one clock of the program."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from branchdesk import clock
from branchdesk.clock import now as now_on_this_computer


def test_the_clock_says_utc_and_milliseconds_of_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", now_on_this_computer)
    before = clock.milliseconds()
    moment = clock.now()
    after = clock.milliseconds()
    assert moment.tzinfo is UTC
    assert before <= int(moment.timestamp() * 1000) <= after


def test_today_is_the_date_on_the_wall_here(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert clock.today() == moment.astimezone().date()
    assert clock.milliseconds() == 1795303800000
