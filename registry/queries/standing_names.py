"""How agents are shown: by their handles, and those who stand for others by a name that the public has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from registry.domain.facts import AgentFacts
from registry.store.tables.agents import AgentIdentifierRow

_SQL = text(
    "SELECT g.shown_id, g.shown_as, n.id, n.kind, n.name, n.scope FROM projected_standing g "
    "JOIN agent n ON n.id = g.named_id"
)


@dataclass(frozen=True, slots=True)
class StandingNames:
    """How each that stands for others is shown and, where its own name is not public, as whom; handles."""

    _found: Mapping[str, tuple[str, AgentFacts | None]]
    _handles: Mapping[str, str]

    @classmethod
    def of(cls, session: Session) -> Self:
        """Read from the view by which the public views name agents."""
        handles = _handles(session)
        found: dict[str, tuple[str, AgentFacts | None]] = {}
        for key, shown_as, named, kind, name, scope in session.execute(_SQL):
            shown = AgentFacts(key, kind, name, scope, shown_as, handles.get(named))
            found[key] = shown_as, None if named == key else shown
        return cls(found, handles)

    def agent(self, key: str, kind: str, name: str, scope: str, shown_as: str) -> AgentFacts:
        """An agent that stands for itself, or for others too."""
        shown, in_public = self._found.get(key, (shown_as, None))
        return AgentFacts(key, kind, name, scope, shown, self._handles.get(key), in_public)


def _handles(session: Session) -> dict[str, str]:
    row = AgentIdentifierRow
    stated = select(row.agent_id, func.min(row.value)).where(row.scheme == "handle").group_by(row.agent_id)
    return dict(session.execute(stated).all())
