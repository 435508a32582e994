"""The registry's first page as a value: its models, its datasets, its holders, what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.documents.composition import Part, Use, uses
from registry.documents.contact import Contact
from registry.documents.edition import History
from registry.documents.figures import counted
from registry.documents.names import WITHHELD_AGENT
from registry.documents.partition import UNIDENTIFIED, portions
from registry.documents.site.changes import Change
from registry.documents.site.model import ModelPage
from registry.domain.dataset import Visibility
from registry.domain.facts import ModelFacts


@dataclass(frozen=True, slots=True)
class ModelLine:
    """A model version in the list: by name with its page, or under a general name without.

    history: of its disclosure
    """

    name: str
    folder: str | None
    provider: str | None
    datasets: int
    words: int
    answered: int | None
    fields: int | None
    withdrawn: bool
    history: History = History()


@dataclass(frozen=True, slots=True)
class DatasetLine:
    """A dataset version, described one, or sum of private ones in the list; `models` were trained on it."""

    use: Use
    folder: str | None
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    """How many hold rights in the datasets, and in how many words: named, withheld, unidentified."""

    named: int
    withheld: int
    named_words: int
    withheld_words: int
    unidentified_words: int


@dataclass(frozen=True, slots=True)
class RegistryIndex:
    """Everything the first page tells; all in it is projected. Sizes count each dataset version once.

    moment: of the last statement, ISO 8601; "" of an empty registry
    """

    moment: str
    models: tuple[ModelLine, ...]
    model_versions: int
    datasets: tuple[DatasetLine, ...]
    dataset_names: int
    dataset_versions: int
    records: int
    words: int
    origins: tuple[Part, ...]
    licenses: tuple[Part, ...]
    languages: tuple[Part, ...]
    rights: Rights
    changes: tuple[Change, ...]
    contacts: tuple[Contact, ...]

    @property
    def headline(self) -> str:
        """The registry in a sentence: "2 models and 27 datasets, 41 million words"."""
        if not self.models and not self.datasets:
            return "Nothing is registered yet"
        models = counted(self.model_versions, "model")
        return f"{models} and {counted(self.dataset_names, 'dataset')}, {counted(self.words, 'word')}"


def model_lines(pages: Iterable[ModelPage], hidden: Iterable[ModelFacts]) -> tuple[ModelLine, ...]:
    """Models with a page, then described ones under general names, then the private ones in one line."""
    others = tuple(hidden)
    described = [model for model in others if model.visibility is Visibility.DESCRIBED]
    private = [model for model in others if model.visibility is Visibility.PRIVATE]
    described.sort(key=lambda model: (-model.words, model.id))
    return (
        *map(_with_page, pages),
        *(_without(f"model {number}", [model]) for number, model in enumerate(described, start=1)),
        *([_without(f"{WITHHELD_AGENT} ({len(private)})", private)] if private else []),
    )


def _with_page(page: ModelPage) -> ModelLine:
    model, disclosure = page.model, page.disclosure
    return ModelLine(
        model.reference,
        page.folder,
        model.provider,
        disclosure.datasets,
        disclosure.words,
        page.answered,
        len(disclosure.fields),
        model.withdrawn,
        disclosure.history,
    )


def _without(name: str, models: list[ModelFacts]) -> ModelLine:
    versions = {component.version.id for model in models for component in model.components}
    words = sum(model.words for model in models)
    return ModelLine(name, None, None, len(versions), words, None, None, withdrawn=False)


def dataset_lines(
    registry: ModelFacts, folders: Mapping[str, str], models: Iterable[ModelFacts], shown: Mapping[str, str]
) -> tuple[DatasetLine, ...]:
    """The projected versions, the largest first, each with the models that used it.

    models: those with a page, as they were before projection: what is described has a number of its own on
    every page. shown: the id that a version has in `registry`
    """
    trained: dict[str, list[str]] = {}
    for model in models:
        for found in model.by_version():
            trained.setdefault(shown[found[0].version.id], []).append(model.reference)
    return tuple(
        DatasetLine(use, folders.get(use.version.id), tuple(trained.get(use.version.id, ())))
        for use in uses(registry)
    )


def rights_of(registry: ModelFacts, holders: int) -> Rights:
    """Who holds rights in the projected versions; `holders` is how many there are before projection."""
    named: set[str] = set()
    words = {"named": 0, WITHHELD_AGENT: 0, UNIDENTIFIED: 0}
    for use in uses(registry):
        for portion in portions(use.once):
            identity = portion.agent.id if portion.agent else UNIDENTIFIED
            words[identity if identity in words else "named"] += portion.words
            named.add(identity)
    found = len(named - {WITHHELD_AGENT, UNIDENTIFIED})
    return Rights(found, holders - found, words["named"], words[WITHHELD_AGENT], words[UNIDENTIFIED])
