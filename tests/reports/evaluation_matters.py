"""What the papers of evaluations print in tests: invented evaluations and what a roster says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from branchdesk.domain.evaluations.model import Star, Subject
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.reports.evaluations.matter import EvaluationMatter, PersonFacts
from branchdesk.services.evaluations.sheets import EvaluationSheet
from reports.evaluated_sheets import TODAY, again


def matter(sheet: EvaluationSheet, **more: Any) -> EvaluationMatter:
    """The matter of a sheet; the women have even places."""
    facts = {
        one.uid: PersonFacts(
            sex="男" if one.position % 2 else "女",
            ethnic="汉族",
            born="1985年3月",
            education="大学本科",
            admitted="2008年7月",
            posts="组织委员" if one.position == 3 else "",
            employer="滨江市经济信息中心数据资源科科长",
        )
        for one in sheet.evaluation.subjects
    }
    return EvaluationMatter(sheet, shipped_dictionaries(), TODAY, facts, **more)


def with_subject(sheet: EvaluationSheet, uid: str, **changes: Any) -> EvaluationSheet:
    """The sheet with something else said of one subject."""

    def changed(one: Subject) -> Subject:
        return replace(one, **changes) if one.uid == uid else one

    return again(sheet, subjects=tuple(map(changed, sheet.evaluation.subjects)))


def with_star(sheet: EvaluationSheet, uid: str, **changes: Any) -> EvaluationSheet:
    """The sheet with something else said of one star."""

    def changed(one: Star) -> Star:
        return replace(one, **changes) if one.uid == uid else one

    return again(sheet, stars=tuple(map(changed, sheet.evaluation.stars)))
