"""`registry disclose`."""

from pathlib import Path

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.options import audience_option, out_option, small_provider_option


@click.command()
@click.argument("model", metavar="MODEL[@VERSION]")
@out_option()
@click.option(
    "--law",
    "laws",
    multiple=True,
    type=click.Choice(["eu", "california"]),
    help="Which law to write a page for; may be given again.  [default: both]",
)
@click.option("--exact-sizes", is_flag=True, help="Print exact sizes, not only bands and ranges.")
@small_provider_option()
@audience_option()
@pass_settings
def disclose(
    settings: Settings,
    model: str,
    out: Path,
    laws: tuple[str, ...],
    exact_sizes: bool,
    small_provider: bool,
    audience: str,
) -> None:
    """Draft the disclosure report of MODEL.

    For the European Union this is the public summary of training content, AI Act Article 53(1)(d), in
    index.html; for California the documentation of training data, Civil Code section 3111, in
    california.html, or in index.html where it is asked for alone. disclosure.json holds both.
    Every figure is computed from the registry; what nobody has said is a gap, with who could close it.
    """
    from registry.app.disclose import disclose as run

    written = run(
        settings.home(),
        model,
        out,
        audience=audience,
        laws=laws,
        exact_sizes=exact_sizes,
        small_provider=small_provider,
    )
    settings.say(f"Drafted the disclosure of {written.subject}: {out / 'index.html'}")
    settings.say(written.remark)
