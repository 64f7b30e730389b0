"""Ids of the form language: short lower-case words that no database can mistake for its own."""

from __future__ import annotations

from branchdesk.forms.toml_files import TomlTable
from branchdesk.i18n import _

ID_PATTERN = "^[a-z][a-z0-9_]{0,30}$"
# Codes of words: several are stored parted by spaces, and typed parted by the other marks.
CODE_PATTERN = r"^[^\s、,，;；/]{1,40}$"
KIND_PATTERN = r"^[a-z]{1,20}\.[a-z0-9_]{1,40}$"

# Every keyword that SQLite knows, and the words of standard SQL that other databases add to them.
_SQLITE = """
abort action add after all alter always analyze and as asc attach autoincrement before begin between by
cascade case cast check collate column commit conflict constraint create cross current current_date
current_time current_timestamp database default deferrable deferred delete desc detach distinct do drop
each else end escape except exclude exclusive exists explain fail filter first following for foreign from
full generated glob groups having if ignore immediate in index indexed initially inner insert instead
intersect into is isnull join key last left like limit match materialized natural no not nothing notnull
null nulls of offset on or order others outer over partition plan pragma preceding primary query raise
range recursive references regexp reindex release rename replace restrict returning right rollback row rows
savepoint select set table temp temporary then ties to transaction trigger unbounded union unique update
using vacuum values view virtual when where window with without
"""
_OTHERS = "any array both declare end_exec fetch grant old new revoke some true false user rowid oid _rowid_"
# The member file has called a field "group" since its first version; its column is quoted everywhere.
SQL_KEYWORDS = frozenset((_SQLITE + _OTHERS).split())


def keyword_reason(word: str) -> str:
    """Why a word of the database cannot be an id."""
    return _(
        "“{word}”是数据库的保留字，不能用作标识，请换一个词，例如“{other}”。", word=word, other=f"the_{word}"
    )


def read_id(row: TomlTable, key: str = "id") -> str:
    """An id of a form, section, table or field; a FormMistake where it could break a database."""
    word = row.matching(key, ID_PATTERN)
    if word in SQL_KEYWORDS:
        row.refuse(key, keyword_reason(word))
    return word
