"""Meetings: single minutes against LibreOffice, a volume, and lists that must not grow with the years.

CPU seconds of the process, LibreOffice's those of its own process; only the ratios mean anything.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from benchmarks.bench_paper import libreoffice
from benchmarks.measuring import Cost, Measurement, cheap_keys, compare, place, shown
from branchdesk.documents.docx import write_docx
from branchdesk.documents.pdf import write_pdf
from branchdesk.reports.meetings.papers import meeting_paper, volume_paper
from branchdesk.services import sample
from branchdesk.services.meetings.counting import activity_counts
from branchdesk.services.meetings.reading import MeetingQuery, meeting, meeting_list
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import root_of

YEAR = 2025
_OLDER = range(1996, YEAR)
_SINGLE = 200


def sample_branch() -> Branch:
    """A branch of 24 members with the sixty meetings of one year."""
    cheap_keys()
    folder = place() / "meetings"
    shutil.rmtree(folder, ignore_errors=True)
    branch, _key = sample.found_sample(folder)
    sample.import_sample(branch)
    sample_meetings(branch, YEAR)
    return branch


def papers(branch: Branch) -> Iterator[Measurement]:
    """Two hundred minutes one by one against LibreOffice and against one volume."""
    uids = [row.uid for row in meeting_list(branch, MeetingQuery(year=YEAR))]
    wanted = [uids[number % len(uids)] for number in range(_SINGLE)]
    documents = [meeting_paper(branch, uid, "minutes") for uid in wanted]
    root = root_of(branch)
    cost = compare(
        {
            "single": lambda: [write_pdf(document) for document in documents],
            "asked": lambda: [meeting_paper(branch, uid, "minutes") for uid in wanted],
            "volume": lambda: write_pdf(volume_paper(branch, root, YEAR)),
        },
        rounds=3,
    )
    yield Measurement(f"{_SINGLE} minutes as PDF: asking the services / setting them", *_pair(cost, "asked"))
    yield Measurement("volume of 60 meetings / 200 single minutes", *_pair(cost, "volume"))
    start = libreoffice(write_docx(documents[0]), "start.docx")
    office = libreoffice(write_docx(volume_paper(branch, root, YEAR)), "volume.docx")
    if start is not None and office is not None:
        per_file = start * _SINGLE
        yield Measurement(
            f"{_SINGLE} single minutes: LibreOffice one by one / ours",
            per_file / cost["single"].median,
            "≥ 6",
        )
        yield Measurement("volume of 60 meetings: LibreOffice / ours", office / cost["volume"].median)


def _pair(cost: Mapping[str, Cost], name: str) -> tuple[float, str, str]:
    own, single = cost[name].median, cost["single"].median
    return own / single, "", shown(own)


def growth(branch: Branch) -> Iterator[Measurement]:
    """Lists of one year in a file of one year and in one of thirty."""
    root, (first, last) = root_of(branch), (date(YEAR, 1, 1), date(YEAR, 12, 31))
    query = MeetingQuery(year=YEAR)
    uid = meeting_list(branch, query)[0].uid
    works: dict[str, Callable[[], object]] = {
        "list of a year": partial(meeting_list, branch, query),
        "counts of a year": partial(activity_counts, branch, root, first, last),
        "one meeting": partial(meeting, branch, uid),
    }
    before = compare(works)
    for year in _OLDER:
        sample_meetings(branch, year)
    after = compare(works)
    for name, cost in after.items():
        yield Measurement(
            f"growth 60 → {60 * (len(_OLDER) + 1):,} meetings: {name}",
            cost.median / before[name].median,
            "≤ 1.3",
            cost.here,
        )


def measure() -> Iterator[Measurement]:
    """Every measurement of meetings."""
    branch = sample_branch()
    try:
        yield from papers(branch)
        yield from growth(branch)
    finally:
        branch.close()
