"""Saved views: columns, filters and order of a list under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage import views as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes
from branchdesk.storage.tables import saved_view


@dataclass(frozen=True)
class View:
    """How a list is shown."""

    name: str
    hidden: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = "entered"
    descending: bool = False


def views_of(branch: Branch, screen: str) -> list[View]:
    """The saved views of a screen, oldest first."""
    with branch.read() as connection:
        rows = questions.views(connection, screen)
    found = []
    for name, content in rows:
        raw = json.loads(content)
        found.append(View(**{**raw, "name": name, "hidden": tuple(raw["hidden"])}))
    return found


def save_view(branch: Branch, screen: str, view: View) -> Changes:
    """Keep a view; one of the same name is replaced. Raises Problem for an empty name."""
    name = view.name.strip()
    if not name:
        raise Problem(_("请给这个视图起个名字。"), _("比如“交党费用”。"))
    content = {key: value for key, value in asdict(view).items() if key != "name"}
    with branch.change(_("保存视图 {name}", name=name)) as change:
        known = questions.view_uid(change.connection, screen, name)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        if known is not None:
            change.update(saved_view, known, {"content": text})
        else:
            change.insert(saved_view, {"screen": screen, "name": name, "content": text})
    return change.result


def remove_view(branch: Branch, screen: str, name: str) -> Changes:
    """Forget a view."""
    with branch.change(_("删除视图 {name}", name=name)) as change:
        known = questions.view_uid(change.connection, screen, name)
        change.remove(saved_view, [known] if known is not None else [])
    return change.result
