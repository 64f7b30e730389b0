"""Votes and elections: figures as typed, candidates in the order of strokes, and what the rules say."""

from __future__ import annotations

import pytest

from branchdesk.domain.meetings.model import Presence, VoteKind
from branchdesk.services.meetings import attending, voting
from branchdesk.services.meetings.voting import VoteEntry
from services.meetings.scenes import COMMITTEE, House
from support.contents import assert_sound, facts
from support.problems import refused


def present(house: House, kind: str = "meeting.assembly") -> str:
    """A meeting at which all but one are there; its uid."""
    uid = house.plan(kind)
    attending.mark_all_present(house.branch, uid)
    return uid


def test_a_vote_begins_with_the_numbers_of_those_who_are_there(house: House) -> None:
    uid = present(house)
    attending.mark(house.branch, uid, {house.person(uid, "何静"): Presence.LEAVE}, "住院")
    attending.set_attendance(house.branch, uid, house.person(uid, "何静"), {"written": True})
    entry = VoteEntry(
        "同意接收潘晓东同志为中共预备党员",
        VoteKind.ADMISSION,
        person_name="潘晓东",
        in_favour="８ 票",
        against="0",
        abstained="0",
    )
    outcome = voting.add_vote(house.branch, uid, entry)
    vote = house.meeting(uid).votes[0]
    assert outcome.line == vote.uid
    assert (vote.eligible, vote.present, vote.written, vote.in_favour) == (8, 7, 1, 8)
    assert vote.secret
    verdict = voting.verdicts(house.branch, house.meeting(uid))[vote.uid]
    assert (verdict.valid, getattr(verdict, "passed", None)) == (True, True)
    assert "应到会有表决权" in verdict.explanation
    assert_sound(house.branch)


def test_a_sum_that_does_not_agree_is_said_with_both_numbers(house: House) -> None:
    uid = present(house)
    entry = VoteEntry("同意", in_favour="7", against="0", abstained="0")
    outcome = voting.add_vote(house.branch, uid, entry)
    errors = [finding for finding in outcome.findings if finding.is_error]
    assert len(errors) == 1
    assert "7" in errors[0].sentence
    assert "8" in errors[0].sentence
    changed = voting.change_vote(house.branch, uid, outcome.line, {"abstained": "1"})
    assert not [finding for finding in changed.findings if finding.is_error]


@pytest.mark.parametrize("text", ["-1", "1.5", "一些", "²", "1 2x", "999999999999"])
def test_a_figure_that_is_no_number_is_refused_and_nothing_is_stored(house: House, text: str) -> None:
    uid = present(house)
    before = facts(house.branch)
    with refused(f"“{text}”不能作赞成票数", "0 或正整数"):
        voting.add_vote(house.branch, uid, VoteEntry("同意", against="0", in_favour=text))
    assert facts(house.branch) == before


def test_a_vote_on_nothing_is_refused(house: House) -> None:
    uid = present(house)
    with refused("请写明表决的事项"):
        voting.add_vote(house.branch, uid, VoteEntry(" "))
    vote = voting.add_vote(house.branch, uid, VoteEntry("同意")).line
    with refused("请写明表决的事项"):
        voting.change_vote(house.branch, uid, vote, {"subject": ""})


def test_every_part_of_a_vote_may_be_changed(house: House) -> None:
    uid = present(house)
    vote = voting.add_vote(house.branch, uid, VoteEntry("同意")).line
    typed: dict[str, str | bool | None] = {
        "subject": "同意 林雪同志按期转正",
        "kind": "confirmation",
        "person": house.people["林雪"],
        "secret": True,
        "in_favour": "8",
        "invalid": "",
        "issued": "8",
        "present": "",
    }
    voting.change_vote(house.branch, uid, vote, typed)
    found = house.meeting(uid).votes[0]
    assert (found.subject, found.kind, found.person_name) == (
        "同意 林雪同志按期转正",
        VoteKind.CONFIRMATION,
        "林雪",
    )
    assert (found.secret, found.in_favour, found.invalid, found.issued, found.present) == (
        True,
        8,
        0,
        8,
        None,
    )
    voting.change_vote(house.branch, uid, vote, {"person": None, "person_name": " 林雪 ", "agenda": ""})
    assert (house.meeting(uid).votes[0].person, house.meeting(uid).votes[0].person_name) == (None, "林雪")
    with pytest.raises(KeyError):
        voting.change_vote(house.branch, uid, vote, {"uid": "x"})


