"""What makes a form one of points: its buckets, and the rules that give points or take them off."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from branchdesk.i18n import choose


@dataclass(frozen=True, slots=True)
class BucketWords:
    """A kind of points; `begin` is what everybody starts the year with, `cap` the most of a year."""

    id: str
    label: str
    label_en: str
    begin: Decimal = Decimal(0)
    cap: Decimal | None = None
    may_be_negative: bool = False

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True, slots=True)
class PointRuleWords:
    """What points are given for: `points` for each `unit`, less than 0 where they are taken off.

    The caps are sizes in points. `fact` is a question to the records, `claim` makes it a task that members
    choose (个性清单), `duty` an obligation of everybody (共性清单).
    """

    id: str
    number: str
    label: str
    label_en: str
    bucket: str
    unit: str
    points: Decimal
    cap_once: Decimal | None = None
    cap_month: Decimal | None = None
    cap_quarter: Decimal | None = None
    cap_year: Decimal | None = None
    evidence: bool = False
    fact: str = ""
    claim: bool = False
    duty: bool = False
    help: str = ""
    help_en: str = ""
    unit_en: str = ""

    def shown(self) -> str:
        """The title in the language in use."""
        return choose(self.label, self.label_en)

    def unit_shown(self) -> str:
        """The unit in the language in use; the Chinese one where there is no other."""
        return choose(self.unit, self.unit_en)

    def hint(self) -> str:
        """The help in the language in use."""
        return choose(self.help, self.help_en)


@dataclass(frozen=True, slots=True)
class PointsWords:
    """The buckets and rules of a points scheme; points of the buckets in `redeem` can be exchanged."""

    buckets: tuple[BucketWords, ...]
    redeem: tuple[str, ...]
    rules: tuple[PointRuleWords, ...]
