"""Questions about points: the ledger of entries, rewards, and the ledger of exchanges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from branchdesk.domain.inspections.line_scores import shown
from branchdesk.domain.points.model import (
    EntrySource,
    EntryState,
    PointEntry,
    PointScheme,
    Redemption,
    Reward,
)
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.point_tables import point_entry, redemption, reward

Row = Mapping[str, Any]
_NO_LONGER_HERE = "name:"  # stands for the uid of somebody whose file is gone for good; the name follows


def person_key(uid: str | None, name: str) -> str:
    """Who a row is about: the uid of the member, or, once the file is gone for good, the name.

    Namesakes are kept apart as long as one of them has a file. Of those who are gone for good nothing but the
    name is left, so that two of one name share a line.
    """
    return uid or f"{_NO_LONGER_HERE}{name}"


def is_gone(person: str) -> bool:
    """Whether somebody's file is gone for good, so that only the name is known."""
    return person.startswith(_NO_LONGER_HERE)


def entry_of(row: Row) -> PointEntry:
    """The entry that a row of `point_entry` holds."""
    return PointEntry(
        uid=row["uid"],
        person=person_key(row["person_uid"], row["name"]),
        name=row["name"],
        rule=row["rule"],
        on=date.fromisoformat(row["on_date"]),
        quantity=Decimal(row["quantity"]),
        source=EntrySource(row["source"]),
        state=EntryState(row["state"]),
        reverses=row["reverses_uid"],
        entered_on=date.fromisoformat(row["entered_on"]),
        **{name: row[name] or "" for name in _TEXTS},
    )


_TEXTS = ("reason", "evidence_title", "evidence_entity", "evidence_uid", "applicant", "reviewer")


def row_of_entry(organisation: str, scheme: PointScheme, one: PointEntry) -> dict[str, Any]:
    """The row of `point_entry` that holds an entry made under a scheme."""
    entered = one.entered_on or one.on
    return {
        "uid": one.uid,
        "organisation_uid": organisation,
        "person_uid": None if is_gone(one.person) else one.person,
        "name": one.name,
        "kind": scheme.kind,
        "version": scheme.version,
        "rule": one.rule,
        "on_date": one.on.isoformat(),
        "year": one.on.year,
        "quantity": shown(one.quantity),
        "source": one.source.value,
        "state": one.state.value,
        "reverses_uid": one.reverses,
        "entered_on": entered.isoformat(),
        **{name: getattr(one, name) or None for name in _TEXTS},
    }


def redemption_of(row: Row) -> Redemption:
    """The exchange that a row of `redemption` holds."""
    return Redemption(
        uid=row["uid"],
        person=person_key(row["person_uid"], row["name"]),
        name=row["name"],
        reward=row["reward_uid"] or "",
        quantity=row["quantity"],
        points=Decimal(row["points"]),
        on=date.fromisoformat(row["on_date"]),
        signed=bool(row["signed"]),
        reverses=row["reverses_uid"],
        title=row["title"],
        unit=row["unit"],
        reason=row["reason"] or "",
    )


def row_of_redemption(organisation: str, one: Redemption, entered_on: date) -> dict[str, Any]:
    """The row of `redemption` that holds an exchange."""
    return {
        "uid": one.uid,
        "organisation_uid": organisation,
        "person_uid": None if is_gone(one.person) else one.person,
        "name": one.name,
        "reward_uid": one.reward or None,
        "title": one.title,
        "unit": one.unit,
        "quantity": one.quantity,
        "points": shown(one.points),
        "on_date": one.on.isoformat(),
        "year": one.on.year,
        "signed": int(one.signed),
        "reason": one.reason or None,
        "reverses_uid": one.reverses,
        "entered_on": entered_on.isoformat(),
    }


def reward_of(row: Row) -> Reward:
    """The reward that a row of `reward` holds."""
    return Reward(row["uid"], row["title"], row["unit"], Decimal(row["points"]), row["stock"])


