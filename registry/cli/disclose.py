"""`registry disclose`."""

from pathlib import Path

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.options import audience_option, out_option


@click.command()
@click.argument("model", metavar="MODEL[@VERSION]")
@out_option()
@click.option(
    "--law",
    multiple=True,
    type=click.Choice(["eu"]),
    expose_value=False,
    help="Which form; this version writes one.  [default: eu]",
)
@click.option("--exact-sizes", is_flag=True, help="Print exact sizes, not only the form's bands.")
@audience_option()
@pass_settings
def disclose(settings: Settings, model: str, out: Path, exact_sizes: bool, audience: str) -> None:
    """Draft the disclosure report of MODEL.

    This is the public summary of training content that the EU AI Act asks for, Article 53(1)(d).
    Every figure is computed from the registry; what nobody has said is a gap, with who could close it.
    """
    from registry.app.disclose import disclose as run

    written = run(settings.home(), model, out, audience=audience, exact_sizes=exact_sizes)
    settings.say(f"Drafted the disclosure of {written.subject}: {out / 'index.html'}")
    settings.say(written.remark)
