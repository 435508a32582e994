"""Who answers for a model, and what they answered."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.domain.facts import ProviderFacts
from registry.domain.stated import ProviderAnswers
from registry.queries.lookup import last_said, that_hold
from registry.store.encoded import decoded
from registry.store.properties import ANSWERS
from registry.store.tables.agents import AgentIdentifierRow, AgentPropertyRow, AgentRow, ProviderAnswerRow
from registry.store.tables.training import ModelPropertyRow

AGENT = "provider_agent"


def provider_facts(session: Session, agent_id: str | None, name: str | None) -> ProviderFacts | None:
    """A declared agent with its answers, or the name alone; None where nobody is named."""
    row = session.get(AgentRow, agent_id) if agent_id else None
    if row is None:
        return None if name is None else ProviderFacts(name)
    stated = {
        found.property: found.value
        for found in that_hold(session, AgentPropertyRow, AgentPropertyRow.agent_id == row.id)
    }
    return ProviderFacts(
        name=row.name,
        agent=row.id,
        kind=row.kind,
        url=stated.get("url"),
        contact=stated.get("contact"),
        identifiers=_identifiers(session, row.id),
        answers=_answers(session, row.id),
    )


def statements_on_provider(model_version_id: str) -> tuple[Select[str], ...]:
    """When something was said, or taken back, of the provider that a model names."""
    agents = select(ModelPropertyRow.value).where(
        ModelPropertyRow.model_version_id == model_version_id,
        ModelPropertyRow.property == AGENT,
        ModelPropertyRow.superseded_at.is_(None),
    )
    return (
        last_said(AgentPropertyRow, AgentPropertyRow.agent_id.in_(agents)),
        last_said(ProviderAnswerRow, ProviderAnswerRow.agent_id.in_(agents)),
    )


def _identifiers(session: Session, agent_id: str) -> tuple[tuple[str, str], ...]:
    rows = session.scalars(select(AgentIdentifierRow).where(AgentIdentifierRow.agent_id == agent_id))
    return tuple(sorted((row.scheme, row.value) for row in rows))


def _answers(session: Session, agent_id: str) -> ProviderAnswers:
    given = {
        row.question: row.value
        for row in that_hold(session, ProviderAnswerRow, ProviderAnswerRow.agent_id == agent_id)
    }
    return ProviderAnswers(**{name: decoded(given.get(name), kind) for name, kind in ANSWERS.items()})
