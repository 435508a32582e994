"""`registry database`."""

import sys

import click

from registry.cli.context import Settings, pass_settings


@click.group()
def database() -> None:
    """The schema of the database: which version, upgrade, check."""


@database.command()
@pass_settings
def upgrade(settings: Settings) -> None:
    """Bring the schema to this software's version."""
    from registry.store import migrate

    migrate.upgrade(settings.home().engine)
    settings.say(f"The database is at schema {migrate.head()}")


@database.command()
@pass_settings
def current(settings: Settings) -> None:
    """Print the schema version of the database."""
    from registry.store import migrate

    click.echo(migrate.current(settings.home().engine) or "none")


@database.command()
@pass_settings
def check(settings: Settings) -> None:
    """Compare the database's tables with what this software expects; exit 1 where they differ."""
    from registry.store import migrate

    home = settings.home()
    home.require()
    found = migrate.differences(home.engine)
    for difference in found:
        click.echo(difference)
    if found:
        sys.exit(1)
    settings.say("The database is as it should be")
