"""Saving models, their versions and their training runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.identifiers import identity
from registry.store.statements import Evidence, save_evidence
from registry.store.tables.training import MixtureComponentRow, ModelRow, ModelVersionRow, TrainingRunRow


@dataclass(frozen=True, slots=True)
class NewComponent:
    """A dataset version in a mixture, whole or a selection of it, seen `epochs` times.

    selection: how the part was chosen, as JSON; None for all of it
    counted:   the part as it was counted, as JSON
    """

    version_id: str
    epochs: Fraction
    records: int
    words: int
    selection: str | None = None
    selection_basis: str | None = None
    selection_label: str | None = None
    tokens: int | None = None
    counted: str | None = None


@dataclass(frozen=True, slots=True)
class NewRun:
    """A training run over a mixture. `name` tells the runs of a declaration file apart."""

    stage: str
    mixture: tuple[NewComponent, ...]
    name: str | None = None
    started: str | None = None
    compute_flop: str | None = None


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


def save_run(session: Session, model_version_id: str, run: NewRun, evidence: Evidence, now: str) -> bool:
    """Record a run; returns whether it is news.

    The same stage and mixture is the same run, also where one was recorded without a name. A named one that
    differs takes the place of the run of that name, which ends.
    """
    runs = [(row, _as_new(session, row)) for row in _holding(session, model_version_id)]
    if any(_same(known, run) or (run.name is None and _same_data(known, run)) for _, known in runs):
        return False
    for row, known in runs:
        if run.name is not None and (row.name == run.name or (row.name is None and _same_data(known, run))):
            row.superseded_at = now
    _add(session, model_version_id, run, evidence, now)
    return True


def runs_of(session: Session, model_version_id: str) -> dict[str, NewRun]:
    """The named runs that hold, as they were recorded."""
    return {
        row.name: _as_new(session, row) for row in _holding(session, model_version_id) if row.name is not None
    }


def withdraw_run(session: Session, model_version_id: str, name: str, now: str) -> bool:
    """End the run of a name, or the runs of that stage from the command line; whether there was one."""
    found = [row for row in _holding(session, model_version_id) if name in {row.name, row.stage}]
    for row in found:
        row.superseded_at = now
    session.flush()
    return bool(found)


def _same(one: NewRun, other: NewRun) -> bool:
    """Whether two runs are one, in whatever order their mixtures are given."""
    apart = replace(one, mixture=()), replace(other, mixture=())
    return apart[0] == apart[1] and _same_data(one, other)


def _same_data(one: NewRun, other: NewRun) -> bool:
    """Whether two runs are of one stage and over the same mixture, whatever they are called."""
    return one.stage == other.stage and set(one.mixture) == set(other.mixture)


def _holding(session: Session, model_version_id: str) -> Sequence[TrainingRunRow]:
    return session.scalars(
        select(TrainingRunRow)
        .where(TrainingRunRow.model_version_id == model_version_id, TrainingRunRow.superseded_at.is_(None))
        .order_by(TrainingRunRow.sequence)
    ).all()


def _as_new(session: Session, row: TrainingRunRow) -> NewRun:
    parts = session.scalars(
        select(MixtureComponentRow)
        .where(MixtureComponentRow.run_id == row.id)
        .order_by(MixtureComponentRow.position)
    )
    mixture = tuple(
        NewComponent(
            part.version_id,
            Fraction(part.epochs_numerator, part.epochs_denominator),
            part.records,
            part.words,
            part.selection,
            part.selection_basis,
            part.selection_label,
            part.tokens,
            part.counted,
        )
        for part in parts
    )
    return NewRun(row.stage, mixture, row.name, row.started, row.compute_flop)


def _add(session: Session, model_version_id: str, run: NewRun, evidence: Evidence, now: str) -> None:
    last = session.scalar(
        select(func.max(TrainingRunRow.sequence)).where(TrainingRunRow.model_version_id == model_version_id)
    )
    sequence = (last or 0) + 1
    key = identity("training_run", model_version_id, str(sequence), run.stage, run.name or "")
    session.add(
        TrainingRunRow(
            id=key,
            model_version_id=model_version_id,
            sequence=sequence,
            stage=run.stage,
            name=run.name,
            started=run.started,
            compute_flop=run.compute_flop,
            superseded_at=None,
            evidence_id=save_evidence(session, evidence, now),
            recorded_at=now,
        )
    )
    session.flush()
    session.add_all(_row(key, position, part) for position, part in enumerate(run.mixture))
    session.flush()


def _row(run_id: str, position: int, part: NewComponent) -> MixtureComponentRow:
    return MixtureComponentRow(
        run_id=run_id,
        position=position,
        version_id=part.version_id,
        epochs_numerator=part.epochs.numerator,
        epochs_denominator=part.epochs.denominator,
        records=part.records,
        words=part.words,
        selection=part.selection,
        selection_basis=part.selection_basis,
        selection_label=part.selection_label,
        tokens=part.tokens,
        counted=part.counted,
    )
