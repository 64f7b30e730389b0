"""Points and their ledgers; evaluations with scores, counted ballots, steps and stars; daily records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables."""
    _entries()
    _rewards()
    _evaluations()
    _ballots()
    _stars()
    _daily()


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


def _evaluations() -> None:
    op.create_table(
        "evaluation_subject",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_uid", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False, server_default=""),
        sa.Column("category", sa.Text(), nullable=False, server_default=""),
        sa.Column("takes_part", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("graded", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("why_not", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("told_on", sa.Text(), nullable=True),
        sa.Column("improvement", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_uid"], ["record.uid"], name=op.f("fk_evaluation_subject_record_uid")
        ),
        sa.ForeignKeyConstraint(
            ["person_uid"], ["member.uid"], name=op.f("fk_evaluation_subject_person_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_evaluation_subject")),
        sa.UniqueConstraint("uid", name=op.f("uq_evaluation_subject_uid")),
    )
    op.create_index(
        op.f("ix_evaluation_subject_person_uid"), "evaluation_subject", ["person_uid"], unique=False
    )
    op.create_index(
        op.f("ix_evaluation_subject_record_uid"), "evaluation_subject", ["record_uid"], unique=False
    )
    op.create_table(
        "part_score",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("subject_uid", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False, server_default=""),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("actual", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("scorer", sa.Text(), nullable=True),
        sa.Column("evidence_title", sa.Text(), nullable=True),
        sa.Column("evidence_entity", sa.Text(), nullable=True),
        sa.Column("evidence_uid", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_part_score_record_uid")),
        sa.ForeignKeyConstraint(
            ["subject_uid"], ["evaluation_subject.uid"], name=op.f("fk_part_score_subject_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_part_score")),
        sa.UniqueConstraint("uid", name=op.f("uq_part_score_uid")),
    )
    op.create_index(op.f("ix_part_score_record_uid"), "part_score", ["record_uid"], unique=False)
    op.create_index("uq_part_score_cell", "part_score", ["subject_uid", "part", "dimension"], unique=True)


def _ballots() -> None:
    op.create_table(
        "ballot_batch",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False, server_default=""),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("spoiled", sa.Integer(), nullable=True),
        sa.Column("printed_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_ballot_batch_record_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_ballot_batch")),
        sa.UniqueConstraint("uid", name=op.f("uq_ballot_batch_uid")),
    )
    op.create_index(op.f("ix_ballot_batch_record_uid"), "ballot_batch", ["record_uid"], unique=False)
    op.create_table(
        "ballot_pass",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("batch_uid", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_ballot_pass_record_uid")),
        sa.ForeignKeyConstraint(["batch_uid"], ["ballot_batch.uid"], name=op.f("fk_ballot_pass_batch_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_ballot_pass")),
        sa.UniqueConstraint("uid", name=op.f("uq_ballot_pass_uid")),
    )
    op.create_index(op.f("ix_ballot_pass_record_uid"), "ballot_pass", ["record_uid"], unique=False)
    op.create_index("uq_ballot_pass_number", "ballot_pass", ["batch_uid", "number"], unique=True)
    op.create_table(
        "ballot_count",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("pass_uid", sa.Text(), nullable=False),
        sa.Column("subject_uid", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_ballot_count_record_uid")),
        sa.ForeignKeyConstraint(["pass_uid"], ["ballot_pass.uid"], name=op.f("fk_ballot_count_pass_uid")),
        sa.ForeignKeyConstraint(
            ["subject_uid"], ["evaluation_subject.uid"], name=op.f("fk_ballot_count_subject_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_ballot_count")),
        sa.UniqueConstraint("uid", name=op.f("uq_ballot_count_uid")),
    )
    op.create_index(op.f("ix_ballot_count_record_uid"), "ballot_count", ["record_uid"], unique=False)
    op.create_index(op.f("ix_ballot_count_subject_uid"), "ballot_count", ["subject_uid"], unique=False)
    op.create_index(
        "uq_ballot_count_cell", "ballot_count", ["pass_uid", "subject_uid", "choice"], unique=True
    )


def _stars() -> None:
    op.create_table(
        "step_done",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("skipped", sa.Integer(), nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_step_done_record_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_step_done")),
        sa.UniqueConstraint("uid", name=op.f("uq_step_done_uid")),
    )
    op.create_index(op.f("ix_step_done_record_uid"), "step_done", ["record_uid"], unique=False)
    op.create_index("uq_step_done_step", "step_done", ["record_uid", "step"], unique=True)
    op.create_table(
        "star",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("subject_uid", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("deeds", sa.Text(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_of", sa.Integer(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("handled", sa.Text(), nullable=True),
        sa.Column("from_day", sa.Text(), nullable=True),
        sa.Column("until_day", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_star_record_uid")),
        sa.ForeignKeyConstraint(
            ["subject_uid"], ["evaluation_subject.uid"], name=op.f("fk_star_subject_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_star")),
        sa.UniqueConstraint("uid", name=op.f("uq_star_uid")),
    )
    op.create_index(op.f("ix_star_record_uid"), "star", ["record_uid"], unique=False)
    op.create_index("uq_star_dimension", "star", ["subject_uid", "dimension"], unique=True)


def _daily() -> None:
    op.create_table(
        "daily_record",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("person_uid", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_daily_record_record_uid")),
        sa.ForeignKeyConstraint(["person_uid"], ["member.uid"], name=op.f("fk_daily_record_person_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_daily_record")),
        sa.UniqueConstraint("record_uid", name=op.f("uq_daily_record_record_uid")),
        sa.UniqueConstraint("uid", name=op.f("uq_daily_record_uid")),
    )
    op.create_index(op.f("ix_daily_record_person_uid"), "daily_record", ["person_uid"], unique=False)
