"""Questions about problems that were found, their rectification and their verifications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from branchdesk.domain.inspections.issues import Issue, IssueSource, Verification
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.changes import CHUNK, in_chunks
from branchdesk.storage.tables import attachment, issue, verification

Row = Mapping[str, Any]
RECTIFIED = "rectified"  # the role of files that prove a rectification
_TEXTS = tuple(
    one.name
    for one in fields(Issue)
    if one.name
    not in {
        *("uid", "organisation", "source", "found_in", "number", "year"),
        *("responsible_uid", "lost_points", "verifications"),
    }
)


def issue_of(row: Row, verifications: Sequence[Row] = ()) -> Issue:
    """The problem that a row of `issue` holds, with its verifications in their order."""
    return Issue(
        uid=row["uid"],
        organisation=row["organisation_uid"],
        source=IssueSource(row["source"]),
        found_in=row["found_in_uid"],
        number=row["number"],
        year=row["year"],
        responsible_uid=row["responsible_uid"],
        lost_points=Decimal(row["lost_points"]) if row["lost_points"] else None,
        verifications=tuple(map(verification_of, verifications)),
        **{name: row[name] or "" for name in _TEXTS},
    )


def verification_of(row: Row) -> Verification:
    """The verification that a row of `verification` holds."""
    return Verification(
        uid=row["uid"],
        verifier=row["verifier"],
        on=row["on_date"],
        passed=bool(row["passed"]),
        verifier_uid=row["verifier_uid"],
        opinion=row["opinion"] or "",
        number=row["number"],
        year=row["year"],
    )


@dataclass(frozen=True)
class IssueFilter:
    """Which problems a list wants; empty fields leave everything in.

    `places` are uids of organisations, `found_in` one inspection or spot check, `year` the year it
    is counted in, `responsible` a uid or a name; each of the `words` must be said somewhere.
    """

    places: frozenset[str] | None = None
    year: int | None = None
    source: str = ""
    found_in: str = ""
    responsible: str = ""
    words: Sequence[str] = ()


def find_issues(connection: Connection, wanted: IssueFilter | None = None) -> list[Issue]:
    """The problems that a list wants, whole, in the order in which they were found."""
    query = select(issue).where(issue.c.deleted_at.is_(None)).order_by(issue.c.found_on, issue.c.rid)
    return _whole(connection, _narrowed(query, wanted or IssueFilter()))


def issues_of(connection: Connection, uids: Iterable[str]) -> list[Issue]:
    """Problems by uid, whole, without those in the recycle bin."""
    found: list[Issue] = []
    for chunk in in_chunks(uids):
        alive = select(issue).where(issue.c.uid.in_(chunk), issue.c.deleted_at.is_(None))
        found += _whole(connection, alive.order_by(issue.c.rid))
    return found


def issues_found_in(connection: Connection, records: Iterable[str]) -> list[Issue]:
    """The problems that were found in these inspections or spot checks, whole, without the recycle bin."""
    found: list[Issue] = []
    for chunk in in_chunks(records):
        alive = select(issue).where(issue.c.found_in_uid.in_(chunk), issue.c.deleted_at.is_(None))
        found += _whole(connection, alive)
    return found


def issue_row(connection: Connection, uid: str) -> dict[str, Any] | None:
    """The row of a problem, one in the recycle bin as well; None where there is none."""
    row = connection.execute(select(issue).where(issue.c.uid == uid)).mappings().first()
    return dict(row) if row else None


def issues_numbered(connection: Connection, rids: Sequence[int]) -> list[Issue]:
    """Problems by their row numbers, whole, without those in the recycle bin."""
    found: list[Issue] = []
    for start in range(0, len(rids), CHUNK):
        chunk = rids[start : start + CHUNK]
        found += _whole(connection, select(issue).where(issue.c.rid.in_(chunk), issue.c.deleted_at.is_(None)))
    return found


def issue_at_hand(connection: Connection, uid: str) -> Issue:
    """A problem whole. Raises Problem for one in the recycle bin, and where there is none."""
    row = issue_row(connection, uid)
    if row is None:
        raise Problem(_("这个问题已经不在了。"), _("请重新打开问题台账再看一遍。"))
    if row["deleted_at"] is not None:
        raise Problem(_("“{title}”已在回收站里。", title=row["text"]), _("请先从回收站恢复，再打开。"))
    return issues_of(connection, [uid])[0]


def _narrowed(query: Select[Any], wanted: IssueFilter) -> Select[Any]:
    if wanted.places is not None:
        query = query.where(issue.c.organisation_uid.in_(wanted.places))
    if wanted.year is not None:
        query = query.where(issue.c.year == wanted.year)
    if wanted.source:
        query = query.where(issue.c.source == wanted.source)
    if wanted.found_in:
        query = query.where(issue.c.found_in_uid == wanted.found_in)
    if wanted.responsible:
        named = (issue.c.responsible_uid, issue.c.responsible)
        query = query.where(or_(*(column == wanted.responsible for column in named)))
    for word in wanted.words:
        columns = (issue.c.text, issue.c.basis, issue.c.responsible, issue.c.assistant, issue.c.measures)
        more = (issue.c.progress, issue.c.result)
        query = query.where(or_(*(one.icontains(word, autoescape=True) for one in (*columns, *more))))
    return query


def _whole(connection: Connection, query: Select[Any]) -> list[Issue]:
    rows = [dict(row) for row in connection.execute(query).mappings()]
    told: dict[str, list[Row]] = defaultdict(list)
    for chunk in in_chunks(row["uid"] for row in rows):
        verified = (
            select(verification).where(verification.c.issue_uid.in_(chunk)).order_by(verification.c.rid)
        )
        for row in connection.execute(verified).mappings():
            told[row["issue_uid"]].append(dict(row))
    return [issue_of(row, told[row["uid"]]) for row in rows]


def files_of_issues(connection: Connection, issues: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of files attached to problems, oldest first, without those in the recycle bin."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for chunk in in_chunks(issues):
        query = (
            select(attachment)
            .where(
                attachment.c.entity == issue.name,
                attachment.c.row_uid.in_(chunk),
                attachment.c.deleted_at.is_(None),
            )
            .order_by(attachment.c.rid)
        )
        for row in connection.execute(query).mappings():
            found[row["row_uid"]].append(dict(row))
    return found


def found_in_any(connection: Connection, records: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of the problems that were found in these inspections or spot checks, the bin included."""
    found: list[dict[str, Any]] = []
    for chunk in in_chunks(records):
        query = select(issue).where(issue.c.found_in_uid.in_(chunk)).order_by(issue.c.rid)
        found += [dict(row) for row in connection.execute(query).mappings()]
    return found
