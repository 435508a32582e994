"""What of a search the public may see: read from the public views, and from what these rest on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, column, or_, select, table, text
from sqlalchemy.orm import Session

from registry.domain.agent import ContributorType, normalise_name
from registry.queries.hits import Hit, Subject, is_meant, rank
from registry.store.agent_names import has_words
from registry.store.rights import each_contribution
from registry.store.tables.contributors import StatedContributorRow
from registry.store.tables.reservations import AgentNameRow

# Agents that `public_contribution` names, by every agent for whom they stand.
_SHOWN = table("projected_agent", column("agent_id"), column("shown_id"), column("contributor"))
_PUBLIC = text("SELECT version_id FROM projected_version WHERE visibility = 'public'").columns(
    column("version_id")
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
        for name in session.scalars(_contributors().where(_SHOWN.c.shown_id.in_(named))):
            _answer(found, name, wanted, Subject.NAME)
    for key, kind in identified.items():
        for name in session.scalars(_contributors().where(_SHOWN.c.agent_id == key)):
            _answer(found, name, wanted, kind)
    return {name: kind for (_, _, name), kind in sorted(found.items())}


def _answer(found: dict[tuple[int, str, str], Subject], name: str, wanted: str, kind: Subject) -> None:
    normalised = normalise_name(name)
    place = rank(normalised, wanted)
    if place is not None:
        found[place, normalised, name] = kind


def _contributors() -> Select[str]:
    """The names of those whom the public sees in some version."""
    stated = select(StatedContributorRow).where(StatedContributorRow.superseded_at.is_(None))
    took_part = (
        rows.where(
            rows.selected_columns.agent_id == _SHOWN.c.agent_id,
            rows.selected_columns.contributor_type != ContributorType.ANNOTATOR.value,
            rows.selected_columns.version_id.in_(select(_PUBLIC.subquery().c.version_id)),
        ).exists()
        for rows in (*each_contribution(), stated)
    )
    return select(_SHOWN.c.contributor).where(_SHOWN.c.contributor.is_not(None), or_(*took_part)).distinct()


def public_parts(session: Session, people: Mapping[str, Subject]) -> list[Hit]:
    """What the public sees of contributors, by the names that they are shown under."""
    models = _models_by_version(session)
    rows = session.execute(
        text(
            "SELECT c.contributor, c.dataset, c.version, v.records, COALESCE(c.license, v.license), "
            "SUM(c.records), SUM(c.words) FROM public_contribution c "
            "JOIN public_dataset_version v ON v.dataset = c.dataset AND v.version = c.version "
            "WHERE c.contributor IN :names AND v.visibility = 'public' "
            "GROUP BY c.contributor, c.dataset, c.version, v.records, c.contributor_type, "
            "COALESCE(c.license, v.license) "
            "ORDER BY COALESCE(SUM(c.words), -1) DESC, c.dataset, c.version"
        ).bindparams(bindparam("names", list(people), expanding=True))
    )
    hits: dict[str, dict[Hit, None]] = {name: {} for name in people}
    for name, dataset, version, all_records, license_, records, words in rows:
        reference, trained = f"{dataset}@{version}", models.parted(dataset, version, all_records)
        sizes = (_whole(records), _whole(words))
        hits[name][Hit(people[name].value, name, reference, *sizes, license_, *trained)] = None
    return [hit for some in hits.values() for hit in _without_empty(list(some))]


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
