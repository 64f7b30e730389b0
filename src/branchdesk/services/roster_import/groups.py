"""Which Party group a text means: every branch has its own 第一党小组, and some are still to be founded."""

from __future__ import annotations

from branchdesk.domain.organisations import full_group_name
from branchdesk.forms.field_types import Surroundings
from branchdesk.services.member_edits import ReadField, read_field

_LONGEST = 12


class GroupFinder:
    """Finds groups of the branch that a person belongs to.

    `found_missing` says whether a group that the branch does not have will be founded.
    """

    def __init__(self, around: Surroundings, *, found_missing: bool) -> None:
        self._around = around
        self._found_missing = found_missing

    def placed(self, read: ReadField, text: str, home: str) -> tuple[ReadField, str]:
        """What `text` means for somebody in the branch `home`, and the name of a group that is to be founded.

        `read` is what it means as far as that can be told without a branch.
        """
        if not read.value:
            return read, ""
        read = read_field(read.field, text, self._around.of(home))
        if read.understood or not read.value or not self._found_missing:
            return read, ""
        name = "".join(read.value.split())
        if not name.endswith("组") or len(name) > _LONGEST:
            return read, ""
        return read, full_group_name(name)
