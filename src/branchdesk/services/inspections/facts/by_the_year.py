"""Questions that reach beyond the period: what was planned and not held, lectures and talks of the year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from branchdesk.domain.committee import SECRETARY
from branchdesk.domain.inspections.model import Evidence
from branchdesk.domain.meetings.context import Somebody, people_of
from branchdesk.domain.meetings.model import Meeting, Presence
from branchdesk.i18n import _, joined
from branchdesk.services.inspections.facts.period_records import PeriodRecords
from branchdesk.services.inspections.facts.replies import (
    Reply,
    called,
    counted,
    gap,
    meeting_evidence,
    some,
    unanswered,
)
from branchdesk.storage.meeting_people import PersonOnDay

_PEOPLE = frozenset({"member", "members"})


def study_missing(seen: PeriodRecords) -> Reply:
    """How many study sessions were planned for a day that has passed and not held.

    Nobody prescribes a number of sessions, only hours; so what counts is the branch's own plan.
    """
    held, planned = seen.meetings.fulfilling("study"), _overdue(seen, "study")
    if not held and not planned:
        return unanswered(
            _("{period}没有登记集中学习的计划和记录，请对照学习计划填写。", period=seen.period.shown())
        )
    return counted(
        seen, len(planned), _planned_and_held(seen, _("集中学习"), held, planned), _both(seen, held, planned)
    )


def _overdue(seen: PeriodRecords, activity: str) -> list[Meeting]:
    """What was announced for a day before today and is not recorded as held."""
    announced = seen.meetings.fulfilling(activity, seen.meetings.announced)
    return [one for one in announced if one.on is not None and one.on.last_day() < seen.today]


def _planned_and_held(
    seen: PeriodRecords, name: str, held: Sequence[Meeting], planned: Sequence[Meeting]
) -> str:
    places = {"period": seen.period.shown(), "activity": name, "held": len(held)}
    if not planned:
        return _("{period}{activity}已有记录 {held} 次，计划的都已开展。", **places)
    days = some([called(seen, one) for one in planned])
    return _(
        "{period}{activity}已有记录 {held} 次，计划了没有记录的 {n} 次：{days}。",
        n=len(planned),
        days=days,
        **places,
    )


def _both(seen: PeriodRecords, held: Iterable[Meeting], planned: Iterable[Meeting]) -> list[Evidence]:
    return [
        *(meeting_evidence(seen, one) for one in held),
        *(meeting_evidence(seen, one, _("到期没有记录")) for one in planned),
    ]


# ---- lectures of the secretary


def secretary_lectures_missing(seen: PeriodRecords) -> Reply:
    """Whether the secretary gave too few lectures since New Year; they are missing once the year is over."""
    least = seen.rules.at("secretary_lectures", seen.upto).value
    lectures = seen.meetings.fulfilling("lecture", seen.meetings.all_year)
    own = [one for one in lectures if one.on and _is_by_secretary(seen, one)]
    year, evidence = seen.period.start.year, [meeting_evidence(seen, one) for one in own]
    if not seen.house.seats(seen.organisation, seen.upto):
        return unanswered(_("没有登记班子任职，不知道书记是谁，请手工核对。"), evidence)
    places = {"year": year, "n": len(own), "least": least}
    if len(own) >= least:
        sentence = _("{year} 年书记讲党课 {n} 次，应不少于 {least} 次。", **places)
        return counted(seen, 0, sentence, evidence)
    if not seen.ends_year:
        sentence = _("{year} 年书记讲党课 {n} 次，年底前应不少于 {least} 次，现在还不计缺。", **places)
        return counted(seen, 0, sentence, evidence)
    sentence = _("{year} 年书记讲党课 {n} 次，应不少于 {least} 次。", **places)
    evidence.append(gap(_("书记讲党课 {year} 年", year=year), _("没有记录")))
    return counted(seen, least - len(own), sentence, evidence)


def _is_by_secretary(seen: PeriodRecords, lecture: Meeting) -> bool:
    """Whether somebody who was secretary that day is among the lecturers."""
    field = seen.meetings.form(lecture).by_role("lecturer")
    if field is None or lecture.on is None:
        return False
    seats = seen.house.seats(seen.organisation, lecture.on.first_day())
    names = {one.uid: one.name for one in seen.house.people} | {
        one.person: one.name for one in lecture.attendance if one.person
    }
    secretaries = {post.member: names.get(post.member, "") for post in seats if post.code == SECRETARY}
    lecturers = people_of(lecture.values.get(field.id, ""))
    return any(one.is_one_of(secretaries) for one in lecturers)


# ---- talks


def talks_missing(seen: PeriodRecords) -> Reply:
    """How many talks were planned and not held, and at the end of the year, with how many nobody talked.

    A talk is due once a year with everybody (domain 3.1), so whom nobody talked with is known at its end.
    """
    held, planned = seen.meetings.fulfilling("talk"), _overdue(seen, "talk")
    evidence = _both(seen, held, planned)
    if not seen.ends_year:
        if not held and not planned:
            return unanswered(
                _(
                    "{period}没有登记谈心谈话的计划和记录；每人每年不少于一次，到年底再统计。",
                    period=seen.period.shown(),
                )
            )
        return counted(seen, len(planned), _planned_and_held(seen, _("谈心谈话"), held, planned), evidence)
    talks = seen.meetings.fulfilling("talk", seen.meetings.all_year)
    reached = [one for talk in talks for one in _people_of(seen, talk)]
    alone = [
        one
        for one in seen.house.people
        if one.uid not in seen.house.newcomers
        and not any(Somebody(one.name, one.uid).same_as(other) for other in reached)
    ]
    left = {one.uid: one.name for one in alone}
    planned = [one for one in planned if not any(who.is_one_of(left) for who in _people_of(seen, one))]
    evidence = _both(seen, talks, planned)
    evidence += [Evidence(one.name, "member", one.uid, lacking=_("年内没有谈心谈话记录")) for one in alone]
    return counted(
        seen, len(alone) + len(planned), _year_of_talks(seen, len(talks), alone, planned), evidence
    )


def _year_of_talks(
    seen: PeriodRecords, talks: int, alone: Sequence[PersonOnDay], planned: Sequence[Meeting]
) -> str:
    year = seen.period.start.year
    if alone:
        sentence = _(
            "{year} 年谈心谈话 {talks} 次，每人每年不少于一次，{n} 人没有记录：{names}。",
            year=year,
            talks=talks,
            n=len(alone),
            names=some([one.name for one in alone]),
        )
    else:
        sentence = _("{year} 年谈心谈话 {talks} 次，在册党员都有记录。", year=year, talks=talks)
    if not planned:
        return sentence
    days = some([called(seen, one) for one in planned])
    return joined(sentence, _("另有计划了没有记录的 {n} 次：{days}。", n=len(planned), days=days))


def _people_of(seen: PeriodRecords, talk: Meeting) -> list[Somebody]:
    """Everybody named in a talk, and whoever is marked as there."""
    fields = [one.id for one in seen.meetings.form(talk).fields if one.type.name in _PEOPLE]
    named = [one for field in fields for one in people_of(talk.values.get(field, ""))]
    there = [one for one in talk.attendance if one.presence is Presence.PRESENT]
    return [*named, *(Somebody(one.name, one.person) for one in there)]
