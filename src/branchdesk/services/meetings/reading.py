"""Looking at meetings: the list, one meeting, and what it said each time it was finalised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from branchdesk import clock
from branchdesk.domain.meetings.model import Attendance, Decision, Meeting, MeetingState
from branchdesk.errors import Problem
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.person_refs import read_people
from branchdesk.forms.shelf import Shelf
from branchdesk.forms.spelling import cleaned
from branchdesk.i18n import _, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.services.meetings.desk import look_at
from branchdesk.services.meetings.frozen import thaw
from branchdesk.storage import meetings as questions
from branchdesk.storage import organisations, records
from branchdesk.storage.branch import Branch
from branchdesk.storage.meetings import MeetingFilter
from branchdesk.storage.open_decisions import open_counts

MEETING = "meeting"
_MOST_WORDS, _LONGEST_WORD = 20, 100


@dataclass(frozen=True)
class MeetingQuery:
    """Which meetings a list shows; empty fields leave everything in.

    `place` is the uid of an organisation or group, `kind` a form kind, `state` a value of MeetingState.
    """

    place: str | None = None
    year: int | None = None
    kind: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in a list; `organisation_name` is that of the group where it is one of a group."""

    uid: str
    kind: str
    kind_label: str
    organisation_name: str
    year: int
    number: int | None
    on: PartialDate | None
    title: str
    place: str
    chair: str
    expected: int
    present: int
    state: MeetingState
    open_items: int


def meeting_list(branch: Branch, query: MeetingQuery | None = None) -> list[MeetingRow]:
    """The meetings that fit, the newest first; those without a date stand before them."""
    asked = query or MeetingQuery()
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        tree = organisations.tree(connection, clock.today())
        kinds = [asked.kind] if asked.kind else records.kinds_in_use(connection, shelf, MEETING)
        places = None
        if asked.place is not None:
            places = frozenset(one.organisation for one in tree.below(asked.place)) | {asked.place}
        wanted = MeetingFilter(kinds, places, asked.year, asked.state, _words(asked.text))
        rows = questions.meeting_rows(connection, wanted)
        uids = [row["uid"] for row in rows]
        counts = questions.attendance_counts(connection, uids)
        values = questions.own_values(connection, uids)
        undone = open_counts(connection, uids)
    found = []
    for row in rows:
        home = tree.get(row["group_uid"]) or tree.get(row["organisation_uid"])
        form = records.form_known(shelf, row["kind"], row["version"])
        found.append(
            MeetingRow(
                uid=row["uid"],
                kind=row["kind"],
                kind_label=form.shown() if form else row["kind"],
                organisation_name=home.name if home else "",
                year=row["year"],
                number=row["number"],
                on=PartialDate.read(row["on_date"]),
                title=row["title"],
                place=_of_role(form, values.get(row["uid"], {}), "place"),
                chair=_of_role(form, values.get(row["uid"], {}), "chair"),
                expected=counts.get(row["uid"], (0, 0))[0],
                present=counts.get(row["uid"], (0, 0))[1],
                state=MeetingState(row["state"]),
                open_items=undone.get(row["uid"], 0),
            )
        )
    return found


def _words(text: str) -> tuple[str, ...]:
    """The words to look for, as many and as long as a question to the file can hold."""
    return tuple(word[:_LONGEST_WORD] for word in cleaned(text).split()[:_MOST_WORDS])


def _of_role(form: Form | None, values: Mapping[str, str], role: str) -> str:
    """The value of the field of a role as a list shows it: people by their names."""
    field = form.by_role(role) if form else None
    value = values.get(field.id, "") if field else ""
    return listed(person.name for person in read_people(value)) if "@" in value else value


def years_of_meetings(branch: Branch) -> list[int]:
    """The years for which there are meetings, the newest first."""
    with branch.read() as connection:
        kinds = records.kinds_in_use(connection, records.shelf_of(connection), MEETING)
        rows = questions.meeting_rows(connection, MeetingFilter(kinds))
    return sorted({row["year"] for row in rows}, reverse=True)


