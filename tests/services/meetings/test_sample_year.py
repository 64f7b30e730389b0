"""The year of the sample branch: sixty meetings, the same every time, in order except where it is meant."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from branchdesk.domain.meetings.model import Meeting, MeetingState
from branchdesk.services import history, sample
from branchdesk.services.meetings import counting, quality, reading
from branchdesk.services.meetings.sample_year import sample_meetings
from services.meetings.scenes import House
from support.branches import SettableClock
from support.contents import assert_sound


def content(meeting: Meeting) -> tuple[object, ...]:
    """What a meeting says, without identities."""
    return (
        meeting.title,
        meeting.on,
        [(one.name, one.presence, one.reason) for one in meeting.attendance],
        [item.title for item in meeting.agenda],
        [(one.speaker, one.text) for one in meeting.passages],
        [(one.subject, one.in_favour) for one in meeting.votes],
        [(one.text, one.responsible, one.closed) for one in meeting.decisions],
    )


def test_the_sample_branch_gets_a_year_that_stands_up_to_the_checks(
    tmp_path: Path, the_clock: SettableClock
) -> None:
    the_clock.set(2026, 11, 21)
    branch, _card = sample.found_sample(tmp_path / "sample")
    sample.import_sample(branch)
    uids = sample_meetings(branch, 2026)
    assert len(uids) == 60
    rows = reading.meeting_list(branch)
    states = Counter(row.state for row in rows)
    assert states[MeetingState.FINALISED] >= 45
    assert {MeetingState.HELD, MeetingState.DRAFTED, MeetingState.FOR_SIGNATURE} < set(states)
    assert {MeetingState.PLANNED, MeetingState.NOTICED} < set(states)
    final = [row.uid for row in rows if row.state is MeetingState.FINALISED]
    errors = [one for uid in final for one in quality.quality(branch, uid) if one.is_error]
    assert errors == []
    assert all(reading.meeting_version(branch, uid, 0) == reading.meeting(branch, uid) for uid in final)
    home = reading.meeting(branch, uids[0]).organisation
    counts = counting.activity_counts(branch, home, date(2026, 1, 1), date(2026, 10, 31))
    held = {one.rule.id for one in counts if one.held}
    assert {"assembly", "committee", "group", "lecture", "theme_day", "life", "appraisal"} <= held
    assert not [one for one in counts if one.rule.id == "theme_day" and one.missing and one.is_over]
    assert_sound(branch)


def test_any_branch_gets_the_same_year_again(house: House) -> None:
    first = [content(house.meeting(uid)) for uid in sample_meetings(house.branch, 2025)]
    house.branch.undo(history.recent_changes(house.branch, 1)[0].seq)
    assert reading.meeting_list(house.branch) == []
    again = [content(house.meeting(uid)) for uid in sample_meetings(house.branch, 2025)]
    assert again == first
