"""Exchanging points for rewards: what is left of the points and of the stock, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from branchdesk.domain.points.ledger import standing_redemptions
from branchdesk.domain.points.model import NO_POINTS, Redemption, Reward
from branchdesk.domain.points.totals import Tally
from branchdesk.domain.points.wording import shown_points
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n
from branchdesk.partial_dates import PartialDate


def redeemable(tally: Tally) -> Decimal:
    """The points of the buckets that can be exchanged, before anything was."""
    return sum((one.counted for one in tally.buckets if one.bucket.id in tally.scheme.redeem), NO_POINTS)


def redeemed(tally: Tally, redemptions: Iterable[Redemption]) -> Decimal:
    """The points that the person of a tally exchanged in its year, until its day if it has one."""
    return sum(
        (
            one.points
            for one in standing_redemptions(redemptions)
            if one.person == tally.person
            and one.on.year == tally.year
            and (tally.until is None or one.on <= tally.until)
        ),
        NO_POINTS,
    )


def balance(tally: Tally, redemptions: Iterable[Redemption]) -> Decimal:
    """The points that can still be exchanged; below 0 where exchanged points were reversed afterwards.

    Points are exchanged within their year; what is exchanged leaves the total as it is.
    """
    return redeemable(tally) - redeemed(tally, redemptions)


def stock_left(reward: Reward, redemptions: Iterable[Redemption]) -> int | None:
    """How many of a reward are left, whoever had the others and whenever; None where there is no limit."""
    if reward.stock is None:
        return None
    return reward.stock - sum(
        one.quantity for one in standing_redemptions(redemptions) if one.reward == reward.uid
    )


def price(reward: Reward, quantity: int) -> Decimal:
    """The points that so many of a reward take."""
    return reward.points * quantity


def may_redeem(
    tally: Tally, reward: Reward, quantity: int, redemptions: Iterable[Redemption], on: date
) -> list[Finding]:
    """What stands against exchanging points: no quantity, no price, the year, the balance, or the stock.

    `redemptions` are those of everybody, since the stock is one for all. The tally should be of the whole
    year: points exchanged later than `on` are gone as well.
    """
    if quantity < 1:
        return [_error("no_quantity", _("兑换数量至少是 1。"), "quantity")]
    if reward.points <= 0:
        sentence = _("“{reward}”还没有写明需要多少积分。", reward=reward.title)
        return [_error("no_price", sentence, "reward")]
    rows = list(redemptions)
    findings = []
    if on.year != tally.year:
        sentence = _(
            "{year} 年的积分只能在当年兑换，{day} 不在这一年。",
            year=tally.year,
            day=PartialDate.of(on).shown(),
        )
        findings.append(_error("other_year", sentence, "on"))
    left = stock_left(reward, rows)
    if left is not None and quantity > left:
        sentence = _(
            "“{reward}”库存还有 {left} {unit}，不够兑换 {quantity} {unit}。",
            reward=reward.title,
            left=max(0, left),
            quantity=quantity,
            unit=reward.unit,
        )
        findings.append(_error("out_of_stock", sentence, "quantity"))
    own, needed = balance(tally, rows), price(reward, quantity)
    if needed > own:
        sentence = _(
            "需要 {needed} 分，可兑换的积分还有 {own} 分，不够兑换。",
            needed=shown_points(needed),
            own=shown_points(own),
        )
        findings.append(_error("balance_short", sentence, "quantity"))
    return findings


def may_reverse_redemption(redemption: Redemption, redemptions: Iterable[Redemption]) -> list[Finding]:
    """What stands against giving an exchange back: it is itself one that was given back, or already was."""
    if redemption.reverses is not None:
        return [_error("reversal_of_reversal", _("这一行本身就是冲正，不能再冲正。"))]
    if any(one.reverses == redemption.uid for one in redemptions):
        return [_error("already_reversed", _("这一笔兑换已经冲正过了。"))]
    return []


def redeeming_findings(tally: Tally, redemptions: Iterable[Redemption]) -> list[Finding]:
    """What is wrong with the exchanges of one person: more points than there are, and missing signatures."""
    rows = list(redemptions)
    findings = []
    left = balance(tally, rows)
    if left < 0:
        sentence = _("已兑换的积分比可兑换的多 {points} 分，请核对冲正的记录。", points=shown_points(-left))
        findings.append(Finding("overdrawn", Severity.WARN, sentence))
    unsigned = [one for one in standing_redemptions(rows) if one.person == tally.person and not one.signed]
    if unsigned:
        sentence = _n("还有 {n} 笔兑换没有签字。", len(unsigned))
        findings.append(Finding("unsigned", Severity.NOTE, sentence))
    return findings


def _error(code: str, sentence: str, field: str = "") -> Finding:
    return Finding(code, Severity.ERROR, sentence, field)
