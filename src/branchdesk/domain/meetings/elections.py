"""Elections: whether they hold, who is elected, and what must be voted on again (domain 1.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from branchdesk.domain.meetings.counting_heads import Heads
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
from branchdesk.domain.meetings.model import Candidate, Meeting, Vote, VoteKind
from branchdesk.domain.meetings.thresholds import (
    Threshold,
    clauses,
    explained,
    majority_at,
    number_or_gap,
    quorum_at,
    sources,
)
from branchdesk.domain.names import same_name_key, stroke_key
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, listed
from branchdesk.rulebook import Rule, RuleBook

_FAMILY = "election"


@dataclass(frozen=True, slots=True)
class ElectionResult:
    """What an election came to.

    `valid` is None while figures are missing or contradict each other. `elected` and `tied` are uids of
    candidates, by votes; the tied must be voted on again for the `revote_seats` that are left. Where nobody
    is tied, `revote_seats` are seats for which nobody had enough votes. `quorum` and `needed` are people and
    votes, 0 where they cannot be told.
    """

    valid: bool | None
    elected: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    revote_seats: int = 0
    findings: tuple[Finding, ...] = ()
    explanation: str = ""
    quorum: int = 0
    needed: int = 0


def ballot_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates in the order of the ballot: by strokes of the surname, whom voters wrote in last (E5)."""
    return sorted(candidates, key=lambda one: (one.write_in, stroke_key(one.name), one.position))


