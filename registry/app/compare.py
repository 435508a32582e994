"""What dataset versions share: two of them, one with itself, all with each other."""

from dataclasses import replace

import numpy as np

from registry.app.fingerprints import has_sketch, opened, require_full, require_sketch
from registry.app.home import Home
from registry.app.reread import MOST_BYTES, is_readable, shingle_sets
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
from registry.fingerprint.overlap import Overlap, overlap, overlaps
from registry.fingerprint.shingled import ShingleSets, jaccards
from registry.queries.catalogue import find_version
from registry.queries.fingerprinted import Fingerprinted, fingerprinted
from registry.store.fingerprints.folder import FingerprintFolder
from registry.store.overlaps import are_current, load_overlaps, save_overlaps

CANDIDATE = 75  # of 128 values: of pairs of a true resemblance of 0.8 one in 10^10 agrees in fewer
MOST_SHOWN = 10
SOME = 5


def compare(home: Home, a: str, b: str, *, exact: bool | None = None) -> Comparison:
    """What two versions share (`NAME[@VERSION]`).

    exact: verify near-duplicates by the true resemblance, from the sources; None: where they are readable and
    no larger than `MOST_BYTES`. Raises `SourceError` where it is asked for and a source is gone or changed.
    """
    with home.read() as session:
        ids = [find_version(session, name) for name in (a, b)]
        known = {one.id: one for one in fingerprinted(session, ids)}
    versions = [_known(known, key, name) for key, name in zip(ids, (a, b), strict=True)]
    folders = [opened(home, version) for version in versions]
    near = records = words = None
    if all(version.mode is FingerprintMode.FULL for version in versions):
        records, words = (_equal(folders, column) for column in ("record_digest", "words_digest"))
        near = _near(versions, folders, exact)
    return Comparison(
        a=versions[0].reference,
        b=versions[1].reference,
        overlap=overlap(folders[0].sketch, folders[1].sketch),
        records=records,
        words=words,
        near=near,
    )


def compare_self(home: Home, name: str, *, exact: bool | None = None) -> SelfComparison:
    """How much of a version repeats itself; `exact` as of `compare`."""
    with home.read() as session:
        key = find_version(session, name)
        known = {one.id: one for one in fingerprinted(session, [key])}
    version = _known(known, key, name)
    folder = opened(home, version)
    require_full(version)
    found, near = _decided([version], [folder], exact)
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
        clusters=tuple(
            Cluster(int(sizes[one]), tuple(np.flatnonzero(first == one)[:SOME].tolist())) for one in largest
        ),
    )


def compare_all(home: Home) -> tuple[list[Fingerprinted], list[tuple[str, str, Overlap]]]:
    """Every version with a sketch against every other; what is found is kept in the registry.

    Returns the versions, and the pairs that share anything, by reference, the greatest containment first.
    """
    with home.read() as session:
        versions = [one for one in fingerprinted(session) if has_sketch(one)]
        current = are_current(session, versions)
        known = load_overlaps(session) if current else []
    if not current:
        sketches = [opened(home, version).sketch for version in versions]
        found = [(versions[i], versions[j], shared) for (i, j), shared in overlaps(sketches).items()]
        with home.write() as session:
            save_overlaps(session, versions, found)
            known = load_overlaps(session)
    names = {version.id: version.reference for version in versions}
    return versions, sorted(
        (_by_name(names[a], names[b], shared) for a, b, shared in known),
        key=lambda pair: (-max(pair[2].a_in_b or 0, pair[2].b_in_a or 0), pair[:2]),
    )


def _by_name(a: str, b: str, found: Overlap) -> tuple[str, str, Overlap]:
    return (a, b, found) if a < b else (b, a, found.turned)


def _known(known: dict[str, Fingerprinted], key: str, name: str) -> Fingerprinted:
    if key not in known:
        raise RefusedError(
            f"{name} was declared, not read: there is nothing to compare",
            hint="ingest its data, if you have them",
        )
    require_sketch(known[key])
    return known[key]


def _equal(folders: list[FingerprintFolder], column: str) -> Equal:
    a, b = (DigestSet(folder.digests(column)) for folder in folders)
    return equal(a, b)


def _near(
    versions: list[Fingerprinted], folders: list[FingerprintFolder], exact: bool | None
) -> NearDuplicates:
    return _decided(versions, folders, exact)[1]


def _decided(
    versions: list[Fingerprinted], folders: list[FingerprintFolder], exact: bool | None
) -> tuple[Neighbours, NearDuplicates]:
    """Near-duplicates of two versions, or of one with itself: verified where that can be, else estimated."""
    why = None
    if exact is not False:
        most = None if exact else MOST_BYTES
        why = next((_why_not(version, most) for version in versions if _why_not(version, most)), None)
        if why is None:
            try:
                found = _verified(versions, folders)
                return found, _told(found, verified=True)
            except SourceError as error:
                if exact:
                    raise
                why = str(error)
        elif exact:
            raise SourceError(why, hint="leave --exact out: the estimate needs no source")
    found = _joined([folder.side for folder in folders], LEAST_EQUAL)
    return found, _told(found, verified=False, why=why)


def _why_not(version: Fingerprinted, most: int | None) -> str | None:
    if is_readable(version.reading, most):
        return None
    size = f", or larger than {most >> 20} MiB" if most else ""
    return f"the source of {version.reference} is not readable here{size}"


def _told(found: Neighbours, *, verified: bool, why: str | None = None) -> NearDuplicates:
    return NearDuplicates(
        int(found.in_a.sum()), int(found.in_b.sum()), found.count, found.complete, verified, why
    )


def _joined(sides: list[Side], least: int) -> Neighbours:
    if len(sides) == 1:
        return neighbours_within(sides[0], least)
    return neighbours(sides[0], sides[1], least)


def _verified(versions: list[Fingerprinted], folders: list[FingerprintFolder]) -> Neighbours:
    """Candidates from the bands, each decided by its true resemblance."""
    apart = [replace(folder.side, digests=folder.digests("words_digest")) for folder in folders]
    found = _joined(apart, CANDIDATE)
    sets, places = [], []
    for side in range(2):
        at = min(side, len(versions) - 1)
        wanted, place = np.unique(found.pairs[:, side].astype(np.int64), return_inverse=True)
        sets.append(_sets(versions[at], folders[at], wanted))
        places.append(place)
    true = jaccards(sets[0], places[0], sets[1], places[1])
    return confirmed(found, true >= RESEMBLANCE, within=len(versions) == 1)


def _sets(version: Fingerprinted, folder: FingerprintFolder, wanted: I64) -> ShingleSets:
    if version.reading is None:
        raise SourceError("is not known", file=version.reference, hint="ingest it again under a new label")
    return shingle_sets(version.reading, folder, wanted)
