"""`registry dataset`."""

from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.options import audience_option, file_option, form_option
from registry.cli.output import format_option, print_document, print_pairs, print_rows, print_table

if TYPE_CHECKING:
    from registry.documents.dataset import DeclaredHolding
    from registry.domain.facts import MediaPart, VersionFacts

MOST_DOMAINS = 20
RATE_UNITS = {"audio": "Hz", "video": "frames per second"}


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
    declared = show.declared_holders(settings.home(), facts)
    if form != "table":
        print_document(show.dataset_json(facts, declared), form)
    else:
        _print(facts, declared)


@dataset.command("export")
@click.argument("name", metavar="NAME[@VERSION]")
@form_option("croissant", "card")
@file_option()
@audience_option()
@pass_settings
def export(settings: Settings, name: str, form: str, out: Path, audience: str) -> None:
    """Write a dataset version in a format that other tools read.

    croissant: Croissant 1.1 with RAI 1.0 of MLCommons, JSON-LD that dataset search and mlcroissant read.

    card: README.md of the Hugging Face Hub.

    Beside a copy of the data, `registry ingest` and `registry apply` read either of them back. What nobody
    has stated is left out, and named as not known.
    """
    from registry.app.export import export_dataset

    done = export_dataset(settings.home(), name, out, form=form, audience=audience)
    settings.say(f"Wrote {done.subject} as {form}: {out}, {done.bytes:,} bytes")


Columns = tuple[str, ...]
Rows = list[tuple[object, ...]]


def _print(version: "VersionFacts", declared: "list[DeclaredHolding]") -> None:
    from registry.documents.periods import dates_text

    print_pairs(
        [
            ("dataset", version.reference),
            ("title", version.title),
            ("publisher", version.publisher),
            ("url", version.url),
            *([] if version.is_measured else [("sizes", "declared, not measured")]),
            *([("state", "withdrawn")] if version.withdrawn else []),
            *([("unavailable", f"since {version.unavailable_since}")] if version.unavailable_since else []),
            ("records", version.amount("records")),
            ("words", version.amount("words")),
            ("characters", version.characters if version.is_measured else None),
            ("bytes", version.amount("bytes")),
            ("license", version.license.stated),
            ("origin", version.origin),
            ("visibility", version.visibility),
            ("contributors", version.contributors.count),
            *([("annotators", version.annotators)] if version.annotators else []),
            *([("dates", dates_text(version.dates))] if version.dates else []),
            ("repeats", _repeats(version)),
            ("source", version.source),
            ("revision", version.revision),
            ("digest", version.content_digest),
            ("recorded", version.recorded_at),
        ]
    )
    for title, columns, rows in _tables(version, declared):
        if rows:
            click.echo(f"\n{title}:")
            print_table(columns, rows)


def _repeats(version: "VersionFacts") -> str | None:
    """How much of a version repeats itself, as far as it is known."""
    if version.words_equal_records is None:
        return None
    told = f"{version.words_equal_records:,} with the words of an earlier record"
    if version.near_duplicate_records is None:
        return told
    least = "" if version.near_duplicates_complete else "at least "
    return f"{told}, {least}{version.near_duplicate_records:,} that resemble one"


def _media(part: "MediaPart") -> tuple[object, ...]:
    hours = None if part.hours is None else f"{float(part.hours):,.3f}"
    unit = RATE_UNITS.get(part.modality.value, "")
    rates = f"{', '.join(part.rates)} {unit}" if part.rates else None
    return part.modality, part.items, hours, part.undetermined, rates, part.bytes


def _tables(version: "VersionFacts", declared: "list[DeclaredHolding]") -> list[tuple[str, Columns, Rows]]:
    from registry.documents.dataset import gaps

    sizes = ("records", "words")
    return [
        (
            "fields",
            ("field", "role", "types", "values"),
            [(field.path, field.role, ",".join(field.types), field.leaf_count) for field in version.fields],
        ),
        (
            "media",
            ("modality", "items", "hours", "not readable", "rates", "bytes"),
            [_media(part) for part in version.media],
        ),
        (
            "languages",
            ("language", "basis", *sizes),
            [(part.language, part.basis, part.size.records, part.size.words) for part in version.languages],
        ),
        (
            "licenses",
            ("license", "spelled", *sizes),
            [(part.expression, part.raw, part.size.records, part.size.words) for part in version.licenses],
        ),
        (
            "rights holders, as declared of what names nobody",
            ("holder", "share", "of the records where", "license", *sizes),
            [
                (
                    party.agent.name,
                    party.share,
                    part.text if part else "no other part says",
                    holding.license,
                    holding.size.records,
                    holding.size.words,
                )
                for part, holding in declared
                for party in holding.parties
            ],
        ),
        (
            "contributors, as stated of the whole",
            ("contributor", "as", "MARC relator", "stated in", *sizes),
            [
                (one.agent.name, one.type, one.role, one.basis, one.records, one.words)
                for one in version.stated_contributors
            ],
        ),
        (
            f"domains (the {MOST_DOMAINS} largest)" if len(version.domains) > MOST_DOMAINS else "domains",
            ("domain", "records", "bytes"),
            [(part.domain, part.size.records, part.size.bytes) for part in version.domains[:MOST_DOMAINS]],
        ),
        (
            "files",
            ("file", "role", "split", "bytes", "sha256"),
            [(file.path, file.role, file.split, file.bytes, file.sha256) for file in version.distributions],
        ),
        (
            "stated",
            ("fact", "evidence", "where it stands", "who says so"),
            [(one.property, one.kind, one.location, one.asserted_by) for one in version.evidence],
        ),
        (
            "contradictions",
            ("fact", "stated", "found", "where"),
            [(one.property, one.stated, one.found, one.location) for one in version.contradictions],
        ),
        (
            "gaps",
            ("field", "not known", "who can say it"),
            [(gap["field"], gap["unknown"], gap["closed_by"]) for gap in gaps(version)],
        ),
    ]
