"""Paper ballots: heads that add up, two passes by two people, and nothing that leads to a voter."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from branchdesk.domain.evaluations.ballots import Difference
from branchdesk.services.evaluations import ballots, life
from branchdesk.services.evaluations.ballots import add_batch, clear_pass, count_pass, set_heads
from branchdesk.services.history import lines_of_change, record_history
from branchdesk.storage.branch import Branch
from branchdesk.storage.table_making import metadata
from services.evaluations.scenes import (
    COMMITTEE,
    FIRST,
    KEY_WORK,
    SECOND,
    STARS,
    begin,
    counted,
    evaluation_of,
    named,
    sheet_of,
    votes_for,
)
from services.meetings.scenes import House
from support.contents import assert_sound, facts
from support.problems import refused


def test_batches_are_numbered_in_the_year_of_the_organisation(house: House) -> None:
    uid, work = begin(house), begin(house, KEY_WORK)
    add_batch(house.branch, uid, "10 张")
    add_batch(house.branch, work, 12, "satisfaction")
    add_batch(house.branch, uid)
    assert [(one.code, one.issued) for one in evaluation_of(house, uid).batches] == [
        ("2026-01", 10),
        ("2026-03", None),
    ]
    assert [(one.code, one.part) for one in evaluation_of(house, work).batches] == [
        ("2026-02", "satisfaction")
    ]
    with refused("“十”不是整数"):
        add_batch(house.branch, uid, "十")
    with refused("没有可以投票的档次"):
        add_batch(house.branch, begin(house, STARS))


def test_a_code_that_was_printed_is_never_given_twice(house: House) -> None:
    uid = begin(house)
    plain, printed = (add_batch(house.branch, uid, "10").line for _batch in range(2))
    ballots.set_printed(house.branch, printed)
    ballots.remove_batch(house.branch, printed, "发错了名单")
    ballots.remove_batch(house.branch, plain)
    again = add_batch(house.branch, uid, "10").line
    assert sheet_of(house, uid).batch(again).code == "2026-03"
    ballots.remove_batch(house.branch, again)  # never printed, so that its code is free
    last = add_batch(house.branch, uid).line
    assert sheet_of(house, uid).batch(last).code == "2026-03"


@pytest.mark.parametrize(
    ("valid", "spoiled", "words"),
    [(100_000, None, "有效票数“100000”不是整数"), (9, -1, "废票数“-1”不是整数"), (-1, None, "有效票数“-1”")],
)
def test_numbers_that_no_pile_of_ballots_has_are_refused(
    house: House, valid: int, spoiled: int | None, words: str
) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    votes = votes_for(sheet_of(house, uid), valid)
    with refused(words):
        count_pass(house.branch, batch, 1, FIRST, valid, votes, spoiled)
    one = sheet_of(house, uid).batch(batch)
    assert (one.passes, one.spoiled) == ((), None)


def test_what_came_back_must_not_be_more_than_was_handed_out_and_is_said(house: House) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    done = set_heads(house.branch, batch, {"returned": "12", "spoiled": "1"})
    assert [one.code for one in done.findings] == ["more_returned"]
    again = set_heads(house.branch, batch, {"returned": "9"})
    assert again.findings == ()
    one = sheet_of(house, uid).batch(batch)
    assert (one.issued, one.returned, one.not_returned, one.valid) == (10, 9, 1, 8)
    set_heads(house.branch, batch, {"returned": ""})
    assert sheet_of(house, uid).batch(batch).returned is None


def test_two_passes_that_agree_make_the_tally(house: House) -> None:
    uid = begin(house)
    votes = {"何静": {"excellent": 7, "qualified": 1, "": 1}, "胡强": {"excellent": 4, "qualified": 4, "": 1}}
    batch = counted(house, uid, votes)
    sheet = sheet_of(house, uid)
    tally = sheet.tallies[batch]
    he, hu, ma = (named(house, uid, name).uid for name in ("何静", "胡强", "马俊杰"))
    assert (tally.valid, tally.hidden) == (9, False)
    assert tally.rows[he].counts == {"excellent": 7, "qualified": 1, "basic": 0, "unqualified": 0}
    assert tally.rows[he].blank == 1
    assert (sheet.suggested[he], sheet.suggested[hu], sheet.suggested[ma]) == ("excellent", "", "qualified")
    assert sheet.findings == ()
    assert_sound(house.branch)


def test_one_wrong_digit_in_one_pass_is_always_found(house: House) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    set_heads(house.branch, batch, {"returned": "9", "spoiled": "0"})
    right = votes_for(sheet_of(house, uid))
    count_pass(house.branch, batch, 1, FIRST, 9, right)
    for subject in right:
        wrong = {**right, subject: {"qualified": 8, "basic": 1, "": 0}}
        count_pass(house.branch, batch, 2, SECOND, 9, wrong)
        sheet = sheet_of(house, uid)
        assert ballots.differences(sheet, batch) == (
            Difference(subject, "basic", 0, 1),
            Difference(subject, "qualified", 9, 8),
        )
        assert not sheet.tallies[batch].counted
        assert [one.code for one in sheet.findings] == ["passes_differ"]
        assert set(sheet.suggested.values()) == {""}
    done = count_pass(house.branch, batch, 2, SECOND, 9, right)
    assert sheet_of(house, uid).tallies[batch].counted
    house.branch.undo(done.changes.seq)
    assert len(ballots.differences(sheet_of(house, uid), batch)) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"qualified": 8}, ("何静", "合计 8 张", "有效票 9 张")),
        ({"qualified": 10}, ("何静", "合计 10 张")),
        ({"qualified": 10, "basic": -1}, ("何静", "不能是负数")),
        ({"qualified": 8, "unknown": 1}, ("没有的档次",)),
    ],
)
def test_a_pass_whose_votes_do_not_come_to_its_ballots_is_not_stored(
    house: House, change: dict[str, int], words: tuple[str, ...]
) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    votes = votes_for(sheet_of(house, uid), others={"何静": change})
    with refused(*words):
        count_pass(house.branch, batch, 1, FIRST, 9, votes)
    assert sheet_of(house, uid).batch(batch).passes == ()


def test_votes_on_somebody_who_does_not_stand_on_the_ballot_are_refused(house: House) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    votes = votes_for(sheet_of(house, uid))
    with refused("不在这张测评票上"):
        count_pass(
            house.branch, batch, 1, FIRST, 9, {**votes, named(house, uid, "林雪").uid: {"qualified": 9}}
        )
    left_out = {subject: held for subject, held in votes.items() if subject != named(house, uid, "何静").uid}
    with refused("何静", "合计 0 张"):
        count_pass(house.branch, batch, 1, FIRST, 9, left_out)


def test_both_passes_are_made_by_two_people(house: House) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    votes = votes_for(sheet_of(house, uid))
    with refused("请填写计票人"):
        count_pass(house.branch, batch, 1, " ", 9, votes)
    count_pass(house.branch, batch, 1, FIRST, 9, votes)
    with refused("李 敏 已经录入了第一遍", "请换一个人"):
        count_pass(house.branch, batch, 2, "李 敏", 9, votes)
    count_pass(house.branch, batch, 1, FIRST, 9, votes)  # the same person may count her own pass again


def test_spoiled_ballots_are_noted_with_the_pass_in_one_step(house: House) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    set_heads(house.branch, batch, {"returned": "10"})
    before = facts(house.branch)
    done = count_pass(house.branch, batch, 1, FIRST, 9, votes_for(sheet_of(house, uid)), spoiled=1)
    assert sheet_of(house, uid).batch(batch).spoiled == 1
    assert done.findings == ()
    assert done.changes.label == "录入 2026-01 批测评票第一遍计票"
    house.branch.undo(done.changes.seq)
    assert facts(house.branch) == before


def test_a_pass_is_taken_out_with_a_reason_and_a_batch_as_well(house: House) -> None:
    uid = begin(house)
    batch = counted(house, uid)
    with refused("请写明清除这一遍计票的原因"):
        clear_pass(house.branch, batch, 2, "")
    clear_pass(house.branch, batch, 2, "票箱里还有票")
    assert [one.number for one in sheet_of(house, uid).batch(batch).passes] == [1]
    with refused("已经计票，删除请写明原因"):
        ballots.remove_batch(house.branch, batch)
    done = ballots.remove_batch(house.branch, batch, "发错了名单")
    assert evaluation_of(house, uid).batches == ()
    house.branch.undo(done.changes.seq)
    assert len(sheet_of(house, uid).batch(batch).passes) == 1
    ballots.set_printed(house.branch, batch, "2026.11.10")
    assert str(sheet_of(house, uid).batch(batch).printed_on) == "2026-11-10"


def test_the_result_of_fewer_than_five_ballots_is_given_out_nowhere(house: House) -> None:
    uid = begin(house, COMMITTEE)
    batch = counted(house, uid, {FULL: {"good": 3, "poor": 1}}, valid=4)
    sheet = sheet_of(house, uid)
    assert sheet.tallies[batch].hidden
    assert sheet.tallies[batch].rows == {}
    assert sheet.together.rows == {}
    assert set(sheet.suggested.values()) == {""}
    told = [f"{one.field} {one.before} {one.after}" for one in record_history(house.branch, uid)]
    assert "计票 2026-01 第一遍  李敏 有效票 4 张" in told
    assert not [words for words in told if "poor" in words or "差" in words]


FULL = "中共青石镇河西村支部委员会"


def test_nothing_in_the_file_leads_from_a_ballot_to_a_voter(house: House) -> None:
    """Looks at every table, the journal among them: only sums of a pass, sorted, written at one moment."""
    uid = begin(house)
    batch = counted(house, uid, {"何静": {"excellent": 5, "qualified": 3, "": 1}})
    tables = {table.name for table in metadata.sorted_tables if "ballot" in table.name}
    assert tables == {"ballot_batch", "ballot_pass", "ballot_count"}
    rows = facts(house.branch)
    columns = {column for table in tables for row in rows[table].values() for column in row}
    assert columns == {
        *("rid", "uid", "record_uid", "batch_uid", "pass_uid", "subject_uid"),
        *("code", "part", "issued", "returned", "spoiled"),
        *("number", "counter", "ballots", "choice", "votes"),
    }
    assert not {"person_uid", "voter", "at", "position"} & columns
    voters = set(house.people.values())
    for table in tables:
        for row in rows[table].values():
            assert not voters & {str(held) for held in row.values()}
    counts = sorted(rows["ballot_count"].values(), key=lambda row: row["rid"])
    for made in rows["ballot_pass"].values():
        own = [row for row in counts if row["pass_uid"] == made["uid"]]
        cells = [(row["subject_uid"], row["choice"]) for row in own]
        assert cells == sorted(set(cells)), "one sum for each subject and choice, in sorted order"
        assert len(own) < made["ballots"] * len(sheet_of(house, uid).on_ballot), "no row for each ballot"
    assert len(_changes_of(house.branch, "ballot_count")) == 2, "one change for each pass"
    assert batch


def _changes_of(branch: Branch, table: str) -> set[int]:
    """The numbers of the changes that wrote rows of a table; their rows are no more than sums."""
    with branch.raw() as raw:
        rows = raw.execute(
            "SELECT change_seq, after, note FROM change_row WHERE entity = ?", (table,)
        ).fetchall()
    for _seq, after, note in rows:
        assert note is None
        assert set(json.loads(after)) == {
            *("rid", "uid", "record_uid", "pass_uid", "subject_uid", "choice", "votes")
        }
    return {seq for seq, _after, _note in rows}


def test_votes_are_written_in_sorted_order_however_they_were_given(house: House) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    votes = votes_for(sheet_of(house, uid), others={"何静": {"excellent": 5, "qualified": 3, "": 1}})
    backwards = {key: dict(reversed(votes[key].items())) for key in sorted(votes, reverse=True)}
    count_pass(house.branch, batch, 1, FIRST, 9, backwards)
    rows = sorted(facts(house.branch)["ballot_count"].values(), key=lambda row: row["rid"])
    cells = [(row["subject_uid"], row["choice"]) for row in rows]
    assert cells == sorted(cells)


def test_ballots_of_a_final_evaluation_are_counted_no_more(house: House) -> None:
    uid = begin(house, COMMITTEE)
    batch = counted(house, uid, {FULL: {"good": 9}})
    life.finalise(house.branch, uid, accept=True)
    works: tuple[Callable[[], object], ...] = (
        lambda: clear_pass(house.branch, batch, 1, "重数"),
        lambda: set_heads(house.branch, batch, {"issued": "9"}),
        lambda: add_batch(house.branch, uid),
    )
    for work in works:
        with refused("已定稿，不能修改", "重新打开"):
            work()


def test_the_history_says_who_counted_and_never_what(house: House) -> None:
    uid = begin(house)
    batch = add_batch(house.branch, uid, "10").line
    votes = votes_for(sheet_of(house, uid))
    done = count_pass(house.branch, batch, 1, FIRST, 9, votes, spoiled=1)
    told = [(one.field, one.before, one.after) for one in lines_of_change(house.branch, done.changes.seq)]
    assert told == [("2026-01 废票", "", "1"), ("计票 2026-01 第一遍", "", "李敏 有效票 9 张")]
