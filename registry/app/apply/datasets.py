"""Applying the dataset entries: each is read, or kept, by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.app.apply.availability import UNAVAILABLE, is_unavailable, stays
from registry.app.apply.declared_sizes import declared_version, nowhere
from registry.app.apply.entries import HUB, WITHDRAWN, declared_of, request_of
from registry.app.apply.looking import Look
from registry.app.apply.task import Task
from registry.app.declared import declare
from registry.app.home import now
from registry.app.ingest import ingest
from registry.app.request import Request
from registry.app.shown_names import show_names
from registry.declarations import schema
from registry.documents.figures import exactly
from registry.documents.media import media_amounts
from registry.errors import MissingSourceError
from registry.queries.catalogue import version_facts
from registry.store.statements import Evidence, state, withdraw
from registry.store.tables.datasets import DatasetVersionRow, VersionPropertyRow
from registry.store.versions import versions_of


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
    sizes = (exactly(version.size.records, "record"), exactly(version.size.words, "word"))
    note = ", ".join((*sizes, *media_amounts(version.media))) if result.created else None
    return Kept(version.id, version.label, result.created, (*result.news, *back), result.warnings, note)


def state_facts(
    session: Session, version_id: str, task: Task, entry: schema.Dataset, moment: str
) -> list[str]:
    """Record what an entry states of a version that is here already."""
    news = declare(session, version_id, declared_of(entry, task.file), moment)
    if {"license", "concluded"} & set(news):
        show_names(session, version_facts(session, version_id))
    return news


def _existing(task: Task, entry: schema.Dataset) -> DatasetVersionRow | None:
    """The version of the entry's label, or the newest where it has none."""
    with task.home.read() as session:
        versions = versions_of(session, entry.name)
    return next((row for row in versions if entry.version in {None, row.label}), None)


def _of_hub(task: Task, entry: schema.Dataset, request: Request) -> DatasetVersionRow | None:
    """A labelled version of a hub repository: it was read at a commit, which does not change."""
    existing = _existing(task, entry) if entry.version and entry.source else None
    if existing is None or not (entry.source or [""])[0].startswith(HUB):
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
        if not is_unavailable(session, version.id):
            evidence = Evidence("measured", told, "registry")
            state(session, VersionPropertyRow, about, {"value": moment[:10]}, evidence, moment)
            news.append(UNAVAILABLE)
    return Kept(version.id, version.label, False, tuple(news), (stays(task, entry, error),))


def _back(task: Task, version_id: str) -> list[str]:
    """A source that was gone and is there again."""
    with task.home.read() as session:
        if not is_unavailable(session, version_id):
            return []
    with task.home.write() as session:
        withdraw(session, VersionPropertyRow, {"version_id": version_id, "property": UNAVAILABLE}, now())
    return [UNAVAILABLE]


# --- data that is declared and cannot be read -------------------------------------------------------------


def _without_reading(task: Task, entry: schema.Dataset) -> Kept:
    moment = now()
    created = False
    with task.home.write() as session:
        versions = versions_of(session, entry.name)
        version_id, label = _by_label(versions, entry)
        if entry.measured is not None and entry.state != WITHDRAWN:
            version_id, label, created = declared_version(session, entry, versions, moment)
        if version_id is None:
            raise nowhere(entry)
        news = state_facts(session, version_id, task, entry, moment)
    note = Look.DECLARED.value if created else None
    return Kept(version_id, label, created, tuple(news), note=note)


def _by_label(versions: Sequence[DatasetVersionRow], entry: schema.Dataset) -> tuple[str | None, str]:
    found = next((row for row in versions if entry.version in {None, row.label}), None)
    return (None, "") if found is None else (found.id, found.label)
