"""Applying agents, the provider's answers, and who took part in whole datasets."""

from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.apply.entries import CONTRIBUTORS, answers_of, reference
from registry.app.apply.plan import Plan
from registry.declarations import schema
from registry.domain.stated import ProviderAnswers
from registry.errors import NotFoundError
from registry.store.agents import IDENTIFIERS, PRIVATE, declared_agent, save_declared
from registry.store.contributors import DECLARED, StatedContributor, state_contributors
from registry.store.encoded import encoded
from registry.store.properties import ANSWERS
from registry.store.statements import Evidence, state, withdraw
from registry.store.tables.agents import AgentRow, ProviderAnswerRow

_PROPERTY = {"type": "kind"}  # where the registry's word is not the file's
_FACT = {property_: fact for fact, property_ in _PROPERTY.items()}


def apply_agent(session: Session, entry: schema.Agent, said_in: str, moment: str, plan: Plan) -> None:
    """Record an agent."""
    created = session.get(AgentRow, declared_agent(entry.id)) is None
    facts = ("name", "type", "url", "contact", *PRIVATE, "shown_as", "visibility", "state", *IDENTIFIERS)
    stated = {
        _PROPERTY.get(fact, fact): str(value) for fact in facts if (value := getattr(entry, fact)) is not None
    }
    ended = entry.withdrawn if entry.state else [*entry.withdrawn, "state"]
    taken_back = [_PROPERTY.get(fact, fact) for fact in ended]
    evidence = Evidence("declared", f"{said_in}: agents: {entry.id}", "provider")
    news = save_declared(session, entry.id, stated, taken_back, evidence, moment)
    plan.add("agent", entry.id, [_FACT.get(property_, property_) for property_ in news], created=created)


def apply_provider(session: Session, entry: schema.Provider, said_in: str, moment: str, plan: Plan) -> None:
    """Record the provider's answers. Raises `NotFoundError` for an agent that nobody declared."""
    agent = agent_of(session, entry.agent)
    rows = select(ProviderAnswerRow.id).where(ProviderAnswerRow.agent_id == agent)
    created = session.scalars(rows).first() is None
    answers = answers_of(entry)
    news = [
        name
        for name in entry.withdrawn
        if withdraw(session, ProviderAnswerRow, {"agent_id": agent, "question": name}, moment)
    ]
    for one in fields(ProviderAnswers):
        value = getattr(answers, one.name)
        if value is None:
            continue
        about = {"agent_id": agent, "question": one.name}
        evidence = Evidence("declared", f"{said_in}: provider: {one.name}", "provider")
        says = {"value": encoded(value, ANSWERS[one.name])}
        if state(session, ProviderAnswerRow, about, says, evidence, moment):
            news.append(one.name)
    plan.add("provider", entry.agent, news, created=created and bool(news))


def apply_contributors(
    session: Session, version_id: str, entry: schema.Dataset, said_in: str, moment: str
) -> list[str]:
    """Record who took part in a dataset; `contributors` where that is news."""
    if entry.contributors is None and CONTRIBUTORS not in entry.withdrawn:
        return []
    stated = [
        StatedContributor(agent_of(session, one.agent), one.type, "", one.records, one.words)
        for one in entry.contributors or ()
    ]
    evidence = Evidence(DECLARED, f"{said_in}: datasets: {reference(entry)}: {CONTRIBUTORS}", "provider")
    news = state_contributors(session, version_id, DECLARED, stated, evidence, moment)
    return [CONTRIBUTORS] if news else []


def agent_of(session: Session, name: str) -> str:
    """The identifier of a declared agent. Raises `NotFoundError`."""
    key = declared_agent(name)
    if session.get(AgentRow, key) is None:
        raise NotFoundError(
            f"no agent is declared as '{name}'", hint=f"add it under agents: - {{id: {name}, name: ...}}"
        )
    return key
