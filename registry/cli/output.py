"""Printing lists and documents: a table for people, JSON and CSV for programs."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import click

WIDEST = 1_000_000  # columns: a table is never cut or wrapped
FORMATS = ("table", "json", "csv")


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The `--format` that every listing command has."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print; json is one document, nothing else.",
    )(command)


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    """A list: JSON as a list of objects, CSV with a header, else an aligned table."""
    if form == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif form == "csv":
        from registry.render.csv import csv_bytes

        click.echo(csv_bytes(columns, rows), nl=False)
    else:
        print_table(columns, rows)


def print_document(document: dict[str, Any], form: str) -> None:
    """One thing in full: JSON as it is, CSV as key and value, values that are no scalars as JSON."""
    if form == "json":
        print_json(document)
        return
    plain = (str, int, float, type(None))
    rows = [
        (key, value if isinstance(value, plain) else json.dumps(value, ensure_ascii=False, default=str))
        for key, value in document.items()
    ]
    print_rows(("key", "value"), rows, form)


def print_json(document: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False, default=str))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """An aligned table, never cut: values are data, not markup, and control characters are removed."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for place, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[place], int | float | None) for row in rows)
        table.add_column(Text(column), justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    drawn = StringIO()
    Console(file=drawn, width=WIDEST, highlight=False).print(table)
    click.echo("\n".join(line.rstrip() for line in drawn.getvalue().splitlines()))


def print_pairs(pairs: Sequence[tuple[str, Any]]) -> None:
    """Labels and values, one a line."""
    width = max(len(label) for label, _ in pairs)
    for label, value in pairs:
        click.echo(f"{label.ljust(width)}  {_shown(value)}".rstrip())


def _shown(value: Any) -> str:
    from registry.domain.agent import clean_text

    if value is None:
        return "-"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return clean_text(str(value))
