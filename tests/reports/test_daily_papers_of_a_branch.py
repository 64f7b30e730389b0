"""What the papers of daily records take from a branch file."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from branchdesk.documents.layout import count_pages
from branchdesk.i18n import Language, speak
from branchdesk.reports.daily.papers import DAILY_PAPERS, daily_paper, daily_workbook
from branchdesk.services.daily.reading import daily_year
from branchdesk.services.daily.sample_daily import sample_daily
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.services.organisations import root_of
from branchdesk.services.sample import import_sample
from branchdesk.storage.branch import Branch
from reports.golden_texts import told
from support.branches import SettableClock, founded, unlocked
from support.problems import refused

YEAR = 2026


@cache
def _template() -> Path:
    """The sample people with their meetings and records, in a closed branch file that every test copies."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    import_sample(branch)
    sample_meetings(branch, YEAR)
    sample_daily(branch)
    branch.close()
    return branch.path


@pytest.fixture
def sampled(tmp_path: Path, the_clock: SettableClock) -> Branch:
    """The sample people with their meetings and records, on 21 November 2026."""
    the_clock.set(YEAR, 11, 21)
    return unlocked(shutil.copytree(_template(), tmp_path / "sampled"))


def paper(branch: Branch, kind: str, year: int = YEAR, **more: object) -> str:
    """What a paper says."""
    return told(daily_paper(branch, root_of(branch), year, kind, **more))  # type: ignore[arg-type]


def test_every_member_has_a_page_in_chinese(sampled: Branch) -> None:
    chinese = {kind: paper(sampled, kind) for kind in DAILY_PAPERS}
    speak(Language.ENGLISH)
    try:
        assert {kind: paper(sampled, kind) for kind in DAILY_PAPERS} == chinese
    finally:
        speak(Language.CHINESE)
    here = [one for one in daily_year(sampled).people if one.here]
    assert count_pages(daily_paper(sampled, root_of(sampled), YEAR, "month")) == len(here) > 20
    assert "2026年10月" in chinese["month"], "the last month that is over"


def test_a_sheet_shows_what_meetings_and_study_say_of_the_month(sampled: Branch) -> None:
    person = daily_year(sampled).people[0]
    said = paper(sampled, "month", month=7, people=[person.person])
    assert f"# {person.name}2026年7月党员日常表现写实表" in said
    assert "/ 参加组织生活 / 应到 " in said
    assert " 学时" in said
    assert "/ 本月积分 / — /" in said, "this branch keeps no points"


def test_what_cannot_be_printed_is_said(sampled: Branch) -> None:
    with refused("2026 年 12 月还没有到"):
        paper(sampled, "month", month=12)
    with refused("2027 年还没有到"):
        paper(sampled, "year", 2027)
    with refused("没有这名党员"):
        paper(sampled, "year", people=["nobody"])


def test_nobody_on_the_roster_is_no_paper(branch: Branch) -> None:
    with refused("名册里没有党员"):
        daily_paper(branch, root_of(branch), YEAR, "year")
    with refused("名册里没有党员"):
        daily_workbook(branch, root_of(branch), YEAR)


def test_the_workbook_has_a_line_for_everybody_and_every_month(sampled: Branch) -> None:
    book = openpyxl.load_workbook(io.BytesIO(daily_workbook(sampled, root_of(sampled), YEAR)))
    year = daily_year(sampled)
    sums = [row for row in book["年度统计"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(sums) == len(year.people)
    months = [row for row in book["逐月写实"].iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(months) == sum(len(one.records) for one in year.people)
