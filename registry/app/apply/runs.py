"""Applying training runs: their mixtures are pinned to the versions they were first applied with."""

from collections import Counter

from sqlalchemy.orm import Session

from registry.app.apply.pins import note_on_pin, pins_of, version_of
from registry.app.apply.selections import Sizes
from registry.declarations import schema
from registry.errors import UsageError
from registry.queries.catalogue import version_reference
from registry.store.models import NewComponent, NewRun, runs_of, save_run, withdraw_run
from registry.store.statements import Evidence


def apply_runs(
    session: Session, model_id: str, entry: schema.Model, said_in: str, sizes: Sizes, moment: str
) -> tuple[list[str], list[str]]:
    """Record the runs of a model: the names of what is news, and what a user should know of pins."""
    news, notes = [], []
    recorded = runs_of(session, model_id)
    for run in entry.training:
        name = run.name or run.stage
        if run.state is not None:
            if withdraw_run(session, model_id, name, moment):
                news.append(f"training {name} withdrawn")
            continue
        pins = pins_of(session, recorded.get(name))
        new = _run(session, run, name, pins, recorded.get(name), sizes)
        evidence = Evidence("declared", f"{said_in}: training: {name}", "provider")
        if save_run(session, model_id, new, evidence, moment):
            news.append(f"training {name}")
        found = (note_on_pin(session, part.dataset, pins) for part in run.mixture)
        notes += [f"{entry.name}: {note}" for note in found if note]
    return news, notes


def _run(
    session: Session,
    run: schema.Run,
    name: str,
    pins: dict[str, str],
    recorded: NewRun | None,
    sizes: Sizes,
) -> NewRun:
    mixture = tuple(
        sizes.component(session, part, version_of(session, part.dataset, pins), recorded)
        for part in run.mixture
    )
    _require_once(session, name, mixture)
    return NewRun(run.stage, mixture, name, run.started, run.compute_flop)


def _require_once(session: Session, name: str, mixture: tuple[NewComponent, ...]) -> None:
    for version_id, times in Counter(part.version_id for part in mixture).items():
        if times > 1:
            raise UsageError(
                f"{version_reference(session, version_id)} stands {times} times in the mixture of {name}",
                hint="name it once, with its epochs, or make the parts two runs with names of their own",
            )
