"""What applying a dataset entry would do, as far as can be told without reading the data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from registry.app.apply.availability import UNAVAILABLE, is_unavailable, stays
from registry.app.apply.declared_sizes import free_label, nowhere, of_sizes
from registry.app.apply.entries import HUB, WITHDRAWN, request_of
from registry.app.apply.task import Task
from registry.app.ingest import free_number, require_free_label, same_files
from registry.app.version_record import hashed
from registry.declarations import schema
from registry.domain.dataset import FileRole
from registry.domain.facts import DistributionFacts
from registry.errors import MissingSourceError
from registry.sources.interface import Source, SourceFile
from registry.sources.open import open_source
from registry.store.tables.datasets import DatasetVersionRow
from registry.store.versions import files_of, versions_of

CONTENT = "content"


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
    if entry.source[0].startswith(HUB):
        is_known = existing is not None and entry.version is not None and not task.rehash
        look = Look.READ if existing is None else Look.KNOWN if is_known else Look.ASKED
        return Seen(look, existing, existing.label if existing else entry.version)
    try:
        source = open_source(request.sources, request.reading)
    except MissingSourceError as error:
        if existing is None:
            raise
        with task.home.read() as session:
            news = () if is_unavailable(session, existing.id) else (UNAVAILABLE,)
        return Seen(Look.GONE, existing, existing.label, None, news, (stays(task, entry, error),))
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
        news = (UNAVAILABLE,) if is_unavailable(session, version.id) else ()
    return Seen(look, version, version.label, source, news)


def _look_without_reading(
    entry: schema.Dataset, versions: Sequence[DatasetVersionRow], existing: DatasetVersionRow | None
) -> Seen:
    """What `without_reading` would do."""
    if entry.measured is None or entry.state == WITHDRAWN:
        if existing is None:
            raise nowhere(entry)
        return Seen(Look.KNOWN, existing, existing.label)
    found = of_sizes(entry, versions)
    if found is not None:
        return Seen(Look.KNOWN, found, found.label)
    return Seen(Look.DECLARED, None, free_label(entry, versions))


def _has_sizes(task: Task, version_id: str, source: Source) -> bool:
    """Whether the data have the formats and sizes that a version was read from."""
    with task.home.read() as session:
        recorded = files_of(session, version_id)
    return _sizes(recorded) == _sizes(source.files)


def _sizes(files: Iterable[DistributionFacts | SourceFile]) -> Counter[tuple[str | None, str | None, int]]:
    return Counter((file.format, file.split, file.bytes) for file in files if file.role is FileRole.DATA)
