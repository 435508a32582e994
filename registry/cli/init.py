"""`registry init`."""

import click

from registry.cli.context import Settings, pass_settings


@click.command()
@pass_settings
def init(settings: Settings) -> None:
    """Create an empty registry; apply and ingest do it too."""
    home = settings.home()
    made = home.create()
    settings.say(f"{'Created' if made else 'There already was'} a registry in {home.path}")
