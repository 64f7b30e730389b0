"""Files that prove a rectification."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.services import attachments
from branchdesk.services.inspections.issues import issue
from branchdesk.services.inspections.outcomes import IssueOutcome
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import issues as questions
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.issues import RECTIFIED


@dataclass(frozen=True)
class IssueFile:
    """A file attached to a problem; `size` in bytes."""

    uid: str
    name: str
    size: int


def issue_files(branch: Branch, uid: str) -> list[IssueFile]:
    """The files of a problem, oldest first."""
    with branch.read() as connection:
        rows = questions.files_of_issues(connection, [uid]).get(uid, [])
    return [IssueFile(row["uid"], row["name"], row["size"]) for row in rows]


def attach_rectified(branch: Branch, uid: str, path: Path) -> IssueOutcome:
    """Add a file to a problem; verified ones take more, as the signed slip comes back after it.

    Raises Problem for a file that cannot be read or is not what its name says.
    """
    issue(branch, uid)
    changes = attachments.add_attachment(branch, uid, path, entity=tables.issue.name, role=RECTIFIED)
    return IssueOutcome(changes, uid)


def attach_rectified_content(branch: Branch, uid: str, name: str, content: bytes) -> IssueOutcome:
    """Add what was pasted or scanned to a problem. Raises Problem as `attach_rectified` does."""
    issue(branch, uid)
    changes = attachments.add_content(branch, uid, name, content, entity=tables.issue.name, role=RECTIFIED)
    return IssueOutcome(changes, uid)


def remove_issue_file(branch: Branch, uid: str, file: str, why: str = "") -> IssueOutcome:
    """Put a file of a problem into the recycle bin. Raises Problem for one that is not there."""
    known = next((one for one in issue_files(branch, uid) if one.uid == file), None)
    if known is None:
        raise Problem(_("这个附件已经不在了。"), _("请重新打开问题台账再看一遍。"))
    with branch.change(_("删除附件 {name}", name=known.name)) as change:
        change.put_in_bin(tables.attachment, [file], one_line(why), branch.person.name)
    return IssueOutcome(change.result, uid)
