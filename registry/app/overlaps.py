"""What all dataset versions share with each other: kept in the registry, computed anew where it changed."""

from dataclasses import dataclass

from registry.app.fingerprints import has_sketch, opened
from registry.app.home import Home
from registry.documents.overlaps import LeftOut
from registry.documents.subject import listed
from registry.domain.dataset import FingerprintMode
from registry.errors import RefusedError, StoreError
from registry.fingerprint.overlap import Overlap, overlaps
from registry.fingerprint.sketch import Sketch
from registry.queries.fingerprinted import Fingerprinted, fingerprinted
from registry.store.overlaps import Pair, are_current, load_overlaps, save_overlaps


@dataclass(frozen=True, slots=True)
class AllOverlaps:
    """Versions that were compared, the pairs that share anything, and versions left out, each with why.

    not_kept: why what was computed could not be kept in the registry, where it could not
    """

    versions: tuple[Fingerprinted, ...]
    pairs: tuple[Pair, ...]
    left_out: tuple[tuple[Fingerprinted, LeftOut], ...]
    not_kept: str | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the user should know of it: who was left out and why, and what could not be kept."""
        told = [
            f"Left out of the overlaps: {listed(names)} ({why.value})"
            for why in LeftOut
            if (names := [version.reference for version, reason in self.left_out if reason is why])
        ]
        if self.not_kept:
            told.append(f"The overlaps were computed, but could not be kept: {self.not_kept}")
        return tuple(told)


def all_overlaps(home: Home) -> AllOverlaps:
    """Every version whose sketch can be read against every other; nothing that cannot be read stops it."""
    with home.read() as session:
        found = fingerprinted(session)
        comparable = [version for version in found if has_sketch(version)]
        kept = load_overlaps(session) if are_current(session, comparable) else None
    left_out = [(version, _why_not(version)) for version in found if not has_sketch(version)]
    if kept is not None:
        return AllOverlaps(tuple(comparable), tuple(kept), tuple(left_out))
    sketches: dict[str, Sketch] = {}
    for version in comparable:
        sketch = _sketch(home, version)
        if isinstance(sketch, LeftOut):
            left_out.append((version, sketch))
        else:
            sketches[version.id] = sketch
    versions = [version for version in comparable if version.id in sketches]
    left_out.sort(key=lambda one: one[0].reference)
    pairs, not_kept = _current(home, versions, list(sketches.values()))
    return AllOverlaps(tuple(versions), tuple(pairs), tuple(left_out), not_kept)


def _current(
    home: Home, versions: list[Fingerprinted], sketches: list[Sketch]
) -> tuple[list[Pair], str | None]:
    """The pairs of these versions; where they cannot be kept, why not."""
    with home.read() as session:
        if are_current(session, versions):
            return load_overlaps(session), None
    found = [(versions[i], versions[j], shared) for (i, j), shared in overlaps(sketches).items()]
    try:
        with home.write() as session:
            save_overlaps(session, versions, found)
    except StoreError as error:
        return _pairs(found), error.message
    return _pairs(found), None


def _pairs(found: list[tuple[Fingerprinted, Fingerprinted, Overlap]]) -> list[Pair]:
    return [Pair(a.id, b.id, shared) for a, b, shared in found]


def _why_not(version: Fingerprinted) -> LeftOut:
    return LeftOut.COUNTS if version.mode is FingerprintMode.COUNTS else LeftOut.RECIPE


def _sketch(home: Home, version: Fingerprinted) -> Sketch | LeftOut:
    """The sketch of a version, or why it cannot be compared."""
    try:
        return opened(home, version).sketch
    except RefusedError:
        return LeftOut.RECIPE
    except (StoreError, OSError):
        return LeftOut.DAMAGED
