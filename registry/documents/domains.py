"""Field 2.3.h: the most relevant domain names of the crawled datasets."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Use
from registry.documents.figures import share_of

_TOP = Fraction(1, 10)
_TOP_OF_SMALL_PROVIDERS = Fraction(1, 20)
_MOST_OF_SMALL_PROVIDERS = 1_000


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A registrable domain, ranked by bytes of content; shares are of the bytes of all domains."""

    rank: int
    domain: str
    records: int
    words: int
    bytes: int
    share: Fraction
    cumulative_share: Fraction


def ranked_domains(crawled: Iterable[Use]) -> tuple[DomainRow, ...]:
    """Every domain, largest first, ties by name; a part not counted by record takes of each in proportion."""
    sums: dict[str, list[int]] = {}
    for use in crawled:
        whole = use.once.whole
        share = Fraction(use.words, whole.words) if whole.words else Fraction(1)
        for part in use.once.domains:
            sizes = (part.size.records, part.size.words, part.size.bytes)
            found = sums.setdefault(part.domain, [0, 0, 0])
            for place, size in enumerate(sizes):
                found[place] += size if share == 1 else round(size * share)
    ordered = sorted(sums.items(), key=lambda item: (-item[1][2], item[0]))
    total = sum(sizes[2] for _, sizes in ordered)
    rows, reached = [], 0
    for rank, (domain, (records, words, size)) in enumerate(ordered, start=1):
        reached += size
        shares = share_of(size, total), share_of(reached, total)
        rows.append(DomainRow(rank, domain, records, words, size, *shares))
    return tuple(rows)


def most_relevant(domains: tuple[DomainRow, ...], *, small_provider: bool) -> tuple[DomainRow, ...]:
    """The top 10 % of the names, rounded up; small and medium-sized providers: 5 % or 1,000, the lower."""
    share = _TOP_OF_SMALL_PROVIDERS if small_provider else _TOP
    count = -(-len(domains) * share.numerator // share.denominator)
    return domains[: min(count, _MOST_OF_SMALL_PROVIDERS) if small_provider else count]
