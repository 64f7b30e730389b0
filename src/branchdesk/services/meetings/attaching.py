"""Files of a meeting: in their slots, of the kinds that these take, and never silently replaced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from branchdesk.domain.meetings.model import MeetingState
from branchdesk.errors import Problem
from branchdesk.i18n import _, listed
from branchdesk.services import attachments
from branchdesk.services.attachments import FILE
from branchdesk.services.file_contents import kind_of
from branchdesk.services.meetings.desk import Desk, look_at, one_of, put_on_desk
from branchdesk.services.meetings.outcomes import MeetingOutcome
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import members as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.tables import attachment, record


def attach(branch: Branch, uid: str, path: Path, slot: str = "") -> MeetingOutcome:
    """Add a file to a meeting; `slot` is the id of an evidence slot of its form.

    The signed paper of final minutes may be added too; they list only what they had. Raises Problem for
    a file that is not what its name says or that the slot does not take; then nothing is kept.
    """
    desk = look_at(branch, uid)
    _refuse(desk, [path.name], slot)
    changes = attachments.add_attachment(branch, uid, path, entity=record.name, role=slot or FILE)
    return MeetingOutcome(changes, uid)


def attach_content(branch: Branch, uid: str, name: str, content: bytes, slot: str = "") -> MeetingOutcome:
    """Add what was pasted or scanned to a meeting, under a name. Raises Problem as `attach` does."""
    desk = look_at(branch, uid)
    _refuse(desk, [name], slot)
    changes = attachments.add_content(branch, uid, name, content, entity=record.name, role=slot or FILE)
    return MeetingOutcome(changes, uid)


def _refuse(desk: Desk, names: Sequence[str], slot: str) -> None:
    """Raise Problem for files that a slot, or an archived meeting, does not take."""
    if desk.meeting.state is MeetingState.ARCHIVED:
        raise Problem(
            _("“{meeting}”已归档，不能再添加附件。", meeting=desk.called),
            _("需要补充的，请先“重新打开”并写明原因。"),
        )
    if not slot:
        return
    field = desk.form.by_id[slot]
    if field.slot is None:
        return
    held = sum(1 for one in desk.meeting.files if one.slot == slot)
    if field.slot.most is not None and held + len(names) > field.slot.most:
        raise Problem(
            _(
                "“{slot}”最多放 {most} 个文件，现在已有 {n} 个。",
                slot=field.shown(),
                most=field.slot.most,
                n=held,
            ),
            _("请先移走一些，或放到其他附件里。"),
        )
    wrong = next((name for name in names if field.slot.kinds and kind_of(name) not in field.slot.kinds), None)
    if wrong is not None:
        kinds = listed(kind.upper() for kind in field.slot.kinds)
        raise Problem(
            _("“{slot}”只能放 {kinds} 文件，“{name}”没有添加。", slot=field.shown(), kinds=kinds, name=wrong),
            _("请另存为其中一种格式，或放到其他附件里。"),
        )


def content_of(branch: Branch, file: str) -> bytes:
    """The content of an attached file by its uid. Raises Problem for a missing or damaged one."""
    with branch.read() as connection:
        row = questions.attachment_row(connection, file)
    if row is None:
        raise Problem(_("这个附件已经不在了。"), _("请重新打开会议再看一遍。"))
    return attachments.read_attachment(branch, row)


def remove_file(branch: Branch, uid: str, file: str, why: str = "") -> MeetingOutcome:
    """Put an attached file into the recycle bin. Raises Problem for a meeting that is final."""
    desk = put_on_desk(branch, uid)
    known = one_of(desk.meeting.files, file)
    with branch.change(_("删除附件 {name}", name=known.name)) as change:
        change.put_in_bin(attachment, [file], one_line(why), branch.person.name)
    return MeetingOutcome(change.result, uid)
