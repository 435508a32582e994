"""The models and the dataset versions of a registry as tables, on its first page and in lists."""

from collections.abc import Sequence

from registry.documents.credit import size_note
from registry.documents.described import is_described
from registry.documents.fields import Cell, Column, Kind, Table
from registry.documents.figures import share_of
from registry.documents.names import WITHHELD_AGENT
from registry.documents.projection import shown_as
from registry.documents.site.index import DatasetLine, ModelLine
from registry.documents.site.places import link
from registry.documents.subject import listed
from registry.documents.withheld import is_withheld
from registry.render.composition import ORIGINS
from registry.render.terms import terms
from registry.render.versions import edition_said

REGISTRY = "Registry"


def models_table(lines: Sequence[ModelLine], page: str = "") -> Table:
    """Models with how much their disclosures answer; `page` is the folder that the table stands in."""
    columns = (
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("datasets", "Datasets", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("disclosure", "Disclosure"),
        Column("answered", "Fields answered"),
        Column("share", "Share", Kind.SHARE),
    )
    rows = tuple(_model(line) for line in lines)
    hrefs = tuple(href(line.folder, page) for line in lines)
    summary = "A field has an answer where it is computed, declared, or does not apply."
    return Table(summary, columns, rows, hrefs)


def _model(line: ModelLine) -> tuple[Cell, ...]:
    if line.answered is None or line.fields is None:
        name, hidden = line.name, "not public"
        return (name, WITHHELD_AGENT, line.datasets, line.words, hidden, hidden, None)
    name = f"{line.name} (withdrawn)" if line.withdrawn else line.name
    share = share_of(line.answered, line.fields)
    answered = f"{line.answered} of {line.fields}"
    return (name, line.provider, line.datasets, line.words, edition_said(line.history), answered, share)


def datasets_table(lines: Sequence[DatasetLine], page: str = "") -> Table:
    """Dataset versions, described ones and sums of private ones, in the order given."""
    columns = (
        Column("dataset", "Dataset"),
        Column("title", "Title"),
        Column("origin", "Origin"),
        Column("license", "License"),
        Column("records", "Records", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("basis", "Size is"),
        Column("models", "Trained on it"),
    )
    rows = tuple(_dataset(line, page) for line in lines)
    hrefs = tuple(href(line.folder, page) for line in lines)
    summary = f"The largest first.{_numbered(lines)}"
    return Table(summary, columns, rows, hrefs)


def _numbered(lines: Sequence[DatasetLine]) -> str:
    if not any(is_described(line.use.version) for line in lines):
        return ""
    return " Datasets under general names are numbered anew on every page."


def _dataset(line: DatasetLine, page: str) -> tuple[Cell, ...]:
    version, note, address = line.use.version, size_note(line.use), href(line.folder, page)
    withheld = is_withheld(version)
    hidden = WITHHELD_AGENT if withheld or is_described(version) else "–"
    name = f"{shown_as(version)} (withdrawn)" if version.withdrawn else shown_as(version)
    return (
        name,
        version.title or hidden,
        WITHHELD_AGENT if withheld else ORIGINS[version.origin] if version.origin else None,
        terms(line.use, f"{address}#license" if address else None),
        line.use.records if note.records_known else None,
        line.use.words if note.words_known else None,
        note.remark or "measured",
        listed(list(line.models)) if line.models else WITHHELD_AGENT if withheld else "–",
    )


def href(folder: str | None, page: str = "") -> str | None:
    """The address of a folder as it stands in a page of the folder `page`; None of what has no page."""
    return link(page, folder) if folder else None
