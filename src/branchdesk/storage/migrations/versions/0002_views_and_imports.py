"""Saved views of lists, and what imports learned about headings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "saved_view",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("screen", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_view_uid")),
    )
    op.create_table(
        "import_memory",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_import_memory")),
        sa.UniqueConstraint("uid", name=op.f("uq_import_memory_uid")),
    )
    op.create_index(op.f("ix_import_memory_headings"), "import_memory", ["headings"], unique=False)
