"""Looking at evaluations: the list, one evaluation whole, and what was made final each time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from branchdesk import clock
from branchdesk.domain.evaluations.model import EvaluationState, StepDone
from branchdesk.domain.evaluations.steps import StepProgress, progress
from branchdesk.domain.evaluations.thresholds import Thresholds, thresholds_at
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.shelf import Shelf
from branchdesk.i18n import _
from branchdesk.services.evaluations.frozen import Final, thaw
from branchdesk.services.evaluations.people import about_people
from branchdesk.services.evaluations.schemes import scheme_of
from branchdesk.services.evaluations.sheets import (
    OF_BATCH,
    OF_GRADE,
    OF_PART,
    OF_STAR,
    OF_STEP,
    OF_SUBJECT,
    Around,
    EvaluationSheet,
    worked_out,
)
from branchdesk.storage import evaluations as questions
from branchdesk.storage import records
from branchdesk.storage.branch import Branch
from branchdesk.storage.inspections import names_by_organisation
from branchdesk.storage.meetings import contents_of_last_versions, versions_of

__all__ = [
    "OF_BATCH",
    "OF_GRADE",
    "OF_PART",
    "OF_STAR",
    "OF_STEP",
    "OF_SUBJECT",
    "EvaluationRow",
    "EvaluationSheet",
    "FinalVersion",
    "evaluation_list",
    "final_sheet",
    "frozen_sheet",
    "kinds_of_evaluations",
    "sheet",
    "versions",
    "years_of_evaluations",
]


@dataclass(frozen=True)
class EvaluationRow:
    """One evaluation in a list.

    `step_title` is the step that is on, empty where all are done; `decided` of `to_decide` subjects have
    their grade, `subjects` are all.
    """

    uid: str
    kind: str
    kind_title: str
    title: str
    year: int
    number: int
    organisation: str
    organisation_name: str
    state: EvaluationState
    step_title: str
    decided: int
    to_decide: int
    subjects: int


def evaluation_list(
    branch: Branch, organisation: str | None = None, year: int | None = None
) -> list[EvaluationRow]:
    """The evaluations of an organisation, or of all, the newest year first."""
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        kinds = questions.evaluation_kinds_begun(connection, shelf)
        rows = questions.evaluation_rows(connection, kinds, organisation, year)
        uids = [row["uid"] for row in rows]
        steps, counts = questions.steps_of(connection, uids), questions.decided_counts(connection, uids)
        names = names_by_organisation(connection)
    found = []
    for row in rows:
        form = records.form_known(shelf, row["kind"], row["version"])
        if form is None or form.evaluation is None:  # Ctrl+K still finds it by its title
            continue
        every, needed, has = counts.get(row["uid"], (0, 0, 0))
        found.append(
            EvaluationRow(
                uid=row["uid"],
                kind=row["kind"],
                kind_title=form.shown(),
                title=row["title"],
                year=row["year"],
                number=row["number"] or 1,
                organisation=row["organisation_uid"],
                organisation_name=names.shown(row["organisation_uid"], last_day(row["year"])),
                state=EvaluationState(row["state"]),
                step_title=_step_title(form, steps.get(row["uid"], ())),
                decided=has,
                to_decide=needed if form.evaluation.decision else 0,
                subjects=every,
            )
        )
    return found


def _step_title(form: Form, done: tuple[StepDone, ...]) -> str:
    states = progress(scheme_of(form), done)
    return next((one.step.title for one in states if one.state is StepProgress.CURRENT), "")


def last_day(year: int) -> date:
    """The day that an evaluation of a year stands for: its last one, today while the year runs."""
    return min(date(year, 12, 31), max(clock.today(), date(year, 1, 1)))


def years_of_evaluations(branch: Branch) -> list[int]:
    """The years for which there are evaluations, the newest first."""
    with branch.read() as connection:
        kinds = questions.evaluation_kinds_begun(connection, records.shelf_of(connection))
        rows = questions.evaluation_rows(connection, kinds)
    return sorted({row["year"] for row in rows}, reverse=True)


def kinds_of_evaluations(branch: Branch) -> list[Form]:
    """The newest form of each kind of evaluation, in the order of the shelf."""
    with branch.read() as connection:
        return records.shelf_of(connection).evaluation_kinds()


# ---- one evaluation


def sheet(branch: Branch, uid: str, today: date | None = None) -> EvaluationSheet:
    """Everything that the window and the papers of an evaluation need; of a final one as it was made final.

    As many questions to the file as ever, however many people there are. Raises Problem for one that lies in
    the recycle bin or is not there, or whose form cannot be read.
    """
    day = today or clock.today()
    with branch.read() as connection:
        row = questions.evaluation_row(connection, uid)
        shelf = records.shelf_of(connection)
        if EvaluationState(row["state"]) is not EvaluationState.OPEN:
            content = contents_of_last_versions(connection, [uid])[uid]
            return _as_final(shelf, thaw(content), day, EvaluationState(row["state"]), row["revision"])
        live = questions.evaluation_at_hand(connection, uid)
        home = names_by_organisation(connection).full(live.organisation, last_day(live.year))
        lines = questions.lines_of(connection, uid)
    form = records.form_at_hand(shelf, live.kind, live.version)
    scheme, thresholds = scheme_of(form), thresholds_of(form, day)
    people = about_people(branch, shelf, scheme, live, thresholds)
    around = Around(
        organisation_name=home,
        thresholds=thresholds,
        today=day,
        points=people.points,
        disqualified=people.disqualified,
        lines=lines,
        revision=row["revision"],
    )
    return worked_out(form, scheme, live, around)


def thresholds_of(form: Form, day: date) -> Thresholds:
    """The rules that an evaluation by a form turns on, as they are on a day."""
    steps = form.evaluation.steps if form.evaluation is not None else ()
    return thresholds_at(shipped_rules(), day, *dict.fromkeys(one.days for one in steps if one.days))


def _as_final(
    shelf: Shelf, final: Final, day: date, state: EvaluationState, revision: int
) -> EvaluationSheet:
    one = replace(final.evaluation, state=state)
    form = records.form_at_hand(shelf, one.kind, one.version)
    around = Around(
        organisation_name=final.organisation_name,
        thresholds=thresholds_of(form, date.fromisoformat(final.on)),
        today=day,
        points=final.points,
        disqualified=final.disqualified,
        lines=final.lines,
        frozen_on=final.on,
        revision=revision,
    )
    return worked_out(form, scheme_of(form), one, around)


def frozen_sheet(branch: Branch, uid: str, revision: int) -> EvaluationSheet:
    """An evaluation exactly as it was made final as `revision`, also after it was opened again.

    Raises Problem where nothing was made final so, or where the form cannot be read.
    """
    with branch.read() as connection:
        row = questions.evaluation_row(connection, uid)
        shelf = records.shelf_of(connection)
        rows: list[dict[str, Any]] = versions_of(connection, uid)
    content = next((one["content"] for one in reversed(rows) if one["revision"] == revision), None)
    if content is None:
        raise Problem(
            _("“{title}”没有第 {n} 次定稿的内容。", title=row["title"], n=revision + 1),
            _("请打开这次评议，打印现在的一份。"),
        )
    final = thaw(content)
    day = date.fromisoformat(final.on)
    return _as_final(shelf, final, day, EvaluationState.FINAL, revision)


def final_sheet(branch: Branch, uid: str, today: date | None = None) -> EvaluationSheet:
    """What papers show: of a final evaluation the sheet as it was made final last, else as it stands now."""
    with branch.read() as connection:
        row = questions.evaluation_row(connection, uid)
    if EvaluationState(row["state"]) is EvaluationState.OPEN:
        return sheet(branch, uid, today)
    return frozen_sheet(branch, uid, row["revision"])


@dataclass(frozen=True)
class FinalVersion:
    """One time that an evaluation was made final.

    `result_hash` is that of its inputs; `reopened_on` and why are filled where it was opened again.
    """

    revision: int
    final_on: str
    sha256: str
    result_hash: str
    reopened_on: str = ""
    reopened_why: str = ""


def versions(branch: Branch, uid: str) -> list[FinalVersion]:
    """Each time that an evaluation was made final, the first time first."""
    with branch.read() as connection:
        rows = versions_of(connection, uid)
    return [
        FinalVersion(
            row["revision"],
            row["finalised_on"],
            row["sha256"],
            thaw(row["content"]).evaluation.result_hash,
            row["reopened_on"] or "",
            row["reopened_why"] or "",
        )
        for row in rows
    ]
