"""Questions about organisations, their versions, terms and posts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from branchdesk.domain.committee import Post
from branchdesk.domain.organisations import OrganisationKind, OrganisationTree, OrganisationVersion
from branchdesk.partial_dates import PartialDate
from branchdesk.storage.tables import committee_term, member_event, organisation, organisation_version, post


def versions(connection: Connection) -> list[tuple[str, OrganisationVersion]]:
    """Every version of every organisation, with the uid of its row."""
    rows = connection.execute(select(organisation_version).order_by(organisation_version.c.rid))
    return [(row.uid, _version(row)) for row in rows]


def _version(row: Any) -> OrganisationVersion:
    return OrganisationVersion(
        organisation=row.organisation_uid,
        parent=row.parent_uid,
        kind=OrganisationKind(row.kind),
        full_name=row.full_name,
        short_name=row.short_name,
        valid_from=date.fromisoformat(row.valid_from) if row.valid_from else None,
        valid_to=date.fromisoformat(row.valid_to) if row.valid_to else None,
        position=row.position,
    )


def tree(connection: Connection, day: date) -> OrganisationTree:
    """The organisations as they stood on `day`."""
    return OrganisationTree((version for _uid, version in versions(connection)), day)


def profile(connection: Connection, uid: str) -> Mapping[str, Any]:
    """The stored facts of one organisation."""
    query = select(organisation).where(organisation.c.uid == uid)
    return dict(connection.execute(query).mappings().one())


def posts(connection: Connection) -> list[tuple[str, Post]]:
    """Every post ever held, with the uid of its row, in the order of entering."""
    rows = connection.execute(select(post).order_by(post.c.rid)).mappings()
    return [(row["uid"], post_of(dict(row))) for row in rows]


def post_of(row: Mapping[str, Any]) -> Post:
    """The post that a row of `post` holds."""
    return Post(
        member=row["member_uid"],
        organisation=row["organisation_uid"],
        code=row["code"],
        since=PartialDate.read(row["since"]),
        until=PartialDate.read(row["until"]),
        entered=date.fromisoformat(row["entered_on"]),
        term=row["term_uid"],
    )


def members_ever_in(connection: Connection, uid: str) -> list[str]:
    """The uids of all who ever came into an organisation or group, as far as anybody entered it."""
    query = select(member_event.c.member_uid).where(
        or_(member_event.c.organisation_uid == uid, member_event.c.group_uid == uid)
    )
    return sorted(set(connection.scalars(query)))


def terms(connection: Connection, uid: str) -> list[Mapping[str, Any]]:
    """The terms of an organisation's committee, newest first."""
    query = (
        select(committee_term)
        .where(committee_term.c.organisation_uid == uid)
        .order_by(committee_term.c.elected_on.desc(), committee_term.c.rid.desc())
    )
    return [dict(row) for row in connection.execute(query).mappings()]
