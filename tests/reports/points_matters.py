"""A hand-made year of points, small enough to be worked out in the head, and a usual one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

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
from branchdesk.domain.points.tally import tally
from branchdesk.reports.points.matter import Account, PointsMatter
from branchdesk.reports.points.publicity import Publicity

ORGANISATION = "中共滨江市经济信息中心支部委员会"
TODAY = date(2026, 11, 3)
OCTOBER = date(2026, 10, 31)
D = Decimal
_AUTOMATIC, _CLAIMED = EntrySource.AUTOMATIC, EntrySource.CLAIMED

SCHEME = PointScheme(
    "points.two_scores",
    1,
    "党员双积分",
    (
        Bucket("base", "基础分", D(60), D(60), may_be_negative=True),
        Bucket("task", "任务分", cap=D(40)),
        Bucket("reward", "奖励分", cap=D(20)),
        Bucket("off", "扣减", may_be_negative=True),
    ),
    (
        PointRule("pay", "1.1", "按月足额交纳党费", "base", "次", D(-5), duty=True),
        PointRule(
            "active", "1.2", "公开亮明党员身份、佩戴党徽", "base", "次", D(-2), cap_year=D(6), duty=True
        ),
        PointRule(
            "attended",
            "2.1",
            "参加组织生活",
            "task",
            "次",
            D(2),
            cap_month=D(4),
            cap_year=D(24),
            fact="attendance.present",
            duty=True,
        ),
        PointRule(
            "studied",
            "2.2",
            "集中学习",
            "task",
            "学时",
            D("0.5"),
            cap_once=D(2),
            cap_quarter=D(6),
            fact="study.hours",
        ),
        PointRule("guard", "2.3", "社区值守", "task", "次", D(6), cap_year=D(18), evidence=True, claim=True),
        PointRule("tutor", "2.4", "数据下乡辅导", "task", "次", D(12), evidence=True, claim=True),
        PointRule("clean", "2.5", "环境整治义务劳动", "task", "次", D(3), claim=True),
        PointRule("praised", "3.1", "受到上级表彰", "reward", "项", D(10), evidence=True),
        PointRule("late", "4.1", "会议迟到", "off", "次", D(-1), cap_month=D(2)),
        PointRule("absent", "4.2", "无故缺席组织生活", "off", "次", D(-2), fact="attendance.absent"),
    ),
    ("task", "reward"),
)
CUP = Reward("r1", "保温杯", "个", D(20), 5)
BOOKS = Reward("r2", "《习近平著作选读》一套", "套", D("12.5"), 3)
UMBRELLA = Reward("r3", "雨伞", "把", D(8))


def entry(uid: str, of: str, on: str, quantity: str = "1", **more: Any) -> PointEntry:
    """An accepted entry of 王秀兰 in 2026, entered by hand on its day."""
    day = date.fromisoformat(f"2026-{on}")
    given: dict[str, Any] = {"entered_on": day, **more}
    return PointEntry(uid, "p1", "王秀兰", of, day, D(quantity), **given)


def meetings(*days: str, name: str = "m") -> list[PointEntry]:
    """Meetings attended, as the records give them."""
    return [
        entry(
            f"{name}{number:02}",
            "attended",
            on,
            source=_AUTOMATIC,
            evidence_title=f"2026年第{number}次支部党员大会",
            evidence_entity="record",
            evidence_uid=f"r{number}",
        )
        for number, on in enumerate(days, start=1)
    ]


def undo(uid: str, one: PointEntry, on: str, reason: str = "记错了人") -> PointEntry:
    """The row that makes an entry void, entered on a later day."""
    entered = date.fromisoformat(f"2026-{on}")
    return replace(one, uid=uid, reverses=one.uid, reason=reason, entered_on=entered)


_PRAISED = entry("e70", "praised", "07-01", evidence_title="滨江市优秀共产党员证书", reviewer="周建国")
_WRONG = entry("e71", "guard", "09-12", source=_CLAIMED, reviewer="周建国")
LEDGER: tuple[PointEntry, ...] = (
    *meetings("08-06", "08-20", "09-10", "10-08", "10-15", "10-22"),
    entry("e30", "studied", "08-11", "5", source=_AUTOMATIC),
    entry("e31", "studied", "10-13", "2.5", source=_AUTOMATIC),
    entry(
        "e40",
        "guard",
        "10-18",
        source=_CLAIMED,
        reviewer="周建国",
        evidence_title="值守照片3张",
        entered_on=date(2026, 10, 1),
    ),
    entry("e50", "late", "10-22", reason="路上堵车，迟到二十分钟"),
    entry("e60", "pay", "08-31", reason="8月党费9月才交"),
    _PRAISED,
    _WRONG,
    undo("e72", _WRONG, "10-09"),
    entry("e80", "tutor", "10-30", source=_CLAIMED, state=EntryState.PROPOSED),
    entry("e81", "clean", "09-20", source=_CLAIMED, state=EntryState.DECLINED, reason="没有参加"),
    entry("e82", "clean", "08-15", reason="补记", entered_on=date(2026, 10, 9)),
)
EXCHANGES = (
    Redemption("x1", "p1", "王秀兰", "r1", 1, D(20), date(2026, 9, 30), signed=True),
    Redemption("x2", "p2", "高峰", "r2", 2, D(25), date(2026, 10, 12), signed=True),
    Redemption("x3", "p2", "高峰", "r2", 2, D(25), date(2026, 10, 12), reverses="x2", reason="书已退回"),
    Redemption("x4", "p2", "高峰", "r3", 1, D(8), date(2026, 10, 20)),
    Redemption(
        "x5", "p3", "已转走的人", "gone", 1, D(5), date(2026, 3, 2), signed=True, title="旧台灯", unit="盏"
    ),
)


def account(
    name: str,
    person: str,
    entries: Sequence[PointEntry] = (),
    group: str = "",
    until: date | None = OCTOBER,
    scheme: PointScheme = SCHEME,
) -> Account:
    """The points of one person; the entries become those of that person."""
    own = [replace(one, person=person, name=name) for one in entries]
    exchanges = tuple(one for one in EXCHANGES if one.person == person)
    return Account(name, group, tally(scheme, own, 2026, until, person=person), exchanges)


def matter(accounts: Sequence[Account] | None = None, **more: Any) -> PointsMatter:
    """王秀兰 with everything that can happen, 高峰 with two meetings, and 欧阳静怡 with nothing."""
    if accounts is None:
        accounts = (
            account("王秀兰", "p1", LEDGER, "第一党小组"),
            account("高峰", "p2", [*meetings("08-06", "10-08"), entry("g", "guard", "06-05")], "第二党小组"),
            account("欧阳静怡", "p4", (), "第一党小组"),
        )
    given: dict[str, Any] = {
        "rewards": (CUP, BOOKS, UMBRELLA),
        "redemptions": EXCHANGES,
        "scheme": SCHEME,
        "last": OCTOBER,
        **more,
    }
    return PointsMatter(ORGANISATION, year=2026, made_on=TODAY, accounts=tuple(accounts), **given)


def october(**more: Any) -> Publicity:
    """The publicity of October."""
    return Publicity(matter(), 10, **more)


def usual_year() -> Account:
    """A year as most members have it: two meetings and a study a month, tasks, a prize, twice late."""
    first = date(2026, 1, 8)
    rows: list[PointEntry] = meetings(
        *(f"{(first + timedelta(days=15 * n)):%m-%d}" for n in range(24)), name="u"
    )
    rows += [entry(f"s{n:02}", "studied", f"{n:02}-21", "2.5", source=_AUTOMATIC) for n in range(1, 13)]
    rows += [
        entry(f"g{n}", "guard", f"{n:02}-14", source=_CLAIMED, evidence_title=f"{n}月值守照片2张")
        for n in (3, 6, 9, 11)
    ]
    rows += [entry("t1", "tutor", "05-16", source=_CLAIMED, evidence_title="辅导签到表和现场照片")]
    rows += [entry("c1", "clean", "04-11"), entry("c2", "clean", "10-17")]
    rows += [entry("r1", "praised", "07-01", evidence_title="优秀共产党员证书")]
    rows += [
        entry("l1", "late", "02-07", reason="路上堵车"),
        entry("l2", "late", "08-21", reason="临时接待群众"),
        entry("b1", "absent", "06-07", reason="未请假，没有到会", source=_AUTOMATIC),
        entry("p1", "pay", "08-31", reason="8月党费9月才交"),
    ]
    return account("王秀兰", "p1", rows, "第一党小组", until=None)
