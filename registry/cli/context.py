"""What every command knows: where the registry is and how to speak."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from registry.app.home import Home


@dataclass(frozen=True, slots=True)
class Settings:
    """The options before the command."""

    path: Path
    database: str | None
    fingerprints: Path | None
    quiet: bool

    def home(self) -> "Home":
        """The registry; opened when the command needs it, so that help stays instant."""
        from registry.app.home import Home

        return Home(self.path, self.database, self.fingerprints)

    def say(self, message: str) -> None:
        """A remark to the user, on stderr."""
        if not self.quiet:
            from registry.domain.agent import clean_text

            click.echo(clean_text(message), err=True)


pass_settings = click.make_pass_decorator(Settings)
