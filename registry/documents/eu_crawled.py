"""Section 2.3 of the EU template: crawled data and the domains it came from."""

from collections.abc import Iterator

from registry.documents.composition import Use
from registry.documents.described import is_described
from registry.documents.domains import DomainRow, most_relevant
from registry.documents.eu_model import answers_of
from registry.documents.eu_parts import comments, used, without_origin
from registry.documents.eu_sizes import modalities
from registry.documents.eu_template import CLOSERS, computed, declared, gap
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import exact, exactly, percent, share_of, told
from registry.documents.periods import crawl_period_of, missing_dates, month, period_text
from registry.documents.projection import shown_as
from registry.documents.subject import Subject, closer, languages_of, listed, needed, stated_texts
from registry.domain.dataset import FieldRole, Origin
from registry.domain.facts import ModelFacts
from registry.domain.stated import Crawl, Crawler

_CONTENT_KEYS = (
    None,
    "`content_types`",
    "`crawl.site_types`",
    "`crawl.geography`",
    None,
    "`characteristics`",
)
DOMAINS_FILE = "domains.csv"
_AS_DECLARED = "As declared for each crawl."
_BARRIERS = (
    Column("captchas", "Captchas"),
    Column("passwords", "Passwords"),
    Column("paywalls", "Paywalls"),
    Column("robots_txt", "robots.txt"),
    Column("other", "Other protocols and measures"),
)


def crawled_fields(subject: Subject, domains: tuple[DomainRow, ...]) -> Iterator[Field]:
    """Fields 2.3 to 2.3.i."""
    found = subject.of(Origin.CRAWLED)
    if not found:
        yield from without_origin(subject, Origin.CRAWLED, "2.3")
        return
    yield from used(subject, Origin.CRAWLED, "2.3")
    crawlers = tuple(_crawlers(found))
    yield _names(found, crawlers)
    yield _purposes(found, crawlers)
    yield _behaviour(subject.model, found, crawlers)
    yield _period(found)
    yield _content(found)
    yield modalities("2.3.g", found)
    yield _domains(subject, found, domains)
    yield _comments(subject, found, domains)


_Run = tuple[Crawler, tuple[Use, ...]]


def _crawl(use: Use) -> Crawl:
    return use.version.description.crawl or Crawl()


def _crawlers(found: tuple[Use, ...]) -> Iterator[_Run]:
    """Every crawler with the datasets of which the same is said of it."""
    datasets: dict[Crawler, list[Use]] = {}
    for use in found:
        for crawler in _crawl(use).crawlers:
            datasets.setdefault(crawler, []).append(use)
    yield from ((crawler, tuple(uses)) for crawler, uses in datasets.items())


def _without(found: tuple[Use, ...]) -> tuple[Use, ...]:
    """The datasets of which no crawler is stated."""
    return tuple(use for use in found if not _crawl(use).crawlers)


def _collected_by(uses: tuple[Use, ...]) -> str:
    return listed([shown_as(use.version) for use in uses])


def _names(found: tuple[Use, ...], crawlers: tuple[_Run, ...]) -> Field:
    if not crawlers:
        return gap("2.3.b")
    columns = (Column("crawler", "Crawler"), Column("datasets", "Datasets"))
    names: dict[str, list[Use]] = {}
    for crawler, uses in crawlers:
        names.setdefault(crawler.name, []).extend(uses)
    rows = tuple((name, _collected_by(tuple(uses))) for name, uses in names.items())
    table = Table(f"{listed(list(names), most=len(names))}.", columns, rows)
    return declared("2.3.b", table, _AS_DECLARED, still_open=closer("2.3.b", _without(found)))


def _purposes(found: tuple[Use, ...], crawlers: tuple[_Run, ...]) -> Field:
    if not any(crawler.purpose for crawler, _ in crawlers):
        return gap("2.3.c")
    columns = (Column("crawler", "Crawler"), Column("purpose", "Purpose"))
    rows = tuple(dict.fromkeys((crawler.name, crawler.purpose) for crawler, _ in crawlers))
    purposes = dict.fromkeys(crawler.purpose for crawler, _ in crawlers if crawler.purpose)
    lacking = [use for crawler, uses in crawlers if not crawler.purpose for use in uses]
    still_open = closer("2.3.c", dict.fromkeys((*lacking, *_without(found))))
    return declared(
        "2.3.c",
        Table(f"{told(list(purposes)).removesuffix('.')}.", columns, rows),
        _AS_DECLARED,
        still_open=still_open,
    )


