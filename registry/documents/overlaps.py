"""What dataset versions share with each other, as an audience may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from registry.documents.projection import Audience
from registry.domain.dataset import FingerprintMode, Visibility
from registry.domain.facts import VersionFacts
from registry.fingerprint.overlap import Interval, Overlap

_SMALL = Fraction(1, 100)


class LeftOut(StrEnum):
    """Why a version was not compared."""

    NOT_READ = "its data were not read here"
    COUNTS = "only counts are kept of it, nothing that could be compared"
    RECIPE = "its fingerprints are of another recipe"
    DAMAGED = "its fingerprints are missing or not as they were written"
    WITHDRAWN = "it is withdrawn"
    NOT_YET = "it was not compared when this was written"


class Relation(StrEnum):
    """What is declared of two versions that share content; A is the first of them."""

    MADE_FROM = "A was made from B"
    MADE_INTO = "B was made from A"
    VERSIONS = "versions of one dataset"
    DETECTED = "detected, not declared"

    @property
    def turned(self) -> "Relation":
        """The same, B first."""
        other = {Relation.MADE_FROM: Relation.MADE_INTO, Relation.MADE_INTO: Relation.MADE_FROM}
        return other.get(self, self)

    @property
    def is_declared(self) -> bool:
        """Whether somebody has said that the two are related."""
        return self is not Relation.DETECTED


@dataclass(frozen=True, slots=True)
class Found:
    """Two versions, by their ids, and what they share."""

    a: str
    b: str
    overlap: Overlap


@dataclass(frozen=True, slots=True)
class Compared:
    """Versions that were compared, the pairs that share anything, and what was left out."""

    versions: frozenset[str] = frozenset()
    pairs: tuple[Found, ...] = ()
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SharedPair:
    """Two versions that share content and may be shown."""

    a: VersionFacts
    b: VersionFacts
    overlap: Overlap
    relation: Relation

    @property
    def turned(self) -> "SharedPair":
        """The same, B first."""
        return SharedPair(self.b, self.a, self.overlap.turned, self.relation.turned)

    @property
    def share(self) -> Fraction:
        """Share of A that is found in B."""
        return Fraction(self.overlap.common, self.overlap.a)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of that share; None where it is exact."""
        return None if self.overlap.scale == 1 else self.overlap.interval(self.overlap.a)

    @property
    def resemblance(self) -> Fraction:
        """Jaccard resemblance."""
        found = self.overlap
        return Fraction(found.common, found.a + found.b - found.common)


@dataclass(frozen=True, slots=True)
class Overlaps:
    """What an audience may see of overlaps.

    pairs:       the greatest share first
    not_printed: pairs that were detected, that nobody has declared, and that are only counted; `small` of
                 them share less than 1 % of either
    compared:    versions that were compared; left_out: that were not, each with why
    """

    pairs: tuple[SharedPair, ...] = ()
    not_printed: int = 0
    small: int = 0
    prints_detected: bool = False
    compared: tuple[VersionFacts, ...] = ()
    left_out: tuple[tuple[VersionFacts, LeftOut], ...] = ()


def project_overlaps(
    found: Compared, versions: Iterable[VersionFacts], audience: Audience, *, detected: bool = False
) -> Overlaps:
    """The overlaps that the audience may see; nothing else of overlaps reaches a page.

    Public: only pairs of two public versions, as a version that is not public could be told by what it
    shares; it is not even counted. Of these, pairs that are declared to be related are shown; what was
    detected alone is counted, and shown where `detected` says so. An auditor sees everything.

    versions: those that are listed, as they are before any other projection
    """
    seen = {one.id: one for one in versions if audience is Audience.AUDITOR or _is_public(one)}
    pairs = [
        _pair(seen[one.a], seen[one.b], one.overlap) for one in found.pairs if {one.a, one.b} <= seen.keys()
    ]
    prints_detected = detected or audience is Audience.AUDITOR
    shown = [one for one in pairs if prints_detected or one.relation.is_declared]
    hidden = [] if prints_detected else [one for one in pairs if not one.relation.is_declared]
    shown.sort(key=lambda one: (-one.share, -one.turned.share, one.a.reference, one.b.reference))
    compared = [one for one in seen.values() if one.id in found.versions]
    left_out = [(one, _why_not(one, found)) for one in seen.values() if one.id not in found.versions]
    return Overlaps(
        tuple(shown),
        len(hidden),
        sum(one.share < _SMALL for one in hidden),
        prints_detected,
        tuple(compared),
        tuple(left_out),
    )


def _is_public(version: VersionFacts) -> bool:
    return version.visibility is Visibility.PUBLIC


def _pair(a: VersionFacts, b: VersionFacts, overlap: Overlap) -> SharedPair:
    pair = SharedPair(a, b, overlap, _relation(a, b))
    other = pair.turned
    return min(pair, other, key=lambda one: (-one.share, one.a.reference))


def _relation(a: VersionFacts, b: VersionFacts) -> Relation:
    if b.reference in a.derived_from:
        return Relation.MADE_FROM
    if a.reference in b.derived_from:
        return Relation.MADE_INTO
    return Relation.VERSIONS if a.name == b.name else Relation.DETECTED


def _why_not(version: VersionFacts, found: Compared) -> LeftOut:
    if not version.is_measured:
        return LeftOut.NOT_READ
    if version.withdrawn:
        return LeftOut.WITHDRAWN
    if version.fingerprint_mode is FingerprintMode.COUNTS:
        return LeftOut.COUNTS
    return found.left_out.get(version.id, LeftOut.NOT_YET)
