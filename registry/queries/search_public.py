"""What of a search the public may see: read from the public views, and from what these rest on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, column, func, or_, select, table, text, union
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import SelectBase

from registry.domain.agent import ContributorType, normalise_name
from registry.queries.hits import Hit, Subject, is_meant, rank
from registry.store.agent_names import has_words, name_key
from registry.store.merges import in_parts
from registry.store.rights import PRESUMED, each_share, shares
from registry.store.tables.agents import AgentIdentifierRow, AgentRow
from registry.store.tables.contributors import StatedContributorRow
from registry.store.tables.reservations import AgentNameRow
from registry.store.tables.rights import ContributionRow

# Agents that the public views name, by every agent for whom they stand.
_SHOWN = table("projected_agent", column("agent_id"), column("shown_id"), column("contributor"))
_VERSION = table(
    "projected_version",
    *map(column, ("version_id", "dataset", "version", "records", "license", "visibility")),
)


def shown_people(
    session: Session, wanted: str, identified: Mapping[str, Subject], *, by_name: bool
) -> dict[str, Subject]:
    """People of public versions by the name that they are shown under, where that answers; the best first.

    identified: agents that were found by an identifier; by_name: whether to look for names, too
    """
    found: dict[tuple[int, str, str], Subject] = {}
    if by_name:
        member = _SHOWN.alias("member")
        named = (
            select(member.c.shown_id)
            .join(AgentNameRow, AgentNameRow.agent_id == member.c.agent_id)
            .where(*has_words(wanted))
        )
        for name in session.scalars(_people().where(_SHOWN.c.shown_id.in_(named))):
            _answer(found, name, wanted, Subject.NAME)
    for key, kind in identified.items():
        for some in in_parts(_one_with(session, [key])):
            for name in session.scalars(_people().where(_SHOWN.c.agent_id.in_(some))):
                _answer(found, name, wanted, kind)
    return {name: kind for (_, _, name), kind in sorted(found.items())}


def _answer(found: dict[tuple[int, str, str], Subject], name: str, wanted: str, kind: Subject) -> None:
    normalised = normalise_name(name)
    place = rank(normalised, wanted)
    if place is not None:
        found[place, normalised, name] = kind


def _people() -> Select[str]:
    """The names of those whom the public sees in some version."""
    took_part = (
        select(row).where(
            row.agent_id == _SHOWN.c.agent_id,
            row.contributor_type != ContributorType.ANNOTATOR.value,
            row.superseded_at.is_(None),
            row.version_id.in_(_public_ids()),
        )
        for row in (ContributionRow, StatedContributorRow)
    )
    held = (
        rows.where(
            rows.selected_columns.agent_id == _SHOWN.c.agent_id,
            rows.selected_columns.version_id.in_(_public_ids()),
        )
        for rows in each_share()
    )
    seen = (rows.exists() for rows in (*took_part, *held))
    return select(_SHOWN.c.contributor).where(_SHOWN.c.contributor.is_not(None), or_(*seen)).distinct()


def _public_ids() -> Select[str]:
    return select(_VERSION.c.version_id).where(_VERSION.c.visibility == "public")


def public_parts(session: Session, people: Mapping[str, Subject]) -> list[Hit]:
    """What the public sees of contributors and of rights holders, by the names that they are shown under."""
    models = _models_by_version(session)
    hits: dict[str, dict[Hit, None]] = {name: {} for name in people}
    rows = (*_contributed(session, people), *_held(session, people))
    for name, dataset, version, all_records, license_, records, words in rows:
        sizes, trained = (_whole(records), _whole(words)), models.parted(dataset, version, all_records)
        hit = Hit(people[name].value, name, f"{dataset}@{version}", *sizes, license_, *trained)
        hits[name][hit] = None
    return [hit for some in hits.values() for hit in _without_empty(sorted(some, key=_order))]


def _order(hit: Hit) -> tuple[int, str]:
    return -(-1 if hit.words is None else hit.words), hit.dataset or ""


_Row = tuple[str, str, str, int, str, object, object]


def _contributed(session: Session, people: Mapping[str, Subject]) -> Iterator[_Row]:
    """What people contributed, by kind of contributor.

    Each has name, dataset, version and its records, license, and how much: records and words
    """
    rows = session.execute(
        text(
            "SELECT c.contributor, c.dataset, c.version, v.records, COALESCE(c.license, v.license), "
            "SUM(c.records), SUM(c.words) FROM public_contribution c "
            "JOIN public_dataset_version v ON v.dataset = c.dataset AND v.version = c.version "
            "WHERE c.contributor IN :names AND v.visibility = 'public' "
            "GROUP BY c.contributor, c.dataset, c.version, v.records, c.contributor_type, "
            "COALESCE(c.license, v.license)"
        ).bindparams(bindparam("names", list(people), expanding=True))
    )
    yield from (tuple(row) for row in rows)


def _held(session: Session, people: Mapping[str, Subject]) -> Iterator[_Row]:
    """The same of the parts that they hold rights in; presumed authors contributed what they hold."""
    versions, names = _public_versions(session), _called(session, people)
    parts: set[tuple[str, str, str | None, str, int, int]] = set()
    for some in in_parts(names):
        held = shares(agents=some).c
        columns = (held.agent_id, held.version_id, held.license, held.holding_id, held.records, held.words)
        rows = session.execute(select(*columns).where(held.basis != PRESUMED))
        parts |= {(names[agent], version, *rest) for agent, version, *rest in rows if version in versions}
    sums: dict[tuple[str, str, str | None], tuple[int, int]] = {}
    for name, version, own, _, records, words in parts:
        before = sums.get((name, version, own), (0, 0))
        sums[name, version, own] = (before[0] + records, before[1] + words)
    for (name, version, own), sizes in sums.items():
        dataset, label, all_records, license_ = versions[version]
        yield name, dataset, label, all_records, own or license_, *sizes


def _public_versions(session: Session) -> dict[str, tuple[str, str, int, str]]:
    """Dataset, label, records and license of each public version."""
    said = _VERSION.c
    columns = (said.version_id, said.dataset, said.version, said.records, said.license)
    rows = session.execute(select(*columns).where(said.visibility == "public"))
    return {version: (dataset, label, records, own) for version, dataset, label, records, own in rows}


def _called(session: Session, names: Collection[str]) -> dict[str, str]:
    """The name that the public sees of each agent who is shown under one of these."""
    found: dict[str, str] = {}
    called = select(AgentNameRow.agent_id).where(AgentNameRow.normalised.in_(map(name_key, names)))
    identified = select(AgentIdentifierRow.agent_id).where(AgentIdentifierRow.value.in_(list(names)))
    for some in in_parts(_one_with(session, union(called, identified))):
        shown = select(_SHOWN.c.agent_id, _SHOWN.c.contributor).where(_SHOWN.c.agent_id.in_(some))
        found |= {agent: name for agent, name in session.execute(shown) if name in names}
    return found


def _one_with(session: Session, agents: Sequence[str] | SelectBase) -> set[str]:
    """All who are one with some agents, these included."""
    key, stands = AgentRow.id, func.coalesce(AgentRow.merged_into, AgentRow.id)
    standing = set(session.scalars(select(stands).where(key.in_(agents))))
    return standing.union(
        *(session.scalars(select(key).where(AgentRow.merged_into.in_(some))) for some in in_parts(standing))
    )


def _whole(size: object) -> int | None:
    """PostgreSQL sums to decimals."""
    return None if size is None else int(str(size))


def _without_empty(hits: Sequence[Hit]) -> Iterator[Hit]:
    """What someone was credited for as a whole says nothing where sizes in the same version are known."""
    known = {hit.dataset for hit in hits if (hit.records, hit.words) != (None, None)}
    return (hit for hit in hits if (hit.records, hit.words) != (None, None) or hit.dataset not in known)


class _Models:
    """The models that the public sees of a version, with the most records of it that a run of each used."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._found: dict[tuple[str, str], dict[str, int]] = {}
        for model, label, dataset, version, records in rows:
            of_version = self._found.setdefault((dataset, version), {})
            name = f"{model}@{label}"
            of_version[name] = max(of_version.get(name, 0), records or 0)

    def __call__(self, dataset: str, version: str) -> tuple[str, ...]:
        return tuple(sorted(self._found.get((dataset, version), ())))

    def parted(self, dataset: str, version: str, all_records: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those that used all of it, and those that used a part: the public does not see which records."""
        found = sorted(self._found.get((dataset, version), {}).items())
        whole = tuple(name for name, records in found if records >= all_records)
        return whole, tuple(name for name, records in found if records < all_records)


def _models_by_version(session: Session) -> _Models:
    return _Models(
        session.execute(
            text("SELECT model, model_version, dataset, version, records FROM public_model_dataset")
        ).all()
    )


def public_domains(session: Session, domain: str) -> list[Hit]:
    """What of each public version comes from a domain."""
    models = _models_by_version(session)
    rows = session.execute(
        text(
            "SELECT d.dataset, d.version, v.records, d.records, d.words, v.license "
            "FROM public_version_domain d "
            "JOIN public_dataset_version v ON v.dataset = d.dataset AND v.version = d.version "
            "WHERE d.domain = :domain ORDER BY d.words DESC, d.dataset, d.version"
        ),
        {"domain": domain},
    )
    return [
        Hit(
            Subject.DOMAIN.value,
            domain,
            f"{dataset}@{version}",
            records,
            words,
            license_,
            *models.parted(dataset, version, all_records),
        )
        for dataset, version, all_records, records, words, license_ in rows
    ]


def public_datasets(session: Session, wanted: str) -> list[Hit]:
    """Public versions by name."""
    models = _models_by_version(session)
    rows = session.execute(
        text(
            "SELECT dataset, version, records, words, license FROM public_dataset_version "
            "WHERE visibility = 'public' ORDER BY dataset, version"
        )
    )
    return [
        Hit(
            Subject.DATASET.value,
            dataset,
            f"{dataset}@{version}",
            records,
            words,
            license_,
            models(dataset, version),
        )
        for dataset, version, records, words, license_ in rows
        if is_meant(dataset, wanted)
    ]


def public_models(session: Session, wanted: str) -> list[Hit]:
    """Public models by name."""
    rows = session.execute(
        text(
            "SELECT model, model_version FROM public_model WHERE visibility = 'public' "
            "ORDER BY model, model_version"
        )
    )
    return [
        Hit(Subject.MODEL.value, model, None, None, None, None, (f"{model}@{label}",))
        for model, label in rows
        if is_meant(model, wanted)
    ]
