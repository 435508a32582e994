"""Who took part in dataset versions: how many contributed, and who is stated to have."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select, true
from sqlalchemy.orm import Session, aliased

from registry.domain.agent import ContributorType
from registry.domain.facts import ContributorFacts
from registry.queries.holdings import standing
from registry.queries.standing_names import StandingNames
from registry.store.merges import in_parts
from registry.store.rights import contributions
from registry.store.tables.agents import AgentRow
from registry.store.tables.contributors import StatedContributorRow
from registry.store.tables.rights import ContributionRow

Sizes = tuple[int | None, int | None]
UNKNOWN: Sizes = (None, None)
_Standing = aliased(AgentRow)


def contributor_counts(session: Session, versions: Sequence[str] | None) -> dict[str, int]:
    """How many agents contributed to each version, creators included; versions: of these, else of all.

    Annotators are counted apart: `annotator_counts`.
    """
    given = contributions(versions=versions).c
    others = given.contributor_type != ContributorType.ANNOTATOR
    return _counted(session, select(given.version_id, given.agent_id).where(others))


def annotator_counts(session: Session, only: str | None) -> dict[str, int]:
    """How many annotators the records of one version name, or of each."""
    row = ContributionRow
    of_these = true() if only is None else row.version_id == only
    annotated = (row.contributor_type == ContributorType.ANNOTATOR, row.superseded_at.is_(None), of_these)
    return _counted(session, select(row.version_id, row.agent_id).where(*annotated))


def _counted(session: Session, given: Select[str, str]) -> dict[str, int]:
    """How many agents each version has, of pairs of a version and an agent."""
    merged = select(AgentRow.id, AgentRow.merged_into).where(AgentRow.merged_into.is_not(None))
    stands: dict[str, str | None] = dict(session.execute(merged).all())
    found: dict[str, set[str]] = {}
    for version, agent in session.connection().execute(given):  # no objects are mapped
        # A set is several times faster than to count distinct ones in SQLite.
        found.setdefault(version, set()).add(stands.get(agent) or agent)
    return {version: len(agents) for version, agents in found.items()}


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


def stated_sizes(session: Session, members: Mapping[str, str]) -> dict[tuple[str, str], Sizes]:
    """Records and words that agents are stated to have taken part in, None where nobody says in how many.

    members: whom each agent means; by that and the version
    """
    row = StatedContributorRow
    found: dict[tuple[str, str], Sizes] = {}
    for some in in_parts(members):
        rows = session.execute(
            select(row.agent_id, row.version_id, row.records, row.words).where(
                row.agent_id.in_(some), row.superseded_at.is_(None)
            )
        )
        for agent, version, records, words in rows:
            key = (members[agent], version)
            found[key] = largest(found.get(key, UNKNOWN), (records, words))
    return found


def largest(one: Sizes, other: Sizes) -> Sizes:
    """The larger of two numbers of records, and of words, as far as they are known."""
    return _most(one[0], other[0]), _most(one[1], other[1])


def _most(one: int | None, other: int | None) -> int | None:
    return max((size for size in (one, other) if size is not None), default=None)


def _order(one: ContributorFacts) -> tuple[str, ...]:
    return (one.agent.name, one.agent.id, one.type, one.role or "", one.basis, str((one.records, one.words)))
