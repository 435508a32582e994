"""Agents for the person at the registry: listed, shown in full, merged and parted again."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.app.agent_split import to_part
from registry.app.home import Home, now
from registry.documents.figures import fraction_text
from registry.domain.agent import clean_text
from registry.errors import UsageError
from registry.queries.agent_page import AgentPage, agent_pages
from registry.queries.agents import (
    AgentList,
    agent_ids,
    list_agents,
    no_agent,
    several_agents,
    standing_ids,
)
from registry.store.merges import BY_HAND, merge, split, stated_into
from registry.store.statements import Evidence
from registry.store.tables.agents import AgentRow


@dataclass(frozen=True, slots=True)
class Joined:
    """Two agents by name and identifier, and whether anything changed."""

    agent: tuple[str, str]
    into: tuple[str, str]
    is_news: bool


def agents(home: Home, *, match: str | None = None, limit: int | None = None) -> AgentList:
    """The agents with what they contributed and hold rights in, the largest first."""
    with home.read() as session:
        return list_agents(session, match=match, limit=limit)


def pages(home: Home, name: str) -> list[AgentPage]:
    """The agents of a name, each in full."""
    with home.read() as session:
        return agent_pages(session, name)


def page_json(page: AgentPage) -> dict[str, Any]:
    """An agent as a JSON document; shares are exact: decimals where they end, else fractions."""
    return asdict(page.summary) | {
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in page.identifiers],
        "merged": [asdict(one) for one in page.merged],
        "datasets": [
            asdict(part)
            | {
                "holds_records": fraction_text(part.holds_records),
                "holds_words": fraction_text(part.holds_words),
            }
            for part in page.parts
        ],
        "took_part": [asdict(one) for one in page.took],
        "models": list(page.models),
        "maybe_models": list(page.maybe_models),
    }


def merge_agents(home: Home, name: str, into: str, *, because: str, by: str) -> Joined:
    """State that an agent is another. Raises `NotFoundError`, or `UsageError` where a name means several."""
    if not because.strip():
        raise UsageError("a merge needs a reason", hint='say how it is known: --because "same profile page"')
    moment = now()
    with home.write() as session:
        one, other = _only(session, name), _only(session, into)
        evidence = Evidence(BY_HAND, "registry agent merge", clean_text(by), clean_text(because))
        news = merge(session, one, other, evidence, moment)
        (standing,) = standing_ids(session, [other])
        return Joined(_named(session, one), _named(session, standing), news)


def split_agents(home: Home, name: str, spelling: str | None) -> list[Joined]:
    """Undo the merges that `to_part` finds; returns whom they parted from whom."""
    moment = now()
    with home.write() as session:
        parted = []
        for member in to_part(session, name, spelling):
            into = str(stated_into(session, member))
            split(session, member, moment)
            parted.append(Joined(_named(session, member), _named(session, into), is_news=True))
        return parted


def _only(session: Session, name: str) -> str:
    """The one agent that a text means: an identifier means itself, a name who stands for it."""
    if session.get(AgentRow, name) is not None:
        return name
    found = standing_ids(session, agent_ids(session, name))
    if not found:
        raise no_agent(session, name)
    if len(found) > 1:
        raise several_agents(session, name, found)
    return found[0]


def _named(session: Session, key: str) -> tuple[str, str]:
    return session.get_one(AgentRow, key).name, key
