"""Who belonged to an organisation on a day, as meetings need to know it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from branchdesk import clock
from branchdesk.domain.committee import GROUP_LEADER, Post, posts_on
from branchdesk.domain.members import Category, EventKind, Standing
from branchdesk.domain.names import stroke_key
from branchdesk.forms.dictionaries import Dictionary, Entry
from branchdesk.forms.field_types import Surroundings
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.storage.changes import in_chunks
from branchdesk.storage.derived import surroundings
from branchdesk.storage.dictionaries import vocabulary
from branchdesk.storage.member_facts import MemberFacts, load_facts
from branchdesk.storage.organisations import posts, tree
from branchdesk.storage.tables import member, member_event

MEMBER = "member"
_DECISIONS = {EventKind.ADMITTED.value, EventKind.CONFIRMED.value}
_PROBATION = "probation"  # 留党察看, a code of the dictionary `discipline`


@dataclass(frozen=True, slots=True)
class PersonOnDay:
    """One member as the roster had him on a day; `posts` are those held that day, the highest first.

    `entering` is somebody whom the branch admits that very day: no member yet when its meeting begins. Who
    is confirmed that day is probationary still. `committees` are the organisations on whose committee he sat,
    `may_vote` is the right to vote and to elect (domain 1.4 E1). `assumed` posts are held today and nobody
    knows since when.
    """

    uid: str
    name: str
    category: str
    organisation: str
    group: str | None
    group_name: str
    posts: tuple[str, ...]
    committees: frozenset[str]
    may_vote: bool
    assumed: bool = False
    entering: bool = False


def people_on(connection: Connection, place: str, day: date, ranks: Dictionary) -> list[PersonOnDay]:
    """Who was on the roster of an organisation or group, and of everything below it, on `day`.

    Posts of that day come first, in the order of `ranks`, then the strokes of the names.
    """
    organisations = tree(connection, day)
    inside = {version.organisation for version in organisations.below(place)} or {place}
    facts = load_facts(connection, _ever_in(connection, sorted(inside)))
    held, assumed = _posts_by_member(connection, day)
    found = []
    for uid, known in facts.items():
        now = known.standing(day)
        if not now.on_roster or not {now.organisation, now.group} & inside:
            continue
        group = organisations.get(now.group)
        category, entering = _at_the_meeting(known, now, day)
        person = PersonOnDay(
            uid=uid,
            name=known.row["name"] or "",
            category=category or "",
            organisation=now.organisation or "",
            group=now.group,
            group_name=group.name if group else "",
            posts=tuple(sorted({post.code for post in held[uid]}, key=ranks.rank)),
            committees=frozenset(post.organisation for post in held[uid] if post.code != GROUP_LEADER),
            may_vote=category is Category.FULL and not _rights_suspended(known.row, day),
            assumed=uid in assumed,
            entering=entering,
        )
        found.append((_order(person, ranks, known.row["rid"]), person))
    return [person for _place, person in sorted(found, key=lambda one: one[0])]


def _at_the_meeting(known: MemberFacts, now: Standing, day: date) -> tuple[Category | None, bool]:
    """As what somebody comes to a meeting of a day, and whether it is the day that admits him.

    Admission and confirmation are decided by a meeting of that day (domain 14.1 no. 4), so at its beginning
    they do not count yet.
    """
    decided = {row["kind"] for row in known.events if row["on_date"] == day.isoformat()} & _DECISIONS
    if not decided:
        return now.category, False
    rest = [row for row in known.events if row["kind"] not in decided or row["on_date"] != day.isoformat()]
    before = replace(known, events=rest).standing(day)
    if EventKind.ADMITTED in decided and not before.on_roster:
        return now.category, True
    return before.category or Category.PROBATIONARY, False


def _posts_by_member(connection: Connection, day: date) -> tuple[dict[str, list[Post]], set[str]]:
    """Who held which posts on `day`, and of whom that is only assumed.

    Of an organisation of which no seat is known that day, those count of which nobody knows since when they
    are held: a clerk who enters the committee today enters last week's meeting next.
    """
    known = [post for _row, post in posts(connection)]
    then = posts_on(known, day)
    seated = {post.organisation for post in then if post.code != GROUP_LEADER}
    assumed = [
        post
        for post in known
        if post.since is None and post.until is None and post not in then and post.organisation not in seated
    ]
    held: dict[str, list[Post]] = defaultdict(list)
    for post in (*then, *assumed):
        held[post.member].append(post)
    return held, {post.member for post in assumed}


def _order(person: PersonOnDay, ranks: Dictionary, rid: int) -> tuple[int, str, int]:
    first = min((ranks.rank(code) for code in person.posts), default=len(ranks.entries) + 1)
    return first, stroke_key(person.name), rid


def _ever_in(connection: Connection, places: Sequence[str]) -> list[str]:
    """The members who ever came into one of these organisations or groups."""
    found: set[str] = set()
    for chunk in in_chunks(places):
        query = (
            select(member_event.c.member_uid)
            .join(member, member.c.uid == member_event.c.member_uid)
            .where(
                member.c.deleted_at.is_(None),
                or_(member_event.c.organisation_uid.in_(chunk), member_event.c.group_uid.in_(chunk)),
            )
        )
        found.update(connection.scalars(query))
    return sorted(found)


def _rights_suspended(row: Mapping[str, Any], day: date) -> bool:
    """Whether a member is 留党察看 on `day`; without dates the entry counts for every day."""
    if row["discipline"] != _PROBATION:
        return False
    begin, end = PartialDate.read(row["discipline_from"]), PartialDate.read(row["discipline_to"])
    return (begin is None or begin.first_day() <= day) and (end is None or day <= end.last_day())


def around_of(
    connection: Connection, organisation: str, day: date | None, *, with_people: bool = True
) -> tuple[Surroundings, list[PersonOnDay]]:
    """What reading typed values needs: the words and the people of the organisation on `day`, else today.

    Finding the people takes longest; without them nobody can be named in a field.
    """
    when = day or clock.today()
    around = surroundings(connection, typed=True)
    words = vocabulary(connection, when)
    people = people_on(connection, organisation, when, words["post"]) if with_people else []
    return replace(around, vocabulary={**words, MEMBER: _as_words(people)}), people


def _as_words(people: Sequence[PersonOnDay]) -> Dictionary:
    """The people as a list to choose from."""
    entries = tuple(Entry(uid, label) for uid, label in _labels(people).items())
    return Dictionary(MEMBER, _("党员"), "Members", edition="", source="", open=False, entries=entries)


def _labels(people: Sequence[PersonOnDay]) -> dict[str, str]:
    """What each person is called in a list: namesakes with their groups, those of one group with numbers."""
    names = Counter(person.name for person in people)
    together = Counter((person.name, person.group_name) for person in people)
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for person in people:
        key = (person.name, person.group_name)
        seen[key] += 1
        marks = [person.group_name, str(seen[key]) if together[key] > 1 else ""]
        mark = " ".join(filter(None, marks))
        found[person.uid] = f"{person.name}（{mark}）" if names[person.name] > 1 and mark else person.name
    return found
