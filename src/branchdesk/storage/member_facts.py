"""Everything stored about members, loaded for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from branchdesk.domain.members import EventKind, MemberEvent, Standing, State, of_this_membership, standing
from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import Dictionary
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.storage.changes import in_chunks
from branchdesk.storage.organisations import post_of
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

    def standing_now(self, today: date) -> Standing:
        """Where the member stands today; dates that lie ahead are shown, and so is who is still to come.

        Who has not arrived yet would otherwise be in no list, though somebody has just typed the name; such a
        member counts neither as full nor as probationary, as on the roster of today.
        """
        now = self.standing(today)
        ahead = (row["on_date"] or row["entered_on"] for row in self.events)
        if all(on <= today.isoformat() for on in ahead):
            return now
        later = self.standing()
        here = now if now.organisation else later
        return replace(
            now,
            category=now.category if now.state else None,
            state=now.state or later.state,
            organisation=here.organisation,
            group=here.group,
            admitted_on=now.admitted_on or later.admitted_on,
            confirmed_on=now.confirmed_on or later.confirmed_on,
            arrived_on=now.arrived_on or later.arrived_on,
        )

    def last(self, kind: EventKind) -> Row | None:
        """The row of the last event of a kind; what an earlier membership knew of it is not meant."""
        if all(row["kind"] != kind for row in self.events):
            return None
        rows = {row["rid"]: row for row in self.events}
        own = of_this_membership(event_of(row) for row in rows.values())
        return next((rows[event.number] for event in reversed(own) if event.kind is kind), None)

    def posts_on(self, day: date) -> list[Row]:
        """The rows of the posts held on `day`, were the member there or not."""
        return [row for row in self.posts if post_of(row).holds_on(day)]

    def values(self, today: date, posts: Dictionary) -> dict[str, str | None]:
        """The member's file as the form sees it; what is not understood yet stands before what follows."""
        now = self.standing_now(today)
        # Who left or died holds no post any more, even where nobody has entered its end.
        codes = {row["code"] for row in self.posts_on(today)} if now.state is State.ACTIVE else set()
        return {
            **self.row,
            **standing_values(now),
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


def facts_at_hand(connection: Connection, uids: Iterable[str]) -> dict[str, MemberFacts]:
    """The facts of members that are about to be changed. Raises Problem where one is in the recycle bin."""
    wanted = list(uids)
    facts = load_facts(connection, wanted)
    missing = next((uid for uid in wanted if uid not in facts), None)
    if missing is None:
        return facts
    name = connection.scalar(select(member.c.name).where(member.c.uid == missing))
    if name is None:
        raise Problem(_("这名党员的档案已经不在名册里，没有修改。"), _("请重新打开名册再看一遍。"))
    raise Problem(_("{name} 已在回收站里，不能修改。", name=name), _("请先从回收站恢复，再修改。"))


def _by_member(connection: Connection, table: Table, uids: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    query = select(table).where(table.c.member_uid.in_(uids)).order_by(table.c.rid)
    for row in connection.execute(query).mappings():
        found[row["member_uid"]].append(dict(row))
    return found
