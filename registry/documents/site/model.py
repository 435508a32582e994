"""A model's page as a value: its documents, and what it was made from and led to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.documents.disclosure import Disclosure
from registry.documents.edition import Kept
from registry.documents.fields import Status
from registry.documents.inherited import Inherited
from registry.documents.manifest import Manifest
from registry.documents.site.places import Places
from registry.domain.facts import ModelFacts


@dataclass(frozen=True, slots=True)
class Base:
    """A base model: what is known of its training, its page here, the digest of its disclosure's file."""

    found: Inherited
    folder: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Generator:
    """A model that generated training data: its page if it is here, the datasets and their words."""

    name: str
    folder: str | None
    datasets: tuple[str, ...]
    words: int


@dataclass(frozen=True, slots=True)
class ModelPage:
    """Everything the page of one model version tells; all in it is projected.

    derived: models here that were made from it, each with its folder; hidden_derived: how many more
    newer: the newest version of the model with its folder, unless it is this one
    disclosures, manifests: the editions of both documents, the newest first
    """

    folder: str
    disclosure: Disclosure
    manifest: Manifest
    bases: tuple[Base, ...]
    generators: tuple[Generator, ...]
    derived: tuple[tuple[ModelFacts, str], ...]
    hidden_derived: int
    newer: tuple[str, str] | None
    disclosures: tuple[Kept, ...] = ()
    manifests: tuple[Kept, ...] = ()

    @property
    def model(self) -> ModelFacts:
        """The model version, as the audience may see it."""
        return self.disclosure.model

    @property
    def answered(self) -> int:
        """How many fields of the form have an answer, computed or declared, or do not apply."""
        return sum(field.status is not Status.GAP for field in self.disclosure.fields)


def build_model_page(
    model: ModelFacts,
    disclosure: Disclosure,
    manifest: Manifest,
    models: Sequence[ModelFacts],
    places: Places,
    editions: tuple[tuple[Kept, ...], tuple[Kept, ...]] = ((), ()),
) -> ModelPage:
    """The page of a model that has one; `models` are all that are listed, newest first."""
    shown = {other.reference: places.models[other.id] for other in models if other.id in places.models}
    children = [
        other for other in models if any(base.reference == model.reference for base in other.base_models)
    ]
    derived = tuple((other, places.models[other.id]) for other in children if other.id in places.models)
    return ModelPage(
        folder=places.models[model.id],
        disclosure=disclosure,
        manifest=manifest,
        bases=tuple(_base(found, disclosure.model, shown) for found in manifest.inherited),
        generators=_generators(disclosure, shown),
        derived=derived,
        hidden_derived=len(children) - len(derived),
        newer=_newer(model, models, places),
        disclosures=editions[0],
        manifests=editions[1],
    )


def _newer(model: ModelFacts, models: Sequence[ModelFacts], places: Places) -> tuple[str, str] | None:
    newest = next(other for other in models if other.name == model.name and other.id in places.models)
    return None if newest.id == model.id else (newest.reference, places.models[newest.id])


def _base(found: Inherited, model: ModelFacts, shown: Mapping[str, str]) -> Base:
    return Base(found, shown.get(found.reference), dict(_digests(model)).get(found.reference))


def _digests(model: ModelFacts) -> Iterator[tuple[str, str]]:
    """Of the disclosures of a model's bases, and of theirs: the model, and the digest of the file."""
    for base in model.base_models:
        if base.disclosure:
            yield base.disclosure.reference, base.disclosure.sha256
        if base.model:
            yield from _digests(base.model)


def _generators(disclosure: Disclosure, shown: Mapping[str, str]) -> tuple[Generator, ...]:
    datasets: dict[str, list[str]] = {}
    words: dict[str, int] = {}
    for use in disclosure.uses:
        for name in use.version.description.generated_by or ():
            datasets.setdefault(name, []).append(use.version.name)
            words[name] = words.get(name, 0) + use.words
    return tuple(
        Generator(name, shown.get(name), tuple(found), words[name])
        for name, found in sorted(datasets.items())
    )
