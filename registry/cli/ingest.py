"""`registry ingest`."""

import os
from collections.abc import Callable
from typing import Any

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.progress import progress_of
from registry.domain.dataset import FieldMapping, FingerprintMode, Origin, SplitText, Visibility

EPILOG = """\b
Examples:
  registry ingest train.jsonl --name gsm8k --version 1 --license MIT --origin public
  registry ingest 'xquad/*.json' --name xquad --explode data.paragraphs.qas \\
      --text-field question --text-field data.paragraphs.context
  registry ingest Posts.xml --name posts --text-field Title --text-field Body \\
      --license-field ContentLicense --creator-field OwnerUserId --creator-field OwnerDisplayName
  registry ingest hf://openai/gsm8k@main --name gsm8k-hub --config main --split train
"""


def _field(name: str, help_text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        f"--{name}-field", f"{name.replace('-', '_')}_fields", multiple=True, metavar="F", help=help_text
    )


def _choice(name: str, values: type[Any], help_text: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(name, type=click.Choice([value.value for value in values]), help=help_text, **more)


@click.command(epilog=EPILOG)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--name", required=True, help="Name of the dataset.")
@click.option("--version", "label", help="Label of this version; without it the hub's commit, else 1, 2, 3.")
@click.option(
    "--license", "license_", help="What its publisher declares: an SPDX expression or a common spelling."
)
@_choice("--origin", Origin, "How you came by the data.")
@_choice("--visibility", Visibility, "What the public sees of it; the default follows from the origin.")
@click.option("--title", help="Title in full.")
@click.option("--url", help="Where it is published.")
@click.option("--publisher", help="Who publishes it.")
@click.option("--language", help="Language of all records (BCP 47), where the data does not say it.")
@click.option("--derived-from", multiple=True, metavar="NAME|URL", help="What it was made from. Repeatable.")
@_field(
    "text", "Content field; a path such as messages[].content. Repeatable. Default: every string field left."
)
@_field(
    "license", "Field with each record's license. Repeatable: alternatives, the first with a value counts."
)
@_field("creator", "Field with each record's creator. Repeatable.")
@_field("rights-holder", "Field with each record's rights holder. Repeatable.")
@_field("annotator", "Field with who labelled or rated each record. Repeatable.")
@_field("url", "Field with each record's URL. Repeatable.")
@_field("language", "Field with each record's language. Repeatable.")
@_field("date", "Field with each record's date (ISO 8601). Repeatable.")
@_field("title", "Field with each record's title, to credit it by. Repeatable.")
@_field("id", "Field with each record's identifier. Repeatable.")
@click.option(
    "--explode", metavar="PATH", help="Nested records to count as the records, e.g. data.paragraphs.qas."
)
@click.option("--split", help="Only this split of a hub, folder or saved dataset.")
@click.option("--config", help="Only this configuration of a hub dataset.")
@_choice("--split-text", SplitText, "What a record of a text file is.", default="document", show_default=True)
@_choice("--fingerprints", FingerprintMode, "How much to keep; the default is full, of users' data counts.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    help="Threads.  [default: all cores]",
)
@click.option(
    "--engine",
    type=click.Choice(["local"]),
    default="local",
    show_default=True,
    expose_value=False,
    help="Where batches are measured; this version: threads here.",
)
@pass_settings
def ingest(settings: Settings, /, **options: Any) -> None:
    """Read a dataset: measure it, fingerprint it, record it.

    SOURCE is a file (.parquet .json .jsonl .csv .tsv .txt .md .arrow .xml .html .xhtml, also .gz .zst .xz;
    images, audio, video), a glob, a folder, a save_to_disk folder, or hf://OWNER/NAME[@REVISION]. The same
    again changes nothing.
    """
    from registry.app.ingest import ingest as run
    from registry.documents.media import media_amounts

    with progress_of(settings) as started:
        result = run(settings.home(), _request(options), started)
    for warning in result.warnings:
        settings.say(f"Warning: {warning}")
    version = result.version
    verb = "Recorded" if result.created else "Changed what is said of" if result.news else "Unchanged:"
    settings.say(
        f"{verb} {version.reference}: {version.size.records:,} records, {version.size.words:,} words, "
        f"{', '.join((f'{version.size.bytes:,} bytes of content', *media_amounts(version.media)))}; "
        f"license {version.license.stated}"
    )


def _request(options: dict[str, Any]) -> Any:
    from registry.app.declared import Declared
    from registry.app.request import Request
    from registry.sources.interface import ReadOptions

    def chosen(kind: type[Any], name: str) -> Any:
        return kind(options[name]) if options[name] else None

    return Request(
        sources=options["sources"],
        name=options["name"],
        label=options["label"],
        mapping=FieldMapping(
            text=options["text_fields"],
            id=options["id_fields"],
            license=options["license_fields"],
            creator=options["creator_fields"],
            rights_holder=options["rights_holder_fields"],
            annotator=options["annotator_fields"],
            url=options["url_fields"],
            language=options["language_fields"],
            date=options["date_fields"],
            title=options["title_fields"],
        ),
        reading=ReadOptions(
            explode=options["explode"],
            split=options["split"],
            config=options["config"],
            split_text=SplitText(options["split_text"]),
        ),
        declared=Declared(
            license=options["license_"],
            origin=chosen(Origin, "origin"),
            visibility=chosen(Visibility, "visibility"),
            title=options["title"],
            url=options["url"],
            publisher=options["publisher"],
            language=options["language"],
            derived_from=options["derived_from"] or None,
        ),
        fingerprints=chosen(FingerprintMode, "fingerprints"),
        workers=options["workers"],
    )
