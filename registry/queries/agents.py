"""Who contributed and who holds rights."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.agent import normalise_name
from registry.queries.lookup import not_found
from registry.store.agents import declared_agent
from registry.store.tables.agents import AgentRow
from registry.store.tables.rights import ContributionRow, RightsHoldingPartyRow, RightsHoldingRow


@dataclass(frozen=True, slots=True)
class AgentSummary:
    """An agent, what it contributed, and the words that it holds rights in, alone or with others.

    `dataset` is where its name means it, None if declared.
    """

    name: str
    kind: str
    dataset: str | None
    versions: int
    records: int
    words: int
    holds_words: int
    id: str


def list_agents(session: Session) -> list[AgentSummary]:
    """Every agent, those who contributed most words first."""
    sums = (
        select(
            ContributionRow.agent_id,
            func.count(ContributionRow.version_id.distinct()).label("versions"),
            func.sum(ContributionRow.records).label("records"),
            func.sum(ContributionRow.words).label("words"),
        )
        .where(ContributionRow.superseded_at.is_(None))
        .group_by(ContributionRow.agent_id)
        .subquery()
    )
    held = (
        select(RightsHoldingPartyRow.agent_id, func.sum(RightsHoldingRow.words).label("words"))
        .join(RightsHoldingRow, RightsHoldingRow.id == RightsHoldingPartyRow.holding_id)
        .where(RightsHoldingRow.superseded_at.is_(None))
        .group_by(RightsHoldingPartyRow.agent_id)
        .subquery()
    )
    statement = (
        select(AgentRow, sums.c.versions, sums.c.records, sums.c.words, held.c.words)
        .outerjoin(sums, sums.c.agent_id == AgentRow.id)
        .outerjoin(held, held.c.agent_id == AgentRow.id)
    )
    found = [
        AgentSummary(
            name=agent.name,
            kind=agent.kind,
            dataset=agent.scope or None,
            versions=int(versions or 0),
            records=int(records or 0),
            words=int(words or 0),
            holds_words=int(held_words or 0),
            id=agent.id,
        )
        for agent, versions, records, words, held_words in session.execute(statement)
    ]
    return sorted(found, key=lambda agent: (-agent.words, -agent.holds_words, agent.name, agent.id))


def find_agents(session: Session, name: str) -> list[AgentSummary]:
    """The agents of a name (however it is spelled), identifier or id in a file. Raises `NotFoundError`."""
    wanted = normalise_name(name)
    agents = list_agents(session)
    ids = {name, declared_agent(name)}
    found = [agent for agent in agents if agent.id in ids or normalise_name(agent.name) == wanted]
    if not found:
        raise not_found("agent", name, (agent.name for agent in agents))
    return found
