"""What two dataset versions share, as a document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registry.fingerprint.equal import Equal
from registry.fingerprint.neighbours import LEAST_EQUAL, RESEMBLANCE
from registry.fingerprint.overlap import Interval, Overlap
from registry.fingerprint.parameters import RECIPE

Json = dict[str, Any]
CAVEAT = "Overlap is overlap: it does not say who took from whom, nor that anybody did."


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Near-duplicate records of two versions.

    a, b:     records with one on the other side
    pairs:    of records; at least so many where not `complete`
    verified: whether each pair's true resemblance was computed from the sources
    why:      what stood in the way of that, where something did
    """

    a: int
    b: int
    pairs: int
    complete: bool
    verified: bool
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, by name; what only full fingerprints say is None where these are not kept."""

    a: str
    b: str
    overlap: Overlap
    records: Equal | None
    words: Equal | None
    near: NearDuplicates | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records of one version that resemble each other: how many, and some of their numbers."""

    size: int
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SelfComparison:
    """How much of one version repeats itself.

    repeats:  records that resemble an earlier one
    clusters: the largest, of `cluster_count`; records of one cluster resemble each other in a chain
    """

    version: str
    records: int
    words_equal: int | None
    near: NearDuplicates
    repeats: int
    cluster_count: int
    clusters: tuple[Cluster, ...]


def comparison_json(found: Comparison) -> Json:
    """The document of two versions."""
    overlap = found.overlap
    return {
        "a": found.a,
        "b": found.b,
        "records_equal": found.records.pairs if found.records else None,
        "words_equal": {"a": found.words.a, "b": found.words.b} if found.words else None,
        "near_duplicates": near_json(found.near) if found.near else None,
        "containment": containment_json(overlap),
        "resemblance": overlap.resemblance,
        "sketch": {"scale": overlap.scale, "a": overlap.a, "b": overlap.b, "common": overlap.common},
        "recipe": RECIPE.as_dict(),
        "caveat": CAVEAT,
    }


def containment_json(overlap: Overlap) -> Json:
    """Both containments with their 95 % intervals."""
    return {
        "a_in_b": overlap.a_in_b,
        "b_in_a": overlap.b_in_a,
        "interval": {
            "a_in_b": ends(overlap.interval(overlap.a)),
            "b_in_a": ends(overlap.interval(overlap.b)),
        },
        "exact": overlap.scale == 1,
    }


def ends(interval: Interval | None) -> list[float] | None:
    """An interval as its two ends."""
    return [interval.low, interval.high] if interval else None


def near_json(near: NearDuplicates) -> Json:
    """Near-duplicates, and by what they were decided."""
    decided = (
        {"threshold": RESEMBLANCE, "status": "verified"}
        if near.verified
        else {"threshold": LEAST_EQUAL / RECIPE.permutations, "status": "estimated"}
    )
    return {
        "a": near.a,
        "b": near.b,
        "pairs": near.pairs,
        "complete": near.complete,
        **decided,
        "not_verified_because": near.why,
    }


def self_json(found: SelfComparison) -> Json:
    """The document of one version against itself."""
    return {
        "a": found.version,
        "records": found.records,
        "words_equal_records": found.words_equal,
        "near_duplicate_records": found.repeats,
        "near_duplicates": near_json(found.near),
        "clusters": {
            "count": found.cluster_count,
            "largest": [{"size": one.size, "records": list(one.records)} for one in found.clusters],
        },
        "recipe": RECIPE.as_dict(),
    }


def matrix_json(versions: Sequence[str], pairs: Sequence[tuple[str, str, Overlap]]) -> Json:
    """All versions against each other: the pairs that share something."""
    return {
        "versions": list(versions),
        "pairs": [
            {
                "a": a,
                "b": b,
                "containment": containment_json(overlap),
                "resemblance": overlap.resemblance,
                "common": overlap.common,
                "scale": overlap.scale,
            }
            for a, b, overlap in pairs
        ],
        "recipe": RECIPE.as_dict(),
        "caveat": CAVEAT,
    }
