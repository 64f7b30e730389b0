"""What the records propose: entries for meetings and study, and what to reverse (domain 6.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from branchdesk.domain.points.ledger import reversals
from branchdesk.domain.points.model import EntrySource, EntryState, PointEntry, PointRule, PointScheme
from branchdesk.i18n import _

_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class FactHit:
    """One thing in the records that a fact rests on: so much of it on one day; `entity` and `uid` open it."""

    on: date
    quantity: Decimal
    title: str
    entity: str
    uid: str


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """An entry that the records propose for one person."""

    person: str
    rule: PointRule
    hit: FactHit

    def entry(self, uid: str, name: str, entered_on: date, *, reviewer: str = "") -> PointEntry:
        """The row of the ledger; where points are taken off, the record itself is the reason."""
        reason = _("按记录自动扣分：{title}", title=self.hit.title) if self.rule.takes_off else ""
        return PointEntry(
            uid=uid,
            person=self.person,
            name=name,
            rule=self.rule.id,
            on=self.hit.on,
            quantity=self.hit.quantity,
            source=EntrySource.AUTOMATIC,
            state=EntryState.ACCEPTED,
            reason=reason,
            evidence_title=self.hit.title,
            evidence_entity=self.hit.entity,
            evidence_uid=self.hit.uid,
            reviewer=reviewer,
            entered_on=entered_on,
        )


@dataclass(frozen=True, slots=True)
class ProposedReversal:
    """An automatic entry that the records no longer bear out, with the reason to write down."""

    entry: PointEntry
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the records propose beyond the ledger, in the order of days."""

    new: tuple[ProposedEntry, ...]
    to_reverse: tuple[ProposedReversal, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the ledger and the records agree."""
        return not self.new and not self.to_reverse


def proposed_entries(
    scheme: PointScheme,
    answers: Mapping[str, Mapping[str, Sequence[FactHit]]],
    existing: Iterable[PointEntry],
    *,
    first: date | None = None,
    last: date | None = None,
) -> Proposal:
    """What the answers of the records (by person and fact) ask to enter and to reverse.

    An empty sequence says that there is nothing, so that automatic entries are reversed; a person or a fact
    that is not there was not asked and is left alone. `first` and `last` are the days that were asked about:
    hits outside are passed over. `existing` should be the ledger of the whole year, also when one month is
    asked about, so that a meeting is found again that moved to another month. What somebody typed for the
    same record is not entered twice, and what somebody reversed or declined comes back only when the
    records change. Once everything proposed is entered, nothing is proposed.
    """
    rows = sorted(existing, key=lambda one: (one.on, one.uid))
    wanted = _wanted(scheme, answers, first, last)
    known: defaultdict[_Key, list[PointEntry]] = defaultdict(list)
    for row in rows:
        if row.reverses is None:
            known[_key_of(row)].append(row)
    void = reversals(rows)
    places = {one.id: place for place, one in enumerate(scheme.rules)}
    new = [
        one
        for key, one in wanted.items()
        if not any(_stands(row, one.hit, void.get(row.uid)) for row in known[key])
    ]
    new.sort(key=lambda one: (one.hit.on, one.person, places[one.rule.id], one.hit.entity, one.hit.uid))
    facts = {one.id: one.fact for one in scheme.rules if one.fact}
    asked = [
        row
        for row in rows
        if _is_automatic(row)
        and row.uid not in void
        and row.rule in facts
        and facts[row.rule] in answers.get(row.person, {})
    ]
    return Proposal(tuple(new), tuple(_to_reverse(asked, wanted, first, last)))


def _to_reverse(
    rows: Iterable[PointEntry],
    wanted: Mapping[_Key, ProposedEntry],
    first: date | None,
    last: date | None,
) -> Iterator[ProposedReversal]:
    """Automatic entries that the records do not bear out, and the later of two alike, as a merge leaves."""
    seen = set()
    for row in rows:
        key = _key_of(row)
        found = wanted.get(key)
        if found is None:
            if _is_between(row.on, first, last):
                yield ProposedReversal(row, _("记录里已经没有这一项"))
        elif not _same_figures(row, found.hit):
            yield ProposedReversal(row, _("记录的日期或数量已经改动"))
        elif key in seen:
            yield ProposedReversal(row, _("同一项重复记分"))
        else:
            seen.add(key)


def _wanted(
    scheme: PointScheme,
    answers: Mapping[str, Mapping[str, Sequence[FactHit]]],
    first: date | None,
    last: date | None,
) -> dict[_Key, ProposedEntry]:
    """What the records bear out; of several hits of one record the largest counts, of equals the earliest."""
    wanted: dict[_Key, ProposedEntry] = {}
    for person, facts in answers.items():
        for rule in scheme.rules:
            for hit in sorted(facts.get(rule.fact, ()), key=lambda one: (-one.quantity, one.on, one.title)):
                if hit.quantity > 0 and _is_between(hit.on, first, last):
                    key = _key(person, rule.id, hit.on, hit.entity, hit.uid)
                    wanted.setdefault(key, ProposedEntry(person, rule, hit))
    return wanted


def _key(person: str, rule: str, on: date, entity: str, uid: str) -> _Key:
    """What tells one proposed entry from another: the record it rests on, or its day where there is none."""
    return person, rule, entity, uid or on.isoformat()


def _key_of(row: PointEntry) -> _Key:
    return _key(row.person, row.rule, row.on, row.evidence_entity, row.evidence_uid)


def _is_between(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or day >= first) and (last is None or day <= last)


def _is_automatic(row: PointEntry) -> bool:
    """Whether an entry was drawn from the records and counts unless it is reversed."""
    return row.reverses is None and row.source is EntrySource.AUTOMATIC and row.state is EntryState.ACCEPTED


def _same_figures(row: PointEntry, hit: FactHit) -> bool:
    return (row.on, row.quantity) == (hit.on, hit.quantity)


def _stands(row: PointEntry, hit: FactHit, undone: PointEntry | None) -> bool:
    """Whether an entry of the same record leaves nothing to propose."""
    if row.source is not EntrySource.AUTOMATIC:
        return undone is None and row.state is not EntryState.DECLINED
    by_hand = undone is None or undone.source is not EntrySource.AUTOMATIC
    return by_hand and _same_figures(row, hit)
