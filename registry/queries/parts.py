"""Selected parts of dataset versions as they were counted, with their holders."""

from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.facts import AgentFacts, HoldingFacts, PartFacts, Party
from registry.queries.holdings import joined_holdings, joined_parties, standing_agents
from registry.store.encoded import decoded
from registry.store.holdings import BY_DECLARATION
from registry.store.parts import CountedPart, PartHolding
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import RightsHoldingPartyRow, RightsHoldingRow


def part_facts(session: Session, version_id: str, counted: str) -> tuple[PartFacts, tuple[HoldingFacts, ...]]:
    """A part of a version, and who holds rights in it: declared holders in the place of nobody."""
    part: CountedPart = decoded(counted, CountedPart)
    agents = standing_agents(session, {key for holding in part.holdings for key in holding.agents})
    declared = _declared_parties(session, version_id)
    holdings = joined_holdings(_holding(holding, agents, declared) for holding in part.holdings)
    return PartFacts(part.size, part.licenses, part.languages, part.domains), holdings


def _holding(
    holding: PartHolding, agents: dict[str, AgentFacts], declared: tuple[Party, ...]
) -> HoldingFacts:
    if not holding.agents and declared:
        return HoldingFacts(declared, holding.license, "stated", holding.size)
    share = Fraction(1, len(holding.agents) or 1)
    parties = (Party(agents[key], share) for key in holding.agents)
    return HoldingFacts(joined_parties(parties), holding.license, holding.basis, holding.size)


def _declared_parties(session: Session, version_id: str) -> tuple[Party, ...]:
    """Who is declared to hold rights in what of a version names nobody."""
    rows = session.execute(
        select(
            RightsHoldingPartyRow.agent_id,
            RightsHoldingPartyRow.numerator,
            RightsHoldingPartyRow.denominator,
        )
        .join(RightsHoldingRow, RightsHoldingRow.id == RightsHoldingPartyRow.holding_id)
        .join(EvidenceRow, EvidenceRow.id == RightsHoldingRow.evidence_id)
        .where(
            RightsHoldingRow.version_id == version_id,
            RightsHoldingRow.superseded_at.is_(None),
            EvidenceRow.kind == BY_DECLARATION,
        )
        .distinct()
    ).all()
    agents = standing_agents(session, {key for key, *_ in rows})
    return joined_parties(Party(agents[key], Fraction(above, below)) for key, above, below in rows)
