"""The first schema: organisations, members, events, posts, attachments, the journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first release."""
    op.create_table(
        "attachment",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("row_uid", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.Integer(), nullable=True),
        sa.Column("deleted_by", sa.Text(), nullable=True),
        sa.Column("deleted_why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
        info={"journalled": True, "bin": True},
    )
    op.create_index(op.f("ix_attachment_row_uid"), "attachment", ["row_uid"], unique=False)
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("rows_hash", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
        sa.UniqueConstraint("uid", name=op.f("uq_change_uid")),
    )
    op.create_index(op.f("ix_change_undoes"), "change", ["undoes"], unique=False)
    op.create_table(
        "dictionary_entry",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("dictionary", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_dictionary_entry")),
        sa.UniqueConstraint("uid", name=op.f("uq_dictionary_entry_uid")),
        info={"journalled": True, "bin": False},
    )
    op.create_table(
        "draft",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    op.create_table(
        "member",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("born_on", sa.Text(), nullable=True),
        sa.Column("ethnic", sa.Text(), nullable=True),
        sa.Column("native_place", sa.Text(), nullable=True),
        sa.Column("birth_place", sa.Text(), nullable=True),
        sa.Column("former_name", sa.Text(), nullable=True),
        sa.Column("marriage", sa.Text(), nullable=True),
        sa.Column("health", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("applied_on", sa.Text(), nullable=True),
        sa.Column("activist_on", sa.Text(), nullable=True),
        sa.Column("candidate_on", sa.Text(), nullable=True),
        sa.Column("introducers", sa.Text(), nullable=True),
        sa.Column("admitted_at", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("application_no", sa.Text(), nullable=True),
        sa.Column("file_place", sa.Text(), nullable=True),
        sa.Column("floating", sa.Text(), nullable=True),
        sa.Column("floating_to", sa.Text(), nullable=True),
        sa.Column("lost_contact", sa.Text(), nullable=True),
        sa.Column("lost_on", sa.Text(), nullable=True),
        sa.Column("hardship", sa.Text(), nullable=True),
        sa.Column("abroad", sa.Text(), nullable=True),
        sa.Column("excused", sa.Text(), nullable=True),
        sa.Column("dues_class", sa.Text(), nullable=True),
        sa.Column("dues_monthly", sa.Text(), nullable=True),
        sa.Column("dues_paid_to", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("degree", sa.Text(), nullable=True),
        sa.Column("fulltime_education", sa.Text(), nullable=True),
        sa.Column("fulltime_degree", sa.Text(), nullable=True),
        sa.Column("fulltime_school", sa.Text(), nullable=True),
        sa.Column("parttime_education", sa.Text(), nullable=True),
        sa.Column("parttime_degree", sa.Text(), nullable=True),
        sa.Column("parttime_school", sa.Text(), nullable=True),
        sa.Column("major", sa.Text(), nullable=True),
        sa.Column("graduated_on", sa.Text(), nullable=True),
        sa.Column("degree_on", sa.Text(), nullable=True),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("position_since", sa.Text(), nullable=True),
        sa.Column("professional_title", sa.Text(), nullable=True),
        sa.Column("title_level", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("staffing", sa.Text(), nullable=True),
        sa.Column("worked_since", sa.Text(), nullable=True),
        sa.Column("retired_on", sa.Text(), nullable=True),
        sa.Column("staff_number", sa.Text(), nullable=True),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("landline", sa.Text(), nullable=True),
        sa.Column("home_address", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("emergency_contact", sa.Text(), nullable=True),
        sa.Column("party_honours", sa.Text(), nullable=True),
        sa.Column("other_honours", sa.Text(), nullable=True),
        sa.Column("discipline", sa.Text(), nullable=True),
        sa.Column("discipline_from", sa.Text(), nullable=True),
        sa.Column("discipline_to", sa.Text(), nullable=True),
        sa.Column("resume", sa.Text(), nullable=True),
        sa.Column("family", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.Integer(), nullable=True),
        sa.Column("deleted_by", sa.Text(), nullable=True),
        sa.Column("deleted_why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_member")),
        sa.UniqueConstraint("uid", name=op.f("uq_member_uid")),
        info={"journalled": True, "bin": True},
    )
    op.create_index("ix_member_id_number", "member", ["id_number"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "organisation",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("superior_name", sa.Text(), nullable=True),
        sa.Column("secretary_name", sa.Text(), nullable=True),
        sa.Column("founded_on", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("unit_situation", sa.Text(), nullable=True),
        sa.Column("unit_name", sa.Text(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_organisation")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisation_uid")),
        info={"journalled": True, "bin": False},
    )
    op.create_table(
        "change_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_seq", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("row_uid", sa.Text(), nullable=False),
        sa.Column("owner_uid", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("op in ('insert', 'update', 'remove')", name=op.f("ck_change_row_op")),
        sa.ForeignKeyConstraint(["change_seq"], ["change.seq"], name=op.f("fk_change_row_change_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_row")),
    )
    op.create_index(op.f("ix_change_row_change_seq"), "change_row", ["change_seq"], unique=False)
    op.create_index(op.f("ix_change_row_owner_uid"), "change_row", ["owner_uid"], unique=False)
    op.create_index(op.f("ix_change_row_row_uid"), "change_row", ["row_uid"], unique=False)
    op.create_table(
        "committee_term",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("elected_on", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_committee_term_organisation_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_committee_term")),
        sa.UniqueConstraint("uid", name=op.f("uq_committee_term_uid")),
        info={"journalled": True, "bin": False},
    )
    op.create_index(
        op.f("ix_committee_term_organisation_uid"), "committee_term", ["organisation_uid"], unique=False
    )
    op.create_table(
        "member_event",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("member_uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=True),
        sa.Column("entered_on", sa.Text(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=True),
        sa.Column("group_uid", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["group_uid"], ["organisation.uid"], name=op.f("fk_member_event_group_uid")),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_member_event_member_uid")),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_member_event_organisation_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_member_event")),
        sa.UniqueConstraint("uid", name=op.f("uq_member_event_uid")),
        info={"journalled": True, "bin": False},
    )
    op.create_index(op.f("ix_member_event_member_uid"), "member_event", ["member_uid"], unique=False)
    op.create_table(
        "member_finding",
        sa.Column("member_rid", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_rid"], ["member.rid"], name=op.f("fk_member_finding_member_rid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_rid", "field", "code", name=op.f("pk_member_finding")),
        info={"derived": True},
    )
    op.create_table(
        "organisation_version",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=False),
        sa.Column("parent_uid", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_organisation_version_organisation_uid")
        ),
        sa.ForeignKeyConstraint(
            ["parent_uid"], ["organisation.uid"], name=op.f("fk_organisation_version_parent_uid")
        ),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_organisation_version")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisation_version_uid")),
        info={"journalled": True, "bin": False},
    )
    op.create_index(
        op.f("ix_organisation_version_organisation_uid"),
        "organisation_version",
        ["organisation_uid"],
        unique=False,
    )
    op.create_table(
        "pending_value",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("member_uid", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_pending_value_member_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_pending_value")),
        sa.UniqueConstraint("uid", name=op.f("uq_pending_value_uid")),
        info={"journalled": True, "bin": False},
    )
    op.create_index(op.f("ix_pending_value_member_uid"), "pending_value", ["member_uid"], unique=False)
    op.create_table(
        "roster_entry",
        sa.Column("member_rid", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("organisation_uid", sa.Text(), nullable=True),
        sa.Column("group_uid", sa.Text(), nullable=True),
        sa.Column("admitted_on", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Text(), nullable=True),
        sa.Column("arrived_on", sa.Text(), nullable=True),
        sa.Column("left_on", sa.Text(), nullable=True),
        sa.Column("posts", sa.Text(), nullable=True),
        sa.Column("post_rank", sa.Integer(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("strokes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_rid"], ["member.rid"], name=op.f("fk_roster_entry_member_rid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_rid", name=op.f("pk_roster_entry")),
        info={"derived": True},
    )
    op.create_index(
        "ix_roster_entry_counts",
        "roster_entry",
        ["organisation_uid", "group_uid", "state", "category", "sex"],
        unique=False,
    )
    op.create_index("ix_roster_entry_entered", "roster_entry", ["state", "member_rid"], unique=False)
    op.create_index("ix_roster_entry_pinyin", "roster_entry", ["state", "pinyin", "member_rid"], unique=False)
    op.create_index(
        "ix_roster_entry_posts", "roster_entry", ["state", "post_rank", "strokes", "member_rid"], unique=False
    )
    op.create_index(
        "ix_roster_entry_strokes", "roster_entry", ["state", "strokes", "member_rid"], unique=False
    )
    op.create_table(
        "post",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("organisation_uid", sa.Text(), nullable=False),
        sa.Column("member_uid", sa.Text(), nullable=False),
        sa.Column("term_uid", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("entered_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_uid"], ["member.uid"], name=op.f("fk_post_member_uid")),
        sa.ForeignKeyConstraint(
            ["organisation_uid"], ["organisation.uid"], name=op.f("fk_post_organisation_uid")
        ),
        sa.ForeignKeyConstraint(["term_uid"], ["committee_term.uid"], name=op.f("fk_post_term_uid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_post")),
        sa.UniqueConstraint("uid", name=op.f("uq_post_uid")),
        info={"journalled": True, "bin": False},
    )
    op.create_index(op.f("ix_post_member_uid"), "post", ["member_uid"], unique=False)
    op.create_index(op.f("ix_post_organisation_uid"), "post", ["organisation_uid"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "signs, letters, digits, content='', contentless_delete=1, prefix='1 2 3')"
    )
