"""The names of agents as they are searched: brought up to date before they are asked."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.domain.agent import normalise_name
from registry.store.bulk import insert_rows
from registry.store.tables.agents import AgentRow
from registry.store.tables.reservations import AgentNameRow


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
    missing = (
        select(AgentRow.id, AgentRow.name)
        .outerjoin(AgentNameRow, AgentNameRow.agent_id == AgentRow.id)
        .where(AgentNameRow.agent_id.is_(None))
    )
    rows = [(normalise_name(name), key) for key, name in session.execute(missing)]
    rows.sort()  # in the order of the key, which grows at its end
    insert_rows(session, AgentNameRow, ("normalised", "agent_id"), rows)


def _renamed(session: Session) -> list[str]:
    """Declared agents that stand under another name than theirs."""
    found = session.execute(
        select(AgentRow.id, AgentRow.name, AgentNameRow.normalised)
        .join(AgentNameRow, AgentNameRow.agent_id == AgentRow.id)
        .where(AgentRow.scope == "")
    )
    return [key for key, name, normalised in found if normalise_name(name) != normalised]
