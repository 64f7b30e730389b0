"""How often what is due was held, for any branch and period (domain 3.1)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.meetings.frequency import (
    ActivityCount,
    BranchFacts,
    GroupFact,
    HeldMeeting,
    count_activities,
    period_label,
    periods,
)
from branchdesk.forms.activities import shipped_activities
from branchdesk.rulebook import ActivityRule

TODAY = date(2026, 11, 21)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def rule(
    rule_id: str = "assembly",
    per: str = "quarter",
    level: str = "branch",
    needs: str = "",
    **more: int | date,
) -> ActivityRule:
    whole = {"times": 1, "effective_from": date(2018, 10, 28), "effective_to": None, **more}
    return ActivityRule(
        id=rule_id,
        label=rule_id,
        label_en=rule_id,
        per=per,
        level=level,
        needs=needs,
        edition="1",
        source="某条例第一条",
        tag="verified",
        **whole,  # type: ignore[arg-type]
    )


def held(uid: str, day: date, *counts: str, group: str | None = None) -> HeldMeeting:
    return HeldMeeting(uid, day, counts or ("assembly",), "b1", group)


def counted(
    rules: list[ActivityRule],
    meetings: list[HeldMeeting],
    facts: BranchFacts | None = None,
    start: date = YEAR[0],
    end: date = YEAR[1],
) -> list[ActivityCount]:
    return count_activities(rules, meetings, facts or BranchFacts(), start, end, TODAY)


def missing(counts: list[ActivityCount]) -> list[int]:
    return [one.missing for one in counts]


def test_the_appraisal_of_a_year_held_in_the_next_counts_for_its_own_year() -> None:
    yearly, monthly = rule("appraisal", "year"), rule("theme_day", "month")
    late = HeldMeeting("a", date(2027, 1, 23), ("appraisal", "theme_day"), "b1", year=2026)
    last = HeldMeeting("b", date(2026, 2, 3), ("appraisal",), "b1", year=2025)
    found = counted([yearly, monthly], [late, last], start=date(2025, 1, 1), end=date(2027, 1, 31))
    assert [one.held for one in found if one.rule is yearly] == [("b",), ("a",), ()]
    # What is due each month asks for the day.
    assert [one.period_label for one in found if one.rule is monthly and one.held] == ["2027年1月"]


def test_each_quarter_of_a_year_has_what_was_held_in_it() -> None:
    found = counted(
        [rule()], [held("a", date(2026, 3, 31)), held("b", date(2026, 4, 1)), held("c", date(2026, 6, 30))]
    )
    assert [one.period_label for one in found] == [
        "2026年第一季度",
        "2026年第二季度",
        "2026年第三季度",
        "2026年第四季度",
    ]
    assert [one.held for one in found] == [("a",), ("b", "c"), (), ()]
    assert missing(found) == [0, 0, 1, 1]
    assert [one.is_over for one in found] == [True, True, True, False]
    assert [one.due for one in found] == [1, 1, 1, 1]


def test_more_than_one_may_be_due() -> None:
    found = counted([rule(per="half", times=2)], [held("a", date(2026, 7, 1)), held("b", date(2026, 2, 1))])
    assert [(one.period_label, one.due, one.missing) for one in found] == [
        ("2026年上半年", 2, 1),
        ("2026年下半年", 2, 1),
    ]


def test_a_period_that_is_asked_for_in_part_is_counted_whole() -> None:
    found = counted([rule()], [held("a", date(2026, 4, 2))], start=date(2026, 5, 1), end=date(2026, 8, 1))
    assert [(one.start, one.end) for one in found] == [
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
    ]
    assert missing(found) == [0, 1]


def test_a_combined_meeting_counts_for_both_and_once_for_each() -> None:
    both = held("a", date(2026, 1, 9), "life", "appraisal", "life")
    found = counted([rule("life", "year"), rule("appraisal", "year")], [both, both])
    assert [(one.rule.id, one.held, one.missing) for one in found] == [
        ("life", ("a",), 0),
        ("appraisal", ("a",), 0),
    ]


def test_meetings_stand_in_the_order_of_their_days() -> None:
    found = counted([rule(per="year")], [held("b", date(2026, 5, 1)), held("a", date(2026, 2, 1))])
    assert found[0].held == ("a", "b")


def test_what_persons_owe_and_what_has_no_least_number_is_not_counted() -> None:
    assert counted([rule("talk", "year", "person"), rule("study", times=0)], []) == []


# ---- exemptions


COMMITTEE = rule("committee", "month", "committee", "committee")
GROUP = rule("group", "month", "group", "groups")


@pytest.mark.parametrize(
    ("facts", "exempt"),
    [
        (BranchFacts(has_committee=True), ""),
        (BranchFacts(has_committee=False), "本支部不设支部委员会"),
        (
            BranchFacts(has_committee=False, full_members=6, committee_from=7),
            "正式党员 6 人，不足 7 人，不设支部委员会",
        ),
        (BranchFacts(has_committee=False, full_members=7, committee_from=7), ""),
        (BranchFacts(has_committee=True, full_members=6, committee_from=7), ""),
    ],
)
def test_a_small_branch_without_a_committee_is_exempt_from_its_meetings(
    facts: BranchFacts, exempt: str
) -> None:
    found = counted([COMMITTEE], [], facts)
    assert {one.exempt for one in found} == {exempt}
    assert {(one.due, one.missing) for one in found} == {(0, 0) if exempt else (1, 1)}
    assert len(found) == 12


def test_a_branch_without_groups_is_exempt_from_their_meetings() -> None:
    found = counted([GROUP], [])
    assert {(one.exempt, one.due, one.missing, one.group) for one in found} == {
        ("本支部没有划分党小组", 0, 0, None)
    }


def test_each_group_owes_its_own_meetings() -> None:
    facts = BranchFacts(groups=(GroupFact("g1", "第一党小组"), GroupFact("g2", "第二党小组")))
    meetings = [
        held("a", date(2026, 1, 5), "group", group="g1"),
        held("b", date(2026, 1, 6), "group"),
        held("c", date(2026, 2, 6), "group", group="g2"),
    ]
    found = counted([GROUP], meetings, facts, end=date(2026, 2, 28))
    assert [(one.group_name, one.period_label, one.held) for one in found] == [
        ("第一党小组", "2026年1月", ("a",)),
        ("第一党小组", "2026年2月", ()),
        ("第二党小组", "2026年1月", ()),
        ("第二党小组", "2026年2月", ("c",)),
    ]


def test_a_meeting_of_a_group_does_not_stand_for_the_branch() -> None:
    found = counted([rule(per="year")], [held("a", date(2026, 1, 5), group="g1")])
    assert missing(found) == [1]


def test_the_period_in_which_a_branch_was_founded_is_exempt_and_those_before_do_not_count() -> None:
    founded = BranchFacts(founded=date(2026, 5, 20))
    found = counted([rule()], [], founded)
    assert [(one.period_label, one.exempt, one.missing) for one in found] == [
        ("2026年第二季度", "本支部 2026.05.20 成立，当期不计缺项", 0),
        ("2026年第三季度", "", 1),
        ("2026年第四季度", "", 1),
    ]
    on_the_first = counted([rule()], [], BranchFacts(founded=date(2026, 7, 1)))
    assert [(one.period_label, one.exempt) for one in on_the_first] == [
        ("2026年第三季度", ""),
        ("2026年第四季度", ""),
    ]


def test_what_was_held_in_the_period_of_the_founding_is_still_shown() -> None:
    found = counted([rule()], [held("a", date(2026, 6, 1))], BranchFacts(founded=date(2026, 5, 20)))
    assert (found[0].held, found[0].due) == (("a",), 0)


def test_a_group_is_counted_from_when_there_was_one() -> None:
    groups = (
        GroupFact("g1", "第一党小组", date(2026, 10, 15)),
        GroupFact("g2", "第二党小组", date(2020, 1, 1)),
    )
    facts = BranchFacts(founded=date(2026, 11, 1), groups=groups)
    found = counted([GROUP], [], facts, start=date(2026, 9, 1), end=date(2026, 11, 30))
    assert [(one.group, one.period_label) for one in found] == [("g1", "2026年11月"), ("g2", "2026年11月")]
    alone = counted(
        [GROUP], [], BranchFacts(groups=groups[:1]), start=date(2026, 9, 1), end=date(2026, 11, 30)
    )
    assert [(one.period_label, one.exempt) for one in alone] == [
        ("2026年10月", "党小组 2026.10.15 成立，当期不计缺项"),
        ("2026年11月", ""),
    ]


def test_an_exemption_of_the_branch_goes_before_that_of_the_founding() -> None:
    facts = BranchFacts(founded=date(2026, 11, 2), has_committee=False)
    found = counted([COMMITTEE], [], facts)
    assert [(one.period_label, one.exempt) for one in found] == [
        ("2026年11月", "本支部不设支部委员会"),
        ("2026年12月", "本支部不设支部委员会"),
    ]


# ---- editions and periods


def test_a_period_is_counted_by_the_rule_in_force_on_its_first_day() -> None:
    old = rule(per="quarter", effective_to=date(2026, 5, 14))
    new = rule(per="month", effective_from=date(2026, 5, 15))
    found = counted([old, new], [])
    assert [one.period_label for one in found] == [
        "2026年第一季度",
        "2026年第二季度",
        *(f"2026年{month}月" for month in range(6, 13)),
    ]


def test_nothing_is_due_before_there_was_a_rule() -> None:
    found = counted([rule()], [], start=date(2018, 1, 1), end=date(2018, 12, 31))
    assert found == []


@pytest.mark.parametrize(
    ("per", "day", "label"),
    [
        ("month", date(2026, 2, 1), "2026年2月"),
        ("quarter", date(2026, 10, 1), "2026年第四季度"),
        ("half", date(2026, 7, 1), "2026年下半年"),
        ("year", date(2026, 1, 1), "2026年"),
    ],
)
def test_periods_are_called_as_clerks_call_them(per: str, day: date, label: str) -> None:
    assert period_label(per, day) == label


# ---- the rules that ship


def test_a_year_of_a_branch_with_two_groups_by_the_rules_that_ship() -> None:
    facts = BranchFacts(
        founded=date(2015, 7, 1),
        groups=(GroupFact("g1", "第一党小组"), GroupFact("g2", "第二党小组")),
        full_members=20,
        committee_from=7,
    )
    found = counted(list(shipped_activities()), [], facts)
    due = Counter((one.rule.id, one.group) for one in found if one.due)
    assert due == {
        ("assembly", None): 4,
        ("committee", None): 12,
        ("group", "g1"): 12,
        ("group", "g2"): 12,
        ("lecture", None): 4,
        ("theme_day", None): 12,
        ("life", None): 1,
        ("appraisal", None): 1,
    }
    assert all(one.rule.source for one in found)


# ---- against counting by hand


DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def period_of(per: str, day: date) -> tuple[int, int]:
    """The year and the number of the period in which a day lies."""
    return day.year, (day.month - 1) // MONTHS[per]


def all_days(start: date, end: date) -> list[date]:
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


@settings(deadline=None)
@given(st.sampled_from(list(MONTHS)), DAYS, st.integers(0, 800))
def test_periods_are_those_of_all_days_between(per: str, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    found = list(periods(per, start, end))
    assert [period_of(per, first) for first, _last in found] == sorted(
        {period_of(per, day) for day in all_days(start, end)}
    )
    for first, last in found:
        assert {period_of(per, day) for day in all_days(first, last)} == {period_of(per, first)}
        assert period_of(per, first - timedelta(days=1)) != period_of(per, first)
        assert period_of(per, last + timedelta(days=1)) != period_of(per, first)


MEETINGS = st.lists(
    st.tuples(
        DAYS, st.sampled_from([("x",), ("y",), ("x", "y"), ("z",)]), st.sampled_from([None, "g1", "g2"])
    ),
    max_size=40,
)


@settings(deadline=None)
@given(st.sampled_from(list(MONTHS)), st.integers(1, 3), MEETINGS, st.one_of(st.none(), DAYS), DAYS)
def test_counts_are_those_of_a_count_by_hand(
    per: str,
    times: int,
    drawn: list[tuple[date, tuple[str, ...], str | None]],
    founded: date | None,
    today: date,
) -> None:
    meetings = [HeldMeeting(f"m{n}", day, counts, "b", group) for n, (day, counts, group) in enumerate(drawn)]
    facts = BranchFacts(founded=founded, groups=(GroupFact("g1", "一组"), GroupFact("g2", "二组")))
    rules = [rule("x", per, times=times), rule("y", per, "group", "groups", times=times)]
    start, end = date(2024, 1, 1), date(2026, 12, 31)
    found = count_activities(rules, meetings, facts, start, end, today)
    by_hand: dict[tuple[str, str | None, tuple[int, int]], list[int]] = {}
    for activity, owners in (("x", [None]), ("y", ["g1", "g2"])):
        for owner in owners:
            for day in all_days(start, end):
                key = (activity, owner, period_of(per, day))
                if founded is None or day >= founded:
                    by_hand.setdefault(key, [1, 0])
                if founded is not None and day < founded and key[2] == period_of(per, founded):
                    by_hand[key] = [0, 0]
            for one in meetings:
                key = (activity, owner, period_of(per, one.day))
                if key in by_hand and activity in one.counts and one.group == owner:
                    by_hand[key][1] += 1
    counts = {(one.rule.id, one.group, period_of(per, one.start)): one for one in found}
    assert set(counts) == set(by_hand)
    for key, (is_due, number) in by_hand.items():
        count = counts[key]
        assert len(count.held) == number
        assert (count.due, count.missing) == ((times, max(0, times - number)) if is_due else (0, 0))
        assert bool(count.exempt) is not bool(is_due)
        assert count.is_over is (count.end < today)
