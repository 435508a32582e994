"""`registry dataset`."""

from dataclasses import astuple, fields
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_document, print_pairs, print_rows, print_table

if TYPE_CHECKING:
    from registry.domain.facts import VersionFacts


@click.group()
def dataset() -> None:
    """The datasets in the registry."""


@dataset.command("list")
@format_option
@pass_settings
def list_(settings: Settings, form: str) -> None:
    """List every dataset version."""
    from registry.app import show
    from registry.queries.catalogue import VersionSummary

    columns = [field.name for field in fields(VersionSummary)]
    print_rows(columns, [astuple(summary) for summary in show.datasets(settings.home())], form)


@dataset.command("show")
@click.argument("name", metavar="NAME[@VERSION]")
@format_option
@pass_settings
def show_(settings: Settings, name: str, form: str) -> None:
    """Show what is known of a dataset version, and what is not."""
    from registry.app import show

    facts = show.dataset(settings.home(), name)
    if form != "table":
        print_document(show.dataset_json(facts), form)
    else:
        _print(facts)


def _print(version: "VersionFacts") -> None:
    from registry.documents.dataset import gaps

    print_pairs(
        [
            ("dataset", version.reference),
            ("title", version.title),
            ("records", version.size.records),
            ("words", version.size.words),
            ("characters", version.characters),
            ("bytes", version.size.bytes),
            ("license", version.license.effective),
            ("origin", version.origin),
            ("visibility", version.visibility),
            ("contributors", version.contributors.count),
            ("repeated", f"{version.words_equal_records} records have the words of an earlier one"),
            ("source", version.source),
            ("revision", version.revision),
            ("digest", version.content_digest),
            ("recorded", version.recorded_at),
        ]
    )
    for title, columns, rows in (
        (
            "fields",
            ("field", "role", "types", "values"),
            [(f.path, f.role, ",".join(f.types), f.leaf_count) for f in version.fields],
        ),
        (
            "languages",
            ("language", "basis", "records", "words"),
            [(p.language, p.basis, p.size.records, p.size.words) for p in version.languages],
        ),
        (
            "licenses",
            ("license", "spelled", "records", "words"),
            [(p.expression, p.raw, p.size.records, p.size.words) for p in version.licenses],
        ),
        (
            "domains",
            ("domain", "records", "bytes"),
            [(p.domain, p.size.records, p.size.bytes) for p in version.domains[:20]],
        ),
        (
            "files",
            ("file", "role", "bytes", "sha256"),
            [(d.path, d.role, d.bytes, d.sha256) for d in version.distributions],
        ),
        (
            "gaps",
            ("field", "not known", "who can say it"),
            [(g["field"], g["unknown"], g["closed_by"]) for g in gaps(version)],
        ),
    ):
        if rows:
            click.echo()
            click.echo(f"{title}:")
            print_table(columns, rows)
