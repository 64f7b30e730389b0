"""Rewards, and exchanging points for them: with stock, signatures, and giving back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from branchdesk import clock
from branchdesk.domain.points.model import Redemption, Reward
from branchdesk.domain.points.redeeming import may_redeem, may_reverse_redemption, price, stock_left
from branchdesk.domain.points.tally import tally
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.i18n import _, _n
from branchdesk.services.inspections.dates import read_day
from branchdesk.services.inspections.numbers import stored
from branchdesk.services.meetings.texts import one_line, quoted
from branchdesk.services.points.numbers import read_pieces, read_price
from branchdesk.services.points.outcomes import PointsOutcome
from branchdesk.services.points.reading import points_sheet
from branchdesk.services.points.schemes import scheme_of
from branchdesk.storage import point_tables
from branchdesk.storage import points as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Change, Changes
from branchdesk.storage.point_schemes import scheme_form
from branchdesk.uids import new_uid

_FIELDS = ("title", "unit", "points", "stock")
_LONGEST_UNIT = 10
_UNIT = "件"


# ---- rewards


@dataclass(frozen=True)
class RewardTyped:
    """A reward as a clerk types it: without a unit pieces are counted, without a stock there is no limit."""

    title: str
    points: str
    stock: str = ""
    unit: str = ""


@dataclass(frozen=True)
class RewardRow:
    """A reward in a list; `left` of it are in stock, None where there is no limit; `taken` were exchanged."""

    reward: Reward
    left: int | None
    taken: int


def rewards(branch: Branch, organisation: str) -> list[RewardRow]:
    """The rewards of an organisation in the order of entering, with what is left of them."""
    with branch.read() as connection:
        known = questions.rewards_of(connection, organisation)
        exchanged = questions.redemptions_of(connection, organisation)
    return [
        RewardRow(one, stock_left(one, exchanged), -(stock_left(replace(one, stock=0), exchanged) or 0))
        for one in known
    ]


def add_reward(branch: Branch, organisation: str, typed: RewardTyped) -> PointsOutcome:
    """Enter a reward. Raises Problem for one without a title or price, or numbers that cannot be."""
    texts = {"title": typed.title, "unit": typed.unit, "points": typed.points, "stock": typed.stock}
    values = _read(texts)
    uid = new_uid()
    with branch.change(_("增加兑换物品：{title}", title=values["title"])) as change:
        change.insert(point_tables.reward, {"uid": uid, "organisation_uid": organisation, **values})
    return PointsOutcome(change.result, (uid,))


def change_reward(branch: Branch, uid: str, typed: Mapping[str, str]) -> PointsOutcome:
    """Set fields of a reward by their names in `RewardTyped`; what was exchanged before keeps its price.

    Raises Problem as `add_reward` does and for a stock below what was exchanged, KeyError for another field.
    """
    unknown = set(typed) - set(_FIELDS)
    if unknown:
        raise KeyError(min(unknown))
    with branch.read() as connection:
        row = questions.reward_row(connection, uid)
        exchanged = questions.redemptions_of(connection, row["organisation_uid"])
    values = _read(typed, row["unit"])
    changed = questions.reward_of({**row, **values})
    left = stock_left(changed, exchanged)
    if left is not None and left < 0:
        raise Problem(
            _("“{title}”已经兑换出去的比库存多 {n}，没有保存。", title=changed.title, n=-left),
            _("库存写一共准备了多少，包括已经兑换出去的。"),
        )
    with branch.change(_("修改兑换物品：{title}", title=changed.title)) as change:
        change.update(point_tables.reward, uid, values)
    return PointsOutcome(change.result, (uid,))


def remove_rewards(branch: Branch, uids: Sequence[str], why: str) -> Changes:
    """Put rewards into the recycle bin, where they wait as `bin_days` says; what was exchanged stays."""
    if not uids:
        return NOTHING
    with branch.read() as connection:
        titles = [questions.reward_row(connection, uid)["title"] for uid in uids]
    label = _("删除兑换物品：{title}", title=titles[0])
    if len(titles) > 1:
        label = _n("删除兑换物品：{title} 等 {n} 种", len(titles), title=titles[0])
    with branch.change(label) as change:
        change.put_in_bin(point_tables.reward, uids, one_line(why), branch.person.name)
    return change.result


def _read(typed: Mapping[str, str], counted_in: str = _UNIT) -> dict[str, str | int | None]:
    """The columns that typed texts mean; `counted_in` is the unit so far. Raises Problem for what is not."""
    values: dict[str, str | int | None] = {}
    unit = one_line(typed.get("unit", ""))
    if "title" in typed:
        values["title"] = one_line(typed["title"])
        if not values["title"]:
            raise Problem(_("请写明兑换什么。"), _("如“雨伞”“图书”。"))
    if "unit" in typed:
        if len(unit) > _LONGEST_UNIT:
            raise Problem(_("单位“{unit}”太长。", unit=quoted(unit)), _("如“件”“盒”“册”。"))
        values["unit"] = counted_in = unit or _UNIT
    if "points" in typed:
        values["points"] = stored(read_price(typed["points"]))
    if "stock" in typed:
        values["stock"] = read_pieces(typed["stock"], _("库存"), counted_in)
    return values


# ---- exchanging


def check_redemption(
    branch: Branch, organisation: str, person: str, reward: str, quantity: str = "", on: str = ""
) -> list[Finding]:
    """What stands against exchanging points, before anything is written. Raises Problem as `redeem` does."""
    _redemption, findings = _asked(branch, organisation, person, reward, quantity, on)
    return findings


def redeem(
    branch: Branch,
    organisation: str,
    person: str,
    reward: str,
    quantity: str = "",
    on: str = "",
    *,
    signed: bool = False,
) -> PointsOutcome:
    """Exchange points of a member for a reward, today unless `on` says otherwise.

    Points are taken from the year of the day. Raises Problem where points or stock do not suffice, for a day
    to come, and for a reward in the recycle bin.
    """
    one, findings = _asked(branch, organisation, person, reward, quantity, on)
    _refuse(findings)
    one = replace(one, signed=signed)
    label = _("{name} 兑换 {title} {n} {unit}", name=one.name, title=one.title, n=one.quantity, unit=one.unit)
    with branch.change(label) as change:
        _refuse_spent(change, organisation, one)
        row = questions.row_of_redemption(organisation, one, clock.today())
        change.insert(point_tables.redemption, row)
    return PointsOutcome(change.result, (one.uid,), tuple(findings))


def _refuse(findings: Sequence[Finding]) -> None:
    against = next((one for one in findings if one.is_error), None)
    if against is not None:
        raise Problem(against.sentence, _("请按提示改正后再兑换。"))


def _refuse_spent(change: Change, organisation: str, one: Redemption) -> None:
    """Raise Problem where another thread took points or stock between the question and this change."""
    connection, year = change.connection, one.on.year
    scheme = scheme_of(scheme_form(connection, organisation, year))
    entries = questions.entries_of_year(connection, organisation, year)
    wanted = questions.reward_of(questions.reward_row(connection, one.reward))
    redemptions = questions.redemptions_of(connection, organisation)
    own = tally(scheme, entries, year, person=one.person)
    _refuse(may_redeem(own, wanted, one.quantity, redemptions, one.on))


def _asked(
    branch: Branch, organisation: str, person: str, reward: str, quantity: str, on: str
) -> tuple[Redemption, list[Finding]]:
    with branch.read() as connection:
        wanted = questions.reward_of(questions.reward_row(connection, reward))
    day = _day(on)
    pieces = read_pieces(quantity, _("兑换数量"), wanted.unit, least=1)
    pieces = 1 if pieces is None else pieces
    sheet = points_sheet(branch, organisation, day.year)
    who = sheet.by_person.get(person)
    if who is None:
        raise Problem(_("请选择党员。"), _("只有名册上的党员可以兑换。"))
    findings = may_redeem(who.tally, wanted, pieces, sheet.redemptions, day)
    one = Redemption(
        uid=new_uid(),
        person=person,
        name=who.name,
        reward=wanted.uid,
        quantity=pieces,
        points=price(wanted, pieces),
        on=day,
        title=wanted.title,
        unit=wanted.unit,
    )
    return one, findings


def _day(text: str) -> date:
    written = read_day(text, _("兑换日期"))
    day = date.fromisoformat(written) if written else clock.today()
    if day > clock.today():
        raise Problem(
            _("兑换日期 {day} 还没有到，没有保存。", day=written.replace("-", ".")), _("请核对日期。")
        )
    return day


def sign_redemptions(branch: Branch, uids: Sequence[str], *, signed: bool = True) -> PointsOutcome:
    """Note that those who exchanged points have signed for it on paper, or that they have not."""
    if not uids:
        return PointsOutcome(NOTHING)
    with branch.read() as connection:
        rows = [questions.redemption_row(connection, uid) for uid in uids]
    name = rows[0]["name"]
    label = _("{name} 的兑换已签字", name=name) if signed else _("{name} 的兑换没有签字", name=name)
    if len(rows) > 1:
        label = _n("标注 {n} 笔兑换的签字", len(rows))
    with branch.change(label) as change:
        change.update_many(point_tables.redemption, {uid: {"signed": int(signed)} for uid in uids})
    return PointsOutcome(change.result, tuple(uids))


def reverse_redemption(branch: Branch, uid: str, reason: str) -> PointsOutcome:
    """Give an exchange back by a row of its own, which says why: the points and the stock are there again.

    Raises Problem without a reason, for one that was given back already, and for a reversal.
    """
    why = one_line(reason)
    if not why:
        raise Problem(_("请写明冲正的原因。"), _("如“物品退回”“登记错误”。"))
    with branch.read() as connection:
        row = questions.redemption_row(connection, uid)
        everything = questions.redemptions_of(connection, row["organisation_uid"])
    known = questions.redemption_of(row)
    _refuse_given_back(known, everything)
    reversal = replace(known, uid=new_uid(), signed=False, reverses=uid, reason=why)
    with branch.change(_("冲正 {name} 的兑换：{title}", name=known.name, title=known.title)) as change:
        # Another thread may have given it back between the question and this change.
        _refuse_given_back(known, questions.redemptions_of(change.connection, row["organisation_uid"]))
        new = questions.row_of_redemption(row["organisation_uid"], reversal, clock.today())
        change.insert(point_tables.redemption, new)
    return PointsOutcome(change.result, (reversal.uid,))


def _refuse_given_back(known: Redemption, everything: Sequence[Redemption]) -> None:
    against = next(iter(may_reverse_redemption(known, everything)), None)
    if against is not None:
        raise Problem(against.sentence, _("请重新打开兑换台账再看一遍。"))
