"""What inspections find: evidence, problems with their verifications, and workbooks of the superior."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
    _inspections()
    _templates()


def _inspections() -> None:
    op.create_table(
        "issue",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=False),
        sa.Column("found_in_uid", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=False, server_default=""),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("found_on", sa.Text(), nullable=True),
        sa.Column("fed_back_on", sa.Text(), nullable=True),
        sa.Column("acknowledged_on", sa.Text(), nullable=True),
        sa.Column("responsible_uid", sa.Text(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=True),
        sa.Column("assistant", sa.Text(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("lost_points", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.Integer(), nullable=True),
        sa.Column("deleted_by", sa.Text(), nullable=True),
        sa.Column("deleted_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_issue_organisation_uid")
        ),
        sa.ForeignKeyConstraint(["found_in_uid"], ["record.uid"], name=op.f("fk_issue_found_in_uid")),
        sa.ForeignKeyConstraint(["responsible_uid"], ["member.uid"], name=op.f("fk_issue_responsible_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_issue")),
        sa.UniqueConstraint("uid", name=op.f("uq_issue_uid")),
    )
    op.create_index(op.f("ix_issue_found_in_uid"), "issue", ["found_in_uid"], unique=False)
    op.create_index(op.f("ix_issue_organisation_uid"), "issue", ["organisation_uid"], unique=False)
    op.create_table(
        "proof",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("target_uid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_proof_record_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_proof")),
        sa.UniqueConstraint("uid", name=op.f("uq_proof_uid")),
    )
    op.create_index(op.f("ix_proof_record_uid"), "proof", ["record_uid"], unique=False)
    op.create_index(op.f("ix_proof_target_uid"), "proof", ["target_uid"], unique=False)
    op.create_table(
        "verification",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("issue_uid", sa.Text(), nullable=False),
        sa.Column("verifier_uid", sa.Text(), nullable=True),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["issue_uid"], ["issue.uid"], name=op.f("fk_verification_issue_uid")),
        sa.ForeignKeyConstraint(["verifier_uid"], ["member.uid"], name=op.f("fk_verification_verifier_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_verification")),
        sa.UniqueConstraint("uid", name=op.f("uq_verification_uid")),
    )
    op.create_index(op.f("ix_verification_issue_uid"), "verification", ["issue_uid"], unique=False)


def _templates() -> None:
    op.create_table(
        "sheet_template",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Integer(), nullable=True),
        sa.Column("deleted_by", sa.Text(), nullable=True),
        sa.Column("deleted_why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_sheet_template")),
        sa.UniqueConstraint("uid", name=op.f("uq_sheet_template_uid")),
    )
    op.create_table(
        "template_cell",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("template_uid", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_uid"], ["sheet_template.uid"], name=op.f("fk_template_cell_template_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_template_cell")),
        sa.UniqueConstraint("uid", name=op.f("uq_template_cell_uid")),
    )
    op.create_index(op.f("ix_template_cell_template_uid"), "template_cell", ["template_uid"], unique=False)
