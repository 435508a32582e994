"""The `registry` command: parse, one use case, print."""

import errno
import gc
import os
import signal
import sys
from pathlib import Path

import click

from registry import __version__
from registry.cli import (
    agent,
    allocate,
    apply,
    attribute,
    check,
    compare,
    database,
    dataset,
    demo,
    disclose,
    erase,
    identify,
    import_,
    ingest,
    init,
    lookup,
    model,
    publish,
    query,
    request,
    reservation,
    schema,
    search,
    train,
)
from registry.cli import license as licenses
from registry.cli.context import Settings
from registry.errors import RegistryError, UsageError

EPILOG = """\b
See it work:   registry demo
From a file:   registry apply registry.yaml
               registry check my-model
               registry publish --out public/
Step by step:  registry ingest data.jsonl --name mine --license CC-BY-4.0 --origin public
               registry train my-model --dataset mine --stage pretraining
               registry disclose my-model --out disclosure/
Exit codes:    0 done, 1 findings, 2 wrong usage, 3 failed or refused.
"""


_OBJECTS = 100_000  # new ones before garbage is looked for: the usual 700 cost an import of much code 0.4 s


def local_folder(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Path | None:
    """A folder, and no URL, which as a path would quietly name a folder here."""
    if value is not None and "://" in value:
        raise UsageError(
            f"fingerprints cannot be kept at {value}: this version keeps them in a local folder",
            hint="name a folder, for instance one that is mounted",
        )
    return Path(value) if value else None


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EPILOG
)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="REGISTRY_HOME",
    default=Path("registry-home"),
    show_default=True,
    show_envvar=True,
    help="Folder of the registry.",
)
@click.option(
    "--database",
    envvar="REGISTRY_DATABASE",
    show_envvar=True,
    help="SQLAlchemy URL; for teams postgresql://user@host/name. Default: SQLite in the home.",
)
@click.option(
    "--fingerprints",
    callback=local_folder,
    envvar="REGISTRY_FINGERPRINTS",
    show_envvar=True,
    help="Folder of the fingerprint files. Default: in the home.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, no remarks; errors and results only.")
@click.version_option(__version__, prog_name="registry")
@click.pass_context
def cli(
    context: click.Context, home: Path, database: str | None, fingerprints: Path | None, quiet: bool
) -> None:
    """Know what a model was trained on, and show it.

    Declare or ingest datasets, record their rights, tie them to models, write the pages that the public and
    rights holders ask for.
    """
    context.obj = Settings(path=home, database=database, fingerprints=fingerprints, quiet=quiet)


for command in (
    init.init,
    apply.apply,
    ingest.ingest,
    train.train,
    check.check,
    disclose.disclose,
    attribute.attribute,
    allocate.allocate,
    allocate.allocations,
    publish.publish,
    demo.demo,
    schema.schema,
    compare.compare,
    identify.identify,
    import_.import_,
    lookup.lookup,
    query.query,
    dataset.dataset,
    model.model,
    agent.agent,
    licenses.license_,
    reservation.reservation,
    request.request,
    erase.erase,
    search.search,
    database.database,
):
    cli.add_command(command)


def main() -> None:
    """Run the command; every error ends in one line that says what happened and one what to do."""
    signal.signal(signal.SIGTERM, _terminated)
    gc.set_threshold(_OBJECTS)
    try:
        ended = cli(prog_name="registry", standalone_mode=False)
    except Exception as error:
        sys.exit(_told(error))
    sys.exit(ended if isinstance(ended, int) else 0)  # what a command ended with by `Context.exit`


def _terminated(_signal: int, _frame: object) -> None:
    """End as an interrupt does, so that what was staged is removed."""
    raise KeyboardInterrupt


def _told(error: Exception) -> int:
    """Tell the user of an error; returns the exit code."""
    if isinstance(error, RegistryError):
        _report(error.message, error.hint)
        return 2 if isinstance(error, UsageError) else 3
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, click.Abort):
        _report(
            "interrupted",
            "run the command again: what was under way left nothing behind, what was done stays",
        )
    elif isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    elif isinstance(error, OSError):
        _report(f"{error.filename or 'the system'}: {error.strerror or error}", _remedy(error))
    elif isinstance(error, MemoryError):
        _report("there is not enough memory", "use fewer workers: --workers 1")
    else:
        _unexpected(error)
    return 3


def _unexpected(error: Exception) -> None:
    """A defect of ours: one line for the user, the traceback for whoever mends it."""
    import traceback

    traceback.print_exception(error)
    _report(f"a defect in this software: {type(error).__name__}: {error}", "report it with the lines above")


def _remedy(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "free some space, then run the command again: nothing of it was recorded"
    return "check that the path is right and that this user may read and write there"


def _report(message: str, hint: str | None) -> None:
    from registry.domain.agent import clean_text

    click.echo(f"Error: {clean_text(message)}", err=True)
    if hint:
        click.echo(f"Hint: {clean_text(hint)}", err=True)
