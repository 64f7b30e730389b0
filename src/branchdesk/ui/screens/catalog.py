"""The screens in the order of the navigation, and what opens over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from branchdesk.i18n import later
from branchdesk.ui.desk import Desk
from branchdesk.ui.frame import Frame
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.page import Page
from branchdesk.ui.screens.evaluations import EvaluationsScreen
from branchdesk.ui.screens.evaluations.daily.printing import open_daily_export, open_daily_print
from branchdesk.ui.screens.evaluations.points.printing import open_points_export, open_points_print
from branchdesk.ui.screens.evaluations.printing import open_evaluation_export, open_evaluation_print
from branchdesk.ui.screens.form_designer import FormDesignerScreen
from branchdesk.ui.screens.help import open_about, open_help, save_diagnosis
from branchdesk.ui.screens.history import HistoryScreen, open_member_history, open_record_history
from branchdesk.ui.screens.inspection import InspectionScreen
from branchdesk.ui.screens.inspections import InspectionsScreen
from branchdesk.ui.screens.inspections.comparison_dialog import open_comparison
from branchdesk.ui.screens.inspections.exporting import (
    open_dossier_export,
    open_inspection_export,
    open_ledger_export,
)
from branchdesk.ui.screens.inspections.issue_dialog import open_issue
from branchdesk.ui.screens.inspections.printing import (
    open_inspection_print,
    open_issue_print,
    open_ledger_print,
    open_spot_check_print,
)
from branchdesk.ui.screens.inspections.template_dialog import open_template_filling
from branchdesk.ui.screens.inspections.verify_dialog import open_verify
from branchdesk.ui.screens.meetings import MeetingScreen, MeetingsScreen
from branchdesk.ui.screens.meetings.printing import (
    open_meeting_export,
    open_meeting_print,
    open_meetings_export,
    open_volume_print,
)
from branchdesk.ui.screens.organisations import OrganisationScreen
from branchdesk.ui.screens.printing import open_history_print, open_roster_print, open_sheet_print
from branchdesk.ui.screens.recycle_bin import RecycleBinScreen
from branchdesk.ui.screens.roster_export import open_roster_export
from branchdesk.ui.screens.roster_import import RosterImportScreen
from branchdesk.ui.screens.rosters import RosterScreen
from branchdesk.ui.screens.search import open_search
from branchdesk.ui.screens.settings import SettingsScreen


@dataclass(frozen=True)
class Screen:
    """One screen of the window; `label` is empty for one that is reached from another, `under`."""

    key: str
    label: str
    icon: str
    build: Callable[[Desk, JobRunner], Page]
    at_bottom: bool = False
    under: str = ""


SCREENS = (
    Screen("rosters", later("党员名册"), "users", RosterScreen),
    Screen("meetings", later("会议与活动"), "calendar", MeetingsScreen),
    Screen("inspections", later("检查与整改"), "clipboard", InspectionsScreen),
    Screen("evaluations", later("评议与积分"), "report", EvaluationsScreen),
    Screen("organisations", later("组织与班子"), "building", OrganisationScreen),
    Screen("history", later("修改记录"), "history", HistoryScreen),
    Screen("recycle_bin", later("回收站"), "recycle", RecycleBinScreen, at_bottom=True),
    Screen("settings", later("设置"), "settings", SettingsScreen, at_bottom=True),
    Screen("meeting", "", "calendar", MeetingScreen, under="meetings"),
    Screen("inspection", "", "clipboard", InspectionScreen, under="inspections"),
    Screen("form_designer", "", "list-details", FormDesignerScreen, under="settings"),
    Screen("roster_import", "", "file-import", RosterImportScreen, under="rosters"),
)

OVERLAYS: dict[str, Callable[[Frame, Any], object]] = {
    "search": open_search,
    "help": open_help,
    "about": open_about,
    "diagnosis": save_diagnosis,
    "member_history": open_member_history,
    "record_history": open_record_history,
    "print_roster": open_roster_print,
    "print_sheet": open_sheet_print,
    "print_history": open_history_print,
    "print_meeting": open_meeting_print,
    "print_volume": open_volume_print,
    "meetings_export": open_meetings_export,
    "meeting_export": open_meeting_export,
    "print_inspection": open_inspection_print,
    "print_issue": open_issue_print,
    "print_ledger": open_ledger_print,
    "print_spot_check": open_spot_check_print,
    "inspection_export": open_inspection_export,
    "ledger_export": open_ledger_export,
    "dossier_export": open_dossier_export,
    "fill_template": open_template_filling,
    "compare_inspection": open_comparison,
    "issue": open_issue,
    "verify_issue": open_verify,
    "print_evaluation": open_evaluation_print,
    "evaluation_export": open_evaluation_export,
    "print_points": open_points_print,
    "points_export": open_points_export,
    "print_daily": open_daily_print,
    "daily_export": open_daily_export,
    "roster_export": open_roster_export,
}
