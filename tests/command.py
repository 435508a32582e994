"""Runs the command in this process, as a user would type it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from registry.cli.main import cli
from registry.errors import RegistryError, UsageError


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
        result = CliRunner().invoke(cli, [*options, *map(str, arguments)], prog_name="registry")
        outcome = _outcome(result.exception, result.exit_code, result.stdout, result.stderr)
        assert outcome.code == code, f"exit {outcome.code}\n{outcome.stdout}\n{outcome.stderr}"
        return outcome


def _outcome(error: BaseException | None, code: int, stdout: str, stderr: str) -> Outcome:
    if isinstance(error, RegistryError):
        told = f"{stderr}Error: {error.message}\nHint: {error.hint}\n"
        return Outcome(2 if isinstance(error, UsageError) else 3, stdout, told)
    if error is not None and not isinstance(error, SystemExit):
        raise error
    return Outcome(code, stdout, stderr)
