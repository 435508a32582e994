"""`registry request`."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import (
    format_option,
    print_document,
    print_json,
    print_pairs,
    print_rows,
    print_table,
)

if TYPE_CHECKING:
    from registry.app.requests import Asked

KINDS = ("removal", "opt-out", "attribution")
OUTCOMES = ("done", "refused", "partly")


@click.group()
def request() -> None:
    """Requests for removal, opt-out or attribution, and what each of them reaches. Never public."""


@request.command()
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What is asked for.")
@click.option("--by", required=True, metavar="NAME", help="Who asks.")
@click.option(
    "--about",
    required=True,
    metavar="SUBJECT",
    help="agent:NAME, domain:HOST, url:ADDRESS, dataset:NAME[@VERSION], record:NAME@VERSION#NUMBER (from 0), "
    "or text:FILE, which is looked up and not kept.",
)
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="When it came.  [default: today]",
)
@click.option("--evidence", metavar="WHERE", help="Where the request is kept.")
@click.option(
    "--receipt",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the receipt there as JSON, and beside it as text.",
)
@format_option
@pass_settings
def add(
    settings: Settings,
    kind: str,
    by: str,
    about: str,
    received: datetime | None,
    evidence: str | None,
    receipt: Path | None,
    form: str,
) -> None:
    """Record a request, and find out what it reaches.

    That is: records and words, by dataset version; versions made from these (declared) or that share content
    with them (possible); models trained on any of them, and models made from those; editions of published
    documents, and whether they name it. A model that used a part of a version is reached where the part was
    counted and holds some of it; where that is not known, the model is listed as not certain. The answer is
    due as many days after it came as `rights_contact` in registry.yaml says. The receipt names what is public
    and counts the rest.

    \b
    registry request add --kind removal --by "Ada Lovelace" --about "agent:Ada Lovelace" --receipt 17.json
    registry request add --kind opt-out --by "Example Ltd" --about domain:example.org --received 2026-03-01
    """  # noqa: D301 - click knows a block by this sign
    from registry.app import requests

    day = received.date().isoformat() if received else None
    asked = requests.add(settings.home(), kind, by, about, day, evidence)
    if receipt is not None:
        _write(receipt, asked)
        settings.say(f"Receipt: {receipt}, {receipt.with_suffix('.txt')}")
    if not asked.is_new:
        settings.say("This request was recorded before.")
    _print(asked, form)


@request.command("list")
@click.option("--open", "only_open", is_flag=True, help="Those without an outcome.")
@click.option("--counts", is_flag=True, help="How many of which kind and outcome: all that may be public.")
@format_option
@pass_settings
def list_(settings: Settings, only_open: bool, counts: bool, form: str) -> None:
    """List requests, the oldest first, with those overdue marked."""
    from registry.app import requests

    if counts:
        print_rows(("kind", "outcome", "requests"), requests.counted(settings.home()), form)
        return
    columns = ("id", "kind", "asked_by", "about", "received", "due", "state", "outcome")
    today = datetime.now(UTC).date()
    rows = [
        (
            one.id if form != "table" else one.id[:8],
            one.kind,
            one.asked_by,
            one.about,
            one.received,
            one.due,
            "resolved" if one.outcome else "overdue" if one.is_overdue(today) else "open",
            one.outcome,
        )
        for one in requests.listed(settings.home(), only_open=only_open)
    ]
    print_rows(columns, rows, form)


@request.command()
@click.argument("id_", metavar="ID")
@click.option(
    "--receipt",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the receipt as of today there as JSON, and beside it as text.",
)
@format_option
@pass_settings
def show(settings: Settings, id_: str, receipt: Path | None, form: str) -> None:
    """Show a request with what it reaches today. ID may be its first letters."""
    from registry.app import requests

    asked = requests.show(settings.home(), id_)
    if receipt is not None:
        _write(receipt, asked)
    _print(asked, form)


@request.command()
@click.argument("id_", metavar="ID")
@click.option("--outcome", type=click.Choice(OUTCOMES), required=True, help="What became of it.")
@click.option("--because", required=True, help="Why; it stands in the receipt.")
@click.option("--by", required=True, metavar="NAME", help="Who decided.")
@format_option
@pass_settings
def resolve(settings: Settings, id_: str, outcome: str, because: str, by: str, form: str) -> None:
    """Record what became of a request; a later outcome takes the place of an earlier one."""
    from registry.app import requests

    _print(requests.settle(settings.home(), id_, outcome, because, by), form)


def _write(file: Path, asked: "Asked") -> None:
    import json

    from registry.documents.request import receipt_text

    said = asked.receipt
    file.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    file.with_suffix(".txt").write_text(receipt_text(said), encoding="utf-8")


def _print(asked: "Asked", form: str) -> None:
    from registry.documents.request import reach_json

    document = {"request": asdict(asked.request), "reach": reach_json(asked.reach), "receipt": asked.receipt}
    if form == "json":
        print_json(document)
    elif form == "csv":
        print_document({**document["request"], **document["reach"]}, form)
    else:
        _print_table(asked)


def _print_table(asked: "Asked") -> None:
    one, reach = asked.request, asked.reach
    outcome = (
        f"{one.outcome}: {one.because} ({one.resolved_by}, {one.resolved_at})" if one.outcome else "open"
    )
    print_pairs(
        [
            ("request", one.id),
            ("kind", one.kind),
            ("asked by", one.asked_by),
            ("about", one.about),
            ("received", one.received),
            ("due", one.due or "no time for answers is stated: `rights_contact.answer_within_days`"),
            ("outcome", outcome),
            ("records", reach.records),
            ("words", reach.words),
        ]
    )
    tables = (
        ("In", ("dataset", "records", "words", "how"), reach.parts),
        ("Made from these, or sharing content", ("dataset", "kind", "said"), reach.derived),
        ("Models", ("model", "kind", "certain", "dataset", "runs", "through"), reach.models),
        ("Documents", ("kind", "model", "number", "is_latest", "names", "digest"), reach.documents),
        ("Money", ("allocation", "payee", "amount", "currency"), reach.money),
    )
    for title, columns, rows in tables:
        if rows:
            click.echo(f"\n{title}")
            print_table(columns, [[_cell(getattr(row, column)) for column in columns] for row in rows])
    if not reach.parts:
        click.echo("\nNothing of it was found in any dataset.")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (", ".join(value) or None) if isinstance(value, tuple) else value
