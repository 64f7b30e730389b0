"""Letting somebody take no part in an evaluation, with a reason that is printed, or take part again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.domain.evaluations.model import Subject
from branchdesk.i18n import _
from branchdesk.services.evaluations import planning
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog


def change_taking_part(desk: Desk, uid: str, subject: Subject, parent: QWidget) -> None:
    """Ask why a subject takes no part; one that took none takes part again at once."""
    if not subject.takes_part:
        again = partial(planning.set_taking_part, desk.branch, uid, subject.uid, takes_part=True, why="")
        desk.do(again, _("{name}参加评议。", name=subject.name))
        return
    text = _("{name}不参加这次评议，写明原因，汇总表里也会写明。", name=subject.name)
    on_why = partial(_leave_out, desk, uid, subject)
    LineDialog(_("不参加评议"), text, _("为什么"), _("不参加"), on_why, parent).open()


def _leave_out(desk: Desk, uid: str, subject: Subject, why: str) -> None:
    work = partial(planning.set_taking_part, desk.branch, uid, subject.uid, takes_part=False, why=why)
    desk.do(work, _("{name}不参加评议。", name=subject.name))
