"""What of a search the public may see: read from the public views alone."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.domain.agent import normalise_name
from registry.queries.hits import Hit, Subject, is_meant, rank


def public_parts(session: Session, wanted: str, agents: Mapping[str, Subject]) -> list[Hit]:
    """Contributors under the names that they are shown by; a name that is not shown finds nothing."""
    shown: dict[str, Subject] = {}
    for key, kind in agents.items():
        name = session.scalar(
            text("SELECT contributor FROM projected_agent WHERE agent_id = :key"), {"key": key}
        )
        if name is not None and rank(normalise_name(name), wanted) is not None:
            shown.setdefault(str(name), kind)
    models = _models_by_version(session)
    hits = []
    for name, kind in shown.items():
        rows = session.execute(
            text(
                "SELECT dataset, version, license, SUM(records), SUM(words) FROM public_contribution "
                "WHERE contributor = :name GROUP BY dataset, version, license, contributor_type "
                "ORDER BY SUM(words) DESC, dataset, version"
            ),
            {"name": name},
        )
        hits += [
            Hit(
                kind.value,
                name,
                f"{dataset}@{version}",
                int(records),
                int(words),
                license_,
                models(dataset, version),
            )
            for dataset, version, license_, records, words in rows
        ]
    return list(dict.fromkeys(hits))


class _Models:
    """The models that the public sees of a version."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._found: dict[tuple[str, str], dict[str, None]] = {}
        for model, label, dataset, version in rows:
            self._found.setdefault((dataset, version), {})[f"{model}@{label}"] = None

    def __call__(self, dataset: str, version: str) -> tuple[str, ...]:
        return tuple(sorted(self._found.get((dataset, version), ())))


def _models_by_version(session: Session) -> _Models:
    rows = session.execute(text("SELECT model, model_version, dataset, version FROM public_model_dataset"))
    return _Models([tuple(map(str, row)) for row in rows])


def public_domains(session: Session, domain: str) -> list[Hit]:
    """What of each public version comes from a domain."""
    models = _models_by_version(session)
    rows = session.execute(
        text(
            "SELECT d.dataset, d.version, d.records, d.words, v.license FROM public_version_domain d "
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
            models(dataset, version),
        )
        for dataset, version, records, words, license_ in rows
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
