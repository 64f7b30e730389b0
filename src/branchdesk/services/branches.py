"""Founding, opening and securing a branch file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from branchdesk import clock, paths
from branchdesk.domain.passwords import password_problem
from branchdesk.errors import Problem
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch, refuse_viewer
from branchdesk.storage.changes import LOOK
from branchdesk.storage.folder import BranchFolder
from branchdesk.storage.keyring import Person, Role, drop_generations, load_keyring, new_keyring
from branchdesk.storage.opening import closed_on_failure, create_branch, open_branch, open_with_card
from branchdesk.storage.recovery_key import new_recovery_key
from branchdesk.storage.rekey import rekey
from branchdesk.uids import new_uid

_UNSAFE = re.compile(r'[\\/:*?"<>|\s.]+')


@dataclass(frozen=True)
class Founding:
    """What the first page of a new branch asks for."""

    full_name: str
    short_name: str = ""
    kind: str = "branch"
    code: str = ""
    superior_name: str = ""
    secretary_name: str = ""
    groups: Sequence[str] = ()


def founding_problem(founding: Founding) -> Problem | None:
    """What is missing before a branch can be founded."""
    if not founding.full_name.strip():
        return Problem(_("请填写党组织全称。"), _("与印章上的名称一致。"))
    names = [name.strip() for name in founding.groups if name.strip()]
    if len(names) != len(set(names)):
        return Problem(_("有两个党小组同名。"), _("请改成不同的名称，如第一党小组、第二党小组。"))
    return None


def proposed_folder(founding: Founding) -> Path:
    """A free folder for a new branch in the person's own place."""
    name = _UNSAFE.sub("", founding.short_name or founding.full_name)[:30] or "branch"
    base = paths.user_folder()
    folder, number = base / name, 2
    while folder.exists():
        folder, number = base / f"{name}-{number}", number + 1
    return folder


def check_password(password: str, again: str | None = None) -> None:
    """Raise Problem for a password that is too weak, or not the same twice."""
    sentence = password_problem(password, shipped_rules().at("password_length", clock.today()).value)
    if sentence:
        raise Problem(sentence, _("可以用一句话的拼音首字母加数字。"))
    if again is not None and password != again:
        raise Problem(_("两次输入的口令不一样。"), _("请重新输入。"))


def found_branch(path: Path, founding: Founding, clerk: str, password: str) -> tuple[Branch, str]:
    """Make a new branch file and open it; returns it with the key for the recovery card.

    Raises Problem for a weak password, a missing name, or a folder that refuses.
    """
    problem = founding_problem(founding)
    if problem:
        raise problem
    check_password(password)
    person = Person(new_uid(), clerk.strip() or _("党务工作者"), Role.CLERK)
    card = new_recovery_key()
    keyring, key = new_keyring([(person, password)], card)
    branch = create_branch(path, keyring, key, person)
    with branch.change(_("建立 {name}", name=founding.short_name or founding.full_name)) as change:
        root = change.insert(
            tables.organisation,
            {
                "code": founding.code.strip() or None,
                "superior_name": founding.superior_name.strip() or None,
                "secretary_name": founding.secretary_name.strip() or None,
            },
        )
        change.insert(
            tables.organisation_version,
            {
                "organisation_uid": root,
                "kind": founding.kind,
                "full_name": founding.full_name.strip(),
                "short_name": founding.short_name.strip(),
                "position": 0,
            },
        )
        groups = [name.strip() for name in founding.groups if name.strip()]
        uids = change.insert_many(tables.organisation, [{} for _name in groups])
        change.insert_many(
            tables.organisation_version,
            [
                {
                    "organisation_uid": uid,
                    "parent_uid": root,
                    "kind": "group",
                    "full_name": name,
                    "short_name": name,
                    "position": place,
                }
                for place, (uid, name) in enumerate(zip(uids, groups, strict=True))
            ],
        )
    return branch, card


def people_of(path: Path) -> list[Person]:
    """Who can open the branch in a folder. Raises Problem where there is none."""
    folder = BranchFolder(path)
    if not folder.exists:
        raise Problem(
            _("在“{folder}”里没有找到支部文件。", folder=str(path)),
            _("请检查 U 盘或文件夹是否还在，或从备份恢复。"),
        )
    return load_keyring(folder.keyring).people()


def unlock(path: Path, person: str, password: str) -> Branch:
    """Open a branch for one of its people."""
    return open_branch(path, person, password)


def change_password(branch: Branch, old: str, new: str, again: str) -> None:
    """Give the present person a new password. Raises Problem for a wrong old or a weak new one."""
    branch.keyring().open(branch.person.uid, old)
    check_password(new, again)
    with branch.change(_("{name} 更改口令", name=branch.person.name), kind=LOOK):
        branch.save_keyring(branch.keyring().with_password(branch.person, new, branch.key))
    drop_generations(branch.folder.keyring)


def recover(path: Path, card: str, person: Person, password: str, again: str) -> tuple[Branch, str]:
    """Open a branch with its recovery card and give `person` a new password.

    Returns the branch and the key of a new card; the old card no longer opens it. Raises Problem for a
    wrong card or a weak password.
    """
    check_password(password, again)
    new_card = new_recovery_key()
    with closed_on_failure(open_with_card(path, card, person)) as branch:
        keyring = branch.keyring().with_password(person, password, branch.key)
        branch.save_keyring(keyring.with_card(new_card, branch.key))
        drop_generations(branch.folder.keyring)
    return branch, new_card


def renew_card(branch: Branch) -> str:
    """A new recovery card; the old one no longer opens the branch. Raises Problem for a viewer."""
    refuse_viewer(branch.person)
    card = new_recovery_key()
    with branch.change(_("更换恢复卡"), kind=LOOK):
        branch.save_keyring(branch.keyring().with_card(card, branch.key))
    drop_generations(branch.folder.keyring)
    return card


def add_person(branch: Branch, name: str, role: Role, password: str, again: str) -> Person:
    """Let somebody else open the branch with a password of their own.

    Raises Problem for a viewer, a weak password, or a name that is missing or taken.
    """
    refuse_viewer(branch.person)
    check_password(password, again)
    if not name.strip():
        raise Problem(_("请填写使用人的姓名。"))
    if any(person.name == name.strip() for person in branch.keyring().people()):
        raise Problem(_("已经有一位使用人叫“{name}”。", name=name.strip()), _("请换一个能区分的写法。"))
    person = Person(new_uid(), name.strip(), role)
    with branch.change(_("增加使用人 {name}", name=person.name), kind=LOOK):
        branch.save_keyring(branch.keyring().with_password(person, password, branch.key))
    return person


def remove_person(branch: Branch, person: Person, password: str) -> str:
    """Take somebody's access away and give the file a new key, since they may have kept the old one.

    Only the present person (whose `password` wraps the new key) and a new recovery card open it then;
    others must be given a password again. Returns the key of the new card. Raises Problem for a viewer, a
    wrong password or for removing oneself.
    """
    refuse_viewer(branch.person)
    if person.uid == branch.person.uid:
        raise Problem(_("不能移除正在使用的人。"), _("请由另一位使用人打开后再移除。"))
    branch.keyring().open(branch.person.uid, password)
    card = new_recovery_key()
    rekey(branch, password, card)
    with branch.change(_("移除使用人 {name}", name=person.name), kind=LOOK):
        pass
    return card
