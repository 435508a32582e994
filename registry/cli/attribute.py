"""`registry attribute`."""

from pathlib import Path

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.options import audience_option, out_option


@click.command()
@click.argument("model", metavar="MODEL[@VERSION]")
@out_option()
@click.option("--strict", is_flag=True, help="Write nothing where any words have no known holder or license.")
@audience_option()
@pass_settings
def attribute(settings: Settings, model: str, out: Path, strict: bool, audience: str) -> None:
    """Draft the attribution manifest of MODEL.

    It says who holds rights in what the model was trained on, to the word, and under which license.
    Writes index.html, attribution.json, attribution.csv, and ATTRIBUTION.txt to ship with the weights. What a
    base model was trained on is apart, in inherited.csv.
    """
    from registry.app.attribute import attribute as run

    written = run(settings.home(), model, out, audience=audience, strict=strict)
    settings.say(f"Drafted the attribution manifest of {written.subject}: {out / 'index.html'}")
    settings.say(written.remark)
