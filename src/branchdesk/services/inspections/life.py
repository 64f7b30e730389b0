"""The life of an inspection: the next step, feedback that is signed for, opening again, and the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from branchdesk import clock
from branchdesk.domain.inspections.issues import Issue
from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.inspections.rectification import fed_back
from branchdesk.domain.inspections.states import REOPENED_AS, label_of, may_move, reopening_findings
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, speaking_chinese
from branchdesk.services.frozen_texts import seal
from branchdesk.services.inspections.desk import look_at
from branchdesk.services.inspections.frozen import freeze
from branchdesk.services.inspections.outcomes import InspectionOutcome
from branchdesk.services.inspections.reading import sheet as read_sheet
from branchdesk.services.inspections.sheets import ISSUE, Sheet
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Change
from branchdesk.storage.meetings import versions_of

# The steps at which what is wrong with the lines counts as well.
_SCORED_BY = {InspectionState.SELF_CHECKED, InspectionState.FED_BACK}
_SIGNED_AT = {InspectionState.FED_BACK, InspectionState.ARCHIVED}


class NotReady(Problem):
    """A step that may not be taken yet; `findings` are what stands against it, the gravest first."""

    def __init__(self, findings: Sequence[Finding], advice: str) -> None:
        super().__init__(findings[0].sentence, advice)
        self.findings = tuple(findings)

    @property
    def may_be_accepted(self) -> bool:
        """Whether a clerk may go on all the same, having read the warnings."""
        return all(finding.severity < Severity.ERROR for finding in self.findings)


def against(branch: Branch, uid: str, to: InspectionState | str) -> list[Finding]:
    """What stands against a step, the gravest first; nothing where it may be taken."""
    return _against(read_sheet(branch, uid), InspectionState(to))


def _against(sheet: Sheet, to: InspectionState) -> list[Finding]:
    lines = (*sheet.self_lines, *sheet.check_lines)
    found = may_move(sheet.inspection, lines, sheet.issues, to, sheet.today, period=sheet.period)
    if any(one.is_error for one in found):
        return sorted(found, key=lambda one: -one.severity)
    if to in _SCORED_BY and not sheet.inspection.state.is_scored:
        found = [*found, *(one for one in sheet.findings if not one.field.startswith(ISSUE))]
    return sorted(dict.fromkeys(found), key=lambda one: -one.severity)


def move(branch: Branch, uid: str, to: InspectionState | str, *, accept: bool = False) -> InspectionOutcome:
    """Take the next step of an inspection's life, or one back where that is possible.

    Feedback fixes scores, facts and evidence as they are, for ever. Warnings stand against a step until they
    are accepted, errors always. Raises NotReady with all findings.
    """
    target, sheet = InspectionState(to), read_sheet(branch, uid)
    findings = _against(sheet, target)
    if any(one.is_error for one in findings):
        raise NotReady(findings, _("请按提示处理后再试。"))
    if not accept and any(one.severity is Severity.WARN for one in findings):
        raise NotReady(findings, _("核对无误的，可以确认后继续。"))
    paper = _in_chinese(branch, uid) if target in _SIGNED_AT else sheet
    label = _("{title} 改为“{state}”", title=sheet.inspection.title, state=label_of(target))
    with branch.change(label) as change:
        if target is InspectionState.FED_BACK and not sheet.inspection.state.is_scored:
            _sign(change, paper)
        elif target is InspectionState.ARCHIVED:
            _put_away(change, paper)
        else:
            change.update(tables.record, uid, {"state": target.value})
    return InspectionOutcome(change.result, uid, tuple(findings))


def _in_chinese(branch: Branch, uid: str) -> Sheet:
    """What is signed is paper and stays for ever, so its sentences are Chinese whatever the window speaks."""
    with speaking_chinese():
        return read_sheet(branch, uid)


def _sign(change: Change, sheet: Sheet) -> None:
    """Fix what is signed for; problems not fed back yet are so today, with the usual deadline."""
    issues = [fed_back(one, sheet.today, shipped_rules()) for one in sheet.issues]
    change.update_many(
        tables.issue,
        {
            one.uid: {"fed_back_on": one.fed_back_on or None, "due_on": one.due_on or None}
            for one, before in zip(issues, sheet.issues, strict=True)
            if one != before
        },
    )
    _write(change, sheet, InspectionState.FED_BACK, sheet.inspection.revision, issues)


def _put_away(change: Change, sheet: Sheet) -> None:
    """Fix what lies in the archive: what was signed, with its problems as they ended."""
    _write(change, sheet, InspectionState.ARCHIVED, sheet.inspection.revision + 1, sheet.issues)


def _write(
    change: Change, sheet: Sheet, state: InspectionState, revision: int, issues: Sequence[Issue]
) -> None:
    final = replace(sheet.inspection, state=state, revision=revision)
    content = freeze(replace(sheet, inspection=final, issues=tuple(issues)))
    change.update(tables.record, final.uid, {"state": state.value, "revision": revision})
    change.insert(
        tables.record_version,
        {
            "record_uid": final.uid,
            "revision": revision,
            "finalised_on": sheet.today.isoformat(),
            "content": content,
            "sha256": seal(content),
        },
    )


def reopen(branch: Branch, uid: str, reason: str) -> InspectionOutcome:
    """Open a scored inspection again for a reason; what was signed until now is kept.

    Raises Problem without a reason, and for an inspection that is not scored.
    """
    desk, why = look_at(branch, uid), one_line(reason)
    found = next((one for one in reopening_findings(desk.inspection, why) if one.is_error), None)
    if found is not None:
        raise Problem(found.sentence, _("请按提示处理后再试。"))
    with branch.read() as connection:
        last = versions_of(connection, uid)[-1]
    with branch.change(_("重新打开 {title}：{reason}", title=desk.called, reason=why)) as change:
        values = {"state": REOPENED_AS.value, "revision": desk.inspection.revision + 1}
        change.update(tables.record, uid, values)
        again = {"reopened_on": clock.today().isoformat(), "reopened_why": why}
        change.update(tables.record_version, last["uid"], again)
    return InspectionOutcome(change.result, uid)


def archive(branch: Branch, uid: str) -> InspectionOutcome:
    """Put a verified inspection into the archive. Raises NotReady for one whose problems are not verified."""
    return move(branch, uid, InspectionState.ARCHIVED)
