"""What stands below the table of a sheet: how the score was converted, vetoes, gaps, late entry."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.domain.inspections.model import Stage
from branchdesk.domain.inspections.scoring import shown
from branchdesk.domain.inspections.totals import Total
from branchdesk.reports.inspections.fact_words import tight
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.meetings.wording import spelled_day


def notes_of(matter: InspectionMatter) -> list[str]:
    """The notes, numbered where there are several."""
    notes = [tight(note) for note in _notes(matter)]
    if len(notes) < 2:
        return notes
    return [f"{number}.{note}" for number, note in enumerate(notes, start=1)]


def _notes(matter: InspectionMatter) -> Iterator[str]:
    total = matter.total
    left_out = [one.number for one in matter.indicators() if not matter.line(one, Stage.SELF).applies]
    if left_out:
        yield f"{'、'.join(left_out)} 项不适用，不计入基数。{conversion_text(total)}"
    for one in total.vetoed:
        grade = total.grade.label if total.grade is not None else ""
        yield f"{one.number} 项被一票否决，{f'等次定为{grade}' if grade else '不再按得分定等次'}。"
    if total.empty and total.filled_full:
        yield (
            f"尚有 {total.empty} 项没有得分；按已有得分的 {shown(total.filled_full)} 分折算为 "
            f"{shown(total.filled_score)} 分。"
        )
    if _has_facts(matter):
        told = "“自动”是按本支部会议、名册等记录取的数，依据列在佐证里；改数的，写明了理由。"
        yield f"{told}{so_far_text(matter)}"
    if matter.late_since:
        yield (f"补录：本次检查应在{spelled_day(matter.late_since)}前完成，本表于{matter.entered()}录入。")


def so_far_text(matter: InspectionMatter) -> str:
    """Up to which day the records of a running period were counted; empty for one that is over."""
    until = matter.counted_until()
    return f"本期还没有结束，自动取数算到{until}。" if until else ""


def conversion_text(total: Total) -> str:
    """How the score was converted from a smaller base; empty where all lines apply."""
    if total.base == total.full or not total.base:
        return ""
    bonus = f"，另加 {shown(total.bonus)} 分" if total.bonus else ""
    return tight(
        f"得分按 {shown(total.earned)} ÷ {shown(total.base)} × {shown(total.full)} "
        f"折算{bonus}，为 {shown(total.score)} 分。"
    )


def _has_facts(matter: InspectionMatter) -> bool:
    return any(
        taken.fact is not None
        for one in matter.indicators()
        if matter.line(one, Stage.SELF).applies
        for taken in matter.final(one).taken
    )
