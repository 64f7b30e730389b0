"""The full-text index: one token per Han character, readings and initials of names, tails of numbers.

Phrases of such tokens find every length exactly, where a trigram index finds no name of two characters.
Characters are indexed by their code, since the tokenizer does not know those added to Unicode lately.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from branchdesk.domain.name_search import initials_to_look_for
from branchdesk.domain.names import initials, readings, same_name_key

CREATE = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "signs, letters, digits, content='', contentless_delete=1, prefix='1 2 3')"
)
MEMBER = 1
_KINDS = 8  # room for the kinds of documents that share the index; the row number says which kind it is
_TAILS = (4, 6)
_BETWEEN = "between"


def _signs(key: str) -> str:
    return " ".join(f"{ord(char):x}" for char in key)


def _signs_of_names(name: str, former: str) -> str:
    """Both names as tokens, parted by one that no character has, so that no phrase spans them."""
    return f" {_BETWEEN} ".join(_signs(same_name_key(one)) for one in (name, former) if one)


def index_members(connection: Connection, rows: Iterable[tuple[int, str, str, str, Iterable[str]]]) -> None:
    """Put members into the index: row number, name, former name, staff number, and further numbers."""
    connection.execute(
        text(
            "INSERT INTO search_index(rowid, signs, letters, digits) VALUES (:id, :signs, :letters, :digits)"
        ),
        [
            {
                "id": rid * _KINDS + MEMBER,
                "signs": _signs_of_names(name, former),
                "letters": _letters(name),
                "digits": _digits([staff, *numbers]),
            }
            for rid, name, former, staff, numbers in rows
        ],
    )


def _letters(name: str) -> str:
    spoken = readings(name)
    return " ".join(dict.fromkeys(word for one in spoken for word in (initials(one), "".join(one))))


def _digits(numbers: Iterable[str]) -> str:
    found: dict[str, None] = {}
    for number in numbers:
        if number:
            found.setdefault(number)
            for length in _TAILS:
                found.setdefault(number[-length:])
    return " ".join(found)


def forget_members(connection: Connection, rids: Iterable[int]) -> None:
    """Take members out of the index."""
    rows = [{"id": rid * _KINDS + MEMBER} for rid in rids]
    if rows:
        connection.execute(text("DELETE FROM search_index WHERE rowid = :id"), rows)


def forget_everything(connection: Connection) -> None:
    """Empty the index."""
    connection.execute(text("DELETE FROM search_index"))


def member_query(typed: str) -> str | None:
    """The full-text question for what was typed in a search of people; None for nothing to look for."""
    key = same_name_key(typed)
    if not key:
        return None
    if key.isascii() and key.isalnum():
        parts = [f'digits : "{key}" *']
        if key.isalpha():
            starts = dict.fromkeys((key, *initials_to_look_for(key)))
            parts += [f'letters : "{start}" *' for start in starts]
        return " OR ".join(parts)
    return f'signs : "{_signs(key)}"'


def find_members(connection: Connection, typed: str, limit: int) -> list[int]:
    """Row numbers of members that may fit what was typed; initials still need a closer look."""
    question = member_query(typed)
    if question is None:
        return []
    rows = connection.execute(
        text("SELECT rowid FROM search_index WHERE search_index MATCH :question LIMIT :limit"),
        {"question": question, "limit": limit},
    )
    return [rowid // _KINDS for (rowid,) in rows if rowid % _KINDS == MEMBER]
