"""Looking at points: everybody's totals in a year, and one person to the last point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from branchdesk import clock
from branchdesk.domain.points.model import EntryState, PointEntry, PointScheme, Redemption, Reward
from branchdesk.domain.points.redeeming import balance, redeemable, redeemed, redeeming_findings, stock_left
from branchdesk.domain.points.tally import MonthPoints, Tally, input_hash, months, tallies
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.services.points.schemes import scheme_of
from branchdesk.storage import points as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.inspections import names_by_organisation
from branchdesk.storage.meeting_people import PersonOnDay, around_of
from branchdesk.storage.point_schemes import scheme_form


@dataclass(frozen=True)
class PersonPoints:
    """The points of one person in a year.

    `entries` are all rows of the person's ledger, reversals and what does not count among them, and
    `redemptions` all exchanges of the year. `balance` can still be exchanged. `here` is False for somebody
    who is no longer on the roster, whose name is the one of the last entry.
    """

    person: str
    name: str
    group: str
    tally: Tally
    balance: Decimal
    entries: tuple[PointEntry, ...] = ()
    redemptions: tuple[Redemption, ...] = ()
    category: str = ""
    here: bool = True

    @property
    def total(self) -> Decimal:
        """The total of the year, rounded half up to two decimals."""
        return self.tally.total

    @property
    def redeemable(self) -> Decimal:
        """The points that could be exchanged before anything was."""
        return redeemable(self.tally)

    @property
    def redeemed(self) -> Decimal:
        """The points that were exchanged and not given back."""
        return redeemed(self.tally, self.redemptions)

    @property
    def months(self) -> tuple[MonthPoints, ...]:
        """What each month added, from January."""
        return months(self.tally)

    @property
    def waiting(self) -> tuple[PointEntry, ...]:
        """The tasks that were claimed and wait to be accepted or declined."""
        return tuple(one for one in self.entries if one.state is EntryState.PROPOSED)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the exchanges."""
        return redeeming_findings(self.tally, self.redemptions)


@dataclass(frozen=True)
class PointsSheet:
    """The points of everybody in a year, until the day `until` where one is given.

    `people` are those on the roster of that day in the order of the roster, then those who left and have
    entries or exchanges in the year. `redemptions` are those of everybody in all years.
    """

    form: Form
    scheme: PointScheme
    organisation: str
    organisation_name: str
    year: int
    until: date | None
    people: tuple[PersonPoints, ...]
    entries: tuple[PointEntry, ...]
    redemptions: tuple[Redemption, ...]
    rewards: tuple[Reward, ...]

    @cached_property
    def by_person(self) -> Mapping[str, PersonPoints]:
        """Everybody by uid."""
        return {one.person: one for one in self.people}

    @cached_property
    def months(self) -> Mapping[str, tuple[MonthPoints, ...]]:
        """What each month added for each person."""
        return {one.person: one.months for one in self.people}

    @cached_property
    def waiting(self) -> tuple[PointEntry, ...]:
        """The claimed tasks that wait to be accepted or declined, in the order of days."""
        return tuple(one for one in self.entries if one.state is EntryState.PROPOSED)

    @cached_property
    def hash(self) -> str:
        """The hash of scheme and ledger: equal ones always come to equal points."""
        return input_hash(self.scheme, self.entries)

    def entry(self, uid: str) -> PointEntry | None:
        """An entry of the ledger; None where it has none of this uid."""
        return next((one for one in self.entries if one.uid == uid), None)

    def stock(self, reward: Reward) -> int | None:
        """How many of a reward are left; None where there is no limit."""
        return stock_left(reward, self.redemptions)


def points_sheet(branch: Branch, organisation: str, year: int, until: date | None = None) -> PointsSheet:
    """The points of everybody of an organisation in a year, until and with the day `until`.

    As many questions to the file as ever, however many people there are. Raises Problem where the scheme
    of the year cannot be read.
    """
    today = clock.today()
    day = min(until or date(year, 12, 31), date(year, 12, 31), today)
    with branch.read() as connection:
        form = scheme_form(connection, organisation, year)
        entries = questions.entries_of_year(connection, organisation, year)
        redemptions = questions.redemptions_of(connection, organisation)
        rewards = questions.rewards_of(connection, organisation)
        home = names_by_organisation(connection).full(organisation, day)
        _around, people = around_of(connection, organisation, day)
    scheme = scheme_of(form)
    own = [one for one in redemptions if one.on.year == year]
    return PointsSheet(
        form=form,
        scheme=scheme,
        organisation=organisation,
        organisation_name=home,
        year=year,
        until=until,
        people=_everybody(scheme, year, until, people, entries, own),
        entries=tuple(entries),
        redemptions=tuple(redemptions),
        rewards=tuple(rewards),
    )


def _everybody(
    scheme: PointScheme,
    year: int,
    until: date | None,
    people: Iterable[PersonOnDay],
    entries: Iterable[PointEntry],
    redemptions: Iterable[Redemption],
) -> tuple[PersonPoints, ...]:
    known = {one.uid: one for one in people}
    ledger: defaultdict[str, list[PointEntry]] = defaultdict(list)
    exchanged: defaultdict[str, list[Redemption]] = defaultdict(list)
    names: dict[str, str] = {}
    for entry in entries:
        ledger[entry.person].append(entry)
        names[entry.person] = entry.name
    for redemption in redemptions:
        exchanged[redemption.person].append(redemption)
        names.setdefault(redemption.person, redemption.name)
    left = sorted(set(names) - set(known), key=lambda uid: (names[uid], uid))
    everybody = [*known, *left]
    found = []
    for uid, tally in zip(everybody, tallies(scheme, _rows(ledger), year, everybody, until), strict=True):
        person = known.get(uid)
        found.append(
            PersonPoints(
                person=uid,
                name=person.name if person else names[uid],
                group=person.group_name if person else "",
                tally=tally,
                balance=balance(tally, exchanged[uid]),
                entries=tuple(ledger[uid]),
                redemptions=tuple(exchanged[uid]),
                category=person.category if person else "",
                here=person is not None,
            )
        )
    return tuple(found)


def _rows(ledger: Mapping[str, list[PointEntry]]) -> list[PointEntry]:
    return [one for rows in ledger.values() for one in rows]


def person_points(
    branch: Branch, organisation: str, person: str, year: int, until: date | None = None
) -> PersonPoints:
    """The points of one person in a year. Raises Problem for somebody who is not on its sheet."""
    found = points_sheet(branch, organisation, year, until).by_person.get(person)
    if found is None:
        raise Problem(
            _("{year} 年的积分里没有这名党员。", year=year), _("请核对年度，或者在名册里核对组织关系。")
        )
    return found


def years_of_points(branch: Branch, organisation: str) -> list[int]:
    """The years in which there are entries or exchanges, the newest first."""
    with branch.read() as connection:
        return questions.years_entered(connection, organisation)
