"""The names of agents as they are searched: brought up to date before they are asked."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from registry.domain.agent import normalise_name
from registry.store.bulk import insert_rows
from registry.store.tables.agents import AgentRow
from registry.store.tables.reservations import AgentNameRow

LONGEST = 500  # characters that are kept, 2 kB at most: an index entry of PostgreSQL holds no 2.7 kB


def name_key(name: str) -> str:
    """What a name is searched by: without case, spacing or form, and no more than its beginning."""
    return normalise_name(name)[:LONGEST]


def named(session: Session, name: str) -> list[str]:
    """Every agent of a name however it is spelled, also of those whose names are not yet up to date."""
    wanted = normalise_name(name)
    about = [
        select(AgentRow.id, AgentRow.name)
        .join(AgentNameRow, AgentNameRow.agent_id == AgentRow.id)
        .where(AgentNameRow.normalised == name_key(name))
    ]
    if not are_current(session):
        about += [_missing(), select(AgentRow.id, AgentRow.name).where(AgentRow.scope == "")]
    found = {key for rows in about for key, each in session.execute(rows) if normalise_name(each) == wanted}
    return sorted(found)


def has_words(asked: str) -> Iterator[ColumnElement[bool]]:
    """That each word of a normalised text stands in the name of a row."""
    for word in asked[:LONGEST].split():
        yield AgentNameRow.normalised.contains(word, autoescape=True)


def are_current(session: Session) -> bool:
    """Whether every agent is there under its name; only declared ones are renamed."""
    counts = [
        session.scalar(select(func.count()).select_from(table)) or 0 for table in (AgentRow, AgentNameRow)
    ]
    return counts[0] == counts[1] and not _renamed(session)


def bring_up_to_date(session: Session) -> None:
    """Add the names of new agents, and those of renamed ones anew."""
    renamed = _renamed(session)
    session.execute(delete(AgentNameRow).where(AgentNameRow.agent_id.in_(renamed)))
    rows = [(name_key(name), key) for key, name in session.execute(_missing())]
    rows.sort()  # in the order of the key, which grows at its end
    insert_rows(session, AgentNameRow, ("normalised", "agent_id"), rows)


def _missing() -> Select[str, str]:
    """Agents, with their names, that are not there yet."""
    return (
        select(AgentRow.id, AgentRow.name)
        .outerjoin(AgentNameRow, AgentNameRow.agent_id == AgentRow.id)
        .where(AgentNameRow.agent_id.is_(None))
    )


def _renamed(session: Session) -> list[str]:
    """Declared agents that stand under another name than theirs."""
    found = session.execute(
        select(AgentRow.id, AgentRow.name, AgentNameRow.normalised)
        .join(AgentNameRow, AgentNameRow.agent_id == AgentRow.id)
        .where(AgentRow.scope == "")
    )
    return [key for key, name, normalised in found if name_key(name) != normalised]
