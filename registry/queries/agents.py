"""Who contributed and who holds rights: agents that are one are listed as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from registry.domain.agent import normalise_name
from registry.domain.agent_identifiers import spellings_in_schemes
from registry.errors import NotFoundError, UsageError
from registry.queries.holdings import standing
from registry.queries.lookup import not_found
from registry.store.agents import declared_agent
from registry.store.merges import in_parts, merged_below
from registry.store.named_agents import named_agent
from registry.store.rights import contributions, shares
from registry.store.tables.agents import AgentIdentifierRow, AgentRow
from registry.store.tables.contributors import StatedContributorRow
from registry.store.tables.datasets import DatasetRow
from registry.store.tables.merges import AgentMergeRow

_NEARBY = 200  # names among which those that come close to a wrong one are looked for
_FEW = 5_000  # agents that are summed one by one rather than all
_NOTHING = literal(0)
_Member = aliased(AgentRow)
_Given = ReadOnlyColumnCollection[str, Any]
Sums = Select[str, int, int, int, int]
Members = Sequence[str] | CompoundSelect[str]


@dataclass(frozen=True, slots=True)
class AgentSummary:
    """An agent, what it contributed, and the words that it holds rights in, alone or with others.

    versions: that it contributed to, or is credited for as a whole (in how much of it, where that is stated);
    who contributed to one in several ways counts there with the largest of them
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
    if match is None and limit is not None and (first := _first(session, limit)):
        return AgentList(_each_summed(session, first)[:limit], session.scalar(total) or 0)
    statement = _summaries()
    if match is not None:
        named = AgentRow.id.in_(select(func.coalesce(_Member.merged_into, _Member.id)).where(_has(match)))
        statement, total = statement.where(named), total.where(named)
    return AgentList(_summed(session, statement.limit(limit)), session.scalar(total) or 0)


def find_agents(session: Session, name: str) -> list[AgentSummary]:
    """The agents of a name (however it is spelled), identifier or id in a file. Raises `NotFoundError`."""
    found = _each_summed(session, standing_ids(session, agent_ids(session, name)))
    if not found:
        raise no_agent(session, name)
    return found


def _first(session: Session, limit: int) -> list[str]:
    """A few agents among whom are the first of the list; none where no few can be told from the rest.

    What they hold, and how they are called, is then looked up of these alone.
    """
    contributed = _each()[0].union_all(_contributed(_joined_ids())).subquery()
    rows = session.execute(
        select(contributed.c.agent_id, contributed.c.words).order_by(contributed.c.words.desc()).limit(_FEW)
    ).all()
    least = int(rows[limit - 1][1]) if limit <= len(rows) else 0
    if not least or (len(rows) == _FEW and int(rows[-1][1]) >= least):
        return []
    credited = session.scalars(select(_credited(None).subquery().c.agent_id)).all()
    return list(dict.fromkeys([*(key for key, words in rows if int(words) >= least), *credited]))


def _each_summed(session: Session, agents: Iterable[str]) -> list[AgentSummary]:
    """Agents that stand for themselves, in the order of the list."""
    found = [
        summary
        for some in in_parts(agents)
        for summary in _summed(session, _summaries([*some, *merged_below(session, some)]))
    ]
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
    spelled = (name.strip(), *spellings_in_schemes(name))
    identified = select(AgentIdentifierRow.agent_id).where(AgentIdentifierRow.value.in_(spelled))
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


def several_agents(session: Session, name: str, keys: Sequence[str]) -> UsageError:
    """The error for a name that means more than one agent, with their identifiers."""
    rows = (session.get_one(AgentRow, key) for key in keys)
    each = "; ".join(f"{row.id} ({f'in {row.scope}' if row.scope else 'declared'})" for row in rows)
    return UsageError(f"'{name}' names {len(keys)} agents", hint=f"name one by its identifier: {each}")


def _has(text: str) -> ColumnElement[bool]:
    """Whether the text stands in a name; upper and lower case are the same in ASCII."""
    lowered = func.lower(_Member.name).contains(text.lower(), autoescape=True)
    return or_(lowered, _Member.name.contains(text, autoescape=True))


