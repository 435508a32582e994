"""`registry demo`."""

import os
import shlex
import shutil
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.progress import progress_of

if TYPE_CHECKING:
    from registry.app.demo.run import Places

ELSEWHERE = ("REGISTRY_DATABASE", "REGISTRY_FINGERPRINTS")


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Folder of the demo; its registry is in there too.",
)
@pass_settings
def demo(settings: Settings, out: Path) -> None:
    """Fill a registry with data that every machine has, and write its pages.

    The data are the source files of Python's standard library and of the installed packages; the models are
    made up. Nothing is fetched, nothing leaves this machine. The same again changes nothing.
    """
    began = monotonic()
    from registry.app.demo.run import Places, run

    places = Places(out)
    with progress_of(settings) as started:
        run(places, settings.say, started)
    click.echo(_next(places))
    settings.say(f"\nDone in {monotonic() - began:.0f} seconds.")


def _next(places: "Places") -> str:
    """Where the pages are, and what to try, as lines that work when they are copied."""
    registry = f"{_program()} --home {shlex.quote(str(places.home))}"
    file = shlex.quote(str(places.declarations))
    return f"""
The pages: {places.index}

Three things to try next
1. Read what the law asks a provider to publish, filled in as far as anybody knows, in a browser:
     {places.disclosure.absolute().as_uri()}
2. Ask which licenses the words stand under that the model was trained on:
     {registry} query licenses-of-model --param model=snakelet
3. Close a gap: remove the "# " before characteristics in {places.declarations}, then see what would change:
     {registry} apply {file} --dry-run"""


def _program() -> str:
    """How this program was called; what would lead it away from the demo's registry is set aside."""
    called = Path(sys.argv[0])
    found = shutil.which(called.name)
    if called.name == "__main__.py":
        program = f"{shlex.quote(sys.executable)} -m registry"
    elif found is not None and Path(found).resolve() == called.resolve():
        program = called.name
    else:
        program = shlex.quote(str(called))
    set_aside = [f"-u {name}" for name in ELSEWHERE if name in os.environ]
    return " ".join(["env", *set_aside, program]) if set_aside else program
