"""What follows from the facts: it always equals what a rebuild would give."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from branchdesk import clock
from branchdesk.domain.members import EventKind
from branchdesk.partial_dates import PartialDate
from branchdesk.services import members, organisations, recycle_bin, rosters
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import writing
from branchdesk.storage.tables import dictionary_entry, member, member_finding, meta
from support.branches import (
    SECOND_GROUP,
    SettableClock,
    add,
    add_one,
    edit,
    founded,
    groups_of,
    identity_number,
    record,
    reopened,
    sample_people,
    value,
)
from support.contents import derived, facts, rebuilt
from support.problems import refused

NUMBER = identity_number(date(1970, 1, 1), 1)
OTHER_NUMBER = identity_number(date(1970, 1, 1), 3)


def marked(branch: Branch, code: str = "duplicate_id") -> set[str]:
    """The names of the members that have a finding."""
    query = (
        select(member.c.name)
        .join(member_finding, member_finding.c.member_rid == member.c.rid)
        .where(member_finding.c.code == code)
    )
    with branch.read() as connection:
        found = {name or "" for name in connection.scalars(query)}
    assert derived(branch) == rebuilt(branch)
    return found


def test_a_number_that_two_members_have_is_marked_on_both_and_cleared_on_both(branch: Branch) -> None:
    first = add_one(branch, "甲", id_number=NUMBER)
    assert marked(branch) == set()
    second = add_one(branch, "乙", id_number=NUMBER)
    assert marked(branch) == {"甲", "乙"}
    edit(branch, second, id_number=OTHER_NUMBER)
    assert marked(branch) == set()
    undone = edit(branch, first, id_number=OTHER_NUMBER).changes
    assert marked(branch) == {"甲", "乙"}
    branch.undo(undone.seq)
    assert marked(branch) == set()


def test_a_duplicate_in_the_bin_does_not_count_and_counts_again_when_it_comes_back(branch: Branch) -> None:
    uids = add(branch, [{"name": name, "id_number": NUMBER} for name in ("甲", "乙", "丙")])
    assert marked(branch) == {"甲", "乙", "丙"}
    members.move_to_bin(branch, uids[:1], "")
    assert marked(branch) == {"乙", "丙"}
    binned = members.move_to_bin(branch, uids[1:2], "")
    assert marked(branch) == set()
    recycle_bin.take_back(branch, recycle_bin.bin_items(branch)[-1:])
    assert marked(branch) == {"甲", "丙"}
    branch.undo(binned.seq)
    assert marked(branch) == {"甲", "乙", "丙"}


def test_duplicates_made_and_ended_by_a_whole_block_are_marked_and_cleared(branch: Branch) -> None:
    uids = add(branch, sample_people(6))
    block = members.set_fields(branch, {uid: {"id_number": NUMBER} for uid in uids}).changes
    assert len(marked(branch)) == len({facts(branch)["member"][uid]["name"] for uid in uids})
    members.set_fields(branch, {uid: {"id_number": ""} for uid in uids[:5]})
    assert marked(branch) == set()
    with refused("又有修改"):
        branch.undo(block.seq)


def test_entering_and_undoing_members_leaves_nothing_behind_in_the_search_index(branch: Branch) -> None:
    add(branch, sample_people(3))
    before = derived(branch)
    entered = members.add_members(branch, sample_people(4, 2), organisations.root_of(branch)).changes
    branch.undo(entered.seq)
    assert derived(branch) == before == rebuilt(branch)


def test_a_row_number_that_is_given_again_finds_only_the_new_member(branch: Branch) -> None:
    entered = members.add_members(branch, [{"name": "欧阳雪"}], organisations.root_of(branch)).changes
    branch.undo(entered.seq)
    add_one(branch, "王芳")
    roster = rosters.Roster(branch)
    roster.narrow({"name": "欧阳"})
    assert len(roster) == 0


def test_emptying_the_bin_empties_the_index_too(branch: Branch, the_clock: SettableClock) -> None:
    uids = add(branch, sample_people(3))
    members.move_to_bin(branch, uids[:2], "")
    the_clock.move(days=200)
    recycle_bin.empty_expired(branch)
    assert derived(branch) == rebuilt(branch)
    assert len(derived(branch)["roster_entry"]) == 1


def test_posts_events_and_corrections_show_in_the_roster_at_once(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2001.7.1")
    root = organisations.root_of(branch)
    for changes in (
        organisations.appoint(branch, root, uid, "secretary"),
        record(branch, uid, EventKind.GROUPED, "2020.1.1", group=groups_of(branch)[SECOND_GROUP]),
        record(branch, uid, EventKind.SUSPENDED, "2021.1.1"),
    ):
        assert derived(branch) == rebuilt(branch)
        branch.undo(changes.seq)
        assert derived(branch) == rebuilt(branch)


def test_a_probation_that_ran_too_long_is_found_on_the_day_it_happens(
    tmp_path: Path, the_clock: SettableClock
) -> None:
    the_clock.set(2026, 1, 10)
    branch = founded(tmp_path)
    add(branch, [{"name": "甲", "category": "预备党员", "admitted_on": "2024.1.10"}, {"name": "乙"}])
    assert marked(branch, "probation_over") == set()
    the_clock.set(2026, 1, 11)
    branch.freshen()
    assert marked(branch, "probation_over") == {"甲"}


def test_a_date_that_was_in_the_future_is_no_longer_one_when_its_day_has_come(
    branch: Branch, the_clock: SettableClock
) -> None:
    add_one(branch, "甲", born_on="2026.12.1")
    assert marked(branch, "future") == {"甲"}
    the_clock.set(2026, 12, 1)
    again = reopened(branch)
    assert marked(again, "future") == set()
    the_clock.set(2026, 11, 21)
    assert marked(reopened(again), "future") == {"甲"}, "a clock that was set back looks again too"


def test_a_post_begins_and_ends_on_its_days(branch: Branch, the_clock: SettableClock) -> None:
    uid = add_one(branch, "李明")
    root = organisations.root_of(branch)
    post = organisations.appoint(branch, root, uid, "secretary", PartialDate(2026, 12, 5))
    organisations.set_post(branch, next(iter(post.touched["post"])), {"until": "2026-12-20"})
    shown = {}
    for day in ("2026-12-04", "2026-12-05", "2026-12-20", "2026-12-21"):
        the_clock.set(*(int(part) for part in day.split("-")))
        branch.freshen()
        shown[day] = derived(branch)["roster_entry"]
        assert derived(branch) == rebuilt(branch)
    ranks = ["secretary" in rows[0] for rows in shown.values()]
    assert ranks == [False, True, True, False]


@pytest.mark.parametrize(
    ("kind", "on", "before", "day", "state"),
    [
        (EventKind.DEPARTED, "2026.12.5", (2026, 12, 4), (2026, 12, 5), "left"),
        (EventKind.DIED, "2026.12", (2026, 11, 30), (2026, 12, 1), "dead"),
        (EventKind.SUSPENDED, "2027", (2026, 12, 31), (2027, 1, 1), "suspended"),
    ],
)
def test_what_lies_ahead_shows_in_the_list_on_its_day_and_not_before(
    branch: Branch,
    the_clock: SettableClock,
    kind: EventKind,
    on: str,
    before: tuple[int, int, int],
    day: tuple[int, int, int],
    state: str,
) -> None:
    uid = add_one(branch, "李明", admitted_on="2001.7.1", confirmed_on="2002.7.1")
    record(branch, uid, kind, on)
    for today, shown in ((None, "active"), (before, "active"), (day, state)):
        if today is not None:
            the_clock.set(*today)
            branch.freshen()
        counts = rosters.roster_on(branch, clock.today()).counts.total
        roster = rosters.Roster(branch)
        roster.reload()
        assert (value(branch, uid, "state"), len(roster)) == (shown, counts)
        assert derived(branch) == rebuilt(branch)


def test_who_is_still_to_come_stands_in_the_list_with_the_date_marked(branch: Branch) -> None:
    typed = {"admitted_on": "2027.6.1", "arrived_on": "2027.6.2", "group": SECOND_GROUP}
    uid = add_one(branch, "李明", **typed)
    roster = rosters.Roster(branch)
    roster.choose(rosters.Place(organisations.root_of(branch)))
    assert len(roster) == 1
    shown = [value(branch, uid, field) for field in ("state", "admitted_on", "arrived_on", "category")]
    assert shown == ["active", "2027-06-01", "2027-06-02", None]
    assert value(branch, uid, "group") == groups_of(branch)[SECOND_GROUP]
    assert marked(branch, "future") == {"李明"}
    assert rosters.roster_on(branch, clock.today()).counts.total == roster.counts.full == 0


@pytest.mark.parametrize("since", ["2026-12", "2027"])
def test_a_post_from_a_month_or_year_on_begins_with_its_first_day(
    branch: Branch, the_clock: SettableClock, since: str
) -> None:
    uid = add_one(branch, "李明")
    when = PartialDate.read(since)
    organisations.appoint(branch, organisations.root_of(branch), uid, "secretary", when)
    assert "secretary" not in derived(branch)["roster_entry"][0]
    assert when is not None
    first = when.first_day()
    the_clock.set(first.year, first.month, first.day)
    branch.freshen()
    assert "secretary" in derived(branch)["roster_entry"][0]
    assert derived(branch) == rebuilt(branch)


def test_looking_again_on_the_same_day_writes_nothing(branch: Branch) -> None:
    before = (branch.folder.path / "branch.db-wal").stat().st_size
    branch.freshen()
    assert (branch.folder.path / "branch.db-wal").stat().st_size == before


def test_after_an_upgrade_of_the_program_everything_derived_is_written_anew(branch: Branch) -> None:
    add(branch, sample_people(3))
    expected = derived(branch)
    with writing(branch._engine) as connection:
        connection.exec_driver_sql("DELETE FROM member_finding")
        connection.exec_driver_sql("UPDATE roster_entry SET pinyin = '', state = 'dead'")
        connection.execute(meta.update().where(meta.c.key == "derived_edition").values(value="older"))
    assert derived(reopened(branch)) == expected


def test_a_word_of_the_branch_s_own_is_known_at_once(branch: Branch) -> None:
    uid = add_one(branch, "李明", posts="首席委员")
    assert marked(branch, "unknown_word") == {"李明"}
    with branch.change("自定义") as change:
        change.insert(dictionary_entry, {"dictionary": "post", "code": "own", "label": "首席委员"})
    edit(branch, uid, posts="首席委员")
    assert marked(branch, "unknown_word") == set()
    branch.undo(change.result.seq + 1)
    branch.undo(change.result.seq)
    assert marked(branch, "unknown_word") == {"李明"}


def test_dissolving_a_group_does_not_make_old_members_of_it_wrong(branch: Branch) -> None:
    uid = add_one(branch, "李明", group=SECOND_GROUP)
    record(branch, uid, EventKind.DEPARTED, "2021.5.1")
    organisations.dissolve(branch, groups_of(branch)[SECOND_GROUP], date(2026, 11, 1))
    assert marked(branch, "unknown_word") == set()


def test_many_members_are_rebuilt_like_few(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    people = sample_people(620)
    for person in people[::60]:
        person["id_number"] = NUMBER
    add(branch, people)
    assert derived(branch) == rebuilt(branch)
    assert len(marked(branch)) > 5
