"""What the events of a Party life add up to, on any day."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.members import (
    Category,
    EventKind,
    MemberEvent,
    Standing,
    State,
    first_day_without,
    in_order,
    of_this_membership,
    possible_events,
    standing,
)
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.partial_dates import PartialDate

ENTERED = date(2026, 11, 21)
FULL, PROBATIONARY = Category.FULL, Category.PROBATIONARY


def event(
    kind: str, on: str = "", number: int = 0, *, entered: date = ENTERED, place: str = "", group: str = ""
) -> MemberEvent:
    """An event as clerks record it; without a date where `on` is empty."""
    when = PartialDate.read(on)
    assert bool(when) == bool(on)
    return MemberEvent(EventKind(kind), when, entered, place or None, group or None, number)


LIFE = [
    event("admitted", "2010-06-15", 1, place="a"),
    event("confirmed", "2011-06-15", 2),
    event("arrived", "2015-03-01", 3, place="b"),
    event("grouped", "2015-03-10", 4, group="g1"),
    event("departed", "2018-09-30", 5),
    event("arrived", "2019-02-01", 6, place="c"),
    event("suspended", "2020-05-05", 7),
    event("restored", "2021-05-05", 8),
    event("died", "2025-01-02", 9),
]


@pytest.mark.parametrize(
    ("day", "state", "category", "place", "group"),
    [
        (date(2010, 6, 14), None, None, None, None),
        (date(2010, 6, 15), State.ACTIVE, PROBATIONARY, "a", None),
        (date(2011, 6, 14), State.ACTIVE, PROBATIONARY, "a", None),
        (date(2011, 6, 15), State.ACTIVE, FULL, "a", None),
        (date(2015, 2, 28), State.ACTIVE, FULL, "a", None),
        (date(2015, 3, 1), State.ACTIVE, FULL, "b", None),
        (date(2015, 3, 10), State.ACTIVE, FULL, "b", "g1"),
        (date(2018, 9, 29), State.ACTIVE, FULL, "b", "g1"),
        (date(2018, 9, 30), State.LEFT, FULL, "b", "g1"),
        (date(2019, 2, 1), State.ACTIVE, FULL, "c", None),
        (date(2020, 5, 5), State.SUSPENDED, FULL, "c", None),
        (date(2021, 5, 5), State.ACTIVE, FULL, "c", None),
        (date(2025, 1, 2), State.DEAD, FULL, "c", None),
        (date(2099, 1, 1), State.DEAD, FULL, "c", None),
    ],
)
def test_a_life_is_the_sum_of_its_events_up_to_the_day(
    day: date, state: State | None, category: Category | None, place: str | None, group: str | None
) -> None:
    now = standing(LIFE, day)
    assert (now.state, now.category, now.organisation, now.group) == (state, category, place, group)
    assert now.on_roster is (state is State.ACTIVE)


@given(st.randoms(use_true_random=False), st.dates(date(2009, 1, 1), date(2027, 1, 1)))
def test_the_order_of_entering_makes_no_difference(shuffler: random.Random, day: date) -> None:
    shuffled = LIFE[:]
    shuffler.shuffle(shuffled)
    assert standing(shuffled, day) == standing(LIFE, day)
    assert in_order(shuffled) == LIFE


def test_without_a_day_everything_counts_even_what_lies_ahead() -> None:
    ahead = [event("admitted", "2026-01-01"), event("departed", "2027-01-01")]
    assert standing(ahead).state is State.LEFT
    assert standing(ahead, ENTERED).state is State.ACTIVE


def test_somebody_without_events_stands_nowhere() -> None:
    assert standing([]) == Standing()
    assert not Standing().on_roster
    assert Standing().party_years(ENTERED) is None


# ---- dates that are missing or incomplete


@pytest.mark.parametrize(("on", "day"), [("1998", (1998, 1, 1)), ("1998-07", (1998, 7, 1))])
def test_an_incomplete_date_counts_from_the_first_day_that_it_may_mean(
    on: str, day: tuple[int, int, int]
) -> None:
    first = date(*day)
    assert standing([event("admitted", on)], first).on_roster
    assert not standing([event("admitted", on)], date.fromordinal(first.toordinal() - 1)).on_roster


def test_the_date_is_kept_as_precise_as_it_was_known() -> None:
    now = standing([event("admitted", "1998-07"), event("confirmed", "1999"), event("arrived", "2001-02-03")])
    assert (now.admitted_on, now.confirmed_on, now.arrived_on) == (
        PartialDate(1998, 7),
        PartialDate(1999),
        PartialDate(2001, 2, 3),
    )


@pytest.mark.parametrize("kind", ["admitted", "arrived"])
def test_who_was_brought_in_without_a_date_was_always_there(kind: str) -> None:
    events = [event(kind, place="a"), event("admitted", number=1)]
    assert standing(events, date(1950, 1, 1)).on_roster


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("departed", State.LEFT),
        ("suspended", State.SUSPENDED),
        ("ended", State.ENDED),
        ("died", State.DEAD),
    ],
)
def test_who_went_without_a_date_went_on_the_day_it_was_entered(kind: str, state: State) -> None:
    events = [event("admitted", "1998-07-01"), event(kind)]
    assert standing(events, date(2026, 11, 20)).on_roster
    assert standing(events, ENTERED).state is state
    assert standing(events, ENTERED).left_on is None


def test_a_full_member_without_dates_is_a_full_member_in_every_list() -> None:
    events = [event("arrived", place="a"), event("admitted"), event("confirmed"), event("grouped", group="g")]
    now = standing(events, date(1990, 1, 1))
    assert (now.category, now.organisation, now.group, now.on_roster) == (FULL, "a", "g", True)


def test_a_confirmation_without_a_date_does_not_bring_in_before_the_admission() -> None:
    events = [event("admitted", "2010-06-15"), event("confirmed")]
    assert not standing(events, date(2010, 6, 14)).on_roster
    assert standing(events, date(2010, 6, 15)).category is FULL


def test_a_return_without_a_date_counts_from_the_day_it_was_entered() -> None:
    events = [
        event("arrived", number=1, place="a"),
        event("admitted", "1998-07-01", 2),
        event("departed", "2015-03-01", 3),
        event("arrived", number=4, entered=date(2020, 1, 10), place="b"),
    ]
    assert standing(events, date(2010, 1, 1)).organisation == "a"
    assert standing(events, date(2020, 1, 9)).state is State.LEFT
    assert standing(events, date(2020, 1, 10)).on_roster
    assert standing(events).organisation == "b"


def test_a_second_group_without_a_date_counts_from_the_day_it_was_entered() -> None:
    events = [
        event("admitted", "1998-07-01", 1),
        event("grouped", "2015-01-01", 2, group="g1"),
        event("grouped", number=3, group="g2"),
    ]
    assert standing(events, date(2020, 1, 1)).group == "g1"
    assert standing(events).group == "g2"


@pytest.mark.parametrize("on", ["2026", "2026-03"])
@pytest.mark.parametrize("arrived", ["2026-03-05", "2026-03-31", "2026-03", "2026"])
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("departed", State.LEFT),
        ("suspended", State.SUSPENDED),
        ("ended", State.ENDED),
        ("died", State.DEAD),
    ],
)
def test_who_went_at_a_time_known_to_the_month_or_year_of_the_arrival_is_gone(
    kind: str, state: State, arrived: str, on: str
) -> None:
    life = [event("admitted", "2010-05-01", 1), event("arrived", arrived, 2, place="b"), event(kind, on, 3)]
    assert standing(life).state is state
    assert standing(life, date(2026, 3, 31)).state is state, "within the time that it may mean"
    assert standing(life, date(2025, 12, 31)).on_roster
    assert standing(life).left_on == PartialDate.read(on)


def test_an_incomplete_date_waits_only_for_what_it_can_follow() -> None:
    arrival = event("arrived", "2010-06-20", 1, place="b")
    assert standing([arrival, event("admitted", "2010-06", 2)], date(2010, 6, 20)).on_roster
    assert standing([arrival, event("admitted", "2010", 2)], date(2010, 6, 20)).category is PROBATIONARY
    confirmed = event("confirmed", "2011", 3)
    life = [event("admitted", "2010-01-01", 1), event("arrived", "2011-09-01", 2), confirmed]
    assert standing(life, date(2011, 1, 1)).category is FULL


def test_out_in_and_out_again_within_one_year_of_which_the_days_are_not_known() -> None:
    life = [
        event("admitted", "2010-06-15", 1),
        event("departed", "2021", 2),
        event("arrived", "2021", 3, place="b"),
        event("grouped", "2021", 4, group="g"),
        event("departed", "2021", 5),
    ]
    assert standing(life[:2]).state is State.LEFT
    assert (standing(life[:4]).organisation, standing(life[:4]).group) == ("b", "g")
    assert standing(life).state is State.LEFT
    assert in_order(life) == life


def test_who_went_without_a_date_on_the_day_of_the_arrival_is_gone() -> None:
    life = [event("admitted", "2010", 1), event("arrived", "2026-11-21", 2), event("departed", number=3)]
    assert standing(life, ENTERED).state is State.LEFT


def test_who_went_and_came_back_without_dates_gets_a_group_on_that_day() -> None:
    life = [
        event("admitted", "2010", 1),
        event("arrived", number=2, place="a"),
        event("departed", number=3),
        event("arrived", number=4, place="b"),
        event("grouped", "2026-11-21", 5, group="g"),
        event("departed", "2026-11-21", 6),
    ]
    now = standing(life[:5], ENTERED)
    assert (now.state, now.organisation, now.group) == (State.ACTIVE, "b", "g")
    assert standing(life, ENTERED).state is State.LEFT


def test_who_was_entered_as_probationary_stays_so_until_somebody_wrote_otherwise() -> None:
    january = date(2026, 1, 10)
    admitted = event("admitted", "2025-10-01", 1, entered=january)
    life = [admitted, event("confirmed", number=2)]
    assert standing(life, date(2026, 11, 20)).category is PROBATIONARY
    assert standing(life, ENTERED).category is FULL
    corrected = [admitted, event("confirmed", number=2, entered=january)]
    assert standing(corrected, january).category is FULL


# ---- several events of one day


def test_who_leaves_one_branch_for_another_on_one_day_stays_on_the_roster() -> None:
    events = [
        event("admitted", "2010-06-15", 1, place="a"),
        event("grouped", "2010-06-15", 2, group="g1"),
        event("departed", "2018-09-30", 3),
        event("arrived", "2018-09-30", 4, place="b"),
    ]
    now = standing(events)
    assert (now.state, now.organisation, now.group, now.left_on) == (State.ACTIVE, "b", None, None)


def test_who_arrives_and_leaves_on_one_day_is_gone() -> None:
    events = [event("admitted", "2018-09-30"), event("departed", "2018-09-30")]
    assert standing(events).state is State.LEFT
    returned = [*LIFE[:5], event("arrived", "2019-02-01", 6, place="c"), event("departed", "2019-02-01", 7)]
    assert standing(returned).state is State.LEFT


def test_a_suspension_lifted_on_the_same_day_leaves_no_trace_and_a_new_one_stands() -> None:
    active = [event("admitted", "2010-06-15", 1)]
    lifted = [*active, event("suspended", "2020-05-05", 2), event("restored", "2020-05-05", 3)]
    assert standing(lifted).state is State.ACTIVE
    again = [
        *active,
        event("suspended", "2019-05-05", 2),
        event("restored", "2020-05-05", 3),
        event("suspended", "2020-05-05", 4),
    ]
    assert standing(again).state is State.SUSPENDED


def test_who_was_admitted_confirmed_and_put_into_a_group_on_one_day_is_all_of_that() -> None:
    events = [
        event("grouped", "1970-07-01", group="g"),
        event("confirmed", "1970-07-01"),
        event("arrived", "1970-07-01", place="b"),
        event("admitted", "1970-07-01", place="a"),
    ]
    now = standing(events)
    assert (now.category, now.organisation, now.group, now.state) == (FULL, "b", "g", State.ACTIVE)


def test_who_left_and_died_on_one_day_is_dead() -> None:
    events = [event("admitted", "2010-06-15"), event("died", "2020-01-01"), event("departed", "2020-01-01")]
    assert standing(events).state is State.DEAD


@pytest.mark.parametrize(("kind", "state"), [("died", State.DEAD), ("ended", State.ENDED)])
def test_who_arrived_and_died_or_was_put_out_on_one_day_is_gone(kind: str, state: State) -> None:
    life = [
        event("admitted", "2010-06-15", 1),
        event("arrived", "2026-03-05", 2),
        event(kind, "2026-03-05", 3),
    ]
    assert standing(life).state is state


def test_whatever_is_written_down_for_later_nobody_is_brought_back_from_the_dead() -> None:
    life = [
        event("arrived", "2026-04-01", 1, place="b"),
        event("admitted", "2010-06-15", 2),
        event("confirmed", "2026-05-01", 3),
        event("died", "2026-03-05", 4),
    ]
    now = standing(life)
    assert (now.state, now.left_on, now.since) == (State.DEAD, PartialDate(2026, 3, 5), date(2026, 3, 5))
    assert (now.organisation, now.category, now.arrived_on) == ("b", FULL, PartialDate(2026, 4, 1))


# ---- where events lead


@pytest.mark.parametrize(
    ("events", "state", "category"),
    [
        (["admitted"], State.ACTIVE, PROBATIONARY),
        (["admitted", "extended"], State.ACTIVE, PROBATIONARY),
        (["admitted", "extended", "confirmed"], State.ACTIVE, FULL),
        (["admitted", "ended"], State.ENDED, PROBATIONARY),
        (["admitted", "confirmed", "ended", "restored"], State.ACTIVE, FULL),
        (["admitted", "confirmed", "ended", "admitted"], State.ACTIVE, PROBATIONARY),
        (["admitted", "confirmed", "ended", "admitted", "confirmed"], State.ACTIVE, FULL),
        (["admitted", "suspended", "ended"], State.ENDED, PROBATIONARY),
        (["arrived"], State.ACTIVE, None),
        (["arrived", "admitted", "confirmed", "departed", "arrived"], State.ACTIVE, FULL),
        (["confirmed"], None, FULL),
        (["grouped"], None, None),
        (["departed"], State.LEFT, None),
    ],
)
def test_a_row_of_events_leads_to_a_standing(
    events: list[str], state: State | None, category: Category | None
) -> None:
    life = [event(kind, f"20{10 + turn}-01-01", turn) for turn, kind in enumerate(events)]
    now = standing(life)
    assert (now.state, now.category) == (state, category)


def test_who_is_admitted_anew_begins_a_new_probation() -> None:
    life = [
        event("admitted", "1998-07-01", 1),
        event("confirmed", "1999-07-01", 2),
        event("ended", "2005-01-01", 3),
        event("admitted", "2020-07-01", 4),
    ]
    now = standing(life)
    assert (now.admitted_on, now.confirmed_on, now.left_on) == (PartialDate(2020, 7, 1), None, None)
    assert now.party_years(date(2026, 1, 1)) is None


def test_the_day_of_leaving_is_kept_until_somebody_is_back() -> None:
    assert standing(LIFE, date(2018, 12, 1)).left_on == PartialDate(2018, 9, 30)
    assert standing(LIFE, date(2019, 12, 1)).left_on is None
    assert standing(LIFE, date(2018, 12, 1)).since == date(2018, 9, 30)
    assert standing(LIFE, date(2019, 12, 1)).since == date(2019, 2, 1)


def test_an_admission_entered_behind_a_transfer_keeps_the_branch() -> None:
    assert (
        standing([event("arrived", "2001-01-01", place="b"), event("admitted", "2001-01-01")]).organisation
        == "b"
    )


@pytest.mark.parametrize(
    ("confirmed", "day", "years"),
    [
        ("1976-07-01", date(2026, 6, 30), 49),
        ("1976-07-01", date(2026, 7, 1), 50),
        ("1976-07", date(2026, 7, 1), 50),
        ("1976", date(2026, 1, 1), 50),
        ("2024-02-29", date(2025, 2, 28), 1),
    ],
)
def test_party_seniority_counts_from_confirmation(confirmed: str, day: date, years: int) -> None:
    now = standing([event("admitted", "1960"), event("confirmed", confirmed)])
    assert now.party_years(day) == years


def test_only_what_followed_a_new_admission_belongs_to_the_membership_that_holds() -> None:
    life = [
        event("admitted", "1998-07-01", 1),
        event("confirmed", "1999-07-01", 2),
        event("ended", "2005-01-01", 3),
        event("admitted", "2020-07-01", 4),
        event("confirmed", "2021-07-01", 5),
    ]
    assert of_this_membership(life[::-1]) == life[2:]
    assert of_this_membership(life[:3]) == life[:3], "who was put out has only this one"
    assert of_this_membership([]) == []


@pytest.mark.parametrize(
    ("place", "day", "free"),
    [
        ("b", date(2015, 1, 1), date(2018, 9, 30)),
        ("b", date(2018, 9, 29), date(2018, 9, 30)),
        ("b", date(2018, 9, 30), date(2018, 9, 30)),
        ("g1", date(2017, 1, 1), date(2018, 9, 30)),
        ("c", date(2020, 6, 1), date(2025, 1, 2)),
        ("elsewhere", date(2000, 1, 1), date(2000, 1, 1)),
    ],
)
def test_from_when_on_nobody_belongs_to_a_place_any_more(place: str, day: date, free: date) -> None:
    assert first_day_without(LIFE, place, day) == free


def test_whoever_still_belongs_to_a_place_belongs_to_it_without_end() -> None:
    assert first_day_without(LIFE[:7], "c", date(2000, 1, 1)) is None, "a suspended member does too"


# ---- what may be recorded next


@pytest.mark.parametrize(
    ("state", "category", "kinds"),
    [
        (None, None, "admitted arrived"),
        (State.ACTIVE, PROBATIONARY, "confirmed extended grouped departed suspended ended died"),
        (State.ACTIVE, None, "confirmed extended grouped departed suspended ended died"),
        (State.ACTIVE, FULL, "grouped departed suspended ended died"),
        (State.SUSPENDED, FULL, "restored ended died"),
        (State.SUSPENDED, PROBATIONARY, "restored ended died"),
        (State.LEFT, FULL, "arrived"),
        (State.ENDED, FULL, "restored admitted"),
        (State.DEAD, FULL, ""),
    ],
)
def test_only_what_can_follow_a_standing_may_be_recorded(
    state: State | None, category: Category | None, kinds: str
) -> None:
    assert possible_events(Standing(category=category, state=state)) == tuple(kinds.split())


@given(st.lists(st.integers(0, 9), max_size=12))
def test_every_event_that_may_be_recorded_changes_where_the_member_stands(choices: list[int]) -> None:
    life: list[MemberEvent] = []
    for turn, choice in enumerate(choices):
        before = standing(life)
        possible = possible_events(before)
        if not possible:
            break
        kind = possible[choice % len(possible)]
        day = f"20{10 + turn}-01-01"
        life.append(event(kind, day, turn, place=f"place{turn}", group=f"group{turn}"))
        after = standing(life)
        assert standing(life, date(2010 + turn, 1, 1)) == after
        assert after != before or kind is EventKind.EXTENDED


def test_the_words_of_events_categories_and_states_are_those_of_the_dictionaries() -> None:
    for name, kinds in (("event", EventKind), ("category", Category), ("state", State)):
        assert set(shipped_dictionaries()[name].by_code) == {kind.value for kind in kinds}
