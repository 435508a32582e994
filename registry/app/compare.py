"""What dataset versions share: two of them, one with itself, all with each other."""

from dataclasses import replace

import numpy as np

from registry.app.fingerprints import require_full, require_sketch
from registry.app.home import Home
from registry.app.overlaps import AllOverlaps, all_overlaps
from registry.app.reread import MOST_BYTES, VersionRecords
from registry.documents.comparison import Cluster, Comparison, NearDuplicates, SelfComparison
from registry.domain.dataset import FingerprintMode
from registry.errors import RefusedError, SourceError
from registry.fingerprint.equal import DigestSet, Equal, equal
from registry.fingerprint.leaves import I64
from registry.fingerprint.neighbours import (
    LEAST_EQUAL,
    RESEMBLANCE,
    Neighbours,
    Side,
    clusters,
    confirmed,
    neighbours,
    neighbours_within,
)
from registry.fingerprint.overlap import Overlap, overlap
from registry.fingerprint.shingled import jaccards
from registry.queries.catalogue import find_version
from registry.queries.fingerprinted import fingerprinted
from registry.store.fingerprints.folder import FingerprintFolder

CANDIDATE = 75  # of 128 values: of pairs of a true resemblance of 0.8 one in 10^8 agrees in fewer
MOST_SHOWN = 10
SOME = 5


def compare(home: Home, a: str, b: str, *, exact: bool | None = None) -> Comparison:
    """What two versions share (`NAME[@VERSION]`).

    exact: verify near-duplicates by the true resemblance, from the sources; None: where they are readable and
    no larger than `MOST_BYTES`. Raises `SourceError` where it is asked for and a source is gone or changed.
    """
    sides = _sides(home, a, b)
    folders = [side.folder for side in sides]
    near = records = words = None
    if all(side.version.mode is FingerprintMode.FULL for side in sides):
        records, words = (_equal(folders, column) for column in ("record_digest", "words_digest"))
        _, near = decided(sides, exact)
    return Comparison(
        a=sides[0].version.reference,
        b=sides[1].version.reference,
        overlap=overlap(folders[0].sketch, folders[1].sketch),
        records=records,
        words=words,
        near=near,
    )


def compare_self(home: Home, name: str, *, exact: bool | None = None) -> SelfComparison:
    """How much of a version repeats itself; `exact` as of `compare`."""
    [side] = _sides(home, name)
    version = side.version
    require_full(version)
    found, near = decided([side], exact)
    first = clusters(found)
    sizes = np.bincount(first, minlength=len(first))
    several = np.flatnonzero(sizes > 1)
    largest = several[np.argsort(-sizes[several], kind="stable")][:MOST_SHOWN]
    return SelfComparison(
        version=version.reference,
        records=version.records,
        words_equal=version.words_equal_records,
        near=near,
        repeats=int(found.in_b.sum()),
        cluster_count=len(several),
        clusters=tuple(_cluster(side, np.flatnonzero(first == one)) for one in largest),
    )


def _cluster(side: VersionRecords, members: I64) -> Cluster:
    return Cluster(len(members), tuple(sorted(side.numbers(members[:SOME]).tolist())))


def compare_all(home: Home) -> tuple[AllOverlaps, list[tuple[str, str, Overlap]]]:
    """Every version with a sketch against every other; what is found is kept in the registry.

    Returns also the pairs that share anything, by reference, the greatest containment first.
    """
    found = all_overlaps(home)
    names = {version.id: version.reference for version in found.versions}
    return found, sorted(
        (_by_name(names[a], names[b], shared) for a, b, shared in found.pairs),
        key=lambda pair: (-max(pair[2].a_in_b or 0, pair[2].b_in_a or 0), pair[:2]),
    )


def _by_name(a: str, b: str, found: Overlap) -> tuple[str, str, Overlap]:
    return (a, b, found) if a < b else (b, a, found.turned)


def _sides(home: Home, *names: str) -> list[VersionRecords]:
    """The versions of these names; refused where there is nothing to compare."""
    with home.read() as session:
        ids = [find_version(session, name) for name in names]
        known = {one.id: one for one in fingerprinted(session, ids)}
    for key, name in zip(ids, names, strict=True):
        if key not in known:
            raise RefusedError(
                f"{name} was declared, not read: there is nothing to compare",
                hint="ingest its data, if you have them",
            )
        require_sketch(known[key])
    return [VersionRecords(home, known[key]) for key in ids]


def _equal(folders: list[FingerprintFolder], column: str) -> Equal:
    a, b = (DigestSet(folder.digests(column)) for folder in folders)
    return equal(a, b)


def decided(sides: list[VersionRecords], exact: bool | None) -> tuple[Neighbours, NearDuplicates]:
    """Near-duplicates of two versions, or of one with itself: verified where that can be, else estimated."""
    why = None
    if exact is not False:
        most = None if exact else MOST_BYTES
        why = next((why for side in sides if (why := side.unreadable(most))), None)
        if why is None:
            try:
                found = _verified(sides)
                return found, _told(found, verified=True)
            except SourceError as error:
                if exact:
                    raise
                why = str(error)
        elif exact:
            raise SourceError(why, hint="leave --exact out: the estimate needs no source")
    found = _joined([side.folder.side for side in sides], LEAST_EQUAL)
    return found, _told(found, verified=False, why=why)


def _told(found: Neighbours, *, verified: bool, why: str | None = None) -> NearDuplicates:
    return NearDuplicates(
        int(found.in_a.sum()), int(found.in_b.sum()), found.count, found.complete, verified, why
    )


def _joined(sides: list[Side], least: int) -> Neighbours:
    if len(sides) == 1:
        return neighbours_within(sides[0], least)
    return neighbours(sides[0], sides[1], least)


def _verified(sides: list[VersionRecords]) -> Neighbours:
    """Candidates from the bands, each decided by its true resemblance."""
    apart = [replace(side.folder.side, digests=side.folder.digests("words_digest")) for side in sides]
    found = _joined(apart, CANDIDATE)
    sets, places = [], []
    for column in range(2):
        side = sides[min(column, len(sides) - 1)]
        wanted, which = np.unique(found.pairs[:, column].astype(np.int64), return_inverse=True)
        read, place = side.shingle_sets(wanted)
        sets.append(read)
        places.append(place[which])
    true = jaccards(sets[0], places[0], sets[1], places[1])
    return confirmed(found, true >= RESEMBLANCE, within=len(sides) == 1)
