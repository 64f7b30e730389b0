"""Edits of an inspection that is being designed: its lines, the rules that take points off, its grades."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import Any

from branchdesk.forms.declarations import INDICATOR, Form, GradeWords, InspectionWords
from branchdesk.forms.editing import add_field, with_part
from branchdesk.forms.field_edits import free_id
from branchdesk.forms.field_reading import PER_PERCENT, counts_of
from branchdesk.forms.fields import Deduction, Field
from branchdesk.forms.parts import Part
from branchdesk.forms.words import FACTS

SCORE, BONUS, VETO = "score", "bonus", "veto"
LINE_KINDS = (SCORE, BONUS, VETO)
_NUMBER = re.compile(r"(.*?)(\d+)")
_ONE = Decimal(1)
_WHOLE = Decimal(100)  # percent
_FIRST_SERIES = "A"


# ---- lines


def add_indicator(form: Form, label: str, beside: Part) -> tuple[Form, Part]:
    """A line of one point behind `beside`, numbered after the lines of its section."""
    grown, part = add_field(form, INDICATOR, label, beside)
    number = _next_number(form, grown.by_id[part.id].section)
    return with_part(grown, part, lambda one: replace(one, points=_ONE, number=number)), part


def _next_number(form: Form, section: str) -> str:
    """The number after those of a section; where it has none, the first of a new series of letters."""
    taken = {one.number for one in form.fields}
    series = [found[1] for found in map(_NUMBER.fullmatch, sorted(taken)) if found is not None]
    here = [one.number for one in form.fields if one.section == section and one.number]
    last = _NUMBER.fullmatch(here[-1]) if here else None
    if last is not None:
        stem, count = last[1], int(last[2])
    else:
        letters = [stem for stem in series if len(stem) == 1 and "A" <= stem < "Z"]
        stem, count = (chr(ord(max(letters)) + 1) if letters else _FIRST_SERIES), 0
    while f"{stem}{count + 1}" in taken:
        count += 1
    return f"{stem}{count + 1}"


def line_kind(field: Field) -> str:
    """Whether a line scores, adds a bonus, or is a veto and nothing else."""
    if field.bonus:
        return BONUS
    return VETO if field.points is None else SCORE


def as_line_kind(field: Field, kind: str) -> Field:
    """The line as one of another kind, without the words that mean nothing to it."""
    scores = kind == SCORE
    return replace(
        field,
        points=None if kind == VETO else field.points or _ONE,
        bonus=kind == BONUS,
        veto=kind == VETO or (scores and field.veto and field.points is not None),
        deduct=field.deduct if scores else (),
        not_applicable=field.not_applicable and scores,
    )


# ---- rules of deduction


def add_rule(field: Field, label: str, label_en: str = "") -> Field:
    """The line with one more rule, which takes one point off each time."""
    rule = Deduction(free_id("rule", _rule_ids(field)), "per_time", _ONE, label, label_en or label)
    return replace(field, deduct=(*field.deduct, rule))


def change_rule(field: Field, rule_id: str, **changes: Any) -> Field:
    """The line with some words of a rule changed; what another kind of rule has no use for goes."""
    rules = tuple(
        _sensible(replace(rule, **changes)) if rule.id == rule_id else rule for rule in field.deduct
    )
    return replace(field, deduct=rules)


def _sensible(rule: Deduction) -> Deduction:
    fits = facts_for(rule.kind)
    return replace(
        rule,
        target=rule.target if rule.kind == PER_PERCENT else _WHOLE,
        fact=rule.fact if rule.fact in fits else "",
    )


def facts_for(kind: str) -> tuple[str, ...]:
    """What the records can answer for rules of a kind; nothing where people give the points."""
    return tuple(name for name, counts in FACTS.items() if counts == counts_of(kind))


def move_rule(field: Field, rule_id: str, step: int) -> Field:
    """The line with one of its rules further up (-1) or down (1)."""
    place = [rule.id for rule in field.deduct].index(rule_id)
    left = [rule for rule in field.deduct if rule.id != rule_id]
    left.insert(max(0, place + step), field.deduct[place])
    return replace(field, deduct=tuple(left))


def without_rules(field: Field, ids: Collection[str]) -> Field:
    """The line without some of its rules."""
    return replace(field, deduct=tuple(rule for rule in field.deduct if rule.id not in ids))


def _rule_ids(field: Field) -> set[str]:
    return {rule.id for rule in field.deduct}


# ---- grades


def add_grade(inspection: InspectionWords, label: str) -> InspectionWords:
    """The inspection with one more grade, half-way between the lowest one and the one above it."""
    above = [grade.at_least for grade in inspection.grades if grade.at_least > 0]
    at_least = min(above, default=_WHOLE) / 2 if inspection.grades else Decimal(0)
    taken = {grade.code for grade in inspection.grades}
    made = GradeWords(free_id("g", taken), label, label, at_least.normalize())
    return _graded(inspection, (*inspection.grades, made))


def change_grade(inspection: InspectionWords, code: str, **changes: Any) -> InspectionWords:
    """The inspection with some words of a grade changed."""
    return _graded(
        inspection,
        tuple(replace(grade, **changes) if grade.code == code else grade for grade in inspection.grades),
    )


def without_grades(inspection: InspectionWords, codes: Collection[str]) -> InspectionWords:
    """The inspection without some grades; the lowest one that is left begins at nothing."""
    left = [grade for grade in inspection.grades if grade.code not in codes]
    if left:
        left[-1] = replace(left[-1], at_least=Decimal(0))
    return replace(inspection, grades=tuple(left))


def _graded(inspection: InspectionWords, grades: tuple[GradeWords, ...]) -> InspectionWords:
    return replace(inspection, grades=tuple(sorted(grades, key=lambda grade: -grade.at_least)))
