"""Inspections for tests, made from few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from branchdesk.domain.inspections.issues import Issue, Verification
from branchdesk.domain.inspections.model import (
    Answer,
    Assessment,
    DeductionRule,
    Evidence,
    Fact,
    Grade,
    Indicator,
    Inspection,
    InspectionState,
    Proof,
    ProofSlot,
    RuleKind,
    Scheme,
    Stage,
)
from branchdesk.domain.inspections.scoring import LineScore, score_line, shown
from branchdesk.findings import Finding
from branchdesk.forms.rules import shipped_rules

RULES = shipped_rules()
TODAY = date(2027, 1, 12)
NO_FACTS: Mapping[str, Fact] = MappingProxyType({})
HELD = Evidence("12月主题党日", "record", "m12", "2026-12-16")
GRADES = (
    Grade("excellent", "优秀", Decimal(90)),
    Grade("good", "良好", Decimal(80)),
    Grade("passed", "合格", Decimal(60)),
    Grade("failed", "不合格", Decimal(0)),
)


def points_of(text: str) -> Decimal | None:
    """Points as a table of cases writes them; "-" stands for none."""
    return None if text == "-" else Decimal(text)


def told(*points: Decimal | None) -> str:
    """Points in one row of text, as a table of cases writes them."""
    return " ".join("-" if one is None else shown(one) for one in points)


def rule(place: int, words: Sequence[Any]) -> DeductionRule:
    """A rule with the id r1, r2 and so on, from its label, kind, amount and what else a table gives."""
    label, kind, amount, *more = words
    extra = dict(more[0]) if more else {}
    return DeductionRule(
        f"r{place}",
        RuleKind(kind),
        Decimal(amount),
        label,
        step=Decimal(extra.get("step", "1")),
        cap=Decimal(extra["cap"]) if "cap" in extra else None,
        target=Decimal(extra.get("target", "100")),
        fact=extra.get("fact", ""),
    )


def indicator(name: str = "C4", points: str = "4", *rules: Sequence[Any], **more: Any) -> Indicator:
    """A line whose id and number are `name`, in the section of its first letter."""
    whole = {
        "title": f"检查内容{name}",
        "section": name[:1],
        "points": points_of(points),
        "rules": tuple(rule(place, words) for place, words in enumerate(rules, start=1)),
        "proof": "记录",
    }
    return Indicator(name, name, **{**whole, **more})


MISSING = ("缺1次扣1.5", "per_time", "1.5", {"fact": "theme_day.missing"})
NO_PLAN = ("无方案扣0.5", "missing", "0.5", {"fact": "theme_day.without_plan"})
C4 = indicator("C4", "4", MISSING, NO_PLAN, title="主题党日每月1次，有主题方案", may_not_apply=True)
BY_HAND = indicator("A5", "2", ("缺1项扣0.5", "missing", "0.5"), title="阵地")
BONUS = indicator("加分1", "3", title="受上级表彰", bonus=True)
VETO = indicator("否决1", "-", title="违纪瞒报", veto=True)


def said(score: str = "", **counts: str) -> Assessment:
    """A scoring with a typed score, or counts by rule."""
    return Assessment(
        counts={name: Decimal(count) for name, count in counts.items()},
        score=Decimal(score) if score else None,
    )


def facts(**values: str) -> dict[str, Fact]:
    """What the records answer, by the part of the name behind `theme_day`; "?" is no answer."""
    found = {}
    for name, value in values.items():
        whole = f"theme_day.{name}"
        number = None if value == "?" else Decimal(value)
        found[whole] = Fact(whole, number, f"查到 {value} 次。", (HELD,))
    return found


def scored(
    one: Indicator = C4,
    assessment: Assessment | None = None,
    known: Mapping[str, Fact] = NO_FACTS,
    *,
    stage: Stage = Stage.SELF,
    **answer: Any,
) -> LineScore:
    """A line scored at one stage."""
    name = "self_check" if stage is Stage.SELF else "check"
    whole = Answer(**answer) if assessment is None else Answer(**{name: assessment, **answer})
    return score_line(one, whole, stage, known)


def scheme(*indicators: Indicator, **more: Any) -> Scheme:
    """A form of some lines with the usual grades, whose sections have the names of their letters."""
    sections = dict.fromkeys(one.section for one in indicators)
    whole = {
        "sections": tuple((section, f"{section}部分") for section in sections),
        "grades": GRADES,
        "bonus_cap": Decimal(5),
    }
    return Scheme("党建工作检查表", indicators=indicators, **{**whole, **more})


def inspection(**more: Any) -> Inspection:
    """The inspection of the fourth quarter of 2026, being checked."""
    whole: dict[str, Any] = {
        "uid": "i1",
        "kind": "inspection.quarter",
        "version": 1,
        "organisation": "b1",
        "organisation_name": "机关第一党支部",
        "year": 2026,
        "number": 4,
        "state": InspectionState.ISSUED,
    }
    return Inspection(**{**whole, **more})


def proof(of: str) -> Proof:
    """A file under a line."""
    return Proof(f"p-{of}", of, ProofSlot.RECORD, "照片", "attachment", "a1")


def issue(**more: Any) -> Issue:
    """The problem of domain 7.2b, as it was closed."""
    whole: dict[str, Any] = {
        "uid": "w1",
        "organisation": "b1",
        "text": "12月主题党日缺活动方案",
        "found_in": "i1",
        "indicator": "C4",
        "found_on": "2027-01-08",
        "fed_back_on": "2027-01-10",
        "acknowledged_on": "2027-01-11",
        "responsible": "王芳",
        "responsible_uid": "u2",
        "measures": "方案前置审批",
        "due_on": "2027-01-25",
        "done_on": "2027-01-20",
        "result": "1月方案已审批",
        "lost_points": Decimal("0.5"),
        "verifications": (verification(),),
    }
    return Issue(**{**whole, **more})


def verification(**more: Any) -> Verification:
    """Its verification by somebody else, which it passed."""
    whole: dict[str, Any] = {
        "uid": "v1",
        "verifier": "赵敏",
        "on": "2027-01-22",
        "passed": True,
        "verifier_uid": "u4",
        "opinion": "通过",
        "number": 1,
        "year": 2027,
    }
    return Verification(**{**whole, **more})


def unverified(**more: Any) -> Issue:
    """The problem before anybody verified it."""
    return replace(issue(**more), verifications=())


def codes(findings: Sequence[Finding]) -> list[str]:
    """The codes of findings in their order."""
    return [found.code for found in findings]


def sentences(findings: Sequence[Finding]) -> list[str]:
    """What findings say."""
    return [found.sentence for found in findings]
