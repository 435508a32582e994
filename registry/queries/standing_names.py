"""How those who stand for others are shown: by a name that the public has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.domain.facts import AgentFacts

_SQL = text(
    "SELECT g.shown_id, g.shown_as, n.id, n.kind, n.name, n.scope FROM projected_standing g "
    "JOIN agent n ON n.id = g.named_id"
)


@dataclass(frozen=True, slots=True)
class StandingNames:
    """How each that stands for others is shown and, where its own name is not public, as whom."""

    _found: Mapping[str, tuple[str, AgentFacts | None]]

    @classmethod
    def of(cls, session: Session) -> Self:
        """Read from the view by which the public views name agents."""
        found: dict[str, tuple[str, AgentFacts | None]] = {}
        for key, shown_as, named, kind, name, scope in session.execute(_SQL):
            found[key] = shown_as, None if named == key else AgentFacts(key, kind, name, scope, shown_as)
        return cls(found)

    def agent(self, key: str, kind: str, name: str, scope: str, shown_as: str) -> AgentFacts:
        """An agent that stands for itself, or for others too."""
        return AgentFacts(key, kind, name, scope, *self._found.get(key, (shown_as,)))
