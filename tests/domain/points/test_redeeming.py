"""Exchanging points for rewards: balance, stock, and giving back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from branchdesk.domain.points.model import Redemption
from branchdesk.domain.points.redeeming import (
    balance,
    may_redeem,
    may_reverse_redemption,
    price,
    redeemable,
    redeemed,
    redeeming_findings,
    stock_left,
)
from branchdesk.domain.points.tally import Tally, tally
from branchdesk.findings import Severity
from domain.points.making import BOOK, CUP, SCHEME, codes, day, entry, redemption, sentences, told

ROWS = [
    entry("e1", "guarded", "03-01", "4"),
    entry("e2", "praised", "07-01"),
    entry("e3", "late", "08-01"),
    entry("e4", "duty", "08-02"),
]
ON = day("12-01")


def of(until: str = "", person: str = "p1") -> Tally:
    return tally(SCHEME, ROWS, 2026, date.fromisoformat(until) if until else None, person=person)


def given_back(one: Redemption) -> Redemption:
    return replace(one, uid=f"{one.uid}-back", reverses=one.uid)


def test_only_points_of_buckets_that_may_be_exchanged_count_for_the_balance() -> None:
    found = of()
    assert told(found.total) == "88"
    assert told(redeemable(found)) == "34"
    assert told(balance(found, [])) == "34"


def test_an_exchange_lowers_the_balance_and_not_the_total() -> None:
    rows = [redemption(), redemption("x2", 2, "20")]
    assert told(redeemed(of(), rows), balance(of(), rows), of().total) == "30 4 88"


def test_what_was_given_back_is_there_again() -> None:
    first = redemption()
    rows = [first, given_back(first), redemption("x2", points="7")]
    assert told(balance(of(), rows), balance(of(), rows[::-1])) == "27 27"


def test_exchanges_of_others_and_of_other_years_leave_the_balance_alone() -> None:
    rows = [
        redemption(person="p2"),
        redemption("x2", on=day("2025-12-31")),
        redemption("x3", on=day("2027-01-01")),
    ]
    assert told(balance(of(), rows)) == "34"
    assert told(balance(of(person="p2"), rows)) == "-10"


def test_a_balance_of_a_day_knows_nothing_of_later_points_and_exchanges() -> None:
    rows = [redemption(), redemption("x2", on=day("07-02"))]
    assert told(balance(of("2026-06-29"), rows)) == "24"
    assert told(balance(of("2026-06-30"), rows)) == "14"
    assert told(balance(of("2026-07-02"), rows)) == "14"


def test_the_stock_is_one_for_all_people_and_years() -> None:
    first = redemption(on=day("2025-06-30"))
    rows = [first, redemption("x2", person="p2"), redemption("x3", reward="r2")]
    assert stock_left(CUP, rows) == 1
    assert stock_left(CUP, [*rows, given_back(first)]) == 2
    assert stock_left(replace(CUP, stock=1), rows) == -1
    assert stock_left(BOOK, rows) is None


def test_points_that_are_there_may_be_exchanged_to_the_last() -> None:
    assert may_redeem(of(), CUP, 3, [], ON) == []
    assert may_redeem(of(), replace(CUP, points=Decimal(34)), 1, [], ON) == []
    assert may_redeem(of(), BOOK, 13, [], ON) == []
    assert told(price(BOOK, 13)) == "32.5"


def test_more_points_than_there_are_may_not_be_exchanged() -> None:
    (found,) = may_redeem(of(), CUP, 1, [redemption(reward="r2", points="24.5")], ON)
    assert (found.code, found.is_error) == ("balance_short", True)
    assert found.sentence == "需要 10 分，可兑换的积分还有 9.5 分，不够兑换。"


def test_more_than_the_stock_may_not_be_exchanged() -> None:
    (found,) = may_redeem(of(), CUP, 2, [redemption(person="p2"), redemption("x2", person="p3")], ON)
    assert (found.code, found.sentence) == ("out_of_stock", "“保温杯”库存还有 1 个，不够兑换 2 个。")
    (found,) = may_redeem(of(), replace(CUP, stock=0), 1, [redemption(person="p2")], ON)
    assert found.sentence == "“保温杯”库存还有 0 个，不够兑换 1 个。"


def test_stock_and_balance_may_both_be_short() -> None:
    assert codes(may_redeem(of(), CUP, 4, [], ON)) == ["out_of_stock", "balance_short"]


def test_points_are_exchanged_in_their_own_year() -> None:
    (found,) = may_redeem(of(), CUP, 1, [], day("2027-01-01"))
    assert (found.code, found.sentence) == (
        "other_year",
        "2026 年的积分只能在当年兑换，2027.01.01 不在这一年。",
    )


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_cannot_be_exchanged(quantity: int) -> None:
    assert codes(may_redeem(of(), CUP, quantity, [], ON)) == ["no_quantity"]


@pytest.mark.parametrize("points", ["0", "-5"])
def test_a_reward_without_a_price_cannot_be_had(points: str) -> None:
    found = may_redeem(of(), replace(CUP, points=Decimal(points)), 1, [], ON)
    assert sentences(found) == ["“保温杯”还没有写明需要多少积分。"]


def test_an_exchange_is_given_back_once() -> None:
    first = redemption()
    back = given_back(first)
    assert may_reverse_redemption(first, [first]) == []
    assert codes(may_reverse_redemption(first, [first, back])) == ["already_reversed"]
    assert codes(may_reverse_redemption(back, [first, back])) == ["reversal_of_reversal"]


def test_exchanged_points_that_were_reversed_afterwards_are_found() -> None:
    rows = [redemption(quantity=3, points="40")]
    (found,) = redeeming_findings(of(), rows)
    assert (found.code, found.severity) == ("overdrawn", Severity.WARN)
    assert found.sentence == "已兑换的积分比可兑换的多 6 分，请核对冲正的记录。"


def test_exchanges_without_a_signature_are_counted() -> None:
    void = redemption("x3", signed=False)
    rows = [
        redemption(signed=False),
        redemption("x2", signed=False, person="p2"),
        void,
        given_back(void),
        redemption("x4"),
    ]
    assert sentences(redeeming_findings(of(), rows)) == ["还有 1 笔兑换没有签字。"]
    assert redeeming_findings(of(), [redemption()]) == []
