"""What is missing or wrong in an entry of the ledger before it is written for good (domain 6.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from branchdesk.domain.names import same_name_key
from branchdesk.domain.points.ledger import reversals, state_label
from branchdesk.domain.points.model import EntrySource, EntryState, PointEntry, PointRule, PointScheme
from branchdesk.domain.points.totals import tally
from branchdesk.domain.points.wording import shown_points
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate


def entry_findings(
    scheme: PointScheme,
    entry: PointEntry,
    existing: Iterable[PointEntry],
    today: date,
    *,
    year: int | None = None,
) -> list[Finding]:
    """What is missing or wrong in an entry or a reversal, the gravest first.

    `existing` is the ledger, with or without the entry itself. `year` is the year that is being entered:
    another one is an error, and without it a year other than today's is a warning. The field of a finding
    is that of the entry.
    """
    others = [one for one in existing if one.uid != entry.uid]
    rule = scheme.rule(entry.rule)
    if entry.reverses is not None:
        found = [*_reversal(entry, others), *_day(entry, today, year)]
    elif not entry.person:
        found = [_error("no_person", _("请选择党员。"), "person")]
    elif rule is None:
        found = [_error("no_such_rule", _("现行积分办法里没有这一项，请重新选择。"), "rule")]
    else:
        found = [*_own(entry, rule), *_day(entry, today, year), *_among(scheme, entry, others)]
    return sorted(found, key=lambda one: -one.severity)


def decision_findings(entry: PointEntry, to: EntryState, reason: str = "") -> list[Finding]:
    """What stands against accepting or declining an entry: it was decided before, or nobody says why not."""
    if entry.state is not EntryState.PROPOSED:
        sentence = _("这一笔现在是“{state}”，不用再审核；需要改动请冲正。", state=state_label(entry.state))
        return [_error("already_decided", sentence)]
    if to is EntryState.PROPOSED:
        return [_error("no_decision", _("请选择通过或者不通过。"))]
    if to is EntryState.DECLINED and not reason.strip():
        return [_error("no_reason", _("请写明不通过的原因。"), "reason")]
    return []


def _day(entry: PointEntry, today: date, year: int | None) -> Iterator[Finding]:
    day = PartialDate.of(entry.on).shown()
    if year is not None and entry.on.year != year:
        sentence = _("日期 {day} 不在 {year} 年，请核对。", day=day, year=year)
        yield _error("other_year", sentence, "on")
    elif year is None and entry.on.year != today.year:
        sentence = _("日期 {day} 不在今年，这一笔记入 {year} 年。", day=day, year=entry.on.year)
        yield _warning("other_year", sentence, "on")
    if entry.on > today:
        yield _error("day_to_come", _("日期 {day} 还没有到，请核对。", day=day), "on")


def _own(entry: PointEntry, rule: PointRule) -> Iterator[Finding]:
    """What can be seen from the entry alone."""
    if not _is_positive(entry):
        sentence = _("数量必须大于 0；需要扣分请选择扣分的项目，记错了请冲正。")
        yield _error("quantity_not_positive", sentence, "quantity")
    if entry.source is EntrySource.CLAIMED and not rule.claim:
        sentence = _("“{rule}”不是可以认领的任务。", rule=rule.called)
        yield _error("not_claimable", sentence, "rule")
    if entry.state is EntryState.DECLINED:
        if not entry.reason.strip():
            yield _error("no_reason", _("请写明不通过的原因。"), "reason")
        return
    if rule.takes_off and not entry.reason.strip():
        yield _error("no_reason", _("扣分请写明原因。"), "reason")
    is_open_claim = entry.source is EntrySource.CLAIMED and entry.state is EntryState.PROPOSED
    if rule.evidence and not entry.has_evidence and not is_open_claim:
        sentence = _("“{rule}”需要佐证，还没有填写。", rule=rule.called)
        yield _warning("no_evidence", sentence, "evidence_title")
    if entry.state is EntryState.ACCEPTED:
        yield from _accepted(entry, rule)


def _is_positive(entry: PointEntry) -> bool:
    return entry.quantity.is_finite() and entry.quantity > 0


def _accepted(entry: PointEntry, rule: PointRule) -> Iterator[Finding]:
    is_own = same_name_key(entry.reviewer) == same_name_key(entry.name)
    if entry.source is EntrySource.CLAIMED and entry.name and is_own:
        sentence = _("{name}认领的任务由本人审核，应由其他人审核。", name=entry.name)
        yield _warning("own_reviewer", sentence, "reviewer")
    if rule.takes_off:
        sentence = _("扣分以后请告知{name}本人。", name=entry.name)
        yield Finding("tell_the_member", Severity.NOTE, sentence)


def _among(scheme: PointScheme, entry: PointEntry, others: Sequence[PointEntry]) -> Iterator[Finding]:
    """What can be seen only beside the other entries: the same again, and what the caps leave of it."""
    if entry.state is EntryState.DECLINED or not _is_positive(entry):
        return
    own = [one for one in others if one.person == entry.person]
    void = reversals(own)
    if any(_is_same(entry, one) for one in own if one.uid not in void):
        sentence = _(
            "{name}在 {day} 已经记过这一项，请核对是否重复。",
            name=entry.name,
            day=PartialDate.of(entry.on).shown(),
        )
        yield _warning("entered_before", sentence)
    if entry.source is EntrySource.CLAIMED and any(
        _is_open_claim(one) and one.rule == entry.rule for one in own
    ):
        sentence = _("{name}已经认领了这项任务，还没有审核。", name=entry.name)
        yield _warning("claimed_before", sentence, "rule")
    accepted = replace(entry, state=EntryState.ACCEPTED)
    for line in tally(scheme, [*own, accepted], entry.on.year).lines:
        if line.entry.uid == entry.uid and line.is_cut:
            sentence = (
                _("{note}，这一笔扣 {counted} 分。", note=line.note, counted=shown_points(-line.counted))
                if line.rule.takes_off
                else _("{note}，这一笔计 {counted} 分。", note=line.note, counted=shown_points(line.counted))
            )
            yield Finding("cut_by_cap", Severity.NOTE, sentence, "quantity")


def _is_open_claim(one: PointEntry) -> bool:
    return one.source is EntrySource.CLAIMED and one.state is EntryState.PROPOSED


def _is_same(entry: PointEntry, other: PointEntry) -> bool:
    """Whether two entries may be of one thing: rule and day alike, and not proven by different records."""
    return (
        other.reverses is None
        and other.state is not EntryState.DECLINED
        and (other.rule, other.on) == (entry.rule, entry.on)
        and (not other.evidence_uid or not entry.evidence_uid or other.evidence_uid == entry.evidence_uid)
    )


def _reversal(entry: PointEntry, others: Sequence[PointEntry]) -> Iterator[Finding]:
    if not entry.reason.strip():
        yield _error("no_reason", _("请写明冲正的原因。"), "reason")
    target = next((one for one in others if one.uid == entry.reverses), None)
    if target is None:
        yield _error("nothing_to_reverse", _("没有找到要冲正的那一笔。"))
        return
    if target.reverses is not None:
        yield _error("reversal_of_reversal", _("这一行本身就是冲正，不能再冲正；需要恢复请重新记一笔。"))
    elif target.state is not EntryState.ACCEPTED:
        sentence = _("这一笔现在是“{state}”，没有计分，不用冲正。", state=state_label(target.state))
        yield _error("not_counted", sentence)
    elif any(one.reverses == target.uid and one.state is not EntryState.DECLINED for one in others):
        yield _error("already_reversed", _("这一笔已经冲正过了。"))
    if (entry.person, entry.rule, entry.quantity) != (target.person, target.rule, target.quantity):
        yield _error("reversal_differs", _("冲正的党员、项目和数量应当与原来那一笔相同。"))
    if entry.on.year != target.on.year:
        sentence = _("冲正应当记在原来那一笔的年度，即 {year} 年。", year=target.on.year)
        yield _error("reversal_in_other_year", sentence, "on")


def _error(code: str, sentence: str, field: str = "") -> Finding:
    return Finding(code, Severity.ERROR, sentence, field)


def _warning(code: str, sentence: str, field: str = "") -> Finding:
    return Finding(code, Severity.WARN, sentence, field)
