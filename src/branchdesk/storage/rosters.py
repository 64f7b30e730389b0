"""Questions about the roster: which members, in which order, how many, and what they hold."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Select,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
)

from branchdesk.domain.filters import Filter, Kind, date_comparison, date_fragment
from branchdesk.domain.members import Standing, State, standing
from branchdesk.domain.name_search import fit
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Field
from branchdesk.storage import search
from branchdesk.storage.member_facts import event_of
from branchdesk.storage.tables import member, member_event, member_finding, roster_entry

ENTERED, PINYIN, STROKES, POSTS = "entered", "pinyin", "strokes", "posts"
_RARE = 5_000
_ENTRY_COLUMNS = {
    "category": roster_entry.c.category,
    "state": roster_entry.c.state,
    "organisation": roster_entry.c.organisation_uid,
    "group": roster_entry.c.group_uid,
    "admitted_on": roster_entry.c.admitted_on,
    "confirmed_on": roster_entry.c.confirmed_on,
    "arrived_on": roster_entry.c.arrived_on,
    "left_on": roster_entry.c.left_on,
    "posts": roster_entry.c.posts,
}


@dataclass(frozen=True)
class RosterQuery:
    """Which members to list and how.

    `places` are the uids of organisations and groups whose members count, None for all; `states` the
    standings; `filters` narrow by field; `sort` is a field id or one of the special orders.
    """

    places: frozenset[str] | None = None
    states: tuple[str, ...] = (State.ACTIVE,)
    filters: tuple[tuple[Field, Filter], ...] = ()
    only_findings: bool = False
    sort: str = ENTERED
    descending: bool = False
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RosterCounts:
    """How many members a query finds; `findings` of them have something to be mended."""

    total: int = 0
    full: int = 0
    probationary: int = 0
    women: int = 0
    minority: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One member of the roster: every value of the form, and which fields have findings."""

    rid: int
    uid: str
    values: Mapping[str, str | None]
    findings: tuple[tuple[str, str], ...] = ()


def column_of(field_id: str) -> ColumnElement[Any]:
    """The column that holds a field of the member's file."""
    found = _ENTRY_COLUMNS.get(field_id)
    return found if found is not None else member.c[field_id]


def _joined(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).join_from(roster_entry, member, member.c.rid == roster_entry.c.member_rid)


def _needs_member(query: RosterQuery) -> bool:
    # A name is sorted by its reading and found through the index, without its own column.
    fields = [
        field.id for field, wanted in query.filters if (field.id, wanted.kind) != ("name", Kind.CONTAINS)
    ]
    fields += [field for field, _value in query.extra]
    if query.sort not in {ENTERED, PINYIN, STROKES, POSTS, "name"}:
        fields.append(query.sort)
    return any(field not in _ENTRY_COLUMNS for field in fields)


