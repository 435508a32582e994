"""New identifiers for rows whose identifier was derived from something that has to be forgotten."""

import hmac
from collections.abc import Iterator, Mapping, Set
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from registry.store.tables.all import METADATA
from registry.store.tables.base import Base, StatementRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.reservations import RequestRow

_LETTERS = 32


def renew(session: Session, key: bytes, rows: Mapping[str, Set[str]]) -> None:
    """Give rows, by table, identifiers that say nothing to whoever lacks the key; references follow.

    Whoever has it can tell the new identifier from the old one.
    """
    for name, identifiers in sorted(rows.items()):
        table = METADATA.tables[name]
        references = list(referring(name))
        for old in sorted(identifiers):
            _renew_one(session, table, references, old, keyed(key, name, old))
    session.expire_all()


def keyed(key: bytes, table: str, identifier: str) -> str:
    """The identifier that takes the place of one: HMAC-SHA256, 128 bits in hexadecimal."""
    return hmac.new(key, f"{table}\0{identifier}".encode(), sha256).hexdigest()[:_LETTERS]


def is_renewable(table: Table) -> bool:
    """Whether the identifiers of a table are derived from what its rows say."""
    return table.name in _RENEWABLE


def referring(table: str) -> Iterator[Column[Any]]:
    """Every column of any table that points at a table."""
    for one in METADATA.tables.values():
        for column in one.columns:
            if any(key.column.table.name == table for key in column.foreign_keys):
                yield column


def _renew_one(session: Session, table: Table, references: list[Column[Any]], old: str, new: str) -> None:
    row = session.execute(select(table).where(table.c.id == old)).mappings().first()
    if row is None:
        return
    session.execute(insert(table).values(**{**row, "id": new}))
    for column in references:
        session.execute(update(column.table).where(column == old).values({column.name: new}))
    session.execute(delete(table).where(table.c.id == old))


_RENEWABLE = {
    mapper.class_.__tablename__
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, StatementRow | EvidenceRow | RequestRow)
}
