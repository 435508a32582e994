"""`registry compare`."""

from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import (
    format_option,
    print_document,
    print_json,
    print_pairs,
    print_rows,
    print_table,
)
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.documents.comparison import Comparison, NearDuplicates, SelfComparison
    from registry.fingerprint.overlap import Interval, Overlap


@click.command()
@click.argument("a", metavar="A", required=False)
@click.argument("b", metavar="B", required=False)
@click.option("--all", "everything", is_flag=True, help="Every version against every other, from sketches.")
@click.option(
    "--exact/--estimate",
    default=None,
    help="Decide near-duplicate records by their true resemblance, which reads the sources again, or by "
    "their signatures alone. Default: exact where the sources are there, unchanged, and at most 256 MiB.",
)
@format_option
@pass_settings
def compare(
    settings: Settings, a: str | None, b: str | None, everything: bool, exact: bool | None, form: str
) -> None:
    """Show what two dataset versions share, or how much one repeats itself.

    A and B are NAME[@VERSION]. Containment is the share of the one that is found in the other, by distinct
    runs of five words; near-duplicates are records with a Jaccard resemblance of at least 0.8. Overlap does
    not say who took from whom.

    \b
    registry compare gsm8k alpaca        two versions: records, words, near-duplicates, containment
    registry compare gsm8k               how much of one version repeats itself, in clusters
    registry compare --all               every version with every other that it shares something with
    """  # noqa: D301 - click knows a block by this sign
    from registry.app import compare as use
    from registry.documents import comparison as document

    if everything == (a is not None):
        raise UsageError("name one or two datasets, or --all", hint="see registry compare --help")
    if a is None:
        every, pairs = use.compare_all(settings.home())
        for remark in every.remarks:
            settings.say(remark)
        if form == "json":
            print_json(document.matrix_json([version.reference for version in every.versions], pairs))
        else:
            _print_all(pairs, form)
    elif b is None:
        found = use.compare_self(settings.home(), a, exact=exact)
        if form == "table":
            _print_self(found)
        else:
            print_document(document.self_json(found), form)
    else:
        two = use.compare(settings.home(), a, b, exact=exact)
        if form == "table":
            _print(two)
        else:
            print_document(document.comparison_json(two), form)


def _print_all(pairs: "list[tuple[str, str, Overlap]]", form: str) -> None:
    columns = ("a", "b", "a in b", "interval", "b in a", "interval of b in a", "resemblance", "scale")
    rows = [
        (
            a,
            b,
            _number(found.a_in_b),
            _interval(found.interval(found.a)),
            _number(found.b_in_a),
            _interval(found.interval(found.b)),
            _number(found.resemblance),
            found.scale,
        )
        for a, b, found in pairs
    ]
    print_rows(columns, rows, form)


def _print(found: "Comparison") -> None:
    overlap = found.overlap
    print_pairs(
        [
            ("a", found.a),
            ("b", found.b),
            ("records equal", found.records.pairs if found.records else None),
            ("words equal", f"{found.words.a:,} of a, {found.words.b:,} of b" if found.words else None),
            ("near-duplicates", _near(found.near) if found.near else None),
            ("a in b", _share(overlap.a_in_b, overlap.interval(overlap.a))),
            ("b in a", _share(overlap.b_in_a, overlap.interval(overlap.b))),
            ("resemblance", _number(overlap.resemblance)),
        ]
    )
    if found.near is None:
        click.echo("\nSingle records cannot be compared: of one of them only the sketch is kept.")
    _say_why(found.near)


def _print_self(found: "SelfComparison") -> None:
    print_pairs(
        [
            ("dataset", found.version),
            ("records", found.records),
            ("words of an earlier record", found.words_equal),
            ("resembling an earlier record", found.repeats),
            ("near-duplicates", f"{_least(found.near)}{found.near.pairs:,} pairs{_status(found.near)}"),
            ("clusters", found.cluster_count),
        ]
    )
    if found.clusters:
        click.echo("\nlargest clusters:")
        rows = [(one.size, ", ".join(map(str, one.records))) for one in found.clusters]
        print_table(("records", "record numbers (the first ones)"), rows)
    _say_why(found.near)


def _near(near: "NearDuplicates") -> str:
    return f"{near.a:,} of a, {near.b:,} of b, {_least(near)}{near.pairs:,} pairs{_status(near)}"


def _least(near: "NearDuplicates") -> str:
    return "" if near.complete else "at least "


def _status(near: "NearDuplicates") -> str:
    return "" if near.verified else " (estimated)"


def _say_why(near: "NearDuplicates | None") -> None:
    if near and not near.verified:
        why = near.why or "the sources were not to be read"
        click.echo(
            f"\nEstimated, not verified: {why}. Hardly a true pair is missing; pairs of a resemblance of 0.7 "
            "and more are listed too, and of records made from one template that can be most."
        )


def _share(share: float | None, interval: "Interval | None") -> str | None:
    return None if share is None else f"{_number(share)} ({_interval(interval)})"


def _number(share: float | None) -> str | None:
    return None if share is None else f"{share:.4f}"


def _interval(interval: "Interval | None") -> str | None:
    if interval is None:
        return None
    return "exact" if interval.low == interval.high else f"{interval.low:.4f} to {interval.high:.4f}"
