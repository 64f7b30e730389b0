"""Writing a meeting down: fields, own tables, agenda and minutes, and that final minutes stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from branchdesk.domain.meetings.minutes_text import write_minutes
from branchdesk.domain.meetings.model import Presence
from branchdesk.findings import Severity
from branchdesk.services.meetings import (
    attaching,
    attending,
    deciding,
    drafts,
    editing,
    planning,
    quality,
    reading,
    voting,
)
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.reading import MeetingQuery
from branchdesk.services.meetings.voting import VoteEntry
from services.meetings.scenes import AGENDA, ASSEMBLY, MINUTES, THEME_DAY, House
from support.branches import FIRST_GROUP, SECOND_GROUP, add
from support.contents import assert_sound, facts
from support.problems import refused


def test_fields_are_read_as_they_are_typed(house: House) -> None:
    uid = house.plan(held="")
    typed = {
        "held": "11月19日下午3点至4点40分",
        "place": " 三楼会议室 ",
        "chair": "周建国",
        "superior_present": "否",
    }
    outcome = editing.set_values(house.branch, uid, typed)
    values = house.meeting(uid).values
    assert values["held"] == "2026-11-19T15:00/16:40"
    assert values["place"] == "三楼会议室"
    assert values["chair"] == f"周建国@{house.people['周建国']}"
    assert values["superior_present"] == "0"
    assert outcome.changes.label == "修改 2026 年第 1 次支部党员大会 的 4 项内容"
    assert_sound(house.branch)


def test_one_field_is_named_in_the_label(house: House) -> None:
    uid = house.plan()
    outcome = editing.set_values(house.branch, uid, {"place": "会议室"})
    assert outcome.changes.label == "修改 2026 年第 1 次支部党员大会 的地点"


def test_what_cannot_be_understood_is_kept_with_a_finding(house: House) -> None:
    uid = house.plan()
    outcome = editing.set_values(house.branch, uid, {"held": "下下周", "chair": "某领导"})
    meeting = house.meeting(uid)
    assert (meeting.values["held"], meeting.values["chair"]) == ("下下周", "某领导")
    assert meeting.on is None
    assert {finding.field for finding in outcome.findings} == {"held", "chair"}


def test_an_empty_text_clears_and_undo_brings_it_back(house: House) -> None:
    uid = house.plan(place="会议室")
    outcome = editing.set_values(house.branch, uid, {"place": ""})
    assert "place" not in house.meeting(uid).values
    house.branch.undo(outcome.changes.seq)
    assert house.meeting(uid).values["place"] == "会议室"


def test_the_same_text_again_is_no_change(house: House) -> None:
    uid = house.plan(place="会议室")
    assert not editing.set_values(house.branch, uid, {"place": "会议室"}).changes


def test_namesakes_are_told_apart_by_their_groups(house: House) -> None:
    add(house.branch, [{"name": "何静", "category": "正式党员", "group": SECOND_GROUP}])
    uid = house.plan()
    editing.set_values(house.branch, uid, {"chair": f"何静（{FIRST_GROUP}）"})
    assert house.meeting(uid).values["chair"] == f"何静@{house.people['何静']}"


def test_namesakes_of_one_group_are_told_apart_as_well(house: House) -> None:
    other = add(house.branch, [{"name": "何静", "category": "正式党员", "group": FIRST_GROUP}])[0]
    words = reading.surroundings_of(house.branch, house.plan()).vocabulary["member"]
    labels = {entry.code: entry.label for entry in words.entries}
    assert labels[other] != labels[house.people["何静"]]


def test_a_topic_becomes_the_title(house: House) -> None:
    uid = house.plan(THEME_DAY, topic="清明祭扫")
    assert house.meeting(uid).title == "清明祭扫"
    editing.set_values(house.branch, uid, {"topic": ""})
    assert house.meeting(uid).title == "2026年第1次主题党日"


def test_the_roster_follows_the_day_while_nobody_is_marked(house: House) -> None:
    uid = house.plan(held="2026.2.20")
    assert all(one.may_vote for one in house.meeting(uid).attendance if one.name == "高峰")
    outcome = editing.set_values(house.branch, uid, {"held": "2026.11.19"})
    meeting = house.meeting(uid)
    assert not any(one.may_vote for one in meeting.attendance if one.name == "高峰")
    assert meeting.snapshot_on == "2026-11-19"
    assert outcome.findings == ()
    house.branch.undo(outcome.changes.seq)
    assert house.meeting(uid).snapshot_on == "2026-02-20"


def test_once_somebody_is_marked_the_roster_stays_and_the_clerk_is_told(house: House) -> None:
    uid = house.plan(held="2026.11.18")
    attending.mark(house.branch, uid, {house.person(uid, "何静"): Presence.PRESENT})
    outcome = editing.set_values(house.branch, uid, {"held": "2026.11.19"})
    assert [finding.code for finding in outcome.findings] == ["roster_of_other_day"]
    assert house.meeting(uid).snapshot_on == "2026-11-18"
    attending.fix_roster(house.branch, uid)
    meeting = house.meeting(uid)
    assert meeting.snapshot_on == "2026-11-19"
    assert [one.name for one in meeting.attendance if one.presence is Presence.PRESENT] == ["何静"]


def test_a_meeting_moved_to_another_year_gets_the_next_number_there(house: House) -> None:
    house.plan(held="2025.12.1")
    uid = house.plan()
    editing.set_values(house.branch, uid, {"held": "2025.12.20"})
    meeting = house.meeting(uid)
    assert (meeting.year, meeting.number, meeting.title) == (2025, 2, "2025年第2次支部党员大会")


def test_a_meeting_may_count_for_another_year_than_that_of_its_day(house: House) -> None:
    uid = house.plan(held="2026.1.20")
    editing.set_number(house.branch, uid, 2025, 4)
    editing.set_values(house.branch, uid, {"held": "2026.1.21"})
    meeting = house.meeting(uid)
    assert (meeting.year, meeting.number, meeting.title) == (2025, 4, "2025年第4次支部党员大会")
    assert [row.uid for row in reading.meeting_list(house.branch, MeetingQuery(year=2025))] == [uid]
    with refused("从 1 开始"):
        editing.set_number(house.branch, uid, 2025, 0)


def test_own_tables_keep_their_lines_in_order(house: House) -> None:
    uid = house.plan()
    first = editing.add_line(house.branch, uid, "guests", {"guest_name": "潘晓东"}).line
    second = editing.add_line(house.branch, uid, "guests").line
    editing.set_values(house.branch, uid, {"guest_name": "蒋 雯"}, table="guests", line=second)
    lines = house.meeting(uid).lines["guests"]
    assert [(line.uid, line.values["guest_name"]) for line in lines] == [(first, "潘晓东"), (second, "蒋雯")]
    editing.move_line(house.branch, uid, "guests", second, 0)
    assert [line.uid for line in house.meeting(uid).lines["guests"]] == [second, first]
    removed = editing.remove_lines(house.branch, uid, "guests", [second])
    assert [line.uid for line in house.meeting(uid).lines["guests"]] == [first]
    house.branch.undo(removed.changes.seq)
    assert [line.uid for line in house.meeting(uid).lines["guests"]] == [second, first]
    assert_sound(house.branch)


def test_a_new_line_is_there_before_anything_is_typed_into_it(house: House) -> None:
    uid = house.plan()
    line = editing.add_line(house.branch, uid, "guests").line
    assert [(one.uid, dict(one.values)) for one in house.meeting(uid).lines["guests"]] == [(line, {})]


def test_the_agenda_is_ordered_renamed_and_shortened_without_losing_what_was_said(house: House) -> None:
    uid = house.plan()
    editing.set_agenda(house.branch, uid, [(None, title) for title in AGENDA])
    editing.set_minutes(house.branch, uid, MINUTES)
    first, second = house.meeting(uid).agenda
    changed = editing.set_agenda(
        house.branch, uid, [(second.uid, " 讨论  年底工作 "), (None, ""), (None, "其他")]
    )
    meeting = house.meeting(uid)
    assert [item.title for item in meeting.agenda] == ["讨论 年底工作", "其他"]
    assert meeting.agenda[0].uid == second.uid
    assert [passage.agenda for passage in meeting.passages] == [None, None, second.uid]
    house.branch.undo(changed.changes.seq)
    assert [passage.agenda for passage in house.meeting(uid).passages] == [first.uid, first.uid, second.uid]
    assert_sound(house.branch)


def test_minutes_know_their_speakers_and_points_and_read_back_the_same(house: House) -> None:
    uid = house.plan()
    editing.set_agenda(house.branch, uid, [(None, title) for title in AGENDA])
    editing.set_minutes(house.branch, uid, MINUTES)
    meeting = house.meeting(uid)
    told = [(passage.speaker, passage.person) for passage in meeting.passages]
    assert told == [("周建国", house.people["周建国"]), ("何静", house.people["何静"]), ("", None)]
    assert write_minutes(meeting.passages, meeting.agenda) == MINUTES
    assert not editing.set_minutes(house.branch, uid, MINUTES).changes


def test_a_changed_paragraph_leaves_the_others_the_same_rows(house: House) -> None:
    uid = house.plan()
    editing.set_agenda(house.branch, uid, [(None, title) for title in AGENDA])
    editing.set_minutes(house.branch, uid, MINUTES)
    before = house.meeting(uid).passages
    outcome = editing.set_minutes(house.branch, uid, MINUTES.replace("大字", "大号字"))
    assert [passage.uid for passage in house.meeting(uid).passages] == [passage.uid for passage in before]
    assert outcome.changes.touched == {"passage": frozenset({before[1].uid})}


def test_a_guest_who_chairs_may_speak(house: House) -> None:
    uid = house.plan()
    editing.set_values(house.branch, uid, {"chair": "某领导"})
    editing.set_minutes(house.branch, uid, "某领导：讲话。\n路人：插话。")
    assert [(one.speaker, one.text) for one in house.meeting(uid).passages] == [
        ("某领导", "讲话。"),
        ("", "路人：插话。"),
    ]


def _first(house: House, uid: str, part: str) -> str:
    return str(getattr(house.meeting(uid), part)[0].uid)


_EDITS: dict[str, Callable[[House, str], object]] = {
    "set_values": lambda house, uid: editing.set_values(house.branch, uid, {"place": "别处"}),
    "add_line": lambda house, uid: editing.add_line(house.branch, uid, "guests"),
    "remove_lines": lambda house, uid: editing.remove_lines(house.branch, uid, "guests", ["x"]),
    "move_line": lambda house, uid: editing.move_line(house.branch, uid, "guests", "x", 0),
    "set_number": lambda house, uid: editing.set_number(house.branch, uid, 2026, 9),
    "set_agenda": lambda house, uid: editing.set_agenda(house.branch, uid, []),
    "set_minutes": lambda house, uid: editing.set_minutes(house.branch, uid, "别的"),
    "fix_roster": lambda house, uid: attending.fix_roster(house.branch, uid),
    "mark": lambda house, uid: attending.mark(
        house.branch, uid, {_first(house, uid, "attendance"): "absent"}
    ),
    "mark_all": lambda house, uid: attending.mark_all_present(house.branch, uid),
    "set_attendance": lambda house, uid: attending.set_attendance(
        house.branch, uid, _first(house, uid, "attendance"), {"reason": "病"}
    ),
    "add_expected": lambda house, uid: attending.add_expected(house.branch, uid, ["x"]),
    "remove_expected": lambda house, uid: attending.remove_expected(house.branch, uid, ["x"]),
    "add_vote": lambda house, uid: voting.add_vote(house.branch, uid, VoteEntry("同意")),
    "change_vote": lambda house, uid: voting.change_vote(
        house.branch, uid, _first(house, uid, "votes"), {"in_favour": "1"}
    ),
    "remove_vote": lambda house, uid: voting.remove_vote(house.branch, uid, _first(house, uid, "votes")),
    "add_candidate": lambda house, uid: voting.add_candidate(
        house.branch, uid, _first(house, uid, "votes"), "何静"
    ),
    "change_candidate": lambda house, uid: voting.change_candidate(
        house.branch, uid, "x", {"in_favour": "1"}
    ),
    "remove_candidates": lambda house, uid: voting.remove_candidates(house.branch, uid, ["x"]),
    "add_decision": lambda house, uid: deciding.add_decision(house.branch, uid, DecisionEntry("做")),
    "change_decision": lambda house, uid: deciding.change_decision(
        house.branch, uid, _first(house, uid, "decisions"), {"text": "别的"}
    ),
    "remove_decisions": lambda house, uid: deciding.remove_decisions(
        house.branch, uid, [_first(house, uid, "decisions")]
    ),
    "remove_file": lambda house, uid: attaching.remove_file(house.branch, uid, "x"),
}


def test_final_minutes_are_changed_by_nothing(house: House) -> None:
    uid = house.finalised()
    before = facts(house.branch)
    for edit in _EDITS.values():
        with refused("2026 年第 1 次支部党员大会", "已定稿，不能修改", "重新打开"):
            edit(house, uid)
    assert facts(house.branch) == before


def test_a_meeting_that_is_not_there_is_refused(house: House) -> None:
    with refused("已经不在了"):
        editing.set_values(house.branch, "nowhere", {"place": "会议室"})


def test_the_list_finds_by_place_year_kind_state_and_words(house: House) -> None:
    branch = house.branch
    assembly, theme = (
        house.finalised(),
        house.plan(THEME_DAY, "2026.10.16", topic="清明祭扫", place="烈士陵园"),
    )
    group = house.plan("meeting.group", "2025.5.5", group=house.groups[FIRST_GROUP])
    empty = house.plan(held="")

    def found(**query: Any) -> list[str]:
        return [row.uid for row in reading.meeting_list(branch, MeetingQuery(**query))]

    assert found() == [empty, assembly, theme, group]
    assert found(year=2025) == [group]
    assert found(kind=THEME_DAY) == [theme]
    assert found(state="finalised") == [assembly]
    assert found(text="陵园 祭扫") == [theme]
    assert found(text="说明“学习") == [assembly]
    assert found(text="没有人说过") == []
    assert found(place=house.groups[FIRST_GROUP]) == [group]
    assert found(place=house.root) == [empty, assembly, theme, group]
    assert reading.years_of_meetings(branch) == [2026, 2025]
    row = reading.meeting_list(branch, MeetingQuery(kind=ASSEMBLY, state="finalised"))[0]
    assert (row.kind_label, row.organisation_name, row.place, row.chair) == (
        "支部党员大会",
        "河西村党支部",
        "三楼会议室",
        "周建国",
    )
    assert (row.expected, row.present, row.open_items) == (10, 8, 0)


def test_the_list_names_the_group_of_a_group_meeting(house: House) -> None:
    house.plan("meeting.group", group=house.groups[SECOND_GROUP])
    assert reading.meeting_list(house.branch)[0].organisation_name == SECOND_GROUP


def test_what_a_carried_item_left_open_is_counted_where_it_stands_now(house: House) -> None:
    first = house.plan()
    deciding.add_decision(house.branch, first, DecisionEntry("修门"))
    second = house.plan(held="2026.11.20")
    counts = {row.uid: row.open_items for row in reading.meeting_list(house.branch)}
    assert counts == {first: 0, second: 1}
    planning.remove_meetings(house.branch, [second], "不开了")
    assert reading.meeting_list(house.branch)[0].open_items == 1


def test_the_kinds_of_meetings_stand_in_the_order_in_which_clerks_name_them(house: House) -> None:
    kinds = [form.kind for form in reading.kinds_of_meetings(house.branch)]
    assert kinds[:3] == ["meeting.assembly", "meeting.committee", "meeting.group"]
    assert len(kinds) == 9


@pytest.mark.parametrize("text", ["2026.12.24 15:00", "2026.11.20"])
def test_findings_of_the_date_have_the_severity_of_their_type(house: House, text: str) -> None:
    outcome = editing.set_values(house.branch, house.plan(), {"held": text})
    assert all(finding.severity < Severity.ERROR for finding in outcome.findings)


def test_hidden_characters_of_pasted_text_are_never_stored(house: House) -> None:
    uid = house.plan()
    bad = "甲\u202e\0\ud800乙"
    editing.set_agenda(house.branch, uid, [(None, bad)])
    editing.set_minutes(house.branch, uid, f"{bad}\n{bad}丙")
    voting.add_vote(house.branch, uid, VoteEntry(bad, person_name=bad))
    deciding.add_decision(house.branch, uid, DecisionEntry(bad, responsible=bad))
    attending.mark(house.branch, uid, {house.person(uid, "何静"): "leave"}, bad)
    attaching.attach_content(house.branch, uid, f"{bad}.dat", b"x")
    drafts.keep_draft(house.branch, uid, {"minutes": bad})
    meeting = house.meeting(uid)
    assert meeting.agenda[0].title == meeting.votes[0].subject == meeting.decisions[0].text == "甲乙"
    assert [one.text for one in meeting.passages] == ["甲乙", "甲乙丙"]
    assert meeting.files[0].name == "甲乙.dat"
    assert_sound(house.branch)


def test_of_namesakes_nobody_says_which_one_spoke(house: House) -> None:
    add(house.branch, [{"name": "何静", "category": "正式党员"}])
    uid = house.plan()
    editing.set_minutes(house.branch, uid, "何静：同意。\n周建国：同意。")
    assert [one.person for one in house.meeting(uid).passages] == [None, house.people["周建国"]]


def test_a_new_line_stands_behind_those_that_are_left(house: House) -> None:
    uid = house.plan()
    lines = [editing.add_line(house.branch, uid, "guests", {"guest_name": name}).line for name in "甲乙丙丁"]
    editing.remove_lines(house.branch, uid, "guests", lines[:2])
    editing.add_line(house.branch, uid, "guests", {"guest_name": "戊"})
    names = [line.values["guest_name"] for line in house.meeting(uid).lines["guests"]]
    assert names == ["丙", "丁", "戊"]


def test_an_agenda_of_more_than_a_hundred_points_is_numbered_on(house: House) -> None:
    uid = house.plan()
    editing.set_agenda(house.branch, uid, [(None, f"第{n}件事") for n in range(120)])
    editing.set_minutes(house.branch, uid, "一百二十件事都说了。")
    meeting = house.meeting(uid)
    editing.set_minutes(house.branch, uid, "120、第119件事\n同意。")
    assert house.meeting(uid).passages[0].agenda == meeting.agenda[-1].uid


def test_a_number_or_year_that_there_cannot_be_is_refused(house: House) -> None:
    uid = house.plan()
    with refused("不超过 9999"):
        editing.set_number(house.branch, uid, 2026, 10**30)
    with refused("没有 0 这个年度"):
        editing.set_number(house.branch, uid, 0, 1)


def test_a_number_that_another_meeting_has_is_said_before_finalising(house: House) -> None:
    first, second = house.plan(), house.plan(held="2026.11.20")
    editing.set_number(house.branch, second, 2026, 1)
    sentences = [found.sentence for found in quality.quality(house.branch, first)]
    assert "2026 年第 1 次与“2026年第1次支部党员大会”重复，请改正次数。" in sentences


@pytest.mark.parametrize("text", ["\ud800\0", "字" * 100_000, "字 " * 5_000])
def test_whatever_is_looked_for_the_list_answers(house: House, text: str) -> None:
    house.plan()
    assert len(reading.meeting_list(house.branch, MeetingQuery(text=text))) in {0, 1}
