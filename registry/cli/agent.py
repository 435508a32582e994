"""`registry agent`."""

from dataclasses import astuple, fields

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_rows


@click.group()
def agent() -> None:
    """Who contributed to the data and holds rights in it."""


@agent.command("list")
@format_option
@pass_settings
def list_(settings: Settings, form: str) -> None:
    """List every agent, those who contributed most words first."""
    _print(settings, None, form)


@agent.command("show")
@click.argument("name")
@format_option
@pass_settings
def show_(settings: Settings, name: str, form: str) -> None:
    """Show the agents of a name, however it is spelled.

    The same name in two datasets may be two people, and is listed twice; one declared is one everywhere.
    """
    _print(settings, name, form)


def _print(settings: Settings, name: str | None, form: str) -> None:
    from registry.app import show
    from registry.queries.agents import AgentSummary

    columns = [field.name for field in fields(AgentSummary)]
    print_rows(columns, [astuple(summary) for summary in show.agents(settings.home(), name)], form)
