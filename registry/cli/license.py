"""`registry license`."""

from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_document, print_pairs, print_rows, print_table

if TYPE_CHECKING:
    from registry.app.conflicts import Conflicts


@click.group("license")
def license_() -> None:
    """Licenses as SPDX expressions, and what they ask for."""


@license_.command("show")
@click.argument("expression", metavar="EXPR")
@format_option
def show_(expression: str, form: str) -> None:
    """Show how a spelling is read, and the duties that follow, each with the clause it rests on."""
    from registry.domain.license import obligations, parse_license

    read = parse_license(expression)
    duties = obligations(read.expression)
    named = {name: duty.value for name, duty in duties.duties().items()}
    if form != "table":
        document: dict[str, object] = {
            "spelled": read.raw,
            "expression": read.expression,
            "status": read.status.value,
        }
        document |= {"title": read.title, "url": read.url, "obligations": named, "sources": duties.sources}
        print_document(document, form)
        return
    print_pairs(
        [
            ("expression", read.expression),
            ("read as", read.status.value),
            ("title", read.title),
            ("url", read.url),
        ]
    )
    click.echo()
    print_table(("duty", "answer"), list(named.items()))
    for source in duties.sources:
        click.echo(f"source: {source}")


@license_.command()
@format_option
@pass_settings
def conflicts(settings: Settings, form: str) -> None:
    """Find datasets that share content under different licenses.

    Looks at the content, not at what anybody declared: byte-identical files, equal records, records of the
    same words, text that is found in the other. Versions without a stated license are gaps, not conflicts.
    Exit code 1 where anything was found.
    """
    from registry.app.conflicts import conflicts as run
    from registry.documents.conflicts import conflicts_json

    found = run(settings.home())
    if form == "json":
        print_document(conflicts_json(found.conflicts, found.not_compared), form)
    elif form == "csv":
        print_rows(("kind", "datasets", "licenses", "evidence"), _rows(found), form)
    else:
        _print_conflicts(found)
    click.get_current_context().exit(1 if found.conflicts else 0)


def _rows(found: "Conflicts") -> list[tuple[str, ...]]:
    return [
        (
            one.kind.value,
            "; ".join(f"{each.reference} ({each.license})" for each in one.versions),
            "; ".join(one.licenses),
            "; ".join(one.evidence),
        )
        for one in found.conflicts
    ]


def _print_conflicts(found: "Conflicts") -> None:
    from registry.documents.conflicts import CAVEAT

    for one in found.conflicts:
        click.echo(f"{one.kind.value}:")
        print_table(("dataset", "license"), [(each.reference, each.license) for each in one.versions])
        for sentence in one.evidence:
            click.echo(f"  {sentence}")
        click.echo()
    click.echo(CAVEAT if found.conflicts else "No two datasets share content under different licenses.")
    if found.not_compared:
        names = ", ".join(found.not_compared)
        click.echo(f"Compared by files and content digests only, no sketch of theirs can be read: {names}")
