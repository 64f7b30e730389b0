"""How papers of evaluations say things: shares, votes, quotas, days, states of stars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from branchdesk.domain.evaluations.ballots import TallyRow
from branchdesk.domain.evaluations.model import Batch, Quota, StarState, Subject
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.reports.evaluations.matter import EvaluationMatter, spelled
from branchdesk.reports.meetings.wording import chinese_number

DAY_FOR_THE_PEN = "　　　　年　　月　　日"
FOR_THE_PEN = "　　　"
NOTHING = "无"
HIDDEN = "有效票不足 {least} 张，为保护投票人，不列各项票数。"
STAR_STATES = {
    StarState.DECLARED: "已申报",
    StarState.RECOMMENDED: "支部已推荐",
    StarState.REVIEWED: "党委已审核",
    StarState.APPROVED: "已通过，公示中",
    StarState.AWARDED: "已授星",
    StarState.DECLINED: "未通过",
}
_TENTH = Decimal("0.1")


def day_or_pen(day: date | None) -> str:
    """A day spelled, or the room to write one."""
    return spelled(day) or DAY_FOR_THE_PEN


def period_or_pen(first: date | None, last: date | None) -> str:
    """From when until when, with room to write what is not known."""
    return f"{day_or_pen(first)}至{day_or_pen(last)}".replace("　　　　年", "　　　年")


def share(part: int, whole: int) -> str:
    """A share in percent with one decimal, half up; empty where there is no whole."""
    if not whole:
        return ""
    return f"{shown((Decimal(part) * 100 / Decimal(whole)).quantize(_TENTH, ROUND_HALF_UP))}%"


def number_or_pen(number: int | None) -> str:
    """A figure, or nothing where it is not known yet."""
    return "" if number is None else str(number)


def names(subjects: Iterable[Subject]) -> str:
    """Names one after the other."""
    return "、".join(one.name for one in subjects)


def reference_text(row: TallyRow | None) -> str:
    """The reference score of what ballots said; empty where nobody voted for a grade."""
    return "" if row is None else shown(row.reference)


def votes_text(matter: EvaluationMatter, row: TallyRow) -> str:
    """The votes for each grade: 优秀 12 票、合格 6 票、基本合格 0 票、不合格 0 票."""
    said = [f"{one.title} {row.counts.get(one.code, 0)} 票" for one in matter.scheme.grades]
    if row.blank:
        said.append(f"未评 {row.blank} 票")
    return "、".join(said)


def votes_sentence(matter: EvaluationMatter, subject: Subject) -> str:
    """What ballots said of somebody, with the reference score; why not where that stays secret."""
    row = matter.votes(subject)
    if row is None:
        return (
            hidden_sentence(matter) if matter.sheet.together.hidden and matter.sheet.together.counted else ""
        )
    reference = reference_text(row)
    scored = f"；参考分 {reference} 分" if reference else ""
    return f"有效票 {matter.sheet.together.valid} 张：{votes_text(matter, row)}{scored}。"


def heads_sentence(batches: Sequence[Batch]) -> str:
    """How many ballots went out and came back, of all batches; empty where that is not known of one."""
    issued = [one.issued for one in batches]
    returned = [one.returned for one in batches]
    spoiled = [one.spoiled for one in batches]
    if not batches or None in issued or None in returned or None in spoiled:
        return ""
    out, back, void = (sum(one or 0 for one in each) for each in (issued, returned, spoiled))
    return f"发出测评票{out}张，收回{back}张，其中有效票{back - void}张、废票{void}张"


def hidden_sentence(matter: EvaluationMatter) -> str:
    """Why the counts of a batch are not shown."""
    return HIDDEN.format(least=matter.sheet.thresholds.ballots_least.value)


def grade_counts(matter: EvaluationMatter) -> list[tuple[str, int]]:
    """How many got each grade."""
    return [(one.title, len(matter.of_grade(one.code))) for one in matter.scheme.grades]


def course(matter: EvaluationMatter) -> str:
    """By which steps it came to the result, as a clause: 经个人自评、党员互评、民主测评、组织评定，.

    The first step only prepares, and what is made public and told comes after the result.
    """
    steps = [one for one in matter.scheme.steps if not matter.is_skipped(one)]
    decides = next((place for place, one in enumerate(steps) if one.decides), None)
    done = steps[1 : decides + 1] if decides is not None else [one for one in steps if not one.days]
    return f"经{'、'.join(one.title for one in done)}，" if done else ""


def undecided(matter: EvaluationMatter) -> list[Subject]:
    """Those for whom nobody has decided yet."""
    return [one for one in matter.graded() if not one.grade]


def quota_sentences(matter: EvaluationMatter) -> list[str]:
    """How many may get a grade and how many did, of every quota."""
    return [_quota(matter, one) for one in matter.scheme.quotas]


def _quota(matter: EvaluationMatter, one: Quota) -> str:
    word = "不得超过" if one.hard else "一般不超过"
    part = f"{chinese_number(one.denominator)}分之{chinese_number(one.numerator)}"
    own = len(matter.of_grade(one.grade))
    return f"“{matter.grade_title(one.grade)}”{word} {matter.places(one)} 名（按{part}），评定 {own} 名"
