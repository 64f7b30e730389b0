"""Inspections, problems and spot checks of the sample branch as clerks would have them."""

from __future__ import annotations

from branchdesk.domain.inspections.issues import IssueSource
from branchdesk.services.inspections import issue_lists, issues, planning, reading, spot_checks
from branchdesk.services.inspections.issues import IssueEntry
from branchdesk.services.organisations import root_of
from branchdesk.ui.desk import Desk
from support.filled_inspection import NUMBER, QUARTER, YEAR, begun_inspection

NO_PLAN = "12月主题党日没有活动方案，只有签到和照片。"
LATE = "3名党员的信息变化后没有在5日内更新名册。"
PUBLIC = "群众反映公开栏两个月没有更新。"


def inspected(desk: Desk, number: int = 3, year: int = 2026) -> str:
    """The inspection of a quarter with nothing in it; that of the fourth is issued already. Made once."""
    branch = desk.branch
    if (number, year) == (NUMBER, YEAR):
        return begun_inspection(desk)
    for row in reading.inspection_list(branch):
        if (row.kind, row.year, row.number) == (QUARTER, year, number):
            return row.uid
    outcome = planning.start_inspection(branch, QUARTER, root_of(branch), year, number)
    desk.adopt(outcome)
    return outcome.uid


def problems(desk: Desk) -> list[str]:
    """Three problems: an overdue one of an inspection, one that waits for verification, one of the public."""
    branch = desk.branch
    known = {row.issue.text: row.uid for row in issue_lists.issue_list(branch)}
    if NO_PLAN in known:
        return [known[text] for text in (NO_PLAN, LATE, PUBLIC)]
    home, uid = root_of(branch), inspected(desk)
    line = next(one for one in reading.sheet(branch, uid).scheme.indicators if one.number == "C4")
    entries = (
        IssueEntry(
            NO_PLAN,
            found_on="2026.10.9",
            responsible="何静",
            measures="方案前置审批，没有方案不通知。",
            due_on="2026.10.31",
            lost_points="0.5",
        ),
        IssueEntry(
            LATE,
            IssueSource.SUPERIOR,
            found_on="2026.10.20",
            responsible="李敏",
            measures="每周五核对一次名册。",
            due_on="2026.11.30",
        ),
        IssueEntry(PUBLIC, IssueSource.PUBLIC, found_on="2026.11.12"),
    )
    made = []
    for place, entry in enumerate(entries):
        found = {"found_in": uid, "indicator": line.id} if place == 0 else {}
        outcome = issues.raise_issue(branch, home, entry, **found)
        desk.adopt(outcome)
        made.append(outcome.uid)
    desk.adopt(issues.order(branch, made[0]))
    desk.adopt(issues.complete(branch, made[1], "2026.11.10", "名册已核对，差错已改。"))
    return made


def spot_checked(desk: Desk) -> str:
    """A spot check of three members with one finding; made once."""
    branch = desk.branch
    known = spot_checks.spot_check_list(branch)
    if known:
        return known[0].uid
    outcome = spot_checks.draw_spot_check(branch, root_of(branch), "members", 3, seed=20261121)
    desk.adopt(outcome)
    check = spot_checks.spot_check(branch, outcome.uid)
    noted = spot_checks.note_finding(branch, outcome.uid, check.lines[1].uid, "手机号还是旧的。")
    desk.adopt(noted)
    return outcome.uid
