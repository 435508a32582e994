"""What a dataset version consists of, as immutable values: sizes, licenses, media, files, fields."""

from dataclasses import dataclass, replace
from fractions import Fraction

from registry.domain.dataset import FieldRole, FileRole
from registry.domain.license import Obligations, is_choice
from registry.domain.stated import Modality
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

    def in_effect(self, expression: str) -> str:
        """What records that carry an expression stand under: the choice, where the expression offers it."""
        is_chosen = self.choice_of is not None and is_choice(self.stated, of=expression)
        return self.stated if is_chosen else expression

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


def parts_in_effect(stated: LicenseFacts, parts: tuple[LicensePart, ...]) -> tuple[LicensePart, ...]:
    """The parts of a version under what was chosen from their licenses."""
    return tuple(replace(part, expression=stated.in_effect(part.expression)) for part in parts)


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
class RecordDates:
    """From when to when the records are dated, each YYYY, YYYY-MM or YYYY-MM-DD, and how many are."""

    first: str
    last: str
    records: int


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
