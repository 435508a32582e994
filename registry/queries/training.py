"""Models and what they were trained on."""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.facts import BaseModelFacts, ComponentFacts, ModelFacts
from registry.domain.identifiers import parse_reference
from registry.queries.catalogue import holdings_of, version_facts
from registry.queries.lookup import chosen_version, that_hold
from registry.store.tables.datasets import VersionPropertyRow
from registry.store.tables.rights import LicenseStatementRow
from registry.store.tables.training import (
    BaseModelRow,
    MixtureComponentRow,
    ModelPropertyRow,
    ModelRow,
    ModelVersionRow,
    TrainingRunRow,
)


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """One line of the list of models."""

    name: str
    version: str
    provider: str | None
    datasets: int
    records: int
    words: int
    recorded_at: str


def find_model(session: Session, reference: str) -> str:
    """The identifier of `NAME[@VERSION]`; the newest version where none is named. Raises `NotFoundError`."""
    wanted = parse_reference(reference)
    versions = (
        select(ModelVersionRow.id, ModelVersionRow.label)
        .join(ModelRow, ModelRow.id == ModelVersionRow.model_id)
        .where(ModelRow.name == wanted.name)
        .order_by(ModelVersionRow.sequence.desc())
    )
    return chosen_version(session, "model", wanted, versions, select(ModelRow.name))


def list_models(session: Session) -> list[ModelSummary]:
    """Every model version, by name and then newest first."""
    rows = session.scalars(select(ModelVersionRow).order_by(ModelVersionRow.sequence.desc())).all()
    summaries = [_summary(model_facts(session, row.id)) for row in rows]
    return sorted(summaries, key=lambda summary: summary.name)


def model_facts(session: Session, version_id: str, *, with_holdings: bool = False) -> ModelFacts:
    """Everything known of a model version; its datasets' holdings on request (they can be many)."""
    row = session.get_one(ModelVersionRow, version_id)
    stated = _properties(session, version_id)
    return ModelFacts(
        id=row.id,
        name=session.get_one(ModelRow, row.model_id).name,
        label=row.label,
        recorded_at=row.recorded_at,
        stated_at=_last_statement(session, row),
        provider=stated.get("provider"),
        url=stated.get("url"),
        base_models=_base_models(session, version_id),
        components=_components(session, version_id, with_holdings=with_holdings),
    )


def model_reference(session: Session, version_id: str) -> str:
    """`name@label` of a model version."""
    row = session.get_one(ModelVersionRow, version_id)
    return f"{session.get_one(ModelRow, row.model_id).name}@{row.label}"


def _summary(model: ModelFacts) -> ModelSummary:
    return ModelSummary(
        name=model.name,
        version=model.label,
        provider=model.provider,
        datasets=len(model.by_version()),
        records=model.records,
        words=model.words,
        recorded_at=model.recorded_at,
    )


def _properties(session: Session, version_id: str) -> dict[str, str]:
    rows = that_hold(session, ModelPropertyRow, ModelPropertyRow.model_version_id == version_id)
    return {row.property: row.value for row in rows}


def _base_models(session: Session, version_id: str) -> tuple[BaseModelFacts, ...]:
    rows = that_hold(session, BaseModelRow, BaseModelRow.model_version_id == version_id)
    found = [
        BaseModelFacts(
            model_reference(session, row.base_version_id) if row.base_version_id else None, row.base_url
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda base: (base.reference or "", base.url or "")))


def _components(session: Session, version_id: str, *, with_holdings: bool) -> tuple[ComponentFacts, ...]:
    statement = (
        select(TrainingRunRow, MixtureComponentRow)
        .join(MixtureComponentRow, MixtureComponentRow.run_id == TrainingRunRow.id)
        .where(TrainingRunRow.model_version_id == version_id)
        .order_by(TrainingRunRow.sequence, MixtureComponentRow.position)
    )
    return tuple(
        ComponentFacts(
            stage=run.stage,
            run=run.sequence,
            version=version_facts(session, part.version_id),
            epochs=Fraction(part.epochs_numerator, part.epochs_denominator),
            records=part.records,
            words=part.words,
            holdings=holdings_of(session, part.version_id) if with_holdings else (),
        )
        for run, part in session.execute(statement)
    )


def _last_statement(session: Session, model: ModelVersionRow) -> str:
    """When something was last said of the model or of a dataset it was trained on."""
    runs = select(TrainingRunRow.id).where(TrainingRunRow.model_version_id == model.id)
    versions = select(MixtureComponentRow.version_id).where(MixtureComponentRow.run_id.in_(runs))
    moments = [model.recorded_at]
    for statement in (
        select(TrainingRunRow.recorded_at).where(TrainingRunRow.model_version_id == model.id),
        select(ModelPropertyRow.recorded_at).where(ModelPropertyRow.model_version_id == model.id),
        select(BaseModelRow.recorded_at).where(BaseModelRow.model_version_id == model.id),
        select(VersionPropertyRow.recorded_at).where(VersionPropertyRow.version_id.in_(versions)),
        select(LicenseStatementRow.recorded_at).where(LicenseStatementRow.version_id.in_(versions)),
    ):
        moments += session.scalars(statement).all()
    return max(moments)
