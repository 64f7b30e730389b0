"""A year of meetings of an invented branch, made from the samples of the forms; the same year every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from branchdesk import clock
from branchdesk.domain.meetings.counting_heads import Heads, heads_of
from branchdesk.domain.meetings.model import (
    AgendaItem,
    Attendance,
    Candidate,
    Decision,
    Line,
    Meeting,
    MeetingState,
    Passage,
    Presence,
    Vote,
    VoteKind,
)
from branchdesk.domain.organisations import OrganisationTree
from branchdesk.forms.field_types import Field, Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.samples import Row, Sample, shipped_sample
from branchdesk.forms.time_spans import span_of
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services.frozen_texts import seal
from branchdesk.services.meetings.expected import fixed, people_expected
from branchdesk.services.meetings.frozen import freeze
from branchdesk.services.meetings.planning import insert_meeting
from branchdesk.services.meetings.promotion import title_of
from branchdesk.services.meetings.sample_calendar import SampleSlot, sample_slots
from branchdesk.services.meetings.sample_topics import TOPICS
from branchdesk.storage import organisations, records
from branchdesk.storage.branch import Branch
from branchdesk.storage.meeting_people import PersonOnDay, around_of
from branchdesk.storage.tables import record_version
from branchdesk.uids import new_uid

_REASONS = ("出差", "年老住院", "在窗口值班", "探亲")
_UNFINISHED = (MeetingState.FOR_SIGNATURE, MeetingState.DRAFTED, MeetingState.HELD)
_DAYS_TO_DO = 20


def sample_meetings(branch: Branch, year: int, organisation: str | None = None) -> list[str]:
    """Give a branch a year of sixty meetings, as one change; returns their uids in the order of the days.

    Those before today are final, but the last three; of those to come the next one is announced.
    """
    with branch.read() as connection:
        tree = organisations.tree(connection, clock.today())
        home = organisation or tree.roots()[0].organisation
        shelf = records.shelf_of(connection)
        slots = sample_slots(year, [group.organisation for group in tree.children(home)])
        scenes = [_Scene(slot, *around_of(connection, home, slot.day)) for slot in slots]
    states = _states([slot.day for slot in slots], clock.today())
    held = [slot for slot in slots if slot.day <= clock.today()]
    last = {slot.kind: place for place, slot in enumerate(held)}
    numbers: Counter[tuple[str, str | None]] = Counter()
    drafts = []
    for place, (scene, state) in enumerate(zip(scenes, states, strict=True)):
        slot = scene.slot
        numbers[slot.kind, slot.group] += 1
        maker = _Maker(shelf.form(slot.kind), scene, place)
        whole = last.get(slot.kind) == place
        drafts.append(maker.meeting(tree, home, numbers[slot.kind, slot.group], state, whole=whole))
    with branch.change(_("载入 {year} 年的示例会议", year=year)) as change:
        for draft in drafts:
            insert_meeting(change, draft)
        change.insert_many(record_version, [_version(draft) for draft in drafts if draft.state.is_locked])
    return [draft.uid for draft in drafts]


def _version(draft: Meeting) -> dict[str, object]:
    """What a sample meeting said when it was finalised, a few days after it."""
    content = freeze(draft)
    on = date.fromisoformat(draft.entered_on) + timedelta(days=4)
    return {
        "record_uid": draft.uid,
        "revision": draft.revision,
        "finalised_on": on.isoformat(),
        "content": content,
        "sha256": seal(content),
    }


def _states(days: Sequence[date], today: date) -> list[MeetingState]:
    """How far each meeting has come, by its day; `days` are in order."""
    held = sum(day <= today for day in days)
    final = max(0, held - len(_UNFINISHED))
    past = [*[MeetingState.FINALISED] * final, *_UNFINISHED[: held - final]]
    ahead = [MeetingState.NOTICED, *[MeetingState.PLANNED] * len(days)]
    return [*past, *ahead][: len(days)]


@dataclass(frozen=True)
class _Scene:
    """A meeting of the year with the words and people of its day."""

    slot: SampleSlot
    around: Surroundings
    people: Sequence[PersonOnDay]


class _Maker:
    """Makes one meeting of the year; `place` counts the meetings and turns everything that varies."""

    def __init__(self, form: Form, scene: _Scene, place: int) -> None:
        self._form = form
        self._slot = scene.slot
        self._around = scene.around
        self._place = place
        sample = shipped_sample(form.kind)
        assert sample is not None  # noqa: S101 - every shipped kind of meeting has a sample
        self._sample: Sample = sample
        self._topic = TOPICS[scene.slot.day.month - 1]
        home = scene.people[0].organisation if scene.people else ""
        expected = people_expected(form, scene.people, home, scene.slot.group)
        self._people = expected or list(scene.people)
        self._expected = fixed(expected)
        names = [row["name"] for row in shipped_sample_names()]
        here = [one.name for one in self._people]
        strangers = [name for name in names if name not in here]
        self._renamed = {name: here[n % len(here)] for n, name in enumerate(strangers)} if here else {}

    def meeting(
        self, tree: OrganisationTree, home: str, number: int, state: MeetingState, *, whole: bool
    ) -> Meeting:
        """The meeting; `whole` ones are the sample itself, the others are about the topic of the month."""
        slot, held = self._slot, state not in {MeetingState.PLANNED, MeetingState.NOTICED}
        values = self._values(whole=whole)
        group = tree.get(slot.group)
        draft = Meeting(
            uid=new_uid(),
            kind=self._form.kind,
            version=self._form.version,
            organisation=home,
            organisation_name=tree[home].full_name,
            group=slot.group,
            group_name=group.name if group else "",
            title=title_of(self._form, values, slot.day.year, number),
            year=slot.day.year,
            number=number,
            state=state,
            on=PartialDate.of(slot.day),
            entered_on=min(slot.day + timedelta(days=1), clock.today()).isoformat(),
            snapshot_on=slot.day.isoformat(),
            values=values,
            lines=self._lines() if held else {},
            attendance=tuple(self._marked(held=held)),
            agenda=self._agenda(whole=whole),
        )
        return self._held(draft, whole=whole) if held else draft

    def _held(self, draft: Meeting, *, whole: bool) -> Meeting:
        """The meeting with what was said, voted and decided."""
        draft = replace(draft, passages=tuple(self._passages(draft, whole=whole)))
        draft = replace(draft, votes=tuple(self._votes(draft, whole=whole)))
        return replace(draft, decisions=tuple(self._decisions(draft)))

    # ---- values

    def _values(self, *, whole: bool) -> dict[str, str]:
        form, sample = self._form, self._sample
        typed = {key: self._moved(form.by_id[key], text) for key, text in sample.values.items()}
        when, topic = form.by_role("when"), form.by_role("topic")
        if when is not None:
            typed[when.id] = self._slot.written()
        if topic is not None and not whole and form.table_of("attendance") is not None:
            typed[topic.id] = self._topic.topic
        for role, person in zip(("chair", "recorder"), self._people, strict=False):
            field = form.by_role(role)
            if field is not None:
                typed[field.id] = person.name
        return self._read(form.by_id, typed)

    def _read(self, fields: Mapping[str, Field], typed: Mapping[str, str]) -> dict[str, str]:
        read = {
            key: fields[key].type.read(fields[key], text, self._around).value for key, text in typed.items()
        }
        return {key: value for key, value in read.items() if value}

    def _moved(self, field: Field, text: str) -> str:
        """A value of the sample at the time of this meeting, with the people of this branch."""
        if field.type.name not in {"date", "time_span"}:
            return self._named(text)
        when = self._form.by_role("when")
        begun = span_of(self._sample.values.get(when.id)) if when else None
        on = PartialDate.read(text[:10])
        if begun is None or on is None or not on.is_full:
            return text
        moved = on.first_day() + (self._slot.day - begun.day)
        return f"{moved.isoformat()}{text[10:]}"

    def _named(self, text: str) -> str:
        for name, other in self._renamed.items():
            text = text.replace(name, other)
        return text

    def _lines(self) -> dict[str, tuple[Line, ...]]:
        found = {}
        for table, rows in self._sample.lines.items():
            fields = self._form.tables_by_id[table].by_id
            typed = [{key: self._moved(fields[key], text) for key, text in row.items()} for row in rows]
            found[table] = tuple(Line(new_uid(), self._read(fields, row)) for row in typed)
        return found

    # ---- people

    def _marked(self, *, held: bool) -> list[Attendance]:
        """Who came: nearly all, chair and recorder always."""
        if not held:
            return list(self._expected)
        found = []
        for place, one in enumerate(self._expected):
            if place > 1 and (place * 5 + self._place * 3) % 13 == 4:
                reason = _REASONS[(place + self._place) % len(_REASONS)]
                found.append(replace(one, presence=Presence.LEAVE, reason=reason))
            elif place > 1 and (place * 7 + self._place) % 37 == 11:
                caught_up = (self._slot.day + timedelta(days=6)).isoformat()
                found.append(
                    replace(one, presence=Presence.ABSENT, reason="临时出差，未请假", made_up_on=caught_up)
                )
            else:
                found.append(replace(one, presence=Presence.PRESENT))
        return found

    def _speakers(self, draft: Meeting) -> list[Attendance]:
        """Those who spoke: the chair, then others who were there, every time others."""
        there = [one for one in draft.attendance if one.presence is Presence.PRESENT]
        turn = self._place % max(1, len(there) - 1)
        others = there[1:]
        return [*there[:1], *others[turn:], *others[:turn]]

    # ---- what happened

    def _agenda(self, *, whole: bool) -> tuple[AgendaItem, ...]:
        if whole:
            titles = [self._named(str(row["title"])) for row in self._sample.agenda]
        elif self._form.table_of("agenda") is None:
            titles = []
        else:
            titles = [self._topic.topic, "通报上月工作，安排本月任务"]
        return tuple(AgendaItem(new_uid(), title, place) for place, title in enumerate(titles))

    def _passages(self, draft: Meeting, *, whole: bool) -> list[Passage]:
        if self._form.table_of("passages") is None:
            return []
        people = {one.name: one.person for one in draft.attendance}
        if whole:
            points = dict(enumerate(draft.agenda, start=1))
            said = [
                (
                    self._named(row.get("speaker", "")),
                    self._named(row["text"]),
                    points.get(row.get("agenda", 0)),
                )
                for row in self._sample.passages
            ]
        else:
            said = self._said(draft)
        return [
            Passage(new_uid(), text, speaker, people.get(speaker), point.uid if point else None, place)
            for place, (speaker, text, point) in enumerate(said)
        ]

    def _said(self, draft: Meeting) -> list[tuple[str, str, AgendaItem | None]]:
        speakers = [one.name for one in self._speakers(draft)] or [""]
        points: list[AgendaItem | None] = list(draft.agenda) or [None, None]
        month = self._slot.day.month
        told = [(speakers[0], f"今天围绕“{self._topic.topic}”学习讨论，请大家结合岗位发言。", points[0])]
        told += [
            (speakers[n % len(speakers)], text, points[0]) for n, text in enumerate(self._topic.said, start=1)
        ]
        told.append((speakers[0], f"{month}月要抓紧办的一件事：{self._topic.task}。", points[-1]))
        last = speakers[-1]
        told.append(
            (last, f"上月安排的事项已经办完，本月的任务在{month}月25日前向支部报告进度。", points[-1])
        )
        return told

    def _votes(self, draft: Meeting, *, whole: bool) -> list[Vote]:
        if self._form.kind not in {"meeting.assembly", "meeting.committee"}:
            return []
        heads = heads_of(draft)
        if whole:
            return [self._ballot(draft, heads, n, row) for n, row in enumerate(self._sample.votes)]
        of_committee = self._form.kind == "meeting.committee"
        return [
            Vote(
                uid=new_uid(),
                subject=f"同意{self._topic.task}",
                kind=VoteKind.COMMITTEE if of_committee else VoteKind.ORDINARY,
                agenda=draft.agenda[-1].uid,
                eligible=heads.voters,
                present=heads.present_voters,
                in_favour=heads.present_voters,
                against=0,
                abstained=0,
            )
        ]

    def _ballot(self, draft: Meeting, heads: Heads, place: int, row: Row) -> Vote:
        """A vote of the sample with the figures of this branch: all in favour, the last candidate ahead."""
        kind = VoteKind(row.get("kind", VoteKind.ORDINARY))
        there, name = heads.present_voters, self._named(row.get("person_name", ""))
        people = {one.name: one.person for one in draft.attendance}
        vote = Vote(
            uid=new_uid(),
            subject=self._named(row["subject"]),
            kind=kind,
            agenda=draft.agenda[row["agenda"] - 1].uid if row.get("agenda") else None,
            person=people.get(name),
            person_name=name,
            secret=bool(row.get("secret")),
            eligible=heads.voters,
            present=there,
            position=place,
        )
        if vote.secret:
            vote = replace(vote, issued=there, returned=there)
        if kind is not VoteKind.ELECTION:
            return replace(vote, in_favour=there, against=0, abstained=0)
        names = [self._named(one["name"]) for one in row["candidates"]]
        ahead = [n >= len(names) - row["seats"] for n in range(len(names))]
        candidates = tuple(
            Candidate(
                uid=new_uid(),
                name=one,
                person=people.get(one),
                in_favour=there - there // 4 if first else there // 4,
                against=there // 4 if first else there - there // 4,
                abstained=0,
                position=n,
            )
            for n, (one, first) in enumerate(zip(names, ahead, strict=True))
        )
        return replace(vote, seats=row["seats"], candidates=candidates)

    def _decisions(self, draft: Meeting) -> list[Decision]:
        if self._form.table_of("decisions") is None:
            return []
        due = self._slot.day + timedelta(days=_DAYS_TO_DO)
        done = draft.state.is_locked and due < clock.today()
        speakers = self._speakers(draft)
        return [
            Decision(
                uid=new_uid(),
                text=self._topic.task,
                agenda=draft.agenda[-1].uid if draft.agenda else None,
                responsible=speakers[-1].name if speakers else "",
                due_on=due.isoformat(),
                done_on=(due - timedelta(days=2)).isoformat() if done else "",
                feedback="已办完，结果在公开栏公布。" if done else "",
                closed=done,
            )
        ]


def shipped_sample_names() -> Sequence[Mapping[str, str]]:
    """The people of the samples, whose names the texts of all of them use."""
    sample = shipped_sample("meeting.assembly")
    return sample.attendance if sample is not None else ()
