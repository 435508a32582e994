"""Saving agents."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, false, or_, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.domain.agent import AgentKind, clean_text, normalise_name
from registry.domain.identifiers import identity
from registry.store.bulk import insert_rows
from registry.store.merges import in_parts, settle
from registry.store.statements import Evidence, save_evidence, state, withdraw
from registry.store.tables.agents import AgentIdentifierRow, AgentPropertyRow, AgentRow
from registry.store.tables.merges import AgentMergeRow
from registry.store.tables.rights import ContributionRow, RightsHoldingPartyRow, RightsHoldingRow

BY_SPELLING = "spelling"
IDENTIFIERS = ("orcid", "ror", "isni", "handle")


@dataclass(frozen=True, slots=True)
class Known:
    """An agent that a dataset's records name, as the registry has it."""

    name: str
    merged_into: str | None


def save_named(
    session: Session, dataset: str, names: Iterable[str], now: str, *, credited: Collection[str] = ()
) -> dict[str, str]:
    """Agents that a dataset's records name, within that dataset; returns the identifier of each spelling.

    Spellings equal after normalisation are merged into the one that sorts first, or that was there before.
    What is known already is left as it is: a merge that was undone stays undone. In public new ones are
    handles, but for those of `credited`, until `credit` finds a license that wants their names.
    """
    known = _known(session, dataset)
    ids = _identified(dataset, names, known)
    rows: list[tuple[str | None, ...]] = []
    spellings: list[tuple[str, str]] = []
    for name, (key, first) in ids.items():
        if key in known:
            continue
        into = None if key == first else first
        if into is not None:
            spellings.append((key, into))
            into = (known[into].merged_into if into in known else None) or into
        shown_as = "name" if name in credited else "handle"
        rows.append((key, AgentKind.UNKNOWN.value, name, dataset, shown_as, now, into))
    columns = ("id", "kind", "name", "scope", "shown_as", "recorded_at", "merged_into")
    insert_rows(session, AgentRow, columns, rows)
    _merge_spellings(session, dataset, spellings, now)
    return {name: key for name, (key, _) in ids.items()}


def named_agents(session: Session, dataset: str, names: Iterable[str]) -> dict[str, str]:
    """The identifiers under which `save_named` keeps these spellings."""
    found = _identified(dataset, names, _known(session, dataset))
    return {name: key for name, (key, _) in found.items()}


def named_agent(dataset: str, name: str) -> str:
    """The identifier of the agent that the records of a dataset call so, in its first spelling."""
    return identity("agent", dataset, normalise_name(name))


def _identified(dataset: str, names: Iterable[str], known: Mapping[str, Known]) -> dict[str, tuple[str, str]]:
    """The identifier of each spelling, and of its agent in the first spelling, which is that of the agent."""
    ids: dict[str, tuple[str, str]] = {}
    spelled: dict[str, str] = {}
    for name in sorted(names):
        first = named_agent(dataset, name)
        spelling = spelled.setdefault(first, known[first].name if first in known else name)
        ids[name] = (first if spelling == name else identity("agent spelling", dataset, name), first)
    return ids


def _merge_spellings(session: Session, dataset: str, spellings: Sequence[tuple[str, str]], now: str) -> None:
    if not spellings:
        return
    evidence = save_evidence(session, Evidence(BY_SPELLING, f"names in {dataset}", "registry"), now)
    insert_rows(
        session,
        AgentMergeRow,
        ("id", "agent_id", "into_id", "recorded_at", "superseded_at", "asserted_by", "evidence_id"),
        (
            (identity("agent_merge", key, into, "0"), key, into, now, None, "registry", evidence)
            for key, into in spellings
        ),
    )


def declared_agent(name: str) -> str:
    """The identifier of an agent that a declaration file calls by this id."""
    return identity("agent", "", name)


