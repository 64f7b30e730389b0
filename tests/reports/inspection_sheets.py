"""A hand-made inspection, small enough to be worked out in the head, and problems of all sorts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from branchdesk.domain.inspections.comparing import Compared, Comparison
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
from branchdesk.domain.inspections.scoring import fingerprint
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import read_form_text, shipped_form
from branchdesk.forms.samples import shipped_sample
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.rectification import IssueMatter
from branchdesk.reports.inspections.sample_inspection import sample_inspection
from branchdesk.services.inspections.schemes import scheme_of
from branchdesk.services.inspections.sheets import worked_out

ORGANISATION = "中共滨江市经济信息中心支部委员会"
SUPERIOR = "中共滨江市市级机关工作委员会"
TODAY = date(2026, 10, 20)
AROUND = Surroundings(shipped_dictionaries(), TODAY, typed=True)
D = Decimal

FORM = """
kind = "inspection.tiny"
version = 1
title = "支部工作检查表"
title_en = "Inspection"
subject = "organisation"
period = "quarter"
[inspection]
bonus_cap = 2
grades = [
    { code = "good", label = "良好", label_en = "Good", at_least = 80 },
    { code = "failed", label = "不合格", label_en = "Failed", at_least = 0 },
]
[[section]]
id = "head"
label = "检查情况"
label_en = "Head"
[[section]]
id = "life"
label = "一、组织生活"
label_en = "Life"
[[section]]
id = "rest"
label = "二、其他"
label_en = "Rest"
[[field]]
id = "inspectors"
type = "text"
label = "检查人"
label_en = "Inspectors"
section = "head"
role = "inspectors"
[[field]]
id = "opinion"
type = "long_text"
label = "被检查单位意见"
label_en = "Opinion"
section = "head"
[[field]]
id = "advice"
type = "long_text"
label = "检查组建议"
label_en = "Advice"
section = "head"
[[field]]
id = "meet"
type = "indicator"
number = "C1"
label = "支委会每月召开"
label_en = "Meetings"
section = "life"
points = 6
post = "书记"
proof = "会议记录"
proof_en = "Minutes"
[[field.deduct]]
id = "missing"
kind = "missing"
label = "缺支委会"
label_en = "Missing"
amount = 2
fact = "committee.missing"
[[field.deduct]]
id = "faults"
kind = "manual"
label = "记录不全"
label_en = "Faults"
amount = 1
[[field]]
id = "rate"
type = "indicator"
number = "C2"
label = "参会率"
label_en = "Rate"
section = "life"
points = 3
help = "每低 5% 扣 0.5 分。"
help_en = "0.5 for each 5 %."
[[field.deduct]]
id = "below"
kind = "per_percent"
label = "参会率偏低"
label_en = "Rate"
amount = 0.5
step = 5
target = 90
fact = "attendance.rate"
[[field]]
id = "small_groups"
type = "indicator"
number = "D1"
label = "党小组"
label_en = "Groups"
section = "rest"
points = 1
not_applicable = true
[[field]]
id = "honour"
type = "indicator"
number = "D2"
label = "受表彰"
label_en = "Honour"
section = "rest"
points = 3
bonus = true
[[field]]
id = "fraud"
type = "indicator"
number = "D3"
label = "弄虚作假"
label_en = "Fraud"
section = "rest"
veto = true
[[signature]]
id = "branch"
label = "被检查单位负责人"
label_en = "Branch"
who = "secretary"
[[signature]]
id = "inspectors_sign"
label = "检查人"
label_en = "Inspectors"
who = "other"
"""
FACTS: Mapping[str, Fact] = {
    "committee.missing": Fact(
        "committee.missing",
        D(1),
        "本季度应开支委会 3 次，已开 2 次，缺 1 次（8月）。",
        (
            Evidence("7月支委会", "record", "m7", "2026-07-06"),
            Evidence("9月支委会", "record", "m9", "2026-09-07"),
            Evidence("8月支委会", lacking="没有召开"),
        ),
    ),
    "attendance.rate": Fact("attendance.rate", D(86), "本季度参会率 86%。"),
}


def tiny(
    answers: Mapping[str, Answer] | None = None,
    values: Mapping[str, str] | None = None,
    issues: tuple[Issue, ...] = (),
    proofs: tuple[Proof, ...] = (),
    facts: Mapping[str, Fact] = FACTS,
    form: str = FORM,
    **more: Any,
) -> InspectionMatter:
    """An inspection of the small form; `more` are fields of the matter."""
    inspection = Inspection(
        "i",
        "inspection.tiny",
        1,
        "org",
        ORGANISATION,
        2026,
        3,
        "2026年第三季度支部工作检查表",
        InspectionState.INSPECTED,
        "2026-07-05",
        values=values or {},
        answers=answers or {},
        proofs=proofs,
    )
    with speaking_chinese():
        sheet = worked_out(read_form_text(form, "tiny"), inspection, facts, issues, TODAY)
    return InspectionMatter(sheet, shipped_dictionaries(), TODAY, "2026年第三季度", **more)


def confirmed(indicator: str) -> Assessment:
    """A scoring that takes what the records say of a line of the small form."""
    scheme = scheme_of(read_form_text(FORM, "tiny"))
    one = next(each for each in scheme.indicators if each.id == indicator)
    return Assessment(confirmed=fingerprint(one, FACTS))


def quarter(**more: Any) -> InspectionMatter:
    """The shipped sample of the quarterly inspection, with facts, evidence and problems."""
    form, sample = shipped_form("inspection.quarter"), shipped_sample("inspection.quarter")
    assert sample is not None
    inspection = sample_inspection(form, sample, ORGANISATION, AROUND)
    answers = dict(inspection.answers)
    answers["c2"] = replace(
        answers["c2"],
        self_check=Assessment(counts={"missing": D(0)}, whys={"missing": "8 月 10 日的支委会已补录纸质记录"}),
    )
    proofs = (Proof("p1", "c4", ProofSlot.PLAN, "第三季度主题党日方案.pdf", "attachment", "f1"),)
    inspection = replace(inspection, answers=answers, proofs=proofs)
    with speaking_chinese():
        sheet = worked_out(form, inspection, FACTS, (open_issue(), verified_issue()), TODAY, "2026-10-12")
    given: dict[str, Any] = {"superior": SUPERIOR, **more}
    return InspectionMatter(sheet, shipped_dictionaries(), date(2026, 10, 12), "2026年第三季度", **given)


def open_issue(**more: Any) -> Issue:
    """A problem that is being put right, and late."""
    given: dict[str, Any] = {
        "indicator": "c4",
        "number": 2,
        "year": 2026,
        "basis": "检查表 C4",
        "found_on": "2026-10-09",
        "fed_back_on": "2026-10-12",
        "responsible": "王秀兰",
        "assistant": "高峰",
        "measures": "方案前置审批，活动前三天交书记审签。",
        "due_on": "2026-10-15",
        "lost_points": D("0.5"),
        **more,
    }
    return Issue("i1", "org", "9月主题党日缺活动方案。", **given)


def verified_issue(**more: Any) -> Issue:
    """A problem that was verified the second time."""
    given: dict[str, Any] = {
        "source": IssueSource.SPOT_CHECK,
        "number": 3,
        "year": 2026,
        "found_on": "2026-10-09",
        "responsible": "李敏",
        "measures": "公开栏更新纳入月度清单。",
        "due_on": "2026-10-14",
        "done_on": "2026-10-16",
        "result": "已公开，并建立台账。",
        "verifications": (
            Verification("v1", "陈志远", "2026-10-14", False, None, "照片缺日期。", 1, 2026),
            Verification("v2", "陈志远", "2026-10-17", True, None, "照片属实。", 2, 2026),
        ),
        **more,
    }
    return Issue("i2", "org", "学习计划公开晚了 9 天。", **given)


def issue_matter(issue: Issue, **more: Any) -> IssueMatter:
    """What the papers of a problem print."""
    given: dict[str, Any] = {"found_at": "2026年第三季度党建工作检查表\nC4 主题党日每月1次", **more}
    return IssueMatter(issue, ORGANISATION, "检查表", date(2026, 10, 17), **given)


def beside_earlier(matter: InspectionMatter) -> list[Comparison]:
    """The inspection beside one that earned a point less, and none a year ago."""
    rows = [
        Comparison(one.id, one.title, one.points, one.earned, one.earned - 1, None, Compared.SECTION)
        for one in matter.total.sections
        if one.base
    ]
    line = Comparison("C1", "支委会", D(6), D(6), D(5), None)
    total = matter.total.score
    return [*rows, line, Comparison("", "", matter.total.full, total, total - 7, None, Compared.TOTAL)]
