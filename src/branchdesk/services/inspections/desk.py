"""An inspection on the desk: what every edit of it needs, and what forbids an edit."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.domain.inspections.model import Indicator, Inspection, Scheme
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.services.inspections.schemes import scheme_of
from branchdesk.storage import records
from branchdesk.storage.branch import Branch
from branchdesk.storage.inspections import inspection_at_hand


@dataclass(frozen=True)
class Desk:
    """An inspection, the form in the version it is filled in, and how that form scores."""

    inspection: Inspection
    form: Form
    scheme: Scheme

    @property
    def called(self) -> str:
        """What labels of changes call the inspection."""
        return self.inspection.title

    def indicator(self, uid: str) -> Indicator:
        """A line of the form. Raises Problem for one that the form has not."""
        found = next((one for one in self.scheme.indicators if one.id == uid), None)
        if found is None:
            raise Problem(
                _("“{title}”没有这一项，没有保存。", title=self.called), _("请重新打开这份检查表再看一遍。")
            )
        return found


def look_at(branch: Branch, uid: str) -> Desk:
    """An inspection with its form.

    Raises Problem for one that lies in the recycle bin or is not there, or whose form cannot be read.
    """
    with branch.read() as connection:
        inspection = inspection_at_hand(connection, uid)
        form = records.form_at_hand(records.shelf_of(connection), inspection.kind, inspection.version)
    return Desk(inspection, form, scheme_of(form))


def put_on_desk(branch: Branch, uid: str) -> Desk:
    """An inspection that is to be changed. Raises Problem as `look_at` does, and for one that is signed."""
    desk = look_at(branch, uid)
    if desk.inspection.state.is_scored:
        raise Problem(
            _("“{title}”已反馈签字，分数不能修改。", title=desk.called),
            _("需要改动请先“重新打开”并写明原因；问题的整改可以继续填写。"),
        )
    return desk
