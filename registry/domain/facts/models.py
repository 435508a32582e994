"""What is known of a model and of what it was trained on, as immutable values."""

from dataclasses import dataclass, replace
from fractions import Fraction

from registry.domain.benchmarks import Outcome
from registry.domain.dataset import SelectionKind, SizeBasis, Visibility
from registry.domain.facts.holders import HoldingFacts
from registry.domain.facts.parts import DomainPart, LanguagePart, LicensePart, NoticeFacts, Size
from registry.domain.facts.versions import VersionFacts
from registry.domain.stated import Exemption, ProviderAnswers, Tokenizer


@dataclass(frozen=True, slots=True)
class SelectionFacts:
    """What part of a version was used, in words, with its label, and how its size is known."""

    kind: SelectionKind = SelectionKind.ALL
    text: str = "all"
    label: str | None = None
    basis: SizeBasis = SizeBasis.MEASURED
    tokens: int | None = None
    evidence: str | None = None


ALL = SelectionFacts()


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What was counted of a selected part alone; empty where the records do not say it themselves.

    lacks_holders: it was counted before holders of parts of its version were declared, and is not told apart
    by these
    """

    size: Size
    licenses: tuple[LicensePart, ...] = ()
    languages: tuple[LanguagePart, ...] = ()
    domains: tuple[DomainPart, ...] = ()
    lacks_holders: bool = False


@dataclass(frozen=True, slots=True)
class ComponentFacts:
    """A dataset version in a training run: what of it was used, once, and how often.

    part: the part that was used, where it was counted record by record; `holdings` are then of the part alone
    notices: the license and notice files of the version; only where its holdings were asked for
    """

    stage: str
    run: int
    version: VersionFacts
    epochs: Fraction
    records: int
    words: int
    holdings: tuple[HoldingFacts, ...] = ()
    selection: SelectionFacts = ALL
    part: PartFacts | None = None
    notices: tuple[NoticeFacts, ...] = ()

    @property
    def takes_all(self) -> bool:
        """Whether as much was used as the version holds."""
        return (self.records, self.words) == (self.version.size.records, self.version.size.words)

    @property
    def whole(self) -> Size:
        """The size of what its holdings, licenses, languages and domains are stated of."""
        return self.part.size if self.part else self.version.size

    @property
    def licenses(self) -> tuple[LicensePart, ...]:
        """How much of `whole` carries which license of its own."""
        return self.part.licenses if self.part else self.version.licenses

    @property
    def domains(self) -> tuple[DomainPart, ...]:
        """How much of `whole` comes from which domain."""
        return self.part.domains if self.part else self.version.domains

    @property
    def words_seen(self) -> Fraction:
        """Words times epochs."""
        return self.words * self.epochs


def counted_once(components: tuple[ComponentFacts, ...]) -> ComponentFacts:
    """What all runs together used of one version.

    Different parts may overlap to any extent, so their union is not known: the one with the most words
    stands for all of them, and is the least that was used. One that was counted record by record keeps its
    own records, since its holders and licenses add up to these.
    """
    if len(components) == 1:
        return components[0]
    largest = max(components, key=lambda component: (component.words, component.records))
    most = largest.records if largest.part else max(component.records for component in components)
    return replace(largest, stage=components[0].stage, run=components[0].run, records=most)


@dataclass(frozen=True, slots=True)
class DisclosedDataset:
    """A line of another registry's disclosure: a dataset that a base model was trained on."""

    dataset: str
    version: str | None
    title: str | None
    url: str | None
    publisher: str | None
    origin: str | None
    license: str
    records: int
    words: int


@dataclass(frozen=True, slots=True)
class BaseDisclosure:
    """A base model as another registry discloses it; `sha256` is of the file that was read."""

    name: str
    label: str
    provider: str | None
    url: str | None
    headline: str
    audience: str
    sha256: str
    records: int
    words: int
    datasets: tuple[DisclosedDataset, ...]

    @property
    def reference(self) -> str:
        """`name@label`."""
        return f"{self.name}@{self.label}"


