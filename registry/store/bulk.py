"""Writing many rows at once."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from registry.store.tables.base import Base

CHUNK = 10_000


def insert_rows(
    session: Session, table: type[Base], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows, whose values stand in the order of the columns, in chunks as they come.

    Straight to the driver: for a million rows the statement's own machinery costs more than the database.
    """
    connection = session.connection()
    target = table.__table__
    sign = "?" if connection.dialect.name == "sqlite" else "%s"
    names, values = ", ".join(target.c[column].name for column in columns), ", ".join([sign] * len(columns))
    statement = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({values})"  # noqa: S608 - of the schema
    session.flush()
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        connection.exec_driver_sql(statement, chunk)
