"""The files of a disclosure report."""

from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Part, Use
from registry.documents.disclosure import Disclosure
from registry.documents.disclosure_json import as_json
from registry.documents.domains import DomainRow
from registry.documents.eu_crawled import DOMAINS_FILE
from registry.documents.fields import Cell, Column, Gap, Kind, Section, Status, Table
from registry.documents.figures import (
    counted,
    exact,
    exactly,
    fixed,
    fraction_text,
    percent,
    rounded,
    share_of,
)
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE
from registry.documents.projection import Audience
from registry.documents.schema import disclosure_schema
from registry.documents.subject import listed
from registry.documents.withheld import is_withheld
from registry.domain.dataset import Origin
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED, primary
from registry.domain.license import NOASSERTION, license_title
from registry.render.csv import csv_bytes
from registry.render.html import Download, Figure, Page, page_bytes
from registry.render.json import json_bytes

_DIGITS = 12
_ORIGINS = {
    Origin.PUBLIC: "publicly available",
    Origin.LICENSED: "licensed by rights holders",
    Origin.THIRD_PARTY: "private, from third parties",
    Origin.CRAWLED: "crawled",
    Origin.USER: "of users",
    Origin.SYNTHETIC: "synthetic",
    Origin.OTHER: "other",
}
_SIZES = (
    Column("records", "Records", Kind.COUNT),
    Column("words", "Words", Kind.COUNT),
    Column("share", "Share of words", Kind.SHARE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosurePage(Page):
    """What disclosure.html may use."""

    provider: str | None
    overview: tuple[Table, ...]
    unknown: str
    gaps: tuple[Gap, ...]
    sections: tuple[Section, ...]
    rights_contact: Gap


def render_disclosure(disclosure: Disclosure) -> dict[str, bytes]:
    """Return the files by name: the page, its twin with the schema, the domains where any were crawled."""
    files = {
        "index.html": page_bytes("disclosure.html", _page(disclosure)),
        "disclosure.json": json_bytes(as_json(disclosure)),
        "disclosure.schema.json": json_bytes(disclosure_schema()),
    }
    return files | ({DOMAINS_FILE: _domains(disclosure.domains)} if disclosure.domains else {})


def _page(disclosure: Disclosure) -> DisclosurePage:
    model = disclosure.model
    contact = next(gap for gap in disclosure.gaps if gap.field == "rights-contact")
    return DisclosurePage(
        title=disclosure.headline,
        kind="Training data summary",
        subject=model.reference,
        updated=disclosure.updated,
        software=disclosure.software,
        for_auditor=disclosure.audience is Audience.AUDITOR,
        figures=_figures(disclosure),
        downloads=_downloads(disclosure),
        provider=model.provider,
        overview=_overview(disclosure),
        unknown=_unknown(disclosure),
        gaps=_grouped(disclosure.gaps),
        sections=disclosure.sections,
        rights_contact=contact,
    )


def _figures(disclosure: Disclosure) -> tuple[Figure, ...]:
    words = disclosure.words
    crawled = sum(part.words for part in disclosure.origins if part.key == Origin.CRAWLED)
    unstated = sum(part.words for part in disclosure.origins if not part.key)
    licensed = sum(
        part.words for part in disclosure.licenses if part.key not in {NOASSERTION, WITHHELD_LICENSE}
    )
    spoken = {primary(part.key) for part in disclosure.languages if part.words} - {UNDETERMINED, NO_LANGUAGE}
    gaps = sum(field.status is Status.GAP for field in disclosure.fields)
    size = f"{exact(words)} in {exactly(disclosure.records, 'record')}; {_seen(disclosure)} with epochs"
    return (
        Figure("Datasets", exact(disclosure.datasets), "in the mixture"),
        Figure("Words", rounded(words), size),
        Figure("Crawled", percent(share_of(crawled, words)), _unstated(unstated, words)),
        Figure("Licensed", percent(share_of(licensed, words)), _licensed(disclosure)),
        Figure("Languages", exact(len(spoken)), "with words in them"),
        Figure("Not known", exact(gaps), f"of {len(disclosure.fields)} fields of the form"),
    )


def _licensed(disclosure: Disclosure) -> str:
    withheld = sum(part.words for part in disclosure.licenses if part.key == WITHHELD_LICENSE)
    stated = "of the words stand under a stated license"
    return (
        f"{stated}; of {percent(share_of(withheld, disclosure.words))} it is withheld" if withheld else stated
    )


def _seen(disclosure: Disclosure) -> str:
    return rounded(round(disclosure.words_seen))


def _unstated(unstated: int, words: int) -> str:
    if not unstated:
        return "of the words; the origin of all is stated"
    return f"of the words; of {percent(share_of(unstated, words))} the origin is not stated"


def _overview(disclosure: Disclosure) -> tuple[Table, ...]:
    if not disclosure.uses:
        return ()
    origins = (Column("origin", "Origin"), Column("datasets", "Lines", Kind.COUNT), *_SIZES)
    licenses = (Column("license", "License"), Column("title", "Name"), *_SIZES)
    return (
        _mixture(disclosure),
        Table(
            "Words by origin, each dataset once, however many runs used it.",
            origins,
            tuple((_origin(part), part.versions, *_sizes(part)) for part in disclosure.origins),
        ),
        Table(
            "Words by license, record by record where the records carry licenses of their own.",
            licenses,
            tuple((part.key, license_title(part.key), *_sizes(part)) for part in disclosure.licenses),
        ),
    )


def _mixture(disclosure: Disclosure) -> Table:
    columns = (
        Column("dataset", "Dataset"),
        Column("version", "Version"),
        Column("origin", "Origin"),
        Column("license", "License"),
        Column("records", "Records", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("epochs", "Epochs"),
        Column("share", "Share of words seen", Kind.SHARE),
    )
    rows = tuple(_mixture_row(use, disclosure.words_seen) for use in disclosure.uses)
    shares = "Shares are of the words times epochs."
    summary = f"{counted(disclosure.datasets, 'dataset')} in the mixture, the largest first. {shares}"
    return Table(summary, columns, rows)


def _mixture_row(use: Use, words_seen: Fraction) -> tuple[Cell, ...]:
    version = use.version
    origin = _ORIGINS[version.origin] if version.origin else WITHHELD_AGENT if is_withheld(version) else None
    epochs = listed([f"{fraction_text(found.epochs)} ({found.stage})" for found in use.components])
    share = share_of(use.words_seen, words_seen)
    label = version.label or "–"
    effective = version.license.effective
    expression = WITHHELD_AGENT if effective == WITHHELD_LICENSE else effective
    return (version.name, label, origin, expression, use.records, use.words, epochs, share)


def _origin(part: Part) -> str:
    return _ORIGINS[Origin(part.key)] if part.key else "not stated, or withheld"


def _sizes(part: Part) -> tuple[Cell, ...]:
    return part.records, part.words, part.share


def _unknown(disclosure: Disclosure) -> str:
    gaps = sum(field.status is Status.GAP for field in disclosure.fields)
    open_ends = sum(
        field.status is not Status.GAP and field.closed_by is not None for field in disclosure.fields
    )
    total = len(disclosure.fields)
    return f"Of the {total} fields of the form {gaps} have no answer and {open_ends} more are incomplete."


def _grouped(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Gaps that the same words can close are one line that names their fields."""
    groups: dict[str, list[Gap]] = {}
    for gap in gaps:
        groups.setdefault(gap.closed_by, []).append(gap)
    return tuple(
        Gap(found[0].field, "; ".join(dict.fromkeys(gap.title for gap in found)), closed_by)
        for closed_by, found in groups.items()
    )


def _downloads(disclosure: Disclosure) -> tuple[Download, ...]:
    domains = f"every domain name ({exact(len(disclosure.domains))}) with its sizes"
    return (
        Download("disclosure.json", "everything on this page"),
        Download("disclosure.schema.json", "the JSON Schema of that file"),
        *([Download(DOMAINS_FILE, domains)] if disclosure.domains else []),
    )


def _domains(domains: tuple[DomainRow, ...]) -> bytes:
    heading = ("rank", "domain", "records", "words", "bytes", "share", "cumulative_share")
    return csv_bytes(
        heading,
        (
            (
                row.rank,
                row.domain,
                row.records,
                row.words,
                row.bytes,
                _decimal(row.share),
                _decimal(row.cumulative_share),
            )
            for row in domains
        ),
    )


def _decimal(share: Fraction) -> str:
    return fixed(round(share * 10**_DIGITS), _DIGITS)
