"""Every question that a rule of deduction may ask the records, by its name in the form language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from branchdesk.domain.inspections.deadlines import Period
from branchdesk.domain.inspections.model import Fact
from branchdesk.i18n import _
from branchdesk.services.inspections.facts.activities import (
    assembly_undecided,
    missing,
    theme_day_without_plan,
)
from branchdesk.services.inspections.facts.attendance import (
    attendance_rate,
    leave_without_reason,
    study_hours_rate,
)
from branchdesk.services.inspections.facts.by_the_year import (
    secretary_lectures_missing,
    study_missing,
    talks_missing,
)
from branchdesk.services.inspections.facts.house import (
    groups_without_leader,
    posts_vacant,
    roster_faults,
    term_overdue,
)
from branchdesk.services.inspections.facts.minutes import minutes_faults, study_faults
from branchdesk.services.inspections.facts.open_items import life_overdue, problems_open
from branchdesk.services.inspections.facts.period_records import read_period
from branchdesk.services.inspections.facts.replies import Question
from branchdesk.storage.branch import Branch

FACT_QUESTIONS: Mapping[str, Question] = {
    "assembly.missing": missing("assembly"),
    "assembly.undecided": assembly_undecided,
    "committee.missing": missing("committee"),
    "group.missing": missing("group"),
    "theme_day.missing": missing("theme_day"),
    "theme_day.without_plan": theme_day_without_plan,
    "lecture.missing": missing("lecture"),
    "lecture.secretary_missing": secretary_lectures_missing,
    "study.missing": study_missing,
    "study.faults": study_faults,
    "talk.missing": talks_missing,
    "attendance.rate": attendance_rate,
    "attendance.leave_without_reason": leave_without_reason,
    "minutes.faults": minutes_faults,
    "study_hours.rate": study_hours_rate,
    "roster.faults": roster_faults,
    "term.overdue": term_overdue,
    "posts.vacant": posts_vacant,
    "groups.without_leader": groups_without_leader,
    "life.overdue": life_overdue,
    "problems.open": problems_open,
}


def answer_facts(
    branch: Branch, organisation: str, period: Period, names: Collection[str], today: date
) -> dict[str, Fact]:
    """What the records answer to some questions about a period, by name; sentences in the language in use.

    A period that runs is asked only for what is due by `today`; one that has not begun answers nothing.
    Raises KeyError for a question that there is not.
    """
    questions = {name: FACT_QUESTIONS[name] for name in dict.fromkeys(names)}
    if not questions:
        return {}
    if today < period.start:
        sentence = _("{period}还没有开始，到时再取数。", period=period.shown())
        return {name: Fact(name, None, sentence) for name in questions}
    seen = read_period(branch, organisation, period, today)
    return {name: Fact(name, *question(seen)) for name, question in questions.items()}
