"""`registry reservation`."""

from dataclasses import astuple, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_json, print_rows, print_table
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.app.reserve import Checked, Seen
    from registry.documents.reservations import Taken

FORMS = ("auto", "robots", "tdmrep", "rsl", "ai-txt", "headers", "html", "contract", "letter")
_COLUMNS = ("dataset", "domain", "standing", "scope", "protocols", "observed", "records", "words")
_MOST = 40


@click.group()
def reservation() -> None:
    """What sites and rights holders say of training on their content, and what was taken against it."""


@reservation.command("add")
@click.argument("paths", nargs=-1, metavar="[FILE|FOLDER]...", type=click.Path(path_type=Path))
@click.option(
    "--domain",
    metavar="HOST",
    help="Whose files these are: example.org, a host below it, or an address there; one with a path is of "
    "that part.",
)
@click.option(
    "--observed",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which the files were fetched, or the contract or letter is dated.",
)
@click.option(
    "--protocol",
    type=click.Choice(FORMS),
    default="auto",
    show_default=True,
    help="What the files are; told from their names and content where it is left out.",
)
@click.option(
    "--agent",
    "agents",
    multiple=True,
    metavar="TOKEN",
    help="A crawler that counts in robots.txt, by its product token; give all that were used. Without it, "
    "what is said to everyone and to crawlers known to collect for training.",
)
@click.option(
    "--path",
    default="/",
    help="The page that headers or HTML belong to, or the part that a letter or contract is about.  "
    "[default: the whole site]",
)
@click.option("--says", type=click.Choice(["allow", "disallow"]), help="What a contract or letter says.")
@click.option("--evidence", metavar="WHERE", help="Where the contract or letter is kept.")
@click.option("--dataset", metavar="NAME[@VERSION]", help="The dataset alone that it is about.")
@format_option
@pass_settings
def add(
    settings: Settings,
    paths: tuple[Path, ...],
    domain: str | None,
    observed: datetime,
    protocol: str,
    agents: tuple[str, ...],
    path: str,
    says: str | None,
    evidence: str | None,
    dataset: str | None,
    form: str,
) -> None:
    """Record what sites said on a day, from files that you fetched. Nothing is fetched here.

    Reads robots.txt (RFC 9309, with Content-Usage, Content-Signal and License lines), tdmrep.json, ai.txt of
    Spawning, RSL 1.0, HTTP headers as `curl --head` saves them, and HTML pages. A folder holds a folder for
    each host. What cannot be read is recorded as unset, with the reason. Of several, any disallow wins.

    \b
    registry reservation add robots.txt --domain example.org --observed 2026-03-01
    registry reservation add fetched/ --observed 2026-03-01            fetched/example.org/robots.txt, ...
    registry reservation add --protocol letter --says disallow --domain example.org --observed 2026-03-01 \\
        --evidence "letters/2026-017.pdf"
    """  # noqa: D301 - click knows a block by this sign
    from registry.app.reserve import BETWEEN_PARTIES, Told, add_declared, add_files

    told = Told(
        observed.date().isoformat(),
        domain,
        None if protocol == "auto" else protocol,
        path,
        agents,
        dataset,
    )
    if not paths:
        if says is None or evidence is None:
            raise UsageError(
                "name the files that were fetched; a contract or letter needs --says and --evidence",
                hint="see registry reservation add --help",
            )
        _print_seen([add_declared(settings.home(), protocol, says, evidence, told)], form)
        return
    if protocol in BETWEEN_PARTIES:
        raise UsageError(f"a {protocol} is not read", hint="say where it is kept: --evidence")
    for option, value in (("--says", says), ("--evidence", evidence)):
        if value is not None:
            raise UsageError(
                f"{option} is of a contract or letter", hint="files say it themselves: leave it out"
            )
    _print_seen(add_files(settings.home(), paths, told), form)


