"""Saving the agents that the records of a dataset name, a million at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.agent import AgentKind, normalise_name
from registry.domain.agent_identifiers import AgentIdentifier, identifier_in
from registry.domain.erasure import is_tombstone
from registry.domain.identifiers import identities, identity
from registry.store.bulk import insert_rows
from registry.store.merges import BY_IDENTIFIER, BY_SPELLING, in_parts
from registry.store.statements import Evidence, save_evidence
from registry.store.tables.agents import AgentIdentifierRow, AgentRow
from registry.store.tables.merges import AgentMergeRow


@dataclass(frozen=True, slots=True)
class Known:
    """An agent that a dataset's records name, as the registry has it."""

    name: str
    merged_into: str | None


class _Merge(NamedTuple):
    """An agent and the one that it is."""

    agent: str
    into: str


def save_named(
    session: Session,
    dataset: str,
    names: Iterable[str],
    now: str,
    *,
    credited: Collection[str] = (),
    kind: AgentKind = AgentKind.UNKNOWN,
) -> dict[str, str]:
    """Agents that a dataset's records name, within that dataset; returns the identifier of each spelling.

    Spellings equal after normalisation are merged into the one that sorts first, or that was there before.
    What is known already is left as it is: a merge that was undone stays undone. In public new ones are
    handles, but for organizations and those of `credited`, until `credit` finds a license that wants their
    names.
    """
    known = _known(session, dataset)
    ids = _identified(dataset, names, known)
    new = {name: key for name, (key, _) in ids.items() if key not in known}
    identified = {name: found for name in new if (found := identifier_in(name))}
    others = _with_identifiers(session, identified.values())
    spellings: list[_Merge] = []
    same: list[_Merge] = []
    rows: list[tuple[str | None, ...]] = []
    kind_of_all, all_by_name = kind.value, kind is AgentKind.ORGANIZATION
    for name, key in new.items():
        first = ids[name][1]
        other = others.get(identified[name]) if name in identified else None
        if key != first:
            into = (known[first].merged_into if first in known else None) or first
            spellings.append(_Merge(key, first))
        elif other is not None:
            into = other
            same.append(_Merge(key, other))
        else:
            into = None
            if name in identified:
                others[identified[name]] = key
        shown_as = _shown_as(name, by_name=all_by_name or name in credited)
        rows.append((key, kind_of_all, name, dataset, shown_as, now, into))
    columns = ("id", "kind", "name", "scope", "shown_as", "recorded_at", "merged_into")
    insert_rows(session, AgentRow, columns, sorted(rows))  # in the order of the key, which grows at its end
    values = ((new[name], found.scheme, found.value) for name, found in identified.items())
    insert_rows(session, AgentIdentifierRow, ("agent_id", "scheme", "value"), values)
    place = f"names in {dataset}"
    _save_merges(session, spellings, Evidence(BY_SPELLING, place, "registry"), now)
    _save_merges(session, same, Evidence(BY_IDENTIFIER, place, "registry"), now)
    return {name: key for name, (key, _) in ids.items()}


def _shown_as(name: str, *, by_name: bool) -> str:
    if is_tombstone(name):
        return "withheld"
    return "name" if by_name else "handle"


def _with_identifiers(session: Session, wanted: Iterable[AgentIdentifier]) -> dict[AgentIdentifier, str]:
    """Who stands for the agent that has each of these identifiers; a declared one where several have it."""
    found: dict[AgentIdentifier, str] = {}
    for some in in_parts(sorted({one.value for one in wanted})):
        rows = session.execute(
            select(AgentIdentifierRow, func.coalesce(AgentRow.merged_into, AgentRow.id))
            .join(AgentRow, AgentRow.id == AgentIdentifierRow.agent_id)
            .where(AgentIdentifierRow.value.in_(some))
            .order_by(AgentRow.scope, AgentRow.recorded_at, AgentRow.id)
        )
        for row, stands in rows:
            found.setdefault(AgentIdentifier(row.scheme, row.value), stands)
    return found


def named_agents(session: Session, dataset: str, names: Iterable[str]) -> dict[str, str]:
    """The identifiers under which `save_named` keeps these spellings."""
    found = _identified(dataset, names, _known(session, dataset))
    return {name: key for name, (key, _) in found.items()}


class NamedAgents:
    """Who stands for whom the records of a dataset name, one name after the other."""

    def __init__(self, session: Session, dataset: str) -> None:
        rows = session.execute(
            select(AgentRow.id, AgentRow.merged_into)
            .join(AgentMergeRow, AgentMergeRow.agent_id == AgentRow.id)
            .where(AgentRow.scope == dataset)
        )
        self._dataset = dataset
        self._told: dict[str, str | None] = {row.id: row.merged_into for row in rows}

    def standing(self, name: str) -> str:
        """The identifier of the agent that a spelling means: its own, or that of whom it was merged into."""
        spelling = _spelling_agent(self._dataset, name)
        key = spelling if spelling in self._told else named_agent(self._dataset, name)
        return self._told.get(key) or key


def named_agent(dataset: str, name: str) -> str:
    """The identifier of the agent that the records of a dataset call so, in its first spelling."""
    return identity(*_named_in(dataset), normalise_name(name))


def _named_in(dataset: str) -> tuple[str, str]:
    """How the natural keys begin of all agents whom a dataset names."""
    return "agent", dataset


def _identified(dataset: str, names: Iterable[str], known: Mapping[str, Known]) -> dict[str, tuple[str, str]]:
    """The identifier of each spelling, and of its agent in the first spelling, which is that of the agent."""
    ids: dict[str, tuple[str, str]] = {}
    spelled: dict[str, str] = {}
    key_of = identities(*_named_in(dataset))
    for name in sorted(names):
        first = key_of(normalise_name(name))
        spelling = spelled.setdefault(first, known[first].name if first in known else name)
        ids[name] = (first if spelling == name else _spelling_agent(dataset, name), first)
    return ids


def _spelling_agent(dataset: str, name: str) -> str:
    """The identifier of an agent in another spelling than its first."""
    return identity("agent spelling", dataset, name)


def _save_merges(session: Session, merges: Sequence[_Merge], evidence: Evidence, now: str) -> None:
    if not merges:
        return
    said = save_evidence(session, evidence, now)
    insert_rows(
        session,
        AgentMergeRow,
        ("id", "agent_id", "into_id", "recorded_at", "superseded_at", "asserted_by", "evidence_id"),
        (
            (identity("agent_merge", key, into, "0"), key, into, now, None, evidence.asserted_by, said)
            for key, into in merges
        ),
    )


def _known(session: Session, dataset: str) -> dict[str, Known]:
    rows = session.execute(
        select(AgentRow.id, AgentRow.name, AgentRow.merged_into).where(AgentRow.scope == dataset)
    )
    return {key: Known(name, merged_into) for key, name, merged_into in rows}
