"""Points of an invented branch: what its meetings earned, duties, tasks, a few rewards and exchanges.

The same for every day on which they are made, but for what lies ahead of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from branchdesk import clock
from branchdesk.domain.points.model import (
    EntrySource,
    EntryState,
    PointEntry,
    PointRule,
    PointScheme,
    Redemption,
    Reward,
)
from branchdesk.domain.points.redeeming import may_redeem, price
from branchdesk.domain.points.tally import reversal_of
from branchdesk.i18n import _, speaking_chinese
from branchdesk.services import organisations
from branchdesk.services.points.automatic import PointsProposal, propose
from branchdesk.services.points.reading import PersonPoints, PointsSheet, points_sheet
from branchdesk.storage import point_tables
from branchdesk.storage import points as questions
from branchdesk.storage.branch import Branch
from branchdesk.uids import new_uid

_REVIEWER = "李敏"
_MONTHS = tuple(range(1, 13))


class _Regular(NamedTuple):
    """A duty that is done in certain months; in each of them every `rest`th person leaves it out."""

    rule: str
    months: Sequence[int]
    day: int
    proof: str = ""
    rest: int = 0


_DUTIES = (
    _Regular("dues", _MONTHS, 12, "党费收缴记录"),
    _Regular("assigned", (2, 4, 6, 9, 11), 14, rest=2),
    _Regular("post_duty", (3, 6, 9, 12), 25, "党小组会评议", rest=7),
    _Regular("serve", (1, 3, 5, 8, 10), 18, "走访记录", rest=3),
    _Regular("volunteer", (3, 5, 7, 10), 21, "志愿服务登记表", rest=4),
    _Regular("appraisal", (2,), 6, "民主评议党员记录"),
    _Regular("report", (6, 12), 28, "思想汇报", rest=5),
    _Regular("customs", (6, 12), 29, "党小组会评议", rest=6),
)
_REWARDS = (
    ("雨伞", "把", "6", 20),
    ("保温杯", "个", "8", 12),
    ("图书《党的组织工作问答》", "册", "4", 30),
    ("毛巾香皂套装", "套", "5", 15),
    ("体检优惠券", "张", "15", 5),
)
_LATE, _PRAISED, _ADVICE = (4, 8), (0, 9), (2, 6, 11)  # places on the roster
_EXCHANGED = ((0, 0), (1, 2), (3, 1), (5, 2), (6, 0), (8, 3))  # places of people and of rewards
_TURNED_DOWN = (2, 1)  # the place on the roster, and which of the tasks
_TAKEN_TWICE = 2  # the place among the exchanges of one that was entered twice and reversed


class SampleScene(NamedTuple):
    """The scheme of the year, who is on the roster, and the last day that anything may have happened on."""

    scheme: PointScheme
    people: Sequence[PersonPoints]
    today: date


def sample_points(branch: Branch, organisation: str | None = None) -> None:
    """Give a branch with people and meetings the points of this year, until today."""
    home, today = organisation or organisations.root_of(branch), clock.today()
    with speaking_chinese():
        sheet = points_sheet(branch, home, today.year)
        scene = SampleScene(sheet.scheme, [one for one in sheet.people if one.here], today)
        earned = _earned(propose(branch, home, today.year))
        entries = [*earned, *_duties(scene), *_tasks(scene), *_others(scene)]
        entries += _reversed(entries, today)
        with branch.change(_("载入示例积分")) as change:
            rows = [questions.row_of_entry(home, sheet.scheme, one) for one in entries]
            change.insert_many(point_tables.point_entry, rows)
            rewards = [Reward(new_uid(), *one[:2], Decimal(one[2]), one[3]) for one in _REWARDS]
            change.insert_many(point_tables.reward, [_row_of_reward(home, one) for one in rewards])
        exchanged = _exchanges(points_sheet(branch, home, today.year), rewards, today)
        with branch.change(_("载入示例积分兑换")) as change:
            rows = [questions.row_of_redemption(home, one, one.on) for one in exchanged]
            change.insert_many(point_tables.redemption, rows)


def _row_of_reward(home: str, one: Reward) -> dict[str, str | int | None]:
    return {
        "uid": one.uid,
        "organisation_uid": home,
        "title": one.title,
        "unit": one.unit,
        "points": str(one.points),
        "stock": one.stock,
    }


def _made(
    scene: SampleScene, place: int, rule: PointRule, on: date, proof: str = "", why: str = ""
) -> PointEntry:
    """An accepted entry of somebody by the place on the roster."""
    person = scene.people[place]
    return PointEntry(
        uid=new_uid(),
        person=person.person,
        name=person.name,
        rule=rule.id,
        on=on,
        quantity=Decimal(1),
        reason=why,
        evidence_title=proof,
        reviewer=_REVIEWER,
        entered_on=on,
    )


def _earned(found: PointsProposal) -> Iterator[PointEntry]:
    """What the meetings of the year give, entered on their days as if somebody had always kept up."""
    for one in found.proposal.new:
        yield one.entry(new_uid(), found.names[one.person], one.hit.on, reviewer=_REVIEWER)


def _duties(scene: SampleScene) -> Iterator[PointEntry]:
    """The duties of everybody that no record answers for: dues by month, the work at the post and so on."""
    for duty in _DUTIES:
        rule = scene.scheme.rule(duty.rule)
        for month in duty.months:
            on = date(scene.today.year, month, duty.day)
            if rule is None or on > scene.today:
                continue
            for place in range(len(scene.people)):
                if not duty.rest or (place + month) % duty.rest:
                    yield _made(scene, place, rule, on, f"{month} 月{duty.proof}" if duty.proof else "")


def _tasks(scene: SampleScene) -> Iterator[PointEntry]:
    """Tasks that members claimed: done ones count, the last ones wait, and one was turned down."""
    tasks = scene.scheme.tasks
    for place, person in enumerate(scene.people):
        for turn in range(2 + place % 4 if tasks else 0):
            rule = tasks[(5 * place + 7 * turn) % len(tasks)]
            on = date(scene.today.year, 1 + (place + 3 * turn) % 12, 2 + (2 * place + 5 * turn) % 26)
            if on > scene.today:
                continue
            entry = _made(scene, place, rule, on, f"{rule.title}登记表")
            quantity = Decimal(1 + (place + turn) % 3)
            entry = replace(entry, source=EntrySource.CLAIMED, applicant=person.name, quantity=quantity)
            if on > scene.today - timedelta(days=30):
                yield replace(entry, state=EntryState.PROPOSED, evidence_title="", reviewer="")
            elif (place, turn) == _TURNED_DOWN:
                yield replace(entry, state=EntryState.DECLINED, reason="没有佐证材料")
            else:
                yield entry


def _others(scene: SampleScene) -> Iterator[PointEntry]:
    """What some were praised for, and where points were taken off."""
    year = scene.today.year
    cases = (
        ("late", _LATE, date(year, 5, 15), "", "主题党日迟到 15 分钟"),
        ("praised_county", _PRAISED, date(year, 6, 30), "优秀共产党员证书", ""),
        ("advice", _ADVICE, date(year, 4, 20), "合理化建议采纳通知", ""),
    )
    for rule_id, places, on, proof, why in cases:
        rule = scene.scheme.rule(rule_id)
        for place in places:
            if rule is not None and place < len(scene.people) and on <= scene.today:
                yield _made(scene, place, rule, on, proof, why)


def _reversed(entries: Sequence[PointEntry], today: date) -> list[PointEntry]:
    """The reversal of the second entry for coming late: it had another reason."""
    late = [one for one in entries if one.rule == "late"]
    return [
        reversal_of(one, new_uid(), "当天在窗口值班，已核实", today, reviewer=_REVIEWER) for one in late[1:]
    ]


def _exchanges(sheet: PointsSheet, rewards: Sequence[Reward], today: date) -> list[Redemption]:
    """Exchanges for those who have enough points; one was entered twice and is reversed."""
    people = [one for one in sheet.people if one.here]
    on = max(today - timedelta(days=20), date(today.year, 1, 1))
    found: list[Redemption] = []
    for place, number in _EXCHANGED:
        if place >= len(people):
            continue
        who, reward = people[place], rewards[number]
        if may_redeem(who.tally, reward, 1, found, on):
            continue
        one = Redemption(
            uid=new_uid(),
            person=who.person,
            name=who.name,
            reward=reward.uid,
            quantity=1,
            points=price(reward, 1),
            on=on,
            signed=place % 3 != 2,
            title=reward.title,
            unit=reward.unit,
        )
        found.append(one)
    if len(found) > _TAKEN_TWICE:
        one = found[_TAKEN_TWICE]
        found.append(replace(one, uid=new_uid(), signed=False, reverses=one.uid, reason="登记错误"))
    return found
