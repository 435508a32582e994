"""The files of an attribution manifest."""

from dataclasses import dataclass

from registry.documents.attribution_json import as_json
from registry.documents.fields import Cell, Column, Gap, Kind, Table
from registry.documents.figures import counted, exact, exactly, fraction_text, percent, rounded, share_of
from registry.documents.manifest import WHAT_LICENSES_ASK, Holder, LicenseDuties, Manifest, Source
from registry.documents.names import WITHHELD_AGENT
from registry.documents.partition import UNIDENTIFIED
from registry.documents.projection import Audience
from registry.documents.schema import attribution_schema
from registry.documents.subject import listed
from registry.domain.license import NOASSERTION
from registry.render.csv import csv_bytes
from registry.render.html import Download, Figure, Page, page_bytes
from registry.render.json import json_bytes
from registry.render.text import attribution_text

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
MOST_HOLDERS = 1_000  # on the page; the files have all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionPage(Page):
    """What attribution.html may use."""

    lead: str
    gaps: tuple[Gap, ...]
    licenses: Table
    sources: Table
    holders: Table
    check: str
    rights_contact: Gap


def render_attribution(manifest: Manifest) -> dict[str, bytes]:
    """Return the files by name: the page, its twin with the schema, the rows as CSV, and the text to ship."""
    return {
        "index.html": page_bytes("attribution.html", _page(manifest)),
        "attribution.json": json_bytes(as_json(manifest)),
        "attribution.schema.json": json_bytes(attribution_schema()),
        "attribution.csv": _csv(manifest),
        "ATTRIBUTION.txt": attribution_text(manifest),
    }


def _csv(manifest: Manifest) -> bytes:
    return csv_bytes(
        COLUMNS,
        (
            (
                row.holder,
                row.contributor,
                row.dataset,
                row.version,
                row.license,
                row.records,
                row.words,
                fraction_text(row.weighted_words),
                row.share,
                row.basis,
            )
            for row in manifest.rows
        ),
    )


def _page(manifest: Manifest) -> AttributionPage:
    contact = next(gap for gap in manifest.gaps if gap.field == "rights-contact")
    return AttributionPage(
        title=manifest.headline,
        kind="Attribution manifest",
        subject=manifest.model.reference,
        updated=manifest.updated,
        software=manifest.software,
        for_auditor=manifest.audience is Audience.AUDITOR,
        figures=_figures(manifest),
        downloads=_downloads(),
        lead=_lead(manifest),
        gaps=tuple(gap for gap in manifest.gaps if gap is not contact),
        licenses=_licenses(manifest.licenses),
        sources=_sources(manifest.sources),
        holders=_holders(manifest),
        check=f"Check: the shares of all rows add up to {manifest.share_sum}.",
        rights_contact=contact,
    )


def _figures(manifest: Manifest) -> tuple[Figure, ...]:
    words = manifest.words
    named = sum(holder.words for holder in manifest.named)
    withheld, nobody = manifest.words_of(WITHHELD_AGENT), manifest.words_of(UNIDENTIFIED)
    unlicensed = sum(found.words for found in manifest.licenses if found.license == NOASSERTION)

    def share(label: str, part: int, note: str) -> Figure:
        return Figure(label, percent(share_of(part, words)), f"{exactly(part, 'word')} {note}")

    return (
        Figure(
            "Rights holders", exact(len(manifest.named)), "with a name; namesakes in two datasets are two"
        ),
        share("Attributed", named, "to holders with a name"),
        share("Withheld", withheld, "of holders whose names are withheld"),
        share("Unidentified", nobody, "of holders nobody has named"),
        share("No license stated", unlicensed, "of which no license is known"),
        Figure("Words", exact(words), f"{rounded(round(manifest.words_seen))} with epochs"),
    )


