"""Votes and elections by the table of cases, with the text that explains each (domain 3.3, 1.4)."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from branchdesk.domain.meetings.counting_heads import Heads
from branchdesk.domain.meetings.elections import ElectionResult, judge_election
from branchdesk.domain.meetings.model import Candidate, Vote, VoteKind
from branchdesk.domain.meetings.votes import Verdict, judge, judge_vote
from branchdesk.findings import Finding
from branchdesk.forms.rules import shipped_rules

TABLE = tomllib.loads(Path(__file__).with_name("vote_cases.toml").read_text(encoding="utf-8"))
RULES = shipped_rules()
NOBODY = Heads()


def known(values: list[Any]) -> list[Any]:
    return [None if value == "?" else value for value in values]


def by_name(case: dict[str, Any]) -> str:
    return str(case["name"])


def vote_of(case: dict[str, Any]) -> Vote:
    figures = known(case["figures"])
    issued, returned = case.get("ballots", (None, None))
    return Vote(
        "v1",
        "表决事项",
        VoteKind(case["kind"]),
        secret=case.get("secret", False),
        eligible=figures[0],
        present=figures[1],
        written=figures[2],
        in_favour=figures[3],
        against=figures[4],
        abstained=figures[5],
        invalid=figures[6],
        issued=issued,
        returned=returned,
    )


def verdict_of(case: dict[str, Any]) -> Verdict:
    day = date.fromisoformat(case["day"])
    return judge_vote(vote_of(case), NOBODY, RULES, day, of_committee=case.get("of_committee", False))


def candidates_of(case: dict[str, Any]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            f"{place}{name}",
            name,
            in_favour=votes[0] if votes else None,
            write_in=len(votes) > 1,
            position=place,
        )
        for place, (name, *votes) in enumerate(case["candidates"])
    )


def election_of(case: dict[str, Any]) -> Vote:
    figures = known(case["figures"])
    return Vote(
        "v1",
        "选举支部委员会委员",
        VoteKind.ELECTION,
        secret=case.get("secret", True),
        eligible=figures[0],
        present=figures[1],
        written=case.get("written", 0),
        seats=figures[2],
        issued=figures[3],
        returned=figures[4],
        invalid=figures[5],
        candidates=candidates_of(case),
    )


def result_of(case: dict[str, Any]) -> ElectionResult:
    day = date.fromisoformat(case["day"])
    of_committee = case.get("of_committee", False)
    return judge_election(election_of(case), NOBODY, RULES, day, of_committee=of_committee)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(found.code for found in findings)


def names(uids: tuple[str, ...]) -> str:
    """The one-character names of candidates, whose uids end with them."""
    return "".join(uid[-1] for uid in uids)


def outcome(explanation: str) -> str:
    rule, _mark, rest = explanation.partition("。事实：")
    facts, _mark, said = rest.partition("。结果：")
    assert rule.startswith("规则：")
    assert facts
    return said


def test_the_table_is_long_enough_and_every_case_has_its_own_name() -> None:
    cases = [*TABLE["vote"], *TABLE["election"]]
    assert len(cases) >= 100
    assert len({case["name"] for case in TABLE["vote"]}) == len(TABLE["vote"])
    assert len({case["name"] for case in TABLE["election"]}) == len(TABLE["election"])


@pytest.mark.parametrize("case", TABLE["vote"], ids=by_name)
def test_a_vote_comes_to_what_the_table_says(case: dict[str, Any]) -> None:
    found = verdict_of(case)
    assert [found.valid, found.passed, found.quorum, found.needed] == known(case["expected"])
    assert codes(found.findings) == case.get("codes", [])
    assert outcome(found.explanation) == case["outcome"]
    assert all(finding.field == "votes:v1" for finding in found.findings)


@pytest.mark.parametrize("case", TABLE["election"], ids=by_name)
def test_an_election_comes_to_what_the_table_says(case: dict[str, Any]) -> None:
    found = result_of(case)
    assert [found.valid, found.quorum, found.needed] == known(case["expected"])
    assert (names(found.elected), names(found.tied)) == (case.get("elected", ""), case.get("tied", ""))
    assert found.revote_seats == case.get("revote", 0)
    assert codes(found.findings) == case.get("codes", [])
    assert outcome(found.explanation) == case["outcome"]
    assert all(finding.field == "votes:v1" for finding in found.findings)


@pytest.mark.parametrize("case", [*TABLE["vote"], *TABLE["election"]], ids=by_name)
def test_the_facts_of_an_explanation_hold_every_figure(case: dict[str, Any]) -> None:
    vote = vote_of(case) if "kind" in case else election_of(case)
    found = judge(vote, NOBODY, RULES, date.fromisoformat(case["day"]))
    facts = found.explanation.partition("。事实：")[2].partition("。结果：")[0]
    for label, figure in (("应到会有", vote.eligible), ("实到会有", vote.present)):
        words = [part for part in facts.replace("；", "，").split("，") if part.startswith(label)]
        assert len(words) == 1
        assert words[0].endswith(f" {'未填' if figure is None else figure} 人")
