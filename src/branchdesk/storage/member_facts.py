"""Everything stored about members, loaded for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from branchdesk.domain.committee import Post
from branchdesk.domain.members import EventKind, MemberEvent, Standing, in_order, standing
from branchdesk.forms.dictionaries import Dictionary
from branchdesk.partial_dates import PartialDate
from branchdesk.storage.changes import in_chunks
from branchdesk.storage.tables import member, member_event, pending_value, post

Row = Mapping[str, Any]


def event_of(row: Row) -> MemberEvent:
    """The event that a row of `member_event` holds."""
    return MemberEvent(
        kind=EventKind(row["kind"]),
        on=PartialDate.read(row["on_date"]),
        entered=date.fromisoformat(row["entered_on"]),
        organisation=row["organisation_uid"],
        group=row["group_uid"],
        number=row["rid"],
    )


def post_of(row: Row) -> Post:
    """The post that a row of `post` holds."""
    return Post(
        member=row["member_uid"],
        organisation=row["organisation_uid"],
        code=row["code"],
        since=PartialDate.read(row["since"]),
        until=PartialDate.read(row["until"]),
    )


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """The rows that make up one member: the file itself, events, posts, and what is not understood yet."""

    row: Row
    events: Sequence[Row] = ()
    posts: Sequence[Row] = ()
    pending: Sequence[Row] = ()

    def standing(self, day: date | None = None) -> Standing:
        """Where the member stands on `day`, or at the end of all events."""
        return standing((event_of(row) for row in self.events), day)

    def last(self, kind: EventKind) -> Row | None:
        """The row of the last event of a kind."""
        rows = {row["rid"]: row for row in self.events if row["kind"] == kind}
        ordered = in_order(event_of(row) for row in rows.values())
        return rows[ordered[-1].number] if ordered else None

    def posts_on(self, day: date) -> list[Row]:
        """The rows of the posts held on `day`."""
        return [row for row in self.posts if post_of(row).holds_on(day)]

    def values(self, today: date, posts: Dictionary) -> dict[str, str | None]:
        """The member's file as the form sees it; what is not understood yet stands before what follows."""
        codes = {row["code"] for row in self.posts_on(today)}
        return {
            **self.row,
            **standing_values(self.standing()),
            "posts": " ".join(sorted(codes, key=posts.rank)) or None,
            **{row["field"]: row["text"] for row in self.pending},
        }


def standing_values(now: Standing) -> dict[str, str | None]:
    """A standing as values of the form."""
    return {
        "category": now.category,
        "state": now.state,
        "organisation": now.organisation,
        "group": now.group,
        "admitted_on": _written(now.admitted_on),
        "confirmed_on": _written(now.confirmed_on),
        "arrived_on": _written(now.arrived_on),
        "left_on": _written(now.left_on),
    }


def _written(day: PartialDate | None) -> str | None:
    return day.written() if day else None


def load_facts(connection: Connection, uids: Iterable[str]) -> dict[str, MemberFacts]:
    """The facts of members by uid; members in the recycle bin are left out."""
    facts: dict[str, MemberFacts] = {}
    for chunk in in_chunks(uids):
        query = select(member).where(member.c.uid.in_(chunk), member.c.deleted_at.is_(None))
        belonging = [_by_member(connection, table, chunk) for table in (member_event, post, pending_value)]
        for row in connection.execute(query).mappings():
            uid = row["uid"]
            facts[uid] = MemberFacts(dict(row), *(rows[uid] for rows in belonging))
    return facts


def _by_member(connection: Connection, table: Table, uids: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    query = select(table).where(table.c.member_uid.in_(uids)).order_by(table.c.rid)
    for row in connection.execute(query).mappings():
        found[row["member_uid"]].append(dict(row))
    return found
