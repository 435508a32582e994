"""`registry train`."""

import click

from registry.cli.context import Settings, pass_settings


@click.command()
@click.argument("model", metavar="MODEL[@VERSION]")
@click.option(
    "--dataset",
    "datasets",
    multiple=True,
    required=True,
    metavar="NAME[@VERSION][:EPOCHS]",
    help="A dataset of the mixture, and how often it was seen (default 1). Repeatable.",
)
@click.option("--stage", required=True, help="pretraining, mid-training, fine-tuning, alignment, ...")
@click.option("--provider", help="Who answers for the model.")
@click.option("--url", help="Documentation of the model.")
@click.option(
    "--base-model", "bases", multiple=True, metavar="NAME[@VERSION]|URL", help="What it was made from."
)
@pass_settings
def train(
    settings: Settings,
    model: str,
    datasets: tuple[str, ...],
    stage: str,
    provider: str | None,
    url: str | None,
    bases: tuple[str, ...],
) -> None:
    """Record a training run of MODEL.

    The run is over a mixture of datasets. Their versions are fixed now: what is ingested later under the same
    name does not change this run. Parts of datasets and more can be stated in a file: see registry apply.
    """
    from registry.app.train import Training
    from registry.app.train import train as run

    result = run(settings.home(), Training(model, datasets, stage, provider, url, bases))
    runs = {part.run: part.stage for part in result.model.components}
    different = len({part.version.id for part in result.model.components})
    seen = float(sum(part.words_seen for part in result.model.components))
    settings.say(
        f"{'Recorded' if result.changed else 'Unchanged:'} {result.model.reference}: "
        f"{', '.join(f'run {run} ({stage})' for run, stage in runs.items())}; "
        f"datasets: {different}; words with epochs: {seen:,.0f}"
    )
