"""The roster as of any day: the same answer whenever it is asked (expectations, row 5 of section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.partial_dates import PartialDate
from branchdesk.services import members, organisations, rosters
from branchdesk.storage.branch import Branch
from support.branches import (
    FIRST_GROUP,
    SECOND_GROUP,
    SettableClock,
    add,
    add_one,
    edit,
    founded,
    groups_of,
    record,
    sample_people,
)

ADMITTED, CONFIRMED = EventKind.ADMITTED, EventKind.CONFIRMED
ARRIVED, DEPARTED = EventKind.ARRIVED, EventKind.DEPARTED
SUSPENDED, RESTORED = EventKind.SUSPENDED, EventKind.RESTORED
ENDED, DIED = EventKind.ENDED, EventKind.DIED
FULL, PROBATIONARY, NOBODY = "full", "probationary", None


@dataclass(frozen=True)
class Case:
    """What was typed for a member, what was recorded then, and as what he stands on which day."""

    name: str
    typed: dict[str, str]
    events: tuple[tuple[EventKind, str], ...]
    days: dict[str, str | None]


CASES = [
    Case(
        "admitted and confirmed on known days",
        {"category": "正式党员", "admitted_on": "2010.06.29", "confirmed_on": "2011.06.29"},
        (),
        {
            "2010-06-28": NOBODY,
            "2010-06-29": PROBATIONARY,
            "2011-06-28": PROBATIONARY,
            "2011-06-29": FULL,
            "2026-11-21": FULL,
        },
    ),
    Case(
        "admission known to the month counts from its first day",
        {"category": "预备党员", "admitted_on": "2010.06"},
        (),
        {"2010-05-31": NOBODY, "2010-06-01": PROBATIONARY},
    ),
    Case(
        "admission known to the year counts from its first day",
        {"category": "预备党员", "admitted_on": "2010年"},
        (),
        {"2009-12-31": NOBODY, "2010-01-01": PROBATIONARY},
    ),
    Case(
        "without any date a member was always there",
        {"category": "正式党员"},
        (),
        {"1949-10-01": FULL, "2026-11-21": FULL},
    ),
    Case("without a category nobody stands on the roster", {}, (), {"2026-11-21": NOBODY}),
    Case(
        "a late arrival counts from the day of arriving in the file, membership from the admission",
        {
            "category": "正式党员",
            "admitted_on": "2000.7.1",
            "confirmed_on": "2001.7.1",
            "arrived_on": "2015.3.1",
        },
        (),
        {"2001-07-01": FULL, "2015-03-01": FULL},
    ),
    Case(
        "transferred out on a known day",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DEPARTED, "2021.5.10"),),
        {"2021-05-09": FULL, "2021-05-10": NOBODY, "2026-11-21": NOBODY},
    ),
    Case(
        "transferred out in a month and back in another",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DEPARTED, "2021.5"), (ARRIVED, "2022.3")),
        {"2021-04-30": FULL, "2021-05-01": NOBODY, "2022-02-28": NOBODY, "2022-03-01": FULL},
    ),
    Case(
        "transferred out without a date counts from the day of entering",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DEPARTED, ""),),
        {"2026-11-20": FULL, "2026-11-21": NOBODY},
    ),
    Case(
        "suspended and restored",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((SUSPENDED, "2019.1.1"), (RESTORED, "2020.1.1")),
        {"2018-12-31": FULL, "2019-01-01": NOBODY, "2019-12-31": NOBODY, "2020-01-01": FULL},
    ),
    Case(
        "suspended and then ended",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((SUSPENDED, "2019.1.1"), (ENDED, "2021.1.1")),
        {"2018-12-31": FULL, "2021-01-01": NOBODY},
    ),
    Case(
        "ended by mistake and restored",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((ENDED, "2019.1.1"), (RESTORED, "2020.1.1")),
        {"2019-06-01": NOBODY, "2020-01-01": FULL},
    ),
    Case(
        "died",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DIED, "2021.2"),),
        {"2021-01-31": FULL, "2021-02-01": NOBODY},
    ),
    Case(
        "confirmed and transferred out on one day: the confirmation is first",
        {"category": "预备党员", "admitted_on": "2000.7.1"},
        ((CONFIRMED, "2001.7.1"), (DEPARTED, "2001.7.1"), (ARRIVED, "2005.1.1")),
        {"2001-06-30": PROBATIONARY, "2001-07-01": NOBODY, "2005-01-01": FULL},
    ),
    Case(
        "out and back in on one day",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DEPARTED, "2021.5.10"), (ARRIVED, "2021.5.10")),
        {"2021-05-09": FULL, "2021-05-10": FULL, "2026-11-21": FULL},
    ),
    Case(
        "out and back in within one month of which the days are not known",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DEPARTED, "2021.5"), (ARRIVED, "2021.5")),
        {"2021-04-30": FULL, "2021-05-01": FULL, "2026-11-21": FULL},
    ),
    Case(
        "out without a date and back in again",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DEPARTED, ""), (ARRIVED, "")),
        {"2026-11-20": FULL, "2026-11-21": FULL},
    ),
    Case(
        "entered in another order than it happened",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DEPARTED, "2021.5.10"), (ARRIVED, "2023.1.1"), (DEPARTED, "2024.1.1"), (ARRIVED, "2022.1.1")),
        {"2021-06-01": NOBODY, "2022-06-01": FULL, "2023-06-01": FULL, "2024-06-01": NOBODY},
    ),
    Case(
        "a departure that lies in the future leaves today as it is",
        {"category": "正式党员", "admitted_on": "2000.7.1"},
        ((DEPARTED, "2027.1.1"),),
        {"2026-11-21": FULL, "2026-12-31": FULL, "2027-01-01": NOBODY},
    ),
]


def standing_on(branch: Branch, day: str) -> str | None:
    """As what the one member of a branch stands on the roster on a day; None where he does not."""
    rows = rosters.roster_on(branch, date.fromisoformat(day)).rows
    assert len(rows) <= 1
    return rows[0].values["category"] if rows else None


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_roster_of_a_day_follows_from_the_events(
    tmp_path: Path, the_clock: SettableClock, case: Case
) -> None:
    branch = founded(tmp_path)
    uid = add_one(branch, "李明", **{"category": "", **case.typed})
    root = organisations.root_of(branch)
    for kind, on in case.events:
        record(branch, uid, kind, on, **({"organisation": root} if kind is ARRIVED else {}))
    assert {day: standing_on(branch, day) for day in case.days} == case.days
    the_clock.move(days=700)
    branch.freshen()
    edit(branch, uid, department="办公室", mobile="13900001111")
    add_one(branch, "旁人", category="预备党员", admitted_on="2027.9.1")
    assert {day: standing_on(branch, day) for day in case.days} == case.days


def names_on(branch: Branch, day: date, place: str | None = None, order: str = "posts") -> list[str]:
    """The names on the roster of a day in their order."""
    return [row.values["name"] or "" for row in rosters.roster_on(branch, day, place, order).rows]


def test_the_same_day_gives_the_same_answer_on_any_other_day_and_after_unrelated_edits(
    tmp_path: Path, the_clock: SettableClock
) -> None:
    branch = founded(tmp_path)
    uids = add(branch, sample_people(40))
    root = organisations.root_of(branch)
    for uid, code in zip(uids, ("secretary", "deputy", "publicity"), strict=False):
        organisations.appoint(branch, root, uid, code, PartialDate(2020, 5))
    days = [date(1985, 1, 1), date(2001, 7, 1), date(2020, 5, 1), date(2026, 11, 21)]
    before = [rosters.roster_on(branch, day) for day in days]
    for moved in (-400, 900, 4000):
        the_clock.move(days=moved)
        branch.freshen()
        edit(branch, uids[3], note=f"改于 {moved}", mobile="")
        after = [rosters.roster_on(branch, day) for day in days]
        for old, new in zip(before, after, strict=True):
            assert [row.uid for row in new.rows] == [row.uid for row in old.rows]
            assert new.counts == old.counts
            kept = ("category", "state", "group", "posts", "admitted_on", "confirmed_on", "left_on")
            assert [[row.values[field] for field in kept] for row in new.rows] == [
                [row.values[field] for field in kept] for row in old.rows
            ]


def test_who_becomes_full_without_a_date_was_probationary_until_then(
    tmp_path: Path, the_clock: SettableClock
) -> None:
    the_clock.set(2026, 1, 10)
    branch = founded(tmp_path)
    uid = add_one(branch, "李明", category="预备党员", admitted_on="2025.10.1")
    assert standing_on(branch, "2026-01-05") == PROBATIONARY
    the_clock.set(2026, 11, 21)
    edit(branch, uid, category="正式党员")
    days = {"2026-01-05": PROBATIONARY, "2026-11-20": PROBATIONARY, "2026-11-21": FULL}
    assert {day: standing_on(branch, day) for day in days} == days


def test_groups_are_those_of_the_day(tmp_path: Path, the_clock: SettableClock) -> None:
    branch = founded(tmp_path)
    uid = add_one(branch, "李明", group=FIRST_GROUP)
    the_clock.set(2027, 3, 1)
    edit(branch, uid, group=SECOND_GROUP)
    the_clock.set(2027, 3, 1, hour=6)
    edit(branch, uid, group=SECOND_GROUP)
    groups = groups_of(branch)
    told = {}
    for day in (date(2000, 1, 1), date(2027, 2, 28), date(2027, 3, 1)):
        told[day] = rosters.roster_on(branch, day).rows[0].values["group"]
    assert list(told.values()) == [groups[FIRST_GROUP], groups[FIRST_GROUP], groups[SECOND_GROUP]]
    assert names_on(branch, date(2027, 2, 28), groups[SECOND_GROUP]) == []
    assert names_on(branch, date(2027, 3, 1), groups[SECOND_GROUP]) == ["李明"]


def test_posts_are_those_of_the_day_and_order_the_list(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    uids = add(branch, [{"name": name, "category": "正式党员"} for name in ("丁一", "王芳", "曾国强")])
    root = organisations.root_of(branch)
    first = organisations.appoint(branch, root, uids[1], "secretary", PartialDate(2015, 1, 1))
    organisations.set_post(branch, next(iter(first.touched["post"])), {"until": "2020-05-09"})
    organisations.appoint(branch, root, uids[2], "secretary", PartialDate(2020, 5, 10))
    organisations.appoint(branch, root, uids[2], "group_leader", PartialDate(2019))
    told = {day: rosters.roster_on(branch, day).rows for day in (date(2020, 5, 9), date(2020, 5, 10))}
    listed = {day: [(row.values["name"], row.values["posts"]) for row in rows] for day, rows in told.items()}
    assert listed == {
        date(2020, 5, 9): [("王芳", "secretary"), ("曾国强", "group_leader"), ("丁一", None)],
        date(2020, 5, 10): [("曾国强", "secretary group_leader"), ("丁一", None), ("王芳", None)],
    }
    assert names_on(branch, date(2014, 12, 31)) == ["丁一", "王芳", "曾国强"]
    assert names_on(branch, date(2020, 5, 9), order=rosters.PINYIN) == ["丁一", "王芳", "曾国强"]


def test_a_group_that_was_dissolved_since_keeps_its_name_on_an_earlier_day(branch: Branch) -> None:
    group = groups_of(branch)[SECOND_GROUP]
    uid = add_one(branch, "李明", group=SECOND_GROUP)
    record(branch, uid, DEPARTED, "2021.5.1")
    organisations.dissolve(branch, group, date(2022, 1, 1))
    on_day = rosters.roster_on(branch, date(2021, 4, 30))
    assert on_day.around.vocabulary["group"].shown(on_day.rows[0].values["group"]) == SECOND_GROUP
    assert names_on(branch, date(2021, 4, 30), group) == ["李明"]


def test_a_renamed_branch_has_its_old_name_on_an_earlier_day(branch: Branch) -> None:
    add_one(branch, "李明")
    root = organisations.root_of(branch)
    organisations.rename_from(branch, root, "中共河西社区支部委员会", "河西社区党支部", date(2020, 1, 1))
    for day, name in ((date(2019, 12, 31), "河西村党支部"), (date(2020, 1, 1), "河西社区党支部")):
        on_day = rosters.roster_on(branch, day)
        assert on_day.around.vocabulary["organisation"].shown(on_day.rows[0].values["organisation"]) == name


def test_members_in_the_bin_stand_on_no_roster_and_come_back_onto_all(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2000.7.1")
    binned = members.move_to_bin(branch, [uid], "")
    assert names_on(branch, date(2010, 1, 1)) == []
    branch.undo(binned.seq)
    assert names_on(branch, date(2010, 1, 1)) == ["李明"]


def test_a_corrected_event_changes_the_past_and_says_so_only_there(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2000.7.1")
    event = next(iter(record(branch, uid, DEPARTED, "2021.5.1").touched["member_event"]))
    members.correct_event(branch, uid, event, {"on_date": "2021.8.1"})
    assert names_on(branch, date(2021, 7, 31)) == ["李明"]
    members.remove_event(branch, uid, event)
    assert names_on(branch, date(2026, 11, 21)) == ["李明"]


def test_counts_of_a_day_tell_women_minorities_and_how_many_arrivals_have_no_date(branch: Branch) -> None:
    add(
        branch,
        [
            {"name": "甲", "sex": "女", "ethnic": "回族", "category": "正式党员"},
            {"name": "乙", "sex": "男", "ethnic": "汉族", "category": "预备党员", "admitted_on": "2010.1.1"},
            {"name": "丙", "category": "正式党员", "arrived_on": "2012.1.1"},
        ],
    )
    on_day = rosters.roster_on(branch, date(2026, 11, 21))
    counts = on_day.counts
    assert (counts.total, counts.full, counts.probationary, counts.women, counts.minority) == (3, 2, 1, 1, 1)
    assert on_day.undated == 1
