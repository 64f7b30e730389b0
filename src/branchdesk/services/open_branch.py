"""What a window holds while a branch is open; the types that screens may name without knowing storage."""

from __future__ import annotations

from branchdesk.storage.branch import Branch, ChangeConflict
from branchdesk.storage.changes import NOTHING, Changes
from branchdesk.storage.keyring import ROLE_NAMES, Person, Role
from branchdesk.storage.restore import Restored

__all__ = ["NOTHING", "ROLE_NAMES", "Branch", "ChangeConflict", "Changes", "Person", "Restored", "Role"]
