"""A branch file with several branches in it, for commands that name a place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from branchdesk.domain.organisations import OrganisationKind
from branchdesk.services import branches, organisations
from branchdesk.services.branches import Founding
from branchdesk.services.open_branch import Branch
from support.branches import CLERK, FIRST_GROUP, PASSWORD


@dataclass(frozen=True)
class Committee:
    """The open file of a committee, and the uids of what lies below it."""

    branch: Branch
    west: str
    east: str
    east_group: str


def founded_committee(folder: Path) -> Committee:
    """A committee with the branches 河西 and 河东, each with a group of the same name."""
    founding = Founding("中共青石镇委员会", "青石镇党委", kind=OrganisationKind.COMMITTEE.value)
    branch, _card = branches.found_branch(folder, founding, CLERK, PASSWORD)
    root = organisations.root_of(branch)
    kind, group = OrganisationKind.BRANCH, OrganisationKind.GROUP
    west, _changes = organisations.add_organisation(branch, root, kind, "中共河西村支部", "河西")
    east, _changes = organisations.add_organisation(branch, root, kind, "中共河东村支部", "河东")
    organisations.add_organisation(branch, west, group, FIRST_GROUP)
    east_group, _changes = organisations.add_organisation(branch, east, group, FIRST_GROUP)
    return Committee(branch, west, east, east_group)
