"""Selected parts of dataset versions as they were counted, with their holders."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.facts import AgentFacts, HoldingFacts, PartFacts, Party
from registry.queries.catalogue import agent_facts
from registry.store.encoded import decoded
from registry.store.holdings import BY_DECLARATION
from registry.store.parts import CountedPart, PartHolding
from registry.store.tables.agents import AgentRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import RightsHoldingPartyRow, RightsHoldingRow

_AT_ONCE = 500


def part_facts(session: Session, version_id: str, counted: str) -> tuple[PartFacts, tuple[HoldingFacts, ...]]:
    """A part of a version, and who holds rights in it: declared holders in the place of nobody."""
    part: CountedPart = decoded(counted, CountedPart)
    agents = _agents(session, {key for holding in part.holdings for key in holding.agents})
    declared = _declared_parties(session, version_id)
    holdings = tuple(_holding(holding, agents, declared) for holding in part.holdings)
    return PartFacts(part.size, part.licenses, part.languages, part.domains), holdings


def _holding(
    holding: PartHolding, agents: dict[str, AgentFacts], declared: tuple[Party, ...]
) -> HoldingFacts:
    if not holding.agents and declared:
        return HoldingFacts(declared, holding.license, "stated", holding.size)
    share = Fraction(1, len(holding.agents) or 1)
    parties = (Party(agents[key], share) for key in holding.agents)
    ordered = tuple(sorted(parties, key=lambda party: (party.agent.name, party.agent.id)))
    return HoldingFacts(ordered, holding.license, holding.basis, holding.size)


def _agents(session: Session, keys: Iterable[str]) -> dict[str, AgentFacts]:
    found: dict[str, AgentFacts] = {}
    wanted = iter(sorted(keys))
    while some := list(islice(wanted, _AT_ONCE)):
        rows = session.scalars(select(AgentRow).where(AgentRow.id.in_(some)))
        found |= {row.id: agent_facts(row) for row in rows}
    return found


def _declared_parties(session: Session, version_id: str) -> tuple[Party, ...]:
    """Who is declared to hold rights in what of a version names nobody."""
    rows = session.execute(
        select(RightsHoldingPartyRow, AgentRow)
        .join(AgentRow, AgentRow.id == RightsHoldingPartyRow.agent_id)
        .join(RightsHoldingRow, RightsHoldingRow.id == RightsHoldingPartyRow.holding_id)
        .join(EvidenceRow, EvidenceRow.id == RightsHoldingRow.evidence_id)
        .where(
            RightsHoldingRow.version_id == version_id,
            RightsHoldingRow.superseded_at.is_(None),
            EvidenceRow.kind == BY_DECLARATION,
        )
    )
    parties = {
        Party(agent_facts(agent), Fraction(party.numerator, party.denominator)) for party, agent in rows
    }
    return tuple(sorted(parties, key=lambda party: (party.agent.name, party.agent.id)))
