"""The tables on the page of a dataset version: holders, relatives, models, files, fields."""

from fractions import Fraction

from registry.documents.composition import Use
from registry.documents.credit import size_note
from registry.documents.fields import Cell, Column, Kind, Table
from registry.documents.figures import (
    counted,
    exact,
    exactly,
    fraction_text,
    lasting_exactly,
    percent,
    share_of,
)
from registry.documents.site.dataset import DatasetPage, Relative
from registry.documents.site.places import link
from registry.documents.subject import listed
from registry.domain.facts import MediaPart, VersionFacts
from registry.domain.stated import Modality
from registry.render.terms import license_name

_MOST_HOLDERS = 25
_STATED_IN = {
    "declared": "declaration",
    "metadata": "metadata beside the data",
    "field": "the records",
    "stated": "–",
}


def holders_said(page: DatasetPage) -> str:
    """How many are named, in a heading."""
    named = [holder for holder in page.holders if holder.is_named]
    share = percent(share_of(sum(holder.words for holder in named), page.version.size.words))
    if not named:
        return "No rights holder is named"
    return f"{counted(len(named), 'named rights holder')} for {share} of the words"


def holders(page: DatasetPage) -> Table:
    """Who holds rights in how much, the largest first."""
    columns = (
        Column("holder", "Rights holder"),
        Column("basis", "Basis"),
        Column("license", "License"),
        Column("records", "Records", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("share", "Share of words", Kind.SHARE),
    )
    size = size_note(Use(page.version, (page.component,), page.component))
    named = [holder for holder in page.holders if holder.is_named]
    shown = (*named[:_MOST_HOLDERS], *(holder for holder in page.holders if not holder.is_named))
    rows = tuple(
        (
            holder.name,
            holder.basis.replace("-", " "),
            listed([license_name(one) for one in holder.licenses]),
            holder.records if size.records_known else None,
            holder.words if size.words_known else None,
            share_of(holder.words, page.version.size.words) if size.words_known else None,
        )
        for holder in shown
    )
    left = len(named) - _MOST_HOLDERS
    cut = f" The {_MOST_HOLDERS} largest; {exact(left)} more are in dataset.json." if left > 0 else ""
    return Table(f"The largest first; together they are the whole dataset.{cut}", columns, rows)


def contributors(version: VersionFacts) -> Table | None:
    """Who is stated to have taken part, beside what the records say; None where nobody is."""
    columns = (
        Column("contributor", "Contributor"),
        Column("type", "Took part as"),
        Column("role", "MARC relator"),
        Column("basis", "Stated in"),
        Column("records", "Records", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
    )
    rows = tuple(
        (one.agent.name, one.type.value, one.role or "–", _STATED_IN[one.basis], one.records, one.words)
        for one in version.stated_contributors
    )
    return Table("Parts overlay and do not add up.", columns, rows) if rows else None


def lineage_said(page: DatasetPage) -> str:
    """What it was made from, in a heading."""
    if page.parents:
        return f"Made from {listed([parent.name for parent in page.parents])}"
    if page.version.is_original:
        return "Made from no other dataset"
    return "It is not stated whether it was made from another dataset"


def relatives(page: DatasetPage, found: tuple[Relative, ...], title: str) -> Table | None:
    """Datasets with their pages; None where there are none."""
    if not found:
        return None
    hrefs = tuple(link(page.folder, one.folder) if one.folder else None for one in found)
    return Table(title, (Column("dataset", "Dataset"),), tuple((one.name,) for one in found), hrefs)


def trained_said(page: DatasetPage) -> str:
    """Which models were trained on it, in a heading."""
    known = [one.model for one in page.trained]
    if not known and not page.hidden_models:
        return "No model here was trained on it"
    hidden = [f"{counted(page.hidden_models, 'model')} without a public page"] if page.hidden_models else []
    return f"Used to train {listed([*known, *hidden])}"


def trained(page: DatasetPage) -> Table:
    """The models with a page and what they used."""
    columns = (
        Column("model", "Model"),
        Column("stage", "Stage and epochs"),
        Column("records", "Records used", Kind.COUNT),
        Column("words", "Words used", Kind.COUNT),
        Column("part", "Part of the dataset", Kind.SHARE),
        Column("share", "Part of all words the model saw", Kind.SHARE),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in page.trained:
        stages = [f"{part.stage} ({fraction_text(part.epochs)})" for part in one.use.components]
        rows.append((one.model, listed(stages), *_part_used(page, one.use, one.share)))
    hrefs = tuple(link(page.folder, one.folder) for one in page.trained)
    return Table("Words times epochs are what a model saw.", columns, tuple(rows), hrefs)


def _part_used(page: DatasetPage, use: Use, share: Fraction) -> tuple[Cell, ...]:
    """Records and words used, their part of the dataset, and of all words the model saw."""
    known, whole = size_note(use), page.version.size
    by_records = share_of(use.records, whole.records) if known.records_known and whole.records else None
    return (
        use.records if known.records_known else None,
        use.words if known.words_known else None,
        share_of(use.words, whole.words) if known.words_known and whole.words else by_records,
        share if known.words_known else None,
    )


def files_said(version: VersionFacts) -> str:
    """How many files were read, in a heading."""
    if not version.distributions:
        return (
            "Declared, not measured: no file was read" if not version.is_measured else "No file is recorded"
        )
    size = exactly(sum(file.bytes for file in version.distributions), "byte")
    return f"{counted(len(version.distributions), 'file')} of {size} in all, with digests"


def files(version: VersionFacts) -> Table:
    """The files with their digests."""
    columns = (
        Column("path", "File"),
        Column("role", "Role"),
        Column("split", "Split"),
        Column("bytes", "Bytes", Kind.COUNT),
        Column("sha256", "SHA-256"),
    )
    rows = tuple(
        (file.path, file.role.value, file.split or "–", file.bytes, file.sha256)
        for file in version.distributions
    )
    return Table(
        "Check a file with `sha256sum`: the digest is of its bytes as they were read.", columns, rows
    )


def media(version: VersionFacts) -> Table:
    """Images, audio and video as they were counted in the data."""
    columns = (
        Column("modality", "Modality"),
        Column("items", "Items", Kind.COUNT),
        Column("length", "Length"),
        Column("undetermined", "Could not be read", Kind.COUNT),
        Column("rates", "Sampling rates"),
        Column("bytes", "Bytes", Kind.COUNT),
    )
    rows = tuple(
        (part.modality.value, part.items, _length(part), part.undetermined, _rates(part), part.bytes)
        for part in version.media
    )
    summary = (
        "Told apart by the beginning of each file, whatever it is called; lengths are those that the "
        "containers give, without the items that could not be read."
    )
    return Table(summary, columns, rows)


def _length(part: MediaPart) -> str | None:
    if not part.lasts:
        return "–"
    return None if part.hours is None else lasting_exactly(part.hours)


def _rates(part: MediaPart) -> str:
    unit = "Hz" if part.modality is Modality.AUDIO else "frames per second"
    return f"{', '.join(part.rates)} {unit}" if part.rates else "–"


def fields(version: VersionFacts) -> Table:
    """The fields of the records and the parts they play."""
    columns = (
        Column("path", "Field"),
        Column("role", "Role"),
        Column("types", "Types"),
        Column("values", "Values", Kind.COUNT),
    )
    rows = tuple(
        (field.path, field.role.value.replace("_", " "), ", ".join(field.types), field.leaf_count)
        for field in version.fields
    )
    summary = "What is content was counted and fingerprinted; the rest was read for what it says."
    return Table(summary, columns, rows)
