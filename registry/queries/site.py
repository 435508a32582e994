"""Everything that a site tells: all models and dataset versions, each read once."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.documents.site.registered import Held, Registered
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import BaseModelFacts, ModelFacts, NoticeFacts, VersionFacts
from registry.errors import NotFoundError, UsageError
from registry.queries.catalogue import every_version, find_version, version_facts
from registry.queries.holdings import every_holding
from registry.queries.notices import every_notice
from registry.queries.training import model_facts, model_in_brief
from registry.store.tables.datasets import DatasetRow, DatasetVersionRow, VersionPropertyRow
from registry.store.tables.training import ModelRow, ModelVersionRow


def everything(session: Session) -> Registered:
    """All model versions with their bases, all dataset versions with their holders; by name, newest first."""
    holdings = every_holding(session)
    datasets = tuple(Held(version, holdings.get(version.id, ())) for version in every_version(session))
    held = {one.version.id: one for one in datasets}

    def read(_: Session, version_id: str) -> VersionFacts:
        return held[version_id].version

    found = (model_facts(session, key, read=read) for key in _model_versions(session))
    notices = every_notice(session, (one.version for one in datasets))
    models = {model.reference: _with_holders(model, held, notices) for model in found}
    return Registered(tuple(_with_bases(model, models, frozenset()) for model in models.values()), datasets)


def around(
    session: Session, version: VersionFacts
) -> tuple[tuple[VersionFacts, ...], tuple[ModelFacts, ...]]:
    """What a document on one version has to know of the others.

    The versions that it was made from, all that are not public, so that no text of it names them, and the
    models by name, address and visibility alone.
    """
    wanted = set(_not_public(session)) - {version.id}
    for parent in version.derived_from:
        with suppress(NotFoundError, UsageError):  # an address, or a name that is not here
            wanted.add(find_version(session, parent))
    keys = [key for key in _dataset_versions(session) if key in wanted]
    models = tuple(model_in_brief(session, key) for key in _model_versions(session))
    return tuple(version_facts(session, key) for key in keys), models


def _not_public(session: Session) -> Iterator[str]:
    """The versions that are not public, as stated or by their origin."""
    rows = session.execute(
        select(VersionPropertyRow.version_id, VersionPropertyRow.property, VersionPropertyRow.value).where(
            VersionPropertyRow.property.in_(("visibility", "origin")),
            VersionPropertyRow.superseded_at.is_(None),
        )
    )
    stated: dict[str, dict[str, str]] = {}
    for key, name, value in rows:
        stated.setdefault(key, {})[name] = value
    for key, said in stated.items():
        origin = Origin(said["origin"]) if "origin" in said else None
        if Visibility(said.get("visibility", Visibility.default(origin))) is not Visibility.PUBLIC:
            yield key


def _dataset_versions(session: Session) -> list[str]:
    statement = (
        select(DatasetVersionRow.id)
        .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .order_by(DatasetRow.name, DatasetVersionRow.sequence.desc())
    )
    return list(session.scalars(statement))


def _model_versions(session: Session) -> list[str]:
    rows = session.execute(
        select(ModelRow.name, ModelVersionRow.sequence, ModelVersionRow.id).join(
            ModelRow, ModelRow.id == ModelVersionRow.model_id
        )
    )
    return [key for _, _, key in sorted(rows, key=lambda row: (row.name, -row.sequence))]


def _with_holders(
    model: ModelFacts, held: Mapping[str, Held], notices: Mapping[str, tuple[NoticeFacts, ...]]
) -> ModelFacts:
    """The model with the holders and notices of its datasets as they were read: each in memory once.

    A part that was counted has holders of its own.
    """
    parts = (
        replace(
            part,
            holdings=part.holdings if part.part else held[part.version.id].holdings,
            notices=notices[part.version.id],
        )
        for part in model.components
    )
    return replace(model, components=tuple(parts))


def _with_bases(model: ModelFacts, models: Mapping[str, ModelFacts], above: frozenset[str]) -> ModelFacts:
    """The model with all that is known of its bases here; one above itself is not opened again."""
    seen = above | {model.reference}
    return replace(model, base_models=tuple(_base(base, models, seen) for base in model.base_models))


def _base(base: BaseModelFacts, models: Mapping[str, ModelFacts], above: frozenset[str]) -> BaseModelFacts:
    if base.reference is None or base.reference not in models or base.reference in above:
        return base
    return replace(base, model=_with_bases(models[base.reference], models, above))
