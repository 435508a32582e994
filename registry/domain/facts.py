"""What queries hand to documents and commands: read models, frozen, without rows."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from registry.domain.agent import ContributorType
from registry.domain.benchmarks import Outcome
from registry.domain.dataset import (
    FieldRole,
    FileRole,
    FingerprintMode,
    Origin,
    SelectionKind,
    SizeBasis,
    SplitText,
    Visibility,
)
from registry.domain.license import Obligations, is_choice
from registry.domain.reservation import Protocol, Says
from registry.domain.stated import Description, Exemption, Modality, ProviderAnswers, Tokenizer
from registry.domain.terms import InheritedLicense, Terms, effective_duties, effective_expression, own_terms

LASTING = frozenset({Modality.AUDIO, Modality.VIDEO})


@dataclass(frozen=True, slots=True)
class Size:
    """How much content: records, words (as the recipe counts them), UTF-8 bytes."""

    records: int
    words: int
    bytes: int

    def __add__(self, more: "Size") -> "Size":
        return Size(self.records + more.records, self.words + more.words, self.bytes + more.bytes)

    def __sub__(self, part: "Size") -> "Size":
        return Size(self.records - part.records, self.words - part.words, self.bytes - part.bytes)


@dataclass(frozen=True, slots=True)
class LicenseFacts:
    """What is stated on a version's license, as SPDX expressions (None: nobody has said), and what follows.

    records:   the different licenses that its records carry, `NOASSERTION` where some carry none
    inherited: the terms of everything that it is declared to be made from, the nearest first
    """

    declared: str | None
    declared_raw: str | None
    concluded: str | None
    records: tuple[str, ...] = ()
    inherited: tuple[InheritedLicense, ...] = ()

    @property
    def stated(self) -> str:
        """As said of the dataset itself: as concluded, else as declared, else NOASSERTION."""
        return self.concluded or self.declared or "NOASSERTION"

    @property
    def choice_of(self) -> str | None:
        """The declared expression, where a reviewer chose from the alternatives that it offers."""
        chosen = self.concluded and self.declared and is_choice(self.concluded, of=self.declared)
        return self.declared if chosen else None

    @property
    def contradicts(self) -> bool:
        """Whether a reviewer found something else than is declared, and no choice of it."""
        return bool(self.concluded and self.declared) and (
            self.concluded != self.declared and self.choice_of is None
        )

    @property
    def own(self) -> Terms:
        """The terms of the dataset itself: as stated, and as its records carry them."""
        return own_terms(self.stated, self.records)

    @property
    def effective(self) -> str:
        """What to work with: its own terms and all inherited ones, at once."""
        return effective_expression(self.own, self.inherited)

    @property
    def duties(self) -> Obligations:
        """What the effective license asks for; unknown where an ancestor's terms are."""
        return effective_duties(self.own, self.inherited)

    @property
    def incomplete(self) -> tuple[str, ...]:
        """The ancestors whose terms nobody has stated, or not of all their records."""
        return tuple(one.reference for one in self.inherited if not one.terms.is_complete)


@dataclass(frozen=True, slots=True)
class LicensePart:
    """How much of a version carries which license of its own, and how it was spelled."""

    expression: str
    raw: str
    size: Size


@dataclass(frozen=True, slots=True)
class LanguagePart:
    """How much of a version is in a language (BCP 47), and how that is known."""

    language: str
    basis: str
    size: Size


@dataclass(frozen=True, slots=True)
class DomainPart:
    """How much of a version comes from a registrable domain."""

    domain: str
    size: Size


