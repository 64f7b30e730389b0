"""Filled forms and their versions, meetings with everything they hold, and forms that are made here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables."""
    _records()
    _meetings()
    _of_the_house()


def _records() -> None:
    op.create_table(
        "record",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=False),
        sa.Column("group_uid", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False, server_default=""),
        sa.Column("on_date", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entered_on", sa.Text(), nullable=False),
        sa.Column("snapshot_on", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("deleted_at", sa.Integer(), nullable=True),
        sa.Column("deleted_by", sa.Text(), nullable=True),
        sa.Column("deleted_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_record_organisation_uid")
        ),
        sa.ForeignKeyConstraint(["group_uid"], ["organisation.uid"], name=op.f("fk_record_group_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_record")),
        sa.UniqueConstraint("uid", name=op.f("uq_record_uid")),
    )
    op.create_index(op.f("ix_record_kind"), "record", ["kind"], unique=False)
    op.create_index(op.f("ix_record_on_date"), "record", ["on_date"], unique=False)
    op.create_index(op.f("ix_record_organisation_uid"), "record", ["organisation_uid"], unique=False)
    op.create_table(
        "record_value",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False, server_default=""),
        sa.Column("line", sa.Text(), nullable=False, server_default=""),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_record_value_record_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_record_value")),
        sa.UniqueConstraint("uid", name=op.f("uq_record_value_uid")),
    )
    op.create_index(op.f("ix_record_value_record_uid"), "record_value", ["record_uid"], unique=False)
    op.create_table(
        "record_version",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("finalised_on", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("reopened_on", sa.Text(), nullable=True),
        sa.Column("reopened_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_record_version_record_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_record_version")),
        sa.UniqueConstraint("uid", name=op.f("uq_record_version_uid")),
    )
    op.create_index(op.f("ix_record_version_record_uid"), "record_version", ["record_uid"], unique=False)


def _meetings() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("carried_from", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_agenda_item_record_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_agenda_item_uid")),
    )
    op.create_index(op.f("ix_agenda_item_record_uid"), "agenda_item", ["record_uid"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("person_uid", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False, server_default=""),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("may_vote", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("presence", sa.Text(), nullable=False, server_default="unmarked"),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("written", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("made_up_on", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_attendance_record_uid")),
        sa.ForeignKeyConstraint(["person_uid"], ["member.uid"], name=op.f("fk_attendance_person_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_attendance")),
        sa.UniqueConstraint("uid", name=op.f("uq_attendance_uid")),
    )
    op.create_index(op.f("ix_attendance_person_uid"), "attendance", ["person_uid"], unique=False)
    op.create_index(op.f("ix_attendance_record_uid"), "attendance", ["record_uid"], unique=False)
    op.create_table(
        "decision",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("agenda_uid", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False, server_default=""),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("closed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("carried_from", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_decision_record_uid")),
        sa.ForeignKeyConstraint(["agenda_uid"], ["agenda_item.uid"], name=op.f("fk_decision_agenda_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_decision")),
        sa.UniqueConstraint("uid", name=op.f("uq_decision_uid")),
    )
    op.create_index(op.f("ix_decision_carried_from"), "decision", ["carried_from"], unique=False)
    op.create_index(op.f("ix_decision_record_uid"), "decision", ["record_uid"], unique=False)
    op.create_table(
        "passage",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("agenda_uid", sa.Text(), nullable=True),
        sa.Column("person_uid", sa.Text(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=False, server_default=""),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_passage_record_uid")),
        sa.ForeignKeyConstraint(["agenda_uid"], ["agenda_item.uid"], name=op.f("fk_passage_agenda_uid")),
        sa.ForeignKeyConstraint(["person_uid"], ["member.uid"], name=op.f("fk_passage_person_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_passage")),
        sa.UniqueConstraint("uid", name=op.f("uq_passage_uid")),
    )
    op.create_index(op.f("ix_passage_record_uid"), "passage", ["record_uid"], unique=False)
    op.create_table(
        "vote",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("agenda_uid", sa.Text(), nullable=True),
        sa.Column("person_uid", sa.Text(), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=False, server_default=""),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("secret", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("written", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("invalid", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_vote_record_uid")),
        sa.ForeignKeyConstraint(["agenda_uid"], ["agenda_item.uid"], name=op.f("fk_vote_agenda_uid")),
        sa.ForeignKeyConstraint(["person_uid"], ["member.uid"], name=op.f("fk_vote_person_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_vote")),
        sa.UniqueConstraint("uid", name=op.f("uq_vote_uid")),
    )
    op.create_index(op.f("ix_vote_record_uid"), "vote", ["record_uid"], unique=False)
    op.create_table(
        "candidate",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("record_uid", sa.Text(), nullable=False),
        sa.Column("vote_uid", sa.Text(), nullable=False),
        sa.Column("person_uid", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=True),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("write_in", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_uid"], ["record.uid"], name=op.f("fk_candidate_record_uid")),
        sa.ForeignKeyConstraint(["vote_uid"], ["vote.uid"], name=op.f("fk_candidate_vote_uid")),
        sa.ForeignKeyConstraint(["person_uid"], ["member.uid"], name=op.f("fk_candidate_person_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_candidate")),
        sa.UniqueConstraint("uid", name=op.f("uq_candidate_uid")),
    )
    op.create_index(op.f("ix_candidate_record_uid"), "candidate", ["record_uid"], unique=False)
    op.create_index(op.f("ix_candidate_vote_uid"), "candidate", ["vote_uid"], unique=False)


def _of_the_house() -> None:
    op.create_table(
        "check_switch",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_check_switch")),
        sa.UniqueConstraint("uid", name=op.f("uq_check_switch_uid")),
    )
    op.create_table(
        "fixed_phrase",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_fixed_phrase")),
        sa.UniqueConstraint("uid", name=op.f("uq_fixed_phrase_uid")),
    )
    op.create_table(
        "form_definition",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_form_definition")),
        sa.UniqueConstraint("uid", name=op.f("uq_form_definition_uid")),
    )
