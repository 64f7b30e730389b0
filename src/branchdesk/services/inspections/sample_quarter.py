"""Inspections of an invented branch: the last quarter, the running one half filled, a spot check.

The same for every day on which they are made, but for whom the lot falls on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from branchdesk import clock
from branchdesk.domain.inspections.deadlines import Period, period_of, rectify_due
from branchdesk.domain.inspections.issues import Issue, IssueSource
from branchdesk.domain.inspections.model import Fact, Indicator, InspectionState, ProofSlot, Stage
from branchdesk.domain.inspections.scoring import fingerprint, shown
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, speaking_chinese
from branchdesk.services import organisations
from branchdesk.services.frozen_texts import seal
from branchdesk.services.inspections import proofs, spot_checks
from branchdesk.services.inspections.frozen import freeze
from branchdesk.services.inspections.planning import start_inspection
from branchdesk.services.inspections.reading import sheet
from branchdesk.services.inspections.sample_answers import (
    AGREED,
    ANSWERS,
    INSPECTORS,
    LEADER,
    LEFT_FOR_LATER,
    NO_ANSWER,
    OPINION,
    OVERDUE,
    PAPER_SCHEMES,
    PAPER_YEAR,
    RECTIFYING,
    SPOT_FINDING,
    VERIFIED,
    SampleIssue,
)
from branchdesk.services.inspections.sample_files import PICTURE_NAME, REPORT_NAME, picture, report
from branchdesk.services.inspections.sheets import Sheet
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Change
from branchdesk.storage.inspection_numbers import next_order, next_slip
from branchdesk.storage.inspections import COUNT, WHY, write_answers
from branchdesk.storage.meeting_people import PersonOnDay, around_of
from branchdesk.storage.record_writing import write_values

_KIND = "inspection.quarter"
_SCHEMES = "theme_day.without_plan"
_DRAWN = 3
_TERM_BEGAN = (5, 20)  # month and day, two years before
_LATER = 10  # days from today by which the problem in rectification is due

Values = dict[tuple[str, str, str], str | None]


class SampleInspections(NamedTuple):
    """The uids of what was made."""

    finished: str
    running: str
    spot_check: str


def sample_inspections(branch: Branch, organisation: str | None = None) -> SampleInspections:
    """Give a branch with people two inspections with their problems and a spot check."""
    home, today = organisation or organisations.root_of(branch), clock.today()
    running = period_of(today, "quarter")
    with speaking_chinese():
        _begin_term(branch, home, today)
        finished = _finished(branch, home, running.previous(), today)
        return SampleInspections(finished, _running(branch, home, running), _spot_check(branch, home, today))


def _begin_term(branch: Branch, home: str, today: date) -> None:
    """Enter when the committee was elected, where nobody has."""
    if not organisations.organisation_file(branch, home).terms:
        organisations.begin_term(branch, home, "第五届", date(today.year - 2, *_TERM_BEGAN))


def _begun(branch: Branch, home: str, period: Period, day: date) -> str:
    """A new inspection that was issued on `day`."""
    uid = start_inspection(branch, _KIND, home, period.year, period.number).uid
    with branch.change(_("载入示例检查表")) as change:
        values = {"state": InspectionState.ISSUED.value, "entered_on": day.isoformat()}
        change.update(tables.record, uid, values)
    return uid


# ---- the finished quarter


def _finished(branch: Branch, home: str, period: Period, today: date) -> str:
    """The inspection of a quarter that is over: scored, signed for, and three problems on their way."""
    inspected, fed_back = (min(period.end + timedelta(days=days), today) for days in (8, 12))
    uid = _begun(branch, home, period, min(period.start + timedelta(days=7), today))
    _write(branch, uid, _own_answers(sheet(branch, uid, fed_back)))
    _attach(branch, uid, period)
    checked = sheet(branch, uid, fed_back)
    with branch.read() as connection:
        _around, people = around_of(connection, home, fed_back)
    with branch.change(_("载入示例检查表")) as change:
        write_answers(change, uid, _check_answers(checked, inspected))
        write_values(
            change,
            uid,
            {
                "leader": LEADER,
                "inspectors": INSPECTORS,
                "inspected_on": inspected.isoformat(),
                "opinion": OPINION,
            },
        )
        change.update(tables.record, uid, {"state": InspectionState.INSPECTED.value})
        change.insert_many(tables.proof, _plans(checked))
        number = next_order(change.connection, home, fed_back.year)
        for place, one in enumerate((VERIFIED, RECTIFYING, OVERDUE)):
            row = _found(one, people, inspected, fed_back)
            known = {"organisation_uid": home, "found_in_uid": uid, "number": number + place}
            change.insert(tables.issue, {**row, **known})
    signed = sheet(branch, uid, fed_back)
    with branch.change(_("载入示例检查表的反馈和整改")) as change:
        _sign(change, signed)
        for issue in signed.issues:
            _go_on(change, issue, people, today)
    return uid


def _write(branch: Branch, uid: str, values: Values) -> None:
    with branch.change(_("载入示例检查表的自评")) as change:
        write_answers(change, uid, values)


def _own_answers(one: Sheet, left: frozenset[str] = frozenset()) -> Values:
    """The self check: what the records answer is confirmed, the rest typed; `left` lines stay empty."""
    on_paper = not any(proof.entity == "record" for fact in one.facts.values() for proof in fact.evidence)
    values: Values = {}
    for line in one.scheme.indicators:
        if line.points is None or line.bonus or line.id in left:
            continue
        known = ANSWERS.get(line.id, NO_ANSWER)
        values[line.id, "", "plan"] = known.plan
        values[line.id, "", "record"] = known.record
        own = {f"{COUNT}{rule}": count for rule, count in known.counts.items()}
        if own and known.reason:
            own["reason"] = known.reason
        if _is_answered(line, one.facts) and not on_paper:
            own["confirmed"] = fingerprint(line, one.facts)
            own |= _of_schemes(line, one.facts)
        elif not own:
            own["score"] = shown(line.points)
            if any(rule.fact for rule in line.rules) and on_paper:
                own["reason"] = PAPER_YEAR
        values |= {(line.id, Stage.SELF.value, key): text for key, text in own.items()}
    return values


def _is_answered(line: Indicator, facts: Mapping[str, Fact]) -> bool:
    return any(rule.fact in facts and facts[rule.fact].value is not None for rule in line.rules)


def _of_schemes(line: Indicator, facts: Mapping[str, Fact]) -> dict[str, str]:
    """One count that the clerk corrected: schemes on paper, which the records do not know of."""
    rule = next((one.id for one in line.rules if one.fact == _SCHEMES), None)
    if rule is None or (facts[_SCHEMES].value or 0) <= 1:
        return {}
    return {f"{COUNT}{rule}": "1", f"{WHY}{rule}": PAPER_SCHEMES}


def _check_answers(one: Sheet, inspected: date) -> Values:
    """The check: the inspectors agree with the branch on nearly every line."""
    values: Values = {}
    for line in one.self_lines:
        if not line.counts or line.points is None:
            continue
        known = ANSWERS.get(line.indicator.id, NO_ANSWER)
        score = Decimal(known.check) if known.check else line.score
        score = line.points if score is None else score
        own = {
            "score": shown(score),
            "by": INSPECTORS,
            "on": inspected.isoformat(),
            "method": "on_site" if known.check else "papers",
        }
        if score < line.points:
            own["reason"] = known.reason or AGREED
        values |= {(line.indicator.id, Stage.CHECK.value, key): text for key, text in own.items()}
    return values


def _plans(one: Sheet) -> list[dict[str, str | int | None]]:
    """A meeting of the committee as proof that the studies were planned, where one was held."""
    fact = one.facts.get("committee.missing")
    held = [proof for proof in fact.evidence if proof.uid] if fact else []
    return [
        {
            "record_uid": one.inspection.uid,
            "indicator": "b1",
            "slot": ProofSlot.PLAN.value,
            "entity": proof.entity,
            "target_uid": proof.uid,
            "title": proof.title,
            "on_date": proof.on or None,
            "position": 0,
        }
        for proof in held[:1]
    ]


# ---- its problems


def _found(
    one: SampleIssue, people: Sequence[PersonOnDay], inspected: date, fed_back: date
) -> dict[str, str | int | None]:
    """A problem as it was fed back, with the number of its order still to come."""
    person = _holder(people, one.post, 1)
    return {
        "indicator": one.indicator,
        "source": IssueSource.INSPECTION.value,
        "year": fed_back.year,
        "text": one.text,
        "basis": one.basis,
        "found_on": inspected.isoformat(),
        "fed_back_on": fed_back.isoformat(),
        "acknowledged_on": fed_back.isoformat(),
        "responsible_uid": person.uid,
        "responsible": person.name,
        "due_on": rectify_due(fed_back, shipped_rules()).isoformat(),
        "lost_points": one.lost,
    }


def _holder(people: Sequence[PersonOnDay], post: str, place: int) -> PersonOnDay:
    """Who holds a post, else one of the first of the roster."""
    return next((one for one in people if post in one.posts), people[min(place, len(people) - 1)])


def _sign(change: Change, one: Sheet) -> None:
    """Fix the sheet as it was fed back, and go on to the rectification."""
    final = replace(one.inspection, state=InspectionState.FED_BACK)
    content = freeze(replace(one, inspection=final))
    row = {"record_uid": final.uid, "revision": 0, "finalised_on": one.today.isoformat()}
    change.insert(tables.record_version, {**row, "content": content, "sha256": seal(content)})
    change.update(tables.record, final.uid, {"state": InspectionState.RECTIFYING.value})


def _go_on(change: Change, issue: Issue, people: Sequence[PersonOnDay], today: date) -> None:
    """What became of a problem after the feedback."""
    known = next(one for one in (VERIFIED, RECTIFYING, OVERDUE) if one.text == issue.text)
    fed_back = date.fromisoformat(issue.fed_back_on)
    row: dict[str, str | None] = {"measures": known.measures, "progress": known.progress or None}
    if known is RECTIFYING:
        row["due_on"] = max(issue.due_on, (today + timedelta(days=_LATER)).isoformat())
    if known is VERIFIED:
        done, verified = (min(fed_back + timedelta(days=days), today) for days in (8, 11))
        row |= {"done_on": done.isoformat(), "result": known.result}
        verifier = _holder([one for one in people if one.uid != issue.responsible_uid], "discipline", 2)
        change.insert(
            tables.verification,
            {
                "issue_uid": issue.uid,
                "verifier_uid": verifier.uid,
                "verifier": verifier.name,
                "on_date": verified.isoformat(),
                "passed": 1,
                "opinion": known.opinion,
                "year": verified.year,
                "number": next_slip(change.connection, issue.organisation, verified.year),
            },
        )
    change.update(tables.issue, issue.uid, row)


# ---- the running quarter, and the spot check


def _running(branch: Branch, home: str, period: Period) -> str:
    """The inspection of the running quarter in its self check, with evidence put there by hand."""
    uid = _begun(branch, home, period, min(period.start + timedelta(days=7), clock.today()))
    begun = sheet(branch, uid)
    _write(branch, uid, _own_answers(begun, LEFT_FOR_LATER))
    with branch.change(_("载入示例佐证")) as change:
        change.insert_many(tables.proof, _plans(begun))
    _attach(branch, uid, period)
    return uid


def _attach(branch: Branch, uid: str, period: Period) -> None:
    """Put two files under lines that no record of the branch proves."""
    proofs.attach_proof_content(branch, uid, "f1", ProofSlot.RECORD, REPORT_NAME, report(period))
    proofs.attach_proof_content(branch, uid, "a5", ProofSlot.CHECK, PICTURE_NAME, picture())


def _spot_check(branch: Branch, home: str, today: date) -> str:
    """A spot check of a few members; something was found with the first of them."""
    size = min(_DRAWN, len(spot_checks.population_of(branch, home, spot_checks.Scope.MEMBERS)))
    seed = int(f"{today:%Y%m%d}")
    uid = spot_checks.draw_spot_check(branch, home, spot_checks.Scope.MEMBERS, size, seed=seed).uid
    spot_checks.set_spot_check(branch, uid, {"inspectors": INSPECTORS})
    first = spot_checks.spot_check(branch, uid).lines[0].uid
    spot_checks.note_finding(branch, uid, first, SPOT_FINDING)
    spot_checks.issue_from(branch, uid, first)
    return uid
