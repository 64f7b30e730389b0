"""A final evaluation as text for ever: canonical JSON with all that its papers show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from branchdesk.domain.evaluations.model import (
    Batch,
    Count,
    Evaluation,
    EvaluationState,
    PartScore,
    Pass,
    Star,
    StarState,
    StepDone,
    Subject,
)
from branchdesk.domain.meetings.model import Line
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.services.frozen_texts import frozen_text


@dataclass(frozen=True)
class Final:
    """What was made final: the evaluation with the hash of its inputs, and what the records said beside it.

    `on` is the ISO day. Titles come from its form version, and rules are those of that day.
    """

    evaluation: Evaluation
    organisation_name: str
    points: Mapping[str, Decimal | None]
    disqualified: Mapping[str, str]
    lines: Mapping[str, tuple[Line, ...]]
    on: str


def freeze(sheet: EvaluationSheet) -> str:
    """The whole sheet as JSON: the same sheet always gives the same text."""
    return frozen_text(
        Final(
            evaluation=replace(sheet.evaluation, result_hash=sheet.hash),
            organisation_name=sheet.organisation_name,
            points=sheet.points,
            disqualified=sheet.disqualified,
            lines=sheet.lines,
            on=sheet.today.isoformat(),
        )
    )


def thaw(content: str) -> Final:
    """What `freeze` was given, as it was made final."""
    raw = json.loads(content)
    lines = {
        table: tuple(Line(one["uid"], MappingProxyType(one["values"])) for one in rows)
        for table, rows in raw["lines"].items()
    }
    return Final(
        evaluation=_evaluation(raw["evaluation"]),
        organisation_name=raw["organisation_name"],
        points=MappingProxyType({uid: _number(text) for uid, text in raw["points"].items()}),
        disqualified=MappingProxyType(raw["disqualified"]),
        lines=MappingProxyType(lines),
        on=raw["on"],
    )


def _evaluation(raw: dict[str, Any]) -> Evaluation:
    return Evaluation(
        **{
            **raw,
            "state": EvaluationState(raw["state"]),
            "values": MappingProxyType(raw["values"]),
            "steps": tuple(StepDone(**_with_days(one, "done_on", "begun_on")) for one in raw["steps"]),
            "subjects": tuple(Subject(**_with_days(one, "told_on")) for one in raw["subjects"]),
            "scores": tuple(PartScore(**{**one, "score": _number(one["score"])}) for one in raw["scores"]),
            "batches": tuple(map(_batch, raw["batches"])),
            "stars": tuple(map(_star, raw["stars"])),
        }
    )


def _batch(raw: dict[str, Any]) -> Batch:
    passes = tuple(
        Pass(**{**one, "counts": tuple(Count(**row) for row in one["counts"])}) for one in raw["passes"]
    )
    return Batch(**{**_with_days(raw, "printed_on"), "passes": passes})


def _star(raw: dict[str, Any]) -> Star:
    return Star(**{**_with_days(raw, "from_day", "until_day"), "state": StarState(raw["state"])})


def _with_days(raw: dict[str, Any], *names: str) -> dict[str, Any]:
    days = {name: date.fromisoformat(raw[name]) if raw[name] else None for name in names}
    return {**raw, **days}


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
