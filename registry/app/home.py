"""Where a registry lives: its database and its fingerprint files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy import URL, Engine
from sqlalchemy.orm import Session

from registry.domain.erasure import NOBODY, Erased
from registry.errors import RefusedError, StoreError
from registry.store import migrate
from registry.store.engine import open_engine, reading, sqlite_file, writing
from registry.store.erasures import commitments

DEFAULT_HOME = Path("registry-home")


@dataclass(frozen=True)
class Home:
    """The places a registry consists of.

    path:         folder of the SQLite database and the fingerprints
    database:     SQLAlchemy URL; None for the SQLite file in the folder
    fingerprints: folder of the fingerprint files; None for the one in the folder
    """

    path: Path = DEFAULT_HOME
    database: str | None = None
    fingerprints: Path | None = None

    @cached_property
    def _seen_current(self) -> list[bool]:
        """Whether the schema was seen to be this software's: asked of the database once."""
        return []

    @cached_property
    def engine(self) -> Engine:
        """Connections to the database."""
        return open_engine(self.database_url)

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL of the database."""
        if self.database:
            return self.database
        file = URL.create("sqlite", database=str((self.path / "registry.db").absolute()))
        return file.render_as_string(hide_password=False)

    @property
    def fingerprint_root(self) -> Path:
        """The folder of the fingerprint store."""
        return self.fingerprints or self.path / "fingerprints"

    def create(self) -> bool:
        """Make the registry if there is none; returns whether it was made now."""
        self.path.mkdir(parents=True, exist_ok=True)
        self.fingerprint_root.mkdir(parents=True, exist_ok=True)
        if self.exists:
            self.require()
            return False
        migrate.upgrade(self.engine)
        return True

    @property
    def erasure_key(self) -> Path:
        """The file with the key under which erased names are known; of a team, each home needs the same."""
        return self.path / "erasure.key"

    def erased(self, dataset: str = "") -> Erased:
        """Who was erased, as a name in a dataset, or one that is declared, tells; refused without the key."""
        if not self.exists:
            return NOBODY
        with self.read() as session:
            numbers = commitments(session)
        if not numbers:
            return NOBODY
        if not self.erasure_key.exists():
            raise StoreError(
                f"people were erased from this registry, and {self.erasure_key} is not there to tell who",
                hint="copy it from the home that they were erased in",
            )
        return Erased(self.erasure_key.read_bytes(), numbers, dataset)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One snapshot of an existing registry."""
        self.require()
        with reading(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction on an existing registry."""
        self.require()
        with writing(self.engine) as session:
            yield session

    @contextmanager
    def trial(self) -> Iterator[Session]:
        """One transaction on an existing registry that leaves nothing behind."""
        self.require()
        try:
            with writing(self.engine) as session:
                yield session
                raise _UndoneError  # noqa: TRY301 - the way out of the transaction that undoes it
        except _UndoneError:
            return

    @property
    def exists(self) -> bool:
        """Whether there is a registry, of whatever schema."""
        file = sqlite_file(self.engine)
        if file is not None and not file.exists():
            return False
        return bool(self._seen_current) or migrate.current(self.engine) is not None

    def require(self) -> None:
        """Refuse where there is no registry of this software's schema."""
        file = sqlite_file(self.engine)
        if file is not None and not file.exists():
            raise StoreError(
                f"there is no registry in {self.path}",
                hint="create one with `registry init`, or name another folder with --home",
            )
        if not self._seen_current:
            migrate.require_current(self.engine)
            self._seen_current.append(True)


class _UndoneError(Exception):
    """Ends a transaction that was only tried."""


def now() -> str:
    """The time statements are recorded at: the clock's, or `SOURCE_DATE_EPOCH` for reproducible runs."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
    except (ValueError, OverflowError) as error:
        raise RefusedError(
            f"SOURCE_DATE_EPOCH is not a number of seconds: {fixed!r}",
            hint="unset it, or give seconds since 1970",
        ) from error
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
