"""Runs the command in this process, as a user would type it."""

import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from registry.cli.main import cli
from registry.errors import RegistryError, UsageError
from registry.store import migrate
from registry.store.engine import open_engine, sqlite_file


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.stdout)


@dataclass(frozen=True, slots=True)
class Command:
    """The `registry` command on one home."""

    home: Path
    database: str | None = None

    def __call__(self, *arguments: str | Path, code: int = 0) -> Outcome:
        """Run it; the exit code must be `code`."""
        options = ["--home", str(self.home)] + (["--database", self.database] if self.database else [])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(migrate, "upgrade", _upgrade)
            result = CliRunner().invoke(cli, [*options, *map(str, arguments)], prog_name="registry")
        outcome = _outcome(result.exception, result.exit_code, result.stdout, result.stderr)
        assert outcome.code == code, f"exit {outcome.code}\n{outcome.stdout}\n{outcome.stderr}"
        return outcome

    def copied(self, folder: Path) -> "Command":
        """The command on a copy of its home, with the files that lie beside it."""
        shutil.copytree(self.home.parent, folder, dirs_exist_ok=True)
        return Command(folder / self.home.name)


def _outcome(error: BaseException | None, code: int, stdout: str, stderr: str) -> Outcome:
    if isinstance(error, RegistryError):
        told = f"{stderr}Error: {error.message}\nHint: {error.hint}\n"
        return Outcome(2 if isinstance(error, UsageError) else 3, stdout, told)
    if error is not None and not isinstance(error, SystemExit):
        raise error
    return Outcome(code, stdout, stderr)


_migrated = migrate.upgrade


def _upgrade(engine: Engine) -> None:
    """Bring the schema to the newest version; a new SQLite file is a copy of one that was brought there."""
    file = sqlite_file(engine)
    if file is None or file.exists() or not file.parent.is_dir():
        _migrated(engine)
    else:
        file.write_bytes(_newest())


@cache
def _newest() -> bytes:
    """A registry's SQLite file with the newest schema and no rows."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "registry.db"
        _migrated(open_engine(f"sqlite:///{file}"))
        return file.read_bytes()
