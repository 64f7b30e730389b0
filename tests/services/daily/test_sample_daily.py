"""The daily records of the sample branch: months in every state, the same every time."""

from __future__ import annotations

from collections import Counter

from branchdesk.domain.daily import MonthState
from branchdesk.forms.language import visible_fields
from branchdesk.i18n import Language, speak
from branchdesk.services.daily.reading import daily_year
from branchdesk.services.daily.sample_daily import sample_daily
from branchdesk.services.daily.writing import complete
from services.meetings.scenes import House
from support.branches import SettableClock
from support.contents import assert_sound


def test_the_sample_has_months_in_every_state(house: House) -> None:
    sample_daily(house.branch)
    year = daily_year(house.branch)
    states = Counter(year.state(one, month) for one in year.people for month in range(1, 13))
    assert states == {
        MonthState.COMPLETE: 90,
        MonthState.WRITTEN: 14,
        MonthState.EMPTY: 6,
        MonthState.AHEAD: 10,
    }
    records = [record for one in year.people for record in one.records.values()]
    used = {field for record in records for field in record.values}
    assert used == {field.id for field in visible_fields(year.form, {}) if field.type.is_stored}
    assert_sound(house.branch)


def test_a_month_of_the_sample_that_is_over_can_be_made_final(house: House) -> None:
    sample_daily(house.branch)
    year = daily_year(house.branch)
    waiting = [record for one in year.people if (record := one.record(10)) is not None]
    assert not any(record.is_final for record in waiting)
    complete(house.branch, [record.uid for record in waiting])


def test_the_sample_is_chinese_and_tells_nothing_of_what_is_to_come(
    house: House, the_clock: SettableClock
) -> None:
    the_clock.set(2026, 1, 20)
    speak(Language.ENGLISH)
    try:
        sample_daily(house.branch)
    finally:
        speak(Language.CHINESE)
    year = daily_year(house.branch)
    assert {month for one in year.people for month in one.records} == {1}
    assert all(
        record.title.endswith("2026年1月日常表现写实")
        for one in year.people
        for record in one.records.values()
    )
