"""The points of the sample branch: something of everything, the same every time."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from branchdesk.domain.points.model import EntrySource, EntryState
from branchdesk.i18n import Language, speak
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.services.points.automatic import propose
from branchdesk.services.points.reading import PointsSheet
from branchdesk.services.points.redeeming import rewards
from branchdesk.services.points.sample_points import sample_points
from services.meetings.scenes import House, settle
from services.points.ledgers import sheet_of
from support.branches import SettableClock, founded, unlocked
from support.contents import assert_sound

_MADE: list[House] = []


@pytest.fixture
def sampled(house: House, tmp_path: Path) -> House:
    """The house with the sample in it, which no test here changes; made once."""
    if not _MADE:
        sample_meetings(house.branch, 2026)
        sample_points(house.branch)
        folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        house.branch.close()
        shutil.copytree(house.branch.path, folder / "branch")
        _MADE.append(replace(house, branch=unlocked(folder / "branch")))
        _MADE[0].branch.close()
    shutil.copytree(_MADE[0].branch.path, tmp_path / "sampled")
    return replace(_MADE[0], branch=unlocked(tmp_path / "sampled"))


def told(sheet: PointsSheet) -> list[tuple[object, ...]]:
    return [
        (one.name, one.total, one.balance, len(one.entries), len(one.redemptions)) for one in sheet.people
    ]


def test_the_sample_has_something_of_everything(sampled: House) -> None:
    sheet = sheet_of(sampled)
    entries = sheet.entries
    assert {one.source for one in entries} == set(EntrySource)
    states = Counter(one.state for one in entries)
    assert states[EntryState.ACCEPTED] > 200
    assert states[EntryState.PROPOSED] >= 1
    assert states[EntryState.DECLINED] == 1
    assert any(one.reverses for one in entries)
    assert all(one.total > 20 for one in sheet.people)
    assert all(one.entered_on == one.on for one in entries if one.reverses is None), "nobody was behind"
    assert all(
        one.evidence_title
        for one in entries
        if one.state is EntryState.ACCEPTED and not one.reverses and one.source is EntrySource.CLAIMED
    )
    assert not [one for one in entries if one.on > sheet.entries[-1].on]
    assert propose(sampled.branch, sampled.root, 2026).is_empty
    assert_sound(sampled.branch)


def test_the_sample_exchanges_points_for_rewards_and_reverses_one(sampled: House) -> None:
    sheet = sheet_of(sampled)
    assert len(rewards(sampled.branch, sampled.root)) == 5
    assert len(sheet.redemptions) >= 4
    assert sum(one.reverses is not None for one in sheet.redemptions) == 1
    assert {one.signed for one in sheet.redemptions} == {True, False}
    assert all(one.balance >= 0 for one in sheet.people)


def test_the_sample_is_the_same_every_time_and_in_every_language(
    sampled: House, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = settle(founded(tmp_path_factory.mktemp("again")))
    speak(Language.ENGLISH)
    sample_meetings(again.branch, 2026)
    sample_points(again.branch)
    assert told(sheet_of(again)) == told(sheet_of(sampled))
    assert {one.reason for one in sheet_of(again).entries} == {
        one.reason for one in sheet_of(sampled).entries
    }


@pytest.mark.parametrize(("month", "day"), [(1, 1), (2, 28), (12, 31)])
def test_the_sample_can_be_made_on_any_day_of_the_year(
    house: House, the_clock: SettableClock, month: int, day: int
) -> None:
    the_clock.set(2026, month, day)
    sample_points(house.branch)
    assert all(one.on <= the_clock.moment.date() for one in sheet_of(house).entries)
