"""Parts of dataset versions: those that mixtures select, and those that holders are declared of."""

from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.declared_part import DeclaredPart, part_of_key
from registry.domain.facts import AgentFacts, HoldingFacts, PartFacts, Party, Size
from registry.queries.holdings import joined_holdings, joined_parties, standing_agents
from registry.store.encoded import decoded
from registry.store.holdings import is_declared, stated_parts
from registry.store.parts import CountedPart, PartHolding
from registry.store.rights import shares
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import RightsHoldingRow

Declared = dict[DeclaredPart | None, tuple[Party, ...]]


def part_facts(session: Session, version_id: str, counted: str) -> tuple[PartFacts, tuple[HoldingFacts, ...]]:
    """A part of a version, and who holds rights in it: declared holders in the place of nobody."""
    part: CountedPart = decoded(counted, CountedPart)
    agents = standing_agents(session, {key for holding in part.holdings for key in holding.agents})
    declared = declared_parties(session, version_id)
    if unknown := not stated_parts(session, version_id).issubset(part.declared or ()):
        declared.pop(None, None)  # whether a record is of all the rest, or of a part, was not counted
    holdings = joined_holdings(_holding(holding, agents, declared) for holding in part.holdings)
    lacks = unknown and any(not holding.parties and holding.size.records for holding in holdings)
    return PartFacts(part.size, part.licenses, part.languages, part.domains, lacks), holdings


def _holding(holding: PartHolding, agents: dict[str, AgentFacts], declared: Declared) -> HoldingFacts:
    if not holding.agents:
        parties = declared.get(holding.part) or declared.get(None) or ()
        return HoldingFacts(parties, holding.license, "stated" if parties else holding.basis, holding.size)
    share = Fraction(1, len(holding.agents))
    named = (Party(agents[key], share) for key in holding.agents)
    return HoldingFacts(joined_parties(named), holding.license, holding.basis, holding.size)


def declared_parties(session: Session, version_id: str) -> Declared:
    """Who is declared to hold rights in what of a version names nobody: by part; None: the rest."""
    held = shares(versions=[version_id]).c
    rows = session.execute(
        select(held.part, held.agent_id, held.numerator, held.denominator)
        .join(EvidenceRow, EvidenceRow.id == held.evidence_id)
        .where(is_declared())
        .distinct()
    ).all()
    agents = standing_agents(session, {agent for _, agent, *_ in rows})
    groups: dict[DeclaredPart | None, list[Party]] = {}
    for part, agent, above, below in rows:
        groups.setdefault(part_of_key(part), []).append(Party(agents[agent], Fraction(above, below)))
    return {part: joined_parties(parties) for part, parties in groups.items()}


def declared_holdings(session: Session, version_id: str) -> list[tuple[DeclaredPart | None, HoldingFacts]]:
    """The holdings of a version that rest on a declaration: of each part, then of all the rest (None)."""
    parties = declared_parties(session, version_id)
    rows = session.scalars(
        select(RightsHoldingRow)
        .join(EvidenceRow, EvidenceRow.id == RightsHoldingRow.evidence_id)
        .where(
            RightsHoldingRow.version_id == version_id,
            RightsHoldingRow.superseded_at.is_(None),
            RightsHoldingRow.basis == "stated",
            is_declared(),
        )
    )
    found = []
    for row in rows:
        part, size = part_of_key(row.part), Size(row.records, row.words, row.bytes)
        found.append((part, HoldingFacts(parties[part], row.license, row.basis, size)))
    return sorted(
        found, key=lambda one: (one[0] is None, one[0].text if one[0] else "", one[1].license or "")
    )
