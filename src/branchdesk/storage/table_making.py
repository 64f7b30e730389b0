"""How the tables of a branch file are made: one catalogue, and facts that are journalled."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from branchdesk.forms.language import shipped_form

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def fact(name: str, *columns: Column[str] | Column[int] | Index, bin_: bool = False) -> Table:
    """A journalled table: its own stable row number, an identity for ever, and perhaps a recycle bin."""
    stamps = (
        (
            Column("deleted_at", Integer),
            Column("deleted_by", Text),
            Column("deleted_why", Text),
        )
        if bin_
        else ()
    )
    return Table(
        name,
        metadata,
        Column("rid", Integer, primary_key=True),
        Column("uid", Text, nullable=False, unique=True),
        *columns,
        *stamps,
        info={"journalled": True, "bin": bin_},
    )


def stored(kind: str) -> tuple[Column[str], ...]:
    """A column for each field that a form stores with its subject."""
    return tuple(Column(field.id, Text) for field in shipped_form(kind).stored)
