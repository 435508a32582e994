"""Finding what is held of someone: by name, domain, handle or identifier; and datasets and models by name."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.agent import normalise_name
from registry.domain.agent_identifiers import spellings_in_schemes
from registry.domain.license import NOASSERTION
from registry.queries.contributors import UNKNOWN, Sizes, largest, stated_sizes
from registry.queries.fingerprinted import models_by_version
from registry.queries.hits import Hit, Hits, Subject, is_meant, rank
from registry.queries.search_public import (
    public_datasets,
    public_domains,
    public_models,
    public_parts,
    shown_people,
)
from registry.queries.uses import Uses, Wanted
from registry.store.agent_names import has_words, name_key
from registry.store.merges import in_parts
from registry.store.rights import contributions, shares
from registry.store.tables.agents import AgentIdentifierRow, AgentRow
from registry.store.tables.datasets import DatasetRow, DatasetVersionRow, VersionDomainRow
from registry.store.tables.reservations import AgentNameRow
from registry.store.tables.rights import LicenseStatementRow
from registry.store.tables.training import ModelRow, ModelVersionRow

MOST = 200  # agents that are looked into; a search that finds more is too wide to read


def search(
    session: Session, asked: str, kinds: Collection[Subject], domain: str | None, *, public: bool
) -> Hits:
    """What is found, the best first; domain: the registrable one that the text names, if it does.

    public: only what the public views show, under the names that they show
    """
    wanted = normalise_name(asked)
    if not wanted:
        return Hits(())
    hits: list[Hit] = []
    people = (_shown if public else _agents)(session, asked, wanted, kinds)
    some = dict(islice(people.items(), MOST))
    if some:
        hits += public_parts(session, some) if public else _parts(session, some)
    if Subject.DOMAIN in kinds and domain:
        hits += public_domains(session, domain) if public else _domains(session, domain)
    if Subject.DATASET in kinds:
        hits += public_datasets(session, wanted) if public else _datasets(session, wanted)
    if Subject.MODEL in kinds:
        hits += public_models(session, wanted) if public else _models(session, wanted)
    return Hits(tuple(hits), len(people) - len(some))


# --- agents: which ones are meant -------------------------------------------------------------------------


def _agents(session: Session, asked: str, wanted: str, kinds: Collection[Subject]) -> dict[str, Subject]:
    """The agents that match, by identifier, with what matched; the best first."""
    found = _identified(session, asked, kinds)
    if Subject.NAME in kinds:
        for key in _named(session, wanted):
            found.setdefault(key, Subject.NAME)
    return _standing(session, found)


def _shown(session: Session, asked: str, wanted: str, kinds: Collection[Subject]) -> dict[str, Subject]:
    """The same of those whom the public sees, by the name that it sees: nobody else is even counted."""
    return shown_people(session, wanted, _identified(session, asked, kinds), by_name=Subject.NAME in kinds)


def _identified(session: Session, asked: str, kinds: Collection[Subject]) -> dict[str, Subject]:
    found: dict[str, Subject] = {}
    if {Subject.HANDLE, Subject.IDENTIFIER} & set(kinds):
        spelled = {one.lower() for one in (asked.strip(), *spellings_in_schemes(asked))}
        rows = session.execute(
            select(AgentIdentifierRow.agent_id, AgentIdentifierRow.scheme).where(
                func.lower(AgentIdentifierRow.value).in_(spelled)
            )
        )
        for key, scheme in rows:
            kind = Subject.HANDLE if scheme == "handle" else Subject.IDENTIFIER
            if kind in kinds:
                found[key] = kind
    return found


def _standing(session: Session, found: Mapping[str, Subject]) -> dict[str, Subject]:
    """Those who stand for agents, in the same order."""
    into: dict[str, str] = {}
    for some in in_parts(found):
        rows = session.execute(
            select(AgentRow.id, AgentRow.merged_into).where(
                AgentRow.id.in_(some), AgentRow.merged_into.is_not(None)
            )
        )
        into |= {key: str(other) for key, other in rows}
    standing: dict[str, Subject] = {}
    for key, kind in found.items():
        standing.setdefault(into.get(key, key), kind)
    return standing


def _named(session: Session, wanted: str) -> list[str]:
    rows = session.execute(select(AgentNameRow.normalised, AgentNameRow.agent_id).where(*has_words(wanted)))
    key = name_key(wanted)
    ranked = [(place, name, agent) for name, agent in rows if (place := rank(name, key)) is not None]
    return [agent for _, _, agent in sorted(ranked)]


# --- what the registry holds ------------------------------------------------------------------------------


def _parts(session: Session, agents: dict[str, Subject]) -> list[Hit]:
    """What each of the agents contributed to, holds rights in or is credited for, version by version."""
    uses, versions, licenses = Uses(session), _versions(session), _licenses(session)
    names, members = dict(_chunked(session, agents)), _members(session, agents)
    wanted = {key: Wanted(meant) for key, meant in _meant(members).items()}
    sums: dict[tuple[str, str], tuple[Sizes, set[str | None]]] = {}
    for key, version, license_, *sizes in (*_given(session, members), *_held(session, members)):
        before, own = sums.get((key, version), (UNKNOWN, set()))
        sums[key, version] = (largest(before, (sizes[0], sizes[1])), {*own, license_})
    for about, stated in stated_sizes(session, members).items():
        before, own = sums.get(about, (UNKNOWN, {None}))
        sums[about] = (largest(before, stated), own)
    hits = [
        Hit(
            agents[key].value,
            names[key],
            versions[version],
            *sizes,
            ", ".join(sorted({one or licenses.get(version, NOASSERTION) for one in own})),
            *uses.models(version, wanted[key]),
        )
        for (key, version), (sizes, own) in sums.items()
    ]
    hits += [
        Hit(kind.value, names[key], None, 0, 0, None)
        for key, kind in agents.items()
        if all(key != other for other, _ in sums)
    ]
    order = {name: place for place, name in enumerate(names[key] for key in agents)}
    return sorted(hits, key=lambda hit: (order[hit.found], -(hit.words or 0), hit.dataset or ""))


_Row = tuple[str, str, str | None, int, int]


def _given(session: Session, agents: Mapping[str, str]) -> Iterator[_Row]:
    """Contributions, of one kind of contributor each, by whom the agents mean and version."""
    sums: dict[tuple[str, str, str], list[tuple[str | None, int, int]]] = {}
    for some in in_parts(agents):
        given = contributions(agents=some).c
        rows = session.execute(
            select(
                given.agent_id,
                given.version_id,
                given.contributor_type,
                given.license,
                given.records,
                given.words,
            )
        )
        for key, version, kind, license_, records, words in rows:
            sums.setdefault((agents[key], version, kind), []).append((license_, records, words))
    for (key, version, _), parts in sums.items():
        records, words = sum(part[1] for part in parts), sum(part[2] for part in parts)
        yield from ((key, version, license_, records, words) for license_, _, _ in parts)


def _held(session: Session, agents: Mapping[str, str]) -> Iterator[_Row]:
    sums: dict[tuple[str, str], list[tuple[str | None, int, int]]] = {}
    for some in in_parts(agents):
        held = shares(agents=some).c
        rows = session.execute(select(held.agent_id, held.version_id, held.license, held.records, held.words))
        for key, version, license_, records, words in rows:
            sums.setdefault((agents[key], version), []).append((license_, records, words))
    for (key, version), parts in sums.items():
        records, words = sum(part[1] for part in parts), sum(part[2] for part in parts)
        yield from ((key, version, license_, records, words) for license_, _, _ in parts)


def _members(session: Session, agents: Iterable[str]) -> dict[str, str]:
    """Whom each identifier means: agents themselves, and those merged into them."""
    found = {key: key for key in agents}
    for some in in_parts(list(found)):
        rows = session.execute(
            select(AgentRow.id, AgentRow.merged_into).where(AgentRow.merged_into.in_(some))
        )
        found |= {key: str(into) for key, into in rows}
    return found


def _meant(members: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """All that mean each agent."""
    found: dict[str, set[str]] = {}
    for one, into in members.items():
        found.setdefault(into, set()).add(one)
    return {key: frozenset(some) for key, some in found.items()}


def _chunked(session: Session, agents: Iterable[str]) -> Iterator[tuple[str, str]]:
    for some in in_parts(agents):
        rows = session.scalars(select(AgentRow).where(AgentRow.id.in_(some)))
        yield from ((row.id, row.name) for row in rows)


def _domains(session: Session, domain: str) -> list[Hit]:
    uses, versions, licenses = Uses(session), _versions(session), _licenses(session)
    rows = session.execute(
        select(VersionDomainRow.version_id, VersionDomainRow.records, VersionDomainRow.words).where(
            VersionDomainRow.domain == domain
        )
    )
    hits = [
        Hit(
            Subject.DOMAIN.value, domain, versions[version], records, words,
            licenses.get(version, NOASSERTION), *uses.models(version, Wanted(domain=domain)),
        )
        for version, records, words in rows
    ]  # fmt: skip
    return sorted(hits, key=lambda hit: (-(hit.words or 0), hit.dataset or ""))


def _datasets(session: Session, wanted: str) -> list[Hit]:
    models, licenses = models_by_version(session), _licenses(session)
    rows = session.execute(
        select(DatasetRow.name, DatasetVersionRow).join(
            DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id
        )
    )
    hits = [
        Hit(
            Subject.DATASET.value, name, f"{name}@{row.label}", row.records, row.words,
            licenses.get(row.id, NOASSERTION), models.get(row.id, ()),
        )
        for name, row in rows
        if is_meant(name, wanted)
    ]  # fmt: skip
    return sorted(hits, key=lambda hit: hit.dataset or "")


def _models(session: Session, wanted: str) -> list[Hit]:
    rows = session.execute(
        select(ModelRow.name, ModelVersionRow.label).join(ModelRow, ModelRow.id == ModelVersionRow.model_id)
    )
    found = sorted((name, label) for name, label in rows if is_meant(name, wanted))
    return [
        Hit(Subject.MODEL.value, name, None, None, None, None, (f"{name}@{label}",)) for name, label in found
    ]


def _versions(session: Session) -> dict[str, str]:
    rows = session.execute(
        select(DatasetVersionRow.id, DatasetRow.name, DatasetVersionRow.label).join(
            DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id
        )
    )
    return {key: f"{name}@{label}" for key, name, label in rows}


def _licenses(session: Session) -> dict[str, str]:
    """The stated license of each version: as concluded, else as declared."""
    rows = session.execute(
        select(
            LicenseStatementRow.version_id, LicenseStatementRow.kind, LicenseStatementRow.expression
        ).where(LicenseStatementRow.superseded_at.is_(None))
    )
    by_kind = sorted((kind == "concluded", version, expression) for version, kind, expression in rows)
    return {version: expression for _, version, expression in by_kind}
