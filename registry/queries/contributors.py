"""Who is stated to have taken part in dataset versions."""

from sqlalchemy import select, true
from sqlalchemy.orm import Session, aliased

from registry.domain.agent import ContributorType
from registry.domain.facts import ContributorFacts
from registry.queries.holdings import standing
from registry.queries.standing_names import StandingNames
from registry.store.tables.agents import AgentRow
from registry.store.tables.contributors import StatedContributorRow

_Standing = aliased(AgentRow)


def stated_contributors(session: Session, only: str | None) -> dict[str, tuple[ContributorFacts, ...]]:
    """The contributors of one version, or of all, by the identifier of the version; by name and type."""
    names = StandingNames.of(session)
    rows = session.execute(
        select(StatedContributorRow, _Standing)
        .join(AgentRow, AgentRow.id == StatedContributorRow.agent_id)
        .join(_Standing, _Standing.id == standing())
        .where(
            StatedContributorRow.superseded_at.is_(None),
            true() if only is None else StatedContributorRow.version_id == only,
        )
    )
    found: dict[str, set[ContributorFacts]] = {}
    for row, agent in rows:
        contributor = ContributorFacts(
            agent=names.agent(agent.id, agent.kind, agent.name, agent.scope, agent.shown_as),
            type=ContributorType(row.contributor_type),
            role=row.role or None,
            basis=row.basis,
            records=row.records,
            words=row.words,
        )
        found.setdefault(row.version_id, set()).add(contributor)
    return {version: tuple(sorted(contributors, key=_order)) for version, contributors in found.items()}


def _order(one: ContributorFacts) -> tuple[str, ...]:
    return (one.agent.name, one.agent.id, one.type, one.role or "", one.basis, str((one.records, one.words)))
