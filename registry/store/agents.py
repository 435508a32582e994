"""Saving agents."""

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from registry.domain.agent import AgentKind, normalise_name
from registry.domain.identifiers import identity
from registry.store.tables.agents import AgentRow

CHUNK = 10_000


def save_named(session: Session, dataset: str, names: Iterable[str], now: str) -> dict[str, str]:
    """Agents that a dataset's records name, within that dataset; returns the identifier of each spelling.

    Spellings equal after normalisation are one agent, shown as the one that sorts first.
    """
    ids = {name: identity("agent", dataset, normalise_name(name)) for name in names}
    spellings: dict[str, str] = {}
    for name, key in sorted(ids.items()):
        spellings.setdefault(key, name)
    known = _known(session, dataset)
    rows = [
        {
            "id": key,
            "kind": AgentKind.UNKNOWN.value,
            "name": name,
            "scope": dataset,
            "shown_as": "name",
            "recorded_at": now,
        }
        for key, name in spellings.items()
        if key not in known
    ]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(AgentRow), rows[start : start + CHUNK])
    return ids


def _known(session: Session, dataset: str) -> set[str]:
    return set(session.scalars(select(AgentRow.id).where(AgentRow.scope == dataset)))
