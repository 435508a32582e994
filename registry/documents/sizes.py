"""How much of each modality there is, measured or declared, and how many tokens a text may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Use
from registry.domain.dataset import SizeBasis
from registry.domain.facts import ComponentFacts, MediaPart, Size, VersionFacts
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
    """The modalities that are known to be in a version: those counted in the data, others as declared."""
    found = {Modality.TEXT} if version.size.words else set()
    found |= {part.modality for part in version.media}
    if version.description.measured is not None:
        found.add(version.description.measured.modality)
    return frozenset(found)


def may_hold_more(version: VersionFacts) -> bool:
    """Whether other modalities are possible: in bytes that nobody has recognised, or in unknown fields."""
    if version.description.measured is not None:
        return False
    if not version.fields:
        return True
    holds_bytes = any("binary" in field.types for field in version.fields)
    return holds_bytes and (not version.media or media_part(version, Modality.OTHER) is not None)


def media_part(version: VersionFacts, modality: Modality) -> MediaPart | None:
    """How much of a modality was counted in the bytes of a version; None where nothing was."""
    return next((part for part in version.media if part.modality is modality), None)


def is_declared(component: ComponentFacts) -> bool:
    """Whether the size of what was used is declared, not measured: of the version, or of the part of it."""
    return not component.version.is_measured or component.selection.basis is SizeBasis.DECLARED


def is_declared_once(use: Use) -> bool:
    """Whether the size that counts once is declared: not where a run used as much and that was counted."""
    once = (use.records, use.words)
    return not any((one.records, one.words) == once and not is_declared(one) for one in use.components)


def images(use: Use) -> int | None:
    """How many images were used, as counted, else as declared; of a part, in proportion, rounded up."""
    if (counted := media_part(use.version, Modality.IMAGE)) is not None:
        return _ceiling(counted.items * _used_records(use.once))
    declared = use.version.description.measured
    if declared is None or declared.images is None:
        return None
    return _ceiling(declared.images * _used(use.once))


def hours(use: Use, modality: Modality | None = None) -> Fraction | None:
    """How many hours of audio, of video, or of both were used, as read from the containers, else as declared.

    Of a part, in proportion. Items whose length could not be read are left out.
    """
    parts = [part for part in use.version.media if part.lasts and modality in {None, part.modality}]
    if parts:
        known = [part.hours for part in parts if part.hours is not None]
        return sum(known, Fraction(0)) * _used_records(use.once) if known else None
    declared = use.version.description.measured
    if declared is None or declared.hours is None or modality not in {None, declared.modality}:
        return None
    return Fraction(declared.hours) * _used(use.once)


def items(use: Use, modality: Modality) -> int | None:
    """How many items of a modality were used, as counted; of a part, in proportion, rounded up."""
    part = media_part(use.version, modality)
    return None if part is None else _ceiling(part.items * _used_records(use.once))


def undetermined(use: Use, modality: Modality) -> int:
    """How many of the items of a modality that were used could not be read; of a part, in proportion."""
    part = media_part(use.version, modality)
    return 0 if part is None else _ceiling(part.undetermined * _used_records(use.once))


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
    """Records, words and bytes used of the versions whose sizes are of a modality, or were counted by it."""
    return sum((_size(use, modality) for use in found), Size(0, 0, 0))


def _size(use: Use, modality: Modality) -> Size:
    part = media_part(use.version, modality)
    if part is not None:
        used = _used_records(use.once)
        return Size(_ceiling(part.records * used), 0, _ceiling(part.bytes * used))
    is_text = not use.version.media or use.words
    if modality_of(use.version) is modality and is_text:
        return Size(use.records, use.words, use.bytes)
    return Size(0, 0, 0)


def _used(component: ComponentFacts) -> Fraction:
    """The share of a version that was used: of its words, else of its records; all where neither is known."""
    whole = component.version.size
    if whole.words:
        return Fraction(component.words, whole.words)
    return Fraction(component.records, whole.records) if whole.records else Fraction(1)


def _used_records(component: ComponentFacts) -> Fraction:
    """The share of a version that was used, of its records: what is no text goes with these."""
    whole = component.version.size
    return Fraction(component.records, whole.records) if whole.records else _used(component)


def _ceiling(amount: int | Fraction) -> int:
    return -(-amount.numerator // amount.denominator)
