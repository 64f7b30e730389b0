"""Backups as the clerk meets them: made by themselves, shown with their age, restored after a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, _n
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.services.organisations import organisation_tree
from branchdesk.storage import backup as files
from branchdesk.storage import restore as restoring
from branchdesk.storage.backup import BackupFile
from branchdesk.storage.backup_file import Manifest, read_manifest
from branchdesk.storage.branch import Branch
from branchdesk.storage.keyring import Person
from branchdesk.storage.restore import Restored


class Age(StrEnum):
    """How a branch stands with its backups."""

    FRESH = "fresh"
    OLD = "old"
    ALARMING = "alarming"


@dataclass(frozen=True)
class BackupStatus:
    """When the last backup was made, where, and whether that is long ago."""

    made: datetime | None
    place: str
    changed_since: bool
    age: Age


def backup_status(branch: Branch) -> BackupStatus:
    """How the branch stands with its backups, for the status bar."""
    state = files.backup_state(branch)
    rules, now = shipped_rules(), clock.now().astimezone()
    age = Age.FRESH
    if state.made is None:
        age = Age.OLD
    elif state.changed_since:
        passed = now - state.made
        if passed >= timedelta(days=rules.at("backup_alarm_days", now.date()).value):
            age = Age.ALARMING
        elif passed >= timedelta(days=rules.at("backup_warn_days", now.date()).value):
            age = Age.OLD
    return BackupStatus(state.made, state.place, state.changed_since, age)


def is_due(branch: Branch) -> bool:
    """Whether an automatic backup should be made now: something changed and an hour has passed."""
    state = files.backup_state(branch)
    if not state.changed_since:
        return False
    if state.made is None:
        return True
    minutes = shipped_rules().at("backup_every_minutes", clock.today()).value
    return abs(clock.now() - state.made) >= timedelta(minutes=minutes)


def title_of(branch: Branch) -> str:
    """The name that backups carry."""
    roots = organisation_tree(branch).roots()
    return roots[0].name if roots else ""


def make_backup(
    branch: Branch, place: Path, reason: str, *, keep: bool = False, progress: Progress = SILENT
) -> BackupFile:
    """Write a backup into the folder `place`, try it, and thin out the old ones.

    Raises Problem where the place lies inside the branch's own folder, refuses, or is full.
    """
    _refuse_inside(branch, place)
    written = files.back_up(branch, place, title_of(branch), reason, keep=keep, progress=progress)
    files.thin_out(place, written.manifest.branch)
    return written


def carry_away(branch: Branch, target: Path, progress: Progress = SILENT) -> BackupFile:
    """Write one backup that holds the attachments too, to be carried to another computer."""
    _refuse_inside(branch, target.parent)
    return files.write_backup(branch, target, title_of(branch), _("整份带走"), progress=progress)


def left_out(written: BackupFile) -> str:
    """What a backup could not hold, in a sentence for the clerk; empty where it holds everything."""
    if not written.missing:
        return ""
    return _n("已备份，但少了 {n} 个附件：它们的文件不在了或已损坏。", written.missing)


def _refuse_inside(branch: Branch, place: Path) -> None:
    if place.resolve().is_relative_to(branch.path.resolve()):
        raise Problem(_("备份不能放在支部文件自己的文件夹里。"), _("请选另一个磁盘、另一个文件夹或 U 盘。"))


def list_backups(place: Path) -> list[tuple[Path, Manifest | Problem]]:
    """The backups in a folder, newest first, each with what it holds or why it cannot be used."""
    found: list[tuple[Path, Manifest | Problem]] = []
    for path in files.backups_in(place):
        try:
            found.append((path, read_manifest(path)))
        except Problem as problem:
            found.append((path, problem))
    return found


def look_into(path: Path) -> tuple[Manifest, list[Person]]:
    """What a backup holds and who can open it. Raises Problem for a damaged or newer one."""
    return restoring.preview(path), restoring.people_of_backup(path)


def bring_back(path: Path, target: Path, person: str, password: str, progress: Progress = SILENT) -> Restored:
    """Restore a backup into the folder `target` and open it; what lies there is kept beside it."""
    return restoring.restore(path, target, person, password, progress)
