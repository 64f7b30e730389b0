"""The words in which ballots are spoken of: how far they are counted, and whether heads and sums agree."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from branchdesk.domain.evaluations.ballots import agreed
from branchdesk.domain.evaluations.model import Batch
from branchdesk.i18n import _, _n, listed

FIRST, SECOND = 1, 2


class Stage(StrEnum):
    """How far a batch is counted."""

    FIRST = "first"
    SECOND = "second"
    DIFFERENT = "different"
    AGREED = "agreed"


# The tone of the chip of each stage.
TONES = {Stage.FIRST: "", Stage.SECOND: "warn", Stage.DIFFERENT: "err", Stage.AGREED: "ok"}


def stage_of(batch: Batch) -> Stage:
    """What a batch needs next."""
    if agreed(batch) is not None:
        return Stage.AGREED
    if batch.counting(FIRST) is None:
        return Stage.FIRST
    return Stage.SECOND if batch.counting(SECOND) is None else Stage.DIFFERENT


def stage_words(stage: Stage) -> str:
    """The stage in words."""
    return {
        Stage.FIRST: _("还没有录"),
        Stage.SECOND: _("等第二遍"),
        Stage.DIFFERENT: _("两遍不一致"),
        Stage.AGREED: _("两遍一致"),
    }[stage]


def heads_sentence(issued: int | None, returned: int | None) -> str:
    """发出 = 收回 + 未收, with the numbers; what is wrong where it cannot be."""
    if issued is None:
        return _("请先填发出了多少张票。")
    if returned is None:
        return _("发出 {issued} 张，收回多少张还没有填。", issued=issued)
    if returned > issued:
        return _("收回 {returned} 张，比发出的 {issued} 张还多，请核对。", returned=returned, issued=issued)
    missing = issued - returned
    return _(
        "发出 {issued} = 收回 {returned} + 未收 {missing}",
        issued=issued,
        returned=returned,
        missing=missing,
    )


def counted_sentence(returned: int | None, valid: int, spoiled: int) -> str:
    """收回 = 有效 + 废票, with the numbers; how many are missing or too many where they do not agree."""
    taken = valid + spoiled
    if returned is None or taken == returned:
        return _(
            "收回 {returned} = 有效 {valid} + 废票 {spoiled}", returned=taken, valid=valid, spoiled=spoiled
        )
    words = _n("有效 {valid} + 废票 {spoiled} = {n} 张", taken, valid=valid, spoiled=spoiled)
    if taken < returned:
        left = _n("还差 {n} 张", returned - taken)
        return _("{counted}，收回 {returned} 张，{left}。", counted=words, returned=returned, left=left)
    more = _n("多了 {n} 张", taken - returned)
    return _("{counted}，收回 {returned} 张，{left}。", counted=words, returned=returned, left=more)


def heads_agree(issued: int | None, returned: int | None) -> bool:
    """Whether what came back can come from what was handed out."""
    return issued is not None and returned is not None and returned <= issued


def names_listed(names: Sequence[str], most: int = 3) -> str:
    """A few names, and how many there are where they are more."""
    shown = listed(names[:most])
    return shown if len(names) <= most else _n("{names}等 {n} 人", len(names), names=shown)
