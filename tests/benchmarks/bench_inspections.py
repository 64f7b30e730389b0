"""Inspections: opening one beside listing the meetings that it counts, and what years of them cost.

CPU seconds of the process; only the ratios mean anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from benchmarks.bench_meetings import YEAR, sample_branch
from benchmarks.measuring import Measurement, compare, shown
from branchdesk.domain.inspections.deadlines import Period
from branchdesk.forms.words import FACTS
from branchdesk.services.inspections import reading
from branchdesk.services.inspections.facts import answer_facts
from branchdesk.services.inspections.planning import start_inspection
from branchdesk.services.meetings.reading import MeetingQuery, meeting_list
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import root_of

_QUARTER = 3
_OLDER = range(1996, YEAR)
_LATER = date(YEAR + 1, 1, 20)


def works(branch: Branch) -> dict[str, Callable[[], object]]:
    """What is measured: the sheet of one quarter, its facts alone, and the list of a year of meetings."""
    home = root_of(branch)
    uid = start_inspection(branch, "inspection.quarter", home, YEAR, _QUARTER).uid
    period = Period(YEAR, _QUARTER, "quarter")
    return {
        "opening the sheet": partial(reading.sheet, branch, uid, _LATER),
        "facts of a quarter": partial(answer_facts, branch, home, period, tuple(FACTS), _LATER),
        "list of a year": partial(meeting_list, branch, MeetingQuery(year=YEAR)),
    }


def measure() -> Iterator[Measurement]:
    """Every measurement of inspections."""
    branch = sample_branch()
    try:
        tasks = works(branch)
        before = compare(tasks)
        # A sheet that was opened before remembers its facts; the first time they are counted as well.
        first = before["opening the sheet"].median + before["facts of a quarter"].median
        yield Measurement(
            "opening the sheet of an inspection for the first time / listing a year of meetings",
            first / before["list of a year"].median,
            "≤ 8",
            shown(first),
        )
        for year in _OLDER:
            sample_meetings(branch, year)
        for name, cost in compare(tasks).items():
            yield Measurement(
                f"growth 60 → {60 * (len(_OLDER) + 1):,} meetings: {name}",
                cost.median / before[name].median,
                "≤ 1.3",
                cost.here,
            )
    finally:
        branch.close()
