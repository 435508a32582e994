"""`registry lookup`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_json, print_pairs, print_rows, print_table
from registry.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry.documents.found import Found

COLUMNS = ("dataset", "version", "record", "kind", "words", "share of text", "license", "models", "passage")
MOST_SHOWN = 20
SHOWN_LETTERS = 60


@click.command()
@click.argument("source", metavar="FILE|-", required=False)
@click.option("--text", help="The text itself, in the place of a file.")
@click.option(
    "--verify/--no-verify",
    default=None,
    help="Read records again from their sources to decide, however large these are, or never. Default: where "
    "a source is there and at most 256 MiB.",
)
@click.option(
    "--receipt",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the answer there as JSON, to be checked later.",
)
@click.option(
    "--check",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A receipt: look the same text up again, and say what has changed. Exit code 1 where anything has.",
)
@format_option
@pass_settings
def lookup(
    settings: Settings,
    source: str | None,
    text: str | None,
    verify: bool | None,
    receipt: Path | None,
    check: Path | None,
    form: str,
) -> None:
    """Find out whether a text stands in any dataset, and which models were trained on that.

    The text is searched in every record of every version with full fingerprints: passages inside longer
    records, whole records, near-duplicates of the text and of its paragraphs. Any run of 36 words within one
    field of a record is found; case, punctuation and encoding make no difference. Shorter runs than 13 words
    are common phrases, and are counted as possible only.

    \b
    registry lookup novel.txt
    pbpaste | registry lookup -
    registry lookup novel.txt --receipt answer.json       later: registry lookup novel.txt --check answer.json
    """  # noqa: D301 - click knows a block by this sign
    from registry import __version__
    from registry.app.lookup import Searcher
    from registry.documents.found import found_json

    asked = _text(source, text)
    searcher = Searcher(settings.home(), verify=verify)
    with _progress(settings) as told:
        found = searcher.look_up(asked, told)
    document = found_json(found, __version__)
    if receipt is not None:
        receipt.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        settings.say(f"Receipt: {receipt}")
    if check is not None:
        click.get_current_context().exit(_compare(check, document))
    if form == "json":
        print_json(document)
    elif form == "csv":
        print_rows(COLUMNS, _rows(found), form)
    else:
        _print(found)


def _text(source: str | None, text: str | None) -> str:
    if (source is None) == (text is None):
        raise UsageError("name a file, - for standard input, or --text", hint="see registry lookup --help")
    if text is not None:
        return text
    if source == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input")
    file = Path(str(source))
    if not file.is_file():
        raise SourceError("is no file", file=str(source), hint="name a text file, or - for standard input")
    return _decoded(file.read_bytes(), str(source))


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is no text in UTF-8 (byte {error.start})", file=name, hint="convert it first, e.g. with iconv"
        ) from error


@contextmanager
def _progress(settings: Settings) -> "Iterator[Callable[[int, int], None]]":
    """Which version of how many is searched, on a terminal."""
    if settings.quiet or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console

    with Console(stderr=True).status("opening the fingerprints") as status:
        yield lambda done, count: status.update(f"searching version {done + 1} of {count}")


def _compare(check: Path, document: dict[str, Any]) -> int:
    """Say what is not as a receipt says; the exit code."""
    from registry.documents.found import differences

    try:
        told = differences(json.loads(check.read_text(encoding="utf-8")), document)
    except ValueError as error:
        raise SourceError(f"{error}", file=str(check), hint="name a file that --receipt wrote") from error
    for sentence in told or ["everything is as the receipt says"]:
        click.echo(sentence)
    return 1 if told else 0


def _rows(found: "Found") -> list[tuple[object, ...]]:
    return [
        (
            match.dataset,
            match.version,
            match.record,
            match.kind.value,
            match.words,
            f"{sum(stop - start for start, stop in match.spans) / found.words:.4f}",
            match.license,
            ", ".join(match.models) or None,
            match.passage,
        )
        for match in found.matches
    ]


def _print(found: "Found") -> None:
    from registry.documents.found import CAVEAT, promise

    per_version = [one for one in found.searched if one.matches]
    print_pairs(
        [
            ("words", found.words),
            ("coverage", f"{found.coverage:.1%} of the text stands in matches"),
            ("matches", f"{len(found.matches):,} records of {len(per_version)} versions"),
            ("possible", f"{found.possible:,} records share at least five words in a row, no match"),
            ("searched", f"{len(found.searched)} versions"),
        ]
    )
    if found.matches:
        click.echo()
        rows = [(*row[:-1], _short(str(row[-1]))) for row in _rows(found)[:MOST_SHOWN]]
        print_table(COLUMNS, rows)
        if len(found.matches) > MOST_SHOWN:
            click.echo(f"... and {len(found.matches) - MOST_SHOWN:,} more: --format json or csv has them all")
    click.echo(f"\n{promise(found)}")
    for version in found.searched:
        if version.unverified:
            click.echo(f"Not verified in {version.reference}: {version.unverified}.")
    for missing in found.not_searched:
        click.echo(f"Not searched: {missing.reference}, {missing.why}.")
    click.echo(CAVEAT)


def _short(passage: str) -> str:
    return passage if len(passage) <= SHOWN_LETTERS else f"{passage[:SHOWN_LETTERS]}..."
