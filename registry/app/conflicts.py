"""License conflicts: by content, without being told who copied what, and along the lineage."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from registry.app.compare import compare_all
from registry.app.fingerprints import opened
from registry.app.home import Home
from registry.app.lineage_conflicts import Shared, along, tag_conflicts, tangles
from registry.documents.conflicts import BY_CONTENT, Conflict, ConflictKind, Licensed, Tangles
from registry.domain.dataset import FingerprintMode
from registry.domain.license import NOASSERTION
from registry.fingerprint.equal import DigestSet, equal
from registry.fingerprint.overlap import Overlap
from registry.queries.fingerprinted import Fingerprinted, data_files, fingerprinted
from registry.queries.lineage import load_lineage, said_of_themselves, twice_stated

LEAST_RECORDS = 5  # of equal words: fewer are chance
LEAST_SHARE = 0.01  # of the records of either version
LEAST_CONTAINMENT = 0.5  # lower end of the interval


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What was found, the versions of which nothing is kept that could be compared, and odd lineage."""

    conflicts: tuple[Conflict, ...]
    not_compared: tuple[str, ...]
    tangles: Tangles


def conflicts(home: Home, kinds: Collection[ConflictKind] = frozenset(ConflictKind)) -> Conflicts:
    """Every conflict of these kinds: by content first, then along the lineage, then of tags with audits."""
    content, shared = _NOTHING, list[Shared]()
    if not BY_CONTENT.isdisjoint(kinds) or ConflictKind.POSSIBLE_INVERSION in kinds:
        content, shared = _by_content(home)
    with home.read() as session:
        lineage, twice = load_lineage(session), twice_stated(session)
        themselves = said_of_themselves(session)
    found = [*content.conflicts, *along(lineage, shared), *tag_conflicts(twice)]
    order = list(ConflictKind)
    chosen = sorted((one for one in found if one.kind in kinds), key=lambda one: order.index(one.kind))
    return Conflicts(tuple(chosen), content.not_compared, tangles(lineage, themselves))


@dataclass(frozen=True, slots=True)
class _Content:
    conflicts: tuple[Conflict, ...] = ()
    not_compared: tuple[str, ...] = ()


_NOTHING = _Content()


def _by_content(home: Home) -> tuple[_Content, list[Shared]]:
    """Versions of different datasets that share content under different, stated licenses.

    The most certain first: byte-identical files, equal content, records of equal words, containment. Versions
    named together by one are not named by a lesser one again. Beside them, all that share much of their text.
    """
    with home.read() as session:
        every = fingerprinted(session)
        files = data_files(session)
    versions = [one for one in every if one.license != NOASSERTION and one.words]
    compared, pairs = compare_all(home)
    found = _with_equal_content([*_identical_files(versions, files)], versions)
    told = {frozenset(pair) for one in found for pair in combinations(_references(one), 2)}
    by_reference = {one.reference: one for one in versions}
    found += [
        conflict
        for a, b, shared in pairs
        if frozenset((a, b)) not in told and a in by_reference and b in by_reference
        for conflict in _of_pair(home, by_reference[a], by_reference[b], shared)
    ]
    missing = {one.reference for one in versions} - {one.reference for one in compared.versions}
    return _Content(tuple(found), tuple(sorted(missing))), list(_much_shared(every, pairs))


def _much_shared(
    versions: Sequence[Fingerprinted], pairs: Iterable[tuple[str, str, Overlap]]
) -> Iterator[Shared]:
    by_reference = {one.reference: one for one in versions}
    for a, b, shared in pairs:
        if a in by_reference and b in by_reference:
            sides = [side for side in _sides(by_reference[a], by_reference[b], shared) if _is_much(side)]
            if sides:
                yield Shared(a, b, "; ".join(_contained(*side) for side in sides))


def _references(conflict: Conflict) -> list[str]:
    return [one.reference for one in conflict.versions]


