"""Edits of a scheme of evaluation that is being designed: parts, grades, steps, stars, and what follows.

Whatever is taken away takes along what would be left without meaning, and the last row that a scheme cannot
do without stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from branchdesk.forms.declarations import Form
from branchdesk.forms.evaluation_words import (
    DimensionWords,
    EvaluationWords,
    GradeWords,
    PartWords,
    ProcedureWords,
    QuotaWords,
    StepWords,
)
from branchdesk.forms.field_edits import free_id
from branchdesk.forms.parts import DIMENSIONS, GRADES, PARTS, PROCEDURES, STEPS
from branchdesk.forms.words import OF_PEOPLE

Row = PartWords | GradeWords | StepWords | DimensionWords | ProcedureWords
WHOLE = Decimal(100)  # percent, and the reference score of the best vote
_STAR = "之星"  # what a title ends with until it is given another
_FIRST_WEIGHT = Decimal(10)  # of a part beside others that come to a hundred already
_STEMS = {PARTS: "part", GRADES: "g", STEPS: "step", DIMENSIONS: "star", PROCEDURES: "then"}


def with_evaluation(form: Form, change: Callable[[EvaluationWords], EvaluationWords]) -> Form:
    """The form with another scheme of evaluation, where it has one."""
    return form if form.evaluation is None else replace(form, evaluation=change(form.evaluation))


def rows_of(evaluation: EvaluationWords, group: str) -> Sequence[Row]:
    """The rows of a group in their order."""
    rows: Sequence[Row] = getattr(evaluation, group)
    return rows


def row_id(row: Row) -> str:
    """By what a row is known."""
    return row.code if isinstance(row, GradeWords) else row.id


def total_weight(evaluation: EvaluationWords) -> Decimal:
    """What the weights come to; they should be a hundred."""
    return sum((part.weight for part in evaluation.parts), Decimal(0))


def is_of_people(evaluation: EvaluationWords) -> bool:
    """Whether those of the roster are evaluated, so that there are quotas and who takes part is asked."""
    return evaluation.of in OF_PEOPLE


# ---- every group


def add_row(evaluation: EvaluationWords, group: str, label: str) -> EvaluationWords:
    """The scheme with one more row at the end of a group; a grade stands above the lowest one."""
    taken = {row_id(row) for row in rows_of(evaluation, group)}
    made = free_id(_STEMS[group], taken, parted="" if group == GRADES else "_")
    match group:
        case "parts":
            left = WHOLE - total_weight(evaluation)
            part = PartWords(made, label, label, left if left > 0 else _FIRST_WEIGHT, "typed")
            return replace(evaluation, parts=(*evaluation.parts, part))
        case "steps":
            return replace(evaluation, steps=(*evaluation.steps, StepWords(made, label, label)))
        case "dimensions":
            places = evaluation.dimensions[-1].places if evaluation.dimensions else None
            star = DimensionWords(made, label, label, f"{label}{_STAR}", f"{label}{_STAR}", places)
            return replace(evaluation, dimensions=(*evaluation.dimensions, star))
        case "procedures":
            lowest = evaluation.grades[-1].code
            then = ProcedureWords(lowest, made, label, label)
            return replace(evaluation, procedures=(*evaluation.procedures, then))
        case _:
            return _add_grade(evaluation, made, label)


def change_row(evaluation: EvaluationWords, group: str, row: str, **changes: Any) -> EvaluationWords:
    """The scheme with some words of a row changed. Grades stand in the order of their values."""
    rows = tuple(replace(one, **changes) if row_id(one) == row else one for one in rows_of(evaluation, group))
    changed = _with_rows(evaluation, group, rows)
    if group == GRADES:
        return _in_order(changed)
    return _sensible(changed, row) if group == STEPS else changed


def move_row(evaluation: EvaluationWords, group: str, row: str, step: int) -> EvaluationWords:
    """The scheme with a row further up (-1) or down (1); grades stay where their values put them."""
    if group == GRADES:
        return evaluation
    rows = list(rows_of(evaluation, group))
    place = [row_id(one) for one in rows].index(row)
    rows.insert(max(0, place + step), rows.pop(place))
    return _with_rows(evaluation, group, rows)


def _with_rows(evaluation: EvaluationWords, group: str, rows: Sequence[Row]) -> EvaluationWords:
    changes: dict[str, Any] = {group: tuple(rows)}
    return replace(evaluation, **changes)


def without_rows(evaluation: EvaluationWords, group: str, ids: Collection[str]) -> EvaluationWords:
    """The scheme without some rows; the same one where none would be left of what it needs."""
    left = tuple(one for one in rows_of(evaluation, group) if row_id(one) not in ids)
    if not left and (group in {GRADES, STEPS, DIMENSIONS} or _says_nothing_without_parts(evaluation, group)):
        return evaluation
    return _in_order(_with_rows(evaluation, group, left))


def _says_nothing_without_parts(evaluation: EvaluationWords, group: str) -> bool:
    return group == PARTS and not (evaluation.grades or evaluation.dimensions)


# ---- grades


def _add_grade(evaluation: EvaluationWords, code: str, label: str) -> EvaluationWords:
    """One more grade half-way between the lowest one and the one above it."""
    grades = evaluation.grades
    if not grades:
        graded = evaluation.takes_part if is_of_people(evaluation) else ()
        return replace(evaluation, grades=(GradeWords(code, label, label, WHOLE),), graded=graded)
    last = grades[-1]
    if len(grades) == 1:
        made = GradeWords(code, label, label, (last.value / 2).normalize(), last.at_least)
        above = replace(last, at_least=None if last.at_least is None else WHOLE / 2)
        return replace(evaluation, grades=(above, made))
    least = None
    if last.at_least is not None and grades[-2].at_least is not None:
        least = ((last.at_least + grades[-2].at_least) / 2).normalize()
    value = ((last.value + grades[-2].value) / 2).normalize()
    return _in_order(replace(evaluation, grades=(*grades, GradeWords(code, label, label, value, least))))


def _in_order(evaluation: EvaluationWords) -> EvaluationWords:
    """The scheme with its grades by value, and without quotas and deeds for grades that it has not.

    Where totals suggest grades the lowest of them begins at nothing; without parts there are no totals.
    """
    grades = sorted(evaluation.grades, key=lambda grade: -grade.value)
    if not evaluation.parts:
        grades = [replace(grade, at_least=None) for grade in grades]
    elif grades and grades[-1].at_least is not None:
        grades[-1] = replace(grades[-1], at_least=Decimal(0))
    codes = [grade.code for grade in grades]
    quotas = [one for one in evaluation.quotas if one.grade in codes]
    return replace(
        evaluation,
        grades=tuple(grades),
        quotas=tuple(sorted(quotas, key=lambda quota: codes.index(quota.grade))),
        procedures=tuple(one for one in evaluation.procedures if one.grade in codes),
    )


def with_thresholds(evaluation: EvaluationWords, *, wanted: bool) -> EvaluationWords:
    """The scheme whose totals suggest grades, evenly spread at first, or whose totals suggest none."""
    count = len(evaluation.grades)
    has_them = any(grade.at_least is not None for grade in evaluation.grades)
    if wanted is has_them or (wanted and not evaluation.parts):
        return evaluation
    grades = tuple(
        replace(grade, at_least=Decimal(100 * (count - place) // count) if wanted else None)
        for place, grade in enumerate(evaluation.grades, start=1)
    )
    return replace(evaluation, grades=grades)


def quota_of(evaluation: EvaluationWords, grade: str) -> QuotaWords | None:
    """The quota of a grade; None where any number may get it."""
    return next((one for one in evaluation.quotas if one.grade == grade), None)


def with_quota(evaluation: EvaluationWords, grade: str, quota: QuotaWords | None) -> EvaluationWords:
    """The scheme with another quota of a grade, or without one."""
    others = tuple(one for one in evaluation.quotas if one.grade != grade)
    return _in_order(replace(evaluation, quotas=(*others, quota) if quota is not None else others))


# ---- who takes part, and who decides


def with_people(
    evaluation: EvaluationWords, takes_part: Sequence[str], graded: Sequence[str]
) -> EvaluationWords:
    """The scheme with others who take part and get a grade; the same one without anybody.

    Who gets a grade takes part; where there are grades and nobody would get one, everybody does.
    """
    if not takes_part:
        return evaluation
    left = tuple(one for one in graded if one in takes_part)
    if evaluation.grades and not left:
        left = tuple(takes_part)
    return replace(evaluation, takes_part=tuple(takes_part), graded=left if evaluation.grades else ())


def with_decision(evaluation: EvaluationWords, *, decided: bool) -> EvaluationWords:
    """The scheme in which a person decides the grade, or nobody; the last step is for it where none is."""
    steps = evaluation.steps
    if not decided:
        return replace(
            evaluation, decision=False, steps=tuple(replace(step, decides=False) for step in steps)
        )
    if steps and not any(step.decides for step in steps):
        steps = (*steps[:-1], replace(steps[-1], decides=True, optional=False))
    return replace(evaluation, decision=True, steps=steps)


def _sensible(evaluation: EvaluationWords, step_id: str) -> EvaluationWords:
    """The scheme in which a person decides where a step says so; that step is never left out."""
    steps = tuple(
        replace(step, optional=step.optional and not step.decides) if step.id == step_id else step
        for step in evaluation.steps
    )
    decided = any(step.decides for step in steps)
    return replace(evaluation, steps=steps, decision=evaluation.decision or decided)
