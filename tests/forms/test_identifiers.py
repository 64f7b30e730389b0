"""The ids of forms: what would break a question to the database is no id."""

from __future__ import annotations

from branchdesk.forms.identifiers import SQL_KEYWORDS


def test_the_words_of_sql_are_known() -> None:
    assert {"select", "from", "where", "order", "table", "drop", "values", "index", "user"} <= SQL_KEYWORDS
    assert not {"name", "held", "topic", "place"} & SQL_KEYWORDS
