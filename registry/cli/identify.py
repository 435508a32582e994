"""`registry identify`."""

import os
from typing import TYPE_CHECKING, Any

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_document, print_pairs, print_table
from registry.cli.progress import progress_of
from registry.domain.dataset import SplitText

if TYPE_CHECKING:
    from registry.documents.identified import Identified


@click.command()
@click.argument("sources", metavar="SOURCE...|NAME[@VERSION]", nargs=-1, required=True)
@click.option("--text-field", "text_fields", multiple=True, metavar="F", help="Content field. Repeatable.")
@click.option("--explode", metavar="PATH", help="Nested records to count as the records.")
@click.option("--split", help="Only this split of a hub, folder or saved dataset.")
@click.option("--config", help="Only this configuration of a hub dataset.")
@click.option(
    "--split-text",
    type=click.Choice([value.value for value in SplitText]),
    default="document",
    show_default=True,
    help="What a record of a text file is.",
)
@click.option(
    "--least-share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.01,
    show_default=True,
    help="Share of the words that a dataset must explain to be named.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    help="Threads.  [default: all cores]",
)
@format_option
@pass_settings
def identify(settings: Settings, /, form: str, **options: Any) -> None:
    """Find out what a dataset is made of: the fewest known datasets that explain it.

    SOURCE is what `ingest` takes, and is not recorded; NAME is a dataset of the registry, which wins over a
    path. Shares are of its words. What no dataset explains is unassigned. Of a dataset of the registry, what
    it is declared to be derived from is held against what is found.

    \b
    registry identify mystery.jsonl
    registry identify mystery.parquet --text-field instruction --text-field output
    registry identify alpaca
    """  # noqa: D301 - click knows a block by this sign
    from registry.app.identify import Question
    from registry.app.identify import identify as run
    from registry.documents.identified import identified_json
    from registry.sources.interface import ReadOptions

    reading = ReadOptions(
        options["explode"], options["split"], options["config"], SplitText(options["split_text"])
    )
    question = Question(
        sources=options["sources"],
        text=options["text_fields"],
        reading=reading,
        least_share=options["least_share"],
        workers=options["workers"],
    )
    with progress_of(settings) as started:
        found = run(settings.home(), question, started)
    if form == "table":
        _print(found)
    else:
        print_document(identified_json(found), form)


def _print(found: "Identified") -> None:
    from registry.documents.comparison import CAVEAT
    from registry.documents.identified import licenses, owed

    exact = "exact" if found.scale == 1 else f"estimated from one shingle in {found.scale:,}"
    print_pairs(
        [
            ("dataset", found.name),
            ("records", found.records),
            ("words", found.words),
            ("explained", f"{1 - found.unassigned:.1%} ({exact})"),
            ("unassigned", f"{found.unassigned:.1%}"),
        ]
    )
    if found.cover:
        click.echo("\ncover, in the order chosen:")
        columns = ("dataset", "share", "adds", "of it found here", "license", "declared", "explains the same")
        rows = [
            (
                part.reference,
                f"{part.share:.1%}",
                f"{part.unique_share:.1%}",
                f"{part.reference_covered:.1%}",
                part.license,
                "yes" if part.declared else "no",
                ", ".join(part.ties) or None,
            )
            for part in found.cover
        ]
        print_table(columns, rows)
    if found.shadowed:
        click.echo(f"\nalso overlapping, but explained by the cover: {', '.join(found.shadowed)}")
    if found.overlaps:
        click.echo("\nlicenses of everything that overlaps:")
        table = [
            (
                one.license,
                f"{one.share:.1%}",
                ", ".join(owed(one.license)) or None,
                one.contributors,
                ", ".join(one.versions),
            )
            for one in licenses(found)
        ]
        print_table(("license", "share", "asks for", "contributors named", "datasets"), table)
    for label, names in (
        ("declared, but not found", found.declared_but_not_found),
        ("declared, but not in this registry", found.declared_elsewhere),
        ("found, but not declared", found.found_but_not_declared),
        ("too coarsely sketched to be held against it", found.too_coarse),
    ):
        if names:
            click.echo(f"\n{label}: {', '.join(names)}")
    click.echo(f"\n{CAVEAT}")
