"""Erasing a person from the registry: a tombstone stays, with which documents still verify."""

import os
import secrets
from dataclasses import dataclass, replace

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from registry.app.home import Home, now
from registry.domain.agent import normalise_name
from registry.domain.agent_identifiers import identifier_in
from registry.domain.erasure import ASKED, DECLARED, commitment, is_tombstone, tombstone
from registry.errors import NotFoundError, StoreError
from registry.queries.requests import agents_meant, agents_named
from registry.store.engine import translated
from registry.store.erasures import (
    Person,
    commitments,
    erase,
    is_distinctive,
    next_number,
    save_commitments,
    save_erasure,
    texts_of,
)
from registry.store.references import rename
from registry.store.tables.agents import AgentRow
from registry.store.tables.datasets import DatasetRow, DatasetVersionRow
from registry.store.tables.reservations import ErasureRow

_KEY_BYTES = 32
WAIT_MS = 10_000  # for those who read the database to end, before it is rewritten


@dataclass(frozen=True, slots=True)
class Named:
    """An agent that would be erased: where its name means it."""

    id: str
    name: str
    dataset: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure removes, or would.

    number:      of the tombstone; commitments: of every name that stays away
    records:     of how many records the registry's files lose a name
    not_swept:   texts that are too short to be looked for within other texts
    still_to_do: what of the database could not be rewritten; None where nothing is left
    """

    number: int
    erased_at: str | None
    commitments: tuple[str, ...]
    agents: tuple[Named, ...]
    rows: dict[str, int]
    editions: tuple[str, ...]
    records: int
    not_swept: int
    is_done: bool
    still_to_do: str | None = None

    @property
    def tombstone(self) -> str:
        """What stands in the place of the name."""
        return tombstone(self.number)


def preview(home: Home, name: str) -> Erasure:
    """What erasing a name, or the agents of an identifier, would remove; only the key is made."""
    key = _key(home)
    with home.trial() as session:
        found = _erase(session, key, name, None, None, now())
    return replace(found, erased_at=None)


def run(home: Home, name: str, because: str | None, by: str | None) -> Erasure:
    """Erase; again, it removes what has come since, and finishes what was broken off.

    The number is committed before a file says it, so that nobody else ever gets it.
    """
    key = _key(home)
    with home.write() as session:
        found = _erase(session, key, name, because, by, now())
    records = _rename_files(home)
    return replace(found, records=records, is_done=True, still_to_do=_forget(home))


@dataclass(frozen=True, slots=True)
class _Meant:
    """Whom some words mean: agents, commitments of every name with the first one of the words themselves."""

    agents: list[AgentRow]
    seals: tuple[str, ...]
    texts: tuple[str, ...]


def _erase(
    session: Session, key: bytes, name: str, because: str | None, by: str | None, moment: str
) -> Erasure:
    meant = _meant(session, key, name)
    known = commitments(session)
    number = next((known[seal] for seal in meant.seals if seal in known), None)
    if not meant.agents and number is None:
        raise NotFoundError(f"nobody is named '{name}' here", hint="find people with: registry search NAME")
    named = tuple(Named(row.id, row.name, row.scope) for row in meant.agents)
    row = None if number is None else session.get(ErasureRow, number)
    is_new = row is None
    if row is None:
        number = next_number(session)
        row = ErasureRow(
            number=number,
            commitment=meant.seals[0],
            erased_at=moment,
            because=because,
            erased_by=by,
            removed="{}",
        )
        save_erasure(session, row)
    if named:
        save_commitments(session, row.number, meant.seals)
    person = Person(tuple(one.id for one in named), meant.texts)
    removed = erase(session, person, row.number, key, moment)
    if is_new:
        row.removed = removed.as_json()
    session.flush()
    short = sum(not is_distinctive(one) for one in person.texts)
    rows = dict(sorted(removed.rows.items()))
    seals = tuple(seal for seal, of in commitments(session).items() if of == row.number)
    return Erasure(row.number, row.erased_at, seals, named, rows, tuple(removed.editions), 0, short, False)


def _meant(session: Session, key: bytes, name: str) -> _Meant:
    """By a name everyone of this name, wherever it stands; by an identifier or an ID those agents alone."""
    everywhere, asked = commitment(key, name), commitment(key, name, ASKED)
    named = agents_named(session, name)
    wanted = normalise_name(name)
    if not named:
        known = commitments(session)
        is_known_alone = asked in known and everywhere not in known
        return _Meant([], (asked,), ()) if is_known_alone else _Meant([], (everywhere,), (name,))
    if identifier_in(name) is None and any(normalise_name(row.name) == wanted for row in named):
        agents = _of_same_names(session, name)
        names = (name, *(row.name for row in agents))
        texts = dict.fromkeys((*texts_of(session, agents, alone=False), name))
        return _Meant(agents, tuple(dict.fromkeys(commitment(key, one) for one in names)), tuple(texts))
    agents = _people(agents_meant(session, name))
    seals = [commitment(key, row.name, row.scope or DECLARED) for row in agents]
    return _Meant(agents, tuple(dict.fromkeys((asked, *seals))), texts_of(session, agents, alone=True))


def _of_same_names(session: Session, name: str) -> list[AgentRow]:
    """Everyone of a name, those merged with one of them, and everyone of the names of these."""
    found: dict[str, AgentRow] = {}
    names, done = {normalise_name(name)}, set[str]()
    while names - done:
        for one in sorted(names - done):
            done.add(one)
            found |= {row.id: row for row in _people(agents_meant(session, one))}
        names = {normalise_name(row.name) for row in found.values()}
    return [found[key] for key in sorted(found)]


def _people(agents: list[AgentRow]) -> list[AgentRow]:
    """Those of some agents that were not erased already."""
    return [row for row in agents if not is_tombstone(row.name)]


def _rename_files(home: Home) -> int:
    """Take erased names out of the files beside the fingerprints, also those that were broken off before."""
    with home.read() as session:
        versions = session.execute(
            select(DatasetVersionRow.id, DatasetRow.name).join(
                DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id
            )
        ).all()
    erased = home.erased()
    return sum(
        rename(home.fingerprint_root, key, replace(erased, scope=dataset).shown) for key, dataset in versions
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


def _forget(home: Home) -> str | None:
    """Rewrite the database without the pages that held the rows; what is still to do where that cannot be.

    A server has its own log and backups.
    """
    try:
        with translated(home.engine), home.engine.connect() as connection:
            free = connection.execution_options(isolation_level="AUTOCOMMIT")
            if home.engine.dialect.name != "sqlite":
                free.execute(text("VACUUM"))
                return None
            free.exec_driver_sql("COMMIT")  # one was begun with the connection
            free.exec_driver_sql(f"PRAGMA busy_timeout={WAIT_MS}")
            free.exec_driver_sql("VACUUM")
            is_busy = free.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
            return "another process reads the database" if is_busy else None
    except StoreError as error:
        return error.message
