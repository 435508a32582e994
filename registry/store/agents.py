"""Saving agents."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, false, or_, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.domain.agent import AgentKind, ContributorType, clean_text
from registry.domain.agent_identifiers import UNIQUE
from registry.domain.identifiers import identity
from registry.store.merges import BY_IDENTIFIER, in_parts, merge, settle, were_merged
from registry.store.rights import shares
from registry.store.statements import Evidence, state, withdraw
from registry.store.tables.agents import AgentIdentifierRow, AgentPropertyRow, AgentRow
from registry.store.tables.rights import ContributionRow

IDENTIFIERS = (*UNIQUE, "handle")
PRIVATE = ("email", "note")  # what is kept of a declared agent and never leaves the registry


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
    _show_as_stated(session, key, name, now)
    return news


def _show_as_stated(session: Session, key: str, name: str, now: str) -> None:
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
    _merge_identified(session, key, now)
    settle(session, key)


def _merge_identified(session: Session, key: str, now: str) -> None:
    """Whoever has an identifier of a declared agent is this agent, unless that was undone once."""
    own = select(AgentIdentifierRow.value).where(
        AgentIdentifierRow.agent_id == key, AgentIdentifierRow.scheme.in_(UNIQUE)
    )
    others = session.execute(
        select(AgentIdentifierRow.agent_id, AgentIdentifierRow.scheme, AgentIdentifierRow.value)
        .where(AgentIdentifierRow.value.in_(own), AgentIdentifierRow.agent_id != key)
        .order_by(AgentIdentifierRow.agent_id)
    ).all()
    for other, scheme, value in others:
        if not (were_merged(session, other, key) or were_merged(session, key, other)):
            merge(session, other, key, Evidence(BY_IDENTIFIER, f"{scheme} {value}", "registry"), now)


def _stated(session: Session, key: str) -> dict[str, str]:
    held = select(AgentPropertyRow).where(
        AgentPropertyRow.agent_id == key, AgentPropertyRow.superseded_at.is_(None)
    )
    return {row.property: row.value for row in session.scalars(held)}


def _shown_as(stated: Mapping[str, str]) -> str:
    """Organizations by name; persons by their handle unless they are said to be shown by name."""
    if "state" in stated or stated.get("visibility", "public") != "public":
        return "withheld"
    by_name = stated.get("kind") in {AgentKind.ORGANIZATION, AgentKind.SOFTWARE}
    return stated.get("shown_as", "name" if by_name else "handle")


def credit(session: Session, version_id: str, licenses: Collection[str], *, without_own: bool) -> None:
    """Show the names of those whose parts of a version stand under one of `licenses`.

    Who stands for them is shown by name with them, as long as it does: see the view `projected_standing`.
    Whoever is stated to be shown by a handle stays so.
    without_own: also of those whose parts carry no license of their own
    """

    def wanted(own: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        return or_(own.in_(sorted(licenses)), and_(own.is_(None), true() if without_own else false()))

    unnamed = _unnamed()
    held, made = shares(agents=unnamed, versions=[version_id]), ContributionRow
    of_version = (
        made.version_id == version_id,
        made.agent_id.in_(unnamed),
        made.contributor_type != ContributorType.ANNOTATOR,
    )
    due = {
        *session.scalars(select(held.c.agent_id).where(wanted(held.c.license))),
        *session.scalars(select(made.agent_id).where(*of_version, wanted(made.license))),
    }
    show_by_name(session, due)


def unnamed_holders(session: Session) -> list[tuple[str, str, str | None]]:
    """Declared agents whose names are not public, with the versions and own licenses of what they hold."""
    found: list[tuple[str, str, str | None]] = []
    for some in in_parts(session.scalars(_unnamed().where(AgentRow.scope == "")).all()):
        held = shares(agents=some).c
        rows = session.execute(select(held.agent_id, held.version_id, held.license).distinct())
        found += [(agent, version, license_) for agent, version, license_ in rows]
    return found


def _unnamed() -> Select[str]:
    """Agents whose names become public where a license asks for them: nobody states how they are shown."""
    stated = select(AgentPropertyRow.agent_id).where(
        AgentPropertyRow.property == "shown_as", AgentPropertyRow.superseded_at.is_(None)
    )
    return select(AgentRow.id).where(AgentRow.shown_as == "handle", AgentRow.id.not_in(stated))


def show_by_name(session: Session, agents: Collection[str]) -> None:
    """Show agents under their names from now on."""
    for some in in_parts(sorted(agents)):
        session.execute(
            update(AgentRow).where(AgentRow.id.in_(some)).values(shown_as="name"),
            execution_options={"synchronize_session": False},
        )
