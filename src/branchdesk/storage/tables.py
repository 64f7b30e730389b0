"""The tables of a branch file.

Facts are journalled: every write to them goes through a change. Derived tables follow from the facts and
can be rebuilt at any time. The rest is the program's own bookkeeping.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from branchdesk.forms.language import shipped_form

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _fact(name: str, *columns: Column[str] | Column[int] | Index, bin_: bool = False) -> Table:
    """A journalled table: its own stable row number, an identity for ever, and perhaps a recycle bin."""
    stamps = (
        (
            Column("deleted_at", Integer),
            Column("deleted_by", Text),
            Column("deleted_why", Text),
        )
        if bin_
        else ()
    )
    return Table(
        name,
        metadata,
        Column("rid", Integer, primary_key=True),
        Column("uid", Text, nullable=False, unique=True),
        *columns,
        *stamps,
        info={"journalled": True, "bin": bin_},
    )


def _stored(kind: str) -> tuple[Column[str], ...]:
    """A column for each field that a form stores with its subject."""
    return tuple(Column(field.id, Text) for field in shipped_form(kind).stored)


organisation = _fact("organisation", *_stored("organisation.profile"))

organisation_version = _fact(
    "organisation_version",
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False, index=True),
    Column("parent_uid", Text, ForeignKey("organisation.uid")),
    Column("kind", Text, nullable=False),
    Column("full_name", Text, nullable=False),
    Column("short_name", Text, nullable=False, server_default=""),
    Column("valid_from", Text),
    Column("valid_to", Text),
    Column("position", Integer, nullable=False, server_default="0"),
)

member = _fact("member", *_stored("member.file"), bin_=True)
Index("ix_member_id_number", member.c.id_number)

member_event = _fact(
    "member_event",
    Column("member_uid", Text, ForeignKey("member.uid"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("on_date", Text),
    Column("entered_on", Text, nullable=False),
    Column("organisation_uid", Text, ForeignKey("organisation.uid")),
    Column("group_uid", Text, ForeignKey("organisation.uid")),
    Column("place", Text),
    Column("ending", Text),
    Column("document", Text),
    Column("note", Text),
)

committee_term = _fact(
    "committee_term",
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False, index=True),
    Column("number", Text),
    Column("elected_on", Text),
    Column("due_on", Text),
    Column("ended_on", Text),
    Column("note", Text),
)

post = _fact(
    "post",
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False, index=True),
    Column("member_uid", Text, ForeignKey("member.uid"), nullable=False, index=True),
    Column("term_uid", Text, ForeignKey("committee_term.uid")),
    Column("code", Text, nullable=False),
    Column("since", Text),
    Column("until", Text),
    Column("entered_on", Text, nullable=False),
)

# What was typed for a member and cannot be understood yet, for fields that are not plain columns.
pending_value = _fact(
    "pending_value",
    Column("member_uid", Text, ForeignKey("member.uid"), nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("text", Text, nullable=False),
)

attachment = _fact(
    "attachment",
    Column("entity", Text, nullable=False),
    Column("row_uid", Text, nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("blob", Text, nullable=False),
    Column("note", Text),
    bin_=True,
)

dictionary_entry = _fact(
    "dictionary_entry",
    Column("dictionary", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("label_en", Text, nullable=False, server_default=""),
)

# How a clerk likes to see a list: columns, filters and order, as JSON.
saved_view = _fact(
    "saved_view",
    Column("screen", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", Text, nullable=False),
)

# Which column of a workbook meant which field, by the headings that it had.
import_memory = _fact(
    "import_memory",
    Column("headings", Text, nullable=False, index=True),
    Column("mapping", Text, nullable=False),
)

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

change = Table(
    "change",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("node", Text, nullable=False),
    Column("stamp", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("person_name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("undoes", Integer, index=True),
    Column("rows_hash", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

change_row = Table(
    "change_row",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("change_seq", Integer, ForeignKey("change.seq"), nullable=False, index=True),
    Column("entity", Text, nullable=False),
    Column("row_uid", Text, nullable=False, index=True),
    # The record whose history the row belongs to: the member of an event or attachment, else the row itself.
    Column("owner_uid", Text, nullable=False, index=True),
    Column("op", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("note", Text),
    CheckConstraint("op in ('insert', 'update', 'remove')", name="op"),
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("saved_at", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("content", Text, nullable=False),
)

roster_entry = Table(
    "roster_entry",
    metadata,
    Column("member_rid", Integer, ForeignKey("member.rid", ondelete="CASCADE"), primary_key=True),
    Column("category", Text),
    Column("state", Text),
    Column("organisation_uid", Text),
    Column("group_uid", Text),
    Column("admitted_on", Text),
    Column("confirmed_on", Text),
    Column("arrived_on", Text),
    Column("left_on", Text),
    Column("posts", Text),
    Column("post_rank", Integer, nullable=False),
    Column("sex", Text),
    Column("pinyin", Text, nullable=False),
    Column("strokes", Text, nullable=False),
    info={"derived": True},
)
Index("ix_roster_entry_entered", roster_entry.c.state, roster_entry.c.member_rid)
Index("ix_roster_entry_pinyin", roster_entry.c.state, roster_entry.c.pinyin, roster_entry.c.member_rid)
Index("ix_roster_entry_strokes", roster_entry.c.state, roster_entry.c.strokes, roster_entry.c.member_rid)
Index(
    "ix_roster_entry_posts",
    roster_entry.c.state,
    roster_entry.c.post_rank,
    roster_entry.c.strokes,
    roster_entry.c.member_rid,
)
Index(
    "ix_roster_entry_counts",
    roster_entry.c.organisation_uid,
    roster_entry.c.group_uid,
    roster_entry.c.state,
    roster_entry.c.category,
    roster_entry.c.sex,
)

member_finding = Table(
    "member_finding",
    metadata,
    Column("member_rid", Integer, ForeignKey("member.rid", ondelete="CASCADE"), nullable=False),
    Column("field", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("severity", Integer, nullable=False),
    PrimaryKeyConstraint("member_rid", "field", "code"),
    info={"derived": True},
)

# The full-text index is a virtual table of SQLite, written out in the migrations and in `search`.
SEARCH_INDEX = "search_index"

JOURNALLED = {table.name: table for table in metadata.sorted_tables if table.info.get("journalled")}
