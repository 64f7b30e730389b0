"""Questions about what was to be put right: lists of life meetings, and problems of earlier inspections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.model import Evidence
from branchdesk.domain.inspections.rectification import as_of, due_day, is_settled_in_time, state_of
from branchdesk.domain.meetings.context import shortened
from branchdesk.domain.meetings.model import Meeting
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections.facts.period_records import PeriodRecords
from branchdesk.services.inspections.facts.replies import (
    Reply,
    counted,
    meeting_evidence,
    some,
    standing,
    unanswered,
)

# The list of rectifications in forms of life meetings: the table, and the columns that are looked at.
_TABLE, _PROBLEM, _DUE, _PROGRESS, _VERIFIER = "rectifications", "problem", "due_on", "progress", "verifier"


def life_overdue(seen: PeriodRecords) -> Reply:
    """How many rectifications of this year's and last year's life meetings are overdue on the last day.

    Those are lines of the list without a word on how they were done, and decisions still open.
    """
    reviews = seen.meetings.reviews
    if not reviews:
        return unanswered(_("近两年没有组织生活会和民主评议的记录，没有整改清单可查。"))
    late = {one.uid: list(_overdue(seen, one)) for one in reviews}
    items = [text for texts in late.values() for text in texts]
    evidence = [
        meeting_evidence(seen, one, _("逾期：{items}", items=some(late[one.uid])) if late[one.uid] else "")
        for one in reviews
    ]
    day = PartialDate.of(seen.upto).shown()
    if items:
        sentence = _(
            "到 {day}，整改清单逾期没有销号 {n} 条：{items}。", day=day, n=len(items), items=some(items)
        )
    else:
        sentence = _("到 {day}，{n} 次组织生活会和民主评议的整改清单没有逾期。", day=day, n=len(reviews))
    return standing(len(items), sentence, evidence)


def _overdue(seen: PeriodRecords, meeting: Meeting) -> Iterator[str]:
    """What a life meeting wanted put right that is late, in a few words each."""
    for line in meeting.lines.get(_TABLE, ()):
        done = line.values.get(_PROGRESS, "").strip() or line.values.get(_VERIFIER, "").strip()
        if not done and _is_late(line.values.get(_DUE, ""), seen.upto):
            yield shortened(line.values.get(_PROBLEM, ""))
    for one in meeting.decisions:
        settled = one.closed or one.uid in seen.meetings.taken_up
        if not settled and _is_late(one.due_on, seen.upto):
            yield shortened(one.text)


def _is_late(due_on: str, day: date) -> bool:
    due = PartialDate.read(due_on)
    return due is not None and due.last_day() < day


def problems_open(seen: PeriodRecords) -> Reply:
    """How many problems of earlier periods should have been rectified and verified by the last day."""
    known, period = [as_of(one, seen.upto) for one in seen.issues], seen.period.shown()
    if not known:
        return counted(seen, 0, _("{period}以前没有留下要整改的问题。", period=period), ())
    late = [one for one in known if not is_settled_in_time(one, seen.upto, seen.rules)]
    overdue = {one.uid for one in late}
    evidence = [
        Evidence(
            _title(seen, one),
            "issue",
            one.uid,
            one.found_on,
            _("没有验证销号") if one.uid in overdue else "",
        )
        for one in known
    ]
    places = {"period": period, "all": len(known), "n": len(late)}
    if late:
        items = some([shortened(one.text) for one in late])
        sentence = _(
            "{period}以前的问题要销号 {all} 个，{n} 个到期没有验证销号：{items}。", items=items, **places
        )
    else:
        sentence = _("{period}以前的问题要销号 {all} 个，没有到期未验证的。", **places)
    return counted(seen, len(late), sentence, evidence)


def _title(seen: PeriodRecords, one: Issue) -> str:
    """What a problem is called, and why it is not counted although it was not verified by the last day."""
    text, state, due = shortened(one.text), state_of(one), due_day(one, seen.rules)
    if state is IssueState.VERIFIED or not is_settled_in_time(one, seen.upto, seen.rules):
        return text
    if state is IssueState.DONE or due is None:
        return _("{text}（已整改，等待验证）", text=text)
    return _("{text}（整改时限 {day}，还没有到期）", text=text, day=PartialDate.of(due).shown())
