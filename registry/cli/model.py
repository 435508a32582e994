"""`registry model`."""

from dataclasses import astuple, fields
from pathlib import Path

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.options import audience_option, file_option, form_option
from registry.cli.output import format_option, print_document, print_pairs, print_rows, print_table


@click.group()
def model() -> None:
    """The models in the registry."""


@model.command("list")
@format_option
@pass_settings
def list_(settings: Settings, form: str) -> None:
    """List every model version."""
    from registry.app import show
    from registry.queries.training import ModelSummary

    columns = [field.name for field in fields(ModelSummary)]
    print_rows(columns, [astuple(summary) for summary in show.models(settings.home())], form)


@model.command("show")
@click.argument("name", metavar="NAME[@VERSION]")
@format_option
@pass_settings
def show_(settings: Settings, name: str, form: str) -> None:
    """Show what a model was trained on."""
    from registry.app import show
    from registry.documents.figures import exact_fraction

    facts = show.model(settings.home(), name)
    if form != "table":
        print_document(show.model_json(facts), form)
        return
    bases = ", ".join(base.shown for base in facts.base_models)
    print_pairs(
        [
            ("model", facts.reference),
            ("provider", facts.provider),
            ("url", facts.url),
            ("made from", "no other model" if facts.no_base_model else bases or None),
            ("words", facts.words),
        ]
    )
    click.echo()
    columns = ("run", "stage", "dataset", "used", "license", "epochs", "records", "words", "words seen")
    rows = [
        (
            part.run,
            part.stage,
            part.version.reference,
            part.selection.text,
            part.version.license.stated,
            str(part.epochs),
            part.records,
            part.words,
            exact_fraction(part.words_seen),
        )
        for part in facts.components
    ]
    print_table(columns, rows)


@model.command("export")
@click.argument("name", metavar="NAME[@VERSION]")
@form_option("cyclonedx", "spdx", "card")
@file_option()
@audience_option()
@pass_settings
def export(settings: Settings, name: str, form: str, out: Path, audience: str) -> None:
    """Write a model version and its training data in a format that other tools read.

    cyclonedx: an ML-BOM, CycloneDX 1.6 JSON.

    spdx: SPDX 3.0.1 JSON-LD with the AI and Dataset profiles.

    card: README.md of the Hugging Face Hub.
    """
    from registry.app.export import export_model

    done = export_model(settings.home(), name, out, form=form, audience=audience)
    settings.say(f"Wrote {done.subject} as {form}: {out}, {done.bytes:,} bytes")
