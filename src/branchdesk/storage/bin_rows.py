"""Questions about what lies in the recycle bin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, literal, select

from branchdesk.storage.changes import in_chunks
from branchdesk.storage.point_tables import redemption, reward
from branchdesk.storage.tables import (
    attachment,
    issue,
    member,
    record,
    sheet_template,
    template_cell,
    verification,
)


@dataclass(frozen=True, slots=True)
class DeletedRow:
    """One row in the bin; `deleted_at` is milliseconds since 1970, `size` bytes.

    `kind` and `version` are those of the form of a record, empty for everything else.
    """

    entity: str
    uid: str
    name: str
    deleted_at: int
    who: str
    why: str
    size: int
    kind: str = ""
    version: int = 0


def deleted_rows(connection: Connection) -> list[DeletedRow]:
    """Everything in the bin."""
    found = []
    nothing, no_form = literal(0), (literal(""), literal(0))
    for table, name, size, form in (
        (member, member.c.name, nothing, no_form),
        (record, record.c.title, nothing, (record.c.kind, record.c.version)),
        (issue, issue.c.text, nothing, no_form),
        (sheet_template, sheet_template.c.name, nothing, no_form),
        (reward, reward.c.title, nothing, no_form),
        (attachment, attachment.c.name, attachment.c.size, no_form),
    ):
        columns = (
            table.c.uid,
            name,
            table.c.deleted_at,
            table.c.deleted_by,
            table.c.deleted_why,
            size,
            *form,
        )
        for uid, called, at, who, why, *rest in connection.execute(
            select(*columns).where(table.c.deleted_at.is_not(None))
        ):
            found.append(DeletedRow(table.name, uid, called or "", at, who or "", why or "", *rest))
    return found


def belonging(connection: Connection, table: Table, members: Sequence[str]) -> list[str]:
    """The rows of a table that belong to members."""
    uids: list[str] = []
    for chunk in in_chunks(members):
        uids += connection.scalars(select(table.c.uid).where(table.c.member_uid.in_(chunk)))
    return uids


def attachments_of(connection: Connection, table: Table, rows: Sequence[str]) -> list[str]:
    """The attachments of rows of a table, those in the bin included."""
    uids: list[str] = []
    for chunk in in_chunks(rows):
        query = select(attachment.c.uid).where(
            attachment.c.entity == table.name, attachment.c.row_uid.in_(chunk)
        )
        uids += connection.scalars(query)
    return uids


def verifications_of(connection: Connection, issues: Sequence[str]) -> list[str]:
    """The verifications of problems."""
    return _pointing(connection, verification, verification.c.issue_uid, issues)


def cells_of(connection: Connection, templates: Sequence[str]) -> list[str]:
    """The cells of workbooks of the superior."""
    return _pointing(connection, template_cell, template_cell.c.template_uid, templates)


def exchanged_for(connection: Connection, rewards: Sequence[str]) -> list[str]:
    """The exchanges of points for rewards."""
    return _pointing(connection, redemption, redemption.c.reward_uid, rewards)


def answering_for_issues(connection: Connection, members: Sequence[str]) -> list[str]:
    """The problems for which one of these members is responsible."""
    return _pointing(connection, issue, issue.c.responsible_uid, members)


def verified_by(connection: Connection, members: Sequence[str]) -> list[str]:
    """The verifications that one of these members made."""
    return _pointing(connection, verification, verification.c.verifier_uid, members)


def _pointing(connection: Connection, table: Table, column: Column[Any], rows: Sequence[str]) -> list[str]:
    uids: list[str] = []
    for chunk in in_chunks(rows):
        uids += connection.scalars(select(table.c.uid).where(column.in_(chunk)))
    return uids