@dataclass(frozen=True, slots=True)
class MediaPart:
    """How much of a version is images, audio, video, or bytes of no known format: counted in the bytes.

    items:        images, recordings, films; records: how many records hold such an item
    milliseconds: how long those last that could be read; None where none could, or it has no length
    undetermined: items that could not be read: damaged, not there, or nothing was at hand to read them with
    rates:        the most frequent sampling rates in Hz or frames per second, the lowest first
    """

    modality: Modality
    items: int
    records: int
    bytes: int
    milliseconds: int | None = None
    undetermined: int = 0
    rates: tuple[str, ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether its items have a length."""
        return self.modality in LASTING

    @property
    def hours(self) -> Fraction | None:
        """How long those items last that could be read."""
        return None if self.milliseconds is None else Fraction(self.milliseconds, 3_600_000)


@dataclass(frozen=True, slots=True)
class DistributionFacts:
    """A file of a version."""

    path: str
    role: FileRole
    format: str | None
    split: str | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A license or notice file of a version, or a notice that is stated of it; its text where it is kept.

    text: letter for letter, e-mail addresses too: for what a license asks to reproduce, and nothing else
    """

    path: str
    sha256: str
    text: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """A field of the records."""

    path: str
    role: FieldRole
    types: tuple[str, ...]
    leaf_count: int


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """A person, organization or program; `scope` is the dataset within which the name means this agent.

    in_public: the same under the name of a member that the public has, where its own stands in no public data
    """

    id: str
    kind: str
    name: str
    scope: str
    shown_as: str
    in_public: "AgentFacts | None" = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Party:
    """An agent's exact share in a holding; `also`: other names of the same agent, of those merged into it."""

    agent: AgentFacts
    share: Fraction
    also: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class HoldingFacts:
    """A part of a version with its holders; no party means unidentified. `license` None: the version's."""

    parties: tuple[Party, ...]
    license: str | None
    basis: str
    size: Size


@dataclass(frozen=True, slots=True)
class ContributorFacts:
    """Who is stated to have taken part in a version, and how; None where nobody has said in how much.

    role:  MARC relator code, where the source gives one; basis: `declared` or `metadata`
    """

    agent: AgentFacts
    type: ContributorType
    role: str | None
    basis: str
    records: int | None
    words: int | None


@dataclass(frozen=True, slots=True)
class ContributorCount:
    """How many contributors the data names, annotators left out, and how many records name none."""

    count: int
    unidentified_records: int


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What supports the statement of a property: the kind of evidence, where it stands, who says so."""

    property: str
    kind: str
    location: str
    asserted_by: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class ContradictionFacts:
    """Something else is said elsewhere: `stated` holds, `found` stands at `location`."""

    property: str
    stated: str
    found: str
    location: str


@dataclass(frozen=True, slots=True)
class ReservationFacts:
    """What was said of training on a day: of a domain, or of a whole version where `domain` is None.

    place: what said so at which host; what one place says on a day holds until it says something else
    """

    domain: str | None
    place: str
    protocol: Protocol
    agent: str
    path: str
    is_whole: bool
    says: Says
    observed: str
    malformed: str | None = None


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """Everything known of a dataset version but its holdings.

    is_original: it is stated that it was made from no other dataset
    explode: the path to nested records, where the records are these
    annotators: how many people the records name as such
    """

    id: str
    name: str
    label: str
    content_digest: str
    recipe: str
    fingerprint_id: str
    fingerprint_mode: FingerprintMode
    size: Size
    characters: int
    words_equal_records: int | None
    near_duplicate_records: int | None
    near_duplicates_complete: bool | None
    sampled_records: int | None
    source: str
    revision: str | None
    recorded_at: str
    origin: Origin | None
    visibility: Visibility
    title: str | None
    url: str | None
    publisher: str | None
    license: LicenseFacts
    licenses: tuple[LicensePart, ...]
    languages: tuple[LanguagePart, ...]
    domains: tuple[DomainPart, ...]
    contributors: ContributorCount
    fields: tuple[FieldFacts, ...]
    distributions: tuple[DistributionFacts, ...]
    derived_from: tuple[str, ...]
    measured_with: str | None = None
    basis: SizeBasis = SizeBasis.MEASURED
    description: Description = Description()
    publisher_kind: str | None = None
    unavailable_since: str | None = None
    withdrawn: bool = False
    is_original: bool = False
    evidence: tuple[EvidenceFacts, ...] = ()
    contradictions: tuple[ContradictionFacts, ...] = ()
    explode: str | None = None
    split_text: SplitText = SplitText.DOCUMENT
    media: tuple[MediaPart, ...] = ()
    reservations: tuple[ReservationFacts, ...] = ()
    stated_contributors: tuple[ContributorFacts, ...] = ()
    annotators: int = 0

    @property
    def reference(self) -> str:
        """`name@label`."""
        return f"{self.name}@{self.label}"

    @property
    def is_measured(self) -> bool:
        """Whether the registry read the data itself; else its sizes are declared, and it has no digest."""
        return self.basis is SizeBasis.MEASURED

    def amount(self, unit: str) -> int | None:
        """`records`, `words` or `bytes`; None where nobody has measured or declared them."""
        if self.is_measured:
            return int(getattr(self.size, unit))
        declared = self.description.measured
        return None if declared is None else getattr(declared, unit)


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

    Parts of different sizes may overlap to any extent, so their union is not known: the largest stands for
    all of them, and is the least that was used.
    """
    if len(components) == 1:
        return components[0]
    records = max(component.records for component in components)
    largest = max(components, key=lambda component: component.words)
    return replace(largest, stage=components[0].stage, run=components[0].run, records=records)


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
