"""Saving models, their versions and their training runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.identifiers import identity
from registry.store.tables.training import MixtureComponentRow, ModelRow, ModelVersionRow, TrainingRunRow


@dataclass(frozen=True, slots=True)
class NewComponent:
    """A dataset version in a mixture, whole, seen `epochs` times."""

    version_id: str
    epochs: Fraction
    records: int
    words: int


def save_model_version(session: Session, name: str, label: str | None, now: str) -> str:
    """The identifier of a model version, recorded if it is new; without a label the newest, or `1`."""
    model_id = identity("model", name)
    if session.get(ModelRow, model_id) is None:
        session.add(ModelRow(id=model_id, name=name, recorded_at=now))
        session.flush()
    newest = session.scalars(
        select(ModelVersionRow)
        .where(ModelVersionRow.model_id == model_id)
        .order_by(ModelVersionRow.sequence.desc())
    ).first()
    chosen = label or (newest.label if newest else "1")
    version_id = identity("model_version", name, chosen)
    if session.get(ModelVersionRow, version_id) is None:
        sequence = newest.sequence + 1 if newest else 1
        session.add(
            ModelVersionRow(
                id=version_id, model_id=model_id, label=chosen, sequence=sequence, recorded_at=now
            )
        )
        session.flush()
    return version_id


def save_run(
    session: Session, model_version_id: str, stage: str, mixture: Sequence[NewComponent], now: str
) -> bool:
    """Record a run over a mixture; returns whether it is new. The same stage and mixture is the same run."""
    key = identity(
        "training_run",
        model_version_id,
        stage,
        *(f"{part.version_id}:{part.epochs}" for part in sorted(mixture, key=lambda part: part.version_id)),
    )
    if session.get(TrainingRunRow, key) is not None:
        return False
    last = session.scalar(
        select(func.max(TrainingRunRow.sequence)).where(TrainingRunRow.model_version_id == model_version_id)
    )
    session.add(
        TrainingRunRow(
            id=key, model_version_id=model_version_id, sequence=(last or 0) + 1, stage=stage, recorded_at=now
        )
    )
    session.flush()
    session.add_all(
        MixtureComponentRow(
            run_id=key,
            position=position,
            version_id=part.version_id,
            epochs_numerator=part.epochs.numerator,
            epochs_denominator=part.epochs.denominator,
            records=part.records,
            words=part.words,
        )
        for position, part in enumerate(mixture)
    )
    session.flush()
    return True
