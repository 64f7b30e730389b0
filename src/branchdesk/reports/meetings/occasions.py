"""What papers call that which was held: a meeting that is called, or an activity that is carried out."""

from __future__ import annotations

from branchdesk.reports.meetings.matter import Matter

_MEETING = ("会", "会议")  # how the names of meetings end; what ends otherwise is an activity
_COMMITTEE = "委员会"
_SUBJECTS = ("主题", "题目")


def occasion(matter: Matter) -> str:
    """What is held, as titles and sentences call it: 支部党员大会, 民主评议党员会议, 主题党日活动."""
    kind, paper = matter.kind, matter.form.paper
    if kind.endswith(_COMMITTEE):
        return f"{kind}会议"
    if kind.endswith(_MEETING) or paper is None:
        return kind
    return paper.title.removesuffix("表").removesuffix("记录") or kind


def is_meeting(matter: Matter) -> bool:
    """Whether it is a meeting and not an activity such as a lecture."""
    return occasion(matter).endswith(_MEETING)


def holding(matter: Matter) -> str:
    """The verb for it: a meeting is called, an activity is carried out."""
    return "召开" if is_meeting(matter) else "开展"


def topics_label(matter: Matter) -> str:
    """What its points are called: 议题, or what the form calls its agenda or its topic."""
    table, topic = matter.form.table_of("agenda"), matter.form.by_role("topic")
    if matter.meeting.agenda and table is not None:
        return table.label.removeprefix("会议")
    return topic.label.removeprefix("会议") if topic is not None and subject(matter) else "议题"


def subject(matter: Matter) -> str:
    """What it is about as a whole; empty where the form has only a name for it, or it has none."""
    one = matter.form.by_role("topic")
    is_subject = one is not None and any(word in one.label for word in _SUBJECTS)
    return matter.role("topic") if is_subject else ""
