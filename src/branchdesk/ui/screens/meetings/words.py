"""The words and tones in which meetings are spoken of in lists, chips and buttons."""

from __future__ import annotations

from branchdesk.domain.meetings.life import LABELS
from branchdesk.domain.meetings.model import Meeting, MeetingState
from branchdesk.forms.language import Form
from branchdesk.i18n import _, later

TONES = {
    MeetingState.PLANNED: "info",
    MeetingState.NOTICED: "info",
    MeetingState.HELD: "warn",
    MeetingState.DRAFTED: "warn",
    MeetingState.FOR_SIGNATURE: "warn",
    MeetingState.FINALISED: "ok",
    MeetingState.ARCHIVED: "ok",
}
ICONS = {
    MeetingState.PLANNED: "calendar",
    MeetingState.NOTICED: "file-export",
    MeetingState.HELD: "users",
    MeetingState.DRAFTED: "edit",
    MeetingState.FOR_SIGNATURE: "user",
    MeetingState.FINALISED: "lock",
    MeetingState.ARCHIVED: "archive",
}
# What the red button does in each state: its words and the state that follows.
STEPS = {
    MeetingState.PLANNED: (later("发通知"), MeetingState.NOTICED),
    MeetingState.NOTICED: (later("会议已召开"), MeetingState.HELD),
    MeetingState.HELD: (later("整理记录"), MeetingState.DRAFTED),
    MeetingState.DRAFTED: (later("送书记审签"), MeetingState.FOR_SIGNATURE),
    MeetingState.FOR_SIGNATURE: (later("定稿"), MeetingState.FINALISED),
    MeetingState.FINALISED: (later("归档"), MeetingState.ARCHIVED),
}


def state_words(state: MeetingState) -> str:
    """A state in the language in use."""
    return _(LABELS[state])


def heading_of(meeting: Meeting, form: Form) -> str:
    """What stands above a meeting: its kind and its number in the year."""
    kind = form.shown()
    if meeting.group_name:
        kind = _("{kind}（{group}）", kind=kind, group=meeting.group_name)
    if meeting.number is None:
        return kind
    return _("{kind} {year} 年第 {n} 次", kind=kind, year=meeting.year, n=meeting.number)
