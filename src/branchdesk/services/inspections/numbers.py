"""Points, counts and percentages as clerks type them, and what is wrong with one that cannot be."""

from __future__ import annotations

import re
from decimal import Decimal

from branchdesk.domain.inspections.model import DeductionRule, Indicator, RuleKind
from branchdesk.domain.inspections.scoring import shown
from branchdesk.errors import Problem
from branchdesk.forms.spelling import cleaned, half_width, without_spaces
from branchdesk.i18n import _

_NUMBER = re.compile(r"-?(?:\d{1,6}(?:\.\d{1,2})?|\.\d{1,2})", re.ASCII)
_UNITS = ("分", "次", "人", "项", "%")


def read_score(indicator: Indicator, text: str) -> Decimal | None:
    """The score of a line that was typed; None for an empty text. Raises Problem for one that cannot be."""
    if not text.strip():
        return None
    number = indicator.number
    if indicator.points is None:
        raise Problem(
            _("{line} 是一票否决项，不打分。", line=number), _("有这种情况的，请选“一票否决”并写明。")
        )
    score = _number(text)
    if score is None:
        raise Problem(
            _("{line} 的得分“{text}”不是分数。", line=number, text=text.strip()),
            _("请写成 3 或 3.5 这样的数，最多两位小数。"),
        )
    if score < 0:
        raise Problem(_("{line} 的得分不能小于 0 分。", line=number), _("扣完为止，请写 0。"))
    if score > indicator.points:
        raise Problem(
            _(
                "{line} 最多 {most} 分，这里写了 {score} 分。",
                line=number,
                most=shown(indicator.points),
                score=shown(score),
            ),
            _("请核对后重新填写。"),
        )
    return score


def read_count(indicator: Indicator, rule: DeductionRule, text: str) -> Decimal | None:
    """How often a rule applies, or which percentage was reached, as typed; None for an empty text.

    Raises Problem for what cannot be: no number, a negative one, half a time, more than a hundred percent.
    """
    if not text.strip():
        return None
    places = {"line": indicator.number, "rule": rule.label}
    count = _number(text)
    if count is None:
        raise Problem(
            _("{line} 的“{rule}”填了“{text}”，不是数。", **places, text=text.strip()),
            _("请只填数字，如 2。"),
        )
    if count < 0:
        raise Problem(_("{line} 的“{rule}”不能小于 0。", **places), _("没有这种情况的，请填 0。"))
    if rule.kind is RuleKind.PER_PERCENT and count > 100:
        raise Problem(
            _("{line} 的“{rule}”填了 {n}%，超过了 100%。", **places, n=shown(count)),
            _("请填 0 到 100 之间的数。"),
        )
    if rule.kind in {RuleKind.PER_TIME, RuleKind.MISSING} and count != count.to_integral_value():
        raise Problem(
            _("{line} 的“{rule}”要填次数，{n} 不是整数。", **places, n=shown(count)),
            _("请填 0、1、2 这样的数。"),
        )
    return count


def read_points(text: str) -> Decimal | None:
    """Points that somebody lost, as typed; None for an empty text. Raises Problem for what is no number."""
    if not text.strip():
        return None
    points = _number(text)
    if points is None or points < 0:
        raise Problem(
            _("关联失分“{text}”不是分数。", text=text.strip()), _("请写成 0.5 这样的数，没有失分的请留空。")
        )
    return points


def _number(text: str) -> Decimal | None:
    plain = without_spaces(half_width(cleaned(text))).replace("。", ".")
    plain = plain[:-1] if plain.endswith(_UNITS) else plain
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def stored(number: Decimal | None) -> str | None:
    """A number as it is stored: plain digits, no zeros at the end."""
    return None if number is None else shown(number)
