"""`registry publish`."""

from pathlib import Path

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.options import audience_option, out_option, small_provider_option


@click.command()
@out_option()
@click.option("--exact-sizes", is_flag=True, help="Print exact sizes in the disclosures, not only bands.")
@click.option(
    "--detected-overlaps",
    is_flag=True,
    help="Print overlaps of public datasets also where nobody has declared that they are related.",
)
@small_provider_option()
@click.option(
    "--approved-by",
    metavar="NAME",
    help="Approve what is published: documents that say something new are numbered and frozen. "
    "The name stands on the pages.",
)
@audience_option()
@pass_settings
def publish(
    settings: Settings,
    out: Path,
    exact_sizes: bool,
    detected_overlaps: bool,
    small_provider: bool,
    approved_by: str | None,
    audience: str,
) -> None:
    """Write the static site of this registry.

    One page for the registry, one for each model with its disclosure and its attribution manifest, one for
    each public dataset version, one for what these share, each with a JSON file beside it. The site asks
    nothing of any host: it works from a folder as well as from a web server. What is not public stands under
    a general name or as one line.

    Beside the pages for the public lies public.db, a SQLite copy of the public views for datasette or
    sqlite3; docs/schema.md describes them, and so does its table public_column.

    What the datasets share is computed first where it is not known. Overlaps are printed where the datasets
    are declared to be related: one is made from the other, or both are versions of one dataset.

    What was not approved is marked DRAFT. With --approved-by every disclosure and manifest that says
    something new becomes a numbered, frozen edition that says what it changes; earlier disclosures stay on
    the site, marked as superseded. A second publication of the same state makes no new edition.
    """
    from registry.app.publish import publish as run

    done = run(
        settings.home(),
        out,
        audience=audience,
        exact_sizes=exact_sizes,
        small_provider=small_provider,
        detected_overlaps=detected_overlaps,
        approved_by=approved_by,
    )
    for remark in done.remarks:
        settings.say(remark)
    settings.say(f"Wrote the site of {done.headline}: {done.files:,} files")
    settings.say(f"Pages: the index, {done.models:,} of models, {done.datasets:,} of dataset versions")
    settings.say(done.standing)
    settings.say(f"Begin with {out / 'index.html'}")
