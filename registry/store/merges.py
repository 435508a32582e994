"""Agents that are one: stated, undone, and put where queries look for it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.errors import RefusedError
from registry.store.statements import Evidence, state, withdraw
from registry.store.tables.agents import AgentRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.merges import AgentMergeRow

BY_SPELLING = "spelling"
BY_IDENTIFIER = "identifier"
BY_HAND = "declared"
AT_ONCE = 500  # identifiers in one statement: within the limits of both databases


def merge(session: Session, agent_id: str, into_id: str, evidence: Evidence, now: str) -> bool:
    """State that an agent is another; returns whether that is news.

    Raises `RefusedError` where the other is that agent already, through what was stated before.
    """
    if agent_id in _chain(session, into_id):
        raise RefusedError(
            f"{_name(session, into_id)} is merged into {_name(session, agent_id)} already"
            if agent_id != into_id
            else f"{_name(session, agent_id)} cannot be merged into itself",
            hint="name two agents, or part them first with `registry agent split`",
        )
    news = state(session, AgentMergeRow, {"agent_id": agent_id}, {"into_id": into_id}, evidence, now)
    settle(session, agent_id)
    return news


def split(session: Session, agent_id: str, now: str) -> bool:
    """End the statement that an agent is another; returns whether there was one."""
    news = withdraw(session, AgentMergeRow, {"agent_id": agent_id}, now)
    settle(session, agent_id)
    return news


def were_merged(session: Session, agent_id: str, into_id: str) -> bool:
    """Whether anybody ever said that an agent is another, also where that was undone."""
    said = select(AgentMergeRow.id).where(
        AgentMergeRow.agent_id == agent_id, AgentMergeRow.into_id == into_id
    )
    return session.scalars(said).first() is not None


def settle(session: Session, agent_id: str) -> None:
    """Let every reader find who stands for an agent, and for those merged into it.

    One that is withheld from the public never stands under the name of one that is not.
    """
    for key in [agent_id, *merged_below(session, [agent_id])]:
        stands_for_it = _standing(session, key)
        session.execute(
            update(AgentRow)
            .where(AgentRow.id == key)
            .values(merged_into=None if stands_for_it == key else stands_for_it)
        )


def stated_into(session: Session, agent_id: str) -> str | None:
    """The agent that an agent is stated to be, if any."""
    return session.scalar(
        select(AgentMergeRow.into_id).where(
            AgentMergeRow.agent_id == agent_id, AgentMergeRow.superseded_at.is_(None)
        )
    )


def merged_below(session: Session, agents: Sequence[str]) -> list[str]:
    """All agents that are stated to be one of these, at whatever remove, in the order they are found."""
    found: dict[str, None] = {}
    layer: Sequence[str] = agents
    while layer:
        members = [
            member
            for some in in_parts(layer)
            for member in session.scalars(
                select(AgentMergeRow.agent_id)
                .where(AgentMergeRow.into_id.in_(some), AgentMergeRow.superseded_at.is_(None))
                .order_by(AgentMergeRow.agent_id)
            )
        ]
        layer = [member for member in members if member not in found]
        found |= dict.fromkeys(layer)
    return list(found)


def merges_below(session: Session, top: str) -> list[tuple[str, str, str]]:
    """Each agent that is stated to be one, at whatever remove; whom it was merged into; the evidence."""
    found: list[tuple[str, str, str]] = []
    for some in in_parts(merged_below(session, [top])):
        rows = session.execute(
            select(AgentMergeRow.agent_id, AgentMergeRow.into_id, EvidenceRow.kind)
            .join(EvidenceRow, EvidenceRow.id == AgentMergeRow.evidence_id)
            .where(AgentMergeRow.agent_id.in_(some), AgentMergeRow.superseded_at.is_(None))
        )
        found += [(agent, into, how) for agent, into, how in rows]
    return found


def top_of(session: Session, agent_id: str) -> str:
    """The agent that an agent is stated to be, at whatever remove; itself where nobody says so."""
    return _chain(session, agent_id)[-1]


def in_parts(keys: Iterable[str]) -> Iterator[list[str]]:
    """The keys, so many at once as one statement may hold."""
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _chain(session: Session, agent_id: str) -> list[str]:
    """An agent and those it is stated to be, the last one nobody else."""
    chain = [agent_id]
    while key := stated_into(session, chain[-1]):
        chain.append(key)
    return chain


def _standing(session: Session, agent_id: str) -> str:
    chain = _chain(session, agent_id)
    shown_as = [session.scalar(select(AgentRow.shown_as).where(AgentRow.id == key)) for key in chain]
    place = 0
    while place + 1 < len(chain) and (shown_as[place] != "withheld" or shown_as[place + 1] == "withheld"):
        place += 1
    return chain[place]


def _name(session: Session, agent_id: str) -> str:
    return f"'{session.get_one(AgentRow, agent_id).name}'"
