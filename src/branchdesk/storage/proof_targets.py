"""What a piece of evidence is called, by the table and the uid it stands for."""

from __future__ import annotations

from sqlalchemy import Connection, select

from branchdesk.domain.inspections.model import Evidence
from branchdesk.storage.tables import attachment, issue, member, organisation_version, record

_BINNED = {
    record.name: (record, record.c.title, record.c.on_date),
    member.name: (member, member.c.name, None),
    attachment.name: (attachment, attachment.c.name, None),
    issue.name: (issue, issue.c.text, issue.c.found_on),
}
ORGANISATION = "organisation"


def evidence_of(connection: Connection, entity: str, uid: str) -> Evidence | None:
    """Something in the file as evidence; None where it is not there or lies in the recycle bin.

    Raises KeyError for a table whose rows are no evidence.
    """
    if entity == ORGANISATION:
        names = select(organisation_version.c.full_name).where(organisation_version.c.organisation_uid == uid)
        name = connection.scalar(names.order_by(organisation_version.c.rid.desc()).limit(1))
        return Evidence(name, entity, uid) if name else None
    table, title, day = _BINNED[entity]
    columns = [title] if day is None else [title, day]
    row = connection.execute(select(*columns).where(table.c.uid == uid, table.c.deleted_at.is_(None))).first()
    if row is None:
        return None
    return Evidence(row[0] or "", entity, uid, (row[1] or "") if day is not None else "")
