"""Field 2.3.h: the most relevant domain names of the crawled datasets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Use
from registry.documents.figures import share_of
from registry.domain.stated import Modality

_TOP = Fraction(1, 10)
_TOP_OF_SMALL_PROVIDERS = Fraction(1, 20)
_MOST_OF_SMALL_PROVIDERS = 1_000


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A registrable domain, ranked by bytes of content among those of its modality, as its shares are."""

    modality: Modality
    rank: int
    domain: str
    records: int
    words: int
    bytes: int
    share: Fraction
    cumulative_share: Fraction


def ranked_domains(crawled: Iterable[Use]) -> tuple[DomainRow, ...]:
    """Every domain of each modality, largest first, ties by name.

    A part of a dataset that was not counted record by record takes of each domain in proportion.
    """
    sums: dict[Modality, dict[str, list[int]]] = {}
    for use in crawled:
        whole = use.once.whole
        share = Fraction(use.words, whole.words) if whole.words else Fraction(1)
        domains = sums.setdefault(_modality(use), {})
        for part in use.once.domains:
            sizes = (part.size.records, part.size.words, part.size.bytes)
            found = domains.setdefault(part.domain, [0, 0, 0])
            for place, size in enumerate(sizes):
                found[place] += size if share == 1 else round(size * share)
    ordered = (modality for modality in Modality if modality in sums)
    return tuple(row for modality in ordered for row in _ranked(modality, sums[modality]))


def _modality(use: Use) -> Modality:
    """What a crawl was after: as declared; else text where there are words, else what there is most of."""
    version, declared = use.version, use.version.description.measured
    if declared is not None:
        return declared.modality
    if version.size.words or not version.media:
        return Modality.TEXT
    return max(version.media, key=lambda part: part.items).modality


def _ranked(modality: Modality, sums: dict[str, list[int]]) -> Iterator[DomainRow]:
    ordered = sorted(sums.items(), key=lambda item: (-item[1][2], item[0]))
    total = sum(sizes[2] for _, sizes in ordered)
    reached = 0
    for rank, (domain, (records, words, size)) in enumerate(ordered, start=1):
        reached += size
        shares = share_of(size, total), share_of(reached, total)
        yield DomainRow(modality, rank, domain, records, words, size, *shares)


def by_modality(domains: tuple[DomainRow, ...]) -> tuple[tuple[DomainRow, ...], ...]:
    """The rows of each modality that is there."""
    found = (tuple(row for row in domains if row.modality is modality) for modality in Modality)
    return tuple(filter(None, found))


def most_relevant(domains: tuple[DomainRow, ...], *, small_provider: bool) -> tuple[DomainRow, ...]:
    """Of each modality the top 10 % of the names, rounded up; small providers: 5 % or 1,000, the lower."""
    share = _TOP_OF_SMALL_PROVIDERS if small_provider else _TOP
    found: list[DomainRow] = []
    for rows in by_modality(domains):
        count = -(-len(rows) * share.numerator // share.denominator)
        found += rows[: min(count, _MOST_OF_SMALL_PROVIDERS) if small_provider else count]
    return tuple(found)
