"""The words in which points are spoken of in menus and dialogs."""

from __future__ import annotations

from datetime import date

from branchdesk import clock
from branchdesk.domain.points.model import PointRule
from branchdesk.domain.points.tally import shown_points
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate

PUBLICITY, MEMBER_PAGE = "publicity", "member"
# The papers of points, in the order in which they are needed.
PAPER_TITLES = {
    PUBLICITY: later("党员积分公示表"),
    MEMBER_PAGE: later("党员积分明细（每人一页）"),
    "duties": later("共性清单"),
    "tasks": later("个性清单（认领任务表）"),
    "redemptions": later("积分兑换台账"),
    "rewards": later("兑换物品清单"),
}
# Those of the tab in which points are exchanged.
EXCHANGE_PAPERS = ("redemptions", "rewards")
_CAPS = (
    later("一次最多 {n} 分"),
    later("每月最多 {n} 分"),
    later("每季度最多 {n} 分"),
    later("全年最多 {n} 分"),
)


def rule_words(rule: PointRule) -> str:
    """What a rule gives, as a list to choose from shows it: 2.3 志愿服务（每次 2 分）."""
    points = shown_points(abs(rule.points))
    if rule.takes_off:
        return _("{rule}（每{unit}扣 {points} 分）", rule=rule.called, unit=rule.unit, points=points)
    return _("{rule}（每{unit} {points} 分）", rule=rule.called, unit=rule.unit, points=points)


def caps_of(rule: PointRule) -> str:
    """The caps of a rule in words; empty where it has none."""
    caps = (rule.cap_once, rule.cap_month, rule.cap_quarter, rule.cap_year)
    said = (_(words, n=shown_points(cap)) for words, cap in zip(_CAPS, caps, strict=True) if cap is not None)
    return _("，").join(said)


def usual_day(year: int) -> str:
    """The day that a dialog begins with: today, or the last day of a year that is over."""
    return PartialDate.of(min(clock.today(), date(year, 12, 31))).shown()
