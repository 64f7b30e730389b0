"""Votes of a meeting: whether they hold, whether they pass, and whether their figures agree (domain 3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from branchdesk.domain.meetings.counting_heads import Heads
from branchdesk.domain.meetings.elections import ElectionResult, election_findings, judge_election
from branchdesk.domain.meetings.figures import (
    ballot_findings,
    filled_from,
    has_errors,
    impossible_figures,
    is_void,
    missing_figures,
    name_of,
    not_returned,
    place_of,
)
from branchdesk.domain.meetings.model import Vote, VoteKind
from branchdesk.domain.meetings.thresholds import (
    Threshold,
    clauses,
    explained,
    majority_at,
    number_or_gap,
    quorum_at,
    sources,
)
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.rulebook import Rule, RuleBook

# Which rules a vote follows; what is decided on somebody's membership follows those of admission (V2).
_FAMILIES: Mapping[VoteKind, str] = {
    VoteKind.ORDINARY: "ordinary",
    VoteKind.DISCIPLINE: "ordinary",
    VoteKind.ADMISSION: "admission",
    VoteKind.CONFIRMATION: "admission",
    VoteKind.EXTENSION: "admission",
    VoteKind.CANCELLATION: "admission",
    VoteKind.COMMITTEE: "committee",
    VoteKind.ELECTION: "election",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a vote came to.

    `valid` tells whether it holds and `passed` whether it is carried; None while figures are missing or
    contradict each other. `quorum` is the least number of voters who must be there, `needed` the least
    number in favour, both 0 where they cannot be told.
    """

    valid: bool | None
    passed: bool | None
    findings: tuple[Finding, ...]
    quorum: int
    needed: int
    explanation: str


@dataclass(frozen=True, slots=True)
class _Measure:
    """The rules by which one vote is judged."""

    family: str
    quorum: Threshold
    majority: Threshold
    written: Rule

    @property
    def counts_written(self) -> bool:
        return bool(self.written.value)


def _measure(vote: Vote, rules: RuleBook, day: date, *, of_committee: bool) -> _Measure:
    family = "committee" if of_committee else _FAMILIES[vote.kind]
    return _Measure(
        family,
        quorum_at(rules, family, day),
        majority_at(rules, family, day),
        rules.at(f"{family}_written", day),
    )


def is_on_membership(vote: Vote) -> bool:
    """Whether a vote decides on one person's membership: admission, confirmation, extension, cancellation."""
    return _FAMILIES[vote.kind] == "admission"


def counts_written(vote: Vote, rules: RuleBook, day: date, *, of_committee: bool = False) -> bool:
    """Whether written opinions of people who are not there are among the votes (V5)."""
    return _measure(vote, rules, day, of_committee=of_committee).counts_written


def judge(
    vote: Vote, heads: Heads, rules: RuleBook, day: date, *, of_committee: bool = False
) -> Verdict | ElectionResult:
    """What a vote or an election on `day` came to, by the rules of that day."""
    judges = judge_election if vote.kind is VoteKind.ELECTION else judge_vote
    return judges(vote, heads, rules, day, of_committee=of_committee)


def judge_vote(
    vote: Vote, heads: Heads, rules: RuleBook, day: date, *, of_committee: bool = False
) -> Verdict:
    """What a vote on `day` came to; the majority counts from all who have a vote, not from those present.

    Figures that the vote does not have itself are taken from `heads`. Raises ValueError for an election.
    """
    if vote.kind is VoteKind.ELECTION:
        raise ValueError("an election is judged by judge_election")
    vote = filled_from(vote, heads)
    measure = _measure(vote, rules, day, of_committee=of_committee)
    sums = vote_findings(vote, written_counts=measure.counts_written)
    quorum = measure.quorum.least(vote.eligible) if vote.eligible is not None else 0
    needed = measure.majority.least(vote.eligible) if vote.eligible is not None else 0
    valid, held = _validity(vote, quorum)
    passed, carried = _passing(vote, needed, sums) if valid else (valid, "")
    return Verdict(
        valid,
        passed,
        (*sums, *_manner(vote, measure, rules, day)),
        quorum,
        needed,
        explained(_rule(measure, vote), _sources(measure, vote), _facts(vote), clauses(held, carried)),
    )


# ---- what the figures say of themselves


def vote_findings(vote: Vote, *, written_counts: bool = True) -> list[Finding]:
    """Whether the figures of a vote or an election are whole and agree with each other (V7).

    `written_counts` tells whether written opinions are among the votes.
    """
    if vote.kind is VoteKind.ELECTION:
        return election_findings(vote)
    return [
        *missing_figures(vote, "eligible", "present", "in_favour", "against", "abstained"),
        *impossible_figures(vote),
        *ballot_findings(vote),
        *_sum(vote, written_counts=written_counts),
    ]


