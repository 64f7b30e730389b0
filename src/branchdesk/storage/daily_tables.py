"""The table of daily records: whose each of these filled forms is."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Text

from branchdesk.storage.table_making import fact

# Whom a record of one month is about. A name stays when the file of its member goes.
daily_record = fact(
    "daily_record",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, unique=True),
    Column("person_uid", Text, ForeignKey("member.uid"), index=True),
    Column("name", Text, nullable=False),
)
