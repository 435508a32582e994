"""Who contributed and who holds rights: agents that are one are listed as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from registry.domain.agent import normalise_name
from registry.errors import NotFoundError
from registry.queries.holdings import standing
from registry.queries.lookup import not_found
from registry.store.agents import declared_agent
from registry.store.merges import in_parts, merged_below
from registry.store.named_agents import named_agent
from registry.store.tables.agents import AgentIdentifierRow, AgentRow
from registry.store.tables.datasets import DatasetRow
from registry.store.tables.merges import AgentMergeRow
from registry.store.tables.rights import ContributionRow, RightsHoldingPartyRow, RightsHoldingRow

_NEARBY = 200  # names among which those that come close to a wrong one are looked for
_Member = aliased(AgentRow)


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


@dataclass(frozen=True, slots=True)
class AgentList:
    """The first agents of a list, and how many there are in all."""

    agents: list[AgentSummary]
    total: int


def list_agents(session: Session, *, match: str | None = None, limit: int | None = None) -> AgentList:
    """The agents, those who contributed most words first.

    match: only those with this in a spelling of their name; limit: no more than so many
    """
    total = select(func.count()).select_from(AgentRow).where(AgentRow.merged_into.is_(None))
    statement = _summaries()
    if match is not None:
        named = AgentRow.id.in_(select(func.coalesce(_Member.merged_into, _Member.id)).where(_has(match)))
        statement, total = statement.where(named), total.where(named)
    return AgentList(_summed(session, statement.limit(limit)), session.scalar(total) or 0)


def find_agents(session: Session, name: str) -> list[AgentSummary]:
    """The agents of a name (however it is spelled), identifier or id in a file. Raises `NotFoundError`."""
    found = [
        summary
        for key in standing_ids(session, agent_ids(session, name))
        for summary in _summed(session, _summaries([key, *merged_below(session, [key])]))
    ]
    if not found:
        raise no_agent(session, name)
    return sorted(found, key=lambda agent: (-agent.words, -agent.holds_words, agent.name, agent.id))


def agent_ids(session: Session, name: str) -> list[str]:
    """Every agent that a text may mean, merged ones too: by id, identifier, or name in any dataset."""
    wanted = normalise_name(name)
    datasets = session.scalars(select(DatasetRow.name))
    keys = [name, declared_agent(name), *(named_agent(dataset, name) for dataset in datasets)]
    found: dict[str, None] = {}
    for some in in_parts(keys):
        found |= dict.fromkeys(session.scalars(select(AgentRow.id).where(AgentRow.id.in_(some))))
    for about in (AgentRow.scope == "", AgentRow.id.in_(_ever_merged(list(found)))):
        rows = session.execute(select(AgentRow.id, AgentRow.name).where(about))
        found |= dict.fromkeys(key for key, called in rows if normalise_name(called) == wanted)
    identified = select(AgentIdentifierRow.agent_id).where(AgentIdentifierRow.value == name)
    found |= dict.fromkeys(session.scalars(identified))
    return list(found)


def _ever_merged(keys: Sequence[str]) -> Select[str]:
    """Those that are or were merged into some agents: spellings that were parted from them among others."""
    return select(AgentMergeRow.agent_id).where(AgentMergeRow.into_id.in_(keys))


def standing_ids(session: Session, keys: Iterable[str]) -> list[str]:
    """Those who stand for some agents, each once."""
    found: dict[str, None] = {}
    for some in in_parts(keys):
        rows = session.scalars(select(standing()).where(AgentRow.id.in_(some)).order_by(AgentRow.id))
        found |= dict.fromkeys(rows)
    return list(found)


def no_agent(session: Session, name: str) -> NotFoundError:
    """The error for a name that no agent has, with names that share its longest word."""
    longest = max(name.split(), key=len, default=name)
    nearby = session.scalars(select(_Member.name).where(_has(longest)).limit(_NEARBY))
    return not_found("agent", name, set(nearby), listing="registry agent list --match TEXT")


def _has(text: str) -> ColumnElement[bool]:
    """Whether the text stands in a name; upper and lower case are the same in ASCII."""
    lowered = func.lower(_Member.name).contains(text.lower(), autoescape=True)
    return or_(lowered, _Member.name.contains(text, autoescape=True))


def _summaries(members: Sequence[str] | None = None) -> Select[AgentRow, int, int, int, int]:
    """Agents that stand for themselves, with the sums of all for whom they stand.

    members: only these, and those for whom they stand
    """
    contributed, holds = ContributionRow.agent_id, RightsHoldingPartyRow.agent_id
    nothing = literal(0)
    sums = (
        select(
            standing().label("agent_id"),
            func.count(ContributionRow.version_id.distinct()).label("versions"),
            func.sum(ContributionRow.records).label("records"),
            func.sum(ContributionRow.words).label("words"),
            nothing.label("held"),
        )
        .join(AgentRow, AgentRow.id == contributed)
        .where(ContributionRow.superseded_at.is_(None), _among(contributed, members))
        .group_by(standing())
    )
    each = (
        select(standing().label("agent_id"), RightsHoldingRow.id, RightsHoldingRow.words)
        .join(RightsHoldingPartyRow, holds == AgentRow.id)
        .join(RightsHoldingRow, RightsHoldingRow.id == RightsHoldingPartyRow.holding_id)
        .where(RightsHoldingRow.superseded_at.is_(None), _among(holds, members))
        .distinct()  # two spellings of a holder hold the same words once
        .subquery()
    )
    held = select(each.c.agent_id, nothing, nothing, nothing, func.sum(each.c.words)).group_by(
        each.c.agent_id
    )
    all_of_them = select(AgentRow.id, nothing, nothing, nothing, nothing).where(_among(AgentRow.id, members))
    # One table of all sums, not a join of two: SQLite has no index on what it computed, and would search it.
    parts = union_all(sums, held, all_of_them).subquery()
    columns = (parts.c.versions, parts.c.records, parts.c.words, parts.c.held)
    total = (
        select(parts.c.agent_id, *(func.sum(column).label(column.name) for column in columns))
        .group_by(parts.c.agent_id)
        .subquery()
    )
    return (
        select(AgentRow, total.c.versions, total.c.records, total.c.words, total.c.held)
        .join(total, total.c.agent_id == AgentRow.id)
        .where(AgentRow.merged_into.is_(None))
        .order_by(total.c.words.desc(), total.c.held.desc(), AgentRow.name, AgentRow.id)
    )


def _among(agent: InstrumentedAttribute[str], members: Sequence[str] | None) -> ColumnElement[bool]:
    return true() if members is None else agent.in_(members)


def _summed(session: Session, statement: Select[AgentRow, int, int, int, int]) -> list[AgentSummary]:
    return [
        AgentSummary(
            name=agent.name,
            kind=agent.kind,
            dataset=agent.scope or None,
            versions=int(versions),
            records=int(records),
            words=int(words),
            holds_words=int(held_words),
            id=agent.id,
        )
        for agent, versions, records, words, held_words in session.execute(statement)
    ]
