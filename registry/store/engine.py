"""Connections: one snapshot to read, one writer at a time, on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from registry.errors import MissingExtraError, StoreError, UsageError

WRITES = "registry_writes"
WAIT_FOR_LOCK_MS = 60_000
ADVISORY_LOCK = int.from_bytes(b"registry"[:7])  # one writer per PostgreSQL database; the key is a bigint
SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={WAIT_FOR_LOCK_MS}",
    "PRAGMA cache_size=-262144",  # KiB, taken as needed: identifiers come in no order, all over the indexes
)


@lru_cache(maxsize=16)
def open_engine(database: str) -> Engine:
    """The engine of this process for a SQLAlchemy URL; `postgresql://` means psycopg 3.

    It holds no connection, but the statements that it compiled.
    """
    url = _url(database)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, poolclass=NullPool)
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, poolclass=NullPool)
    except ModuleNotFoundError as error:
        raise MissingExtraError("PostgreSQL", "postgres") from error


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One snapshot of the registry."""
    options: dict[str, Any] = (
        {}
        if engine.dialect.name == "sqlite"
        else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    with (
        translated(engine),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
        Session(connection) as session,
    ):
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction, alone among writers; committed at the end, undone by any exception."""
    with (
        translated(engine),
        engine.connect().execution_options(**{WRITES: True}) as connection,
        connection.begin(),
        Session(connection) as session,
    ):
        if engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        yield session
        session.flush()


def sqlite_file(engine: Engine) -> Path | None:
    """The database file, where the registry is on SQLite."""
    database = engine.url.database
    return Path(database) if engine.dialect.name == "sqlite" and database else None


def _url(database: str) -> URL:
    hint = "write it as sqlite:///path/registry.db or postgresql://user@host/name"
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise UsageError("the database URL cannot be read", hint=hint) from error
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise UsageError(f"no support for databases of kind '{url.get_backend_name()}'", hint=hint)
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, see `_begin`
    for setting in SQLITE_SETTINGS:
        connection.execute(setting)


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a deferred transaction that upgrades later loses its writes to another."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Foreign errors of the database as `StoreError`, with what to do."""
    try:
        yield
    except DBAPIError as error:
        cause = " ".join(str(error.orig).split())
        place = engine.url.render_as_string(hide_password=True)
        raise StoreError(f"the database {place} failed: {cause}", hint=_hint(cause)) from error


def _hint(cause: str) -> str:
    for sign, hint in (
        ("locked", "another process is writing; wait for it to end, then run the command again"),
        ("no such table", "create or upgrade the schema: registry database upgrade"),
        ("does not exist", "create or upgrade the schema: registry database upgrade"),
        ("readonly", "the file or its folder cannot be written by this user"),
        ("not a database", "another kind of file has this name: choose another folder with --home"),
        ("full", "free some space, then run the command again: nothing of it was recorded"),
        ("onnection", "check that the server runs and that the URL names the right user and database"),
    ):
        if sign in cause:
            return hint
    return "check the database with: registry database check"