def _sum(vote: Vote, *, written_counts: bool) -> list[Finding]:
    """In favour, against, abstained and invalid are those present and the written opinions."""
    if vote.present is None or vote.in_favour is None or vote.against is None or vote.abstained is None:
        return []
    away = not_returned(vote)
    cast = vote.in_favour + vote.against + vote.abstained + vote.invalid + away
    written = vote.written if written_counts else 0
    if cast == vote.present + written:
        return []
    sentence = _(
        "表决“{vote}”：赞成 {in_favour}、反对 {against}、弃权 {abstained}、废票 {invalid}、未收回 {away}，"
        "合计 {cast}；应等于实到会有表决权 {present} 人加计票的书面意见 {written} 份，共 {sum}。"
        "相差 {n}，请逐项核对。",
        vote=name_of(vote),
        in_favour=vote.in_favour,
        against=vote.against,
        abstained=vote.abstained,
        invalid=vote.invalid,
        away=away,
        cast=cast,
        present=vote.present,
        written=written,
        sum=vote.present + written,
        n=abs(cast - vote.present - written),
    )
    return [Finding("votes_sum", Severity.ERROR, sentence, place_of(vote))]


# ---- how it was held


def _manner(vote: Vote, measure: _Measure, rules: RuleBook, day: date) -> list[Finding]:
    """Votes on membership are secret ballots; written opinions count only where the rule says so."""
    findings = []
    secret = rules.at("admission_secret", day)
    if measure.family == "admission" and secret.value and not vote.secret:
        sentence = _("表决“{vote}”应当采用无记名投票，请核对是否漏标“无记名”。", vote=name_of(vote))
        findings.append(Finding("not_secret", Severity.WARN, sentence, place_of(vote), secret.source))
    if vote.written > 0 and not measure.counts_written:
        sentence = _(
            "表决“{vote}”有书面意见 {n} 份，按规定不计入票数；请核对各项票数里没有把它们算进去。",
            vote=name_of(vote),
            n=vote.written,
        )
        findings.append(
            Finding("written_not_counted", Severity.WARN, sentence, place_of(vote), measure.written.source)
        )
    return findings


# ---- what it came to


def _validity(vote: Vote, quorum: int) -> tuple[bool | None, str]:
    """Whether the vote holds, and the clause that says why."""
    if vote.eligible is None or vote.present is None:
        return None, _("到会人数没有填全，暂不能判定会议是否有效")
    if vote.eligible == 0:
        return False, _("应到会有表决权的人数是 0，不能表决，请核对应到名单")
    if vote.present > vote.eligible or min(vote.present, vote.eligible) < 0:
        return None, _("到会人数有误，暂不能判定会议是否有效")
    if vote.present < quorum:
        return False, _(
            "到会 {present} 人，未达到 {quorum} 人，会议无效，表决不能进行",
            present=vote.present,
            quorum=quorum,
        )
    if is_void(vote):
        return False, _(
            "收回选票 {returned} 张多于发出的 {issued} 张，投票无效，应当重新投票",
            returned=vote.returned,
            issued=vote.issued,
        )
    return True, _("到会 {present} 人，达到 {quorum} 人，会议有效", present=vote.present, quorum=quorum)


def _passing(vote: Vote, needed: int, sums: list[Finding]) -> tuple[bool | None, str]:
    """Whether a vote that holds is carried, and the clause that says why."""
    if has_errors(sums):
        return None, _("票数对不上，暂不能判定是否通过")
    if vote.in_favour is None or vote.against is None or vote.abstained is None:
        return None, _("票数没有填全，暂不能判定是否通过")
    if vote.in_favour >= needed:
        return True, _("赞成 {n} 人，达到 {needed} 人，表决通过", n=vote.in_favour, needed=needed)
    return False, _("赞成 {n} 人，未达到 {needed} 人，表决未通过", n=vote.in_favour, needed=needed)


# ---- in words


def _rule(measure: _Measure, vote: Vote) -> str:
    if measure.family == "committee":
        base = _("应到会委员人数")
        held = _("到会委员{quorum}的，会议有效", quorum=measure.quorum.words(base))
    else:
        base = _("应到会有表决权人数")
        held = _("有表决权的到会人数{quorum}的，会议有效", quorum=measure.quorum.words(base))
    carried = _("赞成人数{majority}的，始得通过", majority=measure.majority.words(base))
    if not vote.written:
        return clauses(held, carried)
    if measure.counts_written:
        return clauses(held, carried, _("会前的书面意见计入票数，不计入到会人数"))
    return clauses(held, carried, _("书面意见不计入票数，也不计入到会人数"))


def _sources(measure: _Measure, vote: Vote) -> str:
    """The sources of what decided; that of written opinions only where there were some."""
    decisive = [*measure.quorum.rules, *measure.majority.rules]
    return sources([*decisive, measure.written] if vote.written else decisive)


def _facts(vote: Vote) -> str:
    facts = _(
        "应到会有表决权 {eligible} 人，实到会有表决权 {present} 人，书面意见 {written} 份；赞成 {in_favour}，"
        "反对 {against}，弃权 {abstained}，废票 {invalid}",
        eligible=number_or_gap(vote.eligible),
        present=number_or_gap(vote.present),
        written=vote.written,
        in_favour=number_or_gap(vote.in_favour),
        against=number_or_gap(vote.against),
        abstained=number_or_gap(vote.abstained),
        invalid=vote.invalid,
    )
    if vote.issued is None and vote.returned is None:
        return facts
    ballots = _(
        "发出选票 {issued} 张，收回 {returned} 张",
        issued=number_or_gap(vote.issued),
        returned=number_or_gap(vote.returned),
    )
    return clauses(facts, ballots)
