"""Erasing a person from the registry: a tombstone stays, with which documents still verify."""

import os
import secrets
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from registry.app.home import Home, now
from registry.domain.agent import normalise_name
from registry.domain.erasure import Erased, commitment, tombstone
from registry.errors import NotFoundError, UsageError
from registry.queries.requests import agents_named
from registry.store.engine import translated
from registry.store.erasures import (
    Person,
    Removed,
    commitments,
    erase,
    is_distinctive,
    next_number,
    save_erasure,
    texts_of,
)
from registry.store.references import rename
from registry.store.tables.agents import AgentRow
from registry.store.tables.datasets import DatasetRow, DatasetVersionRow
from registry.store.tables.reservations import ErasureRow

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Named:
    """An agent that would be erased: where its name means it."""

    id: str
    name: str
    dataset: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure removes, or would.

    number:    of the tombstone; records: of how many records the registry's files lose the name
    not_swept: texts that are too short to be looked for within other texts
    """

    number: int
    erased_at: str | None
    commitment: str
    agents: tuple[Named, ...]
    rows: dict[str, int]
    editions: tuple[str, ...]
    records: int
    not_swept: int
    is_done: bool

    @property
    def tombstone(self) -> str:
        """What stands in the place of the name."""
        return tombstone(self.number)


def preview(home: Home, name: str) -> Erasure:
    """What erasing a name, or the agent of an identifier, would remove; only the key is made."""
    key = _key(home)
    with home.trial() as session:
        found = _erase(session, home, key, name, None, None, now())
        return _told(session, home, found, is_done=False)


def run(home: Home, name: str, because: str | None, by: str | None) -> Erasure:
    """Erase; again, it removes what has come since."""
    key = _key(home)
    with home.write() as session:
        found = _erase(session, home, key, name, because, by, now())
        told = _told(session, home, found, is_done=True)
    _forget(home)
    return told


@dataclass(frozen=True, slots=True)
class _Found:
    row: ErasureRow
    removed: Removed
    agents: tuple[Named, ...]
    erased: Erased
    not_swept: int


def _erase(
    session: Session, home: Home, key: bytes, name: str, because: str | None, by: str | None, moment: str
) -> _Found:
    rows = agents_named(session, name)
    of_one = len(rows) == 1 and rows[0].id == name
    scope, spelled = (rows[0].scope if of_one else ""), _spelled(rows, name)
    seal = commitment(key, spelled, scope)
    known = commitments(session)
    if not rows and seal not in known:
        raise NotFoundError(f"nobody is named '{name}' here", hint="find people with: registry search NAME")
    named = tuple(Named(row.id, row.name, row.scope) for row in rows)
    texts = (*texts_of(session, rows), spelled, *(() if of_one else (name,)))
    number = known.get(seal) or next_number(session)
    existing = session.get(ErasureRow, number)
    row = existing or ErasureRow(
        number=number, commitment=seal, erased_at=moment, because=because, erased_by=by, removed="{}"
    )
    if existing is None:
        save_erasure(session, row)
    person = Person(tuple(one.id for one in named), tuple(dict.fromkeys(texts)), alone=bool(scope))
    removed = erase(session, person, number, moment)
    if existing is None:
        row.removed = removed.as_json()
    session.flush()
    short = sum(not is_distinctive(one) for one in person.texts)
    return _Found(row, removed, named, Erased(key, {seal: number}, scope), short)


def _spelled(rows: list[AgentRow], name: str) -> str:
    """The name of whoever is meant by a name, an identifier of theirs, or our own."""
    names = {normalise_name(row.name): row.name for row in rows}
    if not names or normalise_name(name) in names:
        return name
    if len(names) > 1:
        listed = ", ".join(sorted(names.values()))
        raise UsageError(f"'{name}' is of several names: {listed}", hint="erase each by its name or ID")
    return next(iter(names.values()))


def _told(session: Session, home: Home, found: _Found, *, is_done: bool) -> Erasure:
    """After the rows, the files: where names stand beside the fingerprints."""
    versions = select(DatasetVersionRow.id)
    if found.erased.scope:
        datasets = select(DatasetRow.id).where(DatasetRow.name == found.erased.scope)
        versions = versions.where(DatasetVersionRow.dataset_id.in_(datasets))
    keys = session.scalars(versions).all() if is_done else ()
    records = sum(rename(home.fingerprint_root, key, found.erased.shown) for key in keys)
    return Erasure(
        found.row.number,
        found.row.erased_at if is_done else None,
        found.row.commitment,
        found.agents,
        dict(sorted(found.removed.rows.items())),
        tuple(found.removed.editions),
        records,
        found.not_swept,
        is_done,
    )


def _key(home: Home) -> bytes:
    """The key in the home, made with the first erasure; nobody else may read it."""
    home.require()
    if not home.erasure_key.exists():
        home.erased()  # refuses where it should be there
        home.path.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home.erasure_key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
    return home.erasure_key.read_bytes()


def _forget(home: Home) -> None:
    """Rewrite the database without the pages that held the rows; a server has its own log and backups."""
    with translated(home.engine), home.engine.connect() as connection:
        free = connection.execution_options(isolation_level="AUTOCOMMIT")
        if home.engine.dialect.name == "sqlite":
            free.exec_driver_sql("COMMIT")  # one was begun with the connection
            free.exec_driver_sql("VACUUM")
            free.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            free.execute(text("VACUUM"))