# ---- the ledger


def entries_of_year(connection: Connection, organisation: str, year: int) -> list[PointEntry]:
    """The ledger of an organisation in a year, by day and then as it was entered."""
    query = (
        select(point_entry)
        .where(point_entry.c.organisation_uid == organisation, point_entry.c.year == year)
        .order_by(point_entry.c.on_date, point_entry.c.rid)
    )
    return [entry_of(dict(row)) for row in connection.execute(query).mappings()]


def entry_row(connection: Connection, uid: str) -> dict[str, Any]:
    """The row of an entry. Raises Problem where there is none."""
    row = connection.execute(select(point_entry).where(point_entry.c.uid == uid)).mappings().first()
    if row is None:
        raise Problem(_("这一笔积分已经不在了。"), _("请重新打开积分明细再看一遍。"))
    return dict(row)


def scheme_entered(connection: Connection, organisation: str, year: int) -> tuple[str, int] | None:
    """The kind and the highest version of the scheme that a year's entries were made under; None without any.

    Where entries were made under several kinds, the one of the last entry is meant.
    """
    own = (point_entry.c.organisation_uid == organisation, point_entry.c.year == year)
    kind = connection.scalar(
        select(point_entry.c.kind).where(*own).order_by(point_entry.c.rid.desc()).limit(1)
    )
    if kind is None:
        return None
    highest = select(func.max(point_entry.c.version)).where(*own, point_entry.c.kind == kind)
    return kind, connection.scalar(highest) or 1


def years_entered(connection: Connection, organisation: str) -> list[int]:
    """The years in which an organisation has entries or exchanges, the newest first."""
    years: set[int] = set()
    for table in (point_entry, redemption):
        query = select(table.c.year).where(table.c.organisation_uid == organisation).distinct()
        years.update(connection.scalars(query))
    return sorted(years, reverse=True)


# ---- rewards and exchanges


def rewards_of(connection: Connection, organisation: str) -> list[Reward]:
    """The rewards of an organisation in the order of entering, without those in the recycle bin."""
    query = (
        select(reward)
        .where(reward.c.organisation_uid == organisation, reward.c.deleted_at.is_(None))
        .order_by(reward.c.rid)
    )
    return [reward_of(dict(row)) for row in connection.execute(query).mappings()]


def reward_row(connection: Connection, uid: str) -> dict[str, Any]:
    """The row of a reward. Raises Problem for one in the recycle bin, and where there is none."""
    row = connection.execute(select(reward).where(reward.c.uid == uid)).mappings().first()
    if row is None:
        raise Problem(_("这个兑换物品已经不在了。"), _("请重新打开物品清单再看一遍。"))
    if row["deleted_at"] is not None:
        raise Problem(_("“{title}”已在回收站里。", title=row["title"]), _("请先从回收站恢复，再使用。"))
    return dict(row)


def redemptions_of(connection: Connection, organisation: str) -> list[Redemption]:
    """All exchanges of an organisation in any year, by day and then as they were entered.

    The stock of a reward is one for all years, so that those of other years are needed as well.
    """
    query = (
        select(redemption)
        .where(redemption.c.organisation_uid == organisation)
        .order_by(redemption.c.on_date, redemption.c.rid)
    )
    return [redemption_of(dict(row)) for row in connection.execute(query).mappings()]


def redemption_row(connection: Connection, uid: str) -> dict[str, Any]:
    """The row of an exchange. Raises Problem where there is none."""
    row = connection.execute(select(redemption).where(redemption.c.uid == uid)).mappings().first()
    if row is None:
        raise Problem(_("这一笔兑换已经不在了。"), _("请重新打开兑换台账再看一遍。"))
    return dict(row)


def entries_under(connection: Connection, kind: str, version: int) -> int:
    """How many entries were made under one version of a scheme."""
    query = select(func.count()).where(point_entry.c.kind == kind, point_entry.c.version == version)
    return connection.scalar(query) or 0
