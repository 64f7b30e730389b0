"""Who was there: fixing the roster of a meeting, marking people, and what is special about one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from branchdesk import clock
from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.forms.date_spelling import read_date
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import _, _n
from branchdesk.services.meetings.desk import Desk, look_at, next_place, one_of, put_on_desk
from branchdesk.services.meetings.expected import (
    CHOSEN,
    assumptions,
    fixed,
    follow_heads,
    people_expected,
    rights_changed,
    write_attendance,
)
from branchdesk.services.meetings.outcomes import MeetingOutcome
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage.branch import Branch
from branchdesk.storage.tables import attendance

_FLAGS = ("may_vote", "counts", "written")
_TEXTS = ("basis", "reason")
_MADE_UP = "made_up_on"
_NO = {"", "0", "否", "no", "false"}


def fix_roster(branch: Branch, uid: str) -> MeetingOutcome:
    """Fix the roster of the meeting's day anew, by default today's; marks of those who stay are kept."""
    desk = put_on_desk(branch, uid, with_people=True)
    day = desk.meeting.day or clock.today()
    known = desk.meeting.attendance
    if _is_chosen(desk):
        wanted = {one.person for one in known}
        expected = [one for one in desk.people if one.uid in wanted]
        people = fixed(expected, known, keep_strangers=True)
    else:
        expected = people_expected(desk.form, desk.people, desk.meeting.organisation, desk.meeting.group)
        people = fixed(expected, known)
    with branch.change(_("固定 {meeting} 的应到名单", meeting=desk.called)) as change:
        write_attendance(change, desk.meeting, people, day)
    findings = [*assumptions(desk.form, expected), *rights_changed(known, people)]
    return MeetingOutcome(change.result, uid, tuple(findings))


def _is_chosen(desk: Desk) -> bool:
    return desk.form.meeting is None or desk.form.meeting.expected == CHOSEN


def mark(branch: Branch, uid: str, marks: Mapping[str, Presence | str], reason: str = "") -> MeetingOutcome:
    """Mark people, by the uid of their attendance, as present, on leave, absent or not yet marked.

    `reason` is why they are away, where one is given; who is present after all loses an earlier one.
    """
    desk = put_on_desk(branch, uid)
    known = {uid: one_of(desk.meeting.attendance, uid) for uid in marks}
    rows: dict[str, dict[str, Any]] = {}
    for one, presence in marks.items():
        away = Presence(presence) in {Presence.LEAVE, Presence.ABSENT}
        kept = one_line(reason) or known[one].reason
        rows[one] = {"presence": Presence(presence).value, "reason": (kept or None) if away else None}
        if not away:
            rows[one][_MADE_UP] = None
    with branch.change(_label(desk, [known[one].name for one in marks], marks)) as change:
        change.update_many(attendance, rows)
        follow_heads(change, desk.meeting)
    return MeetingOutcome(change.result, uid)


def _label(desk: Desk, names: Sequence[str], marks: Mapping[str, Presence | str]) -> str:
    if len(names) == 1:
        word = shipped_dictionaries()["presence"].shown(str(Presence(next(iter(marks.values())))))
        return _("{meeting} 签到：{name} {presence}", meeting=desk.called, name=names[0], presence=word)
    return _n("{meeting} 签到 {n} 人", len(names), meeting=desk.called)


def mark_all_present(branch: Branch, uid: str) -> MeetingOutcome:
    """Mark everybody present of whom nothing is known yet."""
    desk = put_on_desk(branch, uid)
    open_ones = [
        one.uid for one in desk.meeting.attendance if one.presence is Presence.UNMARKED and one.counts
    ]
    present = {"presence": Presence.PRESENT.value}
    with branch.change(_n("{meeting} 签到 {n} 人", len(open_ones), meeting=desk.called)) as change:
        change.update_many(attendance, dict.fromkeys(open_ones, present))
        follow_heads(change, desk.meeting)
    return MeetingOutcome(change.result, uid)


def set_attendance(branch: Branch, uid: str, person: str, values: Mapping[str, str | bool]) -> MeetingOutcome:
    """Set what is special about one person, by the uid of his attendance.

    `may_vote`, `counts` and `written` are yes or no, `basis` and `reason` texts, `made_up_on` a day as typed,
    which may be set when the meeting is final. Raises Problem for a day that cannot be read, KeyError for a
    name that there is not.
    """
    later = set(values) == {_MADE_UP}
    desk = look_at(branch, uid) if later else put_on_desk(branch, uid)
    known = one_of(desk.meeting.attendance, person)
    row: dict[str, Any] = {}
    for key, value in values.items():
        if key in _FLAGS:
            row[key] = int(value if isinstance(value, bool) else value.strip().casefold() not in _NO)
        elif key in _TEXTS:
            row[key] = one_line(str(value)) or None
        elif key == _MADE_UP:
            row[key] = day_typed(str(value))
        else:
            raise KeyError(key)
    with branch.change(_("{meeting} 修改 {name} 的签到", meeting=desk.called, name=known.name)) as change:
        change.update(attendance, person, row)
        if not desk.meeting.state.is_locked:
            follow_heads(change, desk.meeting)
    return MeetingOutcome(change.result, uid, tuple(_noticed(known, row)))


def _noticed(known: Attendance, row: Mapping[str, Any]) -> list[Finding]:
    """A person left out of those expected needs a basis, recorded before the meeting (domain 1.4 E12)."""
    counts, basis = row.get("counts", int(known.counts)), row.get("basis", known.basis)
    if counts or basis:
        return []
    sentence = _("{name} 不计入应到人数，请写明依据。", name=known.name)
    return [Finding("no_basis", Severity.WARN, sentence)]


def day_typed(text: str) -> str | None:
    """A day as it is stored, None for an empty text. Raises Problem for one that cannot be read."""
    if not text.strip():
        return None
    reading = read_date(text, clock.today(), typed=True)
    if reading.value is None:
        raise Problem(reading.error, _("请写成 2026.11.19 这样的日期。"))
    return reading.value.written()


def add_expected(branch: Branch, uid: str, members: Iterable[str]) -> MeetingOutcome:
    """Add members, by their uids, to those who are expected at a meeting whose people are chosen.

    Raises Problem for a meeting that expects its whole roster, and for somebody who is not on it that day.
    """
    desk = put_on_desk(branch, uid, with_people=True)
    _refuse_roster(desk)
    there = {one.person for one in desk.meeting.attendance}
    wanted = [one for one in dict.fromkeys(members) if one not in there]
    here = {one.uid: one for one in desk.people}
    if any(one not in here for one in wanted):
        raise Problem(_("有人这一天不在本支部的名册上，没有添加。"), _("请核对会议日期和名册。"))
    added = fixed([here[one] for one in wanted])
    free = next_place(desk.meeting.attendance)
    rows = [replace(one, position=free + place) for place, one in enumerate(added)]
    with branch.change(_n("{meeting} 增加 {n} 名参加人员", len(rows), meeting=desk.called)) as change:
        write_attendance(change, desk.meeting, [*desk.meeting.attendance, *rows])
    return MeetingOutcome(change.result, uid)


def remove_expected(branch: Branch, uid: str, people: Iterable[str]) -> MeetingOutcome:
    """Take people, by the uids of their attendance, out of a meeting whose people are chosen.

    Raises Problem for a meeting that expects its whole roster.
    """
    desk = put_on_desk(branch, uid)
    _refuse_roster(desk)
    gone = set(people)
    rest = [one for one in desk.meeting.attendance if one.uid not in gone]
    with branch.change(_n("{meeting} 去掉 {n} 名参加人员", len(gone), meeting=desk.called)) as change:
        write_attendance(change, desk.meeting, rest)
    return MeetingOutcome(change.result, uid)


def _refuse_roster(desk: Desk) -> None:
    if not _is_chosen(desk):
        raise Problem(
            _("“{meeting}”的应到名单由名册得出，不能单独增减。", meeting=desk.called),
            _("可以不计入应到的，请在签到里注明依据；名册变了请重新固定名单。"),
        )
