"""How far the rectification of a problem has come, how late it is, and who may verify it (domain 7.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

from branchdesk.domain.inspections.deadlines import rectify_due, verify_due
from branchdesk.domain.inspections.issues import Issue, IssueState, Verification
from branchdesk.domain.inspections.named_people import names_in
from branchdesk.domain.names import same_name_key
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n, later
from branchdesk.partial_dates import PartialDate
from branchdesk.rulebook import RuleBook

LABELS: Mapping[IssueState, str] = {
    IssueState.OPEN: later("未整改"),
    IssueState.RECTIFYING: later("整改中"),
    IssueState.DONE: later("已整改待验证"),
    IssueState.VERIFIED: later("已验证"),
    IssueState.REOPENED: later("重新整改"),
}
STEPS = (later("发现问题"), later("整改方案"), later("整改完成"), later("验证销号"))
_STEP_OF: Mapping[IssueState, int] = {
    IssueState.OPEN: 0,
    IssueState.RECTIFYING: 1,
    IssueState.REOPENED: 1,
    IssueState.DONE: 2,
    IssueState.VERIFIED: 3,
}
DAY_LABELS: Mapping[str, str] = {
    "found_on": later("发现日期"),
    "fed_back_on": later("反馈日期"),
    "acknowledged_on": later("签收日期"),
    "due_on": later("整改时限"),
    "done_on": later("完成日期"),
}
# The days of a problem that follow one another in this order.
_IN_ORDER = ("found_on", "fed_back_on", "acknowledged_on", "done_on")
_FINISHED = {IssueState.DONE, IssueState.VERIFIED}


def label_of(state: IssueState) -> str:
    """The name of a state of a problem in the language in use."""
    return _(LABELS[state])


def last_verification(issue: Issue) -> Verification | None:
    """The latest verification of a problem; of several on one day the one that was entered last."""
    return max(reversed(issue.verifications), key=lambda one: one.on, default=None)


def state_of(issue: Issue) -> IssueState:
    """How far a problem has come: by its last verification, else by its completion, else by its plan.

    One that failed is open again until it was done again on a later day than the failed verification.
    """
    last = last_verification(issue)
    if last is not None and last.passed:
        return IssueState.VERIFIED
    if last is not None and issue.done_on <= last.on:
        return IssueState.REOPENED
    if issue.done_on:
        return IssueState.DONE
    return IssueState.RECTIFYING if issue.measures.strip() else IssueState.OPEN


def step_of(issue: Issue) -> int:
    """Which of the four `STEPS` a problem has reached, from 0; what is to be done again is planned again."""
    return _STEP_OF[state_of(issue)]


def day_label(field: str) -> str:
    """The name of a day of a problem in the language in use."""
    return _(DAY_LABELS[field])


def as_of(issue: Issue, day: date) -> Issue:
    """A problem as it stood at the end of a day: what was done or verified later has not happened yet."""
    until = day.isoformat()
    return replace(
        issue,
        done_on=issue.done_on if issue.done_on <= until else "",
        verifications=tuple(one for one in issue.verifications if one.on <= until),
    )


def fed_back(issue: Issue, today: date, rules: RuleBook) -> Issue:
    """A problem once it is fed back: today, where no other day is known, with the usual deadline.

    What was done already is neither fed back afterwards nor given a deadline.
    """
    told = issue.fed_back_on or issue.acknowledged_on or ("" if issue.done_on else today.isoformat())
    due = issue.due_on
    if not due and state_of(issue) not in _FINISHED:
        due = rectify_due(_day(told) or today, rules).isoformat()
    return replace(issue, fed_back_on=told, due_on=due)


def due_day(issue: Issue, rules: RuleBook) -> date | None:
    """By when a problem is to be rectified: as written, else as usual after it was fed back or found."""
    since = _day(issue.fed_back_on) or _day(issue.found_on)
    return _day(issue.due_on) or (rectify_due(since, rules) if since is not None else None)


def is_settled_in_time(issue: Issue, day: date, rules: RuleBook) -> bool:
    """Whether nothing of a problem is overdue on a day: it is verified, or there is still time for that.

    What is done waits for its verification for some days, whatever its deadline was (domain 7.1).
    """
    state, done, due = state_of(issue), _day(issue.done_on), due_day(issue, rules)
    if state is IssueState.VERIFIED:
        return True
    if state is IssueState.DONE and done is not None:
        return day <= verify_due(done, rules)
    return due is not None and day <= due


def days_late(issue: Issue, today: date) -> int:
    """By how many days the deadline was passed, until the day it was done or until today; 0 without one.

    Being late is not forgotten by a verification.
    """
    due = _day(issue.due_on)
    if due is None:
        return 0
    until = _day(issue.done_on) if state_of(issue) in _FINISHED else None
    last = last_verification(issue)
    if until is None and last is not None and last.passed:
        until = _day(last.on)
    return max(0, ((until or today) - due).days)


def overdue_days(issue: Issue, today: date) -> int:
    """By how many days a problem is overdue, not counting after it was done; 0 once it is verified."""
    return 0 if state_of(issue) is IssueState.VERIFIED else days_late(issue, today)


def may_verify(issue: Issue, verifier_uid: str | None, verifier: str) -> list[Finding]:
    """What stands against a verification: the problem is not done, or the verifier had a part in it (7.1)."""
    state = state_of(issue)
    if state is IssueState.VERIFIED:
        return [_error("already_verified", _("这个问题已经验证销号，不用再验证。"))]
    if state is not IssueState.DONE:
        sentence = _("这个问题现在是“{state}”，整改完成并填写完成日期后才能验证。", state=label_of(state))
        return [_error("not_done", sentence, "done_on")]
    if not verifier.strip():
        return [_error("no_verifier", _("请填写验证人。"), "verifier")]
    return list(_own_verifier(issue, verifier_uid, verifier))


def issue_findings(issue: Issue, today: date, rules: RuleBook) -> list[Finding]:
    """What is missing or wrong in a problem and its rectification, the gravest first."""
    findings = [
        *(
            found
            for one in issue.verifications
            for found in _own_verifier(issue, one.verifier_uid, one.verifier)
        ),
        *_days_in_order(issue, today),
        *_plan_findings(issue, rules),
        *_progress_findings(issue, today, rules),
    ]
    return sorted(findings, key=lambda found: -found.severity)


def _own_verifier(issue: Issue, uid: str | None, name: str) -> Iterator[Finding]:
    """Whether a verifier had a part in the rectification; where uids are known, they tell namesakes apart."""
    if uid and issue.responsible_uid:
        is_responsible = uid == issue.responsible_uid
    else:
        is_responsible = _is_named(name, issue.responsible)
    if is_responsible:
        yield _error("own_verifier", _("验证人{name}就是责任人，应由其他人验证。", name=name), "verifier")
    elif _is_named(name, issue.assistant):
        sentence = _("验证人{name}是协助整改的人，应由其他人验证。", name=name)
        yield _error("own_verifier", sentence, "verifier")


def _is_named(name: str, text: str) -> bool:
    """Whether a text names one of the people in `name`, however their names are spaced."""
    return not {same_name_key(one) for one in names_in(name)}.isdisjoint(map(same_name_key, names_in(text)))


def _days_in_order(issue: Issue, today: date) -> Iterator[Finding]:
    """Days that cannot follow one another so, and days still to come."""
    known = [(field, day) for field in _IN_ORDER if (day := _day(getattr(issue, field))) is not None]
    for (field, day), (other, following) in pairwise(known):
        if following < day:
            yield _wrong_order(other, following, field, day)
    for field, day in known:
        if day > today:
            sentence = _("{label} {day} 还没有到，请核对。", label=day_label(field), day=_shown(day))
            yield _error("day_to_come", sentence, field)
    found, due = _day(issue.found_on), _day(issue.due_on)
    if found is not None and due is not None and due < found:
        sentence = _("整改时限 {due} 早于发现日期 {found}，请核对。", due=_shown(due), found=_shown(found))
        yield _error("days_out_of_order", sentence, "due_on")
    yield from _verified_in_order(issue, today)


def _verified_in_order(issue: Issue, today: date) -> Iterator[Finding]:
    last = last_verification(issue)
    on = None if last is None else _day(last.on)
    if last is None or on is None:
        return
    if on > today:
        sentence = _("验证日期 {day} 还没有到，请核对。", day=_shown(on))
        yield _error("day_to_come", sentence, "verifier")
    done = _day(issue.done_on)
    if last.passed and done is not None and on < done:
        sentence = _("验证日期 {on} 早于完成日期 {done}，请核对。", on=_shown(on), done=_shown(done))
        yield _error("days_out_of_order", sentence, "verifier")


def _wrong_order(field: str, day: date, before: str, earlier: date) -> Finding:
    sentence = _(
        "{label} {day} 早于{before} {earlier}，请核对。",
        label=day_label(field),
        day=_shown(day),
        before=day_label(before),
        earlier=_shown(earlier),
    )
    return _error("days_out_of_order", sentence, field)


def _plan_findings(issue: Issue, rules: RuleBook) -> Iterator[Finding]:
    """A plan without anybody to carry it out or without a deadline, and a deadline longer than the rule."""
    if not issue.text.strip():
        yield _error("no_text", _("请写明发现的问题。"), "text")
    if issue.measures.strip() and not issue.responsible.strip():
        yield _warning("no_responsible", _("写了整改措施，还没有明确责任人。"), "responsible")
    if issue.measures.strip() and not issue.due_on:
        yield _warning("no_deadline", _("写了整改措施，还没有明确整改时限。"), "due_on")
    since, due = _day(issue.fed_back_on) or _day(issue.found_on), _day(issue.due_on)
    if since is not None and due is not None and due > rectify_due(since, rules):
        rule = rules.at("rectify_days", since)
        sentence = _n("整改时限 {due} 超过反馈后 {n} 天，请核对或说明原因。", rule.value, due=_shown(due))
        yield Finding("deadline_long", Severity.NOTE, sentence, "due_on", rule.source)


def _progress_findings(issue: Issue, today: date, rules: RuleBook) -> Iterator[Finding]:
    """What is overdue, or done without saying how, or waits for its verification."""
    state = state_of(issue)
    late = overdue_days(issue, today)
    if late and state is IssueState.DONE:
        yield Finding("done_late", Severity.NOTE, _n("整改完成时已超过时限 {n} 天。", late), "due_on")
    elif late:
        yield _warning("overdue", _n("整改已逾期 {n} 天。", late), "due_on")
    if issue.done_on and not issue.result.strip():
        yield _warning("no_result", _("填了完成日期，还没有写整改结果。"), "result")
    done = _day(issue.done_on)
    if state is IssueState.REOPENED:
        yield _warning("reopened", _("验证没有通过，请重新整改并重新确定时限。"), "due_on")
    elif state is IssueState.DONE and done is not None and today > verify_due(done, rules):
        rule = rules.at("verify_days", done)
        sentence = _n("整改完成已超过 {n} 天，还没有验证。", rule.value)
        yield Finding("verification_late", Severity.WARN, sentence, "verifier", rule.source)


def _day(text: str) -> date | None:
    day = PartialDate.read(text)
    return day.first_day() if day is not None and day.is_full else None


def _shown(day: date) -> str:
    return PartialDate.of(day).shown()


def _error(code: str, sentence: str, field: str = "") -> Finding:
    return Finding(code, Severity.ERROR, sentence, field)


def _warning(code: str, sentence: str, field: str = "") -> Finding:
    return Finding(code, Severity.WARN, sentence, field)
