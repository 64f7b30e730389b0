"""The fingerprint of what decides over the results of an evaluation, to prove them again later (issue 5)."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from branchdesk.domain.evaluations.ballots import votes_of
from branchdesk.domain.evaluations.model import Batch, Evaluation, Pass, Scheme, Star
from branchdesk.domain.inspections.line_scores import shown


def input_hash(scheme: Scheme, evaluation: Evaluation) -> str:
    """The SHA-256 of everything that decides over the results, in 64 hexadecimal digits.

    The same for ever, in whatever order subjects, scores, batches and parts are given, and whether 2 or 2.0
    is written. Names, titles, opinions, notes and reasons do not matter; figures and decisions do.
    """
    content = {"scheme": _scheme_content(scheme), "evaluation": _evaluation_content(evaluation)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _scheme_content(scheme: Scheme) -> dict[str, Any]:
    return {
        "kind": scheme.kind,
        "version": scheme.version,
        "decimals": scheme.decimals,
        "ties": str(scheme.ties),
        "decision": scheme.decision,
        "disqualifiers": sorted(scheme.disqualifiers),
        "grades": [[one.code, shown(one.value), shown(one.at_least)] for one in scheme.grades],
        "quotas": sorted(
            [one.grade, one.numerator, one.denominator, str(one.base), one.hard] for one in scheme.quotas
        ),
        "parts": sorted(
            [one.id, shown(one.weight), one.source, shown(one.full), str(one.missing)] for one in scheme.parts
        ),
        "steps": [[one.id, one.days] for one in scheme.steps],
        "dimensions": sorted([one.id, _number(one.places)] for one in scheme.dimensions),
    }


def _evaluation_content(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "subjects": sorted([one.uid, one.takes_part, one.graded, one.grade] for one in evaluation.subjects),
        "scores": sorted(
            [one.subject, one.dimension, one.part, _figure(one.score)]
            for one in evaluation.scores
            if one.score is not None
        ),
        "batches": sorted(_batch_content(one) for one in evaluation.batches),
        "stars": sorted(_star_content(one) for one in evaluation.stars),
        "steps": sorted(
            [one.step, _day(one.begun_on), _day(one.done_on), one.skipped] for one in evaluation.steps
        ),
    }


def _batch_content(batch: Batch) -> list[Any]:
    return [
        batch.code,
        batch.part,
        *map(_number, (batch.issued, batch.returned, batch.spoiled)),
        sorted(_pass_content(one) for one in batch.passes),
    ]


def _pass_content(counting: Pass) -> list[Any]:
    votes = votes_of(counting)
    rows = sorted(
        [subject, choice, number] for subject, own in votes.items() for choice, number in own.items()
    )
    return [counting.number, counting.ballots, rows]


def _star_content(star: Star) -> list[str]:
    return [
        star.subject,
        star.dimension,
        star.state.value,
        _number(star.votes_for),
        _number(star.votes_of),
        _day(star.from_day),
        _day(star.until_day),
    ]


def _figure(number: Decimal) -> str:
    return shown(number)


def _number(number: int | None) -> str:
    """A whole number as text; nothing for no number, which is not 0."""
    return "" if number is None else str(number)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