def _summaries(members: Sequence[str] | None = None) -> Select[AgentRow, int, int, int, int]:
    """Agents that stand for themselves, with the sums of all for whom they stand.

    members: only these, and those for whom they stand
    """
    parts = _each() if members is None else []
    joined = _joined_ids() if members is None else members
    # One table of all sums, not a join of two: SQLite has no index on what it computed, and would search it.
    every = select(AgentRow.id, *[_NOTHING] * 4).where(
        true() if members is None else AgentRow.id.in_(members)
    )
    sums = union_all(_contributed(joined), _held(joined), _credited(members), every, *parts).subquery()
    columns = (sums.c.versions, sums.c.records, sums.c.words, sums.c.held)
    total = (
        select(sums.c.agent_id, *(func.sum(column).label(column.name) for column in columns))
        .group_by(sums.c.agent_id)
        .subquery()
    )
    return (
        select(AgentRow, total.c.versions, total.c.records, total.c.words, total.c.held)
        .join(total, total.c.agent_id == AgentRow.id)
        .where(AgentRow.merged_into.is_(None))
        .order_by(total.c.words.desc(), total.c.held.desc(), AgentRow.name, AgentRow.id)
    )


def _joined_ids() -> CompoundSelect[str]:
    """Agents that are merged, and those who stand for them."""
    is_merged = _Member.merged_into.is_not(None)
    return select(_Member.id).where(is_merged).union(select(_Member.merged_into).where(is_merged))


def _each() -> list[Sums]:
    """The sums of the agents that nobody else is: nearly all, so without a look at who stands for them."""
    given, held = contributions().c, shares().c
    return [
        _overlaid(select(given.agent_id, *_of_type(given)).where(given.agent_id.not_in(_joined_ids()))),
        select(held.agent_id, _NOTHING, _NOTHING, _NOTHING, func.sum(held.words))
        .where(held.agent_id.not_in(_joined_ids()))
        .group_by(held.agent_id),
    ]


def _contributed(agents: Members) -> Sums:
    """What agents contributed, by who stands for them."""
    given = contributions(agents=agents).c
    return _overlaid(
        select(standing().label("agent_id"), *_of_type(given)).join(AgentRow, AgentRow.id == given.agent_id)
    )


def _of_type(given: _Given) -> tuple[ColumnElement[Any], ...]:
    """What `_overlaid` wants to know of contributions."""
    return given.version_id, given.contributor_type, given.records, given.words


def _overlaid(given: Select[*tuple[Any, ...]]) -> Sums:
    """Contributions added up by agent, of each version those of the type in which it contributed most.

    given: with `agent_id`, and the columns of `_of_type`
    """
    part = given.subquery().c
    about = (part.agent_id, part.version_id)
    by_type = (
        select(*about, func.sum(part.records).label("records"), func.sum(part.words).label("words"))
        .group_by(*about, part.contributor_type)
        .subquery()
        .c
    )
    most = (func.max(by_type.records).label("records"), func.max(by_type.words).label("words"))
    of_version = select(by_type.agent_id, *most).group_by(by_type.agent_id, by_type.version_id).subquery().c
    return select(
        of_version.agent_id,
        func.count().label("versions"),
        func.sum(of_version.records).label("records"),
        func.sum(of_version.words).label("words"),
        _NOTHING.label("held"),
    ).group_by(of_version.agent_id)


def _held(agents: Members) -> Sums:
    """What agents hold rights in, by who stands for them."""
    part = shares(agents=agents).c
    each = (
        select(standing().label("agent_id"), part.holding_id, part.words)
        .join(AgentRow, AgentRow.id == part.agent_id)
        .distinct()  # two spellings of a holder hold the same words once
        .subquery()
    )
    held = func.sum(each.c.words)
    return select(each.c.agent_id, _NOTHING, _NOTHING, _NOTHING, held).group_by(each.c.agent_id)


def _credited(members: Sequence[str] | None) -> Sums:
    """Versions that agents are credited for as a whole, and contributed nothing to as records have it."""
    row = StatedContributorRow
    took = (
        select(
            standing().label("agent_id"),
            row.version_id,
            func.coalesce(func.max(row.records), 0).label("records"),
            func.coalesce(func.max(row.words), 0).label("words"),
        )
        .join(AgentRow, AgentRow.id == row.agent_id)
        .where(row.superseded_at.is_(None), true() if members is None else row.agent_id.in_(members))
        .group_by(standing(), row.version_id)
        .subquery()
    )
    of_them = func.coalesce(_Member.merged_into, _Member.id).in_(select(took.c.agent_id))
    given = contributions(agents=select(_Member.id).where(of_them)).c
    had = (
        select(standing().label("agent_id"), given.version_id)
        .join(AgentRow, AgentRow.id == given.agent_id)
        .distinct()
        .subquery()
    )
    same = and_(had.c.agent_id == took.c.agent_id, had.c.version_id == took.c.version_id)
    return (
        select(took.c.agent_id, literal(1), took.c.records, took.c.words, _NOTHING)
        .outerjoin(had, same)
        .where(had.c.agent_id.is_(None))
    )


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
