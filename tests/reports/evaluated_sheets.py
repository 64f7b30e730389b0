"""Evaluations built without a branch: the shipped forms with invented people, worked out as services do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from branchdesk.domain.evaluations.model import (
    BLANK,
    Batch,
    Count,
    Evaluation,
    PartScore,
    Pass,
    Scheme,
    Star,
    StarState,
    StepDone,
    Subject,
)
from branchdesk.domain.evaluations.thresholds import thresholds_at
from branchdesk.domain.meetings.model import Line
from branchdesk.forms.language import Form, shipped_form
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import speaking_chinese
from branchdesk.services.evaluations.schemes import scheme_of
from branchdesk.services.evaluations.sheets import Around, EvaluationSheet, worked_out

ORGANISATION = "中共滨江市经济信息中心支部委员会"
TODAY = date(2026, 12, 25)
YEAR = 2026
_NAMES = (
    *("王秀兰", "高峰", "欧阳静怡", "孙晓燕", "赵立新", "邹丽"),
    *("李明朗", "周建国", "何雨", "陈志远", "林霞", "韩雪"),
)
_GROUPS = ("第一党小组", "第二党小组")
_DEED = "主动承担数据平台攻坚任务，带领三名青年党员连续三个月驻场，解决接口不通、数据不准等难题二十余项。"
_PARTS = ("completion", "quality", "timeliness", "cooperation", "innovation", "satisfaction")


def people(names: Sequence[str] = _NAMES) -> tuple[Subject, ...]:
    """Members of two groups; the last but one is on probation, the last one is away."""
    made = []
    for place, name in enumerate(names):
        one = Subject(f"s{place:02}", place, f"p{place:02}", name, _GROUPS[place % 2], "full")
        if place == len(names) - 2:
            one = replace(one, category="probationary", graded=False, why_not="预备党员参加评议，不评定等次")
        if place == len(names) - 1:
            one = replace(one, takes_part=False, why_not="因病长期住院")
        made.append(one)
    return tuple(made)


def batch(
    uid: str,
    code: str,
    heads: tuple[int, int, int],
    votes: Mapping[str, Sequence[int]],
    choices: Sequence[str],
) -> Batch:
    """A batch counted twice alike; `heads` are issued, returned and spoiled, `votes` by subject."""
    issued, returned, spoiled = heads
    counts = tuple(
        Count(subject, choice, number)
        for subject, row in sorted(votes.items())
        for choice, number in zip(choices, row, strict=True)
    )
    valid = returned - spoiled
    passes = (Pass(1, "邹丽", valid, counts), Pass(2, "何雨", valid, counts))
    return Batch(uid, code, "", issued, returned, spoiled, date(2026, 12, 10), passes)


def shipped(kind: str) -> tuple[Form, Scheme]:
    """A shipped form of evaluations and its scheme."""
    form = shipped_form(kind)
    with speaking_chinese():
        return form, scheme_of(form)


def made(
    kind: str, evaluation: Mapping[str, Any], around: Mapping[str, Any] | None = None
) -> EvaluationSheet:
    """The sheet of an evaluation of a shipped form."""
    form, scheme = shipped(kind)
    given = {"version": form.version, "title": f"{YEAR} 年度{scheme.title}", **evaluation}
    one = Evaluation("e1", kind, organisation="o1", year=YEAR, **given)
    days = dict.fromkeys(step.days for step in scheme.steps if step.days)
    about: dict[str, Any] = {
        "organisation_name": ORGANISATION,
        "thresholds": thresholds_at(shipped_rules(), TODAY, *days),
        "today": TODAY,
        "points": {},
        "disqualified": {},
        "lines": {},
        **(around or {}),
    }
    with speaking_chinese():
        return worked_out(form, scheme, one, Around(**about))


def again(sheet: EvaluationSheet, **changes: Any) -> EvaluationSheet:
    """The sheet worked out anew after something in the evaluation was changed."""
    around = Around(
        organisation_name=sheet.organisation_name,
        thresholds=sheet.thresholds,
        today=sheet.today,
        points=sheet.points,
        disqualified=sheet.disqualified,
        lines=sheet.lines,
        frozen_on=sheet.frozen_on,
    )
    with speaking_chinese():
        return worked_out(sheet.form, sheet.scheme, replace(sheet.evaluation, **changes), around)


def _choices(kind: str) -> list[str]:
    _form, scheme = shipped(kind)
    return [*(one.code for one in scheme.grades), BLANK]


# ---- one of each kind


def appraisal(**changes: Any) -> EvaluationSheet:
    """Twelve members: eleven take part, ten get a grade, three of them 优秀, one 基本合格, one 不合格."""
    subjects = _graded()
    votes = {one.uid: (9, 3, 1, 0, 1) for one in subjects[:2]}
    votes |= {one.uid: (3, 10, 1, 0, 0) for one in subjects[2:8]}
    votes |= {subjects[8].uid: (0, 4, 9, 1, 0), subjects[9].uid: (0, 2, 5, 7, 0)}
    few = {one.uid: (2, 1, 0, 0, 0) for one in subjects[:10]}
    choices = _choices("evaluation.appraisal")
    given: dict[str, Any] = {
        "subjects": tuple(subjects),
        "batches": (
            batch("b1", "2026-01", (16, 15, 1), votes, choices),
            batch("b2", "2026-02", (4, 3, 0), few, choices),
        ),
        "values": {
            "notice": "《关于开展2026年度民主评议党员工作的通知》（滨经信党〔2026〕21号）",
            "meeting_ref": "2026年第4次支部党员大会",
            "held_on": "2026-12-10",
            "place": "三楼会议室",
            "decided_at": "第12次支部委员会会议",
            "decided_on": "2026-12-15",
            "channel": "单位公开栏",
            "publicity_from": "2026-12-18",
            "publicity_until": "2026-12-25",
            "opinions_to": "党支部办公室，电话 0000-1234567",
            "report_problems": "少数党员参加组织生活不够经常，自评写事实不够具体。",
            "report_measures": "建立缺席谈话制度，每季度通报一次出勤情况。",
        },
        "steps": tuple(
            StepDone(step, date(2026, 12, day))
            for step, day in (("prepare", 1), ("self", 8), ("mutual", 10), ("ballot", 10), ("decide", 15))
        ),
        **changes,
    }
    points = {"s00": Decimal("86.25"), "s01": Decimal(70)}
    return made("evaluation.appraisal", given, {"points": points})


def _graded() -> list[Subject]:
    """Everybody with a grade; the fourth one better than the ballots say."""
    grades = ["excellent", "excellent", "qualified", "excellent", *["qualified"] * 4, "basic", "unqualified"]
    subjects = []
    for place, one in enumerate(people()):
        more: dict[str, Any] = {}
        if one.needs_grade:
            more = {"grade": grades[place], "told_on": date(2026, 12, 18)}
        if place == 3:
            more["reason"] = "连续三年承担重点攻坚任务，全年无缺席"
        if more.get("grade") in {"basic", "unqualified"}:
            more["opinion"] = "组织观念不够强，多次不参加组织生活。"
            more["improvement"] = "按时参加组织生活，履行党员义务。"
        subjects.append(replace(one, **more))
    return subjects


def committee(**changes: Any) -> EvaluationSheet:
    """A committee that thirteen ballots call good."""
    kind = "evaluation.committee"
    given: dict[str, Any] = {
        "subjects": (Subject("c1", 0, None, "支部委员会"),),
        "batches": (batch("b1", "2026-01", (15, 14, 1), {"c1": (9, 3, 1, 0, 0)}, _choices(kind)),),
        "values": {
            "meeting_ref": "2026年第4次支部党员大会",
            "held_on": "2026-12-10",
            "committee_members": "周建国、孙晓燕、赵立新",
            "opinions": "学习形式还可以更丰富；联系青年党员不够多。",
            "measures": "每季度安排一次现场学习；委员每人联系两名青年党员。",
        },
        **changes,
    }
    return made(kind, given)


def secretary(**changes: Any) -> EvaluationSheet:
    """The secretary's report with its rating, and one line of what is put right."""
    kind = "evaluation.secretary"
    given: dict[str, Any] = {
        "subjects": (Subject("c1", 0, "p07", "周建国", grade="good"),),
        "batches": (batch("b1", "2026-01", (15, 15, 0), {"c1": (11, 3, 0, 0, 1)}, _choices(kind)),),
        "values": {
            "reporter": "周建国",
            "party_post": "党支部书记",
            "held_on": "2026-12-12",
            "duty": "一年来，认真履行抓党建第一责任人职责，召开支部党员大会4次。\n上年度3个问题全部整改。",
            "integrity": "带头执行中央八项规定精神，如实报告个人有关事项。",
            "problems": "抓学习的办法不多，联系群众不够经常。",
            "causes": "对新情况研究不深。",
            "intentions": "围绕中心任务抓党建，建好一个攻坚小组。",
            "superior_comment": "思路清楚、措施具体，要在联系群众上再下功夫。",
            "commented_by": "市直机关工委",
            "commented_on": "2026-12-20",
        },
        **changes,
    }
    line = {
        "problem": "联系群众不够经常",
        "measure": "每月走访两户",
        "responsible": "周建国",
        "due_on": "2027-06-30",
    }
    return made(kind, given, {"lines": {"rectification_list": (Line("l1", line),)}})


