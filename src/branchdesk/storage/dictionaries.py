"""The words of a branch: shipped dictionaries, the branch's own entries, its organisations and groups."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, func, select

from branchdesk import clock
from branchdesk.domain.organisations import OrganisationKind, group_aliases
from branchdesk.forms.dictionaries import Dictionary, Entry, Vocabulary, shipped_dictionaries
from branchdesk.forms.language import shipped_form
from branchdesk.i18n import _
from branchdesk.storage.organisations import versions
from branchdesk.storage.tables import dictionary_entry, member, member_event, organisation, post, record_value

GROUP, ORGANISATION = "group", "organisation"
POST, ENDING = "post", "ending"


def vocabulary(connection: Connection, day: date | None = None) -> Vocabulary:
    """Every dictionary that fields of this file choose from.

    Organisations and groups have the names of `day`, by default today; those dissolved by then stand at the
    end and are marked, so that records which name them can still be read. A group is at home in its branch.
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


def uses_of(connection: Connection, dictionary: str, code: str) -> int:
    """How often a word is used, in records in the recycle bin as well."""
    columns = [
        table.c[field.id]
        for table, kind in ((member, "member.file"), (organisation, "organisation.profile"))
        for field in shipped_form(kind).stored
        if field.dictionary == dictionary
    ]
    columns += {POST: [post.c.code], ENDING: [member_event.c.ending]}.get(dictionary, [])
    queries = [select(func.count()).where(column == code).scalar_subquery() for column in columns]
    # Several words of one field stand with gaps between them; own codes are found in nothing else.
    filled = select(func.count()).where(record_value.c.value.contains(code, autoescape=True))
    return sum(connection.execute(select(*queries, filled.scalar_subquery())).one())


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
        home = (one.parent or "") if is_group else ""
        if now is None:
            gone.append((is_group, Entry(uid, _("{name}（已撤销）", name=one.name), home=home)))
        else:
            aliases = (one.full_name, *group_aliases(one.name)) if is_group else (one.full_name,)
            held.append((is_group, Entry(uid, one.name, aliases=aliases, home=home)))
    return (
        _dictionary(GROUP, _("党小组"), [entry for is_group, entry in (*held, *gone) if is_group]),
        _dictionary(ORGANISATION, _("党组织"), [entry for is_group, entry in (*held, *gone) if not is_group]),
    )


def _dictionary(name: str, title: str, entries: list[Entry]) -> Dictionary:
    return Dictionary(
        id=name, title=title, title_en=title, edition="", source="", open=False, entries=tuple(entries)
    )
