"""Finds by name what a command names: members, organisations and groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from branchdesk.domain.names import same_name_key
from branchdesk.domain.organisations import OrganisationTree, OrganisationVersion, group_aliases
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n, listed
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import organisation_tree
from branchdesk.services.search import FoundMember, find_people

_MOST_FOUND = 200
_MOST_PROPOSED = 5
_BELOW = "/"


def members_named(branch: Branch, name: str) -> list[FoundMember]:
    """Everybody of exactly that name; gaps and kinds of dots make no difference.

    Raises Problem where there is nobody, with names that are close.
    """
    found = find_people(branch, name, _MOST_FOUND)
    same = [one for one in found if same_name_key(one.name) == same_name_key(name)]
    if same:
        return same
    close = listed(list(dict.fromkeys(one.name for one in found))[:_MOST_PROPOSED])
    raise Problem(
        _("名册里没有“{name}”。", name=name),
        _("相近的有：{names}。", names=close) if close else _("请核对姓名；也可能已经删除，在回收站里。"),
    )


def place_named(branch: Branch, typed: str, day: date) -> str | None:
    """The uid of the organisation or group of that name on `day`; None where none was named.

    `typed` may name the organisation above before a slash. Raises Problem for no place or several ones.
    """
    tree = organisation_tree(branch, day)
    return _only_one(tree, list(tree.walk()), typed) if typed else None


def home_named(branch: Branch, typed: str, day: date) -> str | None:
    """Like `place_named`, of the organisations that members can belong to."""
    tree = organisation_tree(branch, day)
    homes = [version for version in tree.walk() if version.kind.holds_members]
    return _only_one(tree, homes, typed) if typed else None


def _only_one(tree: OrganisationTree, places: Sequence[OrganisationVersion], typed: str) -> str:
    """The one of the places that is called so."""
    wanted = [same_name_key(part) for part in typed.split(_BELOW)]
    found = [place for place in places if _is_called(tree, place, wanted)]
    if len(found) == 1:
        return found[0].organisation
    if found:
        names = listed(_with_parent(tree, place) for place in found)
        raise Problem(
            _n("有 {n} 个地方叫“{name}”。", len(found), name=typed),
            _("请写成其中一个：{names}。", names=names),
        )
    names = listed(place.name for place in places)
    raise Problem(_("没有叫“{name}”的支部或党小组。", name=typed), _("现有：{names}。", names=names))


def _is_called(tree: OrganisationTree, place: OrganisationVersion, wanted: Sequence[str]) -> bool:
    """Whether a place has the last of the wanted names, and what stands above it those before."""
    names = (place.full_name, place.short_name, *group_aliases(place.full_name))
    *above, own = wanted
    if own not in {same_name_key(name) for name in names}:
        return False
    parent = tree.get(place.parent)
    return not above or (parent is not None and _is_called(tree, parent, above))


def _with_parent(tree: OrganisationTree, place: OrganisationVersion) -> str:
    parent = tree.get(place.parent)
    return f"{parent.name}{_BELOW}{place.name}" if parent else place.name
