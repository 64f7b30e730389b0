"""Checks of minutes on time: a known day, in the term, not to come, and entered soon (domain 3.4, H18)."""

from __future__ import annotations

from datetime import date, timedelta

from branchdesk.domain.meetings.context import MinutesContext
from branchdesk.domain.meetings.model import Meeting
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate


def date_not_future(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """The meeting has a day, and the day has come."""
    if meeting.on is None:
        sentence = _("没有填会议时间，请补填。")
        return [Finding("no_day", Severity.ERROR, sentence, "when")]
    if meeting.on.first_day() > context.today:
        sentence = _(
            "会议时间 {day} 还没有到（今天是 {today}），请核对。",
            day=meeting.on.shown(),
            today=PartialDate.of(context.today).shown(),
        )
        return [Finding("future", Severity.ERROR, sentence, "when")]
    if not meeting.on.is_full:
        sentence = _("会议时间只填到 {day}，请补填到日。", day=meeting.on.shown())
        return [Finding("no_full_day", Severity.WARN, sentence, "when")]
    return []


def date_in_term(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """The meeting lies within the term of the committee."""
    first, last = context.term
    if meeting.on is None:
        return []
    if first is not None and meeting.on.last_day() < first:
        sentence = _(
            "会议时间 {day} 早于本届任期开始的 {first}，请核对；补录上一届的会议，请先登记那一届的任期。",
            day=meeting.on.shown(),
            first=PartialDate.of(first).shown(),
        )
        return [Finding("before_term", Severity.ERROR, sentence, "when")]
    if last is not None and meeting.on.first_day() > last:
        sentence = _(
            "会议时间 {day} 晚于本届任期届满的 {last}，请核对；已换届或批准延期的，请先登记新的任期。",
            day=meeting.on.shown(),
            last=PartialDate.of(last).shown(),
        )
        return [Finding("after_term", Severity.WARN, sentence, "when")]
    return []


def late_entry(meeting: Meeting, context: MinutesContext) -> list[Finding]:
    """Minutes that were first entered long after the meeting are marked as such, which is no fault."""
    entered = PartialDate.read(meeting.entered_on)
    if entered is None or not is_late(meeting, context):
        return []
    rule = context.rules.at("late_entry_days", context.day)
    days = (entered.last_day() - _held_by(meeting, entered.last_day())).days
    sentence = _(
        "会议在 {entered} 录入，距开会 {n} 天，超过 {most} 天，纸上会注明“补录”。",
        entered=entered.shown(),
        n=days,
        most=rule.value,
    )
    return [Finding("late", Severity.NOTE, sentence, "when", rule.source)]


def is_late(meeting: Meeting, context: MinutesContext) -> bool:
    """Whether a meeting was first entered so long after it was held that paper says 补录."""
    entered = PartialDate.read(meeting.entered_on)
    if entered is None or meeting.on is None:
        return False
    most = timedelta(days=context.rules.at("late_entry_days", context.day).value)
    return entered.last_day() - _held_by(meeting, entered.last_day()) > most


def _held_by(meeting: Meeting, otherwise: date) -> date:
    """The last day on which it may have been held."""
    return meeting.on.last_day() if meeting.on else otherwise