def stars(**changes: Any) -> EvaluationSheet:
    """Stars in every state: two given, one made public, one declined, one just declared."""
    subjects = tuple(
        replace(one, graded=False, why_not="" if one.takes_part else one.why_not) for one in people()
    )
    scores = [*_starred("s00", "master", 95, 92, 90, 88), *_starred("s01", "serve", 90, 85, None, 86)]
    scores += _starred("s02", "master", 80, 81, 82, None)
    given: dict[str, Any] = {
        "subjects": subjects,
        "scores": tuple(scores),
        "stars": _stars(),
        "steps": (
            StepDone("self", date(2026, 11, 20)),
            StepDone("recommend", date(2026, 11, 27)),
            StepDone("review", date(2026, 12, 4)),
            StepDone("approve", date(2026, 12, 8)),
            StepDone("publicity", date(2026, 12, 18), begun_on=date(2026, 12, 10)),
        ),
        "values": {"channel": "单位公开栏", "commended_on": "2026-12-22"},
        **changes,
    }
    return made("evaluation.stars", given, {"disqualified": {"s02": "缺席组织生活 35%，超过 30%"}})


def _stars() -> tuple[Star, ...]:
    first = Star("t1", "s00", "master", StarState.AWARDED, _DEED * 9, 10, 11, "同意。")
    heard = Star("t2", "s01", "serve", StarState.AWARDED, _DEED, 9, 11, "同意推荐。")
    return (
        replace(first, from_day=date(2027, 1, 1), until_day=date(2027, 12, 31)),
        replace(heard, objection="值守时间有误", handled="核对记录，已更正"),
        Star("t3", "s02", "master", StarState.APPROVED, _DEED, 8, 11, "同意。"),
        Star("t4", "s03", "devote", StarState.DECLINED, _DEED, 3, 11),
        Star("t5", "s04", "excel", StarState.DECLARED, _DEED),
    )


