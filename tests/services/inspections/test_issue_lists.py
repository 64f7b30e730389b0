"""The ledger of problems: filters, days overdue, and what earlier quarters left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.domain.inspections.issues import IssueSource, IssueState
from branchdesk.services.inspections import issues, reading
from branchdesk.services.inspections.issues import IssueEntry, IssueQuery
from branchdesk.storage.branch import Branch
from services.inspections.ready import ready, with_a_signed_sheet
from services.meetings.scenes import House
from support.branches import SettableClock
from support.problems import refused
from support.quarter_sheets import begun, problem


def with_a_ledger(branch: Branch) -> tuple[House, dict[str, str]]:
    """Five problems in different states, by the word that begins them."""
    house, quarter = with_a_signed_sheet(branch)
    found = {"方案": problem(house.branch, quarter, text="方案没有")}

    def raised(text: str, source: IssueSource, **fields: str) -> str:
        entry = IssueEntry(text, source, **fields)
        return issues.raise_issue(house.branch, house.root, entry).uid

    found["名册"] = raised("名册有误", IssueSource.SUPERIOR, found_on="2026.10.1", due_on="2026.10.20")
    found["公开"] = raised(
        "公开栏没有更新", IssueSource.PUBLIC, found_on="2026.10.5", responsible="何静", due_on="2026.11.1"
    )
    issues.complete(house.branch, found["公开"], "2026.11.4", "已更新")
    found["签到"] = raised("签到表缺一份", IssueSource.SPOT_CHECK, found_on="2026.10.6", responsible="何静")
    issues.complete(house.branch, found["签到"], "2026.10.8", "已补")
    issues.verify(house.branch, found["签到"], "赵立新", "2026.10.9", passed=True)
    found["去年"] = raised("去年的问题", IssueSource.SUPERIOR, found_on="2025.12.1", due_on="2025.12.20")
    return house, found


@pytest.fixture
def filled(tmp_path: Path, the_clock: SettableClock) -> tuple[House, dict[str, str]]:
    the_clock.set(2026, 11, 21)
    return ready(tmp_path, with_a_ledger)


@pytest.fixture
def house(filled: tuple[House, dict[str, str]]) -> House:
    """The branch of the tests, which has problems."""
    return filled[0]


@pytest.fixture
def ledger(filled: tuple[House, dict[str, str]]) -> dict[str, str]:
    """Its problems by the word that begins them."""
    return filled[1]


def listed(house: House, query: IssueQuery) -> list[str]:
    """The first two characters of the problems that a list shows."""
    return [row.issue.text[:2] for row in issues.issue_list(house.branch, query)]


def test_everything_stands_in_the_order_of_finding_with_state_and_days_overdue(
    house: House, ledger: dict[str, str]
) -> None:
    rows = issues.issue_list(house.branch)
    assert [(row.issue.text[:2], row.state, row.overdue) for row in rows] == [
        ("去年", IssueState.OPEN, 336),
        ("名册", IssueState.OPEN, 32),
        ("公开", IssueState.DONE, 3),
        ("签到", IssueState.VERIFIED, 0),
        ("方案", IssueState.RECTIFYING, 0),
    ]
    last = rows[-1]
    assert (last.found_in_title, last.line) == ("2026年第四季度党建工作检查表", "C4")
    assert last.organisation_name == "河西村党支部"
    assert last.uid == ledger["方案"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (IssueQuery(year=2026), ["名册", "公开", "签到", "方案"]),
        (IssueQuery(year=2025), ["去年"]),
        (IssueQuery(state="open"), ["去年", "名册"]),
        (IssueQuery(state="verified"), ["签到"]),
        (IssueQuery(source="superior"), ["去年", "名册"]),
        (IssueQuery(overdue_only=True), ["去年", "名册", "公开"]),
        (IssueQuery(open_only=True, year=2026), ["名册", "公开", "方案"]),
        (IssueQuery(responsible="何静"), ["公开", "签到"]),
        (IssueQuery(text="更新 公开"), ["公开"]),
        (IssueQuery(text="已补"), ["签到"]),
        (IssueQuery(text="%"), []),
        (IssueQuery(found_in="nowhere"), []),
        (IssueQuery(place="nowhere"), []),
    ],
)
def test_the_ledger_is_narrowed(
    house: House, ledger: dict[str, str], query: IssueQuery, shown: list[str]
) -> None:
    assert listed(house, query) == shown
    assert ledger


def test_the_ledger_is_narrowed_by_place_person_and_inspection(house: House, ledger: dict[str, str]) -> None:
    other = house.groups["第一党小组"]
    issues.raise_issue(house.branch, other, IssueEntry("小组会没有记录"))
    assert listed(house, IssueQuery(place=other)) == ["小组"]
    assert len(listed(house, IssueQuery(place=house.root))) == 6
    assert listed(house, IssueQuery(responsible=house.people["何静"])) == ["公开", "签到"]
    quarter = issues.issue(house.branch, ledger["方案"]).found_in or ""
    assert listed(house, IssueQuery(found_in=quarter)) == ["方案"]


def test_what_is_not_verified_stays_in_the_ledger_over_all_years(
    house: House, ledger: dict[str, str], the_clock: SettableClock
) -> None:
    the_clock.set(2027, 4, 8)
    assert listed(house, IssueQuery(open_only=True)) == ["去年", "名册", "公开", "方案"]
    with refused("已经不在了"):
        issues.issue(house.branch, "nowhere")
    assert ledger


def test_the_list_of_inspections_counts_the_problems_of_each(house: House, ledger: dict[str, str]) -> None:
    begun(house.branch, number=3)
    assert [row.issues_open for row in reading.inspection_list(house.branch)] == [1, 0]
    issues.complete(house.branch, ledger["方案"], "今天", "已补")
    issues.verify(house.branch, ledger["方案"], "赵立新", "今天", passed=True)
    assert [row.issues_open for row in reading.inspection_list(house.branch)] == [0, 0]
