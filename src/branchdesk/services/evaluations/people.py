"""What the records say of people who are evaluated: points for reference, attendance, what disqualifies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from weakref import WeakKeyDictionary

from branchdesk.domain.evaluations.model import Evaluation, Scheme
from branchdesk.domain.evaluations.stars import Standing, disqualifications
from branchdesk.domain.evaluations.thresholds import Thresholds
from branchdesk.domain.meetings.thresholds import clauses
from branchdesk.domain.points.tally import tallies
from branchdesk.forms.shelf import Shelf
from branchdesk.services.points.schemes import scheme_of as points_scheme_of
from branchdesk.storage import evaluation_people as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.dictionaries import vocabulary
from branchdesk.storage.evaluation_people import Attended, GradeGiven
from branchdesk.storage.point_schemes import scheme_form
from branchdesk.storage.points import entries_of_year
from branchdesk.storage.records import form_known

QUALIFIED = "qualified"  # the code of the lowest grade that leaves a star open
_NOBODY = Attended()


@dataclass(frozen=True)
class AboutPeople:
    """What the records say by uid of a subject; `points` are None for those without a ledger."""

    points: Mapping[str, Decimal | None] = field(default_factory=dict)
    disqualified: Mapping[str, str] = field(default_factory=dict)


def about_people(
    branch: Branch, shelf: Shelf, scheme: Scheme, evaluation: Evaluation, thresholds: Thresholds
) -> AboutPeople:
    """What the records say of the subjects now, by as many questions however many there are."""
    people = {one.uid: one.person for one in evaluation.subjects if one.person}
    if not people:
        return AboutPeople()
    ledger = _points(branch, evaluation, list(dict.fromkeys(people.values())))
    return AboutPeople(
        points={uid: ledger.get(person) for uid, person in people.items()},
        disqualified=_disqualified(branch, shelf, scheme, evaluation, thresholds, people),
    )


_Ledger = dict[str, Decimal]
_KEPT: WeakKeyDictionary[Branch, tuple[object, _Ledger]] = WeakKeyDictionary()


def _points(branch: Branch, evaluation: Evaluation, people: Sequence[str]) -> Mapping[str, Decimal]:
    """The points of a year by person; nothing where the year has no ledger.

    Remembered until the ledger changes: a window asks again after each key.
    """
    place = (evaluation.organisation, evaluation.year)
    with branch.read() as connection:
        mark = questions.ledger_mark(connection, *place)
        if not mark[0]:
            return {}
        form = scheme_form(connection, *place)
        asked = (place, mark, form.kind, form.version)
        known, totals = _KEPT.get(branch, (None, {}))
        if known != asked:
            totals = {}
        unknown = [one for one in people if one not in totals]
        entries = entries_of_year(connection, *place) if unknown else []
    if unknown:
        counted = tallies(points_scheme_of(form), entries, evaluation.year, unknown)
        totals = {**totals, **{one.person: one.total for one in counted}}
        _KEPT[branch] = (asked, totals)
    return totals


def _disqualified(
    branch: Branch,
    shelf: Shelf,
    scheme: Scheme,
    evaluation: Evaluation,
    thresholds: Thresholds,
    people: Mapping[str, str],
) -> dict[str, str]:
    """Why subjects cannot get a star, in clauses, for those who cannot."""
    if not scheme.disqualifiers:
        return {}
    home, year = evaluation.organisation, evaluation.year
    with branch.read() as connection:
        words = vocabulary(connection)["discipline"]
        punished = questions.disciplines_in(connection, people.values(), year)
        attended = questions.attended_in_year(connection, home, year)
        given = questions.grades_given(connection, home, (year - 1, year), but=evaluation.uid)
    below = _below_qualified(shelf, given)
    found = {}
    for subject, person in people.items():
        came = attended.get(person, _NOBODY)
        standing = Standing(
            discipline=words.shown(punished[person]) if person in punished else "",
            appraisal=below.get(person, ""),
            absent=came.absent,
            due=came.due,
        )
        why = disqualifications(scheme, standing, thresholds)
        if why:
            found[subject] = clauses(*why)
    return found


def _below_qualified(shelf: Shelf, given: Iterable[GradeGiven]) -> dict[str, str]:
    """The last grade of those whose last grade is lower than qualified, by member, in words."""
    found: dict[str, str] = {}
    for one in given:
        form = form_known(shelf, one.kind, one.version)
        words = form.evaluation if form is not None else None
        codes = [grade.code for grade in words.grades] if words is not None else []
        if QUALIFIED not in codes or one.grade not in codes or words is None:
            continue
        if words.dimensions or words.parts:  # only the yearly appraisal speaks against a star
            continue
        found.pop(one.person, None)
        if codes.index(one.grade) > codes.index(QUALIFIED):
            found[one.person] = words.grades[codes.index(one.grade)].shown()
    return found


def attendance_scores(
    branch: Branch, evaluation: Evaluation, full: Decimal
) -> dict[str, tuple[Decimal, str]]:
    """The share of meetings that members came to, as points of full marks, and in words; by subject."""
    with branch.read() as connection:
        attended = questions.attended_in_year(connection, evaluation.organisation, evaluation.year)
    found = {}
    for one in evaluation.subjects:
        came = attended.get(one.person or "", _NOBODY)
        if came.due:
            words = f"应到 {came.due} 次，实到 {came.present} 次，请假 {came.leave} 次，缺席 {came.absent} 次"
            found[one.uid] = (full * came.present / came.due, words)
    return found
