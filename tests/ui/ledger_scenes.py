"""The scenes of the overview of inspections: its three tabs, and every dialog that opens over them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk import paths
from branchdesk.forms.language import shipped_form
from branchdesk.services.inspections import issues, templates
from branchdesk.services.inspections.schemes import scheme_of
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.inspections import InspectionsScreen
from branchdesk.ui.screens.inspections.screen import ISSUES, SHEETS, SPOT_CHECKS
from branchdesk.ui.screens.inspections.template_dialog import TemplateDialog
from support.filled_inspection import QUARTER
from support.inspected_quarters import inspected, problems, spot_checked
from support.stage import Stage
from support.superior_workbooks import superior_workbook


def _dialog(stage: Stage) -> SheetDialog:
    dialog = stage.dialog(SheetDialog)
    if isinstance(dialog, PrintDialog):
        stage.wait(lambda: bool(dialog.pdf))
    return dialog


def _page(stage: Stage, tab: str) -> InspectionsScreen:
    page = stage.go("inspections", tab)
    assert isinstance(page, InspectionsScreen)
    return page


def sheets(stage: Stage) -> InspectionsScreen:
    """Two quarters, the later one without its problems."""
    inspected(stage.desk)
    problems(stage.desk)
    return _page(stage, SHEETS)


def ledger(stage: Stage) -> InspectionsScreen:
    """Problems in three states."""
    problems(stage.desk)
    return _page(stage, ISSUES)


def spot_checks(stage: Stage) -> InspectionsScreen:
    """A spot check with a finding."""
    spot_checked(stage.desk)
    page = _page(stage, SPOT_CHECKS)
    page.spot_checks.part.table.selectRow(1)
    return page


def _begun(tab: str, stage: Stage) -> QWidget:
    _page(stage, tab).begin_new()
    return _dialog(stage)


def issue(stage: Stage) -> QWidget:
    """A problem that is being rectified, with its order."""
    stage.window.show_screen("issue", problems(stage.desk)[0])
    return _dialog(stage)


def verify(stage: Stage) -> QWidget:
    """A rectification that waits for its verification, which is not passed."""
    stage.window.show_screen("verify_issue", problems(stage.desk)[1])
    dialog = _dialog(stage)
    dialog.failed.setChecked(True)  # type: ignore[attr-defined] # only this dialog can be open
    return dialog


def comparison(stage: Stage) -> QWidget:
    """A quarter beside the one before."""
    inspected(stage.desk)
    stage.window.show_screen("compare_inspection", inspected(stage.desk, 4))
    return _dialog(stage)


def _printed(overlay: str, stage: Stage) -> QWidget:
    uid, problem = inspected(stage.desk), problems(stage.desk)[0]
    targets: dict[str, object] = {
        "print_inspection": (uid, "sheet"),
        "print_issue": (problem, "order"),
        "print_ledger": None,
        "print_spot_check": spot_checked(stage.desk),
    }
    if overlay == "print_issue":
        stage.desk.do(partial(issues.order, stage.desk.branch, problem))
    stage.window.show_screen(overlay, targets[overlay])
    return _dialog(stage)


def template(stage: Stage) -> QWidget:
    """A workbook of the superior with what goes into its cells."""
    branch, uid = stage.desk.branch, inspected(stage.desk)
    if not templates.template_list(branch):
        path = paths.user_folder() / "附件2：基层党支部党建工作季度检查考核表.xlsx"
        path.write_bytes(superior_workbook(scheme_of(shipped_form(QUARTER))))
        stage.desk.adopt(templates.add_template(branch, path, QUARTER))
    stage.window.show_screen("fill_template", uid)
    dialog = stage.dialog(TemplateDialog)
    stage.wait(lambda: dialog.opened is not None and not dialog.jobs.busy)
    return dialog


def no_template(stage: Stage) -> QWidget:
    """The same before there is any workbook."""
    stage.window.show_screen("fill_template", inspected(stage.desk))
    return _dialog(stage)


LEDGER_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "inspections_empty": partial(_page, tab=SHEETS),
    "issues_empty": partial(_page, tab=ISSUES),
    "spot_checks_empty": partial(_page, tab=SPOT_CHECKS),
    "new_inspection": partial(_begun, SHEETS),
    "inspections": sheets,
    "issues": ledger,
    "spot_checks": spot_checks,
    "new_issue": partial(_begun, ISSUES),
    "new_spot_check": partial(_begun, SPOT_CHECKS),
    "issue": issue,
    "verify_issue": verify,
    "comparison": comparison,
    "no_template": no_template,
    "template": template,
    "print_inspection": partial(_printed, "print_inspection"),
    "print_issue": partial(_printed, "print_issue"),
    "print_ledger": partial(_printed, "print_ledger"),
    "print_spot_check": partial(_printed, "print_spot_check"),
}
