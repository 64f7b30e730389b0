"""What the papers of daily records print: members with their months, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from branchdesk.domain.daily import MONTHS, DailyFigures, DailyRecord, is_ahead, summed
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field, Form
from branchdesk.i18n import speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.filled import Filled
from branchdesk.services.daily.figures import figure_texts

UNKNOWN = "—"
_NOTHING = DailyFigures()


@dataclass(frozen=True)
class MonthSheet:
    """One month of a member: what is written, and what the records say."""

    month: int
    form: Form
    record: DailyRecord | None = None
    figures: DailyFigures = _NOTHING

    @property
    def is_final(self) -> bool:
        """Whether what is written will not change any more."""
        return self.record is not None and self.record.is_final

    @property
    def values(self) -> Mapping[str, str]:
        """What is written, by the ids of fields."""
        return self.record.values if self.record is not None else {}

    @property
    def volunteer_hours(self) -> Decimal:
        """The hours of volunteer work; what was typed and not understood counts nothing."""
        try:
            return max(Decimal(self.values.get("volunteer_hours") or 0), Decimal(0))
        except InvalidOperation:
            return Decimal(0)


@dataclass(frozen=True)
class DailyAccount:
    """One member in a year; `months` has those months only of which there is something to say."""

    name: str
    group: str
    months: Mapping[int, MonthSheet] = field(default_factory=dict)
    here: bool = True

    @property
    def written(self) -> list[MonthSheet]:
        """The months of which something is written, from January."""
        return [self.months[month] for month in sorted(self.months) if self.months[month].values]

    @property
    def whole_year(self) -> DailyFigures:
        """What the records say of the year."""
        return summed(self.months[month].figures for month in sorted(self.months))


@dataclass(frozen=True)
class DailyMatter:
    """Members of an organisation in a year; `form` is the one of months that nobody has begun."""

    organisation: str
    year: int
    made_on: date
    form: Form
    vocabulary: Vocabulary
    accounts: tuple[DailyAccount, ...] = ()

    def sheet(self, account: DailyAccount, month: int) -> MonthSheet:
        """The sheet of a month; an empty one where there is nothing to say."""
        return account.months.get(month, MonthSheet(month, self.form))

    def filled(self, account: DailyAccount, sheet: MonthSheet) -> Filled:
        """The form of a month with all it holds; figures that nobody knows have a dash."""
        with speaking_chinese():
            figures = figure_texts(sheet.figures)
        return Filled(
            sheet.form,
            sheet.values,
            {},
            self.vocabulary,
            {
                "person.name": account.name,
                "person.group": account.group or UNKNOWN,
                "person.period": self.period(sheet.month),
                "organisation.name": self.organisation,
                **{name: text or UNKNOWN for name, text in figures.items()},
            },
        )

    def text(self, sheet: MonthSheet, field_id: str) -> str:
        """What is written in a field of a month, spelled as paper spells it."""
        one: Field | None = sheet.form.by_id.get(field_id)
        if one is None:
            return ""
        return Filled(sheet.form, sheet.values, {}, self.vocabulary).text(one)

    def period(self, month: int) -> str:
        """A month as papers name it: 2026年10月."""
        return PartialDate(self.year, month).spelled()

    def begun(self) -> Iterator[int]:
        """The months of the year that had begun on the day of the paper."""
        return (month for month in MONTHS if not is_ahead(self.year, month, self.made_on))

    @property
    def last(self) -> date:
        """The last day that the year's figures tell of."""
        return min(date(self.year, 12, 31), self.made_on)
