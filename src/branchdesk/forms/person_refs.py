"""People named in a form: the name as it stood when it was written, with the member it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SEPARATOR = "、"


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person in a form; `uid` is None for somebody who is not in the roster."""

    name: str
    uid: str | None = None

    def written(self) -> str:
        """The form in which it is stored: 姓名@uid, or the name alone."""
        return f"{self.name}@{self.uid}" if self.uid else self.name


def read_people(value: str | None) -> tuple[PersonRef, ...]:
    """The people that a stored value names, in order."""
    people = []
    for part in (value or "").split(SEPARATOR):
        name, _at, uid = part.strip().partition("@")
        if name:
            people.append(PersonRef(name, uid or None))
    return tuple(people)


def write_people(people: Iterable[PersonRef]) -> str:
    """The stored value that names `people`; nobody gives an empty text."""
    return SEPARATOR.join(person.written() for person in people)