def _starred(subject: str, dimension: str, *scores: int | None) -> Iterable[PartScore]:
    """The scores of self, mutual, branch and superior in one dimension."""
    for part, score in zip(("self", "mutual", "committee", "superior"), scores, strict=True):
        if score is not None:
            yield PartScore(subject, part, dimension, Decimal(score))


def key_work(**changes: Any) -> EvaluationSheet:
    """Three members: one with a whole card, one without what people say and innovation, one with nothing."""
    subjects = tuple(
        replace(one, grade=grade, graded=True, why_not="", takes_part=True)
        for one, grade in zip(people()[:3], ("excellent", "good", ""), strict=True)
    )
    cards = {"s00": (96, 95, 90, 100, 80, 93), "s01": (88, 85, 80, 90, None, None)}
    scores = []
    for subject, row in cards.items():
        for part, score in zip(_PARTS, row, strict=True):
            one = PartScore(subject, part, score=Decimal(score or 0), scorer="赵立新")
            if part == "completion":
                one = replace(
                    one,
                    target="完成全市数据接口对接 42 个",
                    actual="已对接 41 个，余 1 个待对方升级",
                    evidence_title="验收报告",
                )
            scores += [one] if score is not None else []
    given: dict[str, Any] = {
        "subjects": subjects,
        "scores": tuple(scores),
        "values": {
            "task": "全市政务数据共享平台攻坚",
            "due_on": "2026-12-31",
            "scorers": "赵立新、周建国",
        },
        **changes,
    }
    return made("evaluation.key_work", given)
