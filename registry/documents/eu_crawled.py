"""Section 2.3 of the EU template: crawled data and the domains it came from."""

from collections.abc import Iterator

from registry.documents.composition import Use
from registry.documents.described import is_described
from registry.documents.domains import DomainRow, most_relevant
from registry.documents.eu_sources import comments, modalities, used, without_origin
from registry.documents.eu_template import CLOSERS, computed, gap
from registry.documents.fields import Column, Field, Kind, Table
from registry.documents.figures import exact, exactly, percent, share_of
from registry.documents.projection import shown_as
from registry.documents.subject import Subject, languages_of, listed
from registry.domain.dataset import Origin

DOMAINS_FILE = "domains.csv"


def crawled_fields(subject: Subject, domains: tuple[DomainRow, ...]) -> Iterator[Field]:
    """Fields 2.3 to 2.3.i."""
    found = subject.of(Origin.CRAWLED)
    if not found:
        yield from without_origin(subject, Origin.CRAWLED, "2.3")
        return
    yield from used(subject, Origin.CRAWLED, "2.3")
    yield from (gap(key) for key in ("2.3.b", "2.3.c", "2.3.d", "2.3.e"))
    yield _content(found)
    yield modalities("2.3.g", found)
    yield _domains(subject, found, domains)
    yield _comments(subject, found, domains)


def _content(found: tuple[Use, ...]) -> Field:
    columns = (
        Column("dataset", "Dataset"),
        Column("languages", "Languages"),
        Column("site_types", "Kinds of sites"),
        Column("geography", "Geography"),
    )
    rows = tuple((shown_as(use.version), languages_of((use,)), None, None) for use in found)
    summary = f"Languages, by share of the words: {languages_of(found)}."
    method = "Languages from the datasets' own facts."
    return computed("2.3.f", Table(summary, columns, rows), method, still_open=CLOSERS["2.3.f"])


def _domains(subject: Subject, found: tuple[Use, ...], domains: tuple[DomainRow, ...]) -> Field:
    if not domains:
        return gap("2.3.h", _closer(found))
    top = most_relevant(domains, small_provider=subject.small_provider)
    columns = (
        Column("rank", "Rank", Kind.COUNT),
        Column("domain", "Domain name"),
        Column("bytes", "UTF-8 bytes", Kind.COUNT),
        Column("share", "Share of bytes", Kind.SHARE),
        Column("cumulative_share", "Cumulative share", Kind.SHARE),
    )
    rows = tuple((row.rank, row.domain, row.bytes, row.share, row.cumulative_share) for row in top)
    summary = (
        f"{exact(len(top))} of {exactly(len(domains), 'domain name')}, with "
        f"{percent(top[-1].cumulative_share)} of the bytes of all of them."
    )
    return computed(
        "2.3.h", Table(summary, columns, rows), _method(subject, found, domains), still_open=_closer(found)
    )


def _method(subject: Subject, found: tuple[Use, ...], domains: tuple[DomainRow, ...]) -> str:
    reading = (
        "the top 5 % of the names or 1,000, whichever is lower"
        if subject.small_provider
        else "the top 10 % of the names"
    )
    size = sum(use.bytes for use in found)
    named = percent(share_of(min(size, sum(row.bytes for row in domains)), size))
    return (
        f"Registrable domain names (public suffix list, ICANN section), ranked by UTF-8 bytes of content; "
        f"listed: {reading}. All names together account for {named} of the crawled bytes. "
        "Of a selection, every domain counts in proportion."
    )


def _closer(found: tuple[Use, ...]) -> str | None:
    """Who can name the domains of datasets that have none here."""
    described = [shown_as(use.version) for use in found if is_described(use.version)]
    missing = [
        shown_as(use.version) for use in found if not use.version.domains and not is_described(use.version)
    ]
    parts = []
    if missing:
        parts.append(f"{CLOSERS['2.3.h']} Without domains: {listed(missing)}.")
    if described:
        parts.append(
            f"The provider: `visibility: public` for {listed(described)}, whose domains are withheld."
        )
    return " ".join(parts) or None


def _comments(subject: Subject, found: tuple[Use, ...], domains: tuple[DomainRow, ...]) -> Field:
    sizes = comments("2.3.i", subject, found)
    if not domains or not isinstance(sizes.value, Table):
        return sizes
    everything = f"{sizes.value.summary} Every domain name ({exact(len(domains))}) is in {DOMAINS_FILE}."
    table = Table(everything, sizes.value.columns, sizes.value.rows)
    return computed("2.3.i", table, sizes.method or "")
