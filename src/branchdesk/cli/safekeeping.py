"""`backup` and `restore`: a backup that was tried, and a branch brought back from one."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from branchdesk.cli.console import long_work, say, warn
from branchdesk.cli.endings import Ending
from branchdesk.cli.opening import chosen_person, opened, password_for
from branchdesk.cli.outputs import size
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n
from branchdesk.services import backups
from branchdesk.settings import load_settings


def back_up(asked: Namespace) -> Ending:
    """Make a backup in the place asked for, or where the window makes them."""
    with opened(asked) as branch, long_work() as progress:
        place = asked.to or load_settings().backup_folder(asked.folder)
        written = backups.make_backup(branch, place, _("手动备份"), progress=progress)
        say(
            _(
                "已备份到 {path}，{size}，并核对无误。",
                path=str(written.path),
                size=size(written.path.stat().st_size),
            )
        )
        say(_told(written.manifest.members, written.manifest.changes))
        if not written.missing:
            return Ending.FINE
        warn(backups.left_out(written))
        return Ending.LOOK


def _told(members: int, changes: int) -> str:
    return _("里面有党员 {members} 名，修改记录 {changes} 步。", members=members, changes=changes)


def restore(asked: Namespace) -> Ending:
    """Bring a backup back into a folder; a branch that lies there is kept beside it."""
    manifest, people = backups.look_into(asked.backup)
    if not asked.force:
        _refuse_filled(asked.folder)
    person = chosen_person(people, asked.person)
    made = manifest.made_at().strftime("%Y.%m.%d %H:%M")
    password = password_for(
        asked.password_file, _("{name} 在 {made} 用的口令：", name=person.name, made=made)
    )
    with long_work() as progress:
        restored = backups.bring_back(asked.backup, asked.folder, person.uid, password, progress)
        restored.branch.close()
        title, folder = manifest.title, str(asked.folder)
        say(_("已把“{title}”{made} 的备份恢复到 {folder}。", title=title, made=made, folder=folder))
        say(_told(manifest.members, manifest.changes))
        if not restored.missing_attachments:
            return Ending.FINE
        warn(_n("有 {n} 个附件没有找回来：备份旁边的附件文件夹里没有它们。", restored.missing_attachments))
        return Ending.LOOK


def _refuse_filled(folder: Path) -> None:
    """Raise Problem for a folder with anything in it."""
    if folder.is_dir() and any(folder.iterdir()):
        raise Problem(
            _("“{folder}”里已经有文件。", folder=str(folder)),
            _(
                "请换一个空文件夹；确要恢复到这里，请加上 {option}，原来的支部文件会改名留在旁边。",
                option="--force",
            ),
        )
