"""What is known of a dataset version, as one immutable value."""

from dataclasses import dataclass

from registry.domain.dataset import FingerprintMode, Origin, SizeBasis, SplitText, Visibility
from registry.domain.facts.holders import ContributorCount, ContributorFacts
from registry.domain.facts.parts import (
    DistributionFacts,
    DomainPart,
    FieldFacts,
    LanguagePart,
    LicenseFacts,
    LicensePart,
    MediaPart,
    RecordDates,
    Size,
)
from registry.domain.reservation import Protocol, Says
from registry.domain.stated import Description


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
    dates: RecordDates | None = None

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
