"""The minimum cover of an undocumented dataset by known ones, from sketches.

The greedy algorithm of Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash and
minimum metagenome covers", bioRxiv 2022: take the reference that explains most of what is left, again and
again. Shares are of the words: each hash counts as often as it occurs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.leaves import I64
from registry.fingerprint.overlap import Z95, Interval, interval, places_in
from registry.fingerprint.parameters import threshold
from registry.fingerprint.sketch import Sketch

LEAST_SHARE: Final = 0.01
LEAST_HASHES: Final = 50  # fewer at the scale of a comparison say nothing
SAME: Final = 0.999  # of what the chosen one explains: a tie


@dataclass(frozen=True, slots=True)
class Part:
    """What one reference explains of the dataset in question.

    reference: its place among the references
    share:     of the words, whether explained by others too or not
    interval:  of `share`, 95 %
    unique_share: of the words, what the references chosen before it had left
    reference_covered: share of the reference's distinct shingles that is found
    ties:      references that explain the same, to a thousandth
    """

    reference: int
    share: float
    interval: Interval | None
    unique_share: float
    reference_covered: float
    ties: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover, in the order chosen.

    overlaps:   every reference that has the least share, in the cover or not, the greatest share first
    shadowed:   those of `overlaps` that add less than the least share to the cover, and are no tie
    too_coarse: references whose sketch is too coarse to be held against this dataset
    scale:      the coarsest scale that was needed
    """

    parts: tuple[Part, ...]
    overlaps: tuple[Part, ...]
    shadowed: tuple[int, ...]
    unassigned: float
    too_coarse: tuple[int, ...]
    scale: int


@dataclass(frozen=True, slots=True, eq=False)
class _Reference:
    number: int
    scale: int
    places: I64  # in the query, ascending
    size: int  # distinct hashes at `scale`


def cover(query: Sketch, references: Sequence[Sketch], least_share: float = LEAST_SHARE) -> Cover:
    """Explain a dataset by as few references as are needed; what none explains is unassigned."""
    known, too_coarse = _comparable(query, references)
    shares = {one.number: _share(query, one, one.scale, None) for one in known}
    known = [one for one in known if shares[one.number] >= least_share]
    left = np.ones(len(query.hashes), np.bool_)
    scale, parts = query.scale, list[Part]()
    waiting = list(known)
    while waiting:
        gains = [_share(query, one, max(scale, one.scale), left) for one in waiting]
        best = int(np.argmax(gains))
        if gains[best] < least_share:
            break
        chosen = waiting.pop(best)
        scale = max(scale, chosen.scale)
        ties = [one for one in waiting if _is_tie(query, one, chosen, scale, left)]
        waiting = [one for one in waiting if one not in ties]
        parts.append(_part(query, chosen, shares, gains[best], tuple(one.number for one in ties)))
        left[chosen.places] = False
    named = {number for part in parts for number in (part.reference, *part.ties)}
    overlaps = sorted(
        (_part(query, one, shares, 0.0) for one in known), key=lambda part: (-part.share, part.reference)
    )
    return Cover(
        parts=tuple(parts),
        overlaps=tuple(overlaps),
        shadowed=tuple(part.reference for part in overlaps if part.reference not in named),
        unassigned=_weight(query, scale, left),
        too_coarse=too_coarse,
        scale=scale,
    )


def _comparable(query: Sketch, references: Sequence[Sketch]) -> tuple[list[_Reference], tuple[int, ...]]:
    """The references at the coarser of their and the query's scale; those with too few hashes there."""
    known, too_coarse = [], []
    for number, reference in enumerate(references):
        scale = max(query.scale, reference.scale)
        at_scale = reference.downsample(scale)
        asked = query.downsample(scale)
        if scale > query.scale and len(asked.hashes) < LEAST_HASHES <= len(query.hashes):
            too_coarse.append(number)
            continue
        places = places_in(asked.hashes, at_scale.hashes)
        if len(places):
            known.append(_Reference(number, scale, places, len(at_scale.hashes)))
    return known, tuple(too_coarse)


def _upto(query: Sketch, scale: int) -> int:
    return int(np.searchsorted(query.hashes, np.uint64(threshold(scale)), side="right"))


def _share(query: Sketch, one: _Reference, scale: int, left: NDArray[np.bool_] | None) -> float:
    """Share of the query's words at a scale that a reference explains, of those left if given."""
    most = _upto(query, scale)
    places = one.places[: np.searchsorted(one.places, most)]
    if left is not None:
        places = places[left[places]]
    whole = int(query.counts[:most].sum())
    return int(query.counts[places].sum()) / whole if whole else 0.0


def _weight(query: Sketch, scale: int, left: NDArray[np.bool_]) -> float:
    most = _upto(query, scale)
    whole = int(query.counts[:most].sum())
    return int(query.counts[:most][left[:most]].sum()) / whole if whole else 1.0


def _is_tie(query: Sketch, one: _Reference, chosen: _Reference, scale: int, left: NDArray[np.bool_]) -> bool:
    """Whether a reference explains what the chosen one does, and no more."""
    both = np.intersect1d(one.places, chosen.places, assume_unique=True)
    shared = _share(query, _Reference(one.number, scale, both, one.size), scale, left)
    least = SAME * max(_share(query, chosen, scale, left), _share(query, one, scale, left))
    return shared >= least


def _part(
    query: Sketch, one: _Reference, shares: dict[int, float], gain: float, ties: tuple[int, ...] = ()
) -> Part:
    return Part(
        reference=one.number,
        share=shares[one.number],
        interval=_interval(query, one, shares[one.number]),
        unique_share=gain,
        reference_covered=len(one.places) / one.size,
        ties=ties,
    )


def _interval(query: Sketch, one: _Reference, share: float) -> Interval | None:
    """Of a share of words: a sample of hashes of unequal counts, never narrower than that of equal ones."""
    most = _upto(query, one.scale)
    plain = interval(len(one.places), most, one.scale)
    if plain is None or one.scale == 1:
        return plain and Interval(share, share)
    counts = query.counts[:most].astype(np.float64)
    off = np.full(most, share)
    off[one.places] = 1 - share
    spread = Z95 * float(np.sqrt(np.square(counts * off).sum())) / float(counts.sum())
    half = max(spread, (plain.high - plain.low) / 2)
    return Interval(max(0.0, share - half), min(1.0, share + half))
