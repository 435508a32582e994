"""Applying the dataset entries: each is read, or kept, by itself."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.apply.entries import WITHDRAWN, declared_of, reference, request_of
from registry.app.apply.task import Task
from registry.app.declared import declare
from registry.app.home import now
from registry.app.ingest import free_number, ingest, same_files
from registry.app.request import Request
from registry.app.version_record import hashed
from registry.declarations import schema
from registry.documents.figures import exactly
from registry.domain.dataset import FingerprintMode, SizeBasis
from registry.domain.facts import Size
from registry.domain.stated import DeclaredSize
from registry.errors import MissingSourceError, NotFoundError, RefusedError
from registry.sources.interface import Source
from registry.sources.open import open_source
from registry.store.statements import Evidence, state, withdraw
from registry.store.tables.datasets import DatasetVersionRow, DistributionRow, VersionPropertyRow
from registry.store.versions import Holding, NewVersion, save_version, versions_of

_HUB = "hf://"
UNAVAILABLE = "unavailable_since"


class Look(Enum):
    """What is to be done for an entry, as far as can be told without reading the data."""

    READ = "will be read"
    CHANGED = "will be read again"
    LIKELY = "its files will be read to see that they are the same"
    KNOWN = "known"
    GONE = "its source is gone"


@dataclass(frozen=True, slots=True)
class Kept:
    """The version that an entry stands for, whether it is new, and which facts on it are news."""

    version_id: str
    label: str
    created: bool
    news: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    note: str | None = None


def apply_dataset(task: Task, entry: schema.Dataset) -> Kept:
    """Read what is new, record what is stated; raises a `RegistryError` where either cannot be done."""
    request = request_of(entry, task.file, task.workers)
    if entry.state == WITHDRAWN or not entry.source:
        return _without_reading(task, entry)
    if not task.rehash and (known := _of_hub(task, entry, request)):
        return _state_on(task, entry, known)
    try:
        result = ingest(task.home, request, task.started, task.digests)
    except MissingSourceError as error:
        existing = _existing(task, entry)
        if existing is None:
            raise
        return _gone(task, entry, existing, error)
    version = result.version
    back = _back(task, version.id)
    size = f"{exactly(version.size.records, 'record')}, {exactly(version.size.words, 'word')}"
    note = size if result.created else None
    return Kept(version.id, version.label, result.created, (*result.news, *back), result.warnings, note)


def look_at(task: Task, entry: schema.Dataset) -> tuple[Look, DatasetVersionRow | None]:
    """What applying an entry would do, and the version it is known as; reads no data."""
    existing = _existing(task, entry)
    if entry.state == WITHDRAWN or not entry.source:
        if existing is None and entry.measured is None:
            raise _nowhere(entry)
        return (Look.READ if existing is None else Look.KNOWN), existing
    if entry.source[0].startswith(_HUB):
        return (Look.READ if existing is None else Look.KNOWN), existing
    request = request_of(entry, task.file, task.workers)
    try:
        source = open_source(request.sources, request.reading)
    except MissingSourceError:
        if existing is None:
            raise
        return Look.GONE, existing
    if existing is None:
        return Look.READ, None
    if all(task.digests.trusted(file) for file in source.files):
        files = hashed(source.files, task.workers, task.digests)
        known = same_files(task.home, request, files)
        with task.home.read() as session:
            row = session.get(DatasetVersionRow, known) if known else None
        return (Look.CHANGED, existing) if row is None else (Look.KNOWN, row)
    same_mapping = existing.mapping_digest == request.mapping_digest
    same = same_mapping and _has_sizes(task, existing.id, source)
    return (Look.LIKELY if same else Look.CHANGED), existing


def _has_sizes(task: Task, version_id: str, source: Source) -> bool:
    """Whether the files have the names and sizes that a version was read from."""
    with task.home.read() as session:
        rows = session.scalars(select(DistributionRow).where(DistributionRow.version_id == version_id))
        recorded = {(row.path, row.bytes) for row in rows}
    return recorded == {(file.path, file.bytes) for file in source.files}


def state_facts(
    session: Session, version_id: str, task: Task, entry: schema.Dataset, moment: str
) -> list[str]:
    """Record what an entry states of a version that is here already."""
    return declare(session, version_id, declared_of(entry, task.file), moment)


def _existing(task: Task, entry: schema.Dataset) -> DatasetVersionRow | None:
    """The version of the entry's label, or the newest where it has none."""
    with task.home.read() as session:
        versions = versions_of(session, entry.name)
    return next((row for row in versions if entry.version in {None, row.label}), None)


def _of_hub(task: Task, entry: schema.Dataset, request: Request) -> DatasetVersionRow | None:
    """A labelled version of a hub repository: it was read at a commit, which does not change."""
    existing = _existing(task, entry) if entry.version and entry.source else None
    if existing is None or not (entry.source or [""])[0].startswith(_HUB):
        return None
    return existing if existing.mapping_digest == request.mapping_digest else None


