"""Who holds rights in which part of a version; agents that are one are read as one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from sys import intern
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session, aliased

from registry.domain.facts import AgentFacts, HoldingFacts, Party, Size
from registry.queries.standing_names import StandingNames
from registry.store.merges import in_parts
from registry.store.rights import shares
from registry.store.tables.agents import AgentRow
from registry.store.tables.rights import RightsHoldingPartyRow, RightsHoldingRow

_AT_ONCE = 10_000
_Standing = aliased(AgentRow)


def standing() -> ColumnElement[str]:
    """The identifier of the agent that stands for the agent of a row, itself where nobody else does."""
    return func.coalesce(AgentRow.merged_into, AgentRow.id)


def holdings_of(session: Session, version_id: str) -> tuple[HoldingFacts, ...]:
    """The parts of a version and who holds rights in them: a partition of its records."""
    return tuple(iter_holdings(session, version_id))


def iter_holdings(session: Session, version_id: str) -> Iterator[HoldingFacts]:
    """The same one by one, in a constant amount of memory but for the agents that were merged."""
    return (holding for _, holding in _holdings(session, version_id))


def every_holding(session: Session) -> Mapping[str, tuple[HoldingFacts, ...]]:
    """The same of every version that has any, by its identifier."""
    found: dict[str, list[HoldingFacts]] = {}
    for version, holding in _holdings(session, None):
        found.setdefault(version, []).append(holding)
    return {version: tuple(holdings) for version, holdings in found.items()}


def standing_agents(session: Session, keys: Iterable[str]) -> dict[str, AgentFacts]:
    """Who stands for each of some agents, by its identifier."""
    names = StandingNames.of(session)
    found: dict[str, AgentFacts] = {}
    for some in in_parts(sorted(keys)):
        rows = session.execute(
            select(AgentRow.id, *_FACTS)
            .join(_Standing, _Standing.id == standing())
            .where(AgentRow.id.in_(some))
        )
        found |= {key: names.agent(*facts) for key, *facts in rows}
    return found


def joined_parties(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties of one holding by name, the shares of those who are one agent added up."""
    found = tuple(parties)
    if len(found) < 2:
        return found
    shares: dict[AgentFacts, Party] = {}
    for party in found:
        before = shares.get(party.agent)
        shares[party.agent] = _with_names(party, before.share + party.share, before) if before else party
    return tuple(sorted(shares.values(), key=lambda party: (party.agent.name, party.agent.id)))


def _with_names(party: Party, share: Fraction, other: Party) -> Party:
    return Party(party.agent, share, tuple(sorted({*party.also, *other.also})))


def joined_holdings(holdings: Iterable[HoldingFacts]) -> tuple[HoldingFacts, ...]:
    """Holdings of the same parties on the same basis under the same license, added up."""
    sums: dict[tuple[tuple[Party, ...], str | None, str], HoldingFacts] = {}
    for holding in holdings:
        key = (holding.parties, holding.license, holding.basis)
        sums[key] = _added(sums[key], holding) if key in sums else holding
    return tuple(sums.values())


def _added(one: HoldingFacts, more: HoldingFacts) -> HoldingFacts:
    pairs = zip(one.parties, more.parties, strict=True)
    parties = tuple(_with_names(party, party.share, other) for party, other in pairs)
    return replace(one, parties=parties, size=one.size + more.size)


_FACTS = (_Standing.id, _Standing.kind, _Standing.name, _Standing.scope, _Standing.shown_as)


def _holdings(session: Session, only: str | None) -> Iterator[tuple[str, HoldingFacts]]:
    """Each holding with the identifier of its version; those of agents that were merged come last."""
    merged, names = _merged(session, only), StandingNames.of(session)
    kept: dict[str, list[HoldingFacts]] = {}
    rows = session.connection().execute(_rows(only), execution_options={"yield_per": _AT_ONCE})
    for _, of_one in groupby(rows, key=lambda row: row[1]):
        version, holding = _holding(list(of_one), names)
        if merged.isdisjoint(party.agent.id for party in holding.parties):
            yield version, holding
        else:
            kept.setdefault(version, []).append(holding)
    for version, holdings in kept.items():
        yield from ((version, holding) for holding in joined_holdings(holdings))


def _holding(rows: list[Any], names: StandingNames) -> tuple[str, HoldingFacts]:
    """A holding, of one row for each of its parties, or one row without."""
    version, _, license_, basis, records, words, size_in_bytes, *_ = rows[0]
    parties = [
        Party(
            names.agent(key, intern(kind), name, intern(scope), intern(shown_as)),
            _fraction(numerator, denominator),
            () if spelled == name else (spelled,),
        )
        for *_, numerator, denominator, spelled, key, kind, name, scope, shown_as in rows
        if key is not None
    ]
    size = Size(records, words, size_in_bytes)
    return version, HoldingFacts(joined_parties(parties), license_ and intern(license_), intern(basis), size)


@lru_cache(maxsize=1 << 12)
def _fraction(numerator: int, denominator: int) -> Fraction:
    return Fraction(numerator, denominator)


def _rows(only: str | None) -> Select[*tuple[Any, ...]]:
    holding, party = RightsHoldingRow, RightsHoldingPartyRow
    sizes = (holding.records, holding.words, holding.bytes)
    return (
        select(
            holding.version_id,
            holding.id,
            holding.license,
            holding.basis,
            *sizes,
            func.coalesce(party.numerator, 1),
            func.coalesce(party.denominator, 1),
            AgentRow.name,
            *_FACTS,
        )
        .outerjoin(party, and_(party.holding_id == holding.id, holding.holder_id.is_(None)))
        .outerjoin(AgentRow, AgentRow.id == func.coalesce(holding.holder_id, party.agent_id))
        .outerjoin(_Standing, _Standing.id == standing())
        .where(_about(only), holding.superseded_at.is_(None))
        .order_by(holding.id)
    )


def _merged(session: Session, only: str | None) -> set[str]:
    """Those who stand for others among the holders of a version, or of any."""
    held = shares(versions=None if only is None else [only]).c
    rows = (
        select(AgentRow.merged_into)
        .join(held.agent_id.table, held.agent_id == AgentRow.id)
        .where(AgentRow.merged_into.is_not(None))
    )
    return {str(key) for key in session.scalars(rows.distinct())}


def _about(only: str | None) -> ColumnElement[bool]:
    return true() if only is None else RightsHoldingRow.version_id == only
