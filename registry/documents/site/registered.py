"""Everything a registry holds, and what of it a site for an audience tells."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from registry.documents.described import described_id, general_names
from registry.documents.edition import Editions
from registry.documents.overlaps import Compared
from registry.documents.projection import Audience, project
from registry.domain.dataset import Visibility
from registry.domain.facts import ComponentFacts, HoldingFacts, KnownModel, ModelFacts, VersionFacts


@dataclass(frozen=True, slots=True)
class Held:
    """A dataset version with those who hold rights in it."""

    version: VersionFacts
    holdings: tuple[HoldingFacts, ...] = ()

    @property
    def component(self) -> ComponentFacts:
        """All of it, once: what the projection and the sums work on."""
        size = self.version.size
        return ComponentFacts("", 0, self.version, Fraction(1), size.records, size.words, self.holdings)


@dataclass(frozen=True, slots=True)
class Registered:
    """All model versions, their components with holdings, and all dataset versions; newest first by name.

    compared: what the dataset versions share with each other
    editions: those of all documents
    """

    models: tuple[ModelFacts, ...]
    datasets: tuple[Held, ...]
    compared: Compared = field(default_factory=Compared)
    editions: Editions = field(default_factory=dict)

    @property
    def listed_models(self) -> tuple[ModelFacts, ...]:
        """Without those withdrawn, unless something was made from them or one of their documents approved."""
        kept = tuple(model for model in self.models if not model.withdrawn)
        bases = {base.reference for model in kept for base in model.base_models}
        approved = {model for _, model in self.editions}
        return tuple(
            model
            for model in self.models
            if not model.withdrawn or model.reference in bases or model.id in approved
        )

    @property
    def listed_datasets(self) -> tuple[Held, ...]:
        """Without those withdrawn, unless a listed model was trained on them or a dataset made from them."""
        used = {part.version.id for model in self.listed_models for part in model.components}
        kept = [held.version for held in self.datasets if not held.version.withdrawn]
        parents = {parent for version in kept for parent in version.derived_from}
        return tuple(held for held in self.datasets if _is_listed(held.version, used, parents))


def with_page(models: Iterable[ModelFacts], audience: Audience) -> tuple[ModelFacts, ...]:
    """The models that have a page: for the public the public ones."""
    return tuple(
        model for model in models if audience is Audience.AUDITOR or model.visibility is Visibility.PUBLIC
    )


def project_all(datasets: Iterable[Held], models: Iterable[ModelFacts], audience: Audience) -> ModelFacts:
    """The datasets as the audience may see them: the mixture of a model that was trained on each once.

    models: all that are here, so that the names of those that are not public stand nowhere
    """
    here = tuple(KnownModel(model.reference, model.url, model.visibility) for model in models)
    mixture = _mixture(tuple(held.component for held in datasets))
    return project(replace(mixture, models_here=here), audience)


def projected_ids(datasets: Iterable[Held], audience: Audience) -> dict[str, str]:
    """The id of each version after `project_all`; that of a private one stands for nothing there."""
    versions = [held.version for held in datasets]
    names = {} if audience is Audience.AUDITOR else general_names(versions)
    return {one.id: described_id(names[one.id]) if one.id in names else one.id for one in versions}


def _mixture(components: tuple[ComponentFacts, ...]) -> ModelFacts:
    return ModelFacts("registry", "registry", "", "", "", None, None, (), components)


def _is_listed(version: VersionFacts, used: Collection[str], parents: Collection[str]) -> bool:
    return not version.withdrawn or version.id in used or version.reference in parents


def last_moment(registered: Registered) -> str:
    """When something was last stated: ISO 8601, or "" of an empty registry."""
    of_models = (model.stated_at for model in registered.models)
    of_datasets = (stated for held in registered.datasets for stated in _moments(held.version))
    return max((*of_models, *of_datasets), default="")


def _moments(version: VersionFacts) -> Iterable[str]:
    return (version.recorded_at, *(evidence.recorded_at for evidence in version.evidence))
