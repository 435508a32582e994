"""The page of overlaps as a value: which dataset versions share content with which, and how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.figures import counted, exact, percent
from registry.documents.overlaps import LeftOut, Overlaps, Relation, SharedPair
from registry.domain.facts import VersionFacts

FOLDER = "overlaps"
MOST_MAPPED = 40
_TENTH = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class OverlapPage:
    """Everything the page tells; all in it is projected.

    mapped: the versions in the map, those with the greatest overlap first; `versions` share something
    """

    folder: str
    updated: str
    found: Overlaps
    versions: tuple[VersionFacts, ...]

    @property
    def mapped(self) -> tuple[VersionFacts, ...]:
        """The versions that the map has room for."""
        return self.versions[:MOST_MAPPED]

    @property
    def headline(self) -> str:
        """Which two share the most, in a sentence."""
        return headline(self.found)


@dataclass(frozen=True, slots=True)
class Shares:
    """What one version shares, as its own page tells it: it is A of each pair, the greatest share first."""

    pairs: tuple[SharedPair, ...] = ()
    left_out: LeftOut | None = None
    prints_detected: bool = False


def build_overlap_page(found: Overlaps, updated: str) -> OverlapPage | None:
    """The page; None where there are no two versions that could share anything."""
    if len(found.compared) + len(found.left_out) < 2:
        return None
    versions = {one.id: one for pair in found.pairs for one in (pair.a, pair.b)}
    return OverlapPage(FOLDER, updated, found, tuple(versions.values()))


@dataclass(frozen=True, slots=True)
class SharesByVersion:
    """What each version shares with others, the greatest share first, by its id."""

    pairs: Mapping[str, tuple[SharedPair, ...]]
    left_out: Mapping[str, LeftOut]
    prints_detected: bool

    def of(self, version: VersionFacts) -> Shares:
        """What one shares."""
        pairs, left_out = self.pairs.get(version.id, ()), self.left_out.get(version.id)
        return Shares(pairs, left_out, self.prints_detected)


def shares_by_version(found: Overlaps) -> SharesByVersion:
    """Look over all pairs once."""
    pairs: dict[str, list[SharedPair]] = {}
    for pair in found.pairs:
        pairs.setdefault(pair.a.id, []).append(pair)
        pairs.setdefault(pair.b.id, []).append(pair.turned)
    ordered = {key: tuple(sorted(own, key=_greatest_first)) for key, own in pairs.items()}
    left_out = {one.id: why for one, why in found.left_out}
    return SharesByVersion(ordered, left_out, found.prints_detected)


def _greatest_first(pair: SharedPair) -> tuple[Fraction, Fraction, str]:
    return -pair.share, -pair.turned.share, pair.b.reference


def headline(found: Overlaps) -> str:
    """The greatest overlap in a sentence, or that there is none to show."""
    if found.pairs:
        return f"{shared(found.pairs[0])}{_more(found)}"
    if len(found.compared) < 2:
        return "There are no two datasets that could be compared"
    if found.prints_detected:
        return f"No two of {exact(len(found.compared))} dataset versions share content"
    return "No overlap was found between datasets that are declared to be related"


def shared(pair: SharedPair) -> str:
    """How much of A is found in B, in a sentence; about, where that is an estimate."""
    return f"{share_said(pair)} of {pair.a.reference} is found in {pair.b.reference}"


def share_said(pair: SharedPair) -> str:
    """The share of A that is found in B, as a sentence begins with it."""
    if pair.interval is None:
        return "All" if pair.share == 1 else percent(pair.share)
    whole = Fraction(round(pair.share * 100), 100)
    return f"About {percent(whole if pair.share > _TENTH and whole < 1 else pair.share)}"


def not_printed_said(found: Overlaps) -> str | None:
    """How many overlaps are not printed, and who can see them; None where all are."""
    if not found.not_printed:
        return None
    count = found.not_printed
    verb, subject, pronoun = ("was", "it is", "it") if count == 1 else ("were", "they are", "them")
    small = f", {exact(found.small)} of them under 1 %" if found.small and count > 1 else ""
    return (
        f"{counted(count, 'further overlap')} {verb} detected that nobody has declared{small}; "
        f"{subject} not printed about others' datasets. `registry compare --all` lists {pronoun}, and so "
        "does the auditor's copy."
    )


def said_of(relation: Relation) -> str:
    """What is declared, as the page of A says it."""
    return {
        Relation.MADE_FROM: "this one was made from it",
        Relation.MADE_INTO: "it was made from this one",
        Relation.VERSIONS: "another version of this dataset",
    }.get(relation, relation.value)


def _more(found: Overlaps) -> str:
    if len(found.pairs) < 2:
        return ""
    which = "" if found.prints_detected else " between related datasets"
    return f", the greatest of {exact(len(found.pairs))} overlaps{which}"
