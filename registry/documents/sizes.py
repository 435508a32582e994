"""How much of each modality there is, measured or declared, and how many tokens a text may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Use
from registry.domain.dataset import SizeBasis
from registry.domain.facts import ComponentFacts, Size, VersionFacts
from registry.domain.stated import Modality, Tokenizer

_MARKS = 2  # begin and end of a record
_WORDS_PER_TOKEN = 10


@dataclass(frozen=True, slots=True)
class Tokens:
    """At least and at most this many; `most` None: no bound is known. Equal where counted or estimated."""

    least: int
    most: int | None

    def __add__(self, more: "Tokens") -> "Tokens":
        most = None if self.most is None or more.most is None else self.most + more.most
        return Tokens(self.least + more.least, most)


def modality_of(version: VersionFacts) -> Modality:
    """What the records, words and bytes of a version are sizes of."""
    measured = version.description.measured
    return Modality.TEXT if version.is_measured or measured is None else measured.modality


def modalities_of(version: VersionFacts) -> frozenset[Modality]:
    """The modalities that are known to be in a version: text where words were counted, others as declared."""
    found = {Modality.TEXT} if version.size.words else set()
    if version.description.measured is not None:
        found.add(version.description.measured.modality)
    return frozenset(found)


def may_hold_more(version: VersionFacts) -> bool:
    """Whether other modalities are possible: in binary values, or where the fields are not known."""
    if version.description.measured is not None:
        return False
    return not version.fields or any("binary" in field.types for field in version.fields)


def is_declared(component: ComponentFacts) -> bool:
    """Whether the size of what was used is declared, not measured: of the version, or of the part of it."""
    return not component.version.is_measured or component.selection.basis is SizeBasis.DECLARED


def is_declared_once(use: Use) -> bool:
    """Whether the size that counts once is declared: not where a run used as much and that was counted."""
    once = (use.records, use.words)
    return not any((one.records, one.words) == once and not is_declared(one) for one in use.components)


def images(use: Use) -> int | None:
    """How many images were used, as declared; of a part, in proportion, rounded up."""
    measured = use.version.description.measured
    return (
        None if measured is None or measured.images is None else _ceiling(measured.images * _used(use.once))
    )


def hours(use: Use) -> Fraction | None:
    """How many hours were used, as declared; of a part, in proportion."""
    measured = use.version.description.measured
    return None if measured is None or measured.hours is None else Fraction(measured.hours) * _used(use.once)


def declared_tokens(component: ComponentFacts) -> int | None:
    """The declared tokens of what was used; of a part of a version, where not stated, in proportion."""
    if component.selection.tokens is not None:
        return component.selection.tokens
    measured = component.version.description.measured
    if measured is None or measured.modality is not Modality.TEXT or measured.tokens is None:
        return None
    return _ceiling(measured.tokens * _used(component))


def counted_tokens(use: Use) -> int | None:
    """The declared tokens of a version, once: the largest part, where all parts state theirs."""
    found = [declared_tokens(component) for component in use.components]
    known = [count for count in found if count is not None]
    return max(known) if len(known) == len(found) else None


def estimated_tokens(use: Use, tokenizer: Tokenizer) -> int | None:
    """Words times the declared factor; declared tokens where no words are known."""
    if use.words and tokenizer.tokens_per_word is not None:
        return round(use.words * tokenizer.tokens_per_word)
    return counted_tokens(use)


def bounded_tokens(use: Use) -> Tokens:
    """The bounds that hold for every tokenizer.

    At most: one token for each UTF-8 byte, and marks around each record. At least: no tokenizer joins more
    than ten words (of unspaced scripts: characters) in the average token. Whole versions bound a selection.
    """
    declared = counted_tokens(use)
    if declared is not None:
        return Tokens(declared, declared)
    size = use.version.size
    bounded = bool(size.bytes) or use.version.is_measured
    most = size.bytes + _MARKS * size.records if bounded else None
    return Tokens(use.words // _WORDS_PER_TOKEN, most)


def holds(use: Use, modality: Modality) -> bool:
    """Whether a modality is known to be in what was used."""
    return modality in modalities_of(use.version)


def size_of(found: Iterable[Use], modality: Modality) -> Size:
    """Records, words and bytes used of the versions whose sizes are of a modality."""
    sizes = (Size(use.records, use.words, use.bytes) for use in found if modality_of(use.version) is modality)
    return sum(sizes, Size(0, 0, 0))


def _used(component: ComponentFacts) -> Fraction:
    """The share of a version that was used: of its words, else of its records; all where neither is known."""
    whole = component.version.size
    if whole.words:
        return Fraction(component.words, whole.words)
    return Fraction(component.records, whole.records) if whole.records else Fraction(1)


def _ceiling(amount: int | Fraction) -> int:
    return -(-amount.numerator // amount.denominator)
