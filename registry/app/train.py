"""Recording what a model was trained on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.app.home import Home, now
from registry.domain.facts import ModelFacts
from registry.domain.identifiers import check_name, check_url, parse_component, parse_reference
from registry.errors import UsageError
from registry.queries.catalogue import find_version, version_reference
from registry.queries.training import find_model, model_facts
from registry.store.models import NewComponent, NewRun, save_model_version, save_run
from registry.store.statements import Evidence, state
from registry.store.tables.datasets import DatasetVersionRow
from registry.store.tables.training import BaseModelRow, ModelPropertyRow

SAID = Evidence("declared", "registry train", "provider")


@dataclass(frozen=True, slots=True)
class Training:
    """A model version, one run of it, and what is said of the model.

    datasets: `NAME[@VERSION][:EPOCHS]` each; base_models: `NAME[@VERSION]` here, or a URL
    """

    model: str
    datasets: tuple[str, ...]
    stage: str
    provider: str | None = None
    url: str | None = None
    base_models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trained:
    """The model as it is recorded now, and whether this changed anything."""

    model: ModelFacts
    changed: bool


def train(home: Home, training: Training) -> Trained:
    """Record a run; the same again changes nothing. Raises `NotFoundError` for a dataset that is not here."""
    reference = parse_reference(training.model)
    check_name(reference.name)
    for url in (training.url, *(base for base in training.base_models if "://" in base)):
        if url is not None:
            check_url(url)
    moment = now()
    with home.write() as session:
        mixture = _mixture(session, training.datasets)
        model = save_model_version(session, reference.name, reference.version, moment)
        changed = save_run(session, model, NewRun(training.stage, mixture), SAID, moment)
        for name, value in (("provider", training.provider), ("url", training.url)):
            if value is not None:
                about = {"model_version_id": model, "property": name}
                changed |= state(session, ModelPropertyRow, about, {"value": value}, SAID, moment)
        for base in training.base_models:
            changed |= _state_base(session, model, base, moment)
    with home.read() as session:
        return Trained(model_facts(session, model), changed)


def _mixture(session: Session, datasets: Sequence[str]) -> tuple[NewComponent, ...]:
    components = []
    for text in datasets:
        named = parse_component(text)
        version = session.get_one(DatasetVersionRow, find_version(session, str(named.reference)))
        components.append(NewComponent(version.id, named.epochs, version.records, version.words))
    for version_id, times in Counter(part.version_id for part in components).items():
        if times > 1:
            raise UsageError(
                f"{version_reference(session, version_id)} stands {times} times in the mixture",
                hint="name it once, with the epochs after a colon: --dataset NAME@VERSION:EPOCHS",
            )
    return tuple(components)


def _state_base(session: Session, model: str, base: str, moment: str) -> bool:
    is_url = "://" in base
    target = None if is_url else find_model(session, base)
    about = {"model_version_id": model, "base_version_id": target, "base_url": base if is_url else None}
    if target == model:
        raise UsageError(f"{base} cannot be its own base model", hint="name the model it was made from")
    return state(session, BaseModelRow, about, {}, SAID, moment)
