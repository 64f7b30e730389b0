"""The figures of one vote: what is missing, what cannot be, whether ballots agree (domain 1.4 E8, 3.3 V7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from branchdesk.domain.meetings.counting_heads import Heads
from branchdesk.domain.meetings.model import Vote
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, later, listed

FIGURES: Mapping[str, str] = {
    "eligible": later("应到会有表决权人数"),
    "present": later("实到会有表决权人数"),
    "in_favour": later("赞成"),
    "against": later("反对"),
    "abstained": later("弃权"),
    "issued": later("发出选票"),
    "returned": later("收回选票"),
    "seats": later("应选人数"),
    "written": later("书面意见"),
    "invalid": later("废票"),
}


def place_of(vote: Vote) -> str:
    """Where the window finds the figures of a vote."""
    return f"votes:{vote.uid}"


def name_of(vote: Vote) -> str:
    """What a sentence calls a vote."""
    return vote.subject.strip() or vote.person_name.strip() or _("（未写事项）")


def filled_from(vote: Vote, heads: Heads) -> Vote:
    """The vote with the numbers of those entitled and present from the attendance where it has none itself.

    Nothing is taken from an attendance that is empty or not marked to the end.
    """
    eligible = vote.eligible if vote.eligible is not None or not heads.voters else heads.voters
    marked = heads.voters and not heads.unmarked
    present = vote.present if vote.present is not None or not marked else heads.present_voters
    return replace(vote, eligible=eligible, present=present)


def missing_figures(vote: Vote, *names: str) -> list[Finding]:
    """That figures of a vote were not entered, all in one sentence."""
    missing = [_(FIGURES[name]) for name in names if getattr(vote, name) is None]
    if not missing:
        return []
    sentence = _("表决“{vote}”还没有填{figures}，请补填。", vote=name_of(vote), figures=listed(missing))
    return [Finding("figures_missing", Severity.WARN, sentence, place_of(vote))]


def impossible_figures(vote: Vote) -> list[Finding]:
    """Figures that cannot be: below zero, or more people than there are."""
    findings = []
    negative = [_(label) for name, label in FIGURES.items() if (getattr(vote, name) or 0) < 0]
    if negative:
        sentence = _(
            "表决“{vote}”的{figures}不能是负数，请改正。", vote=name_of(vote), figures=listed(negative)
        )
        findings.append(Finding("figure_negative", Severity.ERROR, sentence, place_of(vote)))
    if vote.eligible is not None and vote.present is not None:
        away = vote.eligible - vote.present
        if away < 0:
            sentence = _(
                "表决“{vote}”的实到会 {present} 人多于应到会 {eligible} 人（均指有表决权的），请核对。",
                vote=name_of(vote),
                present=vote.present,
                eligible=vote.eligible,
            )
            findings.append(Finding("more_present", Severity.ERROR, sentence, place_of(vote)))
        elif vote.written > away:
            sentence = _(
                "表决“{vote}”有书面意见 {written} 份，未到会的有表决权人员只有 {n} 人，请核对。",
                vote=name_of(vote),
                written=vote.written,
                n=away,
            )
            findings.append(Finding("more_written", Severity.ERROR, sentence, place_of(vote)))
    return findings


def ballot_findings(vote: Vote) -> list[Finding]:
    """Whether as many ballots were issued as voters came, and no more came back than were issued."""
    findings = []
    if vote.issued is not None and vote.present is not None and vote.issued != vote.present:
        severity = Severity.ERROR if vote.issued > vote.present else Severity.WARN
        sentence = _(
            "表决“{vote}”发出选票 {issued} 张，实到会有表决权 {present} 人，两数应当相等，请核对。",
            vote=name_of(vote),
            issued=vote.issued,
            present=vote.present,
        )
        findings.append(Finding("issued_differs", severity, sentence, place_of(vote)))
    if is_void(vote):
        sentence = _(
            "表决“{vote}”收回选票 {returned} 张，多于发出的 {issued} 张，这次投票无效，应当重新投票。",
            vote=name_of(vote),
            returned=vote.returned,
            issued=vote.issued,
        )
        findings.append(Finding("ballots_void", Severity.ERROR, sentence, place_of(vote)))
    return findings


def is_void(vote: Vote) -> bool:
    """Whether more ballots came back than were issued."""
    return vote.issued is not None and vote.returned is not None and vote.returned > vote.issued


def not_returned(vote: Vote) -> int:
    """Ballots that were issued and never came back."""
    if vote.issued is None or vote.returned is None:
        return 0
    return max(0, vote.issued - vote.returned)


def has_errors(findings: list[Finding]) -> bool:
    """Whether figures are so wrong that nothing can be concluded from them."""
    return any(finding.is_error for finding in findings)
