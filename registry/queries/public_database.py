"""The public views as a SQLite database of its own: for whoever wants to ask more than the pages answer."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.queries.views import VIEWS, View

_PAGE_SIZE = 4_096
# Columns that queries look things up by: an index wherever a view has all of one line.
_KEYS = (
    ("dataset", "version"),
    ("model", "model_version"),
    ("name", "version"),
    ("from_name", "from_version"),
    ("a_dataset", "a_version"),
    ("b_dataset", "b_version"),
    ("contributor",),
    ("domain",),
    ("expression",),
    ("language",),
)
Row = Sequence[Any]


def public_database(session: Session) -> bytes:
    """A database with a table for each public view and nothing else, but for what views and columns mean.

    The same state gives the same bytes, whichever database it is read from: rows are sorted, and nothing
    tells the time. (The file names the SQLite library that wrote it.)
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for setting in (f"page_size = {_PAGE_SIZE}", "encoding = 'UTF-8'"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
        _describe(connection)
        for view in VIEWS:
            _copy(session, connection, view)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _describe(connection: sqlite3.Connection) -> None:
    """What the tables are and what stands in their columns, in the order of the documentation."""
    connection.execute("CREATE TABLE public_view (view TEXT PRIMARY KEY, meaning TEXT NOT NULL)")
    connection.execute(
        'CREATE TABLE public_column (view TEXT, "column" TEXT, type TEXT, meaning TEXT NOT NULL, '
        'PRIMARY KEY (view, "column"))'
    )
    connection.executemany(
        "INSERT INTO public_view VALUES (?, ?)", ((one.name, one.meaning) for one in VIEWS)
    )
    connection.executemany(
        "INSERT INTO public_column VALUES (?, ?, ?, ?)",
        ((one.name, column.name, column.type, column.meaning) for one in VIEWS for column in one.columns),
    )


def _copy(session: Session, connection: sqlite3.Connection, view: View) -> None:
    names = [column.name for column in view.columns]
    columns = ", ".join(f"{column.name} {column.type.upper()}" for column in view.columns)
    connection.execute(f"CREATE TABLE {view.name} ({columns})")
    found = session.execute(text(f"SELECT {', '.join(names)} FROM {view.name}"))  # noqa: S608 - our own names
    places = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {view.name} VALUES ({places})", _sorted(found))  # noqa: S608
    for key in _keys(names):
        columns = ", ".join(key)
        connection.execute(f"CREATE INDEX {view.name}_{'_'.join(key)} ON {view.name} ({columns})")


def _sorted(rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    """By their columns from left to right, what is null first."""
    return sorted(map(tuple, rows), key=lambda row: [(0,) if value is None else (1, value) for value in row])


def _keys(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (key for key in _KEYS if set(key) <= set(names))
