"""Writes a form as TOML that reads back equal, for the form designer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from branchdesk.forms.declarations import (
    Form,
    FormTable,
    InspectionWords,
    MeetingWords,
    PaperCell,
    PaperWords,
)
from branchdesk.forms.dictionaries import Entry
from branchdesk.forms.evaluation_words import EvaluationWords, GradeWords, PartWords, QuotaWords, StepWords
from branchdesk.forms.fields import Condition, Deduction, Field, FieldType, Slot
from branchdesk.forms.point_words import BucketWords, PointRuleWords

_Value = str | int | Decimal | Sequence["_Value"] | Mapping[str, "_Value"]
_Pairs = dict[str, _Value]

_HUNDRED = 100
_PLAIN = Field("", FieldType(), "", "", "")  # only its defaults are looked at
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def write_form(form: Form) -> str:
    """The form as TOML; words that say what would hold anyway are left out."""
    parts = [
        _table(
            "",
            {
                "kind": form.kind,
                "version": form.version,
                "title": form.title,
                "title_en": form.title_en,
                "subject": form.subject,
                "period": form.period,
                **_given(
                    checks=form.checks, blank=form.blank, archive=form.archive, retention=form.retention
                ),
            },
        )
    ]
    if form.meeting is not None:
        parts.append(_table("[meeting]", _meeting(form.meeting)))
    if form.inspection is not None:
        parts.append(_table("[inspection]", _inspection(form.inspection)))
    if form.points is not None:
        buckets = [_bucket(bucket) for bucket in form.points.buckets]
        parts.append(_table("[points]", {"redeem": form.points.redeem, "buckets": buckets}))
        parts += [_table("[[points.rule]]", _point_rule(rule)) for rule in form.points.rules]
    if form.evaluation is not None:
        parts += _evaluation(form.evaluation)
    for section in form.sections:
        pairs: _Pairs = {"id": section.id, "label": section.label, "label_en": section.label_en}
        pairs |= _given(phase=section.phase if section.phase != "held" else "", hidden=section.hidden)
        parts.append(_table("[[section]]", pairs))
    parts += [_table("[[field]]", _field(field)) for field in form.fields]
    parts += [part for table in form.tables for part in _form_table(table)]
    for signature in form.signatures:
        labels: _Pairs = {"id": signature.id, "label": signature.label, "label_en": signature.label_en}
        parts.append(_table("[[signature]]", {**labels, "who": signature.who}))
    if form.paper is not None:
        parts += _paper(form.paper)
    return "\n".join(parts)


def _meeting(meeting: MeetingWords) -> _Pairs:
    return {
        "counts": meeting.counts,
        "expected": meeting.expected,
        "votes": meeting.votes,
        "study_hours": meeting.study_hours,
        "layout": meeting.layout,
    }


def _inspection(inspection: InspectionWords) -> _Pairs:
    return {
        "bonus_cap": inspection.bonus_cap,
        "grades": [
            {
                "code": grade.code,
                "label": grade.label,
                "label_en": grade.label_en,
                "at_least": grade.at_least,
            }
            for grade in inspection.grades
        ],
    }


def _bucket(bucket: BucketWords) -> _Pairs:
    return {
        "id": bucket.id,
        "label": bucket.label,
        "label_en": bucket.label_en,
        "begin": bucket.begin,
        **({} if bucket.cap is None else {"cap": bucket.cap}),
        **_given(may_be_negative=bucket.may_be_negative),
    }


def _point_rule(rule: PointRuleWords) -> _Pairs:
    caps = {
        "cap_once": rule.cap_once,
        "cap_month": rule.cap_month,
        "cap_quarter": rule.cap_quarter,
        "cap_year": rule.cap_year,
    }
    return {
        "id": rule.id,
        "number": rule.number,
        "label": rule.label,
        "label_en": rule.label_en,
        "bucket": rule.bucket,
        "unit": rule.unit,
        **_given(unit_en=rule.unit_en),
        "points": rule.points,
        **{key: cap for key, cap in caps.items() if cap is not None},
        **_given(evidence=rule.evidence, fact=rule.fact, claim=rule.claim, duty=rule.duty),
        **_given(help=rule.help, help_en=rule.help_en),
    }


def _evaluation(evaluation: EvaluationWords) -> list[str]:
    """The words of an evaluation: its head, then its parts, steps, dimensions and procedures."""
    head: _Pairs = {
        "of": evaluation.of,
        **_given(takes_part=evaluation.takes_part, graded=evaluation.graded),
        "decimals": evaluation.decimals,
        "ties": evaluation.ties,
        **_given(decision=evaluation.decision, disqualifiers=evaluation.disqualifiers),
        **_given(grades=[_grade(grade) for grade in evaluation.grades]),
        **_given(quotas=[_quota(quota) for quota in evaluation.quotas]),
    }
    dimensions: list[_Pairs] = [
        {
            "id": one.id,
            "label": one.label,
            "label_en": one.label_en,
            "star": one.star,
            "star_en": one.star_en,
            **({} if one.places is None else {"places": one.places}),
        }
        for one in evaluation.dimensions
    ]
    procedures: list[_Pairs] = [
        {"grade": one.grade, "id": one.id, "label": one.label, "label_en": one.label_en}
        for one in evaluation.procedures
    ]
    return [
        _table("[evaluation]", head),
        *(_table("[[evaluation.part]]", _evaluation_part(part)) for part in evaluation.parts),
        *(_table("[[evaluation.step]]", _step(step)) for step in evaluation.steps),
        *(_table("[[evaluation.dimension]]", dimension) for dimension in dimensions),
        *(_table("[[evaluation.procedure]]", procedure) for procedure in procedures),
    ]


def _grade(grade: GradeWords) -> _Pairs:
    return {
        "code": grade.code,
        "label": grade.label,
        "label_en": grade.label_en,
        "value": grade.value,
        **({} if grade.at_least is None else {"at_least": grade.at_least}),
    }


def _quota(quota: QuotaWords) -> _Pairs:
    return {
        "grade": quota.grade,
        "numerator": quota.numerator,
        "denominator": quota.denominator,
        "base": quota.base,
        **_given(hard=quota.hard),
    }


def _evaluation_part(part: PartWords) -> _Pairs:
    return {
        "id": part.id,
        "label": part.label,
        "label_en": part.label_en,
        "weight": part.weight,
        "source": part.source,
        "full": part.full,
        "missing": part.missing,
        **_given(target=part.target, target_en=part.target_en, help=part.help, help_en=part.help_en),
    }


def _step(step: StepWords) -> _Pairs:
    return {
        "id": step.id,
        "label": step.label,
        "label_en": step.label_en,
        **_given(paper=step.paper, optional=step.optional, days=step.days),
        **_given(ballots=step.ballots, decides=step.decides),
    }


def _field(field: Field) -> _Pairs:
    pairs: _Pairs = {
        "id": field.id,
        "type": field.type.name,
        **_given(dictionary=field.dictionary if field.dictionary != field.type.dictionary else ""),
        "label": field.label,
        "label_en": field.label_en,
        **_given(section=field.section, role=field.role, source=field.source),
        **_given(required=field.required, private=field.private, in_list=field.in_list),
        **_given(read_only=field.read_only, future=field.future, hidden=field.hidden, aliases=field.aliases),
    }
    if field.max_length != _PLAIN.max_length:
        pairs["max_length"] = field.max_length
    if field.width != _PLAIN.width:
        pairs["width"] = field.width
    numbers = {"min": field.least, "max": field.most, "points": field.points}
    return {
        **pairs,
        **_given(help=field.help, help_en=field.help_en, default=field.default, prefill=field.prefill),
        **{key: number for key, number in numbers.items() if number is not None},
        **_given(number=field.number, post=field.post, proof=field.proof, proof_en=field.proof_en),
        **_given(figure=field.figure, bonus=field.bonus, veto=field.veto),
        **_given(not_applicable=field.not_applicable),
        **_given(choices=[_choice(choice) for choice in field.choices]),
        **({} if field.only_if is None else {"only_if": _condition(field.only_if)}),
        **({} if field.slot is None else {"slot": _slot(field.slot)}),
        **_given(deduct=[_deduction(deduction) for deduction in field.deduct]),
    }


def _choice(choice: Entry) -> _Pairs:
    return {"code": choice.code, "label": choice.label, "label_en": choice.label_en}


def _condition(condition: Condition) -> _Pairs:
    answer: _Pairs = {"filled": True} if condition.filled else {"is": condition.among}
    return {"field": condition.field, **answer}


def _slot(slot: Slot) -> _Pairs:
    most: _Pairs = {} if slot.most is None else {"most": slot.most}
    return {**most, "kinds": slot.kinds}


def _deduction(deduction: Deduction) -> _Pairs:
    numbers = {
        "step": deduction.step if deduction.step != 1 else None,
        "amount": deduction.amount,
        "cap": deduction.cap,
        "target": deduction.target if deduction.target != _HUNDRED else None,
    }
    return {
        "id": deduction.id,
        "kind": deduction.kind,
        "label": deduction.label,
        "label_en": deduction.label_en,
        **{key: number for key, number in numbers.items() if number is not None},
        **_given(fact=deduction.fact),
    }


def _form_table(table: FormTable) -> list[str]:
    pairs: _Pairs = {"id": table.id, "label": table.label, "label_en": table.label_en}
    pairs |= {
        "section": table.section,
        "holds": table.holds,
        **_given(help=table.help, help_en=table.help_en),
    }
    return [_table("[[table]]", pairs), *(_table("[[table.field]]", _field(field)) for field in table.fields)]


def _paper(paper: PaperWords) -> list[str]:
    head = _table("[paper]", {"title": paper.title, "head_widths": paper.head_widths})
    rows = [_table("[[paper.row]]", {"cells": [_cell(cell) for cell in row.cells]}) for row in paper.rows]
    return [head, *rows]


def _cell(cell: PaperCell) -> _Pairs:
    columns: _Pairs = {"columns": cell.columns} if cell.columns != 1 else {}
    return {**_given(label=cell.label, field=cell.field, figure=cell.figure), **columns}


def _given(**words: str | bool | Sequence[_Value]) -> _Pairs:
    """The words that say anything: no empty texts and lists, no flags that are not set."""
    return {key: word for key, word in words.items() if word}


def _table(header: str, pairs: _Pairs) -> str:
    lines = [header] if header else []
    lines += [f"{key} = {_written(value)}" for key, value in pairs.items()]
    return "".join(f"{line}\n" for line in lines)


def _written(value: _Value) -> str:
    """A value as TOML spells it."""
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(_character(char) for char in value) + '"'
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key} = {_written(one)}" for key, one in value.items())
        return f"{{ {inside} }}"
    rows = [_written(one) for one in value]
    if any(isinstance(one, Mapping) for one in value):
        return "[\n" + "".join(f"    {row},\n" for row in rows) + "]"
    return f"[{', '.join(rows)}]"


def _character(char: str) -> str:
    """A character inside a basic string; control characters are escaped."""
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\u{ord(char):04X}" if ord(char) < 0x20 or ord(char) == 0x7F else char
