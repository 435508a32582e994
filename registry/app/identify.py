"""What a dataset is made of: a minimum cover by the versions of the registry."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.fingerprints import has_sketch, opened, require_sketch
from registry.app.home import Home
from registry.app.version_record import data_bytes
from registry.documents.identified import Identified, KnownPart
from registry.domain.dataset import FieldMapping
from registry.domain.identifiers import parse_reference
from registry.errors import RefusedError, RegistryError
from registry.fingerprint.cover import LEAST_SHARE, Part, cover
from registry.fingerprint.sketch import Sketch
from registry.measure.roles import Roles
from registry.measure.unrecorded import sketch_of
from registry.queries.catalogue import find_version
from registry.queries.contributors import contributor_counts
from registry.queries.fingerprinted import Fingerprinted, declared_pairs, fingerprinted
from registry.sources.interface import ReadOptions
from registry.sources.open import open_source
from registry.store.tables.datasets import DatasetRow
from registry.store.tables.rights import DerivationRow

Started = Callable[[int], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Question:
    """A dataset to identify: sources to read, or the name of a version, which wins over a path."""

    sources: tuple[str, ...]
    text: tuple[str, ...] = ()
    reading: ReadOptions = field(default_factory=ReadOptions)
    least_share: float = LEAST_SHARE
    workers: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """The dataset in question, from files or from the registry."""

    name: str
    sketch: Sketch
    records: int
    words: int
    version: Fingerprinted | None = None


def identify(home: Home, question: Question, started: Started) -> Identified:
    """Explain a dataset by the versions of the registry, of which the other versions of itself are left out.

    `started` is told how many bytes there are to read and returns who is told of bytes and records read.
    """
    with home.read() as session:
        known = fingerprinted(session)
        own = _version(session, question)
        pairs = declared_pairs(session)
        parents, elsewhere = _declared(session, own)
    asked = _registered(home, known, own) if own else _read(question, started)
    references = [one for one in known if has_sketch(one) and not _is_same_dataset(one, asked.version)]
    found = cover(asked.sketch, [opened(home, one).sketch for one in references], question.least_share)
    related = _related(asked.version, pairs)
    seen = {references[one.reference].id for one in found.overlaps}
    with home.read() as session:
        contributors = contributor_counts(session, sorted(seen))

    def part(one: Part) -> KnownPart:
        version = references[one.reference]
        return KnownPart(
            dataset=version.dataset,
            version=version.label,
            license=version.license,
            contributors=contributors.get(version.id, 0),
            share=one.share,
            interval=one.interval,
            unique_share=one.unique_share,
            reference_covered=one.reference_covered,
            declared=version.id in related,
            ties=tuple(references[tie].reference for tie in one.ties),
        )

    names = {one.id: one.reference for one in known}
    return Identified(
        name=asked.name,
        license=asked.version.license if asked.version else None,
        records=asked.records,
        words=asked.words,
        least_share=question.least_share,
        scale=found.scale,
        cover=tuple(map(part, found.parts)),
        overlaps=tuple(map(part, found.overlaps)),
        shadowed=tuple(references[one].reference for one in found.shadowed),
        unassigned=found.unassigned,
        too_coarse=tuple(references[one].reference for one in found.too_coarse),
        declared_but_not_found=tuple(sorted(names.get(one, one) for one in parents - seen)),
        declared_elsewhere=elsewhere,
        found_but_not_declared=tuple(
            references[one].reference
            for chosen in found.parts
            for one in (chosen.reference, *chosen.ties)
            if references[one].id not in related
        ),
    )


def _version(session: Session, question: Question) -> str | None:
    """The version that the only source names, if there is a dataset of that name."""
    if len(question.sources) != 1:
        return None
    try:
        wanted = parse_reference(question.sources[0])
    except RegistryError:
        return None
    if session.scalar(select(DatasetRow.id).where(DatasetRow.name == wanted.name)) is None:
        return None
    if question.text or question.reading != ReadOptions():
        raise RefusedError(
            f"{question.sources[0]} is a dataset of the registry, and was read in its own way",
            hint=f"leave the options out, or name a file as ./{Path(question.sources[0]).name}",
        )
    return find_version(session, question.sources[0])


def _registered(home: Home, known: list[Fingerprinted], key: str) -> _Asked:
    version = next((one for one in known if one.id == key), None)
    if version is None:
        raise RefusedError(
            "this version is withdrawn, or was declared and never read: there is nothing to compare",
            hint="name a version that holds, or ingest the data",
        )
    require_sketch(version)
    return _Asked(version.reference, opened(home, version).sketch, version.records, version.words, version)


def _read(question: Question, started: Started) -> _Asked:
    source = open_source(question.sources, question.reading)
    roles = Roles(FieldMapping(text=question.text), source.implied, question.reading.explode)
    found = sketch_of(
        source.batches(), roles, workers=question.workers, progress=started(data_bytes(source.files))
    )
    return _Asked(source.location, found.sketch, found.records, found.words)


def _is_same_dataset(one: Fingerprinted, other: Fingerprinted | None) -> bool:
    return other is not None and one.dataset == other.dataset


def _declared(session: Session, key: str | None) -> tuple[set[str], tuple[str, ...]]:
    """The versions that a version is declared to be derived from, and the addresses."""
    if key is None:
        return set(), ()
    rows = session.execute(
        select(DerivationRow.of_version_id, DerivationRow.of_url).where(
            DerivationRow.version_id == key, DerivationRow.superseded_at.is_(None)
        )
    ).all()
    return {str(of) for of, _ in rows if of}, tuple(sorted(str(url) for _, url in rows if url))


def _related(version: Fingerprinted | None, pairs: set[tuple[str, str]]) -> set[str]:
    """Versions that one is declared to come from, and those that come from it, in any number of steps."""
    if version is None:
        return set()
    up = {key: {of for derived, of in pairs if derived == key} for key, _ in pairs}
    down = {key: {derived for derived, of in pairs if of == key} for _, key in pairs}
    return _closure(version.id, up) | _closure(version.id, down)


def _closure(start: str, steps: dict[str, set[str]]) -> set[str]:
    reached, waiting = set[str](), [start]
    while waiting:
        for following in steps.get(waiting.pop(), set()) - reached:
            reached.add(following)
            waiting.append(following)
    return reached