def _identical_files(
    versions: Sequence[Fingerprinted], files: dict[str, dict[str, str]]
) -> Iterator[Conflict]:
    """Groups of versions with a data file in common, a conflict for each different group."""
    by_digest: dict[str, list[Fingerprinted]] = {}
    for version in versions:
        for digest in files.get(version.id, {}):
            by_digest.setdefault(digest, []).append(version)
    groups: dict[tuple[str, ...], list[str]] = {}
    for digest, members in by_digest.items():
        groups.setdefault(tuple(one.id for one in members), []).append(digest)
    by_id = {version.id: version for version in versions}
    for ids, digests in sorted(groups.items(), key=lambda group: group[0]):
        members = [by_id[one] for one in ids]
        if _is_conflict(members):
            names = [f"{by_id[one].reference}: {files[one][digests[0]]}" for one in ids]
            more = f", and {len(digests) - 1} more" if len(digests) > 1 else ""
            yield _conflict(
                ConflictKind.IDENTICAL_FILES,
                members,
                f"the file with SHA-256 {digests[0]}{more} is in each ({'; '.join(names)})",
            )


def _with_equal_content(found: list[Conflict], versions: Sequence[Fingerprinted]) -> list[Conflict]:
    """With conflicts of equal content, which is further evidence where the files are equal already."""
    for new in _equal_content(versions):
        for place, known in enumerate(found):
            if set(new.versions) <= set(known.versions):
                found[place] = replace(known, evidence=(*known.evidence, *new.evidence))
                break
        else:
            found.append(new)
    return found


def _equal_content(versions: Sequence[Fingerprinted]) -> Iterator[Conflict]:
    by_content: dict[str, list[Fingerprinted]] = {}
    for version in versions:
        by_content.setdefault(version.content_digest, []).append(version)
    for digest, members in sorted(by_content.items()):
        if _is_conflict(members):
            yield _conflict(ConflictKind.EQUAL_CONTENT, members, f"the same records, content digest {digest}")


def _of_pair(home: Home, a: Fingerprinted, b: Fingerprinted, shared: Overlap) -> Iterator[Conflict]:
    """A conflict of two versions that share records, or much of their text."""
    if not _is_conflict([a, b]):
        return
    evidence = [_contained(*side) for side in _sides(a, b, shared) if _is_much(side)]
    kind = ConflictKind.CONTAINMENT
    if FingerprintMode.FULL is a.mode is b.mode:
        words = equal(*(DigestSet(opened(home, one).digests("words_digest")) for one in (a, b)))
        count = max(words.a, words.b)
        if count >= LEAST_RECORDS and max(words.a / a.records, words.b / b.records) >= LEAST_SHARE:
            kind = ConflictKind.EQUAL_RECORDS
            evidence.insert(
                0,
                f"{words.a:,} of {a.records:,} records of {a.reference} and {words.b:,} of {b.records:,} of "
                f"{b.reference} have the same words",
            )
    if evidence:
        yield _conflict(kind, [a, b], *evidence)


_Side = tuple[Fingerprinted, Fingerprinted, Overlap]


def _sides(a: Fingerprinted, b: Fingerprinted, shared: Overlap) -> list[_Side]:
    return [(a, b, shared), (b, a, shared.turned)]


def _is_much(side: _Side) -> bool:
    interval = side[2].interval(side[2].a)
    return interval is not None and interval.low >= LEAST_CONTAINMENT


def _contained(part: Fingerprinted, whole: Fingerprinted, shared: Overlap) -> str:
    interval = shared.interval(shared.a)
    share = shared.a_in_b or 0.0
    doubt = (
        ""
        if shared.scale == 1 or not interval
        else f" (95 % interval {interval.low:.1%} to {interval.high:.1%})"
    )
    return f"{share:.1%} of the distinct shingles of {part.reference} are in {whole.reference}{doubt}"


def _is_conflict(members: Sequence[Fingerprinted]) -> bool:
    return len({one.license for one in members}) > 1 and len({one.dataset for one in members}) > 1


def _conflict(kind: ConflictKind, members: Sequence[Fingerprinted], *evidence: str) -> Conflict:
    return Conflict(
        kind=kind,
        versions=tuple(
            Licensed(one.reference, one.license) for one in sorted(members, key=lambda one: one.reference)
        ),
        evidence=evidence,
    )
