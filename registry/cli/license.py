"""`registry license`."""

import click

from registry.cli.output import print_json, print_pairs, print_table


@click.group("license")
def license_() -> None:
    """Licenses as SPDX expressions, and what they ask for."""


@license_.command("show")
@click.argument("expression", metavar="EXPR")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def show_(expression: str, form: str) -> None:
    """Show how a spelling is read, and the duties that follow, each with the clause it rests on."""
    from registry.domain.license import obligations, parse_license

    read = parse_license(expression)
    duties = obligations(read.expression)
    named = {name: duty.value for name, duty in duties.duties().items()}
    if form == "json":
        document = {"spelled": read.raw, "expression": read.expression, "status": read.status.value}
        print_json(
            document | {"title": read.title, "url": read.url, "obligations": named, "sources": duties.sources}
        )
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
