"""`registry license`."""

import click

from registry.cli.output import format_option, print_document, print_pairs, print_table


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
