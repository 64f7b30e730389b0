"""What rows of votes show: one word, its tone and the explanation of the rules."""

from __future__ import annotations

from branchdesk.domain.meetings.elections import ElectionResult
from branchdesk.domain.meetings.model import Vote
from branchdesk.domain.meetings.votes import Verdict
from branchdesk.i18n import _, listed
from branchdesk.ui.screens.meetings.votes_panel import JudgedVote


def judged_vote(vote: Vote, verdict: Verdict | ElectionResult | None) -> JudgedVote:
    """A vote with what the rules make of it; None where they were not asked."""
    if verdict is None:
        return JudgedVote(vote)
    wrong = next((finding for finding in verdict.findings if finding.is_error), None)
    if wrong is not None and wrong.code not in _OUTCOMES:
        return JudgedVote(vote, _("数字对不上"), "err", wrong.sentence)
    words, tone = _elected(vote, verdict) if isinstance(verdict, ElectionResult) else _outcome(verdict)
    return JudgedVote(vote, words, tone, verdict.explanation)


# Findings that say what a vote came to, not that its figures contradict each other.
_OUTCOMES = ("no_quorum", "quorum", "not_passed")


def _outcome(verdict: Verdict) -> tuple[str, str]:
    if verdict.valid is False:
        return _("到会人数不够"), "err"
    if verdict.passed is None:
        return _("还没有填完"), "warn"
    return (_("通过"), "ok") if verdict.passed else (_("没有通过"), "err")


def _elected(vote: Vote, result: ElectionResult) -> tuple[str, str]:
    if result.valid is False:
        return _("选举无效"), "err"
    if result.elected:
        names = {one.uid: one.name for one in vote.candidates}
        return _("当选：{names}", names=listed(names.get(uid, uid) for uid in result.elected)), "ok"
    return _("还没有填完"), "warn"
