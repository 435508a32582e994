"""`registry query`."""

from typing import Any

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_rows


@click.command()
@click.argument("sql", required=False)
@click.option("--list", "listing", is_flag=True, help="List the named queries and the views.")
@click.option(
    "--param", "parameters", multiple=True, metavar="K=V", help="A parameter (:k in the SQL). Repeatable."
)
@click.option("--limit", type=click.IntRange(min=1), default=10_000, show_default=True, help="Most rows.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=2.0, show_default=True, help="Seconds.")
@format_option
@pass_settings
def query(
    settings: Settings,
    sql: str | None,
    listing: bool,
    parameters: tuple[str, ...],
    limit: int,
    timeout: float,
    form: str,
) -> None:
    """Answer SQL over the public views.

    SQL is one SELECT, or the name of a query of --list. Nothing can be changed, and no query runs for ever.
    On PostgreSQL the queries run as a role of their own, whose URL REGISTRY_QUERY_DATABASE names.
    """
    from registry.app import query as use_case

    if listing or sql is None:
        print_rows(use_case.CATALOGUE_COLUMNS, use_case.catalogue(), form)
        return
    result = use_case.query(settings.home(), sql, _pairs(parameters), rows=limit, seconds=timeout)
    print_rows(_distinct(result.columns), result.rows, form)
    if result.truncated:
        settings.say(f"Only the first {limit:,} rows are shown; --limit raises that")


def _distinct(columns: tuple[str, ...]) -> list[str]:
    """The names of the columns, numbered where one comes again: no value is lost in JSON."""
    named: list[str] = []
    for column in columns:
        times = columns[: len(named)].count(column)
        named.append(f"{column}_{times + 1}" if times else column)
    return named


def _pairs(parameters: tuple[str, ...]) -> dict[str, Any]:
    pairs = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise click.UsageError(f"--param {parameter} is not of the form name=value")
        pairs[name] = value
    return pairs
