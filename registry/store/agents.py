"""Saving agents."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, delete, false, insert, or_, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.domain.agent import AgentKind, clean_text, normalise_name
from registry.domain.erasure import is_tombstone
from registry.domain.identifiers import identity
from registry.store.statements import Evidence, state, withdraw
from registry.store.tables.agents import AgentIdentifierRow, AgentPropertyRow, AgentRow
from registry.store.tables.rights import ContributionRow, RightsHoldingPartyRow, RightsHoldingRow

CHUNK = 10_000
IDENTIFIERS = ("orcid", "ror", "isni", "handle")


def save_named(
    session: Session, dataset: str, names: Iterable[str], now: str, kind: AgentKind = AgentKind.UNKNOWN
) -> dict[str, str]:
    """Agents that a dataset's records name, within that dataset; returns the identifier of each spelling.

    Spellings equal after normalisation are one agent, called by the one that sorts first. In public they are
    handles, until `credit` finds a license that wants their names; organizations are shown by name.
    """
    ids = {name: named_agent(dataset, name) for name in names}
    spellings: dict[str, str] = {}
    for name, key in sorted(ids.items()):
        spellings.setdefault(key, name)
    known = _known(session, dataset)
    rows = [
        {
            "id": key,
            "kind": kind.value,
            "name": name,
            "scope": dataset,
            "shown_as": _of_named(name, kind),
            "recorded_at": now,
        }
        for key, name in spellings.items()
        if key not in known
    ]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(AgentRow), rows[start : start + CHUNK])
    return ids


def _of_named(name: str, kind: AgentKind) -> str:
    """How an agent that records name appears in public until a license asks for its name."""
    if is_tombstone(name):
        return "withheld"
    return "name" if kind is AgentKind.ORGANIZATION else "handle"


def named_agent(dataset: str, name: str) -> str:
    """The identifier of an agent that the records of a dataset name."""
    return identity("agent", dataset, normalise_name(name))


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
    held = select(AgentPropertyRow).where(
        AgentPropertyRow.agent_id == key, AgentPropertyRow.superseded_at.is_(None)
    )
    stated = {row.property: row.value for row in session.scalars(held)}
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


def _shown_as(stated: Mapping[str, str]) -> str:
    """Organizations by name; persons by their handle unless they are said to be shown by name."""
    if "state" in stated or stated.get("visibility", "public") != "public":
        return "withheld"
    by_name = stated.get("kind") in {AgentKind.ORGANIZATION, AgentKind.SOFTWARE}
    return stated.get("shown_as", "name" if by_name else "handle")


def credit(session: Session, version_id: str, licenses: Collection[str], *, without_own: bool) -> None:
    """Show the names of those in a version whose parts stand under one of `licenses`.

    without_own: also of those whose parts carry no license of their own
    """

    def wanted(own: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
        return or_(own.in_(sorted(licenses)), and_(own.is_(None), true() if without_own else false()))

    contributors = select(ContributionRow.agent_id).where(
        ContributionRow.version_id == version_id, wanted(ContributionRow.license)
    )
    holders = (
        select(RightsHoldingPartyRow.agent_id)
        .join(RightsHoldingRow, RightsHoldingRow.id == RightsHoldingPartyRow.holding_id)
        .where(RightsHoldingRow.version_id == version_id, wanted(RightsHoldingRow.license))
    )
    for due in (contributors, holders):
        session.execute(
            update(AgentRow)
            .where(AgentRow.id.in_(due), AgentRow.shown_as == "handle")
            .values(shown_as="name"),
            execution_options={"synchronize_session": False},
        )


def _known(session: Session, dataset: str) -> set[str]:
    return set(session.scalars(select(AgentRow.id).where(AgentRow.scope == dataset)))
