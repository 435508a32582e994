"""Recording what sites and rights holders said of training on their content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.domain.facts import ReservationFacts
from registry.domain.reservation import Protocol, Says, Signal
from registry.store.statements import Evidence, state_only
from registry.store.tables.reservations import ReservationRow

WHOLE, PART = "whole", "part"


@dataclass(frozen=True, slots=True)
class Observation:
    """On which day what host said something, or of which version someone declares it.

    domain: the registrable domain of the host; None, with an empty host, where it is of the whole version
    """

    domain: str | None
    host: str
    day: str
    version_id: str | None = None


def record(
    session: Session, seen: Observation, signals: Sequence[Signal], evidence: Evidence, now: str
) -> bool:
    """Record what was seen on a day; of each place only this holds for that day. Whether that is news."""
    news = False
    for place in sorted({signal.place for signal in signals}):
        about = {
            "version_id": seen.version_id,
            "host": seen.host,
            "place": place,
            "observed": seen.day,
        }
        parts = [_part(seen.domain, signal) for signal in _once(signals) if signal.place == place]
        news |= state_only(session, ReservationRow, about, parts, evidence, now)
    return news


class Observed:
    """What was said that holds: of one version, and of domains whoever took from them."""

    def __init__(self, session: Session, only: str | None) -> None:
        row = ReservationRow
        wanted = select(row).where(row.superseded_at.is_(None))
        if only is not None:
            wanted = wanted.where(or_(row.version_id.is_(None), row.version_id == only))
        self._of_versions: dict[str, list[ReservationFacts]] = {}
        self._of_domains: dict[str, list[ReservationFacts]] = {}
        for one in session.scalars(wanted):
            if one.version_id is not None:
                self._of_versions.setdefault(one.version_id, []).append(reservation_facts(one))
            elif one.domain is not None:
                self._of_domains.setdefault(one.domain, []).append(reservation_facts(one))

    def of(self, version: str, domains: Iterable[str]) -> tuple[ReservationFacts, ...]:
        """What holds of a version: declared of it, or said of its domains; oldest first."""
        found = list(self._of_versions.get(version, ()))
        if self._of_domains:
            found += [said for domain in domains for said in self._of_domains.get(domain, ())]
        return tuple(sorted(found, key=_order))


def reservation_facts(row: ReservationRow) -> ReservationFacts:
    """A reservation as a value."""
    return ReservationFacts(
        domain=row.domain,
        place=f"{row.host} {row.place}".strip(),
        protocol=Protocol(row.protocol),
        agent=row.agent,
        path=row.path,
        is_whole=row.scope == WHOLE,
        says=Says(row.says),
        observed=row.observed,
        malformed=row.malformed,
    )


def _order(one: ReservationFacts) -> tuple[str, ...]:
    return (one.domain or "", one.observed, one.place, one.protocol, one.agent, one.path, one.says)


def _once(signals: Iterable[Signal]) -> list[Signal]:
    return list(dict.fromkeys(signals))


def _part(domain: str | None, signal: Signal) -> dict[str, str | None]:
    return {
        "domain": domain,
        "protocol": signal.protocol.value,
        "agent": signal.agent,
        "path": signal.path,
        "scope": WHOLE if signal.is_whole else PART,
        "says": signal.says.value,
        "malformed": signal.malformed,
        "policy": signal.policy,
    }
