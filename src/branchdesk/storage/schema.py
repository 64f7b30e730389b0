"""The schema of a branch file: which one it is, making it, and bringing an older one up on a copy."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlcipher3 import dbapi2

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.engine import connect, open_engine, translated_errors, writing
from branchdesk.storage.migrations import HEAD, KNOWN
from branchdesk.whole_files import problem_of_disk

# The journal may grow and nothing else; batch migrations drop triggers, so they are made anew each time.
TRIGGERS = tuple(
    f"CREATE TRIGGER IF NOT EXISTS keep_{table}_{verb.lower()} BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
    for table in ("change", "change_row")
    for verb in ("UPDATE", "DELETE")
)


def schema_of(connection: Any) -> str:
    """The schema of an open DB-API connection; empty for a file without one."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    if found is None:
        return ""
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def refuse_newer(schema: str) -> None:
    """Raise Problem for a schema that this program does not know, or a file without any."""
    if not schema:
        raise Problem(
            _("支部文件是空的，里面没有内容。"),
            _("可能是拷贝时中断了；请从最近的备份恢复，或重新拷贝整个文件夹。"),
        )
    if schema not in KNOWN:
        raise Problem(
            _(
                "这个支部文件是用更新版本的程序保存的，本机的程序还不认识它的格式（{schema}）。",
                schema=schema,
            ),
            _("请先升级本机的程序，再打开它；文件没有被改动。"),
        )


def migrate(connection: Connection, target: str = HEAD) -> None:
    """Bring the schema under an open write transaction to `target`."""
    from alembic import command  # noqa: PLC0415 - needed once in the life of a file, costs a third of a second
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    for trigger in TRIGGERS:
        connection.execute(text(trigger))


def create_schema(path: Path, key: bytes, target: str = HEAD) -> None:
    """Make a new, empty branch file."""
    engine = open_engine(path, key)
    try:
        with writing(engine) as connection:
            migrate(connection, target)
    finally:
        engine.dispose()


def copy_database(source: Any, target: Path, key: bytes) -> None:
    """Copy an open database to a new file under `key`, in one step, whatever others write meanwhile.

    Raises Problem where the place of the copy refuses or is full.
    """
    try:
        target.write_bytes(b"")  # what the place has to say, it says to a plain write most exactly
    except OSError as error:
        raise problem_of_disk(error, target) from error
    with translated_errors():
        copy = connect(target, key)
        try:
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")
        except dbapi2.OperationalError as error:
            if "disk is full" not in str(error):
                raise
            raise problem_of_disk(OSError(errno.ENOSPC, str(error)), target) from error
        finally:
            copy.close()


def rows_by_table(connection: Any) -> dict[str, int]:
    """How many rows each plain table of an open DB-API connection has, whatever its schema."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_index%' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'alembic_%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names
    }


def upgrade_copy(path: Path, target: Path, key: bytes) -> None:
    """Write the database at `path`, brought to the newest schema, to `target`; `path` stays as it is.

    Raises Problem where the copy would lose anything; the original is then still in use.
    """
    source = connect(path, key, read_only=True)
    try:
        refuse_newer(schema_of(source))
        before = rows_by_table(source)
        copy_database(source, target, key)
    finally:
        source.close()
    # Rebuilding a table with its foreign keys on would silently empty the tables that point to it.
    engine = open_engine(target, key, foreign_keys=False)
    try:
        with writing(engine) as connection:
            migrate(connection)
        with engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
            whole = raw.execute("PRAGMA integrity_check").fetchone()[0]
            after = rows_by_table(raw)
    finally:
        engine.dispose()
    lost = [name for name, count in before.items() if after.get(name, 0) != count]
    if broken or whole != "ok" or lost:
        target.unlink(missing_ok=True)
        raise Problem(
            _("支部文件升级后的核对没有通过，已保留原来的文件。"),
            _("请用原来版本的程序继续工作，并联系维护人员。"),
        )
