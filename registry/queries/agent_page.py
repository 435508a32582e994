"""One agent in full: what it is called, what it contributed and holds, and who was trained on that."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.queries.agents import AgentSummary, find_agents
from registry.queries.contributors import stated_sizes
from registry.queries.uses import Uses, Wanted
from registry.store.merges import in_parts, merged_below
from registry.store.rights import contributions, shares
from registry.store.tables.agents import AgentIdentifierRow, AgentRow
from registry.store.tables.contributors import StatedContributorRow
from registry.store.tables.datasets import DatasetRow, DatasetVersionRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.merges import AgentMergeRow


@dataclass(frozen=True, slots=True)
class Merged:
    """An agent that is this one: as it was spelled, where, and who says so on what evidence.

    because: in the words of who said it; None where the registry did
    """

    name: str
    dataset: str | None
    evidence: str
    because: str | None
    asserted_by: str
    recorded_at: str
    id: str


@dataclass(frozen=True, slots=True)
class Part:
    """What an agent has in one dataset version under one license; None is the license of the version.

    holds_words: its share of the words of each part it holds rights in, in all
    """

    dataset: str
    version: str
    license: str | None
    contributor_type: str | None
    records: int
    words: int
    holds_records: Fraction
    holds_words: Fraction


@dataclass(frozen=True, slots=True)
class Took:
    """How an agent is stated to have taken part in a dataset version as a whole."""

    dataset: str
    version: str
    contributor_type: str
    marc_relator: str | None
    records: int | None
    words: int | None


@dataclass(frozen=True, slots=True)
class AgentPage:
    """All that the registry knows of an agent but its properties; `models` were trained on what it has.

    maybe_models: trained on a part of a version of which it is not known whether it holds any of that
    """

    summary: AgentSummary
    identifiers: tuple[tuple[str, str], ...]
    merged: tuple[Merged, ...]
    parts: tuple[Part, ...]
    took: tuple[Took, ...]
    models: tuple[str, ...]
    maybe_models: tuple[str, ...]


def agent_pages(session: Session, name: str) -> list[AgentPage]:
    """The agents of a name, identifier or id, each in full. Raises `NotFoundError`."""
    uses = Uses(session)
    return [_page(session, summary, uses) for summary in find_agents(session, name)]


def _page(session: Session, summary: AgentSummary, uses: Uses) -> AgentPage:
    members = [summary.id, *merged_below(session, [summary.id])]
    parts, versions = _parts(session, members)
    credited = stated_sizes(session, dict.fromkeys(members, summary.id))
    versions |= {version for _, version in credited}
    found = [uses.models(version, Wanted(frozenset(members))) for version in versions]
    certain, maybe = ({model for one in found for model in one[place]} for place in (0, 1))
    return AgentPage(
        summary=summary,
        identifiers=_identifiers(session, members),
        merged=_merged(session, members[1:]),
        parts=parts,
        took=_took(session, members),
        models=tuple(sorted(certain)),
        maybe_models=tuple(sorted(maybe - certain)),
    )


def _identifiers(session: Session, members: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = {
        (row.scheme, row.value)
        for some in in_parts(members)
        for row in session.scalars(select(AgentIdentifierRow).where(AgentIdentifierRow.agent_id.in_(some)))
    }
    return tuple(sorted(found))


def _merged(session: Session, members: Sequence[str]) -> tuple[Merged, ...]:
    found = []
    for some in in_parts(members):
        rows = session.execute(
            select(AgentRow, AgentMergeRow, EvidenceRow)
            .join(AgentMergeRow, AgentMergeRow.agent_id == AgentRow.id)
            .join(EvidenceRow, EvidenceRow.id == AgentMergeRow.evidence_id)
            .where(AgentRow.id.in_(some), AgentMergeRow.superseded_at.is_(None))
        )
        found += [
            Merged(
                name=agent.name,
                dataset=agent.scope or None,
                evidence=evidence.kind,
                because=evidence.detail,
                asserted_by=merge.asserted_by,
                recorded_at=merge.recorded_at,
                id=agent.id,
            )
            for agent, merge, evidence in rows
        ]
    return tuple(sorted(found, key=lambda one: (one.name, one.dataset or "", one.id)))


def _parts(session: Session, members: Sequence[str]) -> tuple[tuple[Part, ...], set[str]]:
    """What the members have in each version, and the identifiers of these versions."""
    contributed: dict[tuple[str, str, str], list[int]] = {}
    held: dict[tuple[str, str], list[Fraction]] = {}
    for some in in_parts(members):
        for version, license_, type_, records, words in _contributions(session, some):
            sums = contributed.setdefault((version, license_ or "", type_), [0, 0])
            sums[0] += records
            sums[1] += words
        for version, license_, share, records, words in _held(session, some):
            holds = held.setdefault((version, license_ or ""), [Fraction(0), Fraction(0)])
            holds[0] += share * records
            holds[1] += share * words
    versions = {version for version, *_ in (*contributed, *held)}
    names = _names(session, versions)
    parts = [
        Part(
            *names[version], license_ or None, type_, records, words, *held.pop((version, license_), _NOTHING)
        )
        for (version, license_, type_), (records, words) in sorted(contributed.items())
    ]
    parts += [
        Part(*names[version], license_ or None, None, 0, 0, *holds)
        for (version, license_), holds in held.items()
    ]
    order = sorted(parts, key=lambda part: (part.dataset, part.version, part.license or "", str(part)))
    return tuple(order), versions


def _took(session: Session, members: Sequence[str]) -> tuple[Took, ...]:
    row = StatedContributorRow
    found: set[Took] = set()
    for some in in_parts(members):
        rows = session.execute(
            select(DatasetRow.name, DatasetVersionRow.label, row)
            .join(DatasetVersionRow, DatasetVersionRow.id == row.version_id)
            .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
            .where(row.agent_id.in_(some), row.superseded_at.is_(None))
        )
        found |= {
            Took(name, label, one.contributor_type, one.role or None, one.records, one.words)
            for name, label, one in rows
        }
    return tuple(sorted(found, key=str))


_NOTHING = [Fraction(0), Fraction(0)]


def _contributions(session: Session, members: Sequence[str]) -> list[tuple[str, str | None, str, int, int]]:
    given = contributions(agents=members).c
    about = (given.version_id, given.license, given.contributor_type)
    rows = session.execute(select(*about, func.sum(given.records), func.sum(given.words)).group_by(*about))
    return [
        (version, license_, type_, int(records), int(words))
        for version, license_, type_, records, words in rows
    ]


def _held(session: Session, members: Sequence[str]) -> list[tuple[str, str | None, Fraction, int, int]]:
    held = shares(agents=members).c
    rows = session.execute(
        select(held.version_id, held.license, held.numerator, held.denominator, held.records, held.words)
    )
    return [
        (version, license_, Fraction(above, below), records, words)
        for version, license_, above, below, records, words in rows
    ]


def _names(session: Session, versions: set[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for some in in_parts(sorted(versions)):
        rows = session.execute(
            select(DatasetVersionRow.id, DatasetRow.name, DatasetVersionRow.label)
            .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
            .where(DatasetVersionRow.id.in_(some))
        )
        found |= {key: (name, label) for key, name, label in rows}
    return found