def meeting(branch: Branch, uid: str) -> Meeting:
    """A meeting as it stands now.

    One that is final is what was finalised, with what happened since to its tasks, files and absentees.
    Raises Problem for one that lies in the recycle bin or is not there.
    """
    with branch.read() as connection:
        live = questions.meeting_at_hand(connection, uid)
        if not live.state.is_locked:
            return live
        content = questions.contents_of_last_versions(connection, [uid])[uid]
    return _followed_up(thaw(content), live)


def _followed_up(final: Meeting, live: Meeting) -> Meeting:
    """A finalised meeting with what was done about it later; nothing else of it changes."""
    done = {one.uid: one for one in live.decisions}
    made_up = {one.uid: one.made_up_on for one in live.attendance}
    return replace(
        final,
        state=live.state,
        decisions=tuple(_with_feedback(one, done.get(one.uid)) for one in final.decisions),
        attendance=tuple(_with_make_up(one, made_up) for one in final.attendance),
        files=live.files,
    )


def _with_feedback(one: Decision, now: Decision | None) -> Decision:
    if now is None:
        return one
    return replace(one, done_on=now.done_on, feedback=now.feedback, closed=now.closed)


def _with_make_up(one: Attendance, made_up: Mapping[str, str]) -> Attendance:
    return replace(one, made_up_on=made_up.get(one.uid, one.made_up_on))


def printed(branch: Branch, uid: str) -> Meeting:
    """A meeting as paper shows it: a final one exactly as it was finalised, whatever happened since."""
    with branch.read() as connection:
        live = questions.meeting_at_hand(connection, uid)
        if not live.state.is_locked:
            return live
        content = questions.contents_of_last_versions(connection, [uid])[uid]
    return replace(thaw(content), state=live.state)


def form_of(branch: Branch, meeting: Meeting) -> Form:
    """The form in the version in which a meeting was filled. Raises Problem for one that cannot be read."""
    with branch.read() as connection:
        return records.form_at_hand(records.shelf_of(connection), meeting.kind, meeting.version)


def surroundings_of(branch: Branch, uid: str) -> Surroundings:
    """What the fields of a meeting choose from, people of its day included."""
    return look_at(branch, uid, with_people=True).around


@dataclass(frozen=True)
class FinalVersion:
    """One time that a meeting was finalised; `reopened_on` and why are empty for the one in force."""

    revision: int
    finalised_on: str
    sha256: str
    reopened_on: str = ""
    reopened_why: str = ""


def versions(branch: Branch, uid: str) -> list[FinalVersion]:
    """Each time that a meeting was finalised, the first time first."""
    with branch.read() as connection:
        rows = questions.versions_of(connection, uid)
    return [
        FinalVersion(
            row["revision"],
            row["finalised_on"],
            row["sha256"],
            row["reopened_on"] or "",
            row["reopened_why"] or "",
        )
        for row in rows
    ]


def meeting_version(branch: Branch, uid: str, revision: int) -> Meeting:
    """What a meeting said when it was finalised as `revision`. Raises Problem where it was not."""
    with branch.read() as connection:
        rows: Sequence[Mapping[str, Any]] = questions.versions_of(connection, uid)
    content = next((row["content"] for row in rows if row["revision"] == revision), None)
    if content is None:
        raise Problem(_("这个会议没有第 {n} 次定稿。", n=revision + 1), _("请在“历次定稿”里选择已有的一次。"))
    return thaw(content)


def shelf_in(branch: Branch) -> Shelf:
    """Every form that this file can fill."""
    with branch.read() as connection:
        return records.shelf_of(connection)


def kinds_of_meetings(branch: Branch) -> list[Form]:
    """The newest form of each kind of meeting, in the order of the shelf."""
    shelf = shelf_in(branch)
    return [form for form in shelf.newest() if form.subject == MEETING]
