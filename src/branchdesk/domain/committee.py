"""The committee of an organisation: its term, its posts, and when both need attention (domain 1.2, 1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from branchdesk.domain.organisations import OrganisationKind
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, listed
from branchdesk.partial_dates import PartialDate, add_months, add_years
from branchdesk.rulebook import RuleBook

RURAL_FIELDS = ("rural", "community")
SECRETARY = "secretary"
DISCIPLINE = "discipline"
GROUP_LEADER = "group_leader"


@dataclass(frozen=True, slots=True)
class Post:
    """Who holds which post, from when until when; None leaves that end open.

    `term` is the uid of the term it belongs to. One without a first day counts from the day on which it was
    `entered`, so that what is put in today is not printed on the rosters of earlier days.
    """

    member: str
    organisation: str
    code: str
    since: PartialDate | None = None
    until: PartialDate | None = None
    entered: date = date.min
    term: str | None = None

    def begins(self) -> date:
        """The first day on which it may be held."""
        return self.since.first_day() if self.since else self._noted()

    def begins_before(self, day: date) -> bool:
        """Whether it surely began before `day`."""
        return (self.since.last_day() if self.since else self._noted()) < day

    def _noted(self) -> date:
        """From when a post without a first day counts; one that had ended by then was held before."""
        ended = self.until is not None and self.until.last_day() < self.entered
        return date.min if ended else self.entered

    def holds_on(self, day: date) -> bool:
        """Whether the post is held on `day`; the last day is included."""
        return self.begins() <= day and (self.until is None or day <= self.until.last_day())


def posts_on(posts: Iterable[Post], day: date) -> list[Post]:
    """The posts that are held on `day`."""
    return [post for post in posts if post.holds_on(day)]


def term_years(kind: OrganisationKind, field: str | None, rules: RuleBook, day: date) -> int:
    """Years of a term that begins on `day`: by kind, and longer in villages and communities (domain 1.1)."""
    if kind is OrganisationKind.COMMITTEE:
        return rules.at("committee_term_years", day).value
    rural = field in RURAL_FIELDS
    return rules.at("village_term_years" if rural else "branch_term_years", day).value


def term_due(elected_on: date, years: int) -> date:
    """The day on which a term of `years` years ends."""
    return add_years(elected_on, years)


def term_findings(due: date, day: date, rules: RuleBook) -> list[Finding]:
    """Whether a renewal is overdue or should be prepared, as of `day`."""
    reminder = rules.at("term_reminder_months", day)
    if due <= day:
        sentence = _("本届已于 {due} 任期届满，请办理换届或按规定报批延期。", due=PartialDate.of(due).shown())
        return [Finding("term_over", Severity.WARN, sentence, rule=reminder.source)]
    if add_months(day, reminder.value) >= due:
        sentence = _("本届将于 {due} 任期届满，请提前准备换届。", due=PartialDate.of(due).shown())
        return [Finding("term_ending", Severity.NOTE, sentence, rule=reminder.source)]
    return []


def committee_findings(posts: Iterable[Post], day: date, rules: RuleBook) -> list[Finding]:
    """Whether a committee has its secretary, its discipline officer and a usual number of seats."""
    held = posts_on(posts, day)
    codes = {post.code for post in held}
    secretaries = len({post.member for post in held if post.code == SECRETARY})
    seats = len({post.member for post in held if post.code != GROUP_LEADER})
    if not seats:
        return []
    most, fewest = rules.at("committee_most_seats", day), rules.at("committee_fewest_seats", day)
    findings = []
    if SECRETARY not in codes:
        findings.append(Finding("no_secretary", Severity.WARN, _("还没有登记书记。"), rule=most.source))
    if secretaries > 1:
        sentence = _("登记了 {n} 名现任书记，请核对谁已卸任。", n=secretaries)
        findings.append(Finding("several_secretaries", Severity.WARN, sentence, rule=most.source))
    if seats >= fewest.value and DISCIPLINE not in codes:
        sentence = _("支部委员会应有纪检委员。")
        findings.append(Finding("no_discipline_officer", Severity.WARN, sentence, rule=most.source))
    if seats > most.value:
        sentence = _("班子成员 {n} 人，一般不超过 {most} 人。", n=seats, most=most.value)
        findings.append(Finding("too_many_seats", Severity.WARN, sentence, rule=most.source))
    return findings


def holders_gone(names: Iterable[str]) -> list[Finding]:
    """That people who left, died or were put out still stand in a post whose end nobody entered."""
    gone = sorted(set(names))
    if not gone:
        return []
    sentence = _("{names} 已不在册，仍登记着现任职务，请补登卸任日期。", names=listed(gone))
    return [Finding("holders_gone", Severity.WARN, sentence)]
