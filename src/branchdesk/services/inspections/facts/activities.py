"""Questions about how often something was held: what was due, held and missed, and what a meeting lacked."""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk.domain.meetings.frequency import ActivityCount
from branchdesk.domain.meetings.model import Meeting
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.services.inspections.facts.period_records import PeriodRecords
from branchdesk.services.inspections.facts.replies import (
    Question,
    Reply,
    called,
    counted,
    gap,
    meeting_evidence,
    some,
    unanswered,
)

_SCHEME = "scheme_files"  # the slot of a form for the scheme of a theme day


def missing(activity: str) -> Question:
    """How often an activity was due in the period and not held, by the rule in force then (domain 3.1)."""

    def question(seen: PeriodRecords) -> Reply:
        return _missing(seen, [one for one in seen.meetings.counts if one.rule.id == activity])

    return question


def _missing(seen: PeriodRecords, counts: Sequence[ActivityCount]) -> Reply:
    period = seen.period.shown()
    if not counts:
        return unanswered(_("{period}没有按规定次数到期的事项。", period=period))
    name = counts[0].rule.shown()
    due = [one for one in counts if not one.exempt]
    if not due:
        return unanswered(_("{activity}：{exempt}，不计缺次。", activity=name, exempt=counts[-1].exempt))
    short = [one for one in due if one.missing and one.is_over]
    times = sum(one.missing for one in short)
    held = [uid for one in counts for uid in one.held]
    places = {
        "period": period,
        "activity": name,
        "due": sum(one.due for one in due),
        "held": len(held),
    }
    if times:
        gaps = some([_of_whom(one, one.period_label) for one in short])
        sentence = _(
            "{period}{activity}应有 {due} 次，已有 {held} 次，缺 {n} 次：{gaps}。",
            n=times,
            gaps=gaps,
            **places,
        )
    elif seen.is_over:
        sentence = _("{period}{activity}应有 {due} 次，已有 {held} 次，没有缺次。", **places)
    else:
        sentence = _("{period}{activity}应有 {due} 次，已有 {held} 次，到期的没有缺次。", **places)
    evidence = [meeting_evidence(seen, seen.meetings.by_uid[uid]) for uid in held]
    evidence += [
        gap(_of_whom(one, _("{activity} {period}", activity=name, period=one.period_label)), _("没有记录"))
        for one in short
    ]
    return counted(seen, times, sentence, evidence)


def _of_whom(count: ActivityCount, text: str) -> str:
    return f"{count.group_name} {text}" if count.group_name else text


# ---- what single meetings lacked


def assembly_undecided(seen: PeriodRecords) -> Reply:
    """How many assemblies had no agenda, or neither voted nor decided anything."""
    assemblies = seen.meetings.fulfilling("assembly")
    lacking = [one for one in assemblies if not one.agenda or not (one.votes or one.decisions)]
    return _without(seen, (_("党员大会"), _("议题或决议")), assemblies, lacking)


def theme_day_without_plan(seen: PeriodRecords) -> Reply:
    """How many theme days have no scheme among their files."""
    days = seen.meetings.fulfilling("theme_day")
    lacking = [one for one in days if not has_scheme(seen.meetings.form(one), one)]
    return _without(seen, (_("主题党日"), _("活动方案")), days, lacking)


def _without(
    seen: PeriodRecords, called_so: tuple[str, str], meetings: Sequence[Meeting], lacking: Sequence[Meeting]
) -> Reply:
    """How many of the meetings of one kind lack something; `called_so` names the kind and what it is."""
    kind, what = called_so
    places = {"period": seen.period.shown(), "kind": kind, "what": what, "all": len(meetings)}
    if not meetings:
        return counted(seen, 0, _("{period}没有{kind}的记录，没有可查的{what}。", **places), ())
    told = {one.uid for one in lacking}
    evidence = [
        meeting_evidence(seen, one, _("没有{what}", what=what) if one.uid in told else "") for one in meetings
    ]
    if not lacking:
        return counted(seen, 0, _("{period}{kind} {all} 次，都有{what}。", **places), evidence)
    sentence = _(
        "{period}{kind} {all} 次，没有{what}的 {n} 次：{which}。",
        n=len(lacking),
        which=some([called(seen, one) for one in lacking]),
        **places,
    )
    return counted(seen, len(lacking), sentence, evidence)


def has_scheme(form: Form, meeting: Meeting) -> bool:
    """Whether a scheme is attached; a form without a place for it takes any file from before the meeting."""
    before = {section.id for section in form.sections if section.phase == "before"}
    slots = {_SCHEME} if _SCHEME in form.by_id else {one.id for one in form.slots if one.section in before}
    return any(file.slot in slots for file in meeting.files)
