"""Looking at inspections: the list, one inspection whole, and what was signed each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from branchdesk import clock
from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.model import Inspection, InspectionState
from branchdesk.domain.inspections.rectification import state_of
from branchdesk.domain.inspections.scoring import LINE_LABELS, LineState
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _, later
from branchdesk.services.inspections.facts_at_hand import facts_for
from branchdesk.services.inspections.frozen import Signed, scores_of, thaw
from branchdesk.services.inspections.sheets import Sheet, period_of_form, worked_out
from branchdesk.storage import inspections as questions
from branchdesk.storage import issues as issue_questions
from branchdesk.storage import organisations, records
from branchdesk.storage.branch import Branch
from branchdesk.storage.issues import IssueFilter
from branchdesk.storage.meetings import contents_of_last_versions, versions_of

__all__ = [
    "PROBLEM",
    "InspectionRow",
    "LineMark",
    "Sheet",
    "SignedVersion",
    "form_of",
    "frozen_sheet",
    "inspection",
    "inspection_list",
    "kinds_of_inspections",
    "line_state",
    "sheet",
    "signed_sheet",
    "versions",
    "years_of_inspections",
]
PROBLEM = "problem"  # the state of a line with a problem whose rectification is not verified
_PROBLEM_LABEL = later("有问题")


@dataclass(frozen=True)
class InspectionRow:
    """One inspection in a list; `grade` is in words, scores are None where nothing was scored.

    `check_score` is what counts in the end once something was checked: lines not checked count as the branch
    scored them.
    """

    uid: str
    kind: str
    kind_label: str
    organisation_name: str
    year: int
    number: int
    period: Period
    state: InspectionState
    self_score: Decimal | None
    check_score: Decimal | None
    grade: str
    issues_open: int
    title: str = ""
    organisation: str = ""


def inspection_list(
    branch: Branch, place: str | None = None, year: int | None = None, today: date | None = None
) -> list[InspectionRow]:
    """The inspections of an organisation and those below it, or of all, the newest period first."""
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        kinds = questions.kinds_of_inspections(connection, shelf)
        places = None
        if place is not None:
            tree = organisations.tree(connection, clock.today())
            places = {one.organisation for one in tree.below(place)} | {place}
        rows = questions.inspection_rows(connection, kinds, places, year)
        names = questions.names_by_organisation(connection)
        signed = contents_of_last_versions(
            connection, [row["uid"] for row in rows if InspectionState(row["state"]).is_scored]
        )
        undone = _open_counts(issue_questions.issues_found_in(connection, [row["uid"] for row in rows]))
    found = []
    for row in rows:
        form = records.form_known(shelf, row["kind"], row["version"])
        if form is None:  # Ctrl+K still finds it by its title
            continue
        self_score, check_score, grade = (
            _signed_scores(form, signed[row["uid"]])
            if row["uid"] in signed
            else _live_scores(sheet(branch, row["uid"], today))
        )
        found.append(
            InspectionRow(
                uid=row["uid"],
                kind=row["kind"],
                kind_label=form.shown(),
                organisation_name=names.shown(row["organisation_uid"], questions.day_of(row)),
                year=row["year"],
                number=row["number"],
                period=Period(row["year"], row["number"], form.period),
                state=InspectionState(row["state"]),
                self_score=self_score,
                check_score=check_score,
                grade=grade,
                issues_open=undone[row["uid"]],
                title=row["title"],
                organisation=row["organisation_uid"],
            )
        )
    return found


def _open_counts(issues: Iterable[Issue]) -> Counter[str | None]:
    """How many problems of each inspection are not verified."""
    return Counter(one.found_in for one in issues if state_of(one) is not IssueState.VERIFIED)


def _signed_scores(form: Form, content: str) -> tuple[Decimal, Decimal, str]:
    self_score, check_score, code = scores_of(content)
    grades = form.inspection.grades if form.inspection else ()
    return self_score, check_score, next((one.shown() for one in grades if one.code == code), "")


def _live_scores(one: Sheet) -> tuple[Decimal | None, Decimal | None, str]:
    """The scores so far; nothing for a stage at which no line has a score yet."""
    own = any(line.score is not None for line in one.self_lines if not line.indicator.bonus)
    checked = any(line.score is not None for line in one.check_lines if not line.indicator.bonus)
    grade = (one.final_total if checked else one.self_total).grade
    return (
        one.self_total.score if own else None,
        one.final_total.score if checked else None,
        grade.label if grade and (own or checked) else "",
    )


def years_of_inspections(branch: Branch) -> list[int]:
    """The years for which there are inspections, the newest first."""
    with branch.read() as connection:
        kinds = questions.kinds_of_inspections(connection, records.shelf_of(connection))
        rows = questions.inspection_rows(connection, kinds)
    return sorted({row["year"] for row in rows}, reverse=True)


def kinds_of_inspections(branch: Branch) -> list[Form]:
    """The newest form of each kind of inspection, in the order of the shelf."""
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
    return [form for form in shelf.newest() if form.inspection is not None]


def inspection(branch: Branch, uid: str) -> Inspection:
    """An inspection as it stands now; one that is scored as it was signed.

    Raises Problem for one that lies in the recycle bin or is not there.
    """
    with branch.read() as connection:
        live = questions.inspection_at_hand(connection, uid)
        if not live.state.is_scored:
            return live
        content = contents_of_last_versions(connection, [uid])[uid]
    return _as_signed(live, thaw(content))


def _as_signed(live: Inspection, signed: Signed) -> Inspection:
    return replace(signed.inspection, state=live.state, revision=live.revision)


def form_of(branch: Branch, inspection: Inspection) -> Form:
    """The form in the version in which an inspection is filled. Raises Problem where it cannot be read."""
    with branch.read() as connection:
        return records.form_at_hand(records.shelf_of(connection), inspection.kind, inspection.version)


def sheet(branch: Branch, uid: str, today: date | None = None) -> Sheet:
    """Everything that the window and the papers of an inspection need.

    Of one that is scored everything is as it was signed; only its problems are as they stand now. Raises
    Problem for one that lies in the recycle bin or is not there, or whose form cannot be read.
    """
    day = today or clock.today()
    with branch.read() as connection:
        live = questions.inspection_at_hand(connection, uid)
        shelf = records.shelf_of(connection)
        issues = issue_questions.find_issues(connection, IssueFilter(found_in=uid))
        contents = contents_of_last_versions(connection, [uid]) if live.state.is_scored else {}
        form = records.form_at_hand(shelf, live.kind, live.version)
        end = period_of_form(form, live).end
        superior = "" if contents else questions.superior_of(connection, live.organisation, end)
    if uid in contents:
        signed = thaw(contents[uid])
        one = _as_signed(live, signed)
        return worked_out(form, one, signed.facts, issues, day, signed.on, signed.superior)
    facts = facts_for(branch, form, live, day)
    return worked_out(form, live, facts, issues, day, superior=superior)


def frozen_sheet(branch: Branch, uid: str, revision: int, today: date | None = None) -> Sheet:
    """An inspection with its problems exactly as they were signed as `revision`.

    Raises Problem where nothing was signed so, or where the form cannot be read.
    """
    with branch.read() as connection:
        live = questions.inspection_at_hand(connection, uid)
        shelf: Shelf = records.shelf_of(connection)
        rows: list[dict[str, Any]] = versions_of(connection, uid)
    content = next((row["content"] for row in reversed(rows) if row["revision"] == revision), None)
    if content is None:
        raise Problem(
            _("“{title}”没有第 {n} 次签字的内容。", title=live.title, n=revision + 1),
            _("请打开这份检查表，打印现在的一份。"),
        )
    signed = thaw(content)
    form = records.form_at_hand(shelf, signed.inspection.kind, signed.inspection.version)
    day = today or date.fromisoformat(signed.on)
    return worked_out(form, signed.inspection, signed.facts, signed.issues, day, signed.on, signed.superior)


def signed_sheet(branch: Branch, uid: str, today: date | None = None) -> Sheet:
    """What papers show: of a scored inspection the sheet as it was signed last, else as it stands now."""
    with branch.read() as connection:
        live = questions.inspection_at_hand(connection, uid)
        rows = versions_of(connection, uid) if live.state.is_scored else []
    if not rows:
        return sheet(branch, uid, today)
    return frozen_sheet(branch, uid, rows[-1]["revision"])


@dataclass(frozen=True)
class SignedVersion:
    """One time that an inspection was signed or archived.

    `reopened_on` and why are filled for the last one before it was opened again.
    """

    revision: int
    signed_on: str
    sha256: str
    reopened_on: str = ""
    reopened_why: str = ""


def versions(branch: Branch, uid: str) -> list[SignedVersion]:
    """Each time that an inspection was signed or archived, the first time first."""
    with branch.read() as connection:
        rows = versions_of(connection, uid)
    return [
        SignedVersion(
            row["revision"],
            row["finalised_on"],
            row["sha256"],
            row["reopened_on"] or "",
            row["reopened_why"] or "",
        )
        for row in rows
    ]


@dataclass(frozen=True)
class LineMark:
    """The state of a line as lists show it: `code` is a value of LineState or `problem`."""

    code: str
    label: str


def line_state(shown: Sheet, indicator: str) -> LineMark:
    """The state of a line, by its check where it was inspected, with open problems before everything else.

    Raises KeyError for a line that the form has not.
    """
    if shown.open_issues(indicator):
        return LineMark(PROBLEM, _(_PROBLEM_LABEL))
    state = shown.line(indicator).state
    return LineMark(state.value, _(LINE_LABELS[LineState(state)]))
