"""How a total came about, line by line, so that a member can count it again on one page (domain 6.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from branchdesk.domain.points.counting import CountedLine
from branchdesk.domain.points.model import PointEntry
from branchdesk.domain.points.totals import BucketTotal, LeftOut, Tally, WhyLeftOut
from branchdesk.domain.points.wording import shown_points
from branchdesk.i18n import _, joined, later
from branchdesk.partial_dates import PartialDate

_LEFT_OUT: Mapping[WhyLeftOut, str] = {
    WhyLeftOut.PROPOSED: later("{day}“{rule}”：还没有审核，不计分。"),
    WhyLeftOut.DECLINED: later("{day}“{rule}”：审核没有通过，不计分。"),
    WhyLeftOut.REVERSED: later("{day}“{rule}”：已经冲正，不计分。"),
    WhyLeftOut.UNKNOWN_RULE: later("{day}“{rule}”：现行办法没有这一项，不计分。"),
}


def explain(tally: Tally) -> list[str]:
    """Each bucket with its lines and its sum, then what was left out, then the total.

    Reversals are not named themselves; the entries that they make void are.
    """
    return list(_sentences(tally))


def _sentences(tally: Tally) -> Iterator[str]:
    for bucket in tally.buckets:
        yield from (explain_line(one) for one in tally.lines if one.bucket.id == bucket.bucket.id)
        yield explain_bucket(bucket)
    yield from (explain_left_out(one, tally) for one in tally.left_out if one.why is not WhyLeftOut.REVERSAL)
    yield explain_total(tally)


def explain_line(line: CountedLine) -> str:
    """How an entry came to its points: quantity, points of the rule, the cap that cut it, reason, proof."""
    return joined(_counted(line), _because(line.entry.reason), _proven(line.entry))


def _counted(line: CountedLine) -> str:
    places = {
        "day": _day(line.entry),
        "rule": line.rule.called,
        "quantity": shown_points(line.entry.quantity),
        "unit": line.rule.unit,
        "points": shown_points(abs(line.rule.points)),
        "raw": shown_points(abs(line.raw)),
        "counted": shown_points(abs(line.counted)),
        "note": line.note,
    }
    if line.rule.takes_off:
        if line.is_cut:
            return _(
                "{day}“{rule}”：{quantity} {unit}，每{unit}扣 {points} 分，"
                "应扣 {raw} 分；{note}，扣 {counted} 分。",
                **places,
            )
        return _("{day}“{rule}”：{quantity} {unit}，每{unit}扣 {points} 分，扣 {counted} 分。", **places)
    if line.is_cut:
        return _(
            "{day}“{rule}”：{quantity} {unit}，每{unit} {points} 分，"
            "应得 {raw} 分；{note}，计 {counted} 分。",
            **places,
        )
    return _("{day}“{rule}”：{quantity} {unit}，每{unit} {points} 分，计 {counted} 分。", **places)


def _because(reason: str) -> str:
    said = reason.strip().rstrip("。")
    return _("原因：{reason}。", reason=said) if said else ""


def _proven(entry: PointEntry) -> str:
    title = entry.evidence_title.strip().rstrip("。")
    return _("依据：{evidence}。", evidence=title) if title else ""


def explain_bucket(total: BucketTotal) -> str:
    """What a bucket began with, what was added or taken off, and what it holds."""
    places = {
        "bucket": total.bucket.title,
        "begin": shown_points(total.begin),
        "added": shown_points(abs(total.added)),
        "counted": shown_points(total.counted),
    }
    if total.added < 0:
        return _("“{bucket}”年初 {begin} 分，扣 {added} 分，共 {counted} 分。", **places)
    return _("“{bucket}”年初 {begin} 分，加 {added} 分，共 {counted} 分。", **places)


def explain_left_out(one: LeftOut, tally: Tally) -> str:
    """Why an entry does not count."""
    rule = tally.scheme.rule(one.entry.rule)
    sentence = _(
        _LEFT_OUT[one.why], day=_day(one.entry), rule=one.entry.rule if rule is None else rule.called
    )
    return joined(sentence, _because(one.reason))


def explain_total(tally: Tally) -> str:
    """The sum of all buckets, and its rounding where it was rounded."""
    parts = _("，").join(
        _("{bucket} {points} 分", bucket=one.bucket.title, points=shown_points(one.counted))
        for one in tally.buckets
    )
    if tally.exact == tally.total:
        return _("{parts}，总积分 {total} 分。", parts=parts, total=shown_points(tally.total))
    return _(
        "{parts}，合计 {exact} 分，四舍五入，总积分 {total} 分。",
        parts=parts,
        exact=shown_points(tally.exact),
        total=shown_points(tally.total),
    )


def _day(entry: PointEntry) -> str:
    return PartialDate.of(entry.on).shown()
