"""The rows of an attribution manifest as CSV: own training in one file, base models in another."""

from collections.abc import Iterator

from registry.documents.figures import fraction_text
from registry.documents.manifest import Manifest
from registry.documents.works import Row
from registry.render.csv import csv_pieces

COLUMNS = (
    "holder",
    "contributor",
    "dataset",
    "version",
    "license",
    "records",
    "words",
    "weighted_words",
    "share",
    "basis",
)
INHERITED = "inherited.csv"


def own_csv(manifest: Manifest) -> Iterator[bytes]:
    """One row per holder, dataset version and license of own training; the shares add up to 1."""
    return csv_pieces(COLUMNS, map(_cells, manifest.rows))


def inherited_csv(manifest: Manifest) -> Iterator[bytes]:
    """The same of each base model, which the shares are of, with its name and the chains that lead there."""
    return csv_pieces((*COLUMNS, "model", "chain"), _inherited_rows(manifest))


def _cells(row: Row) -> tuple[str | int, ...]:
    return (
        row.holder,
        row.contributor,
        row.dataset,
        row.version,
        row.license,
        row.records,
        row.words,
        fraction_text(row.weighted_words),
        row.share,
        row.basis_text,
    )


def _inherited_rows(manifest: Manifest) -> Iterator[tuple[str | int, ...]]:
    """Words times epochs and shares are empty where only a disclosure is known, or nothing."""
    for found in manifest.inherited:
        model = (found.reference, "; ".join(found.chains))
        yield from ((*_cells(row), *model) for row in (found.works.rows if found.works else ()))
        for line in found.lines:
            of = (line.holder, "", line.dataset, line.version, line.license)
            yield (*of, line.records, line.words, "", "", line.basis, *model)
        if found.words is None:
            yield ("not known", *[""] * (len(COLUMNS) - 2), "not known", *model)
