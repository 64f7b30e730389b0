"""Who counts where, and whether those expected are those present, on leave and absent (domain 3.2)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.meetings.counting_heads import Heads, heads_of, reconcile
from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.findings import Severity
from domain.meetings.making import crowd, meeting, person, sentences


def test_expected_and_entitled_are_two_numbers() -> None:
    people = (*crowd("+++l-?"), person("预备", "+", may_vote=False, category="probationary"))
    assert heads_of(meeting(attendance=people)) == Heads(
        expected=7, voters=6, present=4, present_voters=3, leave=1, absent=1, unmarked=1
    )


def test_people_who_may_be_left_out_are_in_no_number() -> None:
    people = (*crowd("++"), person("卧病", "-", counts=False, basis="长期卧病"))
    assert heads_of(meeting(attendance=people)) == Heads(expected=2, voters=2, present=2, present_voters=2)


def test_a_written_opinion_counts_only_of_somebody_with_a_vote_who_is_not_there() -> None:
    people = (
        person("甲", "l", written=True),
        person("乙", "+", written=True),
        person("丙", "l", written=True, may_vote=False),
        person("丁", "-", written=True, counts=False, basis="出国"),
        person("戊", "-"),
    )
    assert heads_of(meeting(attendance=people)).written == 1


def test_the_rate_of_attendance_has_one_place_half_up() -> None:
    assert heads_of(meeting(attendance=crowd("++l"))).percent_present == Decimal("66.7")
    assert heads_of(meeting(attendance=crowd("+" * 15 + "-"))).percent_present == Decimal("93.8")
    assert heads_of(meeting(attendance=crowd("++"))).percent_present == Decimal("100.0")
    assert heads_of(meeting(attendance=())).percent_present is None


def test_whoever_is_not_marked_is_named_with_the_numbers_that_do_not_meet() -> None:
    (found,) = reconcile(meeting(attendance=crowd("+++l-??")))
    assert found.sentence == (
        "应到 7 人，实到 3 人、请假 1 人、缺席 1 人，合计 5 人，差 2 人；请在签到格里标明：人6、人7。"
    )
    assert (found.severity, found.field) == (Severity.ERROR, "attendance")


def test_attendance_that_is_marked_to_the_end_is_right() -> None:
    assert reconcile(meeting(attendance=crowd("++l-"))) == []


def test_nobody_stands_in_the_list_twice_but_namesakes_may() -> None:
    twice = (person("李明", person="u1"), person("李明", person="u1", uid="a2"))
    assert sentences(reconcile(meeting(attendance=twice))) == [
        "应到名单里 李明 出现了两次，请删去多余的一行。"
    ]
    namesakes = (person("李明", person="u1"), person("李明", person="u2"), person("李明", person=None))
    assert reconcile(meeting(attendance=namesakes)) == []


def test_who_is_left_out_has_a_basis_and_did_not_come() -> None:
    people = (
        person("甲", "-", counts=False, basis=" "),
        person("乙", "+", counts=False, basis="出国半年以上"),
        person("丙", "-", counts=False, basis="长期卧病"),
    )
    assert sentences(reconcile(meeting(attendance=people))) == [
        "乙 标为不计入应到会，却到会了；请恢复计入应到会，或改正到会情况。",
        "甲 不计入应到会，没有写明依据；请在名单里补填依据。",
    ]


def test_written_opinions_that_do_not_count_are_named() -> None:
    people = (
        person("甲", "+", written=True),
        person("乙", "l", written=True, may_vote=False),
        person("丙", "l", written=True),
    )
    assert sentences(reconcile(meeting(attendance=people))) == [
        "甲 已到会，会前的书面意见不再计票；请取消“书面意见”。",
        "乙 没有表决权，书面意见不计票；请取消“书面意见”。",
    ]


PEOPLE = st.builds(
    Attendance,
    uid=st.uuids().map(str),
    name=st.just("某"),
    may_vote=st.booleans(),
    counts=st.booleans(),
    presence=st.sampled_from(Presence),
    written=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(PEOPLE, max_size=30))
def test_the_numbers_always_add_up(people: list[Attendance]) -> None:
    heads = heads_of(meeting(attendance=tuple(people)))
    assert heads.expected == heads.present + heads.leave + heads.absent + heads.unmarked
    assert heads.present_voters <= min(heads.voters, heads.present)
    assert heads.present_voters + heads.written <= heads.voters <= heads.expected
