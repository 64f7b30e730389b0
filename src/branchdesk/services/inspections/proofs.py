"""The evidence under the lines of an inspection: records of the branch, files, and what the facts rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.model import Evidence, Indicator, Proof, ProofSlot
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.services import attachments
from branchdesk.services.inspections.desk import Desk, put_on_desk
from branchdesk.services.inspections.outcomes import InspectionOutcome
from branchdesk.services.inspections.reading import sheet as read_sheet
from branchdesk.services.inspections.sheets import Sheet
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import inspections as questions
from branchdesk.storage import issues as issue_questions
from branchdesk.storage import members, proof_targets
from branchdesk.storage.branch import Branch
from branchdesk.storage.issues import IssueFilter
from branchdesk.storage.meetings import files_of
from branchdesk.storage.tables import attachment, issue, proof, record


@dataclass(frozen=True)
class LineProof:
    """One piece of evidence as a line shows it.

    `proof` is None for what a fact rests on by itself; only what was put there by hand can be taken away.
    """

    evidence: Evidence
    slot: ProofSlot
    proof: Proof | None = None

    @property
    def is_automatic(self) -> bool:
        """Whether the records gave it by themselves."""
        return self.proof is None

    @property
    def proves(self) -> bool:
        """Whether it can be shown for the line: somebody put it there, or the records have it."""
        return not self.is_automatic or self.evidence.proves


def proofs_of(sheet: Sheet, indicator: str) -> list[LineProof]:
    """All evidence of a line: what was put there, then what the facts of its rules rest on, each once.

    One that several facts look at says all that they find lacking in it.
    """
    found: dict[tuple[str, ...], LineProof] = {}
    for one in sheet.proofs(indicator):
        evidence = Evidence(one.title, one.entity, one.target, one.on)
        found[one.entity, one.target, one.uid] = LineProof(evidence, one.slot, one)
    by_target = {key[:2]: key for key in found}
    for rule in sheet.indicator(indicator).rules:
        fact = sheet.facts.get(rule.fact)
        for place, evidence in enumerate(fact.evidence if fact else ()):
            own = (evidence.entity, evidence.uid)
            key = by_target.setdefault(own, own) if evidence.uid else (rule.id, str(place), "")
            known = found.setdefault(key, LineProof(evidence, ProofSlot.RECORD))
            found[key] = replace(known, evidence=_joined(known.evidence, evidence))
    return list(found.values())


def _joined(one: Evidence, other: Evidence) -> Evidence:
    """The same piece of evidence with all that it lacks."""
    texts = [text for text in (one.lacking, other.lacking) if text]
    return replace(one, lacking="；".join(dict.fromkeys(texts)), held=one.held or other.held)


def lines_without_proof(sheet: Sheet) -> list[Indicator]:
    """The lines that apply and under which nothing stands that proves anything."""
    return [
        line.indicator
        for line in sheet.self_lines
        if line.applies
        and line.indicator.points is not None
        and not (line.indicator.bonus and not line.score)
        and not any(one.proves for one in proofs_of(sheet, line.indicator.id))
    ]


def candidates(branch: Branch, uid: str, indicator: str) -> list[Evidence]:
    """What may be put under a line: what its facts rest on first, then meetings, files and problems.

    Meetings are those of the period, files those of these meetings, problems those rectified before its end.
    What stands under the line already is left out.
    """
    shown = read_sheet(branch, uid)
    period = shown.period
    taken = {(one.entity, one.target) for one in shown.proofs(indicator)}
    first = [one.evidence for one in proofs_of(shown, indicator) if one.is_automatic and one.evidence.uid]
    with branch.read() as connection:
        meetings = questions.meetings_between(
            connection, shown.inspection.organisation, period.start, period.end
        )
        files = files_of(connection, [row["uid"] for row in meetings])
        places = frozenset({shown.inspection.organisation})
        issues = issue_questions.find_issues(connection, IssueFilter(places))
    held = [Evidence(row["title"], record.name, row["uid"], row["on_date"]) for row in meetings]
    attached = [
        Evidence(file.name, attachment.name, file.uid, row["on_date"])
        for row in meetings
        for file in files.get(row["uid"], ())
    ]
    rectified = [
        Evidence(one.text, issue.name, one.uid, one.done_on)
        for one in issues
        if one.done_on and _holds(period, one.done_on)
    ]
    found: dict[tuple[str, str], Evidence] = {}
    for one in (*first, *held, *attached, *rectified):
        if (one.entity, one.uid) not in taken:
            found.setdefault((one.entity, one.uid), one)
    return list(found.values())


def _holds(period: Period, day: str) -> bool:
    """Whether an ISO day lies in a period."""
    return period.start.isoformat() <= day <= period.end.isoformat()


def add_proof(
    branch: Branch, uid: str, indicator: str, slot: ProofSlot | str, entity: str, target: str
) -> InspectionOutcome:
    """Put a record of the branch under a line; what stands there already is left alone.

    Raises Problem for what is not there any more and for an inspection that is signed.
    """
    return add_proofs(branch, uid, indicator, slot, [(entity, target)])


def add_proofs(
    branch: Branch, uid: str, indicator: str, slot: ProofSlot | str, targets: Iterable[tuple[str, str]]
) -> InspectionOutcome:
    """Put several records of the branch under a line, as one change. Raises Problem as `add_proof` does."""
    desk, place = put_on_desk(branch, uid), ProofSlot(slot)
    line = desk.indicator(indicator)
    held = [one for one in desk.inspection.proofs if one.indicator == indicator]
    known = {(one.entity, one.target) for one in held}
    wanted = [one for one in dict.fromkeys(targets) if one not in known]
    with branch.read() as connection:
        found = [proof_targets.evidence_of(connection, entity, target) for entity, target in wanted]
    if None in found:
        raise Problem(_("要添加的佐证已经不在了，没有保存。"), _("请重新打开列表再选一次。"))
    rows = [
        {
            "record_uid": uid,
            "indicator": indicator,
            "slot": place.value,
            "entity": one.entity,
            "target_uid": one.uid,
            "title": one.title,
            "on_date": one.on or None,
            "position": number,
        }
        for number, one in enumerate((one for one in found if one), start=len(held))
    ]
    with branch.change(_("{line} 添加佐证", line=line.number)) as change:
        uids = change.insert_many(proof, rows)
    return InspectionOutcome(change.result, uid, line=uids[0] if uids else "")


def attach_proof(
    branch: Branch, uid: str, indicator: str, slot: ProofSlot | str, path: Path
) -> InspectionOutcome:
    """Put a file under a line.

    Raises Problem for a file that cannot be read or is not what its name says, and for an inspection that is
    signed; then nothing is kept.
    """
    role = _role(put_on_desk(branch, uid), indicator, slot)
    changes = attachments.add_attachment(branch, uid, path, entity=record.name, role=role)
    return InspectionOutcome(changes, uid, line=_file_in(changes.touched.get(attachment.name)))


def attach_proof_content(
    branch: Branch, uid: str, indicator: str, slot: ProofSlot | str, name: str, content: bytes
) -> InspectionOutcome:
    """Put what was pasted or scanned under a line, under a name. Raises Problem as `attach_proof` does."""
    role = _role(put_on_desk(branch, uid), indicator, slot)
    changes = attachments.add_content(branch, uid, name, content, entity=record.name, role=role)
    return InspectionOutcome(changes, uid, line=_file_in(changes.touched.get(attachment.name)))


def _role(desk: Desk, indicator: str, slot: ProofSlot | str) -> str:
    return f"{desk.indicator(indicator).id}.{ProofSlot(slot).value}"


def _file_in(touched: frozenset[str] | None) -> str:
    return next(iter(touched or ()), "")


def remove_proof(branch: Branch, uid: str, proof_uid: str, why: str = "") -> InspectionOutcome:
    """Take evidence away from a line; a file goes into the recycle bin, a record stays where it is.

    Raises Problem for evidence that is not there and for an inspection that is signed.
    """
    desk = put_on_desk(branch, uid)
    known = next((one for one in desk.inspection.proofs if one.uid == proof_uid), None)
    if known is None:
        raise Problem(_("要移去的佐证已经不在了。"), _("请重新打开这份检查表再看一遍。"))
    line = desk.indicator(known.indicator)
    with branch.change(_("{line} 移去佐证“{title}”", line=line.number, title=known.title)) as change:
        if known.entity == attachment.name and known.uid == known.target:
            change.put_in_bin(attachment, [proof_uid], one_line(why), branch.person.name)
        else:
            change.remove(proof, [proof_uid])
    return InspectionOutcome(change.result, uid)


def content_of(branch: Branch, file: str) -> tuple[str, bytes]:
    """Name and content of an attached file by its uid. Raises Problem for a missing or damaged one."""
    with branch.read() as connection:
        row = members.attachment_row(connection, file)
    if row is None:
        raise Problem(_("这个附件已经不在了。"), _("请重新打开这份检查表再看一遍。"))
    return row["name"], attachments.read_attachment(branch, row)
