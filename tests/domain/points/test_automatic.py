"""What the records propose for the ledger, and that they propose it once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.points.automatic import FactHit, Proposal, proposed_entries
from branchdesk.domain.points.checks import entry_findings
from branchdesk.domain.points.model import EntrySource, EntryState, PointEntry
from branchdesk.domain.points.tally import reversal_of
from domain.points.making import ATTENDED, SCHEME, TODAY, day, entry, hit, rule, scheme, undo

PRESENT, HOURS, AWAY = "attendance.present", "study.hours", "attendance.absent"
MARCH, APRIL = hit("m3", "03-12"), hit("m4", "04-16")
Answers = Mapping[str, Mapping[str, Sequence[FactHit]]]


def present(*hits: FactHit) -> Answers:
    return {"p1": {PRESENT: hits}}


def told(proposal: Proposal) -> tuple[list[str], list[str]]:
    """What is proposed, as the records and the uids of the rows."""
    return (
        [f"{one.person} {one.rule.id} {one.hit.uid} {one.hit.quantity}" for one in proposal.new],
        [one.entry.uid for one in proposal.to_reverse],
    )


def enter(rows: Sequence[PointEntry], proposal: Proposal) -> list[PointEntry]:
    """The ledger after everything proposed was entered."""
    count = len(rows)
    entered = [one.entry(f"n{count + place:03}", "王芳", TODAY) for place, one in enumerate(proposal.new)]
    undone = [
        reversal_of(one.entry, f"u{count + place:03}", one.reason, TODAY, source=EntrySource.AUTOMATIC)
        for place, one in enumerate(proposal.to_reverse)
    ]
    return [*rows, *undone, *entered]


def entered(*hits: FactHit) -> list[PointEntry]:
    return enter([], proposed_entries(SCHEME, present(*hits), []))


def test_each_record_proposes_an_entry_for_each_rule_of_its_fact() -> None:
    answers = {
        "p2": {PRESENT: [MARCH]},
        "p1": {PRESENT: [APRIL, MARCH], HOURS: [hit("m3", "03-12", "1.5")], AWAY: [hit("m5", "05-14")]},
    }
    assert told(proposed_entries(SCHEME, answers, [])) == (
        [
            "p1 attended m3 1",
            "p1 studied m3 1.5",
            "p2 attended m3 1",
            "p1 attended m4 1",
            "p1 absent m5 1",
        ],
        [],
    )


def test_a_proposed_entry_becomes_a_row_that_names_its_record() -> None:
    (proposed,) = proposed_entries(SCHEME, present(MARCH), []).new
    row = proposed.entry("e1", "王芳", TODAY, reviewer="李敏")
    assert (row.uid, row.person, row.name, row.rule) == ("e1", "p1", "王芳", "attended")
    assert (row.on, row.quantity, row.entered_on) == (day("03-12"), Decimal(1), TODAY)
    assert (row.source, row.state) == (EntrySource.AUTOMATIC, EntryState.ACCEPTED)
    assert (row.evidence_title, row.evidence_entity, row.evidence_uid) == ("03-12主题党日", "record", "m3")
    assert (row.reason, row.reviewer) == ("", "李敏")
    assert entry_findings(SCHEME, row, [], TODAY) == []


def test_points_taken_off_have_the_record_as_their_reason() -> None:
    (proposed,) = proposed_entries(SCHEME, {"p1": {AWAY: [MARCH]}}, []).new
    row = proposed.entry("e1", "王芳", TODAY)
    assert row.reason == "按记录自动扣分：03-12主题党日"
    assert not any(found.is_error for found in entry_findings(SCHEME, row, [], TODAY))


def test_a_rule_without_a_fact_is_never_proposed() -> None:
    assert proposed_entries(scheme(rule("a", "task", "1")), present(MARCH), []).is_empty


def test_what_was_entered_is_not_proposed_again() -> None:
    assert proposed_entries(SCHEME, present(MARCH, APRIL), entered(MARCH, APRIL)).is_empty


def test_a_meeting_that_is_gone_is_reversed_and_may_come_back() -> None:
    rows = entered(MARCH, APRIL)
    gone = proposed_entries(SCHEME, present(APRIL), rows)
    assert told(gone) == ([], ["n000"])
    assert gone.to_reverse[0].reason == "记录里已经没有这一项"
    rows = enter(rows, gone)
    assert proposed_entries(SCHEME, present(APRIL), rows).is_empty
    back = proposed_entries(SCHEME, present(MARCH, APRIL), rows)
    assert told(back) == (["p1 attended m3 1"], [])
    assert proposed_entries(SCHEME, present(MARCH, APRIL), enter(rows, back)).is_empty


@pytest.mark.parametrize(
    "changed", [replace(MARCH, quantity=Decimal(2)), replace(MARCH, on=day("03-13"))], ids=["hours", "day"]
)
def test_a_changed_record_is_reversed_and_proposed_anew(changed: FactHit) -> None:
    rows = entered(MARCH)
    found = proposed_entries(SCHEME, present(changed), rows)
    assert [one.hit for one in found.new] == [changed]
    assert [one.reason for one in found.to_reverse] == ["记录的日期或数量已经改动"]
    rows = enter(rows, found)
    assert proposed_entries(SCHEME, present(changed), rows).is_empty
    back = proposed_entries(SCHEME, present(MARCH), rows)
    assert (len(back.new), len(back.to_reverse)) == (1, 1)


def test_a_new_title_of_a_meeting_changes_nothing() -> None:
    assert proposed_entries(SCHEME, present(replace(MARCH, title="重走长征路")), entered(MARCH)).is_empty


def test_who_and_what_was_not_asked_about_is_left_alone() -> None:
    rows = entered(MARCH)
    assert proposed_entries(SCHEME, {}, rows).is_empty
    assert proposed_entries(SCHEME, {"p1": {HOURS: []}}, rows).is_empty
    assert proposed_entries(scheme(rule("attended", "task", "2")), {"p1": {PRESENT: []}}, rows).is_empty
    assert told(proposed_entries(SCHEME, {"p1": {PRESENT: []}}, rows)) == ([], ["n000"])


def test_one_month_asks_neither_for_later_records_nor_for_earlier_rows() -> None:
    rows = entered(MARCH)
    found = proposed_entries(
        SCHEME, present(APRIL, hit("m5", "05-01")), rows, first=day("04-01"), last=day("04-30")
    )
    assert told(found) == (["p1 attended m4 1"], [])


def test_a_meeting_that_moved_to_another_month_is_found_again() -> None:
    moved = replace(MARCH, on=day("04-02"))
    found = proposed_entries(SCHEME, present(moved), entered(MARCH), first=day("04-01"), last=day("04-30"))
    assert told(found) == (["p1 attended m3 1"], ["n000"])
    left = proposed_entries(SCHEME, present(moved), entered(MARCH), first=day("03-01"), last=day("03-31"))
    assert told(left) == ([], ["n000"])


def typed(uid: str = "e1", **more: object) -> PointEntry:
    return entry(uid, "attended", "03-12", "3", evidence_entity="record", evidence_uid="m3", **more)


def test_what_was_typed_for_the_same_record_is_not_entered_twice() -> None:
    assert proposed_entries(SCHEME, present(MARCH), [typed()]).is_empty
    assert proposed_entries(SCHEME, present(), [typed()]).is_empty


def test_what_was_typed_and_then_declined_or_reversed_leaves_room_for_the_record() -> None:
    row = typed()
    for rows in ([typed(state="declined")], [row, undo("e2", row)]):
        assert told(proposed_entries(SCHEME, present(MARCH), rows)) == (["p1 attended m3 1"], [])


def test_what_somebody_reversed_comes_back_only_when_the_record_changes() -> None:
    (row,) = entered(MARCH)
    rows = [row, undo("u", row, source=EntrySource.TYPED)]
    assert proposed_entries(SCHEME, present(MARCH), rows).is_empty
    assert told(proposed_entries(SCHEME, present(replace(MARCH, quantity=Decimal(2))), rows)) == (
        ["p1 attended m3 2"],
        [],
    )


def test_what_somebody_declined_stays_declined() -> None:
    (row,) = entered(MARCH)
    declined = replace(row, state=EntryState.DECLINED)
    assert proposed_entries(SCHEME, present(MARCH), [declined]).is_empty
    assert proposed_entries(SCHEME, present(), [declined]).is_empty


def test_of_two_rows_for_one_record_the_later_is_reversed() -> None:
    (row,) = entered(MARCH)
    found = proposed_entries(SCHEME, present(MARCH), [replace(row, uid="z"), row])
    assert told(found) == ([], ["z"])
    assert found.to_reverse[0].reason == "同一项重复记分"


def test_of_several_hits_of_one_record_the_largest_counts() -> None:
    found = proposed_entries(SCHEME, present(MARCH, replace(MARCH, quantity=Decimal(2)), MARCH), [])
    assert told(found) == (["p1 attended m3 2"], [])


def test_a_hit_of_nothing_is_no_hit() -> None:
    assert proposed_entries(SCHEME, present(hit("m3", "03-12", "0")), []).is_empty


def test_hits_without_a_record_are_told_apart_by_their_days() -> None:
    hits = [hit("", "03-12", entity=""), hit("", "03-13", entity="")]
    rows = entered(*hits)
    assert [one.on for one in rows] == [day("03-12"), day("03-13")]
    assert proposed_entries(SCHEME, present(*hits), rows).is_empty


RECORDS = st.lists(
    st.builds(
        hit,
        st.sampled_from(["m1", "m2", "m3", ""]),
        st.sampled_from(["03-31", "04-01", "04-30"]),
        st.sampled_from(["0", "1", "2"]),
    ),
    max_size=5,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=4), st.sampled_from(["year", "april"]))
def test_once_everything_is_entered_nothing_is_proposed_and_the_ledger_says_what_the_records_say(
    years: list[list[FactHit]], asked: str
) -> None:
    first, last = (day("04-01"), day("04-30")) if asked == "april" else (None, None)
    rows: list[PointEntry] = []
    for records in years:
        answers = {"p1": {PRESENT: records, AWAY: records[:1]}}
        rows = enter(rows, proposed_entries(SCHEME, answers, rows, first=first, last=last))
        assert proposed_entries(SCHEME, answers, rows, first=first, last=last).is_empty
        fresh = proposed_entries(SCHEME, answers, [], first=first, last=last)
        assert standing(rows) == sorted((one.rule.id, one.hit.on, one.hit.quantity) for one in fresh.new)


def standing(rows: Sequence[PointEntry]) -> list[tuple[str, date, Decimal]]:
    void = {one.reverses for one in rows}
    return sorted(
        (one.rule, one.on, one.quantity) for one in rows if one.reverses is None and one.uid not in void
    )


def test_a_rule_of_the_same_fact_is_proposed_on_its_own() -> None:
    other = replace(ATTENDED, id="duty", bucket="base")
    found = proposed_entries(scheme(ATTENDED, other), present(MARCH), entered(MARCH))
    assert told(found) == (["p1 duty m3 1"], [])