def _print_seen(seen: "list[tuple[Seen, bool]]", form: str) -> None:
    columns = ("file", "host", "protocol", "agent", "path", "says", "scope", "malformed", "policy", "news")
    rows = [
        (
            one.file,
            one.host,
            signal.protocol.value,
            signal.agent,
            signal.path,
            signal.says.value,
            "whole" if signal.is_whole else "part",
            signal.malformed,
            signal.policy,
            "yes" if is_news else "no",
        )
        for one, is_news in seen
        for signal in one.signals
    ]
    print_rows(columns, rows, form)


@reservation.command("list")
@click.option("--domain", help="Of this domain alone.")
@click.option("--dataset", metavar="NAME[@VERSION]", help="Of the domains that this dataset comes from.")
@format_option
@pass_settings
def list_(settings: Settings, domain: str | None, dataset: str | None, form: str) -> None:
    """List what is recorded, by domain and day."""
    from registry.app.reserve import reservations
    from registry.queries.reservations import ReservationSummary

    columns = [field.name for field in fields(ReservationSummary)]
    found = reservations(settings.home(), domain, dataset)
    print_rows(columns, [astuple(one) for one in found], form)


@reservation.command()
@click.argument("name", metavar="[NAME[@VERSION]]", required=False)
@format_option
@pass_settings
def check(settings: Settings, name: str | None, form: str) -> None:
    """List what was taken against a reservation, of one dataset or of all.

    Taken against it is what comes from a domain that reserved training on all of its content while the data
    were collected (`collected` or `crawl` in registry.yaml). Apart from that stand: what was observed only
    later, where nothing is known of the time of collection; data whose collection has no date; and domains
    that reserve a part of their site, since records are known by domain, not by page.
    Exit code 1 where anything was taken against a reservation.
    """
    from registry.app.reserve import check as run

    found = run(settings.home(), name)
    if form == "json":
        print_json(_json(found))
    elif form == "csv":
        print_rows(_COLUMNS, _rows(found), form)
    else:
        _print(found)
    click.get_current_context().exit(1 if any(one.findings for one in found) else 0)


def _rows(found: "list[Checked]") -> list[tuple[object, ...]]:
    return [(one.version.reference, *_row(taken)) for one in found for taken in one.taken]


def _row(taken: "Taken") -> tuple[object, ...]:
    scope = "whole" if taken.is_whole else "part"
    protocols = ", ".join(taken.protocols)
    sizes = (taken.size.records, taken.size.words) if taken.size else (None, None)
    return (taken.domain or "(all of it)", taken.standing.value, scope, protocols, taken.observed, *sizes)


def _json(found: "list[Checked]") -> dict[str, object]:
    from registry.documents.reservations import CAVEAT

    listed = {"findings": True, "not_decided": False}
    return {
        key: [
            dict(zip(_COLUMNS, (one.version.reference, *_row(taken)), strict=True))
            for one in found
            for taken in one.taken
            if taken.is_against is against
        ]
        for key, against in listed.items()
    } | {
        "not_looked_at": [
            {"dataset": one.version.reference, "domains": one.unseen} for one in found if one.unseen
        ],
        "caveat": CAVEAT,
    }


def _print(found: "list[Checked]") -> None:
    from registry.documents.reservations import CAVEAT

    groups = (
        ("Taken while a reservation on all of it was in force", True, True),
        ("Observed later, or not dated: not known at collection", True, False),
        ("Reserved in part: it cannot be told for these records", False, False),
    )
    for title, whole, against in groups:
        rows = [
            (one.version.reference, *_row(taken))
            for one in found
            for taken in one.taken
            if (taken.is_whole, taken.is_against) == (whole, against)
        ]
        click.echo(f"{title}: {len(rows):,}")
        if rows:
            print_table(_COLUMNS, rows[:_MOST])
            if len(rows) > _MOST:
                click.echo(f"... and {len(rows) - _MOST:,} more: --format json or csv has them all")
        click.echo()
    unseen = sum(one.unseen for one in found)
    if unseen:
        click.echo(
            f"Not looked at: {unseen:,} domains of {sum(1 for one in found if one.unseen):,} versions."
        )
    click.echo(CAVEAT)
