"""How papers of points say things: points, what a rule gives, how far it goes, days, lines of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from branchdesk.domain.points.model import EntrySource, PointEntry, PointRule
from branchdesk.domain.points.tally import CountedLine, shown_points, signed
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.meetings.wording import without_stop

ADVICE = "积分只作参考，不直接确定民主评议等次。"
_MINUS, _PRINTED_MINUS = "\N{MINUS SIGN}", "\N{EN DASH}"


# ---- points


def on_paper(text: str) -> str:
    """A text with the minus that the fonts of papers have."""
    return text.replace(_MINUS, _PRINTED_MINUS)


def points_text(points: Decimal) -> str:
    """Points without needless zeros."""
    return on_paper(shown_points(points))


def signed_text(points: Decimal) -> str:
    """Points with their sign."""
    return on_paper(signed(points))


# ---- rules


def standard_text(rule: PointRule) -> str:
    """What a rule gives: 每次 2 分, 每项扣 5 分."""
    return f"每{rule.unit}{'扣 ' if rule.takes_off else ' '}{points_text(abs(rule.points))} 分"


def caps_text(rule: PointRule) -> str:
    """How far a rule goes: 每月最多 4 分；全年最多 12 分. Empty where nothing stops it."""
    most = "最多扣" if rule.takes_off else "最多"
    return "；".join(f"{period}{most} {points_text(cap)} 分" for period, cap in _caps(rule))


def limits_text(rule: PointRule) -> str:
    """How far a rule goes, for a narrow column: 限每月 4、全年 12."""
    said = "、".join(f"{period} {points_text(cap)}" for period, cap in _caps(rule))
    return f"限{said}" if said else ""


def _caps(rule: PointRule) -> Iterator[tuple[str, Decimal]]:
    caps = (
        ("每次", rule.cap_once),
        ("每月", rule.cap_month),
        ("每季度", rule.cap_quarter),
        ("全年", rule.cap_year),
    )
    return ((period, cap) for period, cap in caps if cap is not None)


def quantity_text(quantity: Decimal, rule: PointRule) -> str:
    """So much of what a rule counts: 2 次."""
    return f"{points_text(quantity)} {rule.unit}"


# ---- days


def day_text(day: date) -> str:
    """A day of the year of the paper: 3月5日."""
    return f"{day.month}月{day.day}日"


def days_text(days: Sequence[date]) -> str:
    """Days one after the other, each month named once: 1月8日、22日，2月5日."""
    return "，".join(
        f"{month}月{'、'.join(f'{one.day}日' for one in own)}"
        for month, own in groupby(days, key=lambda one: one.month)
    )


# ---- the lines of a rule


def lines_text(lines: Sequence[CountedLine]) -> str:
    """Every entry of one rule with what it counted; those of which the same is to be said share a line.

    Of entries that the records gave the record is not named: its day finds it. Of several proofs in a line
    the first is named. Where nothing counted any more it does not matter of how much.
    """
    alike: dict[tuple[str, str], list[CountedLine]] = {}
    for line in lines:
        alike.setdefault((_counted(line), without_stop(line.entry.reason.strip())), []).append(line)
    return "\n".join(_told(said, reason, own) for (said, reason), own in alike.items())


def _told(said: str, reason: str, lines: Sequence[CountedLine]) -> str:
    """Some entries: their days, what each counted, why, and what proves them."""
    proof = _proof_of([line.entry for line in lines])
    because = "；".join(part for part in (reason, proof) if part)
    each = "各 " if len(lines) > 1 else " "
    days = days_text([line.entry.on for line in lines])
    return f"{days}{each}{said}{f'（{because}）' if because else ''}。"


def _counted(line: CountedLine) -> str:
    """What an entry counted: how much of something, the cap that cut it, points."""
    measured = "" if line.entry.quantity == 1 else f"{quantity_text(line.entry.quantity, line.rule)} "
    if not line.is_cut:
        return f"{measured}{signed_text(line.counted)}"
    if not line.counted:
        return f"0：{cut_text(line)}"
    return f"{measured}{signed_text(line.counted)}：应为 {signed_text(line.raw)}，{cut_text(line)}"


def _proof_of(entries: Sequence[PointEntry]) -> str:
    titles = [
        without_stop(one.evidence_title.strip())
        for one in entries
        if one.evidence_title.strip() and one.source is not EntrySource.AUTOMATIC
    ]
    more = f"等 {len(titles)} 份" if len(set(titles)) > 1 else ""
    return f"佐证：{titles[0]}{more}" if titles else ""


def cut_text(line: CountedLine) -> str:
    """Which cap cut an entry, in Chinese whatever the window speaks."""
    with speaking_chinese():
        return on_paper(line.note)
