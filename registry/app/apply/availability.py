"""Sources that were there once and are gone: since when, and what to tell of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.apply.entries import reference
from registry.app.apply.task import Task
from registry.declarations import schema
from registry.errors import MissingSourceError
from registry.store.tables.datasets import VersionPropertyRow

UNAVAILABLE = "unavailable_since"


def stays(task: Task, entry: schema.Dataset, error: MissingSourceError) -> str:
    """What to tell of a version whose source is gone."""
    return f"{reference(entry)}: {task.told(error.message)}; the version stays as it was recorded"


def is_unavailable(session: Session, version_id: str) -> bool:
    """Whether the source of a version is recorded as gone."""
    rows = select(VersionPropertyRow.id).where(
        VersionPropertyRow.version_id == version_id,
        VersionPropertyRow.property == UNAVAILABLE,
        VersionPropertyRow.superseded_at.is_(None),
    )
    return session.scalars(rows).first() is not None
