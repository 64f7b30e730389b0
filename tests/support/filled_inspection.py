"""One quarterly inspection of the sample branch in the middle of its self check, as a clerk would have it."""

from __future__ import annotations

from branchdesk.domain.inspections.model import InspectionState, ProofSlot, Stage
from branchdesk.services.inspections import answering, issues, life, planning, proofs, reading
from branchdesk.services.inspections.issues import IssueEntry
from branchdesk.services.organisations import root_of
from branchdesk.ui.desk import Desk
from support.held_meetings import held_assembly

QUARTER = "inspection.quarter"
YEAR, NUMBER = 2026, 4
PROBLEM = "10月22日书记党课只有提纲，讲稿没有整理成文，未归档。"
MEASURES = "11月24日前整理讲稿全文，书记签字后扫描归档；今后课前3天交讲稿。"


def line_id(desk: Desk, uid: str, number: str) -> str:
    """The id of a line by its number on the paper."""
    lines = reading.sheet(desk.branch, uid).scheme.indicators
    return next(one.id for one in lines if one.number == number)


def begun_inspection(desk: Desk) -> str:
    """The inspection of the fourth quarter of 2026, issued and with nothing in it; made once."""
    branch = desk.branch
    for row in reading.inspection_list(branch):
        if (row.kind, row.year, row.number) == (QUARTER, YEAR, NUMBER):
            return row.uid
    outcome = planning.start_inspection(branch, QUARTER, root_of(branch), YEAR, NUMBER)
    desk.adopt(outcome)
    desk.adopt(life.move(branch, outcome.uid, InspectionState.ISSUED))
    return outcome.uid


def filled_inspection(desk: Desk) -> str:
    """The same, partly scored, with evidence and a problem on B4; made once."""
    branch = desk.branch
    known = [row for row in reading.inspection_list(branch) if (row.kind, row.number) == (QUARTER, NUMBER)]
    if known and reading.sheet(branch, known[0].uid).issues:
        return known[0].uid
    meeting = held_assembly(desk)
    uid = begun_inspection(desk)

    def at(number: str) -> str:
        return line_id(desk, uid, number)

    for number, score, reason in (
        ("A1", "3", ""),
        ("A2", "2", ""),
        ("A5", "1.5", "公开栏没有按月更新"),
        ("B1", "3", ""),
        ("B4", "1.5", "讲稿没有整理成文"),
        ("B5", "2", ""),
        ("E1", "5", ""),
    ):
        desk.adopt(answering.set_score(branch, uid, at(number), Stage.SELF, score, reason))
    lecture = at("B4")
    desk.adopt(
        answering.write_line(
            branch,
            uid,
            lecture,
            {
                "plan": "10月22日由书记讲一次党课，宣传委员备讲稿。",
                "record": "10月22日已讲，应到24人，实到22人。",
            },
        )
    )
    desk.adopt(proofs.add_proof(branch, uid, lecture, ProofSlot.RECORD, "record", meeting))
    content = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    desk.adopt(
        proofs.attach_proof_content(branch, uid, lecture, ProofSlot.RECORD, "10月22日党课签到表.pdf", content)
    )
    home = root_of(branch)
    entry = IssueEntry(
        PROBLEM,
        found_on="2026.11.16",
        responsible="周建国",
        measures=MEASURES,
        due_on="2026.11.24",
        lost_points="1.5",
    )
    raised = issues.raise_issue(branch, home, entry, found_in=uid, indicator=lecture)
    desk.adopt(raised)
    desk.adopt(issues.order(branch, raised.uid))
    return uid
