"""Where a score comes from: the screen that shows what proves it, or the records that it was taken from."""

from __future__ import annotations

from branchdesk.domain.evaluations.model import Part, PartScore, Subject
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.ui.screens.evaluations.choosing import BALLOTS

# Where the evidence of a score is looked at.
_SCREENS = {"record": "meeting", "member": "rosters", "organisation": "organisations"}


def origin_of(
    sheet: EvaluationSheet, subject: Subject, part: Part, score: PartScore | None
) -> tuple[str, object] | None:
    """A screen and what it is to show there; None where a score rests on nothing that can be opened."""
    if score is not None and score.evidence_entity in _SCREENS and score.evidence_uid:
        return _SCREENS[score.evidence_entity], score.evidence_uid
    if any(batch.part == part.id for batch in sheet.evaluation.batches) or part.source == "ballot":
        return "evaluations", (sheet.evaluation.uid, BALLOTS)
    if part.source == "points" and subject.person:
        return "evaluations", subject.person
    return ("meetings", None) if part.source == "attendance" else None