def candidates_needed(seats: int, rules: RuleBook, day: date) -> int:
    """How many candidates `seats` seats need, the difference rounded up (E3)."""
    more = rules.at("candidates_more_percent", day).value
    return seats + -(-seats * more // 100)


def valid_ballots(vote: Vote) -> int | None:
    """Ballots that came back and are not spoilt; None where that was not entered."""
    return None if vote.returned is None else vote.returned - vote.invalid


def judge_election(
    vote: Vote, heads: Heads, rules: RuleBook, day: date, *, of_committee: bool = False
) -> ElectionResult:
    """What an election on `day` came to, by the rules of that day.

    `of_committee` is the election of secretary and deputy by the committee itself, where as many candidates
    as seats are enough. Figures that the vote does not have itself are taken from `heads`.
    """
    vote = filled_from(vote, heads)
    quorum, majority = quorum_at(rules, _FAMILY, day), majority_at(rules, _FAMILY, day)
    sums = election_findings(vote)
    findings = [*sums, *_manner(vote, rules, day)]
    if not of_committee:
        findings += _difference(vote, rules, day)
    least = quorum.least(vote.eligible) if vote.eligible is not None else 0
    needed = majority.least(vote.present) if vote.present is not None else 0
    valid, held = _validity(vote, least, sums)
    result = _count(vote, needed) if valid else ElectionResult(valid)
    decisive = [*quorum.rules, *majority.rules]
    if vote.written:
        decisive.append(rules.at("election_written", day))
    outcome = held
    if valid:
        outcome = clauses(held, *_outcome(vote, result, needed, rules.at("reduce_seats_percent", day)))
    return ElectionResult(
        valid,
        result.elected,
        result.tied,
        result.revote_seats,
        tuple(findings),
        explained(_rule(vote, quorum, majority), sources(decisive), _facts(vote), outcome),
        least,
        needed,
    )


# ---- what the figures say of themselves


def election_findings(vote: Vote) -> list[Finding]:
    """Whether the figures of an election are whole and agree with each other."""
    findings = [
        *missing_figures(vote, "eligible", "present", "issued", "returned", "seats"),
        *impossible_figures(vote),
        *ballot_findings(vote),
        *_candidates(vote),
    ]
    valid = valid_ballots(vote)
    if valid is None:
        return findings
    if valid < 0:
        sentence = _(
            "选举“{vote}”的无效票 {invalid} 张多于收回的 {returned} 张，请核对。",
            vote=name_of(vote),
            invalid=vote.invalid,
            returned=vote.returned,
        )
        return [*findings, Finding("more_invalid", Severity.ERROR, sentence, place_of(vote))]
    return findings + _per_candidate(vote, valid) + _over_voted(vote, valid)


def _candidates(vote: Vote) -> list[Finding]:
    """Whether there are candidates, each once and with votes."""
    place = place_of(vote)
    if not vote.candidates:
        sentence = _("选举“{vote}”还没有候选人，请先填写候选人名单。", vote=name_of(vote))
        return [Finding("no_candidates", Severity.WARN, sentence, place)]
    findings = []
    if vote.seats == 0:
        sentence = _("选举“{vote}”的应选人数不能是 0，请改正。", vote=name_of(vote))
        findings.append(Finding("no_seats", Severity.ERROR, sentence, place))
    open_names = [one.name for one in vote.candidates if one.in_favour is None]
    if open_names:
        sentence = _(
            "选举“{vote}”还没有填 {names} 的赞成票数，请补填。", vote=name_of(vote), names=listed(open_names)
        )
        findings.append(Finding("figures_missing", Severity.WARN, sentence, place))
    people = Counter(one.person or same_name_key(one.name) for one in vote.candidates)
    twice = listed(
        dict.fromkeys(
            one.name for one in vote.candidates if people[one.person or same_name_key(one.name)] > 1
        )
    )
    if twice:
        sentence = _(
            "选举“{vote}”的名单里 {names} 出现了两次，请删去多余的，或在姓名后注明以示区别。",
            vote=name_of(vote),
            names=twice,
        )
        findings.append(Finding("candidate_twice", Severity.ERROR, sentence, place))
    return findings


def _per_candidate(vote: Vote, valid: int) -> list[Finding]:
    """No candidate has more votes than there are valid ballots, and none fewer than nothing."""
    findings = []
    for one in vote.candidates:
        figures = [one.in_favour or 0, one.against or 0, one.abstained or 0]
        if min(figures) < 0:
            sentence = _(
                "选举“{vote}”中 {name} 的票数不能是负数，请改正。", vote=name_of(vote), name=one.name
            )
            findings.append(Finding("figure_negative", Severity.ERROR, sentence, place_of(vote)))
        elif sum(figures) > valid:
            sentence = _(
                "选举“{vote}”中 {name} 得赞成 {in_favour}、不赞成 {against}、弃权 {abstained}，合计 {sum}，"
                "多于有效票 {valid} 张，请核对。",
                vote=name_of(vote),
                name=one.name,
                in_favour=figures[0],
                against=figures[1],
                abstained=figures[2],
                sum=sum(figures),
                valid=valid,
            )
            findings.append(Finding("votes_sum", Severity.ERROR, sentence, place_of(vote)))
    return findings


def _over_voted(vote: Vote, valid: int) -> list[Finding]:
    """A ballot that names more people than seats is invalid, so the sum of votes has an end (E8)."""
    total = sum(max(0, one.in_favour or 0) for one in vote.candidates)
    if vote.seats is None or vote.seats < 1 or total <= valid * vote.seats:
        return []
    sentence = _(
        "选举“{vote}”的赞成票合计 {total}，多于有效票 {valid} 张各选 {seats} 人的上限 {most}；"
        "所选人数多于应选人数的选票是无效票，请重新核对计票。",
        vote=name_of(vote),
        total=total,
        valid=valid,
        seats=vote.seats,
        most=valid * vote.seats,
    )
    return [Finding("over_voted", Severity.ERROR, sentence, place_of(vote))]


# ---- how it was held


def _manner(vote: Vote, rules: RuleBook, day: date) -> list[Finding]:
    """Ballots are secret, and nobody votes by letter or through others (E4, E9)."""
    findings = []
    secret = rules.at("election_secret", day)
    if secret.value and not vote.secret:
        sentence = _(
            "选举“{vote}”应当采用无记名投票，请核对是否漏标“无记名”。",
            vote=name_of(vote),
        )
        findings.append(Finding("not_secret", Severity.WARN, sentence, place_of(vote), secret.source))
    if vote.written > 0:
        sentence = _(
            "选举“{vote}”填了书面意见 {n} 份；选举不能用书面意见或委托投票，请改为 0。",
            vote=name_of(vote),
            n=vote.written,
        )
        source = rules.at("election_written", day).source
        findings.append(Finding("written_in_election", Severity.ERROR, sentence, place_of(vote), source))
    return findings


def _difference(vote: Vote, rules: RuleBook, day: date) -> list[Finding]:
    """Whether there were enough more candidates than seats (E3)."""
    named = sum(not one.write_in for one in vote.candidates)
    if vote.seats is None or vote.seats < 1 or not named:
        return []
    needed = candidates_needed(vote.seats, rules, day)
    if named >= needed:
        return []
    rule = rules.at("candidates_more_percent", day)
    sentence = _(
        "选举“{vote}”应选 {seats} 人，候选人 {n} 人；差额不少于应选人数的 {percent}%，候选人"
        "至少 {needed} 人。按规定可以等额选举的，请在会议记录中写明。",
        vote=name_of(vote),
        seats=vote.seats,
        n=named,
        percent=rule.value,
        needed=needed,
    )
    return [Finding("too_few_candidates", Severity.WARN, sentence, place_of(vote), rule.source)]


def candidate_findings(meeting: Meeting, rules: RuleBook, day: date) -> list[Finding]:
    """That people stand who have no right to be elected (E1), as far as the attendance list knows them."""
    no_vote = {one.person for one in meeting.attendance if one.person and not one.may_vote}
    rule = rules.at("election_stand", day)
    findings = []
    for vote in meeting.votes:
        names = listed(one.name for one in vote.candidates if one.person in no_vote)
        if vote.kind is VoteKind.ELECTION and rule.value and names:
            sentence = _(
                "选举“{vote}”的 {names} 没有选举权和被选举权，不能作候选人，请核对名单。",
                vote=name_of(vote),
                names=names,
            )
            findings.append(Finding("may_not_stand", Severity.ERROR, sentence, place_of(vote), rule.source))
    return findings


# ---- what it came to


def _validity(vote: Vote, least: int, sums: list[Finding]) -> tuple[bool | None, str]:
    """Whether the election holds, and the clause that says why."""
    if vote.eligible is None or vote.present is None:
        return None, _("到会人数没有填全，暂不能判定选举是否有效")
    if vote.eligible == 0:
        return False, _("应到会有选举权的人数是 0，不能进行选举，请核对应到名单")
    if vote.present < least:
        held = _("到会 {present} 人，未达到 {least} 人，选举不能进行", present=vote.present, least=least)
        return False, held
    return _counting(vote, least, sums)


def _counting(vote: Vote, least: int, sums: list[Finding]) -> tuple[bool | None, str]:
    """Whether what was counted holds, once enough voters were there."""
    if is_void(vote):
        return False, _(
            "收回选票 {returned} 张多于发出的 {issued} 张，选举无效，应当重新投票",
            returned=vote.returned,
            issued=vote.issued,
        )
    if has_errors(sums):
        return None, _("票数对不上，暂不能判定选举结果")
    figures = (vote.issued, vote.returned, vote.seats, *(one.in_favour for one in vote.candidates))
    if None in figures or not vote.candidates:
        return None, _("票数没有填全，暂不能判定选举结果")
    return True, _("到会 {present} 人，达到 {least} 人，选举有效", present=vote.present, least=least)


def _count(vote: Vote, needed: int) -> ElectionResult:
    """Who is elected: more than half, by votes; who is tied for the last seats (E6, E7)."""
    seats = vote.seats or 0
    passing = sorted(
        (one for one in ballot_order(vote.candidates) if (one.in_favour or 0) >= needed),
        key=lambda one: -(one.in_favour or 0),
    )
    if len(passing) <= seats:
        return ElectionResult(True, tuple(one.uid for one in passing), (), seats - len(passing))
    last, next_one = passing[seats - 1], passing[seats]
    if last.in_favour != next_one.in_favour:
        return ElectionResult(True, tuple(one.uid for one in passing[:seats]))
    elected = tuple(one.uid for one in passing if (one.in_favour or 0) > (last.in_favour or 0))
    tied = tuple(one.uid for one in passing if one.in_favour == last.in_favour)
    return ElectionResult(True, elected, tied, seats - len(elected))


def _outcome(vote: Vote, result: ElectionResult, needed: int, reduce: Rule) -> list[str]:
    """Who is elected and what is left to do, as clauses."""
    names = {one.uid: one.name for one in vote.candidates}
    elected = listed(names[uid] for uid in result.elected)
    if elected:
        said = [_("得赞成票 {needed} 票以上，当选：{names}", needed=needed, names=elected)]
    else:
        said = [_("没有人因得票多而直接当选（须得 {needed} 票以上）", needed=needed)]
    if result.tied:
        tied = listed(names[uid] for uid in result.tied)
        said.append(
            _(
                "{names} 票数相等，不能确定谁当选，应就他们再次投票，选出 {n} 人",
                names=tied,
                n=result.revote_seats,
            )
        )
    elif result.revote_seats:
        said.append(
            _(
                "尚缺 {n} 名，应另行选举；经超过{share}的到会有选举权人同意，也可以减少名额（{source}）",
                n=result.revote_seats,
                share=Threshold(reduce, strict=True).share(),
                source=sources((reduce,)),
            )
        )
    return said


def _rule(vote: Vote, quorum: Threshold, majority: Threshold) -> str:
    expected, present = _("应到会有选举权人数"), _("实到会有选举权人数")
    return clauses(
        _("到会有选举权的人数{quorum}的，选举有效", quorum=quorum.words(expected)),
        _("赞成票{majority}的，始得当选", majority=majority.words(present)),
        _("不计书面意见和委托投票") if vote.written else "",
    )


def _facts(vote: Vote) -> str:
    facts = _(
        "应到会有选举权 {eligible} 人，实到会有选举权 {present} 人，应选 {seats} 人；发出选票 {issued} 张，"
        "收回 {returned} 张，无效票 {invalid} 张，未收回 {away} 张",
        eligible=number_or_gap(vote.eligible),
        present=number_or_gap(vote.present),
        seats=number_or_gap(vote.seats),
        issued=number_or_gap(vote.issued),
        returned=number_or_gap(vote.returned),
        invalid=vote.invalid,
        away=not_returned(vote),
    )
    votes = [
        _("{name} {n} 票", name=one.name, n=number_or_gap(one.in_favour))
        for one in ballot_order(vote.candidates)
    ]
    return clauses(facts, _("得赞成票：{votes}", votes=listed(votes))) if votes else facts
