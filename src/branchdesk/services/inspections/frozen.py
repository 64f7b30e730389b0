"""A signed inspection as text for ever: canonical JSON with all that its papers show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from branchdesk.domain.inspections.issues import Issue, IssueSource, Verification
from branchdesk.domain.inspections.model import (
    Answer,
    Assessment,
    Evidence,
    Fact,
    Inspection,
    InspectionState,
    Proof,
    ProofSlot,
)
from branchdesk.services.frozen_texts import frozen_text
from branchdesk.services.inspections.sheets import Sheet


@dataclass(frozen=True)
class Signed:
    """What was signed: the inspection in its form version, what the records said then, and the problems.

    `on` is the ISO day; `self_score`, `final_score` and `grade` are what it came to, for lists; `superior` is
    who inspected.
    """

    inspection: Inspection
    facts: Mapping[str, Fact]
    issues: tuple[Issue, ...]
    on: str
    self_score: Decimal
    final_score: Decimal
    grade: str
    superior: str = ""


def freeze(sheet: Sheet) -> str:
    """The whole sheet as JSON: the same sheet always gives the same text."""
    final = sheet.final_total
    signed = Signed(
        inspection=sheet.inspection,
        facts=sheet.facts,
        issues=sheet.issues,
        on=sheet.frozen_on or sheet.today.isoformat(),
        self_score=sheet.self_total.score,
        final_score=final.score,
        grade=final.grade.code if final.grade else "",
        superior=sheet.superior,
    )
    return frozen_text(signed)


def scores_of(content: str) -> tuple[Decimal, Decimal, str]:
    """Self score, final score and code of the grade of a frozen sheet, without reading the rest."""
    raw = json.loads(content)
    return Decimal(raw["self_score"]), Decimal(raw["final_score"]), raw["grade"]


def thaw(content: str) -> Signed:
    """What `freeze` was given, as it was signed."""
    raw = json.loads(content)
    return Signed(
        inspection=_inspection(raw["inspection"]),
        facts=MappingProxyType({name: _fact(one) for name, one in raw["facts"].items()}),
        issues=tuple(map(_issue, raw["issues"])),
        on=raw["on"],
        self_score=Decimal(raw["self_score"]),
        final_score=Decimal(raw["final_score"]),
        grade=raw["grade"],
        superior=raw.get("superior", ""),
    )


def _inspection(raw: dict[str, Any]) -> Inspection:
    return Inspection(
        **{
            **raw,
            "state": InspectionState(raw["state"]),
            "values": MappingProxyType(raw["values"]),
            "answers": MappingProxyType({key: _answer(one) for key, one in raw["answers"].items()}),
            "proofs": tuple(Proof(**{**one, "slot": ProofSlot(one["slot"])}) for one in raw["proofs"]),
        }
    )


def _answer(raw: dict[str, Any]) -> Answer:
    stages = {name: _assessment(raw[name]) for name in ("self_check", "check")}
    return Answer(**{**raw, **stages})


def _assessment(raw: dict[str, Any]) -> Assessment:
    return Assessment(
        **{
            **raw,
            "counts": MappingProxyType({rule: Decimal(text) for rule, text in raw["counts"].items()}),
            "whys": MappingProxyType(raw["whys"]),
            "score": _number(raw["score"]),
        }
    )


def _fact(raw: dict[str, Any]) -> Fact:
    evidence = tuple(Evidence(**one) for one in raw["evidence"])
    return Fact(**{**raw, "value": _number(raw["value"]), "evidence": evidence})


def _issue(raw: dict[str, Any]) -> Issue:
    return Issue(
        **{
            **raw,
            "source": IssueSource(raw["source"]),
            "lost_points": _number(raw["lost_points"]),
            "verifications": tuple(Verification(**one) for one in raw["verifications"]),
        }
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
