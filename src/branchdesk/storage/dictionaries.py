"""The words of a branch: shipped dictionaries, the branch's own entries, its organisations and groups."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, select

from branchdesk import clock
from branchdesk.domain.organisations import OrganisationKind, group_aliases
from branchdesk.forms.dictionaries import Dictionary, Entry, Vocabulary, shipped_dictionaries
from branchdesk.i18n import _
from branchdesk.storage.organisations import versions
from branchdesk.storage.tables import dictionary_entry

GROUP, ORGANISATION = "group", "organisation"


def vocabulary(connection: Connection, day: date | None = None) -> Vocabulary:
    """Every dictionary that fields of this file choose from.

    Organisations and groups have the names of `day`, by default today; those dissolved by then stand at the
    end and are marked, so that records which name them can still be read.
    """
    own: dict[str, list[Entry]] = defaultdict(list)
    for row in connection.execute(select(dictionary_entry).order_by(dictionary_entry.c.rid)):
        own[row.dictionary].append(Entry(row.code, row.label, row.label_en))
    shipped = {
        name: dictionary.extended(own[name]) if name in own else dictionary
        for name, dictionary in shipped_dictionaries().items()
    }
    groups, organisations = _of_the_tree(connection, day or clock.today())
    return {**shipped, GROUP: groups, ORGANISATION: organisations}


def _of_the_tree(connection: Connection, day: date) -> tuple[Dictionary, Dictionary]:
    held: list[tuple[bool, Entry]] = []
    gone: list[tuple[bool, Entry]] = []
    by_uid = defaultdict(list)
    for _row, version in sorted(versions(connection), key=lambda known: known[1].position):
        by_uid[version.organisation].append(version)
    for uid, known in by_uid.items():
        now = next((version for version in known if version.holds_on(day)), None)
        one = now or known[-1]
        is_group = one.kind is OrganisationKind.GROUP
        if now is None:
            gone.append((is_group, Entry(uid, _("{name}（已撤销）", name=one.name))))
        else:
            aliases = (one.full_name, *group_aliases(one.name)) if is_group else (one.full_name,)
            held.append((is_group, Entry(uid, one.name, aliases=aliases)))
    return (
        _dictionary(GROUP, _("党小组"), [entry for is_group, entry in (*held, *gone) if is_group]),
        _dictionary(ORGANISATION, _("党组织"), [entry for is_group, entry in (*held, *gone) if not is_group]),
    )


def _dictionary(name: str, title: str, entries: list[Entry]) -> Dictionary:
    return Dictionary(
        id=name, title=title, title_en=title, edition="", source="", open=False, entries=tuple(entries)
    )
