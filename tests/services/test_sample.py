"""The sample branch: made once, filled from its workbook, and opened again after that."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk import paths
from branchdesk.services import organisations, rosters, sample
from branchdesk.services.meetings.reading import meeting_list
from support.contents import assert_sound, facts


def test_the_sample_branch_is_made_once_and_then_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "user_folder", lambda: tmp_path)
    branch = sample.open_sample()
    before = facts(branch)
    roster = rosters.Roster(branch)
    roster.choose(rosters.Place(organisations.root_of(branch)))
    assert roster.counts.total == len(before["member"]) == 24
    assert len(meeting_list(branch)) == 60
    assert_sound(branch)
    branch.close()
    assert facts(sample.open_sample()) == before
