"""Whether a branch file is whole: its pages, its structure, what its rows point to, and its attachments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, select

from branchdesk.storage.branch import Branch
from branchdesk.storage.tables import attachment, issue, member, record, sheet_template


@dataclass(frozen=True, slots=True)
class DatabaseReport:
    """What SQLite says of the database: its size in bytes, and how much is wrong.

    `damaged` are pages that were changed or cut since they were written, `faults` places where the structure
    contradicts itself, `dangling` rows that point to others that are not there. Where pages are damaged
    nothing else can be asked.
    """

    size: int
    damaged: int = 0
    faults: int = 0
    dangling: int = 0


def look_at_database(branch: Branch) -> DatabaseReport:
    """Try every page of the open file, its structure and its foreign keys; nothing is written.

    Raises Problem where the file cannot be read at all.
    """
    with branch.raw() as raw:
        # SQLCipher answers in text what SQLite answers as a number.
        size = int(raw.execute("PRAGMA page_count").fetchone()[0]) * int(
            raw.execute("PRAGMA page_size").fetchone()[0]
        )
        damaged = len(raw.execute("PRAGMA cipher_integrity_check").fetchall())
        if damaged:
            return DatabaseReport(size, damaged)
        faults = [text for (text,) in raw.execute("PRAGMA integrity_check") if text != "ok"]
        dangling = raw.execute("PRAGMA foreign_key_check").fetchall()
    return DatabaseReport(size, 0, len(faults), len(dangling))


def attachments_with_owners(connection: Connection) -> list[Mapping[str, Any]]:
    """Every attachment, those in the recycle bin included, with the name or title of what it belongs to."""
    of_member = and_(attachment.c.entity == member.name, member.c.uid == attachment.c.row_uid)
    of_record = and_(attachment.c.entity == record.name, record.c.uid == attachment.c.row_uid)
    of_issue = and_(attachment.c.entity == issue.name, issue.c.uid == attachment.c.row_uid)
    of_template = and_(
        attachment.c.entity == sheet_template.name, sheet_template.c.uid == attachment.c.row_uid
    )
    owner = func.coalesce(member.c.name, record.c.title, issue.c.text, sheet_template.c.name)
    query = (
        select(attachment, owner.label("owner"))
        .select_from(
            attachment.outerjoin(member, of_member)
            .outerjoin(record, of_record)
            .outerjoin(issue, of_issue)
            .outerjoin(sheet_template, of_template)
        )
        .order_by(attachment.c.rid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
