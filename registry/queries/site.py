"""Everything that a site tells: all models and dataset versions, each read once."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.documents.site.registered import Held, Registered
from registry.domain.facts import BaseModelFacts, ModelFacts, VersionFacts
from registry.queries.catalogue import every_holding, every_version
from registry.queries.training import model_facts
from registry.store.tables.training import ModelRow, ModelVersionRow


def everything(session: Session) -> Registered:
    """All model versions with their bases, all dataset versions with their holders; by name, newest first."""
    holdings = every_holding(session)
    datasets = tuple(Held(version, holdings.get(version.id, ())) for version in every_version(session))
    held = {one.version.id: one for one in datasets}

    def read(_: Session, version_id: str) -> VersionFacts:
        return held[version_id].version

    found = (model_facts(session, key, read=read) for key in _model_versions(session))
    models = {model.reference: _with_holders(model, held) for model in found}
    return Registered(tuple(_with_bases(model, models, frozenset()) for model in models.values()), datasets)


def _model_versions(session: Session) -> list[str]:
    rows = session.execute(
        select(ModelRow.name, ModelVersionRow.sequence, ModelVersionRow.id).join(
            ModelRow, ModelRow.id == ModelVersionRow.model_id
        )
    )
    return [key for _, _, key in sorted(rows, key=lambda row: (row.name, -row.sequence))]


def _with_holders(model: ModelFacts, held: Mapping[str, Held]) -> ModelFacts:
    """The model with the holders of its datasets as they were read: each stands in memory once.

    A part that was counted has holders of its own.
    """
    parts = (
        part if part.part else replace(part, holdings=held[part.version.id].holdings)
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
