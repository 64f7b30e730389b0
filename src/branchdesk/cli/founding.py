"""`create` and `people`: a new branch with its recovery card, and who can open one."""

from __future__ import annotations

from argparse import Namespace

from branchdesk.cli.console import long_work, say
from branchdesk.cli.endings import Ending
from branchdesk.cli.opening import new_password
from branchdesk.cli.outputs import check_target, write_paper
from branchdesk.i18n import _
from branchdesk.reports.papers import card_paper
from branchdesk.services import branches
from branchdesk.services.branches import Founding
from branchdesk.services.open_branch import ROLE_NAMES


def create(asked: Namespace) -> Ending:
    """Found a branch; its recovery key goes onto a card or, once, onto the screen."""
    founding = Founding(
        full_name=asked.name,
        short_name=asked.short,
        code=asked.code,
        superior_name=asked.superior,
        secretary_name=asked.secretary,
        groups=asked.group,
    )
    problem = branches.founding_problem(founding)
    if problem:
        raise problem
    if asked.card:
        check_target(asked.card, asked.folder, force=asked.force)
    password = new_password(asked.password_file)
    # From here on Ctrl+C waits: a branch whose key nobody has seen would be a branch without a card.
    with long_work():
        branch, key = branches.found_branch(asked.folder, founding, asked.clerk, password)
        try:
            say(_("已建立“{name}”，支部文件在 {folder}。", name=asked.name.strip(), folder=str(branch.path)))
            if not asked.card:
                _show_key(key)
                return Ending.FINE
            try:
                ending = write_paper(card_paper(branch, key), asked.card)
            except BaseException:
                _show_key(key)
                raise
            say(_("这就是恢复卡：请打印、封存，由书记保管，然后删掉这个文件。"))
            return ending
        finally:
            branch.close()


def _show_key(key: str) -> None:
    say(_("恢复卡密钥只显示这一次，请抄下来封存，由书记保管："))
    say(f"    {key}")


def list_people(asked: Namespace) -> Ending:
    """Who can open a branch, without opening it."""
    for person in branches.people_of(asked.folder):
        say(_("{name}（{role}）", name=person.name, role=_(ROLE_NAMES[person.role])))
    return Ending.FINE
