"""The sample branch: invented people to look at and to practise on."""

from __future__ import annotations

from pathlib import Path

from branchdesk import clock, paths
from branchdesk.domain.members import Category
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.services import branches, roster_import
from branchdesk.services.branches import Founding
from branchdesk.services.daily.sample_daily import sample_daily
from branchdesk.services.evaluations.sample_evaluations import sample_evaluations
from branchdesk.services.inspections.sample_quarter import sample_inspections
from branchdesk.services.meetings.sample_year import sample_meetings
from branchdesk.services.points.sample_points import sample_points
from branchdesk.services.roster_import import ImportOptions, ImportResult
from branchdesk.storage.branch import Branch
from branchdesk.storage.folder import BranchFolder

# The sample holds nobody real, so its password is no secret.
PASSWORD = "sample-branch-2026"  # noqa: S105
_FOLDER = "sample"


def sample_workbook() -> Path:
    """The roster that the sample branch is filled from."""
    return paths.resource("sample", "roster.xlsx")


def found_sample(folder: Path) -> tuple[Branch, str]:
    """A new, empty sample branch in a folder, and the key of its recovery card."""
    founding = Founding(
        full_name="中共滨江市经济信息中心支部委员会",
        short_name="信息中心支部（示例）",
        superior_name="中共滨江市市级机关工作委员会",
        code="SAMPLE-001",
        secretary_name="周建国",
        groups=("第一党小组", "第二党小组", "第三党小组"),
    )
    return branches.found_branch(folder, founding, "李敏", PASSWORD)


def import_sample(branch: Branch, progress: Progress = SILENT) -> ImportResult:
    """Import the sample roster, as a clerk would who agrees with every proposal."""
    source = roster_import.open_source(sample_workbook(), progress.part(0.0, 0.4))
    choices = roster_import.propose(branch, source)
    options = ImportOptions(category=Category.FULL)
    plan = roster_import.plan_import(branch, source, choices, options, progress=progress.part(0.4, 0.7))
    return roster_import.apply_import(branch, plan, progress.part(0.7, 1.0))


def open_known(folder: Path) -> Branch:
    """A sample branch that was made before."""
    return branches.unlock(folder, branches.people_of(folder)[0].uid, PASSWORD)


def open_sample(progress: Progress = SILENT) -> Branch:
    """The sample branch in the person's own place; it is made the first time."""
    folder = paths.user_folder() / _FOLDER
    if BranchFolder(folder).exists:
        return open_known(folder)
    branch, _card = found_sample(folder)
    import_sample(branch, progress)
    sample_meetings(branch, clock.today().year)
    sample_inspections(branch)
    sample_points(branch)
    sample_evaluations(branch)
    sample_daily(branch)
    return branch
