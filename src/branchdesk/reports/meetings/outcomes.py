"""What came of votes, in the words that papers print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from branchdesk.domain.meetings.elections import ElectionResult
from branchdesk.domain.meetings.model import Meeting, Vote
from branchdesk.domain.meetings.votes import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a vote: `result` ends its sentence, `elected` are names, by votes."""

    result: str = ""
    elected: tuple[str, ...] = ()


NO_OUTCOME = Outcome()


def outcomes_of(meeting: Meeting, verdicts: Mapping[str, Verdict | ElectionResult]) -> dict[str, Outcome]:
    """What came of the votes of a meeting by their uid; nothing of those whose figures are not whole."""
    return {
        vote.uid: _outcome(vote, verdicts[vote.uid])
        for vote in meeting.votes
        if vote.uid in verdicts and verdicts[vote.uid].valid is not None
    }


def _outcome(vote: Vote, verdict: Verdict | ElectionResult) -> Outcome:
    if isinstance(verdict, ElectionResult):
        return _of_election(vote, verdict)
    if not verdict.valid:
        return Outcome("表决结果：无效")
    words = {True: "表决结果：通过", False: "表决结果：未通过", None: ""}
    return Outcome(words[verdict.passed])


def _of_election(vote: Vote, result: ElectionResult) -> Outcome:
    if not result.valid:
        return Outcome("选举结果：无效")
    names = {one.uid: one.name for one in vote.candidates}
    elected = tuple(names[uid] for uid in result.elected)
    said = f"选举结果：{'、'.join(elected)}当选" if elected else "选举结果：无人当选"
    if result.tied:
        tied = "、".join(names[uid] for uid in result.tied)
        said += f"；{tied}票数相等，须再次投票，选出{result.revote_seats}名"
    return Outcome(said, elected)
