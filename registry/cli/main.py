"""The `registry` command: parse, one use case, print."""

import errno
import os
import sys
from pathlib import Path

import click

from registry import __version__
from registry.cli import agent, attribute, database, dataset, disclose, ingest, init, model, query, train
from registry.cli import license as licenses
from registry.cli.context import Settings
from registry.errors import RegistryError, UsageError

EPILOG = """\b
Exit codes: 0 done, 1 findings, 2 wrong usage, 3 failed or refused.
Start with:  registry ingest data.jsonl --name mine --license CC-BY-4.0 --origin public
Then:        registry train my-model --dataset mine --stage pretraining
             registry disclose my-model --out public/
"""


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
    help="SQLAlchemy URL for teams: postgresql://user@host/name. Default: SQLite in the home.",
)
@click.option(
    "--fingerprints",
    type=click.Path(file_okay=False, path_type=Path),
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

    Ingest datasets, record their rights, tie them to models, publish what the public and rights holders ask.
    """
    context.obj = Settings(path=home, database=database, fingerprints=fingerprints, quiet=quiet)


for command in (
    init.init,
    ingest.ingest,
    train.train,
    disclose.disclose,
    attribute.attribute,
    query.query,
    dataset.dataset,
    model.model,
    agent.agent,
    licenses.license_,
    database.database,
):
    cli.add_command(command)


def main() -> None:
    """Run the command; every error ends in one line that says what happened and one what to do."""
    try:
        cli(prog_name="registry")
    except RegistryError as error:
        _report(error.message, error.hint)
        sys.exit(2 if isinstance(error, UsageError) else 3)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(3)
    except OSError as error:
        _report(f"{error.filename or 'the system'}: {error.strerror or error}", _remedy(error))
        sys.exit(3)
    except MemoryError:
        _report("there is not enough memory", "use fewer workers: --workers 1")
        sys.exit(3)
    except Exception as error:
        _unexpected(error)
        sys.exit(3)


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
