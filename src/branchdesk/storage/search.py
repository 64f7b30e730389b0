"""The full-text index: one token per Han character, readings and initials of names, tails of numbers.

Phrases of such tokens find every length exactly, where a trigram index finds no name of two characters.
Characters are indexed by their code, since the tokenizer does not know those added to Unicode lately.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Integer, TextualSelect, column, text

from branchdesk.domain.name_search import initials_to_look_for
from branchdesk.domain.names import initials, readings, same_name_key

CREATE = (
    "CREATE VIRTUAL TABLE search_index USING fts5("
    "signs, letters, digits, content='', contentless_delete=1, prefix='1 2 3')"
)
MEMBER, RECORD, ISSUE = 1, 2, 3
_KINDS = 8  # room for the kinds of documents that share the index; the row number says which kind it is
_TAILS = (4, 6)
_BETWEEN = "between"
_WHOLE = "w"  # opens the token of a whole name; those of single characters begin with a digit or a to f


def _signs(key: str) -> str:
    return " ".join(f"{ord(char):x}" for char in key)


def _whole(key: str) -> str:
    """A whole name as one token, for finding it among all longer names that hold it."""
    return _WHOLE + _signs(key).replace(" ", "")


def _signs_of_names(name: str, former: str) -> str:
    """Both names as tokens, parted by one that no character has, so that no phrase spans them."""
    keys = [same_name_key(one) for one in (name, former) if one]
    return f" {_BETWEEN} ".join([*map(_signs, keys), *map(_whole, keys)])


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


def index_texts(connection: Connection, kind: int, rows: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Put filled forms or problems into the index: row number and the texts by which they are looked for."""
    documents = [
        {
            "id": rid * _KINDS + kind,
            "signs": f" {_BETWEEN} ".join(_signs(key) for part in texts if (key := same_name_key(part))),
        }
        for rid, texts in rows
    ]
    if documents:
        connection.execute(
            text("INSERT INTO search_index(rowid, signs, letters, digits) VALUES (:id, :signs, '', '')"),
            documents,
        )


def forget_texts(connection: Connection, kind: int, rids: Iterable[int]) -> None:
    """Take filled forms or problems out of the index."""
    rows = [{"id": rid * _KINDS + kind} for rid in rids]
    if rows:
        connection.execute(text("DELETE FROM search_index WHERE rowid = :id"), rows)


def find_texts(connection: Connection, kind: int, typed: str, limit: int) -> list[int]:
    """Row numbers of filled forms or problems that say every word that was typed, the newest first."""
    keys = [key for word in typed.split() if (key := same_name_key(word))]
    question = " AND ".join(f'signs : "{_signs(key)}"' for key in keys)
    return _found(connection, question or None, limit, kind)


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


def exact_query(typed: str) -> str | None:
    """The full-text question for members of whom a whole name, reading or number was typed, or its tail."""
    key = same_name_key(typed)
    if not key:
        return None
    parts = [f'signs : "{_whole(key)}"']
    if key.isascii() and key.isalnum():
        parts += [f'digits : "{key}"', f'letters : "{key}"']
    return " OR ".join(parts)


def find_members(connection: Connection, typed: str, limit: int) -> list[int]:
    """Row numbers of members that may fit what was typed; initials still need a closer look."""
    return _found(connection, member_query(typed), limit)


def name_questions(typed: str) -> tuple[str | None, str | None]:
    """Two full-text questions for a name: what it finds fits surely, and what may fit but wants a look.

    Letters with which a reading or its initials begin fit surely; a mixture such as liml may fit.
    """
    key = same_name_key(typed)
    if not (key.isascii() and key.isalpha()):
        return (None, member_query(typed)) if key.isascii() else (member_query(typed), None)
    sure = f'letters : "{key}" *'
    starts = [f'letters : "{start}" *' for start in initials_to_look_for(key) if start != key]
    return sure, f"({' OR '.join(starts)}) NOT {sure}" if starts else None


def rids_found(question: str) -> TextualSelect:
    """The row numbers that a full-text question finds, as a part of another question."""
    found = text(
        f"SELECT rowid / {_KINDS} FROM search_index"  # noqa: S608 - two constants
        f" WHERE search_index MATCH :question AND rowid % {_KINDS} = {MEMBER}"
    )
    return found.bindparams(question=question).columns(column("rid", Integer))


def find_exactly(connection: Connection, typed: str, limit: int) -> list[int]:
    """Row numbers of members that fit exactly what was typed, however many others hold it somewhere."""
    return _found(connection, exact_query(typed), limit)


def _found(connection: Connection, question: str | None, limit: int, kind: int = MEMBER) -> list[int]:
    if question is None:
        return []
    newest = "" if kind == MEMBER else " ORDER BY rowid DESC"
    rows = connection.execute(
        text(
            f"SELECT rowid / {_KINDS} FROM search_index"  # noqa: S608 - constants
            f" WHERE search_index MATCH :question AND rowid % {_KINDS} = {kind}{newest} LIMIT :limit"
        ),
        {"question": question, "limit": limit},
    )
    return [rid for (rid,) in rows]
