"""`registry import`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_document, print_pairs
from registry.cli.progress import progress_of

if TYPE_CHECKING:
    from registry.app.import_dpi import Imported


@click.group("import")
def import_() -> None:
    """Load what others have collected on datasets."""


@import_.command("dpi")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--prefix", default="dpi", show_default=True, help="First part of the datasets' names.")
@format_option
@pass_settings
def dpi(settings: Settings, folder: Path, prefix: str, form: str) -> None:
    """Load the summaries of the Data Provenance Collection.

    DIR is a copy of its repository, or a folder with the summaries' JSON files. Each entry becomes a dataset
    PREFIX/ID whose data was never read: title, addresses, languages, tasks, creators, the license tag of its
    host (declared), the licenses that an auditor found (concluded), and what it was made from. Every
    statement carries the file and the entry as evidence. The same again changes nothing.

    \b
    registry import dpi Data-Provenance-Collection/
    registry license conflicts --kind tag
    """  # noqa: D301 - click knows a block by this sign
    from registry.app.import_dpi import import_dpi

    with progress_of(settings) as started:
        found = import_dpi(settings.home(), folder, prefix, started)
    if form != "table":
        print_document(asdict(found), form)
        return
    print_pairs(_pairs(found))
    for line in _remarks(found):
        settings.say(line)


def _pairs(found: "Imported") -> list[tuple[str, object]]:
    return [
        ("files", found.files),
        ("entries", found.entries),
        ("datasets created", found.created),
        ("datasets changed", found.changed),
        ("datasets kept", found.kept),
        ("derivations resolved", found.resolved),
        ("derivations dangling", found.dangling),
        ("said to be made from itself", len(found.loops)),
        ("license addresses that are none", found.no_addresses),
    ]


def _remarks(found: "Imported") -> list[str]:
    remarks = [f"Stands twice, the first was taken: {one}" for one in found.doubled]
    if found.ambiguous:
        remarks.append(
            f"{found.ambiguous} derivations name what several datasets are called, and are left dangling"
        )
    if found.loops:
        remarks.append(f"Recorded as contradictions, not as derivations: {', '.join(found.loops)}")
    return remarks
