"""`import-roster`: look at every row of a workbook, tell what will become of it, and write it as one step."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from branchdesk import clock
from branchdesk.cli.console import long_work, say, warn
from branchdesk.cli.endings import Ending
from branchdesk.cli.import_summary import ImportSummary, Place
from branchdesk.cli.names import home_named
from branchdesk.cli.opening import opened
from branchdesk.cli.outputs import check_target
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.jobs.progress import Progress
from branchdesk.services import backups, roster_import
from branchdesk.services.open_branch import Branch
from branchdesk.services.roster_import import (
    NEW_BRANCH,
    ImportOptions,
    ImportPlan,
    SheetChoice,
    Verdict,
)
from branchdesk.services.roster_import.cell_texts import DAMAGED
from branchdesk.settings import load_settings
from branchdesk.whole_files import write_whole

_AS_NEW, _SKIP = "new", "skip"


def import_roster(asked: Namespace) -> Ending:
    """Import a workbook as one change, or only tell what would become of it."""
    if asked.refused:
        check_target(asked.refused, asked.folder, force=asked.force)
        _refuse_same_file(asked.refused, asked.workbook)
    with opened(asked) as branch, long_work() as progress:
        summary = _planned(branch, asked, progress.part(0.0, 0.5))
        for line in summary.lines():
            say(line)
        _tell_the_way_out(summary, asked)
        if asked.dry_run:
            say(_("这一遍只是看看，什么都没有改动。"))
        elif summary.has_something_to_write:
            _write(branch, summary.plan, load_settings().backup_folder(asked.folder), progress.part(0.5, 1.0))
        else:
            say(_("没有可以写入的行，名册没有改动。"))
        if asked.refused:
            _write_refused(summary.plan, asked.refused)
    return Ending.LOOK if summary.wants_a_look else Ending.FINE


def _refuse_same_file(target: Path, workbook: Path) -> None:
    """Raise Problem where the list of refused rows would replace the workbook itself."""
    if target.exists() and workbook.exists() and target.samefile(workbook):
        raise Problem(
            _("“{path}”就是要导入的名册。", path=str(target)), _("请换一个文件名，原来的名册不能动。")
        )


def _planned(branch: Branch, asked: Namespace, progress: Progress) -> ImportSummary:
    """Every row with what will become of it. Raises Problem for a workbook without a roster."""
    home = home_named(branch, asked.place, clock.today())
    source = roster_import.open_source(asked.workbook, progress.part(0.0, 0.4))
    choices = [_with_home(choice, home) for choice in roster_import.propose(branch, source)]
    if not any(choice.wanted for choice in choices):
        raise Problem(
            _("“{name}”里没有找到名册：没有一张表有“姓名”一列。", name=source.name),
            _("请核对文件，或在窗口里导入，那里可以指明哪一行是表头。"),
        )
    options = ImportOptions(
        category=asked.category, hidden_rows=asked.hidden_rows, damaged_numbers=asked.damaged_numbers
    )
    plan = roster_import.plan_import(branch, source, choices, options, progress=progress.part(0.4, 0.7))
    as_new = _taken_as_new(branch, plan, progress.part(0.7, 1.0))
    if asked.doubtful == _AS_NEW:
        return ImportSummary(as_new)
    new = {row.place for row in as_new.rows if row.verdict is Verdict.NEW}
    doubtful = frozenset(
        row.place for row in plan.rows if row.verdict is Verdict.REFUSED and row.place in new
    )
    return ImportSummary(plan, doubtful, silent=asked.doubtful == _SKIP)


def _with_home(choice: SheetChoice, home: str | None) -> SheetChoice:
    """The choice with a branch for a sheet that names none of those that there are."""
    known = choice.target and not choice.target.startswith(NEW_BRANCH)
    return choice if known or home is None else replace(choice, target=home)


def _taken_as_new(branch: Branch, plan: ImportPlan, progress: Progress) -> ImportPlan:
    """The plan in which rows refused only for doubt about who they are become new members.

    Rows with a damaged number, and rows that slipped, have more wrong with them and stay refused.
    """
    shifted = {
        (place, row.number)
        for place, choice in enumerate(plan.choices)
        for row in choice.layout.table_rows
        if row.shifted
    }
    decisions: Mapping[Place, Verdict] = {
        row.place: Verdict.NEW
        for row in plan.rows
        if row.verdict is Verdict.REFUSED
        and row.place not in shifted
        and not any(finding.code == DAMAGED for finding in row.findings)
    }
    if not decisions:
        return plan
    return roster_import.plan_import(
        branch, plan.source, plan.choices, plan.options, decisions=decisions, progress=progress
    )


def _tell_the_way_out(summary: ImportSummary, asked: Namespace) -> None:
    """What may be added to the command so that more rows come in."""
    unclear = any(not (row.value("category") or row.value("confirmed_on")) for row in summary.refused)
    damaged = any(finding.code == DAMAGED for row in summary.refused for finding in row.findings)
    if unclear and not asked.category:
        warn(_("没有写明正式、预备的，可以用 {option} 说明算哪一类。", option="--category"))
    if damaged and not asked.damaged_numbers:
        warn(_("证号损失末位的，可以用 {option} 导入，证号先空着。", option="--damaged-numbers"))
    if any(not row.target for row in summary.refused):
        warn(_("没有写明支部的，可以用 {option} 说明放到哪里。", option="--place"))
    if summary.plan.hidden and not asked.hidden_rows:
        warn(
            _n(
                "隐藏的 {n} 行没有导入，可以用 {option} 一起导入。",
                summary.plan.hidden,
                option="--hidden-rows",
            )
        )
    if summary.doubts and not asked.doubtful:
        warn(_("存疑的行，核对后可以用 {option} 当作新党员导入。", option="--doubtful new"))


def _write_refused(plan: ImportPlan, target: Path) -> None:
    count = plan.counts()[Verdict.REFUSED]
    if not count:
        say(_("没有不导入的行，所以没有写 {path}。", path=str(target)))
        return
    write_whole(target, roster_import.refused_workbook(plan))
    say(_n("没有导入的 {n} 行和原因已写成 {path}。", count, path=str(target)))


def _write(branch: Branch, plan: ImportPlan, backup_place: Path, progress: Progress) -> None:
    backups.make_backup(branch, backup_place, _("导入前"), progress=progress.part(0.0, 0.3))
    result = roster_import.apply_import(branch, plan, progress.part(0.3, 1.0))
    say(result.sentence())
    say(_("原来的文件已加密存档；导入前已备份到 {place}。", place=str(backup_place)))