@dataclass(frozen=True, slots=True)
class BaseModelFacts:
    """What a model was made from: a version here (`model`, on request), a URL, or another's disclosure.

    visibility: of the version here, also where `model` was not asked for
    """

    reference: str | None
    url: str | None
    model: "ModelFacts | None" = None
    disclosure: BaseDisclosure | None = None
    visibility: Visibility = Visibility.PUBLIC

    @property
    def shown(self) -> str:
        """The base model as a sentence names it."""
        disclosed = self.disclosure.reference if self.disclosure else None
        return self.reference or disclosed or self.url or "a base model"


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """Who answers for a model: a declared agent with its answers, or only a name."""

    name: str
    agent: str | None = None
    kind: str | None = None
    url: str | None = None
    contact: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    answers: ProviderAnswers = ProviderAnswers()


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A training run: its number, stage, and what is stated of it."""

    run: int
    stage: str
    name: str | None = None
    started: str | None = None
    compute_flop: str | None = None


@dataclass(frozen=True, slots=True)
class SearchFacts:
    """What is found of a benchmark in a version that was trained on, or in several that are not named.

    version_id: of the version; through: the base model that was trained on it, None of the model's own
    is_part: a part of it was used, and all of it searched
    outcome: None where it was not searched, as `why` says; datasets: how many versions it stands for
    """

    version_id: str
    dataset: str
    visibility: Visibility
    through: str | None = None
    is_part: bool = False
    outcome: Outcome | None = None
    why: str | None = None
    datasets: int = 1


@dataclass(frozen=True, slots=True)
class BenchmarkFacts:
    """A test that a model is measured by: a dataset version, what is reported, where it was searched."""

    version_id: str
    reference: str
    title: str | None
    url: str | None
    visibility: Visibility
    records: int
    results: tuple[tuple[str | None, str | None], ...] = ()
    searches: tuple[SearchFacts, ...] = ()
    unsearchable: str | None = None


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model version here that a dataset names as what generated it: its `reference` and documentation."""

    reference: str
    url: str | None = None
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """A model version and the mixture it was trained on; a version used by several runs counts once.

    no_base_model: it is stated that there is none
    california_exemption: why it is stated that California asks for no documentation of it
    models_here: the models of this registry that `generated_by` of its datasets names
    benchmarks: tests that it is measured by; no_benchmarks: `none` or `not applicable`, where that is stated
    """

    id: str
    name: str
    label: str
    recorded_at: str
    stated_at: str
    provider: str | None
    url: str | None
    base_models: tuple[BaseModelFacts, ...]
    components: tuple[ComponentFacts, ...]
    provider_facts: ProviderFacts | None = None
    runs: tuple[RunFacts, ...] = ()
    no_base_model: bool = False
    placed_on_eu_market: str | None = None
    tokenizer: Tokenizer | None = None
    continues_to_learn: str | None = None
    intended_purpose: str | None = None
    california_exemption: Exemption | None = None
    visibility: Visibility = Visibility.PUBLIC
    withdrawn: bool = False
    models_here: tuple[KnownModel, ...] = ()
    benchmarks: tuple[BenchmarkFacts, ...] = ()
    no_benchmarks: str | None = None

    @property
    def reference(self) -> str:
        """`name@label`."""
        return f"{self.name}@{self.label}"

    def by_version(self) -> tuple[tuple[ComponentFacts, ...], ...]:
        """The components of each dataset version, in the order of their first use."""
        found: dict[str, list[ComponentFacts]] = {}
        for component in self.components:
            found.setdefault(component.version.id, []).append(component)
        return tuple(map(tuple, found.values()))

    @property
    def records(self) -> int:
        """Records used, each version once."""
        return sum(counted_once(components).records for components in self.by_version())

    @property
    def words(self) -> int:
        """Words used, each version once."""
        return sum(counted_once(components).words for components in self.by_version())

    @property
    def words_seen(self) -> Fraction:
        """Words times epochs, added up over the runs."""
        return sum((component.words_seen for component in self.components), Fraction(0))
