"""A backup from the window says what it could not hold."""

from __future__ import annotations

from branchdesk.services import attachments
from support.branches import add_one
from support.stage import Stage


def test_a_backup_without_an_attachment_says_so_instead_of_being_well(stage: Stage) -> None:
    window = stage.open()
    branch = window.desk.branch
    window.safekeeping.back_up_now()
    stage.wait(lambda: "并核对无误" in window.toast.sentence)
    member = add_one(branch, "赵立新")
    kept = set(branch.folder.attachments.rglob("*.age"))
    attachments.set_photo(branch, member, "a.png", b"\x89PNG\r\n\x1a\n1")
    (new,) = set(branch.folder.attachments.rglob("*.age")) - kept
    new.unlink()
    window.safekeeping.back_up_now()
    stage.wait(lambda: window.toast.sentence == "已备份，但少了 1 个附件：它们的文件不在了或已损坏。")
