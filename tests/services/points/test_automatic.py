"""Points that the meetings propose: once each, taken back when a meeting goes, never against a clerk."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from branchdesk.domain.meetings.model import Presence
from branchdesk.domain.points.automatic import Proposal
from branchdesk.domain.points.model import EntrySource
from branchdesk.i18n import Language, speak
from branchdesk.services import members, recycle_bin
from branchdesk.services.meetings import attending, life, planning
from branchdesk.services.points.automatic import PointsProposal, enter_proposal, propose
from branchdesk.services.points.entering import reverse_entry
from branchdesk.storage.changes import NOTHING
from services.meetings.scenes import GROUP, TALK, House
from services.points.ledgers import ABSENT, MEETINGS, STUDY, enter, held, in_bucket, points_of, sheet_of
from support.branches import SettableClock
from support.counting import statements

MARCH = "2026.3.12 15:00-16:40"


def proposed(house: House, month: int | None = None) -> PointsProposal:
    return propose(house.branch, house.root, 2026, month)


def told(wanted: PointsProposal) -> set[tuple[str, str, Decimal]]:
    return {(wanted.names[one.person], one.rule.id, one.hit.quantity) for one in wanted.proposal.new}


def test_a_meeting_proposes_attendance_absence_and_hours_by_person(house: House) -> None:
    uid = held(house, MARCH, {"胡强": Presence.LEAVE, "宋伟": Presence.ABSENT})
    wanted = proposed(house, 3)
    here = set(house.people) - {"胡强", "宋伟"}
    hours = {one.quantity for one in (each.hit for each in wanted.proposal.new if each.rule.id == STUDY)}
    assert {name for name, rule, _n in told(wanted) if rule == MEETINGS} == here
    assert {name for name, rule, _n in told(wanted) if rule == ABSENT} == {"宋伟"}
    assert hours <= {Decimal(2), Decimal("1.5")}
    first = wanted.proposal.new[0].hit
    assert (first.on.isoformat(), first.entity, first.uid) == ("2026-03-12", "record", uid)
    assert "支部党员大会" in first.title
    assert sheet_of(house).entries == (), "nothing is written yet"


def test_what_was_entered_is_not_proposed_again(house: House) -> None:
    held(house, MARCH, {"宋伟": Presence.ABSENT})
    outcome = enter_proposal(house.branch, proposed(house, 3))
    assert outcome.changes.label == f"2026 年 3 月自动记分 {len(outcome.uids)} 笔"
    assert in_bucket(house, "何静", "base") >= Decimal("0.5")
    song = points_of(house, "宋伟")
    assert (song.total, song.entries[0].source) == (Decimal(-2), EntrySource.AUTOMATIC)
    assert song.entries[0].reason.startswith("按记录自动扣分")
    assert proposed(house, 3).is_empty
    assert proposed(house).is_empty
    assert enter_proposal(house.branch, proposed(house)).changes is NOTHING


def test_a_proposal_that_is_old_by_now_enters_nothing_twice(house: House) -> None:
    held(house, MARCH)
    wanted = proposed(house, 3)
    enter_proposal(house.branch, wanted)
    before = sheet_of(house).entries
    assert enter_proposal(house.branch, wanted).changes is NOTHING
    assert sheet_of(house).entries == before


def test_a_clerk_may_leave_out_some_of_what_is_proposed(house: House) -> None:
    held(house, MARCH)
    wanted = proposed(house)
    few = replace(wanted, proposal=Proposal(wanted.proposal.new[:3], ()))
    assert len(enter_proposal(house.branch, few).uids) == 3
    assert len(proposed(house).proposal.new) == len(wanted.proposal.new) - 3


def test_only_the_month_that_is_asked_about_is_proposed(house: House) -> None:
    held(house, MARCH)
    held(house, "2026.4.9 15:00-16:40")
    assert {one.hit.on.month for one in proposed(house, 4).proposal.new} == {4}
    assert {one.hit.on.month for one in proposed(house).proposal.new} == {3, 4}
    enter_proposal(house.branch, proposed(house, 3))
    assert not proposed(house, 4).proposal.to_reverse, "March is not asked about"


def test_a_meeting_that_was_deleted_takes_its_points_back_and_brings_them_again(house: House) -> None:
    uid = held(house, MARCH)
    enter_proposal(house.branch, proposed(house))
    entered = len(sheet_of(house).entries)
    planning.remove_meetings(house.branch, [uid], "录重了")
    wanted = proposed(house)
    assert (len(wanted.proposal.new), len(wanted.proposal.to_reverse)) == (0, entered)
    enter_proposal(house.branch, wanted)
    assert all(one.total == 0 for one in sheet_of(house).people)
    assert {one.source for one in sheet_of(house).entries} == {EntrySource.AUTOMATIC}
    assert proposed(house).is_empty
    recycle_bin.take_back(house.branch, recycle_bin.bin_items(house.branch))
    enter_proposal(house.branch, proposed(house))
    assert points_of(house, "何静").total > 0
    assert proposed(house).is_empty


def test_a_mark_that_was_put_right_is_followed(house: House) -> None:
    uid = held(house, MARCH, {"宋伟": Presence.ABSENT})
    enter_proposal(house.branch, proposed(house))
    attending.mark(house.branch, uid, {house.person(uid, "宋伟"): Presence.LEAVE}, "值班")
    wanted = proposed(house)
    assert [(one.entry.name, one.entry.rule) for one in wanted.proposal.to_reverse] == [("宋伟", ABSENT)]
    enter_proposal(house.branch, wanted)
    assert points_of(house, "宋伟").total == 0


def test_what_a_clerk_reversed_or_typed_is_not_entered_again(house: House) -> None:
    uid = held(house, MARCH)
    typed = {"evidence_title": "签到表", "evidence_entity": "record", "evidence_uid": uid}
    enter(house, "何静", MEETINGS, "2026.3.12", **typed)
    assert ("何静", MEETINGS, Decimal(1)) not in told(proposed(house))
    enter_proposal(house.branch, proposed(house))
    own = next(one for one in points_of(house, "胡强").entries if one.rule == MEETINGS)
    reverse_entry(house.branch, own.uid, "代签，不计")
    assert proposed(house).is_empty


def test_who_caught_up_is_not_taken_points_off(house: House) -> None:
    uid = held(house, MARCH, {"宋伟": Presence.ABSENT})
    attending.set_attendance(house.branch, uid, house.person(uid, "宋伟"), {"made_up_on": "2026.3.20"})
    assert not {rule for name, rule, _n in told(proposed(house)) if name == "宋伟"} & {ABSENT, MEETINGS}


def test_talks_are_no_meetings_and_meetings_of_groups_say_which_group(house: House) -> None:
    group = house.groups["第二党小组"]
    uid = house.plan(GROUP, MARCH, group=group)
    attending.mark_all_present(house.branch, uid)
    house.plan(TALK, "2026.3.13 15:00-15:40")
    assert proposed(house).is_empty, "a meeting that is only planned says nothing yet"
    life.move(house.branch, uid, "held")
    wanted = proposed(house)
    assert {name for name, _rule, _n in told(wanted)} == {"赵立新", "马俊杰", "胡强", "宋伟", "高峰"}
    assert wanted.proposal.new[0].hit.title.startswith("第二党小组 ")


def test_what_lies_ahead_is_not_asked_about(house: House, the_clock: SettableClock) -> None:
    held(house, MARCH)
    the_clock.set(2026, 3, 11)
    assert proposed(house).is_empty
    the_clock.set(2026, 3, 12)
    assert not proposed(house).is_empty


def test_somebody_whose_file_is_gone_for_good_loses_no_points(house: House, the_clock: SettableClock) -> None:
    held(house, MARCH)
    enter_proposal(house.branch, proposed(house))
    members.move_to_bin(house.branch, [house.people["胡强"]], "录重了")
    assert proposed(house).is_empty
    the_clock.move(days=181)
    recycle_bin.empty_expired(house.branch)
    assert sheet_of(house).people[-1].total > 0
    assert proposed(house).is_empty


def test_the_ledger_is_written_in_chinese_whatever_language_is_spoken(house: House) -> None:
    held(house, MARCH, {"宋伟": Presence.ABSENT})
    speak(Language.ENGLISH)
    enter_proposal(house.branch, proposed(house))
    entry = points_of(house, "宋伟").entries[0]
    assert entry.reason.startswith("按记录自动扣分")
    assert "支部党员大会" in entry.evidence_title


def test_the_questions_are_as_many_for_many_meetings_as_for_few(house: House) -> None:
    def asked() -> int:
        with statements(house.branch) as sent:
            proposed(house)
        return len(sent)

    held(house, MARCH)
    few = asked()
    for month in range(4, 10):
        held(house, f"2026.{month}.9 15:00-16:40")
    assert asked() == few <= 45
