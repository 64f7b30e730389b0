"""Checks of minutes on numbers and people: attendance, votes, the quorum, who chairs, who was elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from branchdesk.domain.meetings.about_numbers import (
    absence_has_reason,
    heads_reconcile,
    one_person_per_vote,
    quorum,
    votes_reconcile,
)
from branchdesk.domain.meetings.about_people import (
    chair_is_member,
    recorder_is_member,
    recorder_is_not_chair,
    same_time_elsewhere,
)
from branchdesk.domain.meetings.context import Somebody, people_of
from branchdesk.domain.meetings.model import Candidate, Meeting, VoteKind
from branchdesk.findings import Severity
from branchdesk.partial_dates import PartialDate
from domain.meetings.making import context, crowd, meeting, person, sentences, vote, with_values

# ---- attendance


def test_a_meeting_needs_a_list_of_those_expected_where_its_form_has_one() -> None:
    nobody = meeting(attendance=())
    (found,) = heads_reconcile(nobody, context())
    assert found.sentence == "还没有应到名单，请先在“会前准备”里确定应到人员。"
    assert heads_reconcile(nobody, context(tables=frozenset({"passages"}))) == []
    assert heads_reconcile(meeting(), context()) == []
    assert heads_reconcile(meeting(attendance=crowd("+?")), context())


def test_whoever_is_not_there_has_a_reason() -> None:
    people = (
        person("甲", "l", reason=""),
        person("乙", "l", reason="出差"),
        person("丙", "-", reason=" "),
        person("丁", "-", reason="无故"),
        person("戊", "-", reason="", counts=False, basis="长期卧病"),
        person("己", "+"),
    )
    found = absence_has_reason(meeting(attendance=people), context())
    assert sentences(found) == [
        "甲 请假，没有写事由；请在签到格里补填。",
        "丙 缺席，没有写原因；请在签到格里补填，没有理由的写“无故”。",
    ]
    assert absence_has_reason(meeting(), context()) == []


# ---- votes


TWENTY = crowd("+" * 20 + "ll")


def test_votes_agree_with_themselves_and_with_the_attendance() -> None:
    assert votes_reconcile(meeting(attendance=TWENTY, votes=(vote(),)), context()) == []
    wrong = votes_reconcile(meeting(attendance=TWENTY, votes=(vote(against=4),)), context())
    assert [found.severity for found in wrong] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (
            crowd("+" * 20 + "l"),
            ["表决“接收陈静为预备党员”的应到会有表决权填的是 22，签到格算出的是 21，请核对。"],
        ),
        (
            crowd("+" * 19 + "lll"),
            ["表决“接收陈静为预备党员”的实到会有表决权填的是 20，签到格算出的是 19，请核对。"],
        ),
        (
            (*crowd("+" * 20 + "l"), person("书面", "l", written=True)),
            ["表决“接收陈静为预备党员”的书面意见填的是 0，签到格算出的是 1，请核对。"],
        ),
        (crowd("+" * 19 + "ll?"), []),
        ((), []),
        (crowd("++", may_vote=False), []),
    ],
)
def test_a_vote_with_other_numbers_than_the_attendance_is_named(people: Any, said: list[str]) -> None:
    found = votes_reconcile(meeting(attendance=people, votes=(vote(),)), context())
    assert sentences(found) == said


@pytest.mark.parametrize("kind", [VoteKind.ELECTION, VoteKind.COMMITTEE])
def test_where_written_opinions_are_no_votes_none_are_asked_for(kind: VoteKind) -> None:
    """One that an absent member handed in on another item must not be entered where the rule forbids it."""
    people = (*crowd("+" * 20 + "l"), person("书面", "l", written=True))
    candidates = (Candidate("c1", "甲", in_favour=18), Candidate("c2", "乙", in_favour=1))
    one = vote(kind=kind, seats=1, issued=20, returned=20, candidates=candidates)
    assert votes_reconcile(meeting(attendance=people, votes=(one,)), context()) == []


def test_who_may_not_be_elected_is_found_among_the_votes() -> None:
    candidates = (Candidate("c1", "预备", "x", in_favour=18), Candidate("c2", "李", in_favour=1))
    election = vote(kind=VoteKind.ELECTION, seats=1, issued=20, returned=20, candidates=candidates)
    people = (*TWENTY, person("预备", "+", person="x", may_vote=False))
    found = votes_reconcile(meeting(attendance=people, votes=(election,)), context())
    assert [one.code for one in found] == ["may_not_stand"]


def test_a_vote_without_a_quorum_is_explained() -> None:
    without = vote(present=11, in_favour=11, against=0, abstained=0)
    (found,) = quorum(meeting(votes=(vote(), without)), context())
    assert found.sentence.endswith("结果：到会 11 人，未达到 12 人，会议无效，表决不能进行。")
    assert (found.severity, found.field) == (Severity.ERROR, "votes:v1")


def test_ballots_that_are_void_and_figures_that_are_missing_are_no_matter_of_the_quorum() -> None:
    void = vote(issued=20, returned=21)
    blank = vote(eligible=None, present=None)
    assert quorum(meeting(attendance=(), votes=(void, blank)), context()) == []


def test_a_meeting_of_the_committee_needs_half_of_it_even_without_a_vote() -> None:
    few = meeting(attendance=crowd("++ll-"))
    (found,) = quorum(few, context(of_committee=True))
    assert found.sentence == (
        "委员应到 5 人，实到 2 人；到会委员须超过应到会委员人数的半数，即 3 人，会议不能进行。"
    )
    assert (found.severity, found.field) == (Severity.ERROR, "attendance")
    assert quorum(few, context()) == []
    assert quorum(meeting(attendance=crowd("+++ll")), context(of_committee=True)) == []
    assert quorum(meeting(attendance=crowd("++??-")), context(of_committee=True)) == []
    assert quorum(meeting(attendance=()), context(of_committee=True)) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"person_name": "陈静、周杰"}, ["写了 2 个人：陈静、周杰；应当逐个讨论、逐个表决，请分成 2 项。"]),
        ({"person_name": "陈静，周杰；吴刚"}, ["写了 3 个人"]),
        ({"person_name": "  "}, ["没有写明是对谁的表决，请填写表决对象。"]),
        ({"person_name": "", "person": "u9"}, []),
        ({"kind": VoteKind.CONFIRMATION, "person_name": ""}, ["没有写明是对谁的表决"]),
        ({"kind": VoteKind.DISCIPLINE, "person_name": "甲、乙"}, ["写了 2 个人"]),
        ({"kind": VoteKind.ORDINARY, "person_name": ""}, []),
        ({"kind": VoteKind.COMMITTEE, "person_name": "甲、乙"}, []),
        ({"person_name": "阿卜杜拉·买买提"}, []),
    ],
)
def test_a_vote_on_somebody_names_one_person(changed: dict[str, Any], said: list[str]) -> None:
    found = one_person_per_vote(meeting(votes=(vote(**changed),)), context())
    assert len(found) == len(said)
    for one, words in zip(found, said, strict=True):
        assert one.sentence.startswith("表决“接收陈静为预备党员”")
        assert words in one.sentence
        of_discipline = changed.get("kind") is VoteKind.DISCIPLINE
        assert one.rule == ("" if of_discipline else "中国共产党发展党员工作细则（2026）第二十条")
        assert one.severity is (Severity.WARN if of_discipline else Severity.ERROR)


def test_nobody_is_voted_on_twice_in_the_same_matter() -> None:
    votes = (
        vote(uid="v1"),
        vote(uid="v2", person_name="陈　静"),
        vote(uid="v3", kind=VoteKind.CONFIRMATION),
        vote(uid="v4", person_name="", person="u9"),
    )
    found = one_person_per_vote(meeting(votes=votes), context())
    assert [(one.sentence, one.field) for one in found] == [
        ("对 陈　静 的同一种表决出现了两次，请删去多余的一项。", "votes:v2")
    ]


def test_namesakes_may_be_voted_on_in_one_meeting() -> None:
    votes = (vote(uid="v1", person="u8"), vote(uid="v2", person="u9"))
    assert one_person_per_vote(meeting(votes=votes), context()) == []
    again = one_person_per_vote(meeting(votes=(*votes, vote(uid="v3", person="u8"))), context())
    assert [one.field for one in again] == ["votes:v3"]


# ---- chair and recorder


def test_people_in_a_field_are_read_with_their_uids() -> None:
    assert people_of("李明@u1、王芳@u2、、 老赵 ") == [
        Somebody("李明", "u1"),
        Somebody("王芳", "u2"),
        Somebody("老赵"),
    ]
    assert people_of("") == []


@pytest.mark.parametrize(
    ("chair", "said"),
    [
        ("李明@u1", []),
        ("李明", []),
        ("李　明", []),
        ("", []),
        ("陈局长", ["主持人 陈局长 不在会议当天的党员名册里，请从名册中选择，或先登记其组织关系。"]),
        ("李明@u8", ["主持人 李明 不在会议当天的党员名册里，请从名册中选择，或先登记其组织关系。"]),
        ("赵敏@u4", ["主持人 赵敏 在签到格里不是到会，请核对主持人或到会情况。"]),
    ],
)
def test_the_chair_is_a_member_who_was_there(chair: str, said: list[str]) -> None:
    people = (person("李明", person="u1"), person("李明", "-", person="u8"), person("赵敏", "l", person="u4"))
    found = chair_is_member(with_values(meeting(attendance=people), chair=chair), context())
    assert sentences(found) == said
    assert all((one.severity, one.field) == (Severity.ERROR, "chair") for one in found)


@pytest.mark.parametrize(
    ("recorder", "said"),
    [
        ("王芳@u2", []),
        ("", []),
        ("小赵", ["记录人 小赵 不在会议当天的党员名册里，请核对。"]),
        ("赵敏@u4", ["记录人 赵敏 在签到格里不是到会，请核对记录人或到会情况。"]),
    ],
)
def test_the_recorder_is_a_member_who_was_there(recorder: str, said: list[str]) -> None:
    people = (person("王芳", person="u2"), person("赵敏", "-", person="u4"))
    found = recorder_is_member(with_values(meeting(attendance=people), recorder=recorder), context())
    assert sentences(found) == said
    assert all((one.severity, one.field) == (Severity.WARN, "recorder") for one in found)


@pytest.mark.parametrize(
    ("chair", "recorder", "same"),
    [
        ("李明@u1", "王芳@u2", False),
        ("李明@u1", "李明@u1", True),
        ("李明@u1", "李明@u2", False),
        ("李明@u1", "李　明", True),
        ("", "李明@u1", False),
        ("李明@u1", "", False),
    ],
)
def test_nobody_chairs_and_records_at_once(chair: str, recorder: str, *, same: bool) -> None:
    found = recorder_is_not_chair(with_values(meeting(), chair=chair, recorder=recorder), context())
    assert sentences(found) == (
        [f"{recorder.partition('@')[0]} 既是主持人又是记录人，请另请一人记录。"] if same else []
    )


def test_a_form_without_a_chair_has_nothing_to_say_of_one() -> None:
    silent = context(roles={})
    for check in (chair_is_member, recorder_is_member, recorder_is_not_chair, same_time_elsewhere):
        assert check(meeting(), silent) == []


# ---- in two places at once


def elsewhere(held: str, **more: Any) -> Meeting:
    other = meeting(**{"uid": "m2", "title": "支部委员会", "attendance": (), **more})
    return with_values(other, held=held, chair="赵敏@u4")


@pytest.mark.parametrize(
    ("held", "overlaps"),
    [
        ("2026-11-19T16:39/17:30", True),
        ("2026-11-19T16:40/17:30", False),
        ("2026-11-19T14:00/15:00", False),
        ("2026-11-19T14:00/15:01", True),
        ("2026-11-19T14:00", False),
        ("2026-11-19T14:30", True),
        ("2026-11-20T15:00/16:40", False),
        ("2026-11-19", False),
        ("2026-11-19T25:00/26:00", False),
        ("", False),
    ],
)
def test_nobody_chairs_while_he_sits_in_another_meeting(held: str, *, overlaps: bool) -> None:
    other = elsewhere(held, attendance=(person("李明", person="u1"),))
    found = same_time_elsewhere(meeting(), context(others=[other]))
    said = ["主持人 李明 同一时间还在另一个会议“支部委员会”里，请核对两个会议的时间。"]
    assert sentences(found) == (said if overlaps else [])


def test_the_chair_of_two_meetings_at_once_is_named_even_if_nobody_was_marked() -> None:
    other = with_values(elsewhere("2026-11-19T15:30/16:00", title=""), chair="李明@u1")
    (found,) = same_time_elsewhere(meeting(), context(earlier=[other]))
    assert found.sentence == "主持人 李明 同一时间还在另一个会议“（没有名称）”里，请核对两个会议的时间。"
    assert found.field == "when"


def test_three_people_in_two_meetings_at_once_are_named_and_two_are_not() -> None:
    people = crowd("+++++")
    here = replace(meeting(), attendance=people)
    away = elsewhere(
        "2026-11-19T15:30/16:00",
        attendance=(*people[:2], replace(people[2], presence=person("x", "l").presence)),
    )
    assert same_time_elsewhere(here, context(others=[away])) == []
    both = elsewhere("2026-11-19T15:30/16:00", attendance=people[:4])
    assert sentences(same_time_elsewhere(here, context(others=[both]))) == [
        "人1、人2、人3 等 4 人同一时间还在另一个会议“支部委员会”里，请核对两个会议的时间。"
    ]


def test_a_meeting_is_not_compared_with_itself_and_with_no_other_twice() -> None:
    other = elsewhere("2026-11-19T15:30/16:00", attendance=(person("李明", person="u1"),))
    found = same_time_elsewhere(meeting(), context(earlier=[meeting(), other], others=[other]))
    assert len(found) == 1


def test_the_hours_of_another_kind_of_meeting_stand_in_its_own_field() -> None:
    other = replace(
        elsewhere("", kind="meeting.talk", attendance=(person("李明", person="u1"),)),
        values={"talked": "2026-11-19T15:30/16:00"},
    )
    assert same_time_elsewhere(meeting(), context(others=[other])) == []
    roles = {"meeting.talk": {"when": "talked"}}
    assert len(same_time_elsewhere(meeting(), context(others=[other], roles_by_kind=roles))) == 1


def test_a_meeting_without_an_hour_cannot_be_compared() -> None:
    other = elsewhere("2026-11-19T15:30/16:00", attendance=(person("李明", person="u1"),))
    dayless = replace(with_values(meeting(), held="2026-11-19"), on=PartialDate(2026, 11, 19))
    assert same_time_elsewhere(dayless, context(others=[other])) == []