def _behaviour(model: ModelFacts, found: tuple[Use, ...], crawlers: tuple[_Run, ...]) -> Field:
    """What each crawler does at each kind of barrier; a cell of None where nobody says so."""
    rows = tuple(dict.fromkeys((crawler.name, *_barriers(crawler)) for crawler, _ in crawlers))
    if not any(cell for row in rows for cell in row[1:]):
        return gap("2.3.d")
    lacking = [use for crawler, uses in crawlers if None in _barriers(crawler) for use in uses]
    still_open = closer("2.3.d", dict.fromkeys((*lacking, *_without(found))))
    reservations = answers_of(model).reservations
    during = reservations.during_collection if reservations else None
    summary = (
        f"What each crawler does at each kind of barrier.{f' While collecting: {during}' if during else ''}"
    )
    table = Table(summary, (Column("crawler", "Crawler"), *_BARRIERS), rows)
    return declared("2.3.d", table, _AS_DECLARED, still_open=still_open)


def _barriers(crawler: Crawler) -> tuple[str | None, ...]:
    seen = crawler.behaviour
    return (seen.captchas, seen.passwords, seen.paywalls, seen.robots_txt, seen.other)


def _period(found: tuple[Use, ...]) -> Field:
    periods = [(use, crawl_period_of(use.version)) for use in found]
    told = [text for _, period in periods if (text := period_text(period))]
    if not told:
        return gap("2.3.e")
    columns = (
        Column("dataset", "Dataset"),
        Column("crawlers", "Crawlers"),
        Column("begin", "From"),
        Column("end", "Until"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            shown_as(use.version),
            stated_texts(tuple(crawler.name for crawler in _crawl(use).crawlers)),
            period.begin and month(period.begin),
            period.end and month(period.end),
        )
        for use, period in periods
    )
    lacking = ((use, missing_dates(period, "crawl")) for use, period in periods)
    table = Table(f"{'; '.join(dict.fromkeys(told)).capitalize()}.", columns, rows)
    return declared("2.3.e", table, _AS_DECLARED, still_open=needed(lacking))


def _content(found: tuple[Use, ...]) -> Field:
    columns = (
        Column("dataset", "Dataset"),
        Column("content", "Types of content"),
        Column("site_types", "Kinds of sites"),
        Column("geography", "Geography"),
        Column("languages", "Languages"),
        Column("characteristics", "National, regional and demographic characteristics"),
    )
    rows = tuple(_content_row(use) for use in found)
    kinds = dict.fromkeys(kind for use in found for kind in _crawl(use).site_types)
    sites = f"Kinds of sites: {'; '.join(kinds)}. " if kinds else ""
    summary = f"{sites}Languages, by share of the words: {languages_of(found) or 'not known'}."
    method = "Languages from the datasets' own facts; the rest as declared for each dataset."
    lacking = (
        (use, [key for key, cell in zip(_CONTENT_KEYS, row, strict=True) if key and cell is None])
        for use, row in zip(found, rows, strict=True)
    )
    return computed("2.3.f", Table(summary, columns, rows), method, still_open=needed(lacking))


def _content_row(use: Use) -> tuple[Cell, ...]:
    said, crawl = use.version.description, _crawl(use)
    return (
        shown_as(use.version),
        stated_texts(said.content_types),
        stated_texts(crawl.site_types),
        crawl.geography,
        languages_of((use,)),
        stated_texts(said.characteristics),
    )


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
        "the top 5 % of the names or 1,000, whichever is lower, as the provider is a small or medium-sized "
        "enterprise"
        if subject.small_provider
        else "the top 10 % of the names"
    )
    size = sum(use.bytes for use in found)
    named = percent(share_of(min(size, sum(row.bytes for row in domains)), size))
    return (
        f"Registrable domain names (public suffix list, ICANN section), ranked by UTF-8 bytes of content; "
        f"listed: {reading}. All names together account for {named} of the crawled bytes. "
        "Of a part that was not counted record by record, every domain counts in proportion."
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
    addresses = tuple(map(_addresses, found))
    if any(addresses):
        rows = tuple((*row, where) for row, where in zip(table.rows, addresses, strict=True))
        table = Table(everything, (*table.columns, Column("addresses", "Addresses of single works")), rows)
    return computed("2.3.i", table, sizes.method or "", still_open=sizes.closed_by)


def _addresses(use: Use) -> str | None:
    """Where the address of each record stands, where the data itself can be had."""
    version = use.version
    named = [field.path for field in version.fields if field.role is FieldRole.URL]
    return f"in {listed(named)} of each record of {version.url}" if named and version.url else None
