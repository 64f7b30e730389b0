"""Quantities and points as clerks type them, and what is wrong with one that cannot be."""

from __future__ import annotations

import re
from decimal import Decimal

from branchdesk.domain.points.tally import shown_points
from branchdesk.errors import Problem
from branchdesk.forms.spelling import cleaned, half_width, without_spaces
from branchdesk.i18n import _
from branchdesk.services.meetings.texts import quoted

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,2})?|\.\d{1,2}", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)


def read_quantity(text: str, unit: str = "") -> Decimal:
    """How much of something; an empty text is 1. Raises Problem for what is no number, or not more than 0."""
    plain = _plain(text, unit)
    if not plain:
        return Decimal(1)
    number = Decimal(plain) if _NUMBER.fullmatch(plain) else Decimal(0)
    if number <= 0:
        raise Problem(
            _("数量“{text}”不对。", text=quoted(text)),
            _("请写成 1 或 1.5 这样大于 0 的数，最多两位小数；记错了的请冲正。"),
        )
    return number


def read_price(text: str) -> Decimal:
    """The points that one of a reward takes. Raises Problem for what is no number, or not more than 0."""
    plain = _plain(text, "分")
    number = Decimal(plain) if _NUMBER.fullmatch(plain) else Decimal(0)
    if number <= 0:
        raise Problem(
            _("所需积分“{text}”不对。", text=quoted(text)),
            _("请写成 10 这样大于 0 的数，最多两位小数。"),
        )
    return number


def read_pieces(text: str, what: str, unit: str = "", *, least: int = 0) -> int | None:
    """A number of pieces; None for an empty text. `what` names it in sentences.

    Raises Problem for what is no whole number, and for less than `least`.
    """
    plain = _plain(text, unit)
    if not plain:
        return None
    if not _WHOLE.fullmatch(plain) or int(plain) < least:
        raise Problem(
            _("{what}“{text}”不对。", what=what, text=quoted(text)),
            _("请写不小于 {least} 的整数。", least=shown_points(Decimal(least))),
        )
    return int(plain)


def _plain(text: str, unit: str) -> str:
    plain = without_spaces(half_width(cleaned(text))).replace("。", ".")
    return plain[: -len(unit)] if unit and plain.endswith(unit) else plain
