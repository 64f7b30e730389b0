"""How a ledger is read that nothing is ever deleted from: which rows are void, and who made them so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from branchdesk.domain.inspections.line_scores import shown
from branchdesk.domain.points.model import EntrySource, EntryState, PointEntry, PointScheme, Redemption
from branchdesk.i18n import _, later

SOURCE_LABELS: Mapping[EntrySource, str] = {
    EntrySource.TYPED: later("手工"),
    EntrySource.AUTOMATIC: later("自动"),
    EntrySource.CLAIMED: later("认领"),
}
STATE_LABELS: Mapping[EntryState, str] = {
    EntryState.PROPOSED: later("待审核"),
    EntryState.ACCEPTED: later("已记分"),
    EntryState.DECLINED: later("未通过"),
}


def source_label(source: EntrySource) -> str:
    """Where an entry comes from, in the language in use."""
    return _(SOURCE_LABELS[source])


def state_label(state: EntryState) -> str:
    """The name of the state of an entry in the language in use."""
    return _(STATE_LABELS[state])


def reversals(entries: Iterable[PointEntry]) -> dict[str, PointEntry]:
    """The accepted row that makes an entry void, by the uid of the void entry.

    A reversal holds whatever its day is: what was wrong has never counted. Of several the first in time is
    named; one that reverses a reversal changes nothing.
    """
    rows = sorted(entries, key=lambda one: (one.on, one.uid), reverse=True)
    return {
        one.reverses: one for one in rows if one.reverses is not None and one.state is EntryState.ACCEPTED
    }


def reversal_of(
    entry: PointEntry,
    uid: str,
    reason: str,
    today: date,
    *,
    reviewer: str = "",
    source: EntrySource = EntrySource.TYPED,
) -> PointEntry:
    """The row that makes `entry` void: of the same day, so that both stand in the same year and month."""
    return replace(
        entry,
        uid=uid,
        source=source,
        state=EntryState.ACCEPTED,
        reason=reason.strip(),
        evidence_title="",
        evidence_entity="",
        evidence_uid="",
        applicant="",
        reviewer=reviewer,
        reverses=entry.uid,
        entered_on=today,
    )


def standing_redemptions(redemptions: Iterable[Redemption]) -> list[Redemption]:
    """The exchanges that hold: neither reversed nor themselves reversals."""
    rows = list(redemptions)
    void = {one.reverses for one in rows}
    return [one for one in rows if one.reverses is None and one.uid not in void]


def input_hash(scheme: PointScheme, entries: Iterable[PointEntry]) -> str:
    """The SHA-256 of everything that decides over totals, in 64 hexadecimal digits.

    The same for ever, in whatever order entries, rules and buckets are given, and whether 2 or 2.0 is
    written; titles, names and reasons do not matter.
    """
    content = {
        "scheme": _scheme_content(scheme),
        "entries": sorted(_entry_content(one) for one in entries),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _scheme_content(scheme: PointScheme) -> dict[str, Any]:
    buckets = {
        one.id: [_written(one.begin), _written(one.cap), one.may_be_negative] for one in scheme.buckets
    }
    rules = {
        one.id: [
            one.bucket,
            *map(_written, (one.points, one.cap_once, one.cap_month, one.cap_quarter, one.cap_year)),
        ]
        for one in scheme.rules
    }
    return {
        "kind": scheme.kind,
        "version": scheme.version,
        "buckets": buckets,
        "rules": rules,
        "redeem": sorted(scheme.redeem),
    }


def _entry_content(entry: PointEntry) -> list[str]:
    return [
        entry.uid,
        entry.person,
        entry.rule,
        entry.on.isoformat(),
        _written(entry.quantity),
        entry.state.value,
        entry.reverses or "",
    ]


def _written(points: Decimal | None) -> str:
    """A number in the one way in which it is written; nothing for no number, which is not 0."""
    return shown(points)
