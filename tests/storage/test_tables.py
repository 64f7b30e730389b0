"""The tables that the program uses are those that the migrations make."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from branchdesk.forms.language import shipped_form
from branchdesk.storage.branch import Branch
from branchdesk.storage.table_making import metadata
from branchdesk.storage.tables import JOURNALLED, SEARCH_INDEX


def test_the_migrations_make_exactly_the_tables_of_the_program(branch: Branch) -> None:
    with branch.read() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _parents: (
                    kind != "table" or not str(name).startswith(SEARCH_INDEX)
                ),
            },
        )
        assert compare_metadata(context, metadata) == []


def test_every_fact_has_a_stable_number_and_an_identity() -> None:
    for table in JOURNALLED.values():
        assert [column.name for column in table.primary_key] == ["rid"]
        assert table.c.uid.unique
        assert not table.c.uid.nullable


def test_every_table_is_a_fact_derived_or_the_program_s_own() -> None:
    own = {"meta", "change", "change_row", "draft"}
    derived = {table.name for table in metadata.sorted_tables if table.info.get("derived")}
    assert set(metadata.tables) == set(JOURNALLED) | derived | own
    assert not set(JOURNALLED) & derived


def test_every_stored_field_of_a_form_has_a_column() -> None:
    for kind, table in (("member.file", "member"), ("organisation.profile", "organisation")):
        assert {field.id for field in shipped_form(kind).stored} <= set(metadata.tables[table].c.keys())
