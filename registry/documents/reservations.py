"""What of a dataset version was taken against a reservation, as far as that is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from registry.documents.periods import crawl_period_of
from registry.domain.facts import DomainPart, ReservationFacts, Size, VersionFacts
from registry.domain.reservation import Observed, Says, Standing, combined, standing

_PLACES = Mapping[str, list[ReservationFacts]]
_RANK = (Standing.IN_FORCE, Standing.UNDATED, Standing.LATER)
CAVEAT = (
    "A reservation is what a site said on the day it was looked at. Addresses of records are kept by domain: "
    "where only a part of a site is reserved, it cannot be told whether the records are of that part."
)


@dataclass(frozen=True, slots=True)
class Taken:
    """Content of a domain, or of the whole version (None), on which someone reserved training.

    is_whole:  whether the reservation holds for the whole domain; else it cannot be told for these records
    size:      None where it is not known how much comes from the domain
    protocols: in which forms it was said; observed: the day on which it was first seen
    """

    domain: str | None
    size: Size | None
    standing: Standing
    is_whole: bool
    protocols: tuple[str, ...]
    observed: str

    @property
    def is_against(self) -> bool:
        """Whether the content was taken while a reservation on all of it was in force."""
        return self.is_whole and self.standing is Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Of how many domains it was observed what they say, and of how many of these what their newest says."""

    domains: int
    observed: int
    disallow: int
    allow: int
    in_part: int
    malformed: int


def taken(version: VersionFacts, domains: Iterable[DomainPart] | None = None) -> tuple[Taken, ...]:
    """What was taken, or may have been, against a reservation; what is certain first, then the largest.

    domains: those of the part that is asked about; all of the version where None
    """
    sizes: dict[str | None, Size] = {part.domain: part.size for part in domains or version.domains}
    sizes[None] = version.size
    found = (
        one
        for domain, said in by_domain(version.reservations).items()
        if domains is None or domain in sizes
        for one in _taken(version, domain, sizes.get(domain), said)
    )
    return tuple(
        sorted(
            found,
            key=lambda one: (
                not one.is_against,
                _RANK.index(one.standing),
                not one.is_whole,
                -(one.size.words if one.size else 0),
                one.domain or "",
            ),
        )
    )  # fmt: skip


def by_domain(found: Iterable[ReservationFacts]) -> dict[str | None, list[ReservationFacts]]:
    """What was said, by domain."""
    groups: dict[str | None, list[ReservationFacts]] = {}
    for one in found:
        groups.setdefault(one.domain, []).append(one)
    return groups


def looked_at(versions: Iterable[VersionFacts]) -> LookedAt:
    """How many of the domains of some versions were looked at, and what these say now."""
    domains: set[str] = set()
    said: dict[str, list[ReservationFacts]] = {}
    for version in versions:
        domains.update(part.domain for part in version.domains)
        for one in version.reservations:
            if one.domain is not None:
                said.setdefault(one.domain, []).append(one)
    newest = {domain: list(_newest(rows)) for domain, rows in said.items()}
    answers = {domain: combined(one.says for one in rows if one.is_whole) for domain, rows in newest.items()}
    partly = [
        domain
        for domain, rows in newest.items()
        if answers[domain] is not Says.DISALLOW
        and any(one.says is Says.DISALLOW and not one.is_whole for one in rows)
    ]
    return LookedAt(
        len(domains | set(said)),
        len(said),
        sum(says is Says.DISALLOW for says in answers.values()),
        sum(says is Says.ALLOW for domain, says in answers.items() if domain not in partly),
        len(partly),
        sum(any(one.malformed for one in rows) for rows in newest.values()),
    )


def newest_answer(said: Iterable[ReservationFacts]) -> Says:
    """What a domain says now as a whole: any disallow of any place wins."""
    return combined(one.says for one in _newest(list(said)) if one.is_whole)


def _newest(said: list[ReservationFacts]) -> Iterator[ReservationFacts]:
    for rows in _by_place(said).values():
        last = max(one.observed for one in rows)
        yield from (one for one in rows if one.observed == last)


def _taken(
    version: VersionFacts, domain: str | None, size: Size | None, said: list[ReservationFacts]
) -> Iterator[Taken]:
    """The reservation on the whole domain that is known best, else that on a part of it."""
    period = crawl_period_of(version)
    for is_whole in (True, False):
        found: dict[Standing, list[ReservationFacts]] = {}
        for rows in _by_place(said).values():
            known = standing(_series(rows, is_whole=is_whole), period.begin, period.end)
            if known is not None:
                said_so = [one for one in rows if one.says is Says.DISALLOW and one.is_whole is is_whole]
                found.setdefault(known, []).extend(said_so)
        for rank in _RANK:
            if against := found.get(rank):
                protocols = tuple(sorted({one.protocol.value for one in against}))
                first = min(one.observed for one in against)
                yield Taken(domain, size, rank, is_whole, protocols, first)
                return


def _by_place(said: Iterable[ReservationFacts]) -> _PLACES:
    places: dict[str, list[ReservationFacts]] = {}
    for one in said:
        places.setdefault(one.place, []).append(one)
    return places


def _series(rows: list[ReservationFacts], *, is_whole: bool) -> list[Observed]:
    """What a place said on each day that it was looked at, of all of the site or of parts of it."""
    days = sorted({one.observed for one in rows})
    return [
        Observed(
            day,
            combined(one.says for one in rows if one.observed == day and one.is_whole is is_whole),
        )
        for day in days
    ]
