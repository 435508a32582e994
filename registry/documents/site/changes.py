"""What was stated last, told by day and by what it was said of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.documents.figures import counted
from registry.documents.subject import listed
from registry.domain.facts import ModelFacts, VersionFacts

_DAY = 10  # characters of an ISO 8601 date


@dataclass(frozen=True, slots=True)
class Change:
    """At a moment (ISO 8601) something was said of a dataset or model version; `id` is that version's."""

    moment: str
    id: str
    of: str
    what: str


def changes(
    models: Iterable[ModelFacts], versions: Iterable[VersionFacts], most: int = 12
) -> tuple[Change, ...]:
    """The last changes, newest first; of the same moment in order of what they are about."""
    found = [change for model in models for change in _of_model(model)]
    found += [change for version in versions for change in _of_version(version)]
    found.sort(key=lambda change: (change.of, change.id))
    found.sort(key=lambda change: change.moment, reverse=True)
    return tuple(found[:most])


def _of_model(model: ModelFacts) -> Iterator[Change]:
    datasets = counted(len(model.by_version()), "dataset")
    yield Change(model.recorded_at, model.id, model.reference, f"model recorded, trained on {datasets}")
    if model.stated_at[:_DAY] != model.recorded_at[:_DAY]:
        what = "statement on it, its provider or its datasets"
        yield Change(model.stated_at, model.id, model.reference, what)


def _of_version(version: VersionFacts) -> Iterator[Change]:
    recorded = version.recorded_at
    words = f", {counted(version.size.words, 'word')}" if version.size.words else ""
    known = "recorded" if version.is_measured else "declared, not measured"
    yield Change(recorded, version.id, version.reference, f"dataset {known}{words}")
    later = [one for one in version.evidence if one.recorded_at[:_DAY] != recorded[:_DAY]]
    for day in sorted({one.recorded_at[:_DAY] for one in later}):
        found = [one for one in later if one.recorded_at[:_DAY] == day]
        stated = listed(sorted({one.property.replace("_", " ") for one in found}))
        moment = max(one.recorded_at for one in found)
        yield Change(moment, version.id, version.reference, f"stated: {stated}")
