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
    PrimaryKeyConstraint,
    Table,
    Text,
)

from branchdesk.storage import (  # noqa: F401 - their tables belong to the catalogue
    daily_tables,
    evaluation_tables,
    point_tables,
)
from branchdesk.storage.table_making import fact, metadata, stored

organisation = fact("organisation", *stored("organisation.profile"))

organisation_version = fact(
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

member = fact("member", *stored("member.file"), bin_=True)
Index("ix_member_id_number", member.c.id_number)

member_event = fact(
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

committee_term = fact(
    "committee_term",
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False, index=True),
    Column("number", Text),
    Column("elected_on", Text),
    Column("due_on", Text),
    Column("ended_on", Text),
    Column("note", Text),
)

post = fact(
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
pending_value = fact(
    "pending_value",
    Column("member_uid", Text, ForeignKey("member.uid"), nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("text", Text, nullable=False),
)

attachment = fact(
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

dictionary_entry = fact(
    "dictionary_entry",
    Column("dictionary", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("label_en", Text, nullable=False, server_default=""),
)

# How a clerk likes to see a list: columns, filters and order, as JSON.
saved_view = fact(
    "saved_view",
    Column("screen", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content", Text, nullable=False),
)

# Which column of a workbook meant which field, by the headings that it had.
import_memory = fact(
    "import_memory",
    Column("headings", Text, nullable=False, index=True),
    Column("mapping", Text, nullable=False),
)

# A filled form of any kind: what lists need of it; its values stand in record_value (see forms).
record = fact(
    "record",
    Column("kind", Text, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False, index=True),
    Column("group_uid", Text, ForeignKey("organisation.uid")),
    Column("title", Text, nullable=False, server_default=""),
    Column("on_date", Text, index=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer),
    Column("state", Text, nullable=False),
    Column("entered_on", Text, nullable=False),
    Column("snapshot_on", Text),
    Column("revision", Integer, nullable=False, server_default="0"),
    bin_=True,
)

# One field of a filled form, or of one line of one of its tables (`part` and `line`, else empty).
record_value = fact(
    "record_value",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("part", Text, nullable=False, server_default=""),
    Column("line", Text, nullable=False, server_default=""),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
)

# What a record said each time it was finalised, whole, as canonical JSON.
record_version = fact(
    "record_version",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("finalised_on", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("reopened_on", Text),
    Column("reopened_why", Text),
)

attendance = fact(
    "attendance",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("person_uid", Text, ForeignKey("member.uid"), index=True),
    Column("name", Text, nullable=False),
    Column("group_name", Text, nullable=False, server_default=""),
    Column("category", Text, nullable=False),
    Column("may_vote", Integer, nullable=False),
    Column("counts", Integer, nullable=False, server_default="1"),
    Column("basis", Text),
    Column("presence", Text, nullable=False, server_default="unmarked"),
    Column("reason", Text),
    Column("written", Integer, nullable=False, server_default="0"),
    Column("made_up_on", Text),
    Column("position", Integer, nullable=False),
)

agenda_item = fact(
    "agenda_item",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("carried_from", Text),
    Column("position", Integer, nullable=False),
)

passage = fact(
    "passage",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("agenda_uid", Text, ForeignKey("agenda_item.uid")),
    Column("person_uid", Text, ForeignKey("member.uid")),
    Column("speaker", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

vote = fact(
    "vote",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("agenda_uid", Text, ForeignKey("agenda_item.uid")),
    Column("person_uid", Text, ForeignKey("member.uid")),
    Column("person_name", Text, nullable=False, server_default=""),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("secret", Integer, nullable=False, server_default="0"),
    Column("eligible", Integer),
    Column("present", Integer),
    Column("written", Integer, nullable=False, server_default="0"),
    Column("in_favour", Integer),
    Column("against", Integer),
    Column("abstained", Integer),
    Column("invalid", Integer, nullable=False, server_default="0"),
    Column("issued", Integer),
    Column("returned", Integer),
    Column("seats", Integer),
    Column("position", Integer, nullable=False),
)

candidate = fact(
    "candidate",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("vote_uid", Text, ForeignKey("vote.uid"), nullable=False, index=True),
    Column("person_uid", Text, ForeignKey("member.uid")),
    Column("name", Text, nullable=False),
    Column("in_favour", Integer),
    Column("against", Integer),
    Column("abstained", Integer),
    Column("write_in", Integer, nullable=False, server_default="0"),
    Column("position", Integer, nullable=False),
)

decision = fact(
    "decision",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("agenda_uid", Text, ForeignKey("agenda_item.uid")),
    Column("text", Text, nullable=False),
    Column("responsible", Text, nullable=False, server_default=""),
    Column("due_on", Text),
    Column("done_on", Text),
    Column("feedback", Text),
    Column("closed", Integer, nullable=False, server_default="0"),
    Column("carried_from", Text, index=True),
    Column("position", Integer, nullable=False),
)

# A form that did not ship with the program, received from above or made here: the TOML it was published as.
form_definition = fact(
    "form_definition",
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("effective_from", Text),
    Column("published_on", Text),
)

# A sentence that clerks put into minutes by a key.
fixed_phrase = fact(
    "fixed_phrase",
    Column("text", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

# A check of minutes that this organisation has switched off, and why.
check_switch = fact(
    "check_switch",
    Column("name", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# A piece of evidence under a line of an inspection that lies elsewhere in the file: a meeting, a member …
# Files of the inspection itself are attachments with the role `<indicator>.<slot>`.
proof = fact(
    "proof",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("indicator", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("target_uid", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("on_date", Text),
    Column("position", Integer, nullable=False),
)

# A problem found by an inspection, a spot check, the superior or the people, and its rectification.
issue = fact(
    "issue",
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False, index=True),
    Column("found_in_uid", Text, ForeignKey("record.uid"), index=True),
    Column("indicator", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer),
    Column("text", Text, nullable=False),
    Column("basis", Text),
    Column("found_on", Text),
    Column("fed_back_on", Text),
    Column("acknowledged_on", Text),
    Column("responsible_uid", Text, ForeignKey("member.uid")),
    Column("responsible", Text),
    Column("assistant", Text),
    Column("measures", Text),
    Column("due_on", Text),
    Column("progress", Text),
    Column("done_on", Text),
    Column("result", Text),
    Column("lost_points", Text),
    bin_=True,
)

# One verification of a rectification, passed or not; failed ones open the issue again.
verification = fact(
    "verification",
    Column("issue_uid", Text, ForeignKey("issue.uid"), nullable=False, index=True),
    Column("verifier_uid", Text, ForeignKey("member.uid")),
    Column("verifier", Text, nullable=False),
    Column("on_date", Text, nullable=False),
    Column("passed", Integer, nullable=False),
    Column("opinion", Text),
    Column("year", Integer, nullable=False),
    Column("number", Integer),
)

# A workbook of the superior that is filled from records of one form kind; its file is an attachment.
sheet_template = fact(
    "sheet_template",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    bin_=True,
)

# What goes into one cell of such a workbook.
template_cell = fact(
    "template_cell",
    Column("template_uid", Text, ForeignKey("sheet_template.uid"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("cell", Text, nullable=False),
    Column("source", Text, nullable=False),
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
