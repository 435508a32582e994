"""Applying the dataset entries: each is read, or kept, by itself."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.apply.entries import WITHDRAWN, declared_of, reference, request_of
from registry.app.apply.task import Task
from registry.app.declared import declare
from registry.app.home import now
from registry.app.ingest import free_number, ingest, require_free_label, same_files
from registry.app.request import Request
from registry.app.version_record import hashed
from registry.declarations import schema
from registry.documents.figures import exactly
from registry.domain.dataset import FileRole, FingerprintMode, SizeBasis
from registry.domain.facts import DistributionFacts, Size
from registry.domain.stated import DeclaredSize
from registry.errors import MissingSourceError, NotFoundError, RefusedError
from registry.sources.interface import Source, SourceFile
from registry.sources.open import open_source
from registry.store.statements import Evidence, state, withdraw
from registry.store.tables.datasets import DatasetVersionRow, VersionPropertyRow
from registry.store.versions import Holding, NewVersion, files_of, save_version, versions_of

_HUB = "hf://"
CONTENT = "content"
UNAVAILABLE = "unavailable_since"


class Look(Enum):
    """What is to be done for an entry, as far as can be told without reading the data."""

    READ = "will be read"
    CHANGED = "its files changed and will be read: other content under this label is refused"
    RENEWED = "its files changed and will be read: other content is a new version"
    LIKELY = "its files will be read to see that they are the same"
    ASKED = "the hub will be asked whether it has changed"
    DECLARED = "declared, not measured"
    KNOWN = "known"
    GONE = "its source is gone"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a preview finds for an entry.

    version: the version it is known as, if it is
    label:   of the version it is or would be; None where only the hub can tell
    source:  opened, where there is one that may be read
    news:    what the state of the source changes
    """

    look: Look
    version: DatasetVersionRow | None
    label: str | None
    source: Source | None = None
    news: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_unread(self) -> bool:
        """Whether a version that is not here yet may come of it."""
        return self.version is None or self.look in {Look.CHANGED, Look.RENEWED}


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


def look_at(task: Task, entry: schema.Dataset) -> Seen:
    """What applying an entry would do; reads no data. Raises what applying it would, as far as is known."""
    with task.home.read() as session:
        versions = versions_of(session, entry.name)
    existing = next((row for row in versions if entry.version in {None, row.label}), None)
    label = entry.version or free_number(versions)
    if entry.state == WITHDRAWN or not entry.source:
        return _look_without_reading(entry, versions, existing)
    request = request_of(entry, task.file, task.workers)
    require_free_label(task.home, request)
    if entry.source[0].startswith(_HUB):
        is_known = existing is not None and entry.version is not None and not task.rehash
        look = Look.READ if existing is None else Look.KNOWN if is_known else Look.ASKED
        return Seen(look, existing, existing.label if existing else entry.version)
    try:
        source = open_source(request.sources, request.reading)
    except MissingSourceError as error:
        if existing is None:
            raise
        with task.home.read() as session:
            news = () if _is_stated(session, existing.id) else (UNAVAILABLE,)
        return Seen(Look.GONE, existing, existing.label, None, news, (_stays(task, entry, error),))
    if existing is None:
        return Seen(Look.READ, None, label)
    changed = Seen(Look.CHANGED if entry.version else Look.RENEWED, existing, label, news=(CONTENT,))
    if all(task.digests.trusted(file) for file in source.files):
        files = hashed(source.files, task.workers, task.digests)
        known = same_files(task.home, request, files)
        found = next((row for row in versions if row.id == known), None)
        return changed if found is None else _kept(task, Look.KNOWN, found, source)
    same_mapping = existing.mapping_digest == request.mapping_digest
    likely = same_mapping and _has_sizes(task, existing.id, source)
    return _kept(task, Look.LIKELY, existing, source) if likely else changed


def _kept(task: Task, look: Look, version: DatasetVersionRow, source: Source) -> Seen:
    with task.home.read() as session:
        news = (UNAVAILABLE,) if _is_stated(session, version.id) else ()
    return Seen(look, version, version.label, source, news)


def _look_without_reading(
    entry: schema.Dataset, versions: Sequence[DatasetVersionRow], existing: DatasetVersionRow | None
) -> Seen:
    """What `without_reading` would do."""
    if entry.measured is None or entry.state == WITHDRAWN:
        if existing is None:
            raise _nowhere(entry)
        return Seen(Look.KNOWN, existing, existing.label)
    found = _of_sizes(entry, versions)
    if found is not None:
        return Seen(Look.KNOWN, found, found.label)
    return Seen(Look.DECLARED, None, _free_label(entry, versions))


def _has_sizes(task: Task, version_id: str, source: Source) -> bool:
    """Whether the data have the formats and sizes that a version was read from."""
    with task.home.read() as session:
        recorded = files_of(session, version_id)
    return _sizes(recorded) == _sizes(source.files)


def _sizes(files: Iterable[DistributionFacts | SourceFile]) -> Counter[tuple[str | None, str | None, int]]:
    return Counter((file.format, file.split, file.bytes) for file in files if file.role is FileRole.DATA)


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
    return Kept(version.id, version.label, False, tuple(news), (_stays(task, entry, error),))


def _stays(task: Task, entry: schema.Dataset, error: MissingSourceError) -> str:
    return f"{reference(entry)}: {task.told(error.message)}; the version stays as it was recorded"


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
    note = Look.DECLARED.value if created else None
    return Kept(version_id, label, created, tuple(news), note=note)


def _by_label(versions: Sequence[DatasetVersionRow], entry: schema.Dataset) -> tuple[str | None, str]:
    found = next((row for row in versions if entry.version in {None, row.label}), None)
    return (None, "") if found is None else (found.id, found.label)


def _declared_version(
    session: Session, entry: schema.Dataset, versions: Sequence[DatasetVersionRow], moment: str
) -> tuple[str, str, bool]:
    """The version of these declared sizes: identifier, label, and whether it is new."""
    if (found := _of_sizes(entry, versions)) is not None:
        return found.id, found.label, False
    label = _free_label(entry, versions)
    return save_version(session, entry.name, _new_declared(label, _size_of(entry)), moment), label, True


def _of_sizes(entry: schema.Dataset, versions: Sequence[DatasetVersionRow]) -> DatasetVersionRow | None:
    """The version that was recorded with the sizes an entry declares."""
    digest = _digest_of(_size_of(entry))
    return next(
        (row for row in versions if row.mapping_digest == digest and entry.version in {None, row.label}), None
    )


def _size_of(entry: schema.Dataset) -> DeclaredSize:
    return DeclaredSize(**(entry.measured or schema.Measured()).model_dump())


def _free_label(entry: schema.Dataset, versions: Sequence[DatasetVersionRow]) -> str:
    """The label of new sizes. Raises `RefusedError` for one that has others, or data that was read."""
    label = entry.version or free_number(versions)
    if any(row.label == label for row in versions):
        raise RefusedError(
            f"{entry.name}@{label} was recorded with other sizes, or with data that was read",
            hint=f'give what is declared now a new version, e.g. version: "{free_number(versions)}"',
        )
    return label


def _digest_of(size: DeclaredSize) -> str:
    stated = {name: value for name, value in asdict(size).items() if name != "evidence"}
    return sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def _new_declared(label: str, stated: DeclaredSize) -> NewVersion:
    size = Size(stated.records or 0, stated.words or 0, stated.bytes or 0)
    nobody = Evidence("declared", "no holder is named", "registry")
    return NewVersion(
        label=label,
        content_digest="",
        mapping_digest=_digest_of(stated),
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
