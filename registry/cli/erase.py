"""`registry erase`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_json, print_pairs, print_rows, print_table

if TYPE_CHECKING:
    from registry.app.erase import Erasure


@click.command()
@click.argument("name", metavar="NAME|IDENTIFIER|ID")
@click.option("--because", help="Why, as the tombstone keeps it. Do not name the person.")
@click.option("--by", metavar="NAME", help="Who ordered it.")
@click.option("--yes", is_flag=True, help="Do it; without this nothing is removed.")
@click.option(
    "--receipt", type=click.Path(dir_okay=False, path_type=Path), help="Write what was removed there as JSON."
)
@format_option
@pass_settings
def erase(
    settings: Settings,
    name: str,
    because: str | None,
    by: str | None,
    yes: bool,
    receipt: Path | None,
    form: str,
) -> None:
    """Remove a person from the registry; shows what would be removed, and removes it with --yes.

    Name, spellings, identifiers and what is stated of the person go from every table, from the files beside
    the fingerprints and from the documents that the registry keeps. What they contributed and hold stays as
    an amount, under a tombstone: erased (1). Documents approved before keep their digest, with the day on
    which the name was taken out and the digest since.

    A name is erased wherever it stands, with the names of every agent merged with one of that name, and stays
    erased when the same data are read again. The same name in two datasets may be two people: an identifier
    (an ORCID) or an ID (registry agent show NAME) erases its agents and those merged with them alone, and
    leaves the name in texts and documents, which may mean the other. Your own source files and folders that
    you published before are not touched; publish again.

    The same command again finishes an erasure that was broken off.

    \b
    registry erase "Ada Lovelace"
    registry erase "Ada Lovelace" --because "request of 2026-03-01" --by "Max, privacy" --yes
    registry erase 0000-0002-1825-0097 --yes
    """  # noqa: D301 - click knows a block by this sign
    from registry.app import erase as use_case

    home = settings.home()
    found = use_case.run(home, name, because, by) if yes else use_case.preview(home, name)
    document = _json(found)
    if receipt is not None:
        import json

        receipt.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if form == "json":
        print_json(document)
    elif form == "csv":
        print_rows(("table", "rows"), list(found.rows.items()), form)
    else:
        _print(found)
    if found.still_to_do is not None:
        click.echo(
            "The erasure is done, but unused pages of the database may still hold what was removed: "
            f"{found.still_to_do}.\nHint: run the same command again once nobody else uses the database",
            err=True,
        )


def _json(found: "Erasure") -> dict[str, object]:
    """What may be kept of it: once it is done, no names."""
    document = asdict(found)
    if found.is_done:
        document["agents"] = len(found.agents)
    return document


def _print(found: "Erasure") -> None:
    if not found.is_done:
        click.echo("Nothing is removed yet: --yes does it. This would be erased:\n")
        print_table(
            ("id", "name", "dataset"), [(one.id, one.name, one.dataset or "-") for one in found.agents]
        )
        click.echo()
    print_pairs(
        [
            ("tombstone", found.tombstone),
            ("erased at", found.erased_at),
            ("commitments", ", ".join(found.commitments)),
            ("agents", len(found.agents)),
            ("editions", ", ".join(found.editions) or None),
            ("records", found.records if found.is_done else None),
        ]
    )
    click.echo()
    print_table(("table", "rows changed or removed"), list(found.rows.items()))
    if found.not_swept:
        click.echo(
            f"\n{found.not_swept} of the texts of this person are too short to be looked for inside other "
            "texts; they are removed where they stand alone."
        )
