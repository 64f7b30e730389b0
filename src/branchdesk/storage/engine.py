"""Connections to a SQLCipher file: raw key, WAL with full sync, honest transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy.dialects.sqlite  # noqa: F401 - else the first unlocking waits for this import
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.dml import UpdateBase
from sqlcipher3 import dbapi2

from branchdesk.errors import Problem
from branchdesk.i18n import _

KEY_LENGTH = 32
_WAIT_SECONDS = 10
_WRITES = "branchdesk_writes"


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A DB-API connection to the file under `key` (32 bytes).

    A wrong key shows only at the first read, as DatabaseError "file is not a database".
    """
    mode = "ro" if read_only else "rwc"
    connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA cipher_log_level = none")
    connection.set_key(f"x'{key.hex()}'")
    return connection


def _settle(connection: Any, *, foreign_keys: bool) -> None:
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "temp_store = MEMORY",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def open_engine(path: Path, key: bytes, *, foreign_keys: bool = True) -> Engine:
    """An engine on the file; DML is refused on any connection that `writing` did not hand out."""

    def create() -> Any:
        connection = connect(path, key)
        _settle(connection, foreign_keys=foreign_keys)
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=create,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
        hide_parameters=True,  # the message of an error goes where members' names must not
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "before_execute")
    def guard(connection: Connection, statement: Any, *_rest: Any) -> None:
        if isinstance(statement, UpdateBase) and not connection.get_execution_options().get(_WRITES):
            raise RuntimeError("every write goes through a change")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for questions; it sees one moment from its first question on."""
    with translated_errors(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction that is kept when the block ends and undone when it raises."""
    with (
        translated_errors(),
        engine.connect().execution_options(**{_WRITES: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what the disk or a damaged file does into a Problem; everything else stays a bug."""
    try:
        yield
    except (DatabaseError, dbapi2.DatabaseError) as error:
        problem = _problem_of(str(getattr(error, "orig", None) or error))
        if problem is None:
            raise
        raise problem from error


def busy() -> Problem:
    """The sentence for a file with which another thread goes on for too long."""
    return Problem(_("支部文件正被另一项操作占用。"), _("请稍等片刻再试。"))


def _problem_of(message: str) -> Problem | None:
    """The sentence for SQLite's own words; never for a broken constraint, which is a bug."""
    if "disk is full" in message:
        return Problem(
            _("磁盘满了，这一次修改没有保存，原来的内容都在。"),
            _("请清出一些磁盘空间，再做一次刚才的操作。"),
        )
    if "readonly database" in message or "unable to open" in message:
        return Problem(
            _("支部文件所在的文件夹不允许写入，这一次修改没有保存。"),
            _("请把支部文件夹放到能写入的位置，或请管理员放开权限。"),
        )
    if "is locked" in message:
        return busy()
    if "disk I/O" in message:
        return Problem(
            _("磁盘读写出错，这一步没有完成，以前保存的内容都在。"),
            _("请看看磁盘满了没有、U 盘是否还插着，再试一次；还不行就用“文件－从备份恢复”。"),
        )
    if "malformed" in message or "not a database" in message:
        return Problem(
            _("支部文件有损坏，这一部分读不出来。"),
            _("请先不要继续录入，用“文件－从备份恢复”找回最近的备份。"),
        )
    return None


__all__ = [
    "KEY_LENGTH",
    "DatabaseError",
    "OperationalError",
    "busy",
    "connect",
    "open_engine",
    "reading",
    "writing",
]