def _conditions(
    connection: Connection, query: RosterQuery, around: Surroundings
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [roster_entry.c.state.in_(query.states)]
    if query.places is not None:
        places = sorted(query.places)
        conditions.append(
            or_(roster_entry.c.organisation_uid.in_(places), roster_entry.c.group_uid.in_(places))
        )
    conditions += [column_of(field) == value for field, value in query.extra]
    if query.only_findings:
        conditions.append(roster_entry.c.member_rid.in_(select(member_finding.c.member_rid)))
    conditions += [_filtered(connection, field, wanted, around) for field, wanted in query.filters]
    return conditions


def _filtered(
    connection: Connection, field: Field, wanted: Filter, around: Surroundings
) -> ColumnElement[bool]:
    """The condition that one filter of one column means."""
    column = column_of(field.id)
    match wanted.kind:
        case Kind.EMPTY:
            return or_(column.is_(None), column == "")
        case Kind.FILLED:
            return and_(column.is_not(None), column != "")
        case Kind.COMPARES:
            return _compared(field, column, wanted, around)
        case Kind.CONTAINS:
            return _containing(connection, field, wanted.text, around)


def _containing(
    connection: Connection, field: Field, typed: str, around: Surroundings
) -> ColumnElement[bool]:
    column = column_of(field.id)
    if field.id == "name":
        return _named(connection, typed)
    if field.dictionary:
        return _chosen(field, column, typed, around)
    match field.type.name:
        case "date":
            return column.icontains(date_fragment(typed), autoescape=True)
        case "money":
            yuan = case((_is_amount(column), func.printf("%.2f", _amount(column) / 100)), else_=column)
            return yuan.icontains(typed, autoescape=True)
        case "yes_no" | "phone" | "id_number":
            # What is typed above the column is read as in it: 是 is kept as 1, numbers without gaps.
            read = field.type.read(field, typed, around).value or typed
            return column.icontains(read, autoescape=True)
        case _:
            return column.icontains(typed, autoescape=True)


def _is_amount(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column.endswith("分")


def _amount(column: ColumnElement[Any]) -> ColumnElement[float]:
    return cast(func.replace(column, "分", ""), Float)


def _compared(
    field: Field, column: ColumnElement[Any], wanted: Filter, around: Surroundings
) -> ColumnElement[bool]:
    """Dates compare by time or age, numbers as numbers, amounts in yuan, anything else as text."""
    filled = and_(column.is_not(None), column != "")
    if field.type.name == "date":
        comparison = date_comparison(wanted, around.today)
        return and_(_is_date(column), _dated(column, *comparison)) if comparison else false()
    if field.type.name not in {"money", "number"}:
        return and_(filled, column.op(wanted.operator)(wanted.text))
    try:
        edge = float(wanted.text)
    except ValueError:
        return false()
    if field.type.name == "money":
        filled, edge = _is_amount(column), edge * 100
    return and_(filled, _amount(column).op(wanted.operator)(edge))


def _is_date(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a date was understood; what was not is kept as typed and compares with nothing."""
    digits = "[0-9]"
    year, rest = digits * 4, f"-{digits * 2}"
    return or_(*(column.op("GLOB")(shape) for shape in (year, year + rest, year + rest + rest)))


def _dated(column: ColumnElement[Any], operator: str, edge: str) -> ColumnElement[bool]:
    """A year or month equals every day in it."""
    return column.startswith(edge) if operator == "=" else column.op(operator)(edge)


def _chosen(
    field: Field, column: ColumnElement[Any], typed: str, around: Surroundings
) -> ColumnElement[bool]:
    """Words are compared with the dictionary's labels; a text that is no code is compared as it stands."""
    key = typed.casefold()
    entries = around.vocabulary[field.dictionary].entries
    codes = [
        entry.code for entry in entries if key in entry.label.casefold() or key in entry.label_en.casefold()
    ]
    as_it_stands = column.icontains(typed, autoescape=True)
    if field.type.name == "choices":
        spaced = literal(" ") + column + literal(" ")
        if any(key in entry.code for entry in entries):
            as_it_stands = false()
        return or_(as_it_stands, *(spaced.contains(f" {code} ") for code in codes))
    known = [entry.code for entry in entries]
    return or_(column.in_(codes), and_(column.not_in(known), as_it_stands))


def _named(connection: Connection, typed: str) -> ColumnElement[bool]:
    """Members whose name fits by characters, pinyin or initials; most of them the index knows by itself."""
    rid = roster_entry.c.member_rid
    sure, doubtful = search.name_questions(typed)
    candidates = connection.scalars(search.rids_found(doubtful)).all() if doubtful else ()
    close = [found for found, name in names_of(connection, candidates) if fit(typed, name) is not None]
    return or_(rid.in_(search.rids_found(sure)), rid.in_(close)) if sure else rid.in_(close)


def names_of(connection: Connection, rids: Sequence[int]) -> list[tuple[int, str]]:
    """Row numbers and names of members that are not in the recycle bin."""
    query = select(member.c.rid, member.c.name).where(member.c.deleted_at.is_(None))
    found = []
    for start in range(0, len(rids), 500):
        rows = connection.execute(query.where(member.c.rid.in_(rids[start : start + 500])))
        found += [(rid, name or "") for rid, name in rows]
    return found


def _ordered(statement: Select[Any], query: RosterQuery) -> Select[Any]:
    special = {
        ENTERED: (roster_entry.c.member_rid,),
        PINYIN: (roster_entry.c.pinyin, roster_entry.c.member_rid),
        STROKES: (roster_entry.c.strokes, roster_entry.c.member_rid),
        POSTS: (roster_entry.c.post_rank, roster_entry.c.strokes, roster_entry.c.member_rid),
        "name": (roster_entry.c.pinyin, roster_entry.c.member_rid),
    }
    columns: Sequence[ColumnElement[Any]]
    if query.sort in special:
        columns = special[query.sort]
        return statement.order_by(*(column.desc() if query.descending else column for column in columns))
    column = column_of(query.sort)
    empty_last = case((or_(column.is_(None), column == ""), 1), else_=0)
    first = column.desc() if query.descending else column
    return statement.order_by(empty_last, first, roster_entry.c.member_rid)


def roster_page(
    connection: Connection, query: RosterQuery, around: Surroundings, limit: int
) -> tuple[array[int], RosterCounts]:
    """The first row numbers that a query finds, and how many members there are of which sort."""
    conditions = _conditions(connection, query, around)
    counts = _counts(connection, query, conditions)
    if counts.total < _RARE and _needs_member(query):
        # To sort a few costs less than to look up everybody's wide row in the order of the list.
        few = _rids(connection, replace(query, sort=ENTERED), conditions, None)
        conditions = [roster_entry.c.member_rid.in_(few)]
    return _rids(connection, query, conditions, limit), counts


def roster_rids(
    connection: Connection, query: RosterQuery, around: Surroundings, limit: int | None = None
) -> array[int]:
    """The row numbers that a query finds, in its order; `limit` stops after a first page."""
    return _rids(connection, query, _conditions(connection, query, around), limit)


def roster_counts(connection: Connection, query: RosterQuery, around: Surroundings) -> RosterCounts:
    """How many members a query finds, and of which sort."""
    return _counts(connection, query, _conditions(connection, query, around))


def _rids(
    connection: Connection,
    query: RosterQuery,
    conditions: Sequence[ColumnElement[bool]],
    limit: int | None,
) -> array[int]:
    statement = (
        _joined(roster_entry.c.member_rid) if _needs_member(query) else select(roster_entry.c.member_rid)
    )
    return array("q", connection.scalars(_ordered(statement.where(*conditions), query).limit(limit)))


def _counts(
    connection: Connection, query: RosterQuery, conditions: Sequence[ColumnElement[bool]]
) -> RosterCounts:
    marked = roster_entry.c.member_rid.in_(select(member_finding.c.member_rid))
    columns = (
        roster_entry.c.category,
        roster_entry.c.sex,
        func.count(),
        func.sum(case((marked, 1), else_=0)),
    )
    statement = _joined(*columns) if _needs_member(query) else select(*columns)
    statement = statement.where(*conditions).group_by(roster_entry.c.category, roster_entry.c.sex)
    rows = connection.execute(statement).all()
    return RosterCounts(
        total=sum(count for _category, _sex, count, _marked in rows),
        full=sum(count for category, _sex, count, _marked in rows if category == "full"),
        probationary=sum(count for category, _sex, count, _marked in rows if category == "probationary"),
        women=sum(count for _category, sex, count, _marked in rows if sex == "2"),
        findings=sum(marked for _category, _sex, _count, marked in rows),
    )


def roster_rows(connection: Connection, rids: Sequence[int]) -> list[RosterRow]:
    """The rows with these numbers, in this order; a number that no longer exists is left out."""
    entry = [column.label(f"entry_{column.name}") for column in roster_entry.columns]
    found: dict[int, RosterRow] = {}
    for start in range(0, len(rids), 500):
        chunk = list(rids[start : start + 500])
        remarks = _findings_of(connection, chunk)
        rows = connection.execute(
            _joined(*member.columns, *entry).where(roster_entry.c.member_rid.in_(chunk))
        ).mappings()
        for row in rows:
            values = {column.name: row[column.name] for column in member.columns}
            values |= {field: row[f"entry_{column.name}"] for field, column in _ENTRY_COLUMNS.items()}
            found[row["rid"]] = RosterRow(row["rid"], row["uid"], values, tuple(remarks.get(row["rid"], ())))
    return [found[rid] for rid in rids if rid in found]


def _findings_of(connection: Connection, rids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    query = select(member_finding).where(member_finding.c.member_rid.in_(rids))
    for row in connection.execute(query):
        found[row.member_rid].append((row.field, row.code))
    return found


def rids_with_findings(connection: Connection, query: RosterQuery, around: Surroundings) -> set[int]:
    """The row numbers of the query that have something to be mended."""
    narrowed = RosterQuery(**{**query.__dict__, "only_findings": True})
    return set(roster_rids(connection, narrowed, around))


def place_counts(connection: Connection) -> list[tuple[str | None, str | None, str | None, int]]:
    """Organisation, group, state and number of members, for the tree."""
    entry = roster_entry.c
    query = select(entry.organisation_uid, entry.group_uid, entry.state, func.count()).group_by(
        entry.organisation_uid, entry.group_uid, entry.state
    )
    return [tuple(row) for row in connection.execute(query)]


def floating_count(connection: Connection, places: frozenset[str] | None, around: Surroundings) -> int:
    """How many active members are away from home."""
    query = RosterQuery(places=places, extra=(("floating", "1"),))
    return roster_counts(connection, query, around).total


def same_identity(connection: Connection, numbers: Iterable[str]) -> dict[str, list[tuple[int, str, str]]]:
    """For identity numbers that several members share: their row numbers, uids and names."""
    owners: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    wanted = [number for number in numbers if number]
    for start in range(0, len(wanted), 500):
        query = select(member.c.id_number, member.c.rid, member.c.uid, member.c.name).where(
            member.c.id_number.in_(wanted[start : start + 500]), member.c.deleted_at.is_(None)
        )
        for number, rid, uid, name in connection.execute(query):
            owners[number].append((rid, uid, name or ""))
    return {number: found for number, found in owners.items() if len(found) > 1}


def standings_on(connection: Connection, day: date) -> dict[int, Standing]:
    """Where every member stood on `day`, by row number; members in the recycle bin are left out."""
    events = defaultdict(list)
    query = (
        select(member_event, member.c.rid.label("member_rid"))
        .join(member, member.c.uid == member_event.c.member_uid)
        .where(member.c.deleted_at.is_(None))
    )
    for row in connection.execute(query).mappings():
        events[row["member_rid"]].append(event_of(dict(row)))
    return {rid: standing(found, day) for rid, found in events.items()}
