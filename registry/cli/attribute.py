"""`registry attribute`."""

from pathlib import Path

import click

from registry.cli.context import Settings, pass_settings


@click.command()
@click.argument("model")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write to."
)
@click.option("--strict", is_flag=True, help="Refuse where a license or holder is not known.")
@click.option("--audience", type=click.Choice(["public", "auditor"]), default="public", show_default=True)
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
