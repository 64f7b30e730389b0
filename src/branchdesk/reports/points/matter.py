"""What the papers of points print, and what they all ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from branchdesk.domain.points.model import EntrySource, PointEntry, PointScheme, Redemption, Reward
from branchdesk.domain.points.redeeming import balance, redeemable, redeemed
from branchdesk.domain.points.tally import Tally
from branchdesk.partial_dates import PartialDate

_UNNAMED, _PIECE = "已删除的物品", "件"


@dataclass(frozen=True, slots=True)
class Account:
    """The points of one person: who it is, what the ledger came to, and the exchanges, also void ones.

    `here` is False for somebody who is no longer on the roster.
    """

    name: str
    group: str
    tally: Tally
    redemptions: tuple[Redemption, ...] = ()
    here: bool = True

    @property
    def redeemable(self) -> Decimal:
        """The points that can be exchanged, before anything was."""
        return redeemable(self.tally)

    @property
    def redeemed(self) -> Decimal:
        """The points that were exchanged."""
        return redeemed(self.tally, self.redemptions)

    @property
    def balance(self) -> Decimal:
        """The points that can still be exchanged."""
        return balance(self.tally, self.redemptions)

    def entries(self) -> Iterator[PointEntry]:
        """Every row of the ledger behind the tally: those that count, then those that do not."""
        yield from (line.entry for line in self.tally.lines)
        yield from (one.entry for one in self.tally.left_out)

    def claims(self) -> Iterator[PointEntry]:
        """The tasks that the person claimed, whatever became of them."""
        return (one for one in self.entries() if one.source is EntrySource.CLAIMED and one.reverses is None)


@dataclass(frozen=True, slots=True)
class PointsMatter:
    """The points of an organisation in a year; `organisation` is its full name.

    `redemptions` are those of everybody, also of people who have left; `made_on` is the day of the paper
    itself. `last` is the day until which everything counts, the tallies as well; None is the whole year.
    """

    organisation: str
    scheme: PointScheme
    year: int
    made_on: date
    accounts: tuple[Account, ...] = ()
    rewards: tuple[Reward, ...] = ()
    redemptions: tuple[Redemption, ...] = ()
    last: date | None = None

    @property
    def until(self) -> date:
        """The last day that counts."""
        return self.last or date(self.year, 12, 31)

    @property
    def until_spelled(self) -> str:
        """The last day that counts, as papers spell it."""
        return spelled(self.until)

    @property
    def scheme_name(self) -> str:
        """What is counted, without the word for its rules: 党员双积分."""
        return self.scheme.title.removesuffix("办法")

    @property
    def rule_version(self) -> str:
        """By what the points were counted."""
        return f"《{self.scheme.title}》第 {self.scheme.version} 版"

    def taken(self, one: Redemption) -> tuple[str, str]:
        """What was exchanged and its unit, as it was called that day."""
        reward = next((each for each in self.rewards if each.uid == one.reward), None)
        title = one.title or (reward.title if reward is not None else _UNNAMED)
        return title, one.unit or (reward.unit if reward is not None else _PIECE)


def spelled(day: date) -> str:
    """A day as papers spell it: 2026年10月31日."""
    return PartialDate.of(day).spelled()
