"""Elections beyond the table: the order of the ballot, whole texts, and what figures say (domain 1.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.meetings.counting_heads import Heads
from branchdesk.domain.meetings.elections import (
    ballot_order,
    candidate_findings,
    candidates_needed,
    election_findings,
    judge_election,
    valid_ballots,
)
from branchdesk.domain.meetings.model import Candidate, Vote, VoteKind
from branchdesk.findings import Severity
from domain.meetings.making import DAY, RULES, meeting, person, sentences, vote

NOBODY = Heads()


def candidates(**votes: int | None) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(f"c-{name}", name, f"p-{name}", in_favour=votes[name], position=place)
        for place, name in enumerate(votes)
    )


FOUR = candidates(王立=18, 李平=15, 张全=12, 赵云=5)


def election(**more: Any) -> Vote:
    """An election of three out of four by 18 of 20 voters, with nothing wrong in it."""
    whole: dict[str, Any] = {
        "uid": "v1",
        "subject": "选举支部委员",
        "kind": VoteKind.ELECTION,
        "secret": True,
        "eligible": 20,
        "present": 18,
        "issued": 18,
        "returned": 18,
        "seats": 3,
        "candidates": FOUR,
    }
    return Vote(**{**whole, **more})


def test_the_ballot_lists_by_strokes_of_the_surname_and_write_ins_last() -> None:
    names = ["赵云", "张全", "李平", "王立", "王一"]
    people = [Candidate(name, name, position=place) for place, name in enumerate(names)]
    written_in = Candidate("丁", "丁一", write_in=True)
    assert [one.name for one in ballot_order([written_in, *people])] == [
        "王一",
        "王立",
        "李平",
        "张全",
        "赵云",
        "丁一",
    ]


def test_namesakes_stay_in_the_order_in_which_they_were_put() -> None:
    people = [Candidate("b", "李平", position=1), Candidate("a", "李平", position=0)]
    assert [one.uid for one in ballot_order(people)] == ["a", "b"]


@pytest.mark.parametrize(
    ("seats", "needed"), [(1, 2), (3, 4), (4, 5), (5, 6), (6, 8), (7, 9), (9, 11), (10, 12)]
)
def test_the_difference_of_candidates_is_rounded_up(seats: int, needed: int) -> None:
    assert candidates_needed(seats, RULES, DAY) == needed


def test_an_election_is_explained_by_rule_facts_and_outcome() -> None:
    found = judge_election(
        election(returned=17, invalid=1, candidates=(*FOUR[1:], replace(FOUR[0], in_favour=16))),
        NOBODY,
        RULES,
        DAY,
    )
    assert found.explanation == (
        "规则：到会有选举权的人数不少于应到会有选举权人数的五分之四的，选举有效；赞成票超过实到会"
        "有选举权人数的半数的，始得当选（中国共产党基层组织选举工作条例（2020）："
        "到会人数不少于应到会人数的五分之四，待核对原文；中国共产党基层组织选举工作条例（2020）："
        "赞成票超过实到会有选举权人数的半数）。"
        "事实：应到会有选举权 20 人，实到会有选举权 18 人，应选 3 人；发出选票 18 张，"
        "收回 17 张，无效票 1 张，未收回 1 张；得赞成票：王立 16 票、李平 15 票、张全 12 票、赵云 5 票。"
        "结果：到会 18 人，达到 16 人，选举有效；得赞成票 10 票以上，当选：王立、李平、张全。"
    )
    assert found.elected == ("c-王立", "c-李平", "c-张全")


def test_a_rule_on_written_opinions_is_named_where_there_are_some() -> None:
    found = judge_election(election(written=1), NOBODY, RULES, DAY)
    assert "；不计书面意见和委托投票（" in found.explanation
    assert "未到会的有选举权人不能委托他人代为投票，待核对原文）。事实：" in found.explanation


def test_numbers_of_voters_come_from_the_attendance_where_the_election_has_none() -> None:
    heads = Heads(expected=22, voters=20, present=19, present_voters=18, leave=3)
    found = judge_election(election(eligible=None, present=None), heads, RULES, DAY)
    assert (found.quorum, found.needed, found.valid) == (16, 10, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"seats": None}, ["表决“选举支部委员”还没有填应选人数，请补填。"]),
        ({"seats": 0}, ["选举“选举支部委员”的应选人数不能是 0，请改正。"]),
        ({"seats": -3}, ["表决“选举支部委员”的应选人数不能是负数，请改正。"]),
        ({"candidates": ()}, ["选举“选举支部委员”还没有候选人，请先填写候选人名单。"]),
        (
            {"candidates": candidates(王立=18, 李平=None, 张全=None)},
            ["选举“选举支部委员”还没有填 李平、张全 的赞成票数，请补填。"],
        ),
        ({"invalid": 19}, ["选举“选举支部委员”的无效票 19 张多于收回的 18 张，请核对。"]),
        (
            {"candidates": (*FOUR, replace(FOUR[0], uid="again", in_favour=0))},
            ["选举“选举支部委员”的名单里 王立 出现了两次，请删去多余的，或在姓名后注明以示区别。"],
        ),
        (
            {"candidates": (*FOUR[:3], Candidate("x", "赵云", in_favour=-1))},
            ["选举“选举支部委员”中 赵云 的票数不能是负数，请改正。"],
        ),
        (
            {"candidates": (*FOUR[1:], replace(FOUR[0], in_favour=17, against=1, abstained=1))},
            ["选举“选举支部委员”中 王立 得赞成 17、不赞成 1、弃权 1，合计 19，多于有效票 18 张，请核对。"],
        ),
        (
            {"seats": 2},
            [
                (
                    "选举“选举支部委员”的赞成票合计 50，多于有效票 18 张各选 2 人的上限 36；"
                    "所选人数多于应选人数的选票是无效票，请重新核对计票。"
                )
            ],
        ),
    ],
)
def test_figures_of_an_election_that_cannot_be_are_named(changed: dict[str, Any], said: list[str]) -> None:
    findings = election_findings(election(**changed))
    assert sentences(findings) == said
    assert all(found.field == "votes:v1" for found in findings)


def test_namesakes_who_are_different_people_may_both_stand() -> None:
    both = (replace(FOUR[0], uid="a", person="p1"), replace(FOUR[0], uid="b", person="p2"))
    assert election_findings(election(candidates=both)) == []


def test_ballots_that_are_valid_are_those_returned_without_the_spoilt() -> None:
    assert valid_ballots(election(returned=17, invalid=2)) == 15
    assert valid_ballots(election(returned=None)) is None


def test_how_an_election_was_held_is_looked_at_too() -> None:
    found = judge_election(
        election(secret=False, written=2, candidates=FOUR[:3]), NOBODY, RULES, DAY
    ).findings
    assert sentences(found) == [
        "选举“选举支部委员”应当采用无记名投票，请核对是否漏标“无记名”。",
        "选举“选举支部委员”填了书面意见 2 份；选举不能用书面意见或委托投票，请改为 0。",
        (
            "选举“选举支部委员”应选 3 人，候选人 3 人；差额不少于应选人数的 20%，候选人至少 4 人。"
            "按规定可以等额选举的，请在会议记录中写明。"
        ),
    ]
    assert [one.severity for one in found] == [Severity.WARN, Severity.ERROR, Severity.WARN]
    assert all(one.rule.startswith("中国共产党基层组织选举工作条例") for one in found)


def test_those_who_were_written_in_are_no_candidates_that_were_put() -> None:
    written_in = replace(FOUR[3], write_in=True)
    found = judge_election(election(candidates=(*FOUR[:3], written_in)), NOBODY, RULES, DAY)
    assert [one.code for one in found.findings] == ["too_few_candidates"]
    nobody_put = judge_election(election(candidates=(written_in,)), NOBODY, RULES, DAY)
    assert nobody_put.findings == ()


def test_nobody_without_the_right_to_be_elected_stands() -> None:
    people = (
        person("王立", person="p-王立"),
        person("李平", person="p-李平", may_vote=False),
        person("新", person=None, may_vote=False),
    )
    held = meeting(attendance=people, votes=(election(), vote()))
    (found,) = candidate_findings(held, RULES, DAY)
    assert found.sentence == "选举“选举支部委员”的 李平 没有选举权和被选举权，不能作候选人，请核对名单。"
    assert (found.severity, found.field) == (Severity.ERROR, "votes:v1")


@settings(deadline=None)
@given(
    st.integers(1, 5),
    st.lists(st.integers(0, 20), min_size=1, max_size=9),
)
def test_nobody_is_elected_without_a_majority_or_before_somebody_with_more_votes(
    seats: int, votes: list[int]
) -> None:
    people = tuple(Candidate(f"c{place}", f"人{place}", in_favour=n) for place, n in enumerate(votes))
    one = election(present=20, issued=20, returned=20, seats=seats, candidates=people)
    found = judge_election(one, NOBODY, RULES, date(2026, 11, 19))
    if sum(votes) > 20 * seats:
        assert found.valid is None
        return
    got = {person.uid: person.in_favour or 0 for person in people}
    passing = {uid for uid, n in got.items() if n > 10}
    assert set(found.elected) | set(found.tied) <= passing
    assert len(found.elected) + found.revote_seats == seats
    if found.tied:
        assert len(found.tied) > found.revote_seats > 0
        assert len({got[uid] for uid in found.tied}) == 1
    rest = passing - set(found.elected)
    assert all(got[winner] > got[loser] for winner in found.elected for loser in rest)
