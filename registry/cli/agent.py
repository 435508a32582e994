"""`registry agent`."""

from dataclasses import astuple, fields
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_json, print_pairs, print_rows, print_table

if TYPE_CHECKING:
    from registry.queries.agent_page import AgentPage

_FIRST = 100  # agents of a table, where nobody says how many


@click.group()
def agent() -> None:
    """Who contributed to the data and holds rights in it."""


@agent.command("list")
@click.option("--match", metavar="TEXT", help="Only agents with this text in a spelling of their name.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"No more than N; all where it is left out, of a table the first {_FIRST}.",
)
@format_option
@pass_settings
def list_(settings: Settings, match: str | None, limit: int | None, form: str) -> None:
    """List agents, those who contributed most words first; those that were merged are one."""
    from registry.app import agents
    from registry.queries.agents import AgentSummary

    first = limit or (_FIRST if form == "table" else None)
    found = agents.agents(settings.home(), match=match, limit=first)
    columns = [field.name for field in fields(AgentSummary)]
    print_rows(columns, [astuple(summary) for summary in found.agents], form)
    if len(found.agents) < found.total:
        settings.say(f"{len(found.agents):,} of {found.total:,} agents; --limit and --match choose others")


@agent.command("show")
@click.argument("name")
@format_option
@pass_settings
def show_(settings: Settings, name: str, form: str) -> None:
    """Show the agents of a name in full: how they are spelled, what they contributed and hold rights in.

    NAME may be a name in any spelling, an identifier such as an ORCID iD, or the id of the list. The same
    name in two datasets may be two people, and is shown twice; one declared is one everywhere.
    """
    from registry.app import agents
    from registry.queries.agents import AgentSummary

    pages = agents.pages(settings.home(), name)
    if form == "json":
        print_json([agents.page_json(page) for page in pages])
    elif form == "csv":
        columns = [field.name for field in fields(AgentSummary)]
        print_rows(columns, [astuple(page.summary) for page in pages], form)
    else:
        for number, page in enumerate(pages):
            if number:
                click.echo()
            _print_page(page)


@agent.command("merge")
@click.argument("name", metavar="A")
@click.argument("into", metavar="B")
@click.option("--because", required=True, metavar="TEXT", help="How it is known that both are one.")
@click.option("--by", default="provider", show_default=True, metavar="NAME", help="Who says so.")
@pass_settings
def merge_(settings: Settings, name: str, into: str, because: str, by: str) -> None:
    """State that agent A is agent B: whatever A contributed or holds is shown as B's.

    A and B may be names, identifiers such as an ORCID iD, or ids of `registry agent list`. The records keep
    their spelling, and `registry agent split` undoes it. The reason is kept, and never published.

    \b
    registry agent merge "J. Doe" "Jane Doe" --because "same profile page"
    """  # noqa: D301 - click knows a block by this sign
    from registry.app import agents

    done = agents.merge_agents(settings.home(), name, into, because=because, by=by)
    settings.say(_told(done.agent, "is now" if done.is_news else "was already", done.into))


@agent.command("split")
@click.argument("name", metavar="A")
@click.argument("spelling", required=False)
@pass_settings
def split_(settings: Settings, name: str, spelling: str | None) -> None:
    """Undo merges: part agent A from whom it was merged with, by hand or by an identifier.

    Where A was merged into another agent, it is parted from that one; else from all that were merged into
    it. Spellings of one name stay together, with what was merged into them.

    SPELLING undoes a single merge: that of another agent of that name; or, where it is a spelling of A's own
    name or an id, that of this one spelling, which the registry merged itself. What is parted is never merged
    by the registry again.

    \b
    registry agent split "J. Doe"                  "J. Doe" from "Jane Doe", who it was merged into
    registry agent split "Jane Doe" "J. Doe"       the same, and nobody else from "Jane Doe"
    registry agent split "Jane Doe" "jane doe"     this spelling: it is somebody else
    """  # noqa: D301 - click knows a block by this sign
    from registry.app import agents

    for parted in agents.split_agents(settings.home(), name, spelling):
        settings.say(_told(parted.agent, "is no longer", parted.into))


def _told(one: tuple[str, str], how: str, other: tuple[str, str]) -> str:
    return f"'{one[0]}' ({one[1]}) {how} '{other[0]}' ({other[1]})"


def _print_page(page: "AgentPage") -> None:
    from registry.documents.figures import fraction_text

    summary = page.summary
    print_pairs(
        [
            ("name", summary.name),
            ("id", summary.id),
            ("kind", summary.kind),
            ("named in", summary.dataset or "declared"),
            *page.identifiers,
            ("contributed", f"{summary.records:,} records, {summary.words:,} words"),
            ("models", ", ".join(page.models) or None),
            ("may be in", ", ".join(page.maybe_models) or None),
        ]
    )
    if page.merged:
        click.echo()
        told = ("merged from", "dataset", "evidence", "because", "said by", "since", "id")
        print_table(told, [astuple(one) for one in page.merged])
    if page.took:
        click.echo()
        took = ("took part in", "version", "as", "MARC relator", "records", "words")
        print_table(took, [astuple(one) for one in page.took])
    if page.parts:
        click.echo()
        columns = ("dataset", "version", "license", "as", "records", "words", "holds records", "holds words")
        rows = [
            (*astuple(part)[:-2], fraction_text(part.holds_records), fraction_text(part.holds_words))
            for part in page.parts
        ]
        print_table(columns, rows)