def save_declared(
    session: Session,
    name: str,
    stated: Mapping[str, str],
    taken_back: Sequence[str],
    evidence: Evidence,
    now: str,
) -> list[str]:
    """An agent of a declaration file and what is stated of it; returns the names of what is news.

    stated: `name`, `kind`, `url`, `contact`, `shown_as`, `visibility`, `state`, and the `IDENTIFIERS`
    taken_back: those of them whose statements end
    """
    key = declared_agent(name)
    if session.get(AgentRow, key) is None:
        session.add(
            AgentRow(id=key, kind=AgentKind.UNKNOWN, name=name, scope="", shown_as="handle", recorded_at=now)
        )
        session.flush()
    about = {property_: {"agent_id": key, "property": property_} for property_ in (*taken_back, *stated)}
    news = [
        property_ for property_ in taken_back if withdraw(session, AgentPropertyRow, about[property_], now)
    ]
    news += [
        property_
        for property_, value in stated.items()
        if state(session, AgentPropertyRow, about[property_], {"value": value}, evidence, now)
    ]
    _show_as_stated(session, key, name)
    return news


def _show_as_stated(session: Session, key: str, name: str) -> None:
    """Put what holds of an agent, whenever it was stated, where queries look for it."""
    stated = _stated(session, key)
    row = session.get_one(AgentRow, key)
    row.name = clean_text(stated.get("name", name))
    row.kind = stated.get("kind", AgentKind.UNKNOWN)
    row.shown_as = _shown_as(stated)
    session.execute(
        delete(AgentIdentifierRow).where(
            AgentIdentifierRow.agent_id == key, AgentIdentifierRow.scheme.in_(IDENTIFIERS)
        )
    )
    session.add_all(
        AgentIdentifierRow(agent_id=key, scheme=scheme, value=stated[scheme])
        for scheme in IDENTIFIERS
        if scheme in stated
    )
    session.flush()
    settle(session, key)


def _stated(session: Session, key: str) -> dict[str, str]:
    held = select(AgentPropertyRow).where(
        AgentPropertyRow.agent_id == key, AgentPropertyRow.superseded_at.is_(None)
    )
    return {row.property: row.value for row in session.scalars(held)}


def hide_name(session: Session, agents: Sequence[str]) -> None:
    """Show agents as it is stated of them, before `credit` finds who is to be named."""
    for key in agents:
        row = session.get_one(AgentRow, key)
        row.shown_as = _shown_as(_stated(session, key))
    session.flush()


def _shown_as(stated: Mapping[str, str]) -> str:
    """Organizations by name; persons by their handle unless they are said to be shown by name."""
    if "state" in stated or stated.get("visibility", "public") != "public":
        return "withheld"
    by_name = stated.get("kind") in {AgentKind.ORGANIZATION, AgentKind.SOFTWARE}
    return stated.get("shown_as", "name" if by_name else "handle")


def credit(session: Session, version_id: str, licenses: Collection[str], *, without_own: bool) -> None:
    """Show the names of those whose parts of a version stand under one of `licenses`, or of who they are.

    without_own: also of those whose parts carry no license of their own
    """

    def wanted(own: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
        return or_(own.in_(sorted(licenses)), and_(own.is_(None), true() if without_own else false()))

    contributors = (
        select(AgentRow.id, AgentRow.merged_into)
        .join(ContributionRow, ContributionRow.agent_id == AgentRow.id)
        .where(ContributionRow.version_id == version_id, wanted(ContributionRow.license))
    )
    holders = (
        select(AgentRow.id, AgentRow.merged_into)
        .join(RightsHoldingPartyRow, RightsHoldingPartyRow.agent_id == AgentRow.id)
        .join(RightsHoldingRow, RightsHoldingRow.id == RightsHoldingPartyRow.holding_id)
        .where(RightsHoldingRow.version_id == version_id, wanted(RightsHoldingRow.license))
    )
    unnamed = or_(AgentRow.shown_as == "handle", AgentRow.merged_into.is_not(None))
    due = {
        key
        for each in (contributors, holders)
        for found in session.execute(each.where(unnamed))
        for key in found
    }
    for some in in_parts(sorted(due - {None})):
        session.execute(
            update(AgentRow)
            .where(AgentRow.id.in_(some), AgentRow.shown_as == "handle")
            .values(shown_as="name"),
            execution_options={"synchronize_session": False},
        )


def _known(session: Session, dataset: str) -> dict[str, Known]:
    rows = session.execute(
        select(AgentRow.id, AgentRow.name, AgentRow.merged_into).where(AgentRow.scope == dataset)
    )
    return {key: Known(name, merged_into) for key, name, merged_into in rows}
