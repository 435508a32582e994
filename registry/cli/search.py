"""`registry search`."""

from collections.abc import Sequence
from dataclasses import asdict

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_json, print_rows, print_table

KINDS = ("name", "domain", "handle", "identifier", "dataset", "model")
_COLUMNS = ("kind", "found", "dataset", "records", "words", "license", "models", "maybe_models")
_MOST = 40


@click.command()
@click.argument("text")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Look at this alone; may repeat."
)
@click.option("--public", is_flag=True, help="Only what the public may see, under the names that it sees.")
@format_option
@pass_settings
def search(settings: Settings, text: str, kinds: tuple[str, ...], public: bool, form: str) -> None:
    """Find what the registry holds of someone, and which models were trained on that.

    TEXT is a name (any case and spacing, also its first letters, or words of it), a domain or web address, a
    handle, an identifier such as an ORCID, or the name of a dataset or model. The same name may be of several
    people. `maybe_models` used a part of a dataset, and it is not known whether that is in it. To search for
    a text itself: registry lookup.

    \b
    registry search "ada lovelace"
    registry search example.org --kind domain --public
    """  # noqa: D301 - click knows a block by this sign
    from registry.app.search import run
    from registry.queries.hits import Subject

    found = run(settings.home(), text, [Subject(kind) for kind in kinds], public=public)
    rows = [
        (
            *(hit.kind, hit.found, hit.dataset, hit.records, hit.words, hit.license),
            *(", ".join(models) or None for models in (hit.models, hit.maybe_models)),
        )
        for hit in found.hits
    ]
    if form == "json":
        print_json([asdict(hit) for hit in found.hits])
    elif form == "csv":
        print_rows(_COLUMNS, rows, form)
    else:
        _print(rows)
    if found.more:
        settings.say(f"{found.more:,} more people match and were not looked into: give more of the name.")


def _print(rows: Sequence[tuple[object, ...]]) -> None:
    if not rows:
        click.echo("Nothing was found. A text itself is searched with: registry lookup FILE")
        return
    print_table(_COLUMNS, rows[:_MOST])
    if len(rows) > _MOST:
        click.echo(f"... and {len(rows) - _MOST:,} more: --format json or csv has them all")
