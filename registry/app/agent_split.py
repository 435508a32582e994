"""Which merges a person means to undo who names an agent, or one of its spellings."""

from collections.abc import Set

from sqlalchemy.orm import Session

from registry.domain.agent import normalise_name
from registry.errors import RefusedError
from registry.queries.agents import agent_ids, no_agent, several_agents
from registry.store.merges import BY_SPELLING, merges_below, stated_into, top_of
from registry.store.tables.agents import AgentRow


def to_part(session: Session, name: str, spelling: str | None) -> list[str]:
    """The agents whose merges are to end, each with all that stays merged into it.

    Raises `NotFoundError`, `UsageError` where a name means several, `RefusedError` where nothing was merged.
    """
    if spelling is None and stated_into(session, name):
        return [name]
    named = [name] if session.get(AgentRow, name) else agent_ids(session, name)
    tops = list(dict.fromkeys(top_of(session, key) for key in named))
    if not tops:
        raise no_agent(session, name)
    if len(tops) > 1:
        raise several_agents(session, name, tops)
    family = _Family(session, tops[0])
    meant = {family.spelled(key) for key in named}
    found = family.merged_with(meant) if spelling is None else family.called(spelling, meant)
    if not found:
        raise family.refused(name, spelling)
    return sorted(found)


class _Family:
    """All who are stated to be one agent, whoever says so."""

    def __init__(self, session: Session, top: str) -> None:
        self._into, self._how = {}, {}
        for agent, into, how in merges_below(session, top):
            self._into[agent], self._how[agent] = into, how
        self._names = {key: session.get_one(AgentRow, key).name for key in (top, *self._into)}

    def spelled(self, key: str) -> str:
        """The agent of which another is a spelling, as the registry found; else itself."""
        while self._how.get(key) == BY_SPELLING:
            key = self._into[key]
        return key

    def merged_with(self, agents: Set[str]) -> set[str]:
        """The agents themselves where they are merged into another, else those that are merged into them."""
        above = self._into.keys() & agents
        alone = agents - above
        below = {
            key
            for key, into in self._into.items()
            if self._how[key] != BY_SPELLING and self.spelled(into) in alone
        }
        return above | below

    def called(self, spelling: str, agents: Set[str]) -> set[str]:
        """The one of an identifier, a spelling of the agents' own name, or who else is called so."""
        if spelling in self._into:
            return {spelling}
        wanted = normalise_name(spelling)
        if wanted in {normalise_name(self._names[key]) for key in agents}:
            exact = {key for key in self._into if self._names[key] == spelling}
            if exact:
                return exact
        others = {self.spelled(key) for key, name in self._names.items() if normalise_name(name) == wanted}
        return (others - agents) & self._into.keys()

    def refused(self, name: str, spelling: str | None) -> RefusedError:
        """The error for merges that are not there."""
        merged = ", ".join(sorted({f"'{self._names[key]}'" for key in self._into}))
        asked = "another agent" if spelling is None else f"'{spelling}'"
        hint = f"merged into it: {merged or 'no other'}"
        if spelling is None and merged:
            hint = f"name the spelling that is somebody else: {merged}"
        return RefusedError(f"'{name}' was not merged with {asked}", hint=hint)
