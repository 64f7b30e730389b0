"""The words and tones in which inspections and problems are spoken of in lists and chips."""

from __future__ import annotations

from branchdesk.domain.inspections.deadlines import Deadlines
from branchdesk.domain.inspections.issues import Issue, IssueSource, IssueState
from branchdesk.domain.inspections.model import InspectionState
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate

SHEET, BLANK = "sheet", "blank"
# The papers of one inspection and of one problem, in the order in which they are needed.
PAPER_TITLES = {
    SHEET: later("检查表"),
    "explanation": later("计分过程"),
    "summary": later("季度小结"),
    BLANK: later("空白检查表（手写后录入）"),
}
ISSUE_TITLES = {
    "order": later("整改通知单"),
    "slip": later("整改验证单"),
}

INSPECTION_TONES = {
    InspectionState.DRAFTED: "",
    InspectionState.ISSUED: "info",
    InspectionState.SELF_CHECKED: "info",
    InspectionState.INSPECTED: "warn",
    InspectionState.FED_BACK: "warn",
    InspectionState.RECTIFYING: "warn",
    InspectionState.VERIFIED: "ok",
    InspectionState.ARCHIVED: "ok",
}
ISSUE_TONES = {
    IssueState.OPEN: "err",
    IssueState.RECTIFYING: "warn",
    IssueState.DONE: "info",
    IssueState.VERIFIED: "ok",
    IssueState.REOPENED: "err",
}


# By when each state is to be left, and what is done then.
_STEPS = {
    InspectionState.DRAFTED: later("{day} 前下发"),
    InspectionState.ISSUED: later("{day} 前自查"),
    InspectionState.SELF_CHECKED: later("{day} 前检查"),
    InspectionState.INSPECTED: later("{day} 前反馈"),
}


def next_step_words(state: InspectionState, due: Deadlines) -> str:
    """By when the next step of an inspection is due; empty where no day is set for it."""
    days = {
        InspectionState.DRAFTED: due.issue_on,
        InspectionState.ISSUED: due.self_check_on,
        InspectionState.SELF_CHECKED: due.inspect_on,
    }
    if state is InspectionState.INSPECTED and due.feed_back_on is not None:
        return _(_STEPS[state], day=due.feed_back_on.shown())
    day = days.get(state)
    return _(_STEPS[state], day=PartialDate.of(day).shown()) if day is not None else ""


def source_words(source: IssueSource) -> str:
    """Where a problem was found, in the language in use."""
    return shipped_dictionaries()["issue_source"].shown(source.value)


def day_shown(stored: str) -> str:
    """A stored day as clerks write it; empty where there is none."""
    day = PartialDate.read(stored)
    return day.shown() if day is not None else stored


def order_number(issue: Issue) -> str:
    """The number of a rectification order in its year, as on paper; a dash before it has one."""
    return f"〔{issue.year}〕{issue.number}号" if issue.number is not None else "—"
