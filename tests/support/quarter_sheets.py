"""Inspections of a quarter as clerks would fill them: begun, checked, fed back, with problems and proof."""

from __future__ import annotations

from collections.abc import Mapping

from branchdesk.domain.inspections.model import InspectionState, Stage
from branchdesk.services.inspections import answering, issues, life, planning, proofs, reading
from branchdesk.services.inspections.issues import IssueEntry
from branchdesk.services.inspections.sheets import Sheet
from branchdesk.services.organisations import root_of
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes
from branchdesk.storage.inspections import write_answers

QUARTER, SMALL, SPOT_CHECK = "inspection.quarter", "inspection.small", "inspection.spot_check"
YEAR, NUMBER = 2026, 4
INSPECTORS = "赵立新、邹丽"
LOST: Mapping[str, tuple[str, str]] = {"C4": ("3.5", "12 月无方案")}


def begun(branch: Branch, kind: str = QUARTER, year: int = YEAR, number: int = NUMBER) -> str:
    """The inspection of a quarter, begun and nothing written on it; its uid."""
    return planning.start_inspection(branch, kind, root_of(branch), year, number).uid


def line_of(sheet: Sheet, number: str) -> str:
    """The id of the line of a number, such as C4."""
    return next(one.id for one in sheet.scheme.indicators if one.number == number)


def self_checked(branch: Branch, uid: str, lost: Mapping[str, tuple[str, str]] = LOST) -> None:
    """Fill every line and go on to the self check; `lost` are scores with their reasons by line number."""
    fill(branch, uid, lost)
    for state in (InspectionState.ISSUED, InspectionState.SELF_CHECKED):
        step(branch, uid, state)


def fill(branch: Branch, uid: str, lost: Mapping[str, tuple[str, str]] = LOST) -> None:
    """Give every line its score: what the records say where they say something, else full points."""
    sheet = reading.sheet(branch, uid)
    answered = [line.indicator.id for line in sheet.self_lines if line.score is not None]
    answering.confirm(branch, uid, answered)
    fill_the_rest(branch, uid)
    for number, (score, reason) in lost.items():
        answering.set_score(branch, uid, line_of(sheet, number), Stage.SELF, score, reason)


def fill_the_rest(branch: Branch, uid: str) -> Changes:
    """Give full points to every line that has no score, as one change: tests have no time to type."""
    missing = [one for one in reading.sheet(branch, uid).self_lines if one.counts and one.score is None]
    with branch.change("自评") as change:
        full = {(one.indicator.id, Stage.SELF.value, "score"): str(one.points) for one in missing}
        write_answers(change, uid, full)
    return change.result


def inspected(branch: Branch, uid: str) -> None:
    """Go on from the self check to the inspection: two inspectors who agree with every score."""
    answering.set_head(branch, uid, {"inspectors": INSPECTORS})
    step(branch, uid, InspectionState.INSPECTED)
    answering.take_over_self_scores(branch, uid)


def fed_back(branch: Branch, *, kind: str = QUARTER, year: int = YEAR, number: int = NUMBER) -> str:
    """An inspection that was filled, inspected and fed back, C4 with half a point less; its uid."""
    uid = begun(branch, kind, year, number)
    self_checked(branch, uid)
    inspected(branch, uid)
    step(branch, uid, InspectionState.FED_BACK)
    return uid


def step(branch: Branch, uid: str, to: InspectionState) -> Changes:
    """Take one step, whatever warnings there are."""
    return life.move(branch, uid, to, accept=True).changes


def problem(
    branch: Branch,
    uid: str,
    number: str = "C4",
    text: str = "12 月主题党日缺活动方案",
    *,
    responsible: str = "孙晓燕",
) -> str:
    """A problem found on a line of an inspection, with measures and somebody responsible; its uid."""
    line = line_of(reading.sheet(branch, uid), number)
    entry = IssueEntry(text, responsible=responsible, measures="方案前置审批", lost_points="0.5")
    return issues.raise_issue(branch, root_of(branch), entry, found_in=uid, indicator=line).uid


def first_candidate(branch: Branch, uid: str, number: str) -> str:
    """Put the first record that is proposed under a line; the uid of the proof."""
    line = line_of(reading.sheet(branch, uid), number)
    found = proofs.candidates(branch, uid, line)[0]
    return proofs.add_proof(branch, uid, line, "record", found.entity, found.uid).line
