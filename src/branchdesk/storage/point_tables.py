"""The tables of points: the ledger of entries, rewards, and the ledger of exchanges. All are facts."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Text

from branchdesk.storage.table_making import fact

# One row of the ledger of points. Nothing in it is ever changed but what a proposed entry becomes; what was
# wrong is reversed by another row. A name stays when the file of its member goes.
point_entry = fact(
    "point_entry",
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False),
    Column("person_uid", Text, ForeignKey("member.uid"), index=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("on_date", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("quantity", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("evidence_title", Text),
    Column("evidence_entity", Text),
    Column("evidence_uid", Text),
    Column("applicant", Text),
    Column("reviewer", Text),
    Column("reverses_uid", Text, ForeignKey("point_entry.uid"), index=True),
    Column("entered_on", Text, nullable=False),
)
Index("ix_point_entry_ledger", point_entry.c.organisation_uid, point_entry.c.year)

# Something that points are exchanged for.
reward = fact(
    "reward",
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("points", Text, nullable=False),
    Column("stock", Integer),
    bin_=True,
)

# One exchange of points, with what the reward was called and took that day; reversed by another row.
redemption = fact(
    "redemption",
    Column("organisation_uid", Text, ForeignKey("organisation.uid"), nullable=False),
    Column("person_uid", Text, ForeignKey("member.uid"), index=True),
    Column("name", Text, nullable=False),
    Column("reward_uid", Text, ForeignKey("reward.uid"), index=True),
    Column("title", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("points", Text, nullable=False),
    Column("on_date", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("signed", Integer, nullable=False, server_default="0"),
    Column("reason", Text),
    Column("reverses_uid", Text, ForeignKey("redemption.uid"), index=True),
    Column("entered_on", Text, nullable=False),
)
Index("ix_redemption_ledger", redemption.c.organisation_uid, redemption.c.year)
