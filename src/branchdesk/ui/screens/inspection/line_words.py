"""The words and tones of one inspection: the next step of each state, and what stands beside a line."""

from __future__ import annotations

from branchdesk.domain.inspections.issues import Issue
from branchdesk.domain.inspections.model import InspectionState, ProofSlot, Stage
from branchdesk.domain.inspections.scoring import LineState
from branchdesk.i18n import _, later
from branchdesk.ui.inspection_words import order_number

# What the red button says in each state, and the state that follows.
STEPS = {
    InspectionState.DRAFTED: (later("下发检查表"), InspectionState.ISSUED),
    InspectionState.ISSUED: (later("提交自查"), InspectionState.SELF_CHECKED),
    InspectionState.SELF_CHECKED: (later("检查打分完成"), InspectionState.INSPECTED),
    InspectionState.INSPECTED: (later("反馈签字"), InspectionState.FED_BACK),
    InspectionState.FED_BACK: (later("开始整改"), InspectionState.RECTIFYING),
    InspectionState.RECTIFYING: (later("整改验证完成"), InspectionState.VERIFIED),
    InspectionState.VERIFIED: (later("归档"), InspectionState.ARCHIVED),
}
# Where nothing was found wrong there is nothing to rectify.
WITHOUT_ISSUES = (later("没有问题，转为已验证"), InspectionState.VERIFIED)
STAGE_WORDS = {Stage.SELF: later("自评"), Stage.CHECK: later("考核")}
PROBLEM = "problem"
LINE_TONES = {
    LineState.EMPTY: "",
    LineState.AUTO: "info",
    LineState.FILLED: "ok",
    LineState.DEDUCTED: "warn",
    LineState.CHANGED: "warn",
    LineState.NOT_APPLICABLE: "",
    LineState.VETOED: "err",
    LineState.NONE: "",
}
SLOT_WORDS = {
    ProofSlot.PLAN: later("计划"),
    ProofSlot.RECORD: later("记录"),
    ProofSlot.CHECK: later("检查"),
}


def issue_number(issue: Issue) -> str:
    """The number of a rectification order as it is spoken of; empty before there is one."""
    return _("整改单 {number}", number=order_number(issue)) if issue.number is not None else ""
