"""Minutes as one text and as passages: what stands under which item of the agenda, and who said it.

A line `一、题目` that names an item of the agenda begins that item, a line `——` ends it, and `姓名：` before
a paragraph names its speaker where the name is known. Every other line is a paragraph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from branchdesk.domain.meetings.model import AgendaItem, Passage
from branchdesk.domain.names import same_name_key
from branchdesk.uids import new_uid

NO_ITEM = "——"
_DIGITS = "〇一二三四五六七八九"
_LAST_NUMERAL = 99
_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|\d{1,3}[、.．])\s*(.+)")
_SPOKEN = re.compile(r"([^：:]{1,40})[：:](.*)")
_TITLE = re.compile(r"\s*(?:[（(][^（()）]*[）)]|同志)$")

# A paragraph as it is written, below its item: what makes two of them the same.
_Written = tuple[str | None, str]


def numeral(number: int) -> str:
    """A number as headings of papers write it: 一, 十, 十二, 三十; from 100 on in digits."""
    if number > _LAST_NUMERAL:
        return str(number)
    tens, ones = divmod(number, 10)
    written = _DIGITS[ones] if ones else ""
    if not tens:
        return written
    return f"{'' if tens == 1 else _DIGITS[tens]}十{written}"


def heading_of(item: AgendaItem, place: int) -> str:
    """The line that begins an item of the agenda; `place` counts from 0."""
    return f"{numeral(place + 1)}、{_flat(item.title)}"


def read_minutes(text: str, agenda: Sequence[AgendaItem], names: Mapping[str, str | None]) -> list[Passage]:
    """The passages of a text, each with an identity of its own.

    `names` are the speakers that are known, with their persons where there is one. A title behind the name,
    as in 李明（组织委员）, stays with the speaker.
    """
    items = _Items(agenda)
    people = {same_name_key(name): person for name, person in names.items()}
    passages: list[Passage] = []
    item: str | None = None
    for line in filter(None, map(str.strip, text.splitlines())):
        begun = items.begun_by(line)
        if line == NO_ITEM:
            item = None
        elif begun is not None:
            item = begun
        else:
            speaker, said = _speaker(line, people)
            person = people.get(_base(speaker, people)) if speaker else None
            passages.append(Passage(new_uid(), said, speaker, person, item, len(passages)))
    return passages


def write_minutes(
    passages: Sequence[Passage], agenda: Sequence[AgendaItem], *, all_items: bool = False
) -> str:
    """The text of passages: reading it again gives them back.

    With `all_items` the headings of items without a passage stand behind the rest, ready to be written under.
    """
    headings = {item.uid: heading_of(item, place) for place, item in enumerate(_ordered(agenda))}
    lines: list[str] = []
    current: str | None = None
    for passage in sorted(passages, key=lambda one: one.position):
        item = passage.agenda if passage.agenda in headings else None
        if item != current:
            lines.append(NO_ITEM if item is None else headings[item])
            current = item
        lines.append(_line(passage))
    if all_items:
        begun = {passage.agenda for passage in passages}
        lines += [heading for uid, heading in headings.items() if uid not in begun]
    return "\n".join(lines)


def merge_passages(before: Sequence[Passage], after: Sequence[Passage]) -> list[Passage]:
    """The passages `after` a text was edited, with the identities of those that were there `before`.

    A paragraph that did not change stays the same, also where it moved, but gets the speaker whose name has
    become known meanwhile; one that was rewritten in its place keeps its identity.
    """
    old, new = sorted(before, key=lambda one: one.position), list(after)
    kept: dict[int, Passage] = {}
    changed: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, [_written(one) for one in old], [_written(one) for one in new], False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        pairs = list(zip(range(old_from, old_to), range(new_from, new_to), strict=False))
        if what == "equal":
            kept.update((there, old[here]) for here, there in pairs)
        else:
            changed += pairs
    _match_moved(old, new, kept)
    taken = {passage.uid for passage in kept.values()}
    for here, there in changed:
        if there not in kept and old[here].uid not in taken:
            kept[there] = replace(new[there], uid=old[here].uid)
    return [
        replace(_spoken_by(kept.get(place, passage), passage), position=place)
        for place, passage in enumerate(new)
    ]


def _spoken_by(kept: Passage, read: Passage) -> Passage:
    """A paragraph with the speaker that reading its line again found."""
    if not read.speaker:
        return kept
    return replace(kept, speaker=read.speaker, text=read.text, person=kept.person or read.person)


def _match_moved(old: Sequence[Passage], new: Sequence[Passage], kept: dict[int, Passage]) -> None:
    """Find the paragraphs that only moved, or moved to another item."""
    taken = {passage.uid for passage in kept.values()}
    for key in (_written, _line):
        free: defaultdict[object, list[Passage]] = defaultdict(list)
        for passage in old:
            if passage.uid not in taken:
                free[key(passage)].append(passage)
        for place, passage in enumerate(new):
            if place not in kept and free[key(passage)]:
                kept[place] = replace(free[key(passage)].pop(0), agenda=passage.agenda)
                taken.add(kept[place].uid)


class _Items:
    """The agenda, asked which item a line begins."""

    def __init__(self, agenda: Sequence[AgendaItem]) -> None:
        ordered = _ordered(agenda)
        self._exact = {heading_of(item, place): item.uid for place, item in enumerate(ordered)}
        self._titles: dict[str, str] = {}
        for item in ordered:
            self._titles.setdefault(_flat(item.title), item.uid)

    def begun_by(self, line: str) -> str | None:
        """The uid of the item that a line begins; its number may be another one, or in digits."""
        exact = self._exact.get(_flat(line))
        if exact is not None:
            return exact
        heading = _HEADING.fullmatch(line)
        return self._titles.get(_flat(heading[1])) if heading else None


def _ordered(agenda: Sequence[AgendaItem]) -> list[AgendaItem]:
    return sorted(agenda, key=lambda item: item.position)


def _flat(title: str) -> str:
    return " ".join(title.split())


def _base(speaker: str, people: Mapping[str, str | None]) -> str:
    """The key of the name in `speaker`, without a title where the name is known without it."""
    whole = same_name_key(speaker)
    return whole if whole in people else same_name_key(_TITLE.sub("", speaker))


def _speaker(line: str, people: Mapping[str, str | None]) -> tuple[str, str]:
    """Who says a line, and what; nobody where no known name stands before the colon."""
    spoken = _SPOKEN.fullmatch(line)
    if spoken is None:
        return "", line
    speaker = spoken[1].strip()
    return (speaker, spoken[2].strip()) if _base(speaker, people) in people else ("", line)


def _line(passage: Passage) -> str:
    return f"{passage.speaker}：{passage.text}" if passage.speaker else passage.text


def _written(passage: Passage) -> _Written:
    return passage.agenda, _line(passage)
