"""Points for tests, made from few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from branchdesk.domain.inspections.line_scores import shown
from branchdesk.domain.points.automatic import FactHit
from branchdesk.domain.points.model import (
    Bucket,
    EntrySource,
    EntryState,
    PointEntry,
    PointRule,
    PointScheme,
    Redemption,
    Reward,
)
from branchdesk.findings import Finding

TODAY = date(2026, 12, 20)
BASE = Bucket("base", "基础分", Decimal(60), Decimal(60), may_be_negative=True)
TASK = Bucket("task", "任务分", cap=Decimal(40))
REWARD = Bucket("reward", "奖励分", cap=Decimal(20))
OFF = Bucket("off", "扣减", may_be_negative=True)


def number(text: str) -> Decimal | None:
    """A number as a table of cases writes it; "-" stands for none."""
    return None if text == "-" else Decimal(text)


def told(*points: Decimal | None) -> str:
    """Points in one row of text, to compare with what a test expects."""
    return " ".join("-" if one is None else shown(one) for one in points)


def rule(name: str, bucket: str, points: str, **more: Any) -> PointRule:
    """A rule whose number and title are made from its id; caps are written as texts."""
    whole: dict[str, Any] = {"number": f"1.{len(name)}", "title": f"项目{name}", "unit": "次"}
    caps = {key: Decimal(more.pop(key)) for key in list(more) if key.startswith("cap_")}
    return PointRule(name, bucket=bucket, points=Decimal(points), **{**whole, **caps, **more})


ATTENDED = rule(
    "attended",
    "task",
    "2",
    number="1.1",
    title="参加组织生活",
    fact="attendance.present",
    cap_month="4",
    cap_year="12",
)
STUDIED = rule(
    "studied",
    "task",
    "0.5",
    number="1.2",
    title="集中学习",
    unit="学时",
    fact="study.hours",
    cap_once="2",
    cap_quarter="6",
)
GUARDED = rule("guarded", "task", "6", number="2.1", title="社区值守", claim=True, evidence=True)
PRAISED = rule("praised", "reward", "10", number="3.1", title="受到表彰", unit="项", evidence=True)
LATE = rule("late", "off", "-1", number="4.1", title="迟到", cap_month="2")
ABSENT = rule("absent", "off", "-2", number="4.2", title="无故缺席", fact="attendance.absent", cap_year="10")
DUTY = rule("duty", "base", "-5", number="0.1", title="没有履行义务", unit="项", duty=True)
MADE_UP = rule("made_up", "base", "5", number="0.2", title="补做", unit="项", duty=True)
SCHEME = PointScheme(
    "points.two_scores",
    1,
    "党员双积分",
    (BASE, TASK, REWARD, OFF),
    (ATTENDED, STUDIED, GUARDED, PRAISED, LATE, ABSENT, DUTY, MADE_UP),
    ("task", "reward"),
)


def scheme(*rules: PointRule, buckets: Sequence[Bucket] = (BASE, TASK, REWARD, OFF)) -> PointScheme:
    """A scheme of some rules, in which task and reward points can be exchanged."""
    return replace(SCHEME, rules=rules, buckets=tuple(buckets))


def day(text: str) -> date:
    """A day of 2026 from month and day, or of another year from a whole date."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def entry(uid: str, of: str, on: str, quantity: str = "1", **more: Any) -> PointEntry:
    """An accepted entry of 王芳, entered by hand."""
    whole = PointEntry(uid, "p1", "王芳", of, day(on), Decimal(quantity))
    if "state" in more:
        more["state"] = EntryState(more["state"])
    if "source" in more:
        more["source"] = EntrySource(more["source"])
    return replace(whole, **more)


def undo(uid: str, one: PointEntry, **more: Any) -> PointEntry:
    """The row that makes an entry void."""
    return replace(one, **{"uid": uid, "reverses": one.uid, "reason": "记错了", **more})


def hit(uid: str, on: str, quantity: str = "1", **more: Any) -> FactHit:
    """Something in the records: a meeting, whose title says its day."""
    return replace(FactHit(day(on), Decimal(quantity), f"{on}主题党日", "record", uid), **more)


CUP = Reward("r1", "保温杯", "个", Decimal(10), 3)
BOOK = Reward("r2", "理论书籍", "本", Decimal("2.5"))


def redemption(uid: str = "x1", quantity: int = 1, points: str = "10", **more: Any) -> Redemption:
    """王芳 took a cup in June and signed for it."""
    whole = Redemption(uid, "p1", "王芳", "r1", quantity, Decimal(points), day("06-30"), signed=True)
    return replace(whole, **more)


def codes(findings: Sequence[Finding]) -> list[str]:
    """The codes of findings in their order."""
    return [found.code for found in findings]


def sentences(findings: Sequence[Finding]) -> list[str]:
    """What findings say."""
    return [found.sentence for found in findings]