def _state_on(task: Task, entry: schema.Dataset, version: DatasetVersionRow) -> Kept:
    with task.home.write() as session:
        news = state_facts(session, version.id, task, entry, now())
    return Kept(version.id, version.label, False, tuple(news))


def _gone(task: Task, entry: schema.Dataset, version: DatasetVersionRow, error: MissingSourceError) -> Kept:
    """The version stays when its source vanishes; since when is recorded once."""
    moment = now()
    about = {"version_id": version.id, "property": UNAVAILABLE}
    told = task.told(error.message)
    with task.home.write() as session:
        news = state_facts(session, version.id, task, entry, moment)
        if not _is_stated(session, version.id):
            evidence = Evidence("measured", told, "registry")
            state(session, VersionPropertyRow, about, {"value": moment[:10]}, evidence, moment)
            news.append(UNAVAILABLE)
    warning = f"{reference(entry)}: {told}; the version stays as it was recorded"
    return Kept(version.id, version.label, False, tuple(news), (warning,))


def _back(task: Task, version_id: str) -> list[str]:
    """A source that was gone and is there again."""
    with task.home.read() as session:
        if not _is_stated(session, version_id):
            return []
    with task.home.write() as session:
        withdraw(session, VersionPropertyRow, {"version_id": version_id, "property": UNAVAILABLE}, now())
    return [UNAVAILABLE]


def _is_stated(session: Session, version_id: str) -> bool:
    rows = select(VersionPropertyRow.id).where(
        VersionPropertyRow.version_id == version_id,
        VersionPropertyRow.property == UNAVAILABLE,
        VersionPropertyRow.superseded_at.is_(None),
    )
    return session.scalars(rows).first() is not None


# --- data that is declared and cannot be read -------------------------------------------------------------


def _without_reading(task: Task, entry: schema.Dataset) -> Kept:
    moment = now()
    created = False
    with task.home.write() as session:
        versions = versions_of(session, entry.name)
        version_id, label = _by_label(versions, entry)
        if entry.measured is not None and entry.state != WITHDRAWN:
            version_id, label, created = _declared_version(session, entry, versions, moment)
        if version_id is None:
            raise _nowhere(entry)
        news = state_facts(session, version_id, task, entry, moment)
    return Kept(version_id, label, created, tuple(news))


def _by_label(versions: Sequence[DatasetVersionRow], entry: schema.Dataset) -> tuple[str | None, str]:
    found = next((row for row in versions if entry.version in {None, row.label}), None)
    return (None, "") if found is None else (found.id, found.label)


def _declared_version(
    session: Session, entry: schema.Dataset, versions: Sequence[DatasetVersionRow], moment: str
) -> tuple[str, str, bool]:
    """The version of these declared sizes: identifier, label, and whether it is new."""
    said = entry.measured or schema.Measured()
    size = DeclaredSize(**said.model_dump())
    digest = _digest_of(size)
    for row in versions:
        if row.mapping_digest == digest and entry.version in {None, row.label}:
            return row.id, row.label, False
    label = entry.version or free_number(versions)
    if any(row.label == label for row in versions):
        raise RefusedError(
            f"{entry.name}@{label} was recorded with other sizes, or with data that was read",
            hint=f'give what is declared now a new version, e.g. version: "{free_number(versions)}"',
        )
    new = _new_declared(label, size, digest)
    return save_version(session, entry.name, new, moment), label, True


def _digest_of(size: DeclaredSize) -> str:
    stated = {name: value for name, value in asdict(size).items() if name != "evidence"}
    return sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def _new_declared(label: str, stated: DeclaredSize, digest: str) -> NewVersion:
    size = Size(stated.records or 0, stated.words or 0, stated.bytes or 0)
    nobody = Evidence("declared", "no holder is named", "registry")
    return NewVersion(
        label=label,
        content_digest="",
        mapping_digest=digest,
        fingerprint_id="",
        fingerprint_mode=FingerprintMode.COUNTS.value,
        recipe="",
        source="",
        revision=None,
        size=size,
        characters=0,
        wordless_records=0,
        words_equal_records=None,
        sampled_records=None,
        measured_with=None,
        distributions=(),
        digest_by_host=frozenset(),
        compressions={},
        fields=(),
        languages=(),
        domains={},
        licenses={},
        holdings=(Holding((), None, "unidentified", size),),
        contributions=(),
        holder_evidence=nobody,
        creator_evidence=nobody,
        basis=SizeBasis.DECLARED.value,
    )


def _nowhere(entry: schema.Dataset) -> NotFoundError:
    return NotFoundError(
        f"{reference(entry)} is not in the registry, and has no source to read it from",
        hint="give it a `source`, or `measured` sizes with `source: null`",
    )
