"""The words of a branch: shipped dictionaries, the branch's own entries, its organisations and groups."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from branchdesk.domain.organisations import OrganisationKind, group_aliases
from branchdesk.forms.dictionaries import Dictionary, Entry, Vocabulary, shipped_dictionaries
from branchdesk.i18n import _
from branchdesk.storage.tables import dictionary_entry, organisation_version

GROUP, ORGANISATION = "group", "organisation"


def vocabulary(connection: Connection) -> Vocabulary:
    """Every dictionary that fields of this file choose from."""
    own: dict[str, list[Entry]] = defaultdict(list)
    for row in connection.execute(select(dictionary_entry).order_by(dictionary_entry.c.rid)):
        own[row.dictionary].append(Entry(row.code, row.label, row.label_en))
    shipped = {
        name: dictionary.extended(own[name]) if name in own else dictionary
        for name, dictionary in shipped_dictionaries().items()
    }
    groups, organisations = _of_the_tree(connection)
    return {**shipped, GROUP: groups, ORGANISATION: organisations}


def _of_the_tree(connection: Connection) -> tuple[Dictionary, Dictionary]:
    version = organisation_version.c
    query = (
        select(version.organisation_uid, version.kind, version.full_name, version.short_name)
        .where(version.valid_to.is_(None))
        .order_by(version.position, version.rid)
    )
    groups, organisations = [], []
    for uid, kind, full_name, short_name in connection.execute(query):
        name = short_name or full_name
        if kind == OrganisationKind.GROUP:
            groups.append(Entry(uid, name, aliases=(full_name, *group_aliases(name))))
        else:
            organisations.append(Entry(uid, name, aliases=(full_name,)))
    return (
        _dictionary(GROUP, _("党小组"), groups),
        _dictionary(ORGANISATION, _("党组织"), organisations),
    )


def _dictionary(name: str, title: str, entries: list[Entry]) -> Dictionary:
    return Dictionary(
        id=name, title=title, title_en=title, edition="", source="", open=False, entries=tuple(entries)
    )
