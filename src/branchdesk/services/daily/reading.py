"""Looking at daily records: who has written which month of a year, and one record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from branchdesk import clock
from branchdesk.domain.daily import MONTHS, DailyRecord, MonthState, is_ahead, month_state
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.checking import check_form
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.services.organisations import root_of
from branchdesk.storage import daily as questions
from branchdesk.storage import records
from branchdesk.storage.branch import Branch
from branchdesk.storage.inspections import names_by_organisation
from branchdesk.storage.meeting_people import PersonOnDay, around_of
from branchdesk.storage.points import person_key

DAILY = questions.DAILY
_ANOTHER = "’"


@dataclass(frozen=True)
class DailyPerson:
    """The records of one member in a year, by month.

    `person` is the uid of the member, or stands for a name whose file is gone for good. `here` is False for
    somebody who is no longer on the roster, whose name is the one of the last record.
    """

    person: str
    name: str
    group: str
    category: str
    here: bool
    records: Mapping[int, DailyRecord]

    def record(self, month: int) -> DailyRecord | None:
        """The record of a month; None where none was begun."""
        return self.records.get(month)


@dataclass(frozen=True)
class DailyYear:
    """The daily records of an organisation in a year.

    `people` are those on the roster of its last day, or of today, in the order of the roster, then those
    who left and have records. `form` is the one that a new record is begun with, `forms` are those of all
    records by their versions.
    """

    form: Form
    forms: Mapping[int, Form]
    vocabulary: Vocabulary
    organisation: str
    organisation_name: str
    year: int
    today: date
    people: tuple[DailyPerson, ...]

    @cached_property
    def by_person(self) -> Mapping[str, DailyPerson]:
        """Everybody by uid."""
        return {one.person: one for one in self.people}

    def state(self, person: DailyPerson, month: int) -> MonthState:
        """How far the record of a member and a month has come."""
        return month_state(person.record(month), self.year, month, self.today)

    def count(self, state: MonthState) -> int:
        """How many months of members have come so far."""
        return sum(self.state(one, month) is state for one in self.people for month in MONTHS)

    @property
    def last_month(self) -> int:
        """The last month that has begun; 0 in a year to come."""
        return max((month for month in MONTHS if not is_ahead(self.year, month, self.today)), default=0)

    def findings(self, record: DailyRecord | None) -> list[Finding]:
        """What is wrong with what is written in a record; what is still missing is not."""
        if record is None:
            return []
        around = Surroundings(self.vocabulary, self.today)
        found = check_form(self.form_of(record), dict(record.values), around, shipped_rules(), {})
        return [one for one in found if one.code != "required"]

    def form_of(self, record: DailyRecord | None) -> Form:
        """The form in which a record was begun, or is begun now."""
        return self.form if record is None else self.forms[record.version]


def daily_year(branch: Branch, organisation: str | None = None, year: int | None = None) -> DailyYear:
    """The daily records of everybody of an organisation in a year, the running one unless another is asked.

    As many questions to the file as ever, however many people there are.
    """
    today = clock.today()
    home, wanted = organisation or root_of(branch), year or today.year
    day = min(date(wanted, 12, 31), today)
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        form = shelf.form(DAILY, on=day)
        written = questions.records_of_year(connection, home, wanted)
        versions = {one.version for one in written}
        forms = {number: records.form_at_hand(shelf, DAILY, number) for number in versions}
        name = names_by_organisation(connection).full(home, day)
        around, people = around_of(connection, home, day)
    return DailyYear(
        form=form,
        forms={form.version: form, **forms},
        vocabulary=around.vocabulary,
        organisation=home,
        organisation_name=name,
        year=wanted,
        today=today,
        people=_everybody(people, written),
    )


def _everybody(people: Sequence[PersonOnDay], written: Sequence[DailyRecord]) -> tuple[DailyPerson, ...]:
    by_person: defaultdict[str, dict[int, DailyRecord]] = defaultdict(dict)
    names: dict[str, str] = {}
    for record in written:
        key = person_key(record.person, record.name)
        while record.month in by_person[key]:  # a namesake whose file is gone as well
            key += _ANOTHER
        by_person[key][record.month] = record
        names[key] = record.name
    here = [
        DailyPerson(one.uid, one.name, one.group_name, one.category, here=True, records=by_person[one.uid])
        for one in people
    ]
    left = sorted(set(names) - {one.uid for one in people}, key=lambda key: (names[key], key))
    return (
        *here,
        *(DailyPerson(key, names[key], "", "", here=False, records=by_person[key]) for key in left),
    )


def daily_person(year: DailyYear, person: str) -> DailyPerson:
    """One member of a year. Raises Problem for somebody who is not in it."""
    found = year.by_person.get(person)
    if found is None:
        raise Problem(
            _("{year} 年的日常写实里没有这名党员。", year=year.year),
            _("请核对年度，或者在名册里核对组织关系。"),
        )
    return found


def years_of_daily(branch: Branch, organisation: str | None = None) -> list[int]:
    """The years that have daily records, and the running one, the newest first."""
    home = organisation or root_of(branch)
    with branch.read() as connection:
        written = questions.years_written(connection, home)
    return sorted({*written, clock.today().year}, reverse=True)
