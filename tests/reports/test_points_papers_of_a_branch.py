"""What the papers of points take from a branch file."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Table
from branchdesk.errors import Problem
from branchdesk.i18n import Language, speak
from branchdesk.reports.points.papers import (
    POINTS_PAPERS,
    points_matter,
    points_paper,
    points_workbook,
    publicity_of,
    publicity_workbook,
)
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.services.organisations import root_of
from branchdesk.services.points import entering
from branchdesk.services.points.reading import points_sheet
from branchdesk.services.points.sample_points import sample_points
from branchdesk.services.sample import import_sample
from branchdesk.storage.branch import Branch
from reports.golden_texts import told
from support.branches import SettableClock, add, founded, sample_people, unlocked

YEAR = 2026


@cache
def _template() -> Path:
    """The sample people with their meetings and points, in a closed branch file that every test copies."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch = founded(folder)
    import_sample(branch)
    sample_meetings(branch, YEAR)
    sample_points(branch)
    branch.close()
    return branch.path


@pytest.fixture
def sampled(tmp_path: Path, the_clock: SettableClock) -> Branch:
    """The sample people with their meetings and points, on 21 November 2026."""
    the_clock.set(YEAR, 11, 21)
    return unlocked(shutil.copytree(_template(), tmp_path / "sampled"))


def paper(branch: Branch, kind: str, year: int = YEAR, **more: object) -> str:
    """What a paper says."""
    return told(points_paper(branch, root_of(branch), year, kind, **more))  # type: ignore[arg-type]


def test_the_sample_branch_has_every_paper_in_chinese_and_a_page_for_each_member(sampled: Branch) -> None:
    chinese = {kind: paper(sampled, kind) for kind in POINTS_PAPERS}
    speak(Language.ENGLISH)
    assert {kind: paper(sampled, kind) for kind in POINTS_PAPERS} == chinese
    here = [one for one in points_sheet(sampled, root_of(sampled), YEAR).people if one.here]
    assert count_pages(points_paper(sampled, root_of(sampled), YEAR, "member")) == len(here) > 20


def test_a_publicity_is_of_the_last_month_that_is_over_unless_one_is_named(
    sampled: Branch, the_clock: SettableClock
) -> None:
    home = root_of(sampled)
    assert publicity_of(sampled, home, YEAR).title == "2026年10月党员积分公示表"
    assert publicity_of(sampled, home, YEAR, 3).matter.until == date(2026, 3, 31)
    assert "11月尚未结束，本表为截至2026年11月21日的情况。" in paper(sampled, "publicity", month=11)
    the_clock.set(2027, 1, 4)
    assert publicity_of(sampled, home, YEAR).month == 12
    assert publicity_of(sampled, home, 2027).month == 1


def test_a_publicity_says_what_the_window_shows_until_its_day(sampled: Branch) -> None:
    sheet = points_sheet(sampled, root_of(sampled), YEAR, date(2026, 6, 30))
    document = points_paper(sampled, root_of(sampled), YEAR, "publicity", month=6)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    place = [one.label for one in table.columns].index("累计")
    shown = [float(row[place]) for row in table.rows]
    assert shown == [float(one.total) for one in sheet.people if one.here]


def test_months_and_years_to_come_are_refused(sampled: Branch) -> None:
    with pytest.raises(Problem, match="2026 年 12 月还没有到"):
        paper(sampled, "publicity", month=12)
    with pytest.raises(Problem, match="2027 年还没有到"):
        points_matter(sampled, root_of(sampled), 2027)


def test_pages_are_of_the_people_who_were_asked_for_in_their_order(sampled: Branch) -> None:
    people = points_sheet(sampled, root_of(sampled), YEAR).people
    said = paper(sampled, "member", people=[people[3].person, people[1].person])
    assert [line[3:] for line in said.splitlines() if line.startswith("== ")] == [
        people[3].name,
        people[1].name,
    ]
    with pytest.raises(Problem, match="没有这名党员"):
        paper(sampled, "member", people=["nobody"])


def test_an_entry_that_was_reversed_is_gone_from_the_total_and_stays_on_the_page(sampled: Branch) -> None:
    home = root_of(sampled)
    one = next(one for one in points_sheet(sampled, home, YEAR).people if len(one.tally.lines) > 3)
    line = next(line for line in one.tally.lines if line.counted)
    entering.reverse_entry(sampled, line.entry.uid, "重复登记")
    said = paper(sampled, "member", people=[one.person])
    assert "已经冲正，不计分。原因：重复登记。" in said


def test_where_nothing_was_entered_yet_the_papers_say_so(branch: Branch, the_clock: SettableClock) -> None:
    the_clock.set(YEAR, 11, 21)
    for kind in ("publicity", "member"):
        with pytest.raises(Problem, match="名册里没有党员"):
            paper(branch, kind)
    with pytest.raises(Problem, match="名册里没有党员"):
        points_workbook(branch, root_of(branch), YEAR)
    add(branch, [{**sample_people(1)[0], "name": "高峰"}])
    with pytest.raises(Problem, match="2026 年没有兑换过，台账是空的"):
        paper(branch, "redemptions")
    with pytest.raises(Problem, match="还没有登记兑换物品"):
        paper(branch, "rewards")
    assert "高　峰" in paper(branch, "publicity")
    assert "认领" in paper(branch, "tasks")


def test_workbooks_hold_the_month_and_the_year(sampled: Branch) -> None:
    home = root_of(sampled)
    names = {}
    for name, content in (
        ("month", publicity_workbook(sampled, home, YEAR, 9)),
        ("year", points_workbook(sampled, home, YEAR)),
    ):
        book = openpyxl.load_workbook(io.BytesIO(content))
        names[name] = book.sheetnames
        book.close()
    assert names == {
        "month": ["积分公示", "积分台账"],
        "year": ["积分汇总", "积分台账", "兑换台账", "兑换物品"],
    }
