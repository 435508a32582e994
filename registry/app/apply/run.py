"""Applying a declaration file: reads what is new, records what is stated; the same again does nothing."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from registry.app.apply.erased import refuse_erased
from registry.app.apply.plan import Plan
from registry.app.apply.task import Task
from registry.app.apply.work import Work
from registry.app.digests import digests_of
from registry.app.home import Home
from registry.app.ingest import Progress, Started
from registry.declarations.load import Loaded, load
from registry.declarations.problems import DeclarationError
from registry.errors import UsageError


@dataclass(frozen=True, slots=True)
class Options:
    """How to apply: `rehash` reads files whose size and time have not changed, too."""

    workers: int = 1
    rehash: bool = False


def apply(home: Home, file: Path, options: Options, started: Started) -> Plan:
    """Do what a declaration file says; returns what was done.

    Raises `DeclarationError` with every mistake of the file, and does nothing then. Entries that cannot be
    applied are the plan's problems; the others are applied, but for models that depend on such datasets.
    """
    loaded = read_declarations(file)
    home.create()
    refuse_erased(home, loaded.declarations)
    digests = digests_of(home, rehash=options.rehash)
    work = Work(Task(home, file, digests, options.workers, started, options.rehash), loaded)
    work.read_datasets()
    digests.save()
    work.count_parts()
    work.measure_selections()
    with home.write() as session:
        work.declare(session)
    return work.plan


def preview(home: Home, file: Path, options: Options) -> Plan:
    """What `apply` would do, before any data is read or anything is written.

    Mistakes of the file are the plan's problems.
    """
    try:
        loaded = read_declarations(file)
    except DeclarationError as error:
        return Plan(problems=list(error.problems))
    with _existing_or_empty(home) as there:
        refuse_erased(there, loaded.declarations)
        digests = digests_of(there, rehash=options.rehash)
        work = Work(Task(there, file, digests, options.workers, _silent, options.rehash), loaded)
        work.look_at_datasets()
        with there.trial() as session:
            work.declare(session)
    return work.plan


def read_declarations(file: Path) -> Loaded:
    """Read and check a declaration file. Raises `DeclarationError`, `UsageError` where it is not there."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{file}: {error.strerror or error}",
            hint="name the declaration file: registry apply registry.yaml",
        ) from error
    return load(content, file.name)


@contextmanager
def _existing_or_empty(home: Home) -> Iterator[Home]:
    """The registry, or an empty one that is gone at the end, so that a preview makes none."""
    if home.exists:
        yield home
        return
    with tempfile.TemporaryDirectory() as folder:
        empty = Home(Path(folder))
        empty.create()
        try:
            yield empty
        finally:
            empty.engine.dispose()


def _silent(_bytes: int) -> Progress:
    return lambda _read, _records: None
