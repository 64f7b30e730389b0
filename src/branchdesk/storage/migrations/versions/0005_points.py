"""Points of members: the ledger of entries, rewards, and the ledger of exchanges."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables."""
    _entries()
    _rewards()


def _entries() -> None:
    op.create_table(
        "point_entry",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=False),
        sa.Column("person_uid", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("evidence_title", sa.Text(), nullable=True),
        sa.Column("evidence_entity", sa.Text(), nullable=True),
        sa.Column("evidence_uid", sa.Text(), nullable=True),
        sa.Column("applicant", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=True),
        sa.Column("reverses_uid", sa.Text(), nullable=True),
        sa.Column("entered_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_point_entry_organisation_uid")
        ),
        sa.ForeignKeyConstraint(["person_uid"], ["member.uid"], name=op.f("fk_point_entry_person_uid")),
        sa.ForeignKeyConstraint(
            ["reverses_uid"], ["point_entry.uid"], name=op.f("fk_point_entry_reverses_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_point_entry")),
        sa.UniqueConstraint("uid", name=op.f("uq_point_entry_uid")),
    )
    op.create_index(op.f("ix_point_entry_person_uid"), "point_entry", ["person_uid"], unique=False)
    op.create_index(op.f("ix_point_entry_reverses_uid"), "point_entry", ["reverses_uid"], unique=False)
    op.create_index("ix_point_entry_ledger", "point_entry", ["organisation_uid", "year"], unique=False)


def _rewards() -> None:
    op.create_table(
        "reward",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.Integer(), nullable=True),
        sa.Column("deleted_by", sa.Text(), nullable=True),
        sa.Column("deleted_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_reward_organisation_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_reward")),
        sa.UniqueConstraint("uid", name=op.f("uq_reward_uid")),
    )
    op.create_index(op.f("ix_reward_organisation_uid"), "reward", ["organisation_uid"], unique=False)
    op.create_table(
        "redemption",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=False),
        sa.Column("person_uid", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reward_uid", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reverses_uid", sa.Text(), nullable=True),
        sa.Column("entered_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_redemption_organisation_uid")
        ),
        sa.ForeignKeyConstraint(["person_uid"], ["member.uid"], name=op.f("fk_redemption_person_uid")),
        sa.ForeignKeyConstraint(["reward_uid"], ["reward.uid"], name=op.f("fk_redemption_reward_uid")),
        sa.ForeignKeyConstraint(
            ["reverses_uid"], ["redemption.uid"], name=op.f("fk_redemption_reverses_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_redemption")),
        sa.UniqueConstraint("uid", name=op.f("uq_redemption_uid")),
    )
    op.create_index(op.f("ix_redemption_person_uid"), "redemption", ["person_uid"], unique=False)
    op.create_index(op.f("ix_redemption_reward_uid"), "redemption", ["reward_uid"], unique=False)
    op.create_index(op.f("ix_redemption_reverses_uid"), "redemption", ["reverses_uid"], unique=False)
    op.create_index("ix_redemption_ledger", "redemption", ["organisation_uid", "year"], unique=False)