def _lead(manifest: Manifest) -> str:
    """The duties in one sentence: what licenses ask for, by the words that stand under them."""
    asked: dict[str, int] = {}
    for found in manifest.licenses:
        for name in found.answered("yes"):
            asked[name] = asked.get(name, 0) + found.words
    if not asked:
        return "No license in the mixture is known to ask for anything."
    ordered = sorted(asked.items(), key=lambda item: (-item[1], item[0]))
    duties = [f"{name} ({percent(share_of(words, manifest.words))} of the words)" for name, words in ordered]
    return f"The licenses ask for {listed(duties, most=len(duties))}. The table below says which."


def _licenses(found: tuple[LicenseDuties, ...]) -> Table:
    columns = (
        Column("license", "License"),
        Column("title", "Name"),
        Column("url", "Text", Kind.LINK),
        Column("words", "Words", Kind.COUNT),
        Column("share", "Share of words", Kind.SHARE),
        Column("yes", "Asks for"),
        Column("contested", "Contested"),
        Column("unknown", "Unknown"),
    )
    rows = tuple(_license(one) for one in found)
    summary = f"{counted(len(found), 'license')}. {WHAT_LICENSES_ASK}"
    return Table(summary, columns, rows)


def _license(one: LicenseDuties) -> tuple[Cell, ...]:
    answers = (_answered(one, answer) for answer in ("yes", "contested", "unknown"))
    return (one.license, one.title, one.url or "–", one.words, one.share, *answers)


def _answered(one: LicenseDuties, answer: str) -> str:
    return "not known" if one.is_unknown else ", ".join(one.answered(answer)) or "nothing"


def _sources(found: tuple[Source, ...]) -> Table:
    columns = (
        Column("dataset", "Dataset"),
        Column("version", "Version"),
        Column("title", "Title"),
        Column("publisher", "Publisher"),
        Column("url", "Source", Kind.LINK),
        Column("license", "License"),
        Column("notices", "License and notice files"),
    )
    rows = tuple(_source(source) for source in found)
    return Table(f"{counted(len(found), 'line')}: title, publisher, source, license.", columns, rows)


def _source(source: Source) -> tuple[Cell, ...]:
    unless_said = None if source.version else WITHHELD_AGENT
    said = (source.title, source.publisher, source.url)
    notices = ", ".join(path for path, _ in source.notices) or "none recorded"
    label = source.version or "–"
    return (source.dataset, label, *(text or unless_said for text in said), source.license, notices)


def _holders(manifest: Manifest) -> Table:
    largest = sorted(manifest.named, key=lambda holder: -holder.words)[:MOST_HOLDERS]
    rest = [holder for holder in manifest.holders if not holder.is_named]
    columns = (
        Column("holder", "Rights holder"),
        Column("datasets", "Datasets"),
        Column("licenses", "Licenses"),
        Column("basis", "Basis"),
        Column("records", "Records", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("share", "Share of words", Kind.SHARE),
    )
    more = len(manifest.named) - len(largest)
    cut = f"The {exact(len(largest))} largest; all are in attribution.csv." if more else "The largest first."
    rows = tuple(_holder(holder, manifest.words) for holder in (*largest, *rest))
    return Table(f"{counted(len(manifest.named), 'named rights holder')}. {cut}", columns, rows)


def _holder(holder: Holder, words: int) -> tuple[Cell, ...]:
    return (
        holder.name,
        listed(sorted({row.dataset for row in holder.rows})),
        listed(sorted({row.license for row in holder.rows})),
        listed(sorted({row.basis for row in holder.rows})),
        holder.records,
        holder.words,
        share_of(holder.words, words),
    )


def _downloads() -> tuple[Download, ...]:
    return (
        Download("ATTRIBUTION.txt", "the attribution text, to ship with the weights"),
        Download("attribution.csv", "one row per holder, dataset version and license"),
        Download("attribution.json", "everything on this page and every row"),
        Download("attribution.schema.json", "the JSON Schema of that file"),
    )
