"""Makes the branch file of the present schema that later programs must be able to open.

Run it once when a schema is released: `python tests/data/make_branch_files.py`. It writes
`branch_files/<schema>/` and never touches a folder that is there already, since only files of the old
programs prove anything. Every person in it is invented; the password stands in `branch_files/README.md`.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from branchdesk import clock  # noqa: E402 - the tests' folder must be found first
from branchdesk.domain.inspections.issues import IssueSource  # noqa: E402
from branchdesk.domain.inspections.model import Stage  # noqa: E402
from branchdesk.domain.meetings.model import MeetingState, Presence  # noqa: E402
from branchdesk.domain.members import EventKind  # noqa: E402
from branchdesk.domain.organisations import OrganisationKind  # noqa: E402
from branchdesk.partial_dates import PartialDate  # noqa: E402
from branchdesk.services import attachments, branches, history, members, organisations, rosters  # noqa: E402
from branchdesk.services.inspections import answering, issues  # noqa: E402
from branchdesk.services.inspections import reading as inspected  # noqa: E402
from branchdesk.services.inspections.issues import IssueEntry  # noqa: E402
from branchdesk.services.inspections.planning import start_inspection  # noqa: E402
from branchdesk.services.meetings import attending, deciding, editing, life, planning, reading  # noqa: E402
from branchdesk.services.meetings.deciding import DecisionEntry  # noqa: E402
from branchdesk.storage import keyring  # noqa: E402
from branchdesk.storage.branch import Branch  # noqa: E402
from branchdesk.storage.migrations import HEAD  # noqa: E402
from support.branches import CLERK, PASSWORD, add, edit, founding, record, sample_people  # noqa: E402

DAYS = (date(1999, 6, 30), date(2015, 1, 1), date(2021, 3, 1), date(2026, 11, 20))
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def fill(branch: Branch) -> None:
    """Do a little of everything."""
    uids = add(branch, sample_people(12, 11))
    root = organisations.root_of(branch)
    record(branch, uids[0], EventKind.DEPARTED, "2020.5", place="外地某支部")
    record(branch, uids[0], EventKind.ARRIVED, "2022.3.1", organisation=root)
    record(branch, uids[1], EventKind.SUSPENDED, "2019.8.8")
    record(branch, uids[2], EventKind.DIED, "2021.2.28")
    edit(branch, uids[3], group="第二党小组", note="一行\n两行", confirmed_on="说不清")
    organisations.begin_term(branch, root, "第三届", date(2024, 5, 10))
    organisations.appoint(branch, root, uids[4], "secretary", PartialDate(2024, 5, 10))
    organisations.appoint(branch, root, uids[5], "deputy", PartialDate(2024, 5))
    organisations.rename_from(
        branch, root, "中共青石镇河西社区支部委员会", "河西社区党支部", date(2020, 1, 1)
    )
    organisations.add_organisation(branch, root, OrganisationKind.GROUP, "第三党小组")
    attachments.set_photo(branch, uids[6], "照片.png", PHOTO)
    members.move_to_bin(branch, [uids[7]], "录重了")
    branch.undo(edit(branch, uids[8], name="写错了").changes.seq)
    hold_meeting(branch, root)
    inspect(branch, root)


def hold_meeting(branch: Branch, root: str) -> None:
    """An assembly with everything in it, on its way to be final."""
    typed = {"held": "2026.11.12 15:00-16:30", "place": "党员活动室", "topic": "学习全会精神"}
    uid = planning.plan_meeting(branch, "meeting.assembly", root, typed).uid
    editing.set_agenda(branch, uid, [(None, "学习全会精神")])
    for state in (MeetingState.NOTICED, MeetingState.HELD):
        life.move(branch, uid, state)
    there = reading.meeting(branch, uid).attendance
    attending.mark(branch, uid, {one.uid: Presence.PRESENT for one in there})
    editing.set_minutes(branch, uid, "一、学习全会精神\n会议逐段学习了公报，要求结合岗位抓好落实。")
    deciding.add_decision(branch, uid, DecisionEntry("每人写一篇心得", due_on="2026.12.1"))


def inspect(branch: Branch, root: str) -> None:
    """An inspection with one line scored, and a problem that was found there, rectified and verified."""
    uid = start_inspection(branch, "inspection.small", root, 2026, 3).uid
    line = inspected.sheet(branch, uid).scheme.indicators[0]
    answering.write_line(branch, uid, line.id, {"plan": "按季度计划", "record": "已按计划完成"})
    answering.set_score(branch, uid, line.id, Stage.CHECK, "1", "缺一次记录")
    entry = IssueEntry("缺一次会议记录", IssueSource.INSPECTION, found_on="2026.10.8", responsible="王敏")
    problem = issues.raise_issue(branch, root, entry, found_in=uid, indicator=line.id).uid
    issues.order(branch, problem)
    issues.complete(branch, problem, "2026.10.16", "已补记")
    issues.verify(branch, problem, "陈立", "2026.10.19", passed=True, opinion="属实")


def told(branch: Branch) -> dict[str, object]:
    """What every later program must still say about the file."""
    report = history.check_chain(branch)
    on_day = {
        day.isoformat(): sorted(row.values["name"] or "" for row in rosters.roster_on(branch, day).rows)
        for day in DAYS
    }
    meetings = [[row.title, row.present] for row in reading.meeting_list(branch)]
    inspections = [[row.title, str(row.check_score)] for row in inspected.inspection_list(branch)]
    problems = [[row.issue.text, row.state.value] for row in issues.issue_list(branch)]
    return {
        "meetings": meetings,
        "inspections": inspections,
        "issues": problems,
        "changes": report.changes,
        "chain_head": report.head,
        "roster_on": on_day,
    }


def make(folder: Path) -> None:
    """Write the branch file into a folder that is not there yet."""
    keyring._COST.update({"memory": 64, "passes": 1, "lanes": 1})
    clock.now = lambda: datetime(2026, 11, 20, 4, tzinfo=UTC)
    branch, _card = branches.found_branch(folder, founding(), CLERK, PASSWORD)
    fill(branch)
    content = json.dumps(told(branch), ensure_ascii=False, indent=1)
    branch.close()
    (folder / "branch.lock").unlink()
    (folder / "told.json").write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    target = HERE / "branch_files" / HEAD
    if target.exists():
        sys.exit(f"{target.name} was made before and stays as it is")
    make(target)