def test_candidates_stand_in_the_order_of_strokes_and_written_in_ones_behind(house: House) -> None:
    uid = present(house)
    vote = voting.add_vote(house.branch, uid, VoteEntry("补选委员", "election", seats="1")).line
    people = [("赵立新", house.people["赵立新"]), ("马俊杰", house.people["马俊杰"]), ("", None)]
    voting.add_candidates(house.branch, uid, vote, people)
    voting.add_candidate(house.branch, uid, vote, "丁一", write_in=True)
    voting.add_candidate(house.branch, uid, vote, "王 敏", house.people["王敏"])
    again = voting.add_candidate(house.branch, uid, vote, "王敏", house.people["王敏"])
    assert not again.changes
    found = house.meeting(uid).votes[0].candidates
    assert [(one.name, one.write_in) for one in found] == [
        ("马俊杰", False),
        ("王敏", False),
        ("赵立新", False),
        ("丁一", True),
    ]
    removed = voting.remove_candidates(house.branch, uid, [found[0].uid])
    assert len(house.meeting(uid).votes[0].candidates) == 3
    house.branch.undo(removed.changes.seq)
    assert house.meeting(uid).votes[0].candidates == found
    assert_sound(house.branch)


def test_an_election_is_counted_from_what_was_typed(house: House) -> None:
    uid = present(house)
    entry = VoteEntry("补选委员", "election", seats="1", issued="8", returned="8", present="8")
    vote = voting.add_vote(house.branch, uid, entry).line
    first = voting.add_candidate(house.branch, uid, vote, "何静", house.people["何静"]).line
    second = voting.add_candidate(house.branch, uid, vote, "胡强", house.people["胡强"]).line
    voting.change_candidate(house.branch, uid, first, {"in_favour": "2", "against": "6", "abstained": "0"})
    told = voting.change_candidate(house.branch, uid, second, {"in_favour": "6", "against": "3"})
    assert [finding for finding in told.findings if finding.is_error], "nine votes of eight ballots"
    voting.change_candidate(house.branch, uid, second, {"against": "2"})
    result = voting.verdicts(house.branch, house.meeting(uid))[vote]
    assert getattr(result, "elected", ()) == (second,)
    with refused("不能作赞成票数"):
        voting.change_candidate(house.branch, uid, second, {"in_favour": "六"})


def test_a_vote_goes_with_its_candidates_and_comes_back_with_them(house: House) -> None:
    uid = present(house)
    vote = voting.add_vote(house.branch, uid, VoteEntry("补选委员", "election", seats="1")).line
    voting.add_candidate(house.branch, uid, vote, "何静")
    before = facts(house.branch)
    outcome = voting.remove_vote(house.branch, uid, vote)
    assert outcome.changes.label == "2026 年第 1 次支部党员大会 删除表决“补选委员”"
    assert house.meeting(uid).votes == ()
    house.branch.undo(outcome.changes.seq)
    assert facts(house.branch) == before


def test_a_committee_votes_by_its_own_rule(house: House) -> None:
    uid = present(house, COMMITTEE)
    entry = VoteEntry("同意提交大会讨论", VoteKind.COMMITTEE, in_favour="3", against="0", abstained="0")
    vote = voting.add_vote(house.branch, uid, entry).line
    verdict = voting.verdicts(house.branch, house.meeting(uid))[vote]
    assert (verdict.valid, getattr(verdict, "passed", None), verdict.quorum) == (True, True, 2)


def test_a_figure_of_thousands_of_digits_is_refused(house: House) -> None:
    with refused("不能作赞成票数"):
        voting.add_vote(house.branch, house.plan(), VoteEntry("同意", in_favour="9" * 5000))
